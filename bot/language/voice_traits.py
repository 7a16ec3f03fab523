"""Features of a sentence that tell what it does in its author's voice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise

from bot.language import clauses, frames, lexicon, reports, turns
from bot.language.reports import Reports
from bot.language.words import Range, Words

REPORTING = frozenset(
    "verb:say verb:argue verb:tell verb:write verb:show verb:report verb:believe verb:speak verb:hope verb:fear verb:demand".split()
)

OTHERS = "@"
"""Marks features of words that are not the author's own: reported or quoted."""

TAGS = tuple("VBD VBZ VBP VB VBN VBG MD JJR JJS RBR RBS CD PRP WP WRB EX".split())
SURVEYS = frozenset("survey poll study statistic figure census data report percent percentage number estimate index research".split())
FIRST_PERSON = frozenset("i we my our me us".split())

TODO = frozenset({"csubj", "xcomp", "acl", "ccomp", "advcl"})
GRADING = frozenset({"mistake", "duty", "good", "bad", "advice"})
"""Relations of what is to be done to the word that grades it, and the groups of such words."""

LOADED = "loaded="
"""How the features of loaded words begin."""

STRONG = frozenset({"scorn", "praise", "drama", "camp"})
"""Groups of loaded words that count together: any of them colours a sentence."""

FORMS = {"NOUN": {"NOUN", "PROPN"}, "VERB": {"VERB"}, "ADJ": {"ADJ", "VERB"}, "ADV": {"ADV"}}
"""Parts of speech that a group's words may have where they stand; participles count as adjectives."""

TOPICAL = ("word=", "predicateword", "root=", "opens=", "openspos=", "entity=", "share=", "size=", "paragraphfirst=")
"""Features that tell a subject matter or a genre rather than a manner of speaking: they do not carry over from piece to piece."""

NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC"})
"""Names of these types tell nothing: our texts name most where they report, so that taught with them analyses full of names are taken for reports.
Without them the author's own sentences of newssd that have a name are told from the rest better (area under the curve 73.0, with them 71.8), and the
folds of our own texts lose nothing. What others say word by word is left out too, where it makes no difference."""


def sentence_features(words: Words, sentence: Range, told: Reports) -> list[str]:
    """What the models of ``voice`` go by; ``told`` is what the article reports.

    What others say is kept apart from what the author says (``@``): "the office says that the berths must close" recommends nothing.
    """
    first, last = sentence
    reported = told.inside
    plain = [i for i in range(first, last) if words.text[i][0].isalnum()]
    own = [i for i in plain if i not in reported and words.quote[i] < 0]
    mine = set(own)
    others = [i for i in plain if i not in mine]
    found: set[str] = {"bias"}
    found.update(_words(words, own))
    found.update(reports.features(words, sentence, told))
    for part, mark in ((own, ""), (others, OTHERS)):
        found.update(f"light{mark}={group}" for i in part for group in frames.groups(words, i))
        found.update(_groups(words, part, mark))
        found.update(_tags(words, part, mark))
    found.update(_figures(words, plain, own))
    found.update(_times(words, own))
    found.update(_shape(words, first, last, plain, reported))
    found.update(_quotation(words, first, last, plain, own))
    found.update(_main_clause(words, first, last, reported))
    found.update(loaded(words, plain, reported))
    found.update(turns.found(" ".join(words.lower[i] for i in own)))
    return sorted(found)


def manner(features: Iterable[str]) -> list[str]:
    """Those of a sentence's features that tell how something is said, whatever it is about."""
    return [feature for feature in features if not feature.startswith(TOPICAL)]


@cache
def _loaded_words() -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
    """Word, or two words, to its groups and the parts of speech that each counts for; none given: any."""
    table: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for group, listed in lexicon.words("loaded").items():
        forms = frozenset(FORMS.get(group.rpartition("_")[2], ()))
        for word in listed:
            table.setdefault(word, []).append((group, forms))
    return {word: tuple(groups) for word, groups in table.items()}


