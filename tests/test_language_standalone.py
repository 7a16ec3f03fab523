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
        "In this week's vote the council refused to sign.",
        "For those who live by the harbour, the noise is worse.",
        "Because the harbour froze, the council sent the ships home.",
        "Which ministry will publish the contract?",
        "The council sold the ships, and the ministry, however late it was told, did nothing.",
        "Too many ships have been sold.",
        "The first ship that was sold lies in Norvia.",
        "Other than the ships, the harbour has nothing to sell.",
        "It is a mistake to sell the ships.",
        "The ministry says that it will publish the contract.",
        "I think it is time to reopen the ferry line.",
        "When it comes to ships, nobody in the council knows anything.",
        "In her speech the minister Lena Roth promised a new ferry.",
        "Because of the frost the council sent the ships home.",
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
        "There was a string attached, however.",
        "The council, however, never read the report.",
        "The harbour, for example, was never repaired.",
        "Under this plan the council would sell the ships.",
        "None of these ships will be repaired.",
        "For them the ferry was a promise.",
        "Because it costs three times as much to repair them.",
        "Which is why the council sold the ships.",
        "If the answer is a new ferry, the council will be glad.",
        "Until then, the ministry will publish nothing.",
        "When they stopped last spring, the harbour closed.",
        "I hope to be able to show it to people as a curiosity.",
        "What she wants is a new ferry.",
        "What remains would not buy a ferry.",
        "Another council sold three ships.",
        "The second was sold to Norvia.",
        "It was later revealed to be a mistake.",
        "It is the first harbour to lose all of its ships.",
        "I would vote for them tomorrow.",
    ],
)
def test_only_the_sentence_before_explains_it(text: str) -> None:
    assert not alone(text)


def test_quotations_and_brackets_have_both_their_ends() -> None:
    assert all(map(balanced, ("“We lost,” he said (twice).", "the council's report")))
    assert all(map(balanced, ("‘We lost,’ he said.", "the students’ report in the '90s", "a 'named person' of the councils' choice")))
    assert not any(map(balanced, ("‘I did not want to see it.", "We lost my health.'", "from accidents, 'but there is no reason.")))
    assert not any(map(balanced, ("“We lost, he said.", "We lost (badly.", 'We lost," he said.')))
