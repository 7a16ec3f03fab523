"""A day of adding is never taken for a date of publication."""

from datetime import UTC, date, datetime
from pathlib import Path

from bot.models import Analysis, Article, Fact, Issue, IssueLink, Paragraph, Sentence, Statement, StatementKind, Voice
from bot.models import Span as Place
from bot.records import Filters
from store import Store

TEXT = "Rents must be capped."


def article(title: str, published: date | None) -> Article:
    day = Fact.stated(published, "test") if published else Fact[date].unknown()
    return Article(Fact.stated(title, "test"), Fact.stated(("Ada Venn",), "test"), Fact[str].unknown(), day, (Paragraph(0, f"{title}. {TEXT}"),))


def analysis(title: str) -> Analysis:
    start = len(title) + 2
    own = Statement(0, 0, Voice.OWN, StatementKind.RECOMMENDATION, (Place(0, start, start + len(TEXT)),), issues=("housing",))
    sentence, link = Sentence(0, 0, start, start + len(TEXT)), IssueLink("housing", 0.9, True, (0,))
    return Analysis((sentence,), (), (own,), (link,), (0,), (), Fact.unknown(), "test")


def test_undated_pieces_are_counted_without_a_date(tmp_path: Path) -> None:
    with Store.open(tmp_path / "l.sqlite", lambda: datetime(2026, 5, 1, tzinfo=UTC)) as store:
        store.issues.load([Issue("housing", "Housing")])
        store.articles.save("T", article("On rent", date(2020, 1, 2)), analysis("On rent"))
        store.articles.save("T", article("On landlords and their many excuses", None), analysis("On landlords and their many excuses"))
        activity = store.issues.activity_of("T", "housing")
        assert (activity.pieces, activity.last) == (2, date(2020, 1, 2))
        assert store.issues.activity("T")[0].last == date(2020, 1, 2)
        assert store.issues.months("T", "housing") == ((date(2020, 1, 1), 1),)
        profile = store.people.profile("T", store.people.get("T", "venn").id)
        assert (profile.pieces, profile.first, profile.last) == (2, date(2020, 1, 2), date(2020, 1, 2))
        since = Filters(since=date(2019, 1, 1))
        assert store.articles.select("T", since).total == 1
        assert store.statements.lines("T", filters=since).total == 1
        assert [piece.published.value for piece in store.articles.select("T").items] == [None, date(2020, 1, 2)]
