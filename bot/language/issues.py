"""Issues in a piece: which it is about, which it mentions, and in which sentences. Plain strings in, no pipeline needed.

Words are compared folded and in the singular, so that names, aliases and signs are found in any case and number; forms of up to three
capitals only as capitals. A longer form takes its words: "sanctions on Russia" is no mention of "Russia" alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import exp

from bot.catalogue import entries
from bot.models import Analysis, Article, Issue, IssueLink, Sentence, Statement

IN_TITLE = 4.0
IN_STANDFIRST = 2.5
IN_OPENING = 1.5
"""How much a mention counts in the title, the standfirst, the first fifth of the sentences; elsewhere 1."""

OPENING = 0.2

NAMED = 1.0
SIGNED = 0.7
"""A sign tells less than a name: "Wuhan" may come up for other reasons; so does a single common word, as "schools" and "taxes" do."""

SCALE = 6.0
"""Weight at which a score reaches 0.63: four plain mentions and one in the opening."""

MAIN_SCORE = 0.5
MAIN_SHARE = 0.08
"""A main issue stands in the title, or reaches this score and stands in at least this share of the sentences."""

MOST_MAIN = 5
"""A piece that is about everything is about nothing."""

LEAST = 0.22
"""A weaker link is not kept: one passing mention or two passing signs, which made a piece on AI one on sanctions and on education, ..."""

CARRYING = 0.15
"""... unless it stands in a sentence that carries the piece: its thesis or a key point."""

BROADER_SHARE = 0.5
"""A broader issue inherits this share of the narrower one's score, as a mention."""

MOST_SENTENCES = 12
"""Sentences kept for a link."""

CARRIED = 2
"""A statement that names no issue is about a main issue of the piece that was named up to so many sentences before it in its paragraph, or,
where its sentence leans on the one before, about what that one names: of the others half were about something else."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@dataclass(frozen=True, slots=True)
class _Form:
    slug: str
    weight: float
    capitals: str | None
    """The form itself where only capitals count."""


class Linker:
    """Finds a set of issues in pieces."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        """``issues``: what the workspace knows; the catalogue's entries bring their signs."""
        known = {issue.slug: issue for issue in issues}
        signs = {entry.issue.slug: entry for entry in entries()}
        self._broader = {issue.slug: issue.broader for issue in known.values()}
        self._forms: dict[tuple[str, ...], list[_Form]] = defaultdict(list)
        self._together: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []
        self._longest: dict[str, int] = {}
        self._above: dict[tuple[tuple[str, ...], str], tuple[str, ...]] = {}
        for slug, issue in known.items():
            for form in dict.fromkeys((issue.name, *issue.aliases)):
                self._add(slug, form, SIGNED if form != issue.name and form.islower() and " " not in form else NAMED)
            entry = signs.get(slug)
            for form in entry.signs if entry else ():
                self._add(slug, form, SIGNED)
            for one, other in entry.together if entry else ():
                self._together.append((slug, tuple(_tokens(one)), tuple(_tokens(other))))

    def _add(self, slug: str, form: str, weight: float) -> None:
        tokens = tuple(_tokens(form))
        if not tokens:
            return
        capitals = form if form.isupper() and len(form) <= 3 else None
        if any(same.slug == slug and same.capitals == capitals for same in self._forms[tokens]):
            return  # "tariff" beside "Tariffs" is no further mention; names come before signs
        self._forms[tokens].append(_Form(slug, weight, capitals))
        self._longest[tokens[0]] = max(self._longest.get(tokens[0], 1), len(tokens))

    def _named_within(self, tokens: tuple[str, ...], slug: str) -> tuple[str, ...]:
        """The broader issues that a longer form names beside its own: "AI regulation" is about AI as well."""
        kept = self._above.get((tokens, slug))
        if kept is None:
            runs = {tokens[start:end] for start in range(len(tokens)) for end in range(start + 1, len(tokens) + 1)} - {tokens}
            named = {form.slug for run in runs for form in self._forms.get(run, ())}
            kept = self._above[tokens, slug] = tuple(broader for broader in self._broader.get(slug, ()) if broader in named)
        return kept

    def mentions(self, text: str) -> dict[str, float]:
        """Issues named in a text, with the weight of the strongest form and a little more for each further one."""
        printed = _WORD.findall(text)
        words = [_token(word) for word in printed]
        found: dict[str, float] = {}
        at = 0
        while at < len(words):
            for length in range(min(self._longest.get(words[at], 0), len(words) - at), 0, -1):
                forms = [
                    form for form in self._forms.get(tuple(words[at : at + length]), ()) if form.capitals is None or printed[at] == form.capitals
                ]
                if forms:
                    for form in forms:
                        found[form.slug] = max(found.get(form.slug, 0.0), form.weight) + (0.25 if form.slug in found else 0.0)
                        for broader in self._named_within(tuple(words[at : at + length]), form.slug):
                            found[broader] = max(found.get(broader, 0.0), SIGNED)
                    at += length - 1
                    break
            at += 1
        present = set(words)
        for slug, one, other in self._together:
            if one[0] in present and other[0] in present and slug not in found and _contains(words, one) and _contains(words, other):
                found[slug] = NAMED
        return found

    def link(self, article: Article, analysis: Analysis) -> Analysis:
        """The analysis with the piece's issues, and each statement's."""
        paragraphs = {paragraph.position: paragraph.text for paragraph in article.paragraphs}
        sentences = [(s.position, s.paragraph, paragraphs[s.paragraph][s.start : s.end]) for s in analysis.sentences]
        named = {position: self.mentions(text) for position, _, text in sentences}
        carrying = {*analysis.thesis, *analysis.key_points}
        links = self._links(self.mentions(article.title.value or ""), self.mentions(article.standfirst.value or ""), named, carrying)
        kept = {link.issue for link in links}
        of_sentence = _carried(analysis.sentences, named, {link.issue for link in links if link.main})
        statements = tuple(replace(statement, issues=_issues_of(statement, of_sentence, kept)) for statement in analysis.statements)
        return replace(analysis, issues=links, statements=statements)

    def _links(
        self, title: Mapping[str, float], standfirst: Mapping[str, float], named: Mapping[int, Mapping[str, float]], carrying: set[int]
    ) -> tuple[IssueLink, ...]:
        weights: defaultdict[str, float] = defaultdict(float)
        places: dict[str, list[int]] = defaultdict(list)
        for mentions, worth in ((title, IN_TITLE), (standfirst, IN_STANDFIRST)):
            for slug, weight in mentions.items():
                weights[slug] += worth * weight
        for position, mentions in named.items():
            worth = IN_OPENING if position < OPENING * len(named) else 1.0
            for slug, weight in mentions.items():
                weights[slug] += worth * weight
                places[slug].append(position)
        scores = {slug: 1 - exp(-weight / SCALE) for slug, weight in weights.items()}
        main = [
            slug
            for slug, score in sorted(scores.items(), key=lambda entry: (-entry[1], entry[0]))
            if slug in title or (score >= MAIN_SCORE and len(places[slug]) >= MAIN_SHARE * len(named))
        ][:MOST_MAIN]
        for slug in list(scores):
            for broader in self._broader.get(slug, ()):
                if broader in self._broader:
                    scores[broader] = max(scores.get(broader, 0.0), BROADER_SHARE * scores[slug])
        return tuple(
            IssueLink(slug, round(score, 3), slug in main, tuple(places[slug][:MOST_SENTENCES]))
            for slug, score in sorted(scores.items(), key=lambda entry: (entry[0] not in main, -entry[1], entry[0]))
            if score >= LEAST or slug in main or (score >= CARRYING and not carrying.isdisjoint(places[slug]))
        )


