"""What every test may use."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.playground import server
from store import Store
from tests.shared import shared_folder

if TYPE_CHECKING:
    from tests.slack.wire import Wire


def pytest_configure() -> None:
    """Tests ask what is answered, not how fast: the local Slack waits a minute where Slack waits three seconds (``make bench`` measures)."""
    server.ANSWER_SECONDS = 60.0


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = shared_folder()
    if folder is None:
        pytest.skip("the development sets are not beside the checkout")
    return folder


class Clock:
    """A clock that stands until it is set or moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    with Store.open(tmp_path / "library.sqlite", clock) as opened:
        yield opened


@pytest.fixture(autouse=True)
def strictly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every message and form that any test lets the mouth build is checked against Slack's limits."""
    from handlers.slack.mouth import Mouth
    from tests.slack import strict

    message, view = Mouth.message, Mouth.view
    monkeypatch.setattr(Mouth, "message", lambda self, reply: strict.check_message(message(self, reply)))
    monkeypatch.setattr(Mouth, "view", lambda self, form, place: strict.check_view(view(self, form, place)))


@pytest.fixture
def wire(store: Store) -> Iterator["Wire"]:
    """Entente over HTTP before the local Slack, with a small library."""
    from tests.slack.reference import TEAM
    from tests.slack.running import fill
    from tests.slack.wire import over_http

    fill(store, TEAM)
    with over_http(store) as opened:
        yield opened


@pytest.fixture
def untroubled(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """The test fails when something was logged as a fault of ours."""
    from tests.slack.wire import no_traceback

    yield
    no_traceback(caplog)
