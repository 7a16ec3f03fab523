"""The catalogue, and what it finds in pieces."""

from collections import Counter, defaultdict
from dataclasses import replace

from bot.catalogue import catalogue, entries
from bot.language.filing import Filing
from bot.language.issues import Linker
from bot.models import Issue
from bot.naming import issue_key
from tests.written import analysis, article


def linked(title, *texts, issues=None):
    piece = article(title, *texts)
    return Linker(catalogue() if issues is None else issues).link(piece, analysis(piece))


def test_the_catalogue_is_whole():
    issues = {issue.slug: issue for issue in catalogue()}
    assert len(issues) == len(catalogue()) >= 150
    for issue in issues.values():
        assert set(issue.related + issue.broader) <= issues.keys() - {issue.slug}, issue.slug
    forms = Counter(issue_key(form) for issue in issues.values() for form in {issue_key(f): f for f in (issue.name, *issue.aliases)}.values())
    assert [form for form, count in forms.items() if count > 1] == []
    assert all(issue_key(form) for form in forms)


def test_no_issue_is_its_own_ancestor():
    broader = {issue.slug: issue.broader for issue in catalogue()}
    for slug in broader:
        above, todo = set(), list(broader[slug])
        while todo:
            one = todo.pop()
            if one not in above:
                above.add(one)
                todo += broader[one]
        assert slug not in above


def test_main_and_mentioned():
    found = linked(
        "Lift the sanctions on Russia",
        "The sanctions have failed. Moscow has found other buyers.",
        "Wheat is cheap. Taiwan watches. Nobody is surprised. The rouble stands where it stood. Everyone trades.",
    )
    main = [link.issue for link in found.issues if link.main]
    assert main[0] == "sanctions-on-russia"
    assert "taiwan" not in main
    assert "taiwan" in {link.issue for link in found.issues}
    assert "sanctions" in {link.issue for link in found.issues}  # the broader one


def test_capitals_inflection_and_accents():
    assert "islamic-state" in Linker(catalogue()).mentions("IS fighters fled.")
    assert "islamic-state" not in Linker(catalogue()).mentions("This is what it is.")
    assert "turkey" in Linker(catalogue()).mentions("Erdoğan's rivals")
    assert "tariffs" in Linker(catalogue()).mentions("a steel tariff")
    assert Linker(catalogue()).mentions("") == {}


def test_pairs_in_one_sentence():
    mentions = Linker(catalogue()).mentions
    assert "sanctions-on-russia" in mentions("The sanctions hurt the Kremlin.")
    assert "sanctions-on-russia" not in mentions("The Kremlin is quiet.")


def test_statements_are_about_what_their_sentence_or_the_one_before_names():
    found = linked("Harbours and tariffs", "The tariffs will fall. This is wise. Nobody knows. Really nobody. Not a soul.", "Bread is dear.")
    by_sentence = {statement.sentence: statement.issues for statement in found.statements}
    assert by_sentence[0] == by_sentence[1] == by_sentence[2] == ("tariffs",)
    assert by_sentence[4] == ()
    assert by_sentence[5] == ()


def test_what_only_leans_is_about_an_issue_in_passing():
    piece = article("Harbours", "The tariffs will fall. This is wise.", "The tariffs may rise. Bread is dear.", "Ships wait. Cranes turn.")
    found = analysis(piece)
    leaning = replace(found, sentences=tuple(replace(one, stands_alone=one.position != 1) for one in found.sentences))
    issues = {statement.sentence: statement.issues for statement in Linker(catalogue()).link(piece, leaning).statements}
    assert issues[0] == issues[1] == issues[2] == ("tariffs",)
    assert issues[3] == ()


def test_a_passing_mention_files_a_piece_only_where_it_carries_it():
    piece = article("Harbours", "Ships wait. Cranes turn. Bread is dear. Nobody sleeps. The tides are high. Tariffs come and go. Gulls cry.")
    found = replace(analysis(piece), thesis=(), key_points=())
    assert Linker(catalogue()).link(piece, found).issues == ()
    carrying = Linker(catalogue()).link(piece, replace(found, key_points=(5,)))
    assert [link.issue for link in carrying.issues] == ["tariffs"]


def test_a_longer_name_counts_for_the_broader_issue_that_it_names():
    found = Linker(catalogue())
    assert set(found.mentions("AI regulation is coming.")) == {"ai-governance", "artificial-intelligence"}
    assert set(found.mentions("Brazil exports soy; the Amazon rainforest burns.")) == {"brazil", "deforestation"}


def test_a_piece_about_nothing_known():
    assert linked("Bread", "Loaves are brown.").issues == ()


def test_filed_under_the_workspaces_own_issues(store):
    own = Issue("lighthouses", "Lighthouses", ("lighthouse keepers",), own=True)
    store.issues.load(catalogue())
    store.issues.save("T1", own)
    shelf = Filing(store.articles, store.issues.all)
    piece = article("Save the lighthouse keepers", "They are few. Tariffs do not help them.")
    for team, expected in (("T1", True), ("T2", False)):
        saved = shelf.save(team, piece, analysis(piece))
        assert ("lighthouses" in dict(store.articles.issues(team, saved.id))) is expected
    assert store.issues.activity("T1")[0].issue.name == "Lighthouses"


def test_a_sign_belongs_to_one_issue():
    slugs = defaultdict(set)
    for entry in entries():
        for form in entry.signs:
            slugs[issue_key(form)].add(entry.issue.slug)
    assert {form: found for form, found in slugs.items() if len(found) > 1} == {}


def test_one_common_word_in_passing_is_no_issue():
    linker = Linker(catalogue())
    text = "The port stands idle. " * 30 + "Their owners have children in our schools."
    written = article("The port", text)
    assert "education" not in {link.issue for link in linker.link(written, analysis(written)).issues}
