"""Stance: the roles of the words around a target, the light that they put it in, and three views of it added up."""

import pytest
from scipy.sparse import csr_matrix

from bot.language import frames, nearness, pipeline, roles, stance, stance_traits
from bot.language.training import fitting, stances
from bot.language.words import Range, Words, flatten


def parse(text: str, target: str) -> tuple[Words, Range, int]:
    words = flatten(pipeline.load().analyse([text]))
    start = text.index(target)
    place = words.range_of(0, start, start + len(target))
    assert place is not None
    head = next(i for i in range(*place) if not place[0] <= words.head[i] < place[1] or words.head[i] == i)
    return words, place, head


def related(text: str, target: str) -> dict[str, str]:
    words, place, head = parse(text, target)
    return {words.lower[i]: name for i, name in roles.relations(words, (0, len(words)), place, head).items()}


@pytest.mark.parametrize(
    ("text", "target", "word", "role"),
    [
        ("Berger praised the dockers in Parliament.", "Berger", "praised", "does"),
        ("Berger praised the dockers in Parliament.", "dockers", "praised", "suffers"),
        ("The mayor was accused by Berger of theft.", "The mayor", "accused", "suffers"),
        ("The mayor was accused of theft.", "The mayor", "theft", "suffers.of"),
        ("The mayor was accused by Berger of theft.", "Berger", "accused", "does"),
        ("Berger tried to save the port.", "Berger", "save", "does"),
        ("Berger's lies were printed on Monday.", "Berger", "lies", "owns"),
        ("Berger is a brave woman.", "Berger", "brave", "is"),
        ("The attack on Berger lasted a week.", "Berger", "attack", "of_on"),
    ],
)
def test_a_word_has_its_role(text: str, target: str, word: str, role: str) -> None:
    assert related(text, target)[word] == role


def test_one_verb_puts_its_two_sides_in_different_light() -> None:
    text = "Berger exploited the dockers in Parliament."
    words, place, head = parse(text, "Berger")
    assert "fr=does|verb_wrong" in set(frames.features(words, (0, len(words)), place, head))
    words, place, head = parse(text, "dockers")
    assert "fr=suffers|verb_harm" in set(frames.features(words, (0, len(words)), place, head))


def test_denial_turns_the_light_round() -> None:
    words, place, head = parse("Berger is not a crook.", "Berger")
    found = set(frames.features(words, (0, len(words)), place, head))
    assert "fr=is|noun_villain-" in found
    assert not any(feature.startswith("frsum=all|-") for feature in found)


@pytest.mark.parametrize(("form", "base"), [("slammed", "slam"), ("criticizing", "criticize"), ("denies", "deny"), ("bravely", "brave")])
def test_a_form_whose_lemma_went_wrong_leads_to_its_word(form: str, base: str) -> None:
    assert base in frames.bases(form, "xx")


def test_kindred_words_share_a_stem() -> None:
    assert nearness.stem("criticised") == nearness.stem("criticising") == nearness.stem("critics")


def test_near_words_weigh_more_than_far_ones() -> None:
    words, place, head = parse("Berger lied and, as the harbour office wrote in its long report of last year, the crane fell.", "Berger")
    found = nearness.features(words, (0, len(words)), place, head)
    assert found["tree=lied"] > found["tree=cran"] > 0
    assert found["row=lied|R"] > found["row=cran|R"] > 0


def test_what_comes_with_one_label_only_weighs_more_than_what_comes_with_all() -> None:
    table = csr_matrix([[1, 1, 0], [1, 1, 0], [1, 0, 0], [1, 0, 1], [1, 0, 0], [1, 0, 0]])
    everywhere, twice, once = fitting.tell_apart(table, ["NEG", "NEG", "NEU", "NEU", "POS", "POS"])
    assert everywhere == 0
    assert twice > once > 0


def test_the_views_see_different_features_and_together_all_of_them() -> None:
    words, place, _ = parse("Critics slammed Berger, who betrayed the dockers.", "Berger")
    values = stance_traits.measure(words, (0, len(words)), place)
    seen = [stances.view(values, name) for name in stances.VIEWS]
    assert {feature for one in seen for feature in one} == values.keys()
    assert all("bias" in one for one in seen)
    assert not any(feature.startswith(stances.LETTERS) for feature in seen[1])
    assert not any(feature.startswith(stances.FRAMES) for feature in seen[0])


@pytest.mark.parametrize(
    ("text", "target", "label"),
    [
        ("Critics slammed Berger for her shameful lies and her corrupt friends.", "Berger", "NEG"),
        ("Voters praised Berger for her brave and honest leadership.", "Berger", "POS"),
        ("Berger spoke to reporters on Tuesday after the meeting.", "Berger", "NEU"),
    ],
)
def test_plain_cases_are_read_as_anybody_would(text: str, target: str, label: str) -> None:
    words, place, _ = parse(text, target)
    assert stance.classify(words, (0, len(words)), place).label == label
