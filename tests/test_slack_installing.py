"""Many workspaces behind signed HTTP: installing by OAuth over the wire, tokens kept apart and renewed, everything deleted in the end."""

from __future__ import annotations

import html
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from bot.playground import Driver, Failure, LocalSlack
from bot.playground.workspace import Workspace
from handlers.answer import Deps
from handlers.slack.installing import Installations
from handlers.slack.serving import Entente, listen_http
from store import Store
from tests.conftest import Clock
from tests.slack.running import add, local_slack, said, settings


class _Staying(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


_OPENER = urllib.request.build_opener(_Staying())


def fetch(address: str, cookie: str = "") -> tuple[int, str, dict[str, str]]:
    """Status, body and headers, redirections not followed."""
    try:
        with _OPENER.open(urllib.request.Request(address, headers={"Cookie": cookie} if cookie else {}), timeout=60) as answer:
            return answer.status, answer.read().decode(), dict(answer.headers)
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.read().decode(), dict(answer.headers)


@contextmanager
def serving(slack: LocalSlack, store: Store) -> Iterator[Entente]:
    """Entente for many workspaces, none installed yet."""
    told = replace(
        settings(slack, store.path), bot_token=None, client_id=slack.platform.client_id, client_secret=slack.platform.client_secret
    )
    entente = Entente(told, Deps(store), many=True)
    entente.start()
    hang_up, port = listen_http(entente.app, 0, "127.0.0.1")
    address = f"http://127.0.0.1:{port}/slack"
    slack.platform.courier.request_url = f"{address}/events"
    slack.platform.redirect_url = f"{address}/oauth_redirect"
    try:
        yield entente
    finally:
        hang_up()
        entente.close(3)


def install(slack: LocalSlack, workspace: Workspace) -> tuple[int, str]:
    """What a person's browser does; the last page."""
    base = str(slack.platform.courier.request_url).rpartition("/")[0]
    status, page, headers = fetch(f"{base}/install")
    cookie = headers.get("Set-Cookie", headers.get("set-cookie", "")).partition(";")[0]
    assert status == 200
    consent = html.unescape(page.partition('<a href="')[2].partition('"')[0])
    assert consent.startswith(f"{slack.url}/oauth/v2/authorize?"), page
    assert "commands" in consent
    status, _, headers = fetch(f"{consent}&team={workspace.team}")
    assert status == 302
    return fetch(headers["Location"], cookie)[:2]


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    local = local_slack()
    local.add_workspace("Second")
    with local:
        yield local


def both(slack: LocalSlack) -> tuple[Workspace, Workspace]:
    first, second = slack.platform.teams.values()
    return first, second


def test_workspaces_install_are_answered_apart_and_are_forgotten(slack: LocalSlack, store: Store) -> None:
    first, second = both(slack)
    with serving(slack, store):
        for workspace, text in ((first, "Rents must be capped now."), (second, "Fees should fall by half.")):
            assert install(slack, workspace)[0] == 200
            add(store, workspace.team, "A Piece", text, author="Ada Venn", outlet="Harbour Post", issue="ports", url=None)
        assert set(store.installations.teams()) == {first.team, second.team}
        kept = Installations(store).find_bot(enterprise_id=None, team_id=first.team)
        assert kept is not None
        assert kept.bot_token == first.bot_token != second.bot_token

        one, other = Driver(slack, first), Driver(slack, second)
        assert "Rents must be capped" in (answer := one.command("anna", "general", "/summary", "#1").text)
        assert "Fees should" not in answer
        shown = other.command("anna", "general", "/library", "list")
        assert "1–1 of 1 piece" in shown.text
        other.mention("anna", "press-review", "what does Ada Venn say?")
        other.wait(lambda: "Fees should fall" in said(other, "anna", "press-review"))
        assert "Rents" not in said(other, "anna", "press-review")
        assert not one.messages("ben", "press-review")

        two = store.articles.newest(second.team, 1)[0].id
        one.uninstall()
        one.wait(lambda: store.installations.teams() == (second.team,))
        assert not store.articles.newest(first.team, 1)
        assert "Fees should" in other.command("anna", "general", "/summary", f"#{two}").text

        assert install(slack, first)[0] == 200
        assert "empty" in one.command("anna", "general", "/library", "").text.lower()


def test_where_slack_names_no_admins_the_installer_deletes_everything(slack: LocalSlack, store: Store) -> None:
    first, _ = both(slack)
    with serving(slack, store):
        install(slack, first)  # Anna does
        add(store, first.team, "A Piece", "Fees should fall by half.", author="Ada Venn", outlet="Harbour Post", issue="ports", url=None)
        driver = Driver(slack, first)
        driver.drills.fail(Failure("error", "users.info", error="missing_scope"), times=20)
        for person, expected in (("ben", "Only an admin of this workspace"), ("anna", "Every piece")):
            driver.click(person, driver.open_home(person).home, "Delete everything …")
            driver.wait(lambda who=person: driver.view(who) is not None)
            assert expected in str(driver.view(person).blocks)
        form = driver.view("anna")
        driver.submit("anna", form, {form.blocks[-1]["label"]["text"]: "delete"})
        driver.wait(lambda: store.articles.glance(first.team).pieces == 0)
        assert store.installations.teams() == (first.team,)


def test_a_sign_in_that_was_not_begun_here_installs_nothing(slack: LocalSlack, store: Store) -> None:
    first, _ = both(slack)
    with serving(slack, store):
        consent = f"{slack.url}/oauth/v2/authorize?client_id={slack.platform.client_id}&state=forged&team={first.team}"
        location = fetch(consent)[2]["Location"]
        assert fetch(location, "slack-app-oauth-state=forged")[0] == 401
        assert store.installations.teams() == ()


def test_what_a_workspace_that_is_not_installed_says_is_not_answered(slack: LocalSlack, store: Store) -> None:
    first, second = both(slack)
    with serving(slack, store):
        install(slack, first)
        add(store, second.team, "A Piece", "Fees should fall by half.", author="Ada Venn", outlet="Harbour Post", issue="ports", url=None)
        answer = Driver(slack, second).command("anna", "general", "/summary", "#1", expect=0)
        assert "Fees" not in answer.text


def test_a_token_that_expires_is_renewed_once(slack: LocalSlack, store: Store) -> None:
    first, _ = both(slack)
    slack.platform.token_seconds = 43_200
    with serving(slack, store) as entente:
        install(slack, first)
        add(store, first.team, "A Piece", "Fees should fall by half.", author="Ada Venn", outlet="Harbour Post", issue="ports", url=None)
        driver, old = Driver(slack, first), first.bot_token
        assert "Fees should" in driver.command("anna", "general", "/summary", "#1").text
        assert first.bot_token == old
        _expire(slack, store, first)
        entente.clients.forget(first.team)
        driver.mention("ben", "press-review", "what does Ada Venn say?")
        driver.wait(lambda: "Fees should fall" in said(driver, "anna", "press-review"))
        assert first.bot_token != old
        kept = Installations(store).find_bot(enterprise_id=None, team_id=first.team)
        assert kept is not None
        assert (kept.bot_token, kept.bot_refresh_token) == (first.bot_token, first.refresh_token)
        assert len([call for call in driver.calls("oauth.v2.access") if call.get("grant_type") == "refresh_token"]) == 1


def test_two_people_who_installed_share_what_was_renewed(slack: LocalSlack, store: Store, clock: Clock) -> None:
    first, _ = both(slack)
    slack.platform.token_seconds = 43_200
    with serving(slack, store):
        install(slack, first)
        held = Installations(store).find_installation(enterprise_id=None, team_id=first.team)
        assert held is not None
        clock.forward(seconds=1)
        held.user_id = Driver(slack, first).person("ben").id
        Installations(store).save(held)
        _expire(slack, store, first)
        driver = Driver(slack, first)
        for person in ("anna", "ben"):
            assert "empty" in driver.command(person, "general", "/library", "").text.lower()
        assert len([call for call in driver.calls("oauth.v2.access") if call.get("grant_type") == "refresh_token"]) == 1


def _expire(slack: LocalSlack, store: Store, workspace: Workspace) -> None:
    """Let the time of the token run out, here and there."""
    workspace.expires_at = slack.platform.clock() - 1
    kept = Installations(store).find_installation(enterprise_id=None, team_id=workspace.team)
    assert kept is not None
    kept.bot_token_expires_at = int(slack.platform.clock()) - 1
    Installations(store).save(kept)
