"""Which sentences can be shown without the one before, with the shipped pipeline."""

import pytest

from bot.language import pipeline
from bot.language.sentences import sentences
from bot.language.standalone import balanced, stands_alone


def alone(text: str) -> bool:
    [doc] = pipeline.load().analyse([text])
    return stands_alone(sentences(doc)[0])


@pytest.mark.parametrize(
    "text",
    [
        "The ministry must publish the contract before the vote.",
        "It is time to reopen the ferry line.",
        "It is clear that the council never read the report.",
        "This year the harbour lost half of its ships.",
        "“Nobody asked us,” said the mayor of Lindow.",
        "Every treaty needs somebody who keeps it.",
        "It is likely that the council will sell the ships.",
        "Both the council and the ministry refused to sign.",
    ],
)
def test_shown_by_itself(text: str) -> None:
    assert alone(text)


@pytest.mark.parametrize(
    "text",
    [
        "He refused to sign it.",
        "But the council never read the report.",
        "This was a mistake.",
        "Such a plan cannot work.",
        "It failed within a week.",
        "They left before the vote.",
        "For example, the ferry was never repaired.",
        "As a result, the harbour closed.",
        "On the other hand, prices fell.",
        "It is also trying to sell the ships.",
        "It would be loath to sell the ships.",
        "Both men left the hall.",
        "Others refused to sign the contract.",
    ],
)
def test_only_the_sentence_before_explains_it(text: str) -> None:
    assert not alone(text)


def test_quotations_and_brackets_have_both_their_ends() -> None:
    assert all(map(balanced, ("“We lost,” he said (twice).", "the council's report")))
    assert all(map(balanced, ("‘We lost,’ he said.", "the students’ report in the '90s", "a 'named person' of the councils' choice")))
    assert not any(map(balanced, ("‘I did not want to see it.", "We lost my health.'", "from accidents, 'but there is no reason.")))
    assert not any(map(balanced, ("“We lost, he said.", "We lost (badly.", 'We lost," he said.')))
