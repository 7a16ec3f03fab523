"""The three characters that mrkdwn owns."""

from __future__ import annotations


def escape(text: str) -> str:
    """Text as mrkdwn that shows it as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The opposite of `escape`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
