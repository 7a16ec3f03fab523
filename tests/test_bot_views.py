from datetime import date

from bot.models import Stance, StatementKind, Voice
from bot.views import compare, gather, naming, strongest
from tests.builders import issue, line, person, piece

RENT, PORTS = issue(), issue("ports", "Ports")
ISSUES = {i.slug: i for i in (RENT, PORTS)}
OLD, NEW = piece(1, published=date(2020, 1, 1)), piece(2, published=date(2025, 1, 1))


def test_issues_come_newest_first_and_lines_strongest_first() -> None:
    views = gather(
        person(),
        [OLD, NEW],
        [
            line("weak", OLD, 0, issues=("rent-control",), strength=0.2),
            line("strong", OLD, 1, issues=("rent-control",), strength=0.9),
            line("port", NEW, 0, issues=("ports",), strength=0.1),
            line("loose", NEW, 3),
        ],
        ISSUES,
    )
    assert [g.issue for g in views.groups] == [PORTS, RENT, None]
    assert [x.text for x in views.groups[1].lines] == ["strong", "weak"]
    assert views.pieces == (NEW, OLD)
    assert views.period == (date(2020, 1, 1), date(2025, 1, 1))


def test_a_sentence_is_shown_once() -> None:
    twice = [line("same", OLD, 0, issues=("ports",)), line("same", OLD, 0, issues=("ports",))]
    assert len(gather(person(), [OLD], twice, ISSUES).groups[0].lines) == 1


def test_somebody_who_wrote_nothing_is_only_quoted() -> None:
    views = gather(person(), [], [line("x", NEW)], ISSUES)
    assert views.only_quoted
    assert views.period == (date(2025, 1, 1), date(2025, 1, 1))


def test_camps_need_a_side_on_both_ends() -> None:
    left = gather(person(1), [OLD], [line("a", OLD, 0, targets=(("Port Authority", Stance.FOR), ("Quay Union", Stance.FOR)))], ISSUES)
    right = gather(
        person(2), [NEW], [line("b", NEW, 0, targets=(("Port Authority", Stance.AGAINST), ("Quay Union", Stance.FOR), ("Sea", Stance.FOR)))], ISSUES
    )
    compared = compare(left, right, None)
    assert compared.part == ("Port Authority",)
    assert compared.meet == (("Quay Union", Stance.FOR),)


def test_who_speaks_both_ways_takes_no_side() -> None:
    both = gather(
        person(1), [OLD], [line("a", OLD, 0, targets=(("Sea", Stance.FOR),)), line("b", OLD, 1, targets=(("Sea", Stance.AGAINST),))], ISSUES
    )
    other = gather(person(2), [NEW], [line("c", NEW, 0, targets=(("Sea", Stance.AGAINST),))], ISSUES)
    assert compare(both, other, None).part == ()


def test_words_that_are_no_issue_pick_the_lines_that_have_them() -> None:
    views = gather(person(), [OLD], [line("Rents in Oslo must fall.", OLD, 0), line("Ports are full.", OLD, 1)], ISSUES)
    assert [x.text for group in naming(views, "oslo").groups for x in group.lines] == ["Rents in Oslo must fall."]
    assert naming(views, "os").groups == ()


def test_a_sentence_shown_before_another_is_not_shown_again() -> None:
    first, second = line("Rents rise.", OLD, 0), line("They must fall.", OLD, 1, before="Rents rise.")
    other = line("Ports are full.", NEW, 0)
    assert strongest([first, second, other], 3) == [second, other]
    assert strongest([second, first, other], 3) == [second, other]
    assert strongest([first, other, second], 2) == [second, other]


def test_two_who_ask_for_opposite_things_are_shown_to_pull_apart() -> None:
    def asks(text: str, on: object, author: int) -> object:
        said = line(text, on, 0, issues=("rent-control",), voice=Voice.OWN, kind=StatementKind.RECOMMENDATION, strength=0.5)
        return gather(person(author), [on], [said], ISSUES)

    left = asks("The council must lift the rent cap.", OLD, 1)
    right = asks("The council must tighten the rent cap.", piece(3, author="Ola Brandt"), 2)
    apart = compare(left, right, RENT).apart
    assert apart is not None
    assert (apart.left, apart.right) == (left.groups[0].lines[0], right.groups[0].lines[0])
    assert compare(right, left, RENT).apart.left == right.groups[0].lines[0]
    assert compare(left, right, None).apart is None
