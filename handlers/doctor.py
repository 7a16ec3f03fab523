"""``entente doctor``: what is wrong, and the exact step that mends it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from slack_sdk.errors import SlackApiError, SlackClientError

from bot import wording
from bot.records import Feedback
from bot.settings import Settings
from bot.wording import faults
from handlers import manifest
from handlers.slack.clients import web_client
from store import Store

SEEN_FAILURES = 3
SEEN_FAULTS = 5
LATELY = 100
"""Opinions on answers that are looked at."""
REMARKS = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``step`` is what to do, empty when all is well."""

    what: str
    found: str
    step: str = ""

    @property
    def well(self) -> bool:
        """Nothing to do."""
        return not self.step


Examine = Callable[[], Iterable[tuple[str, float]]]
"""Figures of the pipeline in use on the shipped check set, in per cent."""


def examine(settings: Settings, store: Store, team: str, pipeline: Callable[[], tuple[str, Examine]]) -> Iterator[Finding]:
    """Everything that can be looked at without changing anything, the quick things first."""
    yield tokens(settings)
    yield words(settings.language)
    if settings.bot_token:
        yield from slack(settings)
    if settings.app_token:
        yield socket(settings)
    yield library(store)
    yield queue(store, team)
    yield from poor_feeds(store, team)
    yield opinions(store, team)
    yield from language(pipeline)


def tokens(settings: Settings) -> Finding:
    """What the environment holds."""
    if settings.bot_token and settings.app_token:
        return Finding("Tokens", "set for Socket Mode")
    if settings.signing_secret and (settings.bot_token or (settings.client_id and settings.client_secret)):
        return Finding("Tokens", "set for signed HTTP")
    missing = [name for name, value in (("SLACK_BOT_TOKEN", settings.bot_token), ("SLACK_APP_TOKEN", settings.app_token)) if not value]
    step = f"Set {' and '.join(missing)}; the README says in five minutes where they come from. `entente try` needs none."
    return Finding("Tokens", f"{' and '.join(missing)} not set", step)


def words(language: str, folder: Path = wording.HERE) -> Finding:
    """Whether there are words for all that is said, in the language that was chosen."""
    what, there = "Language of the answers", wording.languages(folder)
    if language not in there:
        step = f"Set ENTENTE_LANGUAGE to one that there is ({', '.join(there)}), or put {language}.toml beside them in {folder}."
        return Finding(what, f"there are no words for {language!r}, so English is spoken", step)
    try:
        found = faults.find(language, folder)
    except ValueError as fault:
        return Finding(what, f"English, because {language}.toml cannot be read", f"Mend {folder / language}.toml: {str(fault).partition(': ')[2]}.")
    wrong = {"missing": found.missing, "asking for other values": found.unsayable, "unknown": found.unknown}
    told = [f"{len(keys)} {how} ({_first(keys)})" for how, keys in wrong.items() if keys]
    if not told:
        return Finding(what, language)
    step = f"Go through {folder / language}.toml beside en.toml; what it lacks is said in English."
    return Finding(what, f"{language}, with texts {'; '.join(told)}", step)


def _first(keys: Sequence[str]) -> str:
    return ", ".join(keys[:SEEN_FAULTS]) + (" …" if len(keys) > SEEN_FAULTS else "")


def slack(settings: Settings) -> Iterator[Finding]:
    """Whether Slack takes the bot token, and grants what the manifest asks for."""
    client = web_client(settings.slack_api_url, settings.bot_token)
    try:
        answer = client.auth_test()
    except SlackApiError as refusal:
        step = "Copy the Bot User OAuth Token anew from OAuth & Permissions of your app at api.slack.com/apps into SLACK_BOT_TOKEN."
        yield Finding("Bot token", f"refused: {refusal.response['error']}", step)
        return
    except (SlackClientError, OSError) as failure:
        yield Finding("Slack", f"cannot be reached: {failure}", f"Check that this machine reaches {settings.slack_api_url}.")
        return
    yield Finding("Bot token", f"is {answer['user']} in {answer['team']}")
    granted = answer.headers.get("x-oauth-scopes") or answer.headers.get("X-OAuth-Scopes")
    if granted is not None:
        missing = set(manifest.bot_scopes()) - {scope.strip() for scope in granted.split(",")}
        step = "Paste `entente manifest` under App Manifest of your app at api.slack.com/apps, save, and reinstall it to the workspace."
        yield Finding("Scopes", f"missing: {', '.join(sorted(missing))}", step) if missing else Finding("Scopes", "all granted")


