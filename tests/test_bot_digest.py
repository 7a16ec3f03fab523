"""What a digest chooses and how much of it fits a minute; where two disagree."""

import itertools
import random
from datetime import UTC, date, datetime, timedelta

import pytest

from bot import digest
from bot.contrast import contrast
from bot.models import Issue, Stance
from bot.records import Cadence, Filters, Fresh, News, Subscription
from handlers import digest_card
from tests.builders import line, piece

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
SINCE = NOW - timedelta(days=7)
ISSUES = {slug: Issue(slug, name) for slug, name in [("rent", "Rent control"), ("ports", "Port fees"), ("rail", "Railways"), ("bees", "Bees")]}
ORDER = Subscription(3, "T1", "C1", "U1", Cadence.WEEKLY, 9, "Europe/Berlin", 0, "mon", created_at=SINCE - timedelta(days=30))


def fresh(id, *issues, author=None, days=1, **about):
    """A piece filed under issues, the first of them its main one."""
    usual = {"outlet": "The Review", "opinion": True, "partial": False, "strength": 0.5}
    writer = author if author is not None else id
    links = tuple((slug, 0.9 - rank / 10, rank == 0) for rank, slug in enumerate(issues))
    return Fresh(id, NOW - timedelta(days=days), authors=((writer, f"Author {writer}"),) if writer else (), issues=links, **(usual | about))


def planned(found, filters=None, after=0, first=None, earlier=()):
    news = News((*earlier, *found), first or {})
    chosen = digest.select(news, filters or Filters(), after, 10_000)
    return digest.plan(chosen, news, filters or Filters(), after, ISSUES, SINCE, NOW)


def composed(plan, lines=None, positions=None, before=None, **about):
    lines = lines or {id_: [said(id_)] for id_ in plan.wanted}
    return digest.compose(plan, ORDER, SINCE, NOW, lines, positions or {}, before or {}, ISSUES, **about)


def said(id_, text=None, **about):
    words = text or f"Sentence {id_} says what ought to be done about the harbour before winter."
    return line(words, on=piece(id_, f"Piece {id_}", author=about.pop("author", f"Author {id_}")), **about)


def test_filters_narrow_and_several_mean_any():
    news = News((fresh(1, "rent"), fresh(2, "ports", author=7), fresh(3, "rail", outlet="Post"), fresh(4, "rent", author=7)), {})

    def ids(**filters):
        return [one.id for one in digest.select(news, Filters(**filters), 0, 99)]

    assert ids() == [1, 2, 3, 4]
    assert ids(issues=("rent", "ports")) == [1, 2, 4]
    assert ids(authors=(7,)) == [2, 4]
    assert ids(authors=(7,), issues=("rent",)) == [4]
    assert ids(outlets=("post",)) == [3]
    assert [one.id for one in digest.select(news, Filters(), 2, 3)] == [3]


def test_busiest_issue_first_and_a_piece_stands_under_one_only():
    plan = planned([fresh(1, "ports"), fresh(2, "rent", "ports"), fresh(3, "rent"), fresh(4), fresh(5, "unknown")])
    assert [(group.slug, [one.id for one in group.pieces]) for group in plan.groups] == [("rent", [3, 2]), ("ports", [1]), (None, [5, 4])]
    assert plan.bars == (("rent", 2, 0), ("ports", 1, 0))


def test_what_matters_comes_first_and_nobody_twice_before_everybody_once():
    plan = planned([fresh(1, "rent", partial=True), fresh(2, "rent", opinion=False), fresh(3, "rent"), fresh(4, "rent", author=3, strength=0.4)])
    assert [one.id for one in plan.groups[0].pieces] == [3, 2, 1, 4] or [one.id for one in plan.groups[0].pieces] == [3, 1, 2, 4]


def test_followed_issues_are_where_pieces_stand():
    plan = planned([fresh(1, "ports", "rent")], Filters(issues=("rent",)))
    assert [group.slug for group in plan.groups] == ["rent"]