def loaded_groups(words: Words, i: int) -> frozenset[str]:
    """The groups of loaded words that a word belongs to, alone or with the one behind it."""
    return _groups_of(words.lemma[i], words.lower[i], words.lower[i + 1] if i + 1 < len(words) else "", words.pos[i])


@lru_cache(20_000)
def _groups_of(lemma: str, lower: str, following: str, pos: str) -> frozenset[str]:
    table = _loaded_words()
    return frozenset(group for form in {lemma, lower, f"{lower} {following}"} for group, poses in table.get(form, ()) if not poses or pos in poses)


def loaded(words: Words, plain: Iterable[int], reported: frozenset[int]) -> Iterator[str]:
    """How many loaded words of each group there are: the author's own, quoted ones, and those of a reported content apart."""
    counts: Counter[str] = Counter()
    for i in plain:
        place = "@reported" if i in reported else "@quoted" if words.quote[i] >= 0 else ""
        for group in loaded_groups(words, i):
            family = group.partition("_")[0]
            counts.update(name + place for name in ({group, family, "any"} if family in STRONG else {group}))
    for name, count in counts.items():
        for least in range(1, min(count, 3) + 1):
            yield f"{LOADED}{name}:{least}+"


def _words(words: Words, own: list[int]) -> Iterator[str]:
    for i in own:
        if words.entity[i]:
            if words.entity[i] not in NAMED:
                yield "entity=" + words.entity[i]
        elif words.lemma[i].isalpha():
            yield f"word={words.lemma[i]}"
        else:
            yield "number"


def _groups(words: Words, part: list[int], mark: str) -> Iterator[str]:
    lemmas = [words.lemma[i] for i in part]
    lowers = [words.lower[i] for i in part]
    for name, listed in lexicon.words("voice").items():
        count = sum(1 for lemma, lower in zip(lemmas, lowers, strict=True) if lemma in listed or lower in listed)
        count += sum(1 for a, b in pairwise(lowers) if f"{a} {b}" in listed)
        if count:
            yield f"group{mark}={name}"
            if count > 1:
                yield f"group{mark}={name}:2+"


def _tags(words: Words, part: list[int], mark: str) -> Iterator[str]:
    counts = Counter(words.tag[i] for i in part)
    for tag in TAGS:
        if counts[tag]:
            yield f"tag{mark}={tag}"
            if counts[tag] > 2:
                yield f"tag{mark}={tag}:3+"


def _figures(words: Words, plain: list[int], own: list[int]) -> Iterator[str]:
    """Numbers, and surveys and counts that they come from: evidence more often than a view."""
    numbers = sum(1 for i in plain if words.tag[i] == "CD")
    yield f"numbers={min(numbers, 3)}"
    if any(words.lemma[i] in SURVEYS for i in own):
        yield "survey"
    if numbers and any(words.lemma[i] in SURVEYS for i in plain):
        yield "surveyed"
    if any(words.text[i].isdigit() and len(words.text[i]) == 4 for i in plain):
        yield "year"


def _times(words: Words, own: list[int]) -> Iterator[str]:
    """Past and present together; what the author lived through: "we stood on the quay"."""
    past = sum(1 for i in own if words.tag[i] == "VBD")
    present = sum(1 for i in own if words.tag[i] in {"VBZ", "VBP"})
    yield f"times={min(past, 2)}|{min(present, 2)}"
    if any(words.lower[i] in FIRST_PERSON for i in own):
        yield f"lived={past > 0 and not present}"


def _quotation(words: Words, first: int, last: int, plain: list[int], own: list[int]) -> Iterator[str]:
    """How much is quoted and how much the author's own; quotations that begin before the sentence or go on behind it."""
    quoted = sum(1 for i in plain if words.quote[i] >= 0)
    yield f"quoteshare={5 * quoted // max(1, len(plain))}"
    yield f"ownshare={5 * len(own) // max(1, len(plain))}"
    before, behind = words.quote[first], words.quote[last - 1]
    if before >= 0 and words.quotes[before][0] < first:
        yield "runson"
    if behind >= 0 and words.quotes[behind][1] > last:
        yield "goeson"


