"""The network that reads a cue's sentence: its arithmetic, what it is told of words, and what its readings propose."""

import math
from collections.abc import Iterator

import numpy as np
import pytest
import spacy
from numpy.typing import NDArray
from spacy.tokens import Doc

from bot.language import network, pipeline, surroundings
from bot.language.attribution import Judge, shipped
from bot.language.network import Network
from bot.language.readings import Reading
from bot.language.words import Words, flatten

VOCABULARY = {
    "pos": ["NOUN", "VERB"],
    "tag": ["VBD"],
    "dep": [*surroundings.OUTSIDE, "nsubj", "ccomp"],
    "class": ["verb:say"],
    "kind": [""],
    "word": ["the"],
}
WIDTH, INPUT, STATE = 5, 6, 3

TEXT = "The mayor said that the harbour, which nobody dredges, would close. The dockers fear a strike."


def arrays() -> dict[str, NDArray[np.generic]]:
    """Weights by chance, of a network small enough to be worked out word by word."""
    chance = np.random.default_rng(0)

    def some(*shape: int) -> NDArray[np.float32]:
        return chance.normal(0, 0.7, shape).astype(np.float32)

    found: dict[str, NDArray[np.generic]] = {f"vocabulary.{name}": np.array(values) for name, values in VOCABULARY.items()}
    for name in surroundings.FIELDS:
        rows = len(VOCABULARY[surroundings.TABLES[name]]) + 1 if name in surroundings.TABLES else surroundings.SIZES[name]
        found[f"table.{name}"] = some(rows, 2)
    shapes = {"project": (4, WIDTH), "input": (INPUT, 2 * len(surroundings.FIELDS) + 4), "hidden": (4, 2 * STATE), "out": (4, 4)}
    shapes |= {"cue_hidden": (4, 2 * STATE + INPUT), "cue_out": (1, 4)}
    for name, shape in shapes.items():
        found[f"{name}.weight"], found[f"{name}.bias"] = some(*shape), some(shape[0])
    for way in ("ahead", "behind"):
        found |= {f"lstm.in.{way}": some(4 * STATE, INPUT), f"lstm.back.{way}": some(4 * STATE, STATE), f"lstm.bias.{way}": some(4 * STATE)}
    return found | {"vectors.mean": some(WIDTH), "vectors.deviation": np.abs(some(WIDTH)) + 1}


def logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def states(weight: dict[str, NDArray[np.generic]], inputs: list[NDArray[np.float32]], way: str) -> Iterator[list[float]]:
    """One direction of an LSTM as its authors write it, one gate of one unit at a time."""
    cell, hidden = [0.0] * STATE, [0.0] * STATE
    for value in inputs:
        gates = weight[f"lstm.in.{way}"] @ value + weight[f"lstm.back.{way}"] @ np.array(hidden) + weight[f"lstm.bias.{way}"]
        for unit in range(STATE):
            let_in, forget, new, out = (float(gates[unit + quarter * STATE]) for quarter in range(4))
            cell[unit] = logistic(forget) * cell[unit] + logistic(let_in) * math.tanh(new)
            hidden[unit] = logistic(out) * math.tanh(cell[unit])
        yield list(hidden)


def read(words: Words) -> None:
    words.vectors = np.random.default_rng(1).normal(0, 1, (len(words), WIDTH)).astype(np.float32)


@pytest.fixture
def words() -> Words:
    return flatten(pipeline.load().analyse([TEXT]))


def test_what_it_says_is_what_the_equations_say(words: Words) -> None:
    read(words)
    weight, cue = arrays(), words.text.index("said")
    small = Network(weight)
    window, odds, cue_odds = small.read(words, [cue], {cue: 0.8})[cue]
    own = surroundings.own_features(words, small.vocabulary, {cue: 0.8})
    toward = surroundings.features_toward(words, cue, *window, small.vocabulary)
    inputs = []
    for i in range(*window):
        told = [*own[i], *toward[i - window[0]]]
        values = [weight[f"table.{name}"][number] for name, number in zip(surroundings.FIELDS, told, strict=True)]
        scaled = (words.vectors[i] - weight["vectors.mean"]) / weight["vectors.deviation"]
        values.append(np.maximum(weight["project.weight"] @ scaled + weight["project.bias"], 0))
        inputs.append(np.maximum(weight["input.weight"] @ np.concatenate(values) + weight["input.bias"], 0))
    behind = list(states(weight, inputs[::-1], "behind"))[::-1]
    both = [np.array([*one, *other]) for one, other in zip(states(weight, inputs, "ahead"), behind, strict=True)]
    expected = [weight["out.weight"] @ np.maximum(weight["hidden.weight"] @ state + weight["hidden.bias"], 0) + weight["out.bias"] for state in both]
    assert np.allclose(odds, expected, atol=1e-4)
    place = cue - window[0]
    beside = np.maximum(weight["cue_hidden.weight"] @ np.concatenate([both[place], inputs[place]]) + weight["cue_hidden.bias"], 0)
    assert cue_odds == pytest.approx(float((weight["cue_out.weight"] @ beside + weight["cue_out.bias"])[0]), abs=1e-4)


