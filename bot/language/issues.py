"""Issues: the catalogue."""

from bot.models import Issue


def catalogue() -> tuple[Issue, ...]:
    """The catalogue."""
    return ()
