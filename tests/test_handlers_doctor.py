"""What the doctor says of the answers that people judged, and of the words in which they are given."""

from pathlib import Path

from handlers import doctor

TEAM = "T1"


def test_feedback_by_command_with_the_last_remarks(store):
    assert doctor.opinions(store, TEAM).found == "none yet"
    store.feedback.add(TEAM, "U1", "/summary #12", True)
    store.feedback.add(TEAM, "U2", "/summary #12", False, "misses the thesis")
    store.feedback.add(TEAM, "U1", "/issue issue:grain", True)
    store.feedback.add("T2", "U9", "/views person:3", False, "not ours")
    assert doctor.opinions(store, TEAM).found == "2 found useful, 1 not; lately /summary 1 of 2, /issue 1 of 1; “misses the thesis” (/summary #12)"


def test_a_language_that_is_not_there_is_told_with_what_to_do(tmp_path: Path) -> None:
    finding = doctor.words("de", tmp_path)
    assert "English is spoken" in finding.found
    assert "ENTENTE_LANGUAGE" in finding.step
    assert doctor.words("en").well


def test_what_a_language_lacks_is_told(tmp_path: Path) -> None:
    (tmp_path / "xx.toml").write_text('[home]\nheading = "Laib {laib}"\n', encoding="utf-8")
    finding = doctor.words("xx", tmp_path)
    assert "asking for other values (home.heading)" in finding.found
    assert "missing" in finding.found
    (tmp_path / "xx.toml").write_text("heading", encoding="utf-8")
    assert "Expected '='" in doctor.words("xx", tmp_path).step
