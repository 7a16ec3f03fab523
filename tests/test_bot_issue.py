"""The answer on an issue: who argues what, the dissent kept."""

from dataclasses import replace
from datetime import date

from bot.issue import answer, camps, positions, quoted
from bot.models import Fact, Stance, StatementKind, Voice
from bot.records import IssueActivity
from tests.builders import issue, line, piece

VENN = piece(1, "One", "Ada Venn", date(2024, 1, 5))
VENN_LATER = piece(2, "Two", "Ada Venn", date(2025, 3, 5))
MAREK = piece(3, "Three", "Ivo Marek", date(2025, 2, 1))


def own(text, on, sentence=0, kind=StatementKind.JUDGEMENT, strength=0.5, **about):
    return line(text, on, sentence, kind=kind, strength=strength, **about)


def test_each_author_strongest_first_and_from_several_pieces():
    lines = [
        own("Weak.", VENN, 0, strength=0.1),
        own("Rents must be capped.", VENN, 1, StatementKind.RECOMMENDATION, 0.6),
        own("Rents must be capped now.", VENN, 2, StatementKind.RECOMMENDATION, 0.55),
        own("The cap worked.", VENN_LATER, 0, strength=0.4),
        own("The cap emptied the houses.", MAREK, 0, strength=0.9),
        own("Rents must be capped.", VENN, 1, StatementKind.RECOMMENDATION, 0.6),
    ]
    found = positions(lines)
    assert [position.author for position in found] == ["Ada Venn", "Ivo Marek"]
    assert [one.text for one in found[0].lines] == ["Rents must be capped.", "The cap worked.", "Rents must be capped now.", "Weak."]
    assert (found[0].pieces, found[0].latest) == (2, date(2025, 3, 5))


def test_camps_only_where_both_sides_are_sure_and_nobody_is_on_both():
    lines = [
        own("Good cap.", VENN, targets=(("The Cap", Stance.FOR),)),
        own("Bad cap.", MAREK, targets=(("The Cap", Stance.AGAINST), ("The Mayor", Stance.FOR))),
        own("About it.", VENN_LATER, targets=(("The Mayor", Stance.ABOUT),)),
    ]
    found = camps(lines)
    assert [(camp.over, camp.in_favour, camp.against) for camp in found] == [("The Cap", ("Ada Venn",), ("Ivo Marek",))]
    both = [*lines, own("No.", VENN_LATER, targets=(("The Cap", Stance.AGAINST),))]
    assert camps(both) == ()


def test_sources_by_how_often_they_are_quoted():
    said = [
        line("A.", VENN, 0, voice=Voice.ATTRIBUTED, source="The Mayor", strength=0.2),
        line("B.", VENN, 1, voice=Voice.ATTRIBUTED, source="The Mayor", strength=0.9),
        line("C.", VENN, 2, voice=Voice.ATTRIBUTED, source="Ida Roth"),
        line("D.", VENN, 3, voice=Voice.ATTRIBUTED),
    ]
    found = quoted(said)
    assert [source for source, _ in found] == ["The Mayor", "Ida Roth"]
    assert [one.text for one in found[0][1]] == ["B.", "A."]


def test_the_answer_keeps_plain_facts_out_and_the_dissent_in():
    lines = [
        own("The city must cap rents.", VENN, 0, StatementKind.RECOMMENDATION),
        own("The city must not cap rents.", MAREK, 0, StatementKind.RECOMMENDATION),
        own("Rents rose by a tenth.", VENN, 1, StatementKind.FACT, 0.9),
        line("X.", MAREK, 3, voice=Voice.ATTRIBUTED, source="The Mayor"),
    ]
    activity = IssueActivity(issue(), pieces=2, main=2, authors=2)
    got = answer(activity, lines)
    assert [position.author for position in got.positions] == ["Ivo Marek", "Ada Venn"]
    assert got.opposed is not None
    assert {got.opposed.left.piece.id, got.opposed.right.piece.id} == {1, 3}
    assert all(one.kind is not StatementKind.FACT for position in got.positions for one in position.lines)
    assert answer(activity, []).positions == ()


def test_an_author_s_second_line_is_not_the_first_brought_along():
    lines = [
        own("One bank should be let back into the payment system.", VENN, 4, StatementKind.RECOMMENDATION, 0.6),
        replace(own("It would give them a reason.", VENN, 5, strength=0.5), before="One bank should be let back into the payment system."),
        own("Grain feeds the poorest first.", VENN, 9, strength=0.3),
    ]
    [position] = positions(lines)
    assert [one.sentence for one in position.lines] == [4, 9, 5]
    assert [one.sentence for one in position.leading] == [4, 9]
    [position] = positions(lines[:2])
    assert [one.sentence for one in position.leading] == [4]


def test_two_unsigned_pieces_are_not_one_hand():
    unsigned = [replace(of, authors=Fact[tuple[str, ...]].unknown()) for of in (VENN, MAREK)]
    assert len(positions([own("Yes, now.", of) for of in unsigned])) == 2


def test_nobody_in_particular_is_not_quoted_and_no_sentence_leads_twice():
    said = [line(text, VENN, at, voice=Voice.ATTRIBUTED, source=who) for text, at, who in (
        ("A weak Europe suits Moscow.", 0, "Moscow"), ("A weak Europe suits Moscow.", 0, "Europe"), ("People object.", 1, "very few citizens"),
        ("Some object.", 2, "Some governments"),
    )]  # fmt: skip
    assert [source for source, _ in quoted(said)] == ["Moscow"]
