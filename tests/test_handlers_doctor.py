"""What the doctor says of the answers that people judged."""

from handlers import doctor

TEAM = "T1"


def test_feedback_by_command_with_the_last_remarks(store):
    assert doctor.opinions(store, TEAM).found == "none yet"
    store.feedback.add(TEAM, "U1", "/summary #12", True)
    store.feedback.add(TEAM, "U2", "/summary #12", False, "misses the thesis")
    store.feedback.add(TEAM, "U1", "/issue issue:grain", True)
    store.feedback.add("T2", "U9", "/views person:3", False, "not ours")
    assert doctor.opinions(store, TEAM).found == "2 found useful, 1 not; lately /summary 1 of 2, /issue 1 of 1; “misses the thesis” (/summary #12)"
