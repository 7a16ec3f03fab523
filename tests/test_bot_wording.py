"""The catalogue of what is said: its file, plurals, a second language."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import wording
from bot.wording import Wording, faults, plurals

POLISH = {"one": "i = 1 and v = 0", "few": "v = 0 and i % 10 = 2..4 and i % 100 != 12..14", "many": "v = 0 and i != 1 and i % 10 = 0..1"}

SECOND = """
# a tiny language
[language]
name = "Tiny"
thousands = "."
plural.one = "n = 1"
plural.few = "n = 2..4"

[counted]
piece.one = "1 pik"
piece.few = "{n:,} piki"
piece.other = "{n:,} pikov"
piece_dative.other = "{n:,} pikom"

[search]
found = "{pieces:piece_dative} \\"hu\\""
nothing = "pata {words}"

[home]
heading = "Laib"
"""


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    wording.speak()


@pytest.mark.parametrize(
    ("broken", "where"), [("[a]\nkey", "end"), ("[a]\nkey = 3", r"a\.key"), ('[a]\nkey = "no end', "end"), ('[a]\nkey == "two"', "line 2")]
)
def test_what_cannot_be_read_is_named(broken: str, where: str) -> None:
    with pytest.raises(ValueError, match=where):
        wording.read(broken)


def test_every_sentence_has_the_form_for_any_number_and_the_same_values() -> None:
    texts = wording.read((wording.HERE / "en.toml").read_text(encoding="utf-8"))
    forms = {key.rpartition(".")[0] for key in texts if key.endswith((".one", ".other")) and not key.startswith("language.")}
    for key in forms:
        assert f"{key}.other" in texts, key
        assert "n" in wording.places(texts[f"{key}.other"]) or key == "digest_card.new_voices", key
    nouns = {noun for text in texts.values() for _, _, noun in wording._PLACE.findall(text) if noun not in ("", ",")}
    assert {f"counted.{noun}" for noun in nouns} <= forms


def test_no_text_has_what_mrkdwn_takes_for_a_token() -> None:
    """They stand in mrkdwn as they are."""
    texts = wording.read((wording.HERE / "en.toml").read_text(encoding="utf-8"))
    assert not {key for key, text in texts.items() if not key.startswith("language.") and set(text) & set("<>&")}


def test_a_number_has_its_form_and_its_noun() -> None:
    assert wording.say("counted.piece", n=1) == "1 piece"
    assert wording.say("counted.piece", n=2_000) == "2,000 pieces"
    assert wording.say("search.found", pieces=1) == "1 piece found"


def test_an_empty_value_takes_its_space_along() -> None:
    assert wording.say("mention.newest", pieces=2, on="") == "2 pieces, latest first"
    assert wording.say("mention.newest", pieces=1, on="on rent") == "1 piece on rent, latest first"


def test_a_value_is_never_read_as_a_text() -> None:
    assert wording.say("mention.nobody_quoted", title="{pieces:piece} {title}") == "Nobody is quoted in “{pieces:piece} {title}”."


def test_an_unknown_key_and_a_missing_value_are_errors() -> None:
    with pytest.raises(KeyError, match=r"home\.nothing"):
        wording.say("home.nothing")
    with pytest.raises(KeyError, match="title"):
        wording.say("mention.nobody_quoted")


NUMBERS = [(1, "one"), (2, "few"), (4, "few"), (5, "other"), (12, "other"), (22, "few"), (21, "many"), (0, "many")]


@pytest.mark.parametrize(("number", "form"), NUMBERS)
def test_plural_rules_are_those_of_the_unicode_cldr(number: int, form: str) -> None:
    assert plurals.form(POLISH, number) == form


def test_a_rule_that_is_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="no plural rule"):
        plurals.form({"one": "n is 1"}, 1)


def test_another_language_is_one_more_file(tmp_path: Path) -> None:
    (tmp_path / "xx.toml").write_text(SECOND, encoding="utf-8")
    wording.speak("xx", tmp_path)
    assert wording.say("home.heading") == "Laib"
    assert [wording.say("counted.piece", n=n) for n in (1, 3, 5_000)] == ["1 pik", "3 piki", "5.000 pikov"]
    assert wording.say("search.found", pieces=7) == '7 pikom "hu"'  # a noun of its own, for a case
    assert wording.say("home.issues") == "Issues"  # not there, so English
    assert wording.say("library.removed", number=1, title="x") == "Removed #1 “x”."
    assert wording.say("search.nothing", typed="x").startswith("Nothing in the library")  # it asks for a value that nobody gives


def test_what_is_wrong_with_a_language_is_told(tmp_path: Path) -> None:
    (tmp_path / "xx.toml").write_text(SECOND, encoding="utf-8")
    found = faults.find("xx", tmp_path)
    assert "search.nothing" in found.unsayable
    assert "home.issues" in found.missing
    assert "home.heading" not in found.missing
    assert not found.unknown
    assert faults.find("en") == faults.Faults()


def test_a_language_without_a_file_is_english(tmp_path: Path) -> None:
    wording.speak("yy", tmp_path)
    assert wording.say("home.heading") == "Your library"
    assert isinstance(wording.spoken(), Wording)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "xx.toml").write_text("[a]\nb", encoding="utf-8")
    with pytest.raises(ValueError, match=r"xx\.toml: Expected"):
        faults.find("xx", tmp_path)
    assert wording.load("xx", tmp_path).say("home.heading", {}) == "Your library"
