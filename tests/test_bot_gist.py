"""An issue's lines: words in, positions out."""

from bot import gist


def test_the_second_of_two_lines_that_say_the_same_waits_for_something_new() -> None:
    lines = ["tariff port strike ministry", "tariff port strike ministry", "harvest drought tariff village", "harvest village drought port"]
    chosen = gist.choose([line.split() for line in lines], [10] * 4, 20)
    assert sorted(lines[at].split()[0] for at in chosen) == ["harvest", "tariff"]


def test_the_latest_and_the_origin_go_before_the_middle() -> None:
    lines = [["dam", "valley", f"one{at}"] for at in range(21)]
    assert gist.choose(lines, [12] * 21, 12) == [0]
    assert set(gist.choose(lines, [12] * 21, 36)) >= {0, 20}


def test_the_origin_is_a_few_lines_however_long_the_story_has_become() -> None:
    lines = [["dam", "valley", f"one{at}", f"two{at}"] for at in range(200)]
    chosen = gist.choose(lines, [12] * 200, 120)
    assert sum(at < 10 for at in chosen) <= 5
    assert sum(at >= 170 for at in chosen) >= 5


def test_nothing_longer_than_the_room_but_always_one_line() -> None:
    lines = [["dam"], ["valley"], ["dam", "valley"]]
    assert len(gist.choose(lines, [40, 40, 40], 10)) == 1
    assert sum(12 for _ in gist.choose(lines, [12, 12, 12], 25)) == 24
    assert gist.choose([], [], 100) == []


def test_of_two_lines_alike_the_readable_one() -> None:
    chosen = gist.choose([["dam", "valley", "ministry"]] * 7, [20, 20, 70, 18, 70, 20, 20], 500)
    assert chosen.index(3) < chosen.index(2)
    assert chosen.index(3) < chosen.index(4)


def test_in_front_stand_lines_that_differ_and_none_is_lost() -> None:
    said = ["The harbour must reopen before winter", "Before winter the harbour must reopen at last", "Fishermen lost their licences", "Nothing"]
    lines = [gist.words(text) for text in said]
    assert gist.front(lines, [1.0, 0.9, 0.5, 0.1], 2) == [0, 2, 1, 3]
    assert gist.front(lines, [0.1, 0.2, 0.3, 0.4], 9) == [3, 2, 1, 0]
    assert gist.front([], [], 2) == []


def test_a_line_repeats_what_shares_most_of_its_words() -> None:
    shown = [gist.words("The councils should have reopened the harbours.")]
    assert gist.repeats(gist.words("The harbour should be reopened by the council now"), shown)
    assert not gist.repeats(gist.words("The council sold three ferries"), shown)
    assert not gist.repeats(gist.words("The council sold three ferries"), [])