def _shape(words: Words, first: int, last: int, plain: list[int], reported: frozenset[int]) -> Iterator[str]:
    size = len(plain)
    yield f"size={min(size // 6, 7)}"
    inside = range(first, last)
    pos = [words.pos[i] for i in inside]
    for name in ("ADJ", "ADV", "PROPN", "NUM", "VERB", "PRON", "INTJ"):
        share = pos.count(name) / max(1, size)
        yield f"share={name}:{min(int(share * 12), 4)}"
    ends = words.text[last - 1]
    yield f"ends={ends if not ends.isalnum() else 'word'}"
    for mark in (";", ":", "—", "–", "(", "?", "!", "…", "$", "%"):
        if any(words.text[i] == mark for i in inside):
            yield f"mark={mark}"
    quoted = sum(1 for i in plain if words.quote[i] >= 0) / max(1, size)
    yield f"quoted={'none' if not quoted else 'some' if quoted < 0.4 else 'most' if quoted < 0.95 else 'all'}"
    share = sum(1 for i in plain if i in reported) / max(1, size)
    yield f"reported={'none' if not share else 'little' if share < 0.3 else 'half' if share < 0.6 else 'most' if share < 0.85 else 'all'}"
    if plain:
        yield f"opens={words.lower[plain[0]]}"
        yield f"openspos={words.pos[plain[0]]}|{words.dep[plain[0]]}"
        paragraph = words.paragraphs[words.paragraph[first]]
        yield f"paragraphfirst={first == paragraph[0]}"


def _main_clause(words: Words, first: int, last: int, reported: frozenset[int]) -> Iterator[str]:
    """The root: its verb, tense, modal, subject."""
    for root in (i for i in range(first, last) if words.head[i] == i):
        yield f"rootreported={root in reported}"
        if root in reported or words.quote[root] >= 0:
            yield "root@"
            continue
        verb = next((k for k in words.children[root] if words.dep[k] == "cop"), root)
        modal = next((words.lower[k] for k in words.children[root] if words.dep[k] in {"aux", "aux:pass"}), "-")
        subject = next((k for k in words.children[root] if words.dep[k].startswith("nsubj")), None)
        kind = words.entity[subject] or words.lower[subject] if subject is not None else "none"
        yield f"root={words.lemma[root]}"
        yield f"roottag={words.tag[verb]}|{'cop' if verb != root else words.pos[root]}"
        yield f"modal={modal}"
        yield f"subject={kind}" if len(kind) < 6 or kind.isupper() else "subject=noun"
        yield f"tense={words.tag[verb]}|{modal}|{kind if kind.isupper() or words.pos[subject if subject is not None else root] == 'PRON' else 'noun'}"
        for name in clauses.classes(words, root):
            yield f"rootclass={name}"
            if name in REPORTING:
                yield f"rootreports={kind in {'i', 'we'}}"
        if verb != root:
            yield f"predicate={words.pos[root]}"
            yield f"predicateword={words.lemma[root]}"
        yield from _advice(words, root, words.tag[verb], modal)


def _advice(words: Words, root: int, tag: str, modal: str) -> Iterator[str]:
    """What it is, or would be, a mistake, wise, time to do: "it would be a big mistake to ease sanctions"."""
    if any(words.dep[k] in TODO and words.tag[k] == "VB" and any(words.lower[j] == "to" for j in words.children[k]) for k in words.children[root]):
        form = modal if modal != "-" else tag
        listed = {name for name, listed in lexicon.words("voice").items() if name in GRADING and words.lemma[root] in listed}
        yield f"todo={form}"
        for group in listed | set(frames.groups(words, root)) or {words.pos[root]}:
            yield f"todo={form}|{group}"
            yield f"todo:{group}"
