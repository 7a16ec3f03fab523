from dataclasses import replace

from bot.summary import Length, Quoted, summarize
from tests.builders import line, piece


def test_the_best_points_come_back_in_text_order() -> None:
    ranked = [line(f"s{n}", sentence=n) for n in (7, 2, 5, 1)]
    summary = summarize(piece(), [line("thesis", sentence=3)], ranked, length=Length.NORMAL)
    assert [p.text for p in summary.points] == ["s2", "s5", "s7"]


def test_short_shows_one_point_and_the_most_quoted_first() -> None:
    summary = summarize(piece(), [], [line("a"), line("b")], [Quoted("A", 1), Quoted("B", 3)], length=Length.SHORT)
    assert [p.text for p in summary.points] == ["a"]
    assert [q.name for q in summary.quoted] == ["B", "A"]


def test_a_sentence_before_is_not_shown_twice() -> None:
    pair = [line("first", sentence=3), replace(line("second", sentence=4), before="first")]
    assert [p.before for p in summarize(piece(), pair, ()).thesis] == [None, None]
    apart = replace(line("later", sentence=9), before="eighth")
    assert [p.before for p in summarize(piece(), pair, [apart]).points] == ["eighth"]