def test_new_voices_are_those_without_an_earlier_piece():
    found = [fresh(11, "rent", author=1), fresh(12, "rent", author=2), fresh(13, "rent", author=2)]
    plan = planned(found, after=10, first={1: 3, 2: 12})
    assert plan.voices == (("Author 2", "The Review"),)
    assert planned(found, after=0, first={1: 11, 2: 12}).voices == ()  # to an empty library everybody is new


def test_bars_compare_with_the_period_before():
    earlier = [fresh(1, "rent", days=9), fresh(2, "rent", days=13), fresh(3, "rent", days=40)]
    assert planned([fresh(11, "rent")], after=10, earlier=earlier).bars == (("rent", 1, 2),)


@pytest.mark.parametrize("pieces", [1, 3, 12, 400])
@pytest.mark.parametrize(("first", "late"), [(False, False), (True, False), (True, True)])
def test_a_message_is_read_in_a_minute(pieces, first, late):
    chance = random.Random(pieces)
    found = [fresh(id_, *chance.sample(sorted(ISSUES), 2)) for id_ in range(1, pieces + 1)]
    plan = planned(found, first={id_: id_ for id_ in range(1, pieces + 1)})
    lines = {id_: [said(id_, " ".join(["word"] * chance.randint(8, 60)) + ".") for _ in range(3)] for id_ in plan.wanted}
    made = composed(plan, lines, first=first, late=late, due_at=NOW)
    _, blocks = digest_card.message(made)
    shown = [word for block in blocks for word in _words(block) if any(letter.isalnum() for letter in word)]
    assert len(shown) <= 238
    assert made.groups
    listed = sum(len(group.lines) for group in (*made.groups, *made.rest))
    assert listed + made.unlisted == pieces
    ids = [line.piece.id for group in (*made.groups, *made.rest) for line in group.lines]
    assert len(ids) == len(set(ids))


def _words(thing):
    if isinstance(thing, dict):
        return [word for key, value in thing.items() for word in (value.split() if key == "text" and isinstance(value, str) else _words(value))]
    return [word for one in thing for word in _words(one)] if isinstance(thing, list) else []


def test_a_sentence_that_stands_alone_is_preferred_and_none_is_cut():
    plan = planned([fresh(1, "rent")])
    long = said(1, "word " * 80)
    made = composed(plan, {1: [long, said(1, "It is a debt."), said(1, "Rents must be capped.")]})
    assert made.groups[0].lines[0].text == "Rents must be capped."
    assert composed(plan, {1: [long]}).groups[0].lines[0].text == "word " * 80


def test_who_wrote_on_it_before():
    plan = planned([fresh(11, "rent", author=4)], after=10)
    then = line("Rents must never be capped.", on=piece(2, "Then", author="Author 4", published=date(2019, 1, 1)))
    made = composed(plan, before={(4, "rent"): then})
    assert made.then_now.then.text == "Rents must never be capped."
    _, blocks = digest_card.message(made)
    assert "held before" in str(blocks)


def test_two_who_disagree_stand_side_by_side_once():
    plan = planned([fresh(1, "rent"), fresh(2, "rent"), fresh(3, "ports")])
    positions = {"rent": [said(1, "The city must abolish the rent cap.", strength=0.9), said(2, "The city must extend the rent cap.", strength=0.8)]}
    made = composed(plan, positions=positions)
    pair = made.groups[0].contrast
    assert {pair.left.piece.id, pair.right.piece.id} == {1, 2}
    assert made.groups[0].lines == ()
    text, blocks = digest_card.message(made)
    assert str(blocks).count("must abolish the rent cap") == 1
    assert "where they disagree" in text
    assert made.rest == ()


