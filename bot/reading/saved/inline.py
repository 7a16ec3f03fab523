"""Inline marks of Markdown and of pages saved as text: the words without them, and how many of the words were links."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_LABEL = r"\[(?P<label>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
_TARGET = r"\((?P<target><[^<>\n]*>|(?:[^()\s\\]|\\.|\([^()\s]*\))*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
_IMAGE = re.compile(rf"!{_LABEL}(?:{_TARGET}|\[[^\[\]\n]{{0,40}}\])")
_LINK = re.compile(rf"(?<!\\){_LABEL}{_TARGET}")
_BROKEN_LINK = re.compile(r"\]\((?:https?://|/|#|mailto:|javascript:)[^\s]*\)?")
_REFERENCE = re.compile(r"(?<!\\)\[(?P<label>(?:[^\[\]]|\[[^\[\]\d]*\])*)\]\[\d{1,4}\]")
_BARE_REFERENCE = re.compile(r"(?<=[\w.,;:!?”’)])\[\d{1,3}\](?!\()")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,20}\](?!:)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]{0,400})?/?>")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~$&:])")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,12});")
_STRONG = re.compile(r"\*\*+|(?<!\w)__+|__+(?!\w)|~~")
_STARRED = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*])\s?\*(?![\w*])")
_UNDERSCORED = re.compile(r"(?<!\w)_+|_+(?!\w)")
_SPACE = re.compile(r"\s+")
_WHOLLY_STRONG = re.compile(r"(?:\*\*|__)(?!\s)[^*]+(?:\*\*|__)[.:]?|_[^_]+_|\*[^*]+\*|\*\*_.+_\*\*|_\*\*.+\*\*_")
_MARKS = re.compile(r"[\[\]<>*_\\&~`]")


@dataclass(frozen=True, slots=True)
class Inline:
    """A line's words and what its marks said."""

    text: str
    linked: float
    """Share of the characters that were links, 0 to 1."""
    links: int
    images: tuple[str, ...]
    """What stood for pictures in it: their alternative texts."""
    emphasised: bool
    """The whole line was set in bold or italics."""
    targets: tuple[str, ...]


def strip_marks(raw: str) -> Inline:
    """The words of one line or paragraph without Markdown, HTML tags and link targets; nothing else changes."""
    if not _MARKS.search(raw):
        return Inline(_SPACE.sub(" ", raw).strip(), 0.0, 0, (), False, ())
    images: list[str] = []
    targets: list[str] = []
    linked = 0

    def picture(match: re.Match[str]) -> str:
        images.append(_SPACE.sub(" ", match["label"]).strip())
        return " "

    def link(match: re.Match[str]) -> str:
        nonlocal linked
        targets.append(match.groupdict().get("target") or "")
        linked += sum(character.isalnum() for character in match["label"])
        return match["label"]

    text = _IMAGE.sub(picture, raw)
    text = _LINK.sub(link, text)
    text = _REFERENCE.sub(link, text)
    text = _FOOTNOTE.sub("", _BARE_REFERENCE.sub("", text))
    text = _BROKEN_LINK.sub("]", text)
    text = _AUTOLINK.sub(r"\1", text)
    text = _TAG.sub(" ", text)
    emphasised = _WHOLLY_STRONG.fullmatch(text.strip()) is not None
    text = _STRONG.sub("", text)
    text = _STARRED.sub(r"\1", text)
    text = _UNDERSCORED.sub("", text)
    text = _ESCAPE.sub(r"\1", text).replace("`", "")
    text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    text = _SPACE.sub(" ", text).strip()
    solid = sum(character.isalnum() for character in text)
    return Inline(text, min(1.0, linked / solid) if solid else float(bool(targets)), len(targets), tuple(images), emphasised, tuple(targets))