def test_cues_read_together_are_read_as_each_alone(words: Words) -> None:
    read(words)
    small = Network(arrays())
    cues = [words.text.index(word) for word in ("said", "fear", "dredges")]
    together = small.read(words, cues, {})
    for cue in cues:
        window, odds, cue_odds = small.read(words, [cue], {})[cue]
        assert together[cue][0] == window
        assert np.allclose(together[cue][1], odds, atol=1e-5)
        assert together[cue][2] == pytest.approx(cue_odds, abs=1e-5)
    assert small.read(words, [], {}) == {}


def test_vectors_of_another_pipeline_count_as_unknown(words: Words) -> None:
    cue = words.text.index("said")
    words.vectors = np.ones((len(words), WIDTH + 1), np.float32)
    other = Network(arrays()).read(words, [cue], {})[cue][1]
    words.vectors = np.zeros((len(words), 0), np.float32)
    assert np.array_equal(other, Network(arrays()).read(words, [cue], {})[cue][1])


def parsed() -> Words:
    """ "She said that it rains ." with its parse by hand."""
    text = ["She", "said", "that", "it", "rains", "."]
    heads, deps = [1, 1, 4, 4, 1, 1], ["nsubj", "ROOT", "mark", "nsubj", "ccomp", "punct"]
    pos = ["PRON", "VERB", "SCONJ", "PRON", "VERB", "PUNCT"]
    doc = Doc(spacy.blank("en").vocab, text, heads=heads, deps=deps, pos=pos, tags=["PRP", "VBD", "IN", "PRP", "VBZ", "."], lemmas=text)
    return flatten([doc])


def test_words_are_told_how_they_stand_to_the_cue() -> None:
    words = parsed()
    known = {"dep": {value: at for at, value in enumerate([*surroundings.OUTSIDE, "nsubj", "ccomp", "punct"], 1)}, "class": {}}
    found = surroundings.features_toward(words, 1, 0, 6, known)
    columns = {name: found[:, at].tolist() for at, name in enumerate(surroundings.TOWARD)}
    assert columns["branch"] == [known["dep"][one] for one in ("nsubj", surroundings.AT_CUE, "ccomp", "ccomp", "ccomp", "punct")]
    assert columns["steps"] == [6, 0, 12, 12, 6, 6]
    assert columns["distance"] == [13, 14, 15, 16, 17, 18]
    assert columns["role"] == [2, 4, 0, 0, 1, 1]
    up = surroundings.features_toward(words, 4, 0, 6, known)
    assert up[0, :3].tolist() == [known["dep"]["nsubj"], known["dep"]["ccomp"], 7]
    assert up[1, 0] == known["dep"][surroundings.ABOVE]


def reading(content: list[float], source: list[float]) -> Reading:
    edges = [-4.0] * 6
    return Reading(parsed(), 1, (0, 6), np.array([content, source, edges, edges], np.float32).T, 0.0)


def test_a_reading_proposes_what_its_words_make_up() -> None:
    found = reading([-5, -5, 3, 4, 4, -5], [4, -5, -5, -5, -5, -5])
    assert ((2, 5),) in found.contents()
    assert found.sources() == [(0, (0, 1))]
    assert found.overlap(((2, 5),)) > 0.9 > found.overlap(((3, 5),)) > found.overlap(((0, 1),))
    assert found.source_sizes(0, (0, 1))["read:overlap"] > found.source_sizes(4, (2, 5))["read:overlap"]


def test_what_lies_beyond_the_window_is_no_content() -> None:
    words = flatten(pipeline.load().analyse(["She said so.", "Nobody else was there to hear it."]))
    found = Reading(words, 1, (0, 4), np.array([[-5, -5, 4, -5]] + [[-5] * 4] * 3, np.float32).T, 0.0)
    assert found.overlap(((2, 3),)) > 0.9 > 0.3 > found.overlap(((2, 8),))


def test_the_shipped_network_keeps_long_contents_whole() -> None:
    text = "The premier spoke of her ambition of relaunching the strategic partnership with the islands and their fishing fleets."
    words = flatten(pipeline.load().analyse([text]))
    judge = Judge(words, shipped())
    content = judge.content(words.text.index("ambition"))
    assert content is not None
    assert words.join(content).removeprefix("of ") == "relaunching the strategic partnership with the islands and their fishing fleets"


def test_the_shipped_network_is_small() -> None:
    assert network.FILE.stat().st_size < 2_000_000
