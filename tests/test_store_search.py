"""Search: ranked, narrowed, forgiving."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.catalogue import catalogue
from bot.language.meaning import learn, restore
from bot.models import Issue
from bot.query import parse
from bot.records import Filters
from store import narrowing, ranking
from store import search as search_module
from tests.written import analysis, article

TEAM = "T1"
TODAY = date(2026, 11, 23)

PIECES = [
    ("Grain at sea", "Ships carry wheat past the mined harbour every night.", "Vera Orlova", "The Sample", date(2020, 1, 1), ("grain",)),
    ("A harbour reopens", "Cranes turn again, and grain is loaded by the ton.", "Ivo Marek", "The Sample", date(2021, 1, 1), ("grain",)),
    ("Raqqa falls", "The Islamic State loses its capital after a long siege.", "Vera Orlova", "Other Paper", date(2022, 1, 1), ("isis",)),
    ("Daesh regroups", "In the desert the fighters gather again, and nobody looks.", "Ivo Marek", "Other Paper", date(2023, 1, 1), ("isis",)),
    ("Budgets", "Taxes rise while services shrink, which no voter likes.", "Ada Example", "Other Paper", date(2024, 1, 1), ()),
]


@pytest.fixture
def full(store):
    store.issues.load([Issue("isis", "Islamic State", ("ISIS", "Daesh", "IS")), Issue("grain", "Grain deal")])
    for title, text, author, outlet, day, issues in PIECES:
        piece = article(title, text, authors=(author,), outlet=outlet, published=day)
        store.articles.save(TEAM, piece, analysis(piece, issues=issues))
    return store


def titles(store, text, **options):
    return [hit.piece.title.value for hit in store.search.find(TEAM, parse(text, TODAY), **options).hits]


def test_words_titles_first_and_stems(full):
    assert titles(full, "grain") == ["Grain at sea", "A harbour reopens"]
    assert titles(full, "taxed") == ["Budgets"]
    assert sorted(titles(full, "the grain of harbours")) == ["A harbour reopens", "Grain at sea"]
    assert titles(full, '"loaded by the ton"') == ["A harbour reopens"]
    assert titles(full, "harbour -cranes") == ["Grain at sea"]
    assert sorted(titles(full, "siege OR taxes")) == ["Budgets", "Raqqa falls"]


def test_what_must_not_be_in_a_piece_without_a_word_to_look_for(full):
    assert titles(full, "author:Orlova -siege") == ["Grain at sea"]
    assert titles(full, 'outlet:"Other Paper" -siege -taxes') == ["Daesh regroups"]
    found = full.search.find(TEAM, parse("author:Orlova -wheat -siege", TODAY))
    assert (found.total, found.hits) == (0, ())


def test_an_outlet_is_found_by_what_it_is_called(full):
    assert titles(full, "outlet:sample") == ["A harbour reopens", "Grain at sea"]
    assert titles(full, "grain outlet:samp") == ["Grain at sea", "A harbour reopens"]
    assert titles(full, 'outlet:"the other paper" siege') == ["Raqqa falls"]
    assert titles(full, "outlet:OP siege") == ["Raqqa falls"]
    nothing = full.search.find(TEAM, parse("grain outlet:Nowhere", TODAY))
    assert (nothing.total, nothing.notes) == (0, ("No outlet here is called “Nowhere”.",))


def test_a_name_of_an_issue_finds_its_other_names(full):
    assert sorted(titles(full, "ISIS")) == ["Daesh regroups", "Raqqa falls"]
    assert titles(full, "daesh siege") == ["Raqqa falls", "Daesh regroups"]


def test_narrowed_by_author_issue_outlet_and_time(full):
    assert titles(full, "author:orlova") == ["Raqqa falls", "Grain at sea"]
    assert titles(full, "harbour author:marek") == ["A harbour reopens"]
    assert titles(full, "issue:daesh after:2023") == ["Daesh regroups"]
    assert titles(full, 'outlet:"other paper" before:2023') == ["Raqqa falls"]
    assert titles(full, "harbour", filters=Filters(until=date(2020, 6, 1))) == ["Grain at sea"]
    assert titles(full, "harbour sort:newest") == ["A harbour reopens", "Grain at sea"]
    found = full.search.find(TEAM, parse("author:orlowa", TODAY))
    assert found.total == 2
    assert "Vera Orlova" in found.notes[0]
    assert full.search.find(TEAM, parse("author:zzz harbour", TODAY)).notes[0].startswith("Nobody called")


def test_some_of_the_words_when_no_piece_has_all(full):
    found = full.search.find(TEAM, "grain siege")
    assert found.relaxed
    assert found.total == 3
    assert found.with_all == 0
    assert full.search.find("T2", "grain").total == 0


def test_did_you_mean(full):
    found = full.search.find(TEAM, "harbuor")
    assert (found.total, found.did_you_mean) == (0, "harbour")
    assert full.search.find(TEAM, "qqqqqq").did_you_mean is None


@pytest.mark.parametrize("typed", ["ahrbour", "barbour", "arbour", "hharbour", "harbonr", "habrour"])
def test_a_slip_anywhere_in_the_word(full, typed):
    assert full.search.find(TEAM, typed).did_you_mean == "harbour"


def test_two_slips_in_an_issues_name(full):
    full.issues.load(catalogue())
    assert full.search.find(TEAM, "Islammic Stade").did_you_mean == "islamic state"


def test_no_workspace_is_told_of_anothers_words(full):
    full.articles.save("T2", piece := article("A zeppelin", "The zeppelin lands.", "https://a.example/zeppelin"), analysis(piece))
    assert full.search.find("T2", "zepelin").did_you_mean == "zeppelin"
    assert full.search.find(TEAM, "zepelin").did_you_mean is None
    assert full.search.find("T2", "harbuor").did_you_mean is None


def test_tidying_merges_the_index(store):
    for number in range(60):
        piece = article(f"Piece {number}", f"Words of piece {number} about grain{number}.", f"https://a.example/{number}")
        store.articles.save(TEAM, piece, analysis(piece))
    segments = "SELECT count(DISTINCT segid) FROM search_idx"
    with store._connections.reading() as db:
        assert db.execute(segments).fetchone()[0] > 1
    for _ in range(2):
        store.tidy()
        with store._connections.reading() as db:
            assert db.execute(segments).fetchone()[0] == 1
    assert store.search.find(TEAM, "grain7").total == 1
    assert store.check() == ()


def test_snippets_mark_the_words(full):
    hit = full.search.find(TEAM, "siege").hits[0]
    assert hit.snippet == "The Islamic State loses its capital after a long \x02siege\x03."


def test_with_many_matches_the_newest_are_ranked(full, monkeypatch):
    monkeypatch.setattr(search_module, "COUNT_LIMIT", 1)
    monkeypatch.setattr(ranking, "NEWEST_RANKED", 1)
    found = full.search.find(TEAM, "grain")
    assert found.bounded
    assert found.more
    assert [hit.piece.title.value for hit in found.hits] == ["A harbour reopens"]


def test_what_has_all_of_the_words_comes_first_however_old(store, monkeypatch):
    monkeypatch.setattr(ranking, "NEWEST_RANKED", 10)
    monkeypatch.setattr(search_module, "COUNT_LIMIT", 20)
    for number in range(60):
        piece = article(f"Piece {number}", f"The harbour reopens{' with a lighthouse' if number in {3, 5} else ''}, number {number}.", "")
        store.articles.save(TEAM, piece, analysis(piece))
    found = store.search.find(TEAM, "harbour lighthouse")
    assert found.bounded
    assert found.with_all == 2
    assert {hit.piece.title.value for hit in found.hits[:2]} == {"Piece 3", "Piece 5"}
    assert len(found.hits) == 10


@pytest.mark.parametrize("words", ["harbour", "harbour reopens", "harbour lighthouse", "harbour -ferry"])
def test_words_that_stand_everywhere_are_weighed_by_where_they_stand(store, monkeypatch, words):
    monkeypatch.setattr(ranking, "EVERYWHERE", 20)
    monkeypatch.setattr(ranking, "EVERYWHERE_UNBOUNDED", 20)
    monkeypatch.setattr(narrowing, "SAMPLED", 5)
    monkeypatch.setattr(ranking, "SAMPLED", 5)
    for number in range(60):
        title = f"The harbour reopens {number}" if number in {7, 11} else f"Piece {number}"
        piece = article(title, f"The harbour reopens{' with a ferry' if number == 30 else ''}, number {number}.", "")
        store.articles.save(TEAM, piece, analysis(piece))
    found = [hit.piece.title.value for hit in store.search.find(TEAM, parse(words, TODAY), limit=60).hits]
    assert found[:3] == ["The harbour reopens 11", "The harbour reopens 7", "Piece 59"]
    assert ("Piece 30" in found) is ("ferry" not in words)


def test_likeness_lifts_what_is_like_the_first_results(store, monkeypatch):
    monkeypatch.setattr(ranking, "CANDIDATES", 100)
    subjects = {
        "sea": "ship harbour wave captain anchor cargo",
        "court": "judge verdict appeal lawyer trial clause",
        "farm": "plough barley field tractor calf hedge",
        "stage": "actor curtain scene play costume theatre",
    }
    for number in range(280):
        subject = "sea" if number >= 240 else list(subjects)[number % 4]
        words = subjects[subject].split()
        text = " ".join(f"{words[(number + step) % 6]} thing{number * 12 + step}" for step in range(12))
        piece = article(f"{'Strike' if number >= 240 else 'News'} {number} {subject}", f"{text} strike.", "")
        store.articles.save(TEAM, piece, analysis(piece))

    def kinds():
        hits = store.search.find(TEAM, "strike", limit=50).hits[40:]
        return [hit.piece.title.value.split()[2] for hit in hits]

    assert kinds().count("sea") < 8  # by words alone the rest comes mixed
    assert store.meanings.refresh(TEAM, learn, restore) == 280
    assert store.meanings.refresh(TEAM, learn, restore) == 0
    assert kinds() == ["sea"] * 10


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
def test_typed_text_is_never_an_error(full, text):
    full.search.find(TEAM, parse(text, TODAY))
    full.search.find(TEAM, text)
    full.articles.find(TEAM, text)
    full.people.find(TEAM, text)
    full.people.near(TEAM, text)
    full.issues.near(TEAM, text)


def test_a_long_text_full_of_matches_costs_no_more_than_its_length(store):
    words = " ".join(f"tide{number} harbour ports sand{number % 7}" for number in range(3_000))
    long = article("Long", f"Quays sleep here. {words}. At last the harbour closes its ports.", authors=("Ada Venn",), outlet="Review", url=None)
    store.articles.save(TEAM, long, analysis(long, ()))
    (hit,) = store.search.find(TEAM, "harbour ports sand1 sand2 sand3 quays").hits
    assert hit.snippet.count("\x02") == hit.snippet.count("\x03") > 8
    assert len(hit.snippet.split()) <= 26


def test_a_passage_is_the_run_with_most_matches():
    text = f"{'word ' * 30}the \x02grain corridor\x03 and \x02grain\x03 {'word ' * 30}"
    assert "\x02grain corridor\x03 and \x02grain\x03" in search_module.passage(text)
    assert search_module.passage("\x02one\x03 two") == "\x02one\x03 two"


FILTERED = (
    "harbour author:Orlova", "harbour issue:grain", 'harbour outlet:"The Sample"', "harbour after:2021", "crane OR harbour by:Orlova",
    "harbour crane in:Nowhere", "crane ship by:Marek",
)  # fmt: skip


@pytest.mark.parametrize(("selective", "looked_at"), [(3_000, 40), (3_000, 0), (0, 40)])
@pytest.mark.parametrize("everywhere", [100_000, 5])
def test_filters_find_the_same_from_whichever_side(full, monkeypatch, selective, looked_at, everywhere):
    for number in range(40):
        text = f"The harbour keeps {'a crane and ' if number % 3 else ''}ship number {number}."
        piece = article(
            f"Ship {number}", text, authors=("Vera Orlova" if number % 2 else "Ivo Marek",), outlet="The Sample" if number % 5 else "Other Paper",
            published=date(2020 + number % 3, 1, 1),
        )  # fmt: skip
        full.articles.save(TEAM, piece, analysis(piece, issues=("grain",) if number % 4 else ()))
    expected = {words: {hit.piece.id for hit in full.search.find(TEAM, parse(words, TODAY), limit=100).hits} for words in FILTERED}
    monkeypatch.setattr(narrowing, "SELECTIVE", selective)
    monkeypatch.setattr(narrowing, "LOOKED_AT", looked_at)
    monkeypatch.setattr(narrowing, "SAMPLED", 3)
    monkeypatch.setattr(ranking, "SAMPLED", 3)
    monkeypatch.setattr(ranking, "EVERYWHERE", everywhere)
    for words, ids in expected.items():
        found = full.search.find(TEAM, parse(words, TODAY), limit=100)
        assert {hit.piece.id for hit in found.hits} == ids
        assert found.total == len(ids)
        assert not found.bounded
    newest = full.search.find(TEAM, parse("harbour author:Orlova sort:newest", TODAY), limit=3)
    assert [hit.piece.title.value for hit in newest.hits] == ["Ship 39", "Ship 37", "Ship 35"]


def test_behind_wide_filters_only_the_newest_matches_are_looked_through_and_it_is_said(full, monkeypatch):
    monkeypatch.setattr(narrowing, "SELECTIVE", 0)
    monkeypatch.setattr(narrowing, "WALKED", 2)
    monkeypatch.setattr(narrowing, "SAMPLED", 1)
    for number in range(6):
        piece = article(f"Ship {number}", f"The harbour keeps ship number {number}.", authors=("Vera Orlova",))
        full.articles.save(TEAM, piece, analysis(piece))
    found = full.search.find(TEAM, parse("harbour author:Orlova", TODAY))
    assert found.bounded
    assert [hit.piece.title.value for hit in found.hits] == ["Ship 5", "Ship 4"]
