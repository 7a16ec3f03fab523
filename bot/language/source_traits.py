"""Features of sources, as readable strings: the scorer's weights are keyed by them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.language import clauses
from bot.language.clauses import Ranges
from bot.language.traits import noun_kind
from bot.language.words import Range, Words


def source_features(words: Words, cue: int, head: int, stretch: Range, content: Ranges) -> list[str]:
    """What speaks for a noun phrase being who holds the content."""
    kinds = clauses.classes(words, cue) or ("none",)
    main = kinds[0]
    kind = noun_kind(words, head)
    way = clauses.path(words, cue, head)
    case = clauses.case_of(words, head)
    after = head > cue
    within = any(a <= head < b for a, b in content)
    over = any(a < stretch[1] and stretch[0] < b for a, b in content)
    found = [
        f"path={way}",
        f"path={way}|{words.pos[cue]}",
        f"path={way}|{main}",
        f"path={way}|{case}",
        f"path={way}|{words.lemma[cue]}",
        f"kind={kind}",
        f"kind={kind}|{words.dep[head]}",
    ]
    found += [
        f"case={case}|{words.dep[head]}|{main}",
        f"within={within}|{words.pos[cue]}",
        f"over={over}",
        f"after={after}|{words.dep[head]}",
        f"dep={words.dep[head]}",
    ]
    found.append(f"near={min(abs(head - cue), 12) // 2}|{after}")
    own = clauses.group(words, cue)
    beside = "before" if stretch[1] == own[0] else "behind" if stretch[0] == own[1] else "away"
    quoted = any(words.quote[i] >= 0 for a, b in content for i in (a, b - 1))
    found += [
        f"beside={beside}|{kind}",
        f"beside={beside}|{quoted}|{case == '-'}",
        f"beside={beside}|{main}|{case == '-'}",
        f"case={case}|{kind}|{after}",
        f"beside={beside}|{clauses.subject_of(words, cue) is None}|{words.tag[cue]}|{case == '-'}",
    ]
    if words.text[cue] in {":"} | clauses.DASHES or words.lower[cue] in {"according", "per"}:
        found.append(f"mark={words.lower[cue]}|{after}|{within}|{stretch[1] == cue or stretch[0] <= cue + 2}")
    passive = any(words.dep[k] in {"aux:pass", "nsubj:pass"} for k in words.children[cue])
    found.append(f"passive={passive}|{way}|{case}")
    found.append(f"passive={passive}|{main}|{way}")
    agent = clauses.agent_of(words, cue)
    if agent is not None:
        found.append(f"agent={'it' if head == agent else 'other'}|{words.dep[head]}")
    if words.tag[cue] in {"VBZ", "VBP"} and not after and words.pos[head] in {"NOUN", "PROPN"}:
        several = words.tag[head] in {"NNS", "NNPS"} or any(words.dep[k] == "conj" for k in words.children[head])
        found.append(f"number={words.tag[cue]}|{several}|{words.entity[head]}")
    between = range(min(head, cue) + 1, max(head, cue))
    if any(words.dep[k].startswith("nsubj") for k in between):
        found.append(f"subjectbetween|{words.dep[head]}")
    if words.quote[head] != words.quote[cue]:
        found.append("otherquote")
    found += list(_control(words, cue, head))
    hops = clauses.path(words, cue, head, 8)
    if words.dep[head].startswith("nsubj") and hops != "far":
        found.append(f"subjectof:{hops.count('^')}|{hops.count('>')}")
    return found


def _control(words: Words, cue: int, head: int) -> Iterator[str]:
    """Who a participle or infinitive is said of: the subject of the clause before ("..., saying"), or the one who is made to speak."""
    tag = words.tag[cue]
    if words.pos[cue] == "NOUN" and words.dep[cue] == "obl" and not any(words.dep[k] == "nmod:poss" for k in words.children[cue]):
        verb = words.head[cue]
        while clauses.subject_of(words, verb) is None and words.dep[verb] in {"xcomp", "conj"}:
            verb = words.head[verb]
        yield f"purpose={clauses.case_of(words, cue)}|{clauses.subject_of(words, verb) == head}"
    if clauses.subject_of(words, cue) is not None or words.pos[cue] != "VERB":
        return
    first = words.sentences[words.sentence[cue]][0]
    comma = cue > first and words.text[cue - 1] in {",", "—", "–", "-", "”", '"'}
    verb = cue
    for _ in range(5):
        verb = words.head[verb]
        if words.pos[verb] in {"VERB", "AUX"} and clauses.subject_of(words, verb) is not None:
            break
        if words.head[verb] == verb:
            break
    role = "of"
    if words.head[head] != verb:
        role = "under" if verb in {words.head[words.head[head]], head} else "else"
    yield f"control={words.dep[head] if role == 'of' else role}|{tag}|{comma}|{words.dep[cue]}"
    yield f"control={words.dep[head] if role == 'of' else role}|{tag}|{comma}"
    subjects = [i for i in range(first, cue) if words.dep[i].startswith("nsubj") and words.quote[i] == words.quote[cue]]
    if subjects:
        outer = subjects[0] == head
        yield f"subject:first={outer}:last={subjects[-1] == head}|{tag}|{comma}"


def nobody_features(words: Words, cue: int) -> list[str]:
    """What speaks for nobody being named."""
    kinds = clauses.classes(words, cue) or ("none",)
    passive = any(words.dep[k] in {"aux:pass", "nsubj:pass"} for k in words.children[cue])
    subject = clauses.subject_of(words, cue)
    found = [
        "nobody",
        f"nobody|{kinds[0]}",
        f"nobody|{words.dep[cue]}|{words.pos[cue]}",
        f"nobody|passive={passive}|{clauses.agent_of(words, cue) is not None}",
        f"nobody|subject={noun_kind(words, subject) if subject is not None else '-'}",
    ]
    return [*found, f"nobody|lemma={words.lemma[cue]}", f"nobody|tag={words.tag[cue]}|{words.dep[cue]}"]
