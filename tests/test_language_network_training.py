"""Teaching the network: the same examples and seed give the same weights, and these say what was taught."""

import numpy as np
import pytest

from bot.language import pipeline
from bot.language.network import Network
from bot.language.training.annotated import Marked
from bot.language.words import Words, flatten

pytest.importorskip("torch", reason="only training needs torch")

NAMES = ("mayor", "council", "premier", "harbour office", "dockers")


def sentences() -> list[tuple[Words, Marked]]:
    found = []
    for name in NAMES:
        words = flatten(pipeline.load().analyse([f"The {name} said that the berths would close."]))
        said = words.text.index("said")
        found.append((words, Marked(frozenset(range(said)), frozenset({said}), frozenset(range(said + 1, len(words) - 1)))))
    return found


def test_it_learns_the_same_twice_and_says_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.language.training import network

    monkeypatch.setattr(network, "EPOCHS", 60)
    monkeypatch.setattr(network, "COMMON", 2)
    texts = sentences()
    known = network.vocabulary([words for words, _ in texts])
    examples = []
    for words, marked in texts:
        (cue,) = marked.cue
        other = words.text.index("close")
        examples += network.examples(words, {cue: marked}, {cue: 0.9, other: 0.2}, [cue, other], known, 1.0)
    arrays, again = (network.train(examples, known, 7) for _ in range(2))
    assert all(np.array_equal(arrays[name], again[name]) for name in arrays)
    words, marked = texts[0]
    (cue,), other = marked.cue, words.text.index("close")
    found = Network(arrays).read(words, [cue, other], {cue: 0.9, other: 0.2})
    assert {i for i, odd in enumerate(found[cue][1][:, 0]) if odd > 0} == marked.content
    assert {i for i, odd in enumerate(found[cue][1][:, 1]) if odd > 0} == marked.source
    assert found[cue][2] > 0 > found[other][2]
