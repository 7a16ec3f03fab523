"""The ears and the mouth: what people say to Entente, and how it answers."""

from __future__ import annotations

from handlers import digest, issue, library, summary, views
from handlers.answer import Answer

COMMANDS: dict[str, Answer] = {
    "/summary": summary.answer,
    "/views": views.answer,
    "/issue": issue.answer,
    "/library": library.answer,
    "/digest": digest.answer,
}
"""Everything that Entente answers to; manifest.yml names the same."""