def team_of_token(settings: Settings) -> str | None:
    """The workspace that the bot token belongs to; None without a token, or when Slack cannot be asked."""
    if not settings.bot_token:
        return None
    try:
        return str(web_client(settings.slack_api_url, settings.bot_token).auth_test()["team_id"])
    except (SlackApiError, SlackClientError, OSError):
        return None


def socket(settings: Settings) -> Finding:
    """Whether the app token opens a socket."""
    try:
        web_client(settings.slack_api_url).apps_connections_open(app_token=str(settings.app_token))
    except SlackApiError as refusal:
        step = "Generate an App-Level Token with connections:write under Basic Information, and set it as SLACK_APP_TOKEN."
        return Finding("App token", f"refused: {refusal.response['error']}", step)
    except (SlackClientError, OSError) as failure:
        return Finding("App token", f"cannot be tried: {failure}", f"Check that this machine reaches {settings.slack_api_url}.")
    return Finding("App token", "opens a socket")


def library(store: Store) -> Finding:
    """Whether the file is whole: SQLite's own check and the search index's, which finds what the first one misses."""
    wrong = store.check()
    if not wrong:
        return Finding("Library", f"{store.path} is whole")
    return Finding("Library", "; ".join(wrong[:3]), f"Stop Entente, keep a copy of {store.path}, and put the last `entente backup` in its place.")


def queue(store: Store, team: str) -> Finding:
    """What waits to be read, and what could not be."""
    waiting, failed = len(store.readings.open(team)), store.readings.failures(team, SEEN_FAILURES)
    said = f"{waiting} waiting to be read"
    if failed:
        said += "; lately failed: " + "; ".join(f"{reading.source}: {reading.reason}" for reading in failed)
    return Finding("Queue", said)


def poor_feeds(store: Store, team: str) -> Iterator[Finding]:
    """Feeds that fail."""
    for feed in store.feeds.all(team):
        if feed.failures:
            step = f"Is its address still right? `/library feeds` in Slack removes it; it is asked again {feed.next_poll_at:%Y-%m-%d %H:%M} UTC."
            yield Finding("Feed", f"{feed.url} failed {feed.failures} times: {feed.last_error}", step)


def opinions(store: Store, team: str) -> Finding:
    """What people pressed under answers: which commands serve them, and what the last who were not served wrote."""
    good, bad = store.feedback.counts(team)
    if not good + bad:
        return Finding("Feedback", "none yet")
    lately = store.feedback.newest(team, LATELY)
    pressed = Counter(_command(one) for one in lately)
    useful = Counter(_command(one) for one in lately if one.good)
    said = f"{good} found useful, {bad} not; lately " + ", ".join(f"{command} {useful[command]} of {n}" for command, n in pressed.most_common())
    remarks = [f"“{one.remark}” ({one.answer})" for one in lately if one.remark and not one.good][:REMARKS]
    return Finding("Feedback", "; ".join([said, *remarks]))


def _command(one: Feedback) -> str:
    return (one.answer.split() or ["an answer"])[0]


def language(pipeline: Callable[[], tuple[str, Examine]]) -> Iterator[Finding]:
    """Which pipeline is in use, and how it reads the check set."""
    name, figures = pipeline()
    yield Finding("Language", f"{name} reads the shipped check set with " + ", ".join(f"{what} {value:.1f}" for what, value in figures()) + " F1")
