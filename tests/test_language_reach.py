"""How far names reach, with hand-made spans."""

import pytest
import spacy
from spacy.tokens import Doc, Span

from bot.language import gazetteer
from bot.language.name_reach import reach

NLP = spacy.blank("en")


def marked(text: str, *names: tuple[str, str]) -> tuple[Doc, list[Span]]:
    doc = NLP.make_doc(text)
    for token in doc:
        token.is_sent_start = token.i == 0
    spans = [doc.char_span(text.index(name), text.index(name) + len(name), label=label) for name, label in names]
    return doc, [span for span in spans if span is not None]


@pytest.mark.parametrize(
    ("text", "name", "label", "expected"),
    [
        ("They met William L. Orchard in May.", "William L.", "PERSON", "William L. Orchard"),
        ("They met William L. The rest is known.", "William L.", "PERSON", "William L."),
        ("The Popular Front for the Liberation of Arcadia met.", "Popular Front", "ORG", "Popular Front for the Liberation of Arcadia"),
        ("The Popular Front for once agreed.", "Popular Front", "ORG", "Popular Front"),
        ("The Reform Party for Leeds lost.", "Reform Party", "ORG", "Reform Party"),
        ("It was signed in Washington, D.C. in May.", "Washington", "GPE", "Washington, D.C."),
        ("The old Duchy of Courland fell.", "Courland", "GPE", "Duchy of Courland"),
        ("The Liberal party lost.", "Liberal", "NORP", "Liberal party"),
    ],
)
def test_a_name_goes_on_to_its_end(text: str, name: str, label: str, expected: str) -> None:
    doc, spans = marked(text, (name, label))
    assert [span.text for span in reach(doc, spans)] == [expected]


def test_two_bodies_joined_by_and_are_two() -> None:
    doc, spans = marked("The Reform Party and Farmers Union voted.", ("Reform Party and Farmers Union", "ORG"))
    assert [(span.text, span.label_) for span in reach(doc, spans)] == [("Reform Party", "ORG"), ("Farmers Union", "ORG")]
    doc, spans = marked("The Peace and Justice Party voted.", ("Peace and Justice Party", "ORG"))
    assert [span.text for span in reach(doc, spans)] == ["Peace and Justice Party"]


def test_every_party_is_known_once() -> None:
    names = [organisation.name for organisation in gazetteer.organisations()]
    assert len(names) == len(set(names))
    assert gazetteer.is_organisation("Fine Gael")
