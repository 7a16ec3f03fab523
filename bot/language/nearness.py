"""Words of a sentence weighed by how near they stand to a target: in the parse, in the row of words, and not at all."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import lru_cache

from bot.language import frames, voice_traits
from bot.language.words import Range, Words

STEP = 0.7
"""What each further step in the parse leaves of a word's weight."""

REACH = 6.0
"""Words of distance that leave a 1/e of it."""

FAR = 8
"""Steps that a word counts as away that hangs on another root."""

WHOLE, GROUPED = 0.6, 1.5
"""Size of a word that counts wherever it stands, and how much more than a word its group in the lexicons counts: a larger one is penalised
less. Chosen on folds of newsmtsc's training rows."""

ENDINGS = tuple(
    "ations ation ingly edly ments ment ness ions ists ist isms ism ives ive ized izes izing ize ised ising ise ers ors er or ies ied ing ity ous"
    " ful als al ed es ly ic s y e".split()
)
SHORTEST = 4
"""Letters that a stem keeps."""


def features(words: Words, sentence: Range, target: Range, head: int) -> dict[str, float]:
    """Stems, and the lexicons' groups, with the sum of their weights."""
    steps = _steps(words, head)
    found: defaultdict[str, float] = defaultdict(float)
    for i in range(*sentence):
        if target[0] <= i < target[1] or not words.text[i][0].isalnum():
            continue
        side = "L" if i < target[0] else "R"
        distance = target[0] - i if i < target[0] else i - target[1] + 1
        tree = STEP ** max(0, steps.get(i, FAR) - 1)
        row = math.exp(-(distance - 1) / REACH)
        denied = "-" if frames.negated(words, i) else ""
        name = "NAME" if words.entity[i] else stem(words.lower[i])
        found[f"whole={name}"] += WHOLE
        found[f"tree={name}{denied}"] += tree
        found[f"row={name}|{side}"] += row
        for group in {*frames.groups(words, i), *voice_traits.loaded_groups(words, i)}:
            found[f"whole:{group}{denied}"] += 1.0
            found[f"tree:{group}{denied}"] += GROUPED * tree
            found[f"row:{group}{denied}|{side}"] += GROUPED * row
    return dict(found)


@lru_cache(frames.REMEMBERED)
def stem(word: str) -> str:
    """The word without up to two endings, so that kindred words count as one: "criticised", "critics"."""
    for _ in range(2):
        cut = next((ending for ending in ENDINGS if word.endswith(ending) and len(word) - len(ending) >= SHORTEST), None)
        if cut is None:
            break
        word = word[: -len(cut)]
    return word[:-1] if len(word) > SHORTEST and word[-1] == word[-2] else word


def _steps(words: Words, head: int) -> dict[int, int]:
    """Steps through the parse from the target's head to every word of its sentence."""
    steps = {head: 0}
    order = [head]
    for i in order:
        for k in (*words.children[i], words.head[i]):
            if k not in steps:
                steps[k] = steps[i] + 1
                order.append(k)
    return steps
