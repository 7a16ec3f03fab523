"""Exporter: everything of a workspace as a file in the direct messages of whoever asked, where Slack lets the bot upload."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from typing import IO
from urllib.request import Request, urlopen

from slack_sdk.errors import SlackApiError

from bot.records import Outgoing
from bot.wording import say
from handlers import library
from handlers.slack.clients import Clients, secured
from handlers.slack.mouth import Mouth
from store import Store

NAME = "library.jsonl"
UNGRANTED = frozenset({"missing_scope", "not_allowed_token_type", "access_denied", "no_permission", "file_uploads_disabled", "storage_limit_reached"})
"""Slack does not let the bot upload, now or ever."""
WITHIN = timedelta(minutes=10)
"""After so long an export counts as abandoned; a library of 10,000 pieces is written in a minute."""
UPLOAD_S = 300


class Exporter:
    """Sends libraries. A repeat after a crash sends the file again, to the same person."""

    def __init__(self, store: Store, clients: Clients, mouth: Mouth) -> None:
        self._store = store
        self._clients = clients
        self._mouth = mouth

    def send(self, promised: Outgoing) -> None:
        """Write, upload, and share with the one who asked; else say by which command it is had."""
        team, person = promised.team, str(promised.person)
        self._store.outgoing.doubt(promised.id, promised.reason, datetime.now(UTC) + WITHIN)
        client = self._clients.posting(team)
        with tempfile.TemporaryFile() as file:
            for line in self._store.export(team, library.NOT_IN_SLACK):
                file.write(line.encode() + b"\n")
            size = file.tell()
            file.seek(0)
            try:
                ticket = client.files_getUploadURLExternal(filename=NAME, length=max(size, 1))
            except SlackApiError as refusal:
                if refusal.response.get("error") not in UNGRANTED:
                    raise
                self._tell(promised, library.by_command(team))
                return
            _upload(str(ticket["upload_url"]), file, size)
        where = client.chat_postMessage(channel=person, text=say("library.exported"))["channel"]
        client.files_completeUploadExternal(files=[{"id": ticket["file_id"], "title": NAME}], channel_id=where)
        self._store.outgoing.done(promised.id)

    def _tell(self, promised: Outgoing, words: str) -> None:
        url = promised.body.get("response_url")
        said = bool(url) and self._mouth.hook(str(url), {"text": words, "response_type": "ephemeral", "replace_original": False})
        if not said:
            self._clients.posting(promised.team).chat_postMessage(channel=str(promised.person), text=words)
        self._store.outgoing.done(promised.id)


def _upload(url: str, file: IO[bytes], size: int) -> None:
    """Streamed from the disk, so that a large library does not have to fit into memory."""
    headers = {"Content-Type": "application/octet-stream", "Content-Length": str(size)}
    with urlopen(Request(url, data=file, headers=headers), timeout=UPLOAD_S, context=secured(url)) as answer:  # noqa: S310 - given by Slack
        answer.read()
