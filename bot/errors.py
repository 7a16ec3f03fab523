"""What can go wrong in a way that a person can act on.

Each error carries the key of its sentence in ``bot.wording`` with the sentence's values; the sentence is the reply and says what to do instead.

BotError                  shown to the person who asked
  Misunderstood           what was typed cannot be read; says what to type
  NotFound                nothing in memory matches
    ArticleNotFound
    PersonNotFound
    IssueNotFound
  Unreadable              it was fetched or given, but no article is in it
  Unreachable             the address cannot be fetched, or must not be
  TooLong                 more than Entente accepts
  NotAllowed              somebody else's subscription, another workspace's piece
SettingsError             for the operator: all that is missing or wrong, in one message
  PipelineMissing         ENTENTE_PIPELINE names no installed pipeline
"""

from __future__ import annotations

from collections.abc import Callable

from bot.wording import say


class BotError(Exception):
    """An error whose sentence is shown to the person who asked."""

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        return say(self.key, **self.values)

    def said(self, shown: Callable[[str], str]) -> str:
        """The sentence, each of its values as ``shown`` makes it: the sentence is ours, its values may be anybody's."""
        return say(self.key, **{name: shown(value) if isinstance(value, str) else value for name, value in self.values.items()})


class Misunderstood(BotError):
    """What was typed cannot be read as a request; the message says what to type."""


class NotFound(BotError):
    """Nothing in the library matches."""


class ArticleNotFound(NotFound):
    """No piece matches."""


class PersonNotFound(NotFound):
    """Nobody of that name is in the library."""


class IssueNotFound(NotFound):
    """No issue matches."""


class Unreadable(BotError):
    """There is no article in what was given."""


class Unreachable(BotError):
    """The address cannot be fetched, or must not be."""

    def __init__(self, key: str, /, *, temporary: bool = False, **values: object) -> None:
        super().__init__(key, **values)
        self.temporary = temporary
        """Trying again later may help."""


class TooLong(BotError):
    """More was given than Entente accepts."""


class NotAllowed(BotError):
    """The person may not do this."""


class SettingsError(Exception):
    """The environment lacks something; the message lists everything at once."""


class PipelineMissing(SettingsError):
    """The language pipeline that was asked for is not installed."""

    def __init__(self, name: str | None) -> None:
        wanted = f"The spaCy pipeline {name!r} (ENTENTE_PIPELINE)" if name else "Entente's own language pipeline"
        super().__init__(f"{wanted} is not installed. Install it, or unset ENTENTE_PIPELINE to use the shipped one.")
