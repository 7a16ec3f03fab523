"""The last step before the shelf: a piece is filed under the issues of the workspace that reads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from bot.language.issues import Linker
from bot.models import Analysis, Article, Issue
from bot.records import Saved

MOST_TEAMS = 50
"""Workspaces whose linkers are kept; one is made in 5 ms."""


class Shelf(Protocol):
    """Where pieces go: ``store.articles``."""

    def save(self, team: str, article: Article, analysis: Analysis, reading: int | None = None, id: int | None = None) -> Saved:
        """Keep a piece and its analysis."""


class Filing:
    """A shelf that files each piece under issues before it is kept."""

    def __init__(self, shelf: Shelf, issues_of: Callable[[str], Sequence[Issue]]) -> None:
        """``issues_of`` gives what a workspace knows: ``store.issues.all``."""
        self._shelf = shelf
        self._issues_of = issues_of
        self._linkers: dict[str, tuple[Sequence[Issue], Linker]] = {}

    def save(self, team: str, article: Article, analysis: Analysis, reading: int | None = None, id: int | None = None) -> Saved:
        """Keep a piece, filed."""
        return self._shelf.save(team, article, self.link(team, article, analysis), reading, id)

    def link(self, team: str, article: Article, analysis: Analysis) -> Analysis:
        """The analysis with the workspace's issues."""
        return self._linker(team).link(article, analysis)

    def _linker(self, team: str) -> Linker:
        issues = self._issues_of(team)
        kept = self._linkers.get(team)
        if kept is None or kept[0] != issues:
            if len(self._linkers) >= MOST_TEAMS:
                self._linkers.clear()
            kept = self._linkers[team] = (issues, Linker(issues))
        return kept[1]