OPPOSED = [
    ("Europe must lift the sanctions on Russia.", "Europe must not lift the sanctions on Russia."),
    ("Europe should lift the sanctions.", "Berlin must tighten the sanctions."),
    ("It would be a mistake to close the port.", "The government has to close the port at once."),
    ("We cannot admit Ukraine.", "It is time to admit Ukraine."),
    ("Parliament should register every model.", "We should not register models."),
    ("Rent control works.", "Rent control has failed everywhere."),
    ("Rents are an effective brake.", "Capped rents do not work."),
]
NOT_OPPOSED = [
    ("Europe must not lift the sanctions.", "Europe must tighten the sanctions."),
    ("Europe must lift the sanctions.", "Europe must tighten its belt."),
    ("The cap works.", "The cap does not work."),
    ("Europe should be bold about rent.", "Europe should not be bold about rent."),
    ("The port must be closed.", "Nobody knows what the port costs."),
    ("Rent control works.", "Does rent control fail?"),
    ("Rents work for owners.", "Rents have failed to rise."),
    ("Rent control works.", "Rent control has not failed."),
]


@pytest.mark.parametrize(("left", "right"), OPPOSED)
def test_they_pull_apart(left, right):
    assert contrast(ISSUES["rent"], [said(1, left), said(2, right)], 200)


@pytest.mark.parametrize(("left", "right"), NOT_OPPOSED)
def test_no_disagreement_is_invented(left, right):
    assert contrast(ISSUES["rent"], [said(1, left), said(2, right)], 200) is None


def test_one_hand_does_not_disagree_with_itself():
    left, right = OPPOSED[0]
    assert contrast(ISSUES["rent"], [said(1, left, author="Ada Venn"), said(2, right, author="Ada Venn")], 200) is None
    assert contrast(ISSUES["rent"], [said(1, left), said(1, right)], 200) is None
    assert contrast(ISSUES["rent"], [said(1, left, author=None), said(2, right)], 200) is None
    assert contrast(ISSUES["rent"], [said(1, left), said(2, right)], 20) is None


def test_the_strongest_of_all_pairs_is_found():
    chance = random.Random(4)
    verbs, things = ("lift", "tighten", "close", "not close", "not lift"), ("the sanctions", "the port", "the rent cap", "the grain corridor")
    for _ in range(40):
        wanted = [f"Europe must {chance.choice(verbs)} {chance.choice(things)} now." for _ in range(chance.randint(2, 12))]
        held = [said(id_, text, strength=chance.random()) for id_, text in enumerate(wanted)]
        alone = [pair for pair in itertools.combinations(held, 2) if contrast(ISSUES["rent"], pair, 200)]
        found = contrast(ISSUES["rent"], held, 200)
        assert bool(found) == bool(alone)
        if found:
            assert (found.left, found.right) in alone
            same = [pair for pair in alone if {one.text.split()[-2] for one in pair} == {found.left.text.split()[-2], found.right.text.split()[-2]}]
            assert found.left.strength + found.right.strength >= max(left.strength + right.strength for left, right in same) - 1e-9


def test_opposite_stances_that_are_sure_come_first():
    asked = [said(1, OPPOSED[0][0]), said(2, OPPOSED[0][1])]
    sure = [said(3, "NATO kept the peace.", targets=(("NATO", Stance.FOR),)), said(4, "NATO brought the war.", targets=(("NATO", Stance.AGAINST),))]
    pair = contrast(ISSUES["rent"], [*asked, *sure], 200)
    assert (pair.over, pair.left.piece.id) == ("NATO", 3)


def test_hostile_words_stay_dead():
    evil = "<!channel> must *bold* <http://x|y> :boom: &lt;@U1&gt;"
    plan = planned([fresh(1, "rent", author=9)], first={9: 1}, after=0)
    made = composed(plan, {1: [said(1, evil, author="<@U9> *x*")]}, first=True)
    text, blocks = digest_card.message(made)
    assert "<!channel>" not in text
    for block in blocks:
        for part in _mrkdwn(block):
            assert "<" not in part.replace("&lt;", "")


def _mrkdwn(thing):
    if isinstance(thing, dict):
        return ([thing["text"]] if thing.get("type") == "mrkdwn" else []) + [part for value in thing.values() for part in _mrkdwn(value)]
    return [part for one in thing for part in _mrkdwn(one)] if isinstance(thing, list) else []