def _carried(sentences: Sequence[Sentence], named: Mapping[int, Mapping[str, float]], main: set[str]) -> dict[int, tuple[str, ...]]:
    """What each sentence is about: the issues it names, else those named shortly before in its paragraph."""
    about: dict[int, tuple[str, ...]] = {}
    last: tuple[str, ...] = ()
    since, in_paragraph = 0, -1
    for sentence in sentences:
        own = tuple(sorted(named[sentence.position], key=lambda slug: -named[sentence.position][slug]))
        if own or sentence.paragraph != in_paragraph:
            since, last = 0, own
        else:
            since += 1
        in_paragraph = sentence.paragraph
        leans = since == 1 and not sentence.stands_alone
        about[sentence.position] = own or tuple(slug for slug in last if leans or (since <= CARRIED and slug in main))
    return about


def _issues_of(statement: Statement, about: Mapping[int, tuple[str, ...]], kept: set[str]) -> tuple[str, ...]:
    return tuple(slug for slug in about.get(statement.sentence, ()) if slug in kept)


def _contains(words: Sequence[str], run: tuple[str, ...]) -> bool:
    return any(tuple(words[at : at + len(run)]) == run for at in range(len(words) - len(run) + 1))


def _tokens(text: str) -> list[str]:
    return [_token(word) for word in _WORD.findall(text)]


@lru_cache(maxsize=50_000)
def _token(word: str) -> str:
    """Folded, without accents or a possessive, in the singular as far as an s tells."""
    plain = word if word.isascii() else "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))
    plain = plain.replace("’", "'").casefold()
    plain = plain.removesuffix("'s")
    if len(plain) > 4 and plain.endswith("ies"):
        return plain[:-3] + "y"
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and not plain.endswith(("ss", "us", "is")) else plain
