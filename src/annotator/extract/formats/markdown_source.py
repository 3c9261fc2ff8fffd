"""Markdown, rendered to HTML that is then read like any other page."""

import re

from markdown_it import MarkdownIt

from annotator.extract.metadata.dates import iso
from annotator.extract.metadata.facts import Facts
from annotator.extract.metadata.people import names
from annotator.model.text import clean_line

MAX_FRONT_MATTER = 20_000  # characters

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_ENTRY = re.compile(r"([A-Za-z_][\w -]{0,40})\s*:[ \t]*(.*)")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")
_FENCE = re.compile(r"[ ]{0,3}(```+|~~~+)")
_NOTE = re.compile(r"\[\^([\w-]{1,20})\]:[ \t]*(.*)")
_REFERENCE = re.compile(r"\[\^([\w-]{1,20})\]")


def read_markdown(text: str) -> tuple[str, Facts]:
    """Return a Markdown text as HTML, and the facts in its front matter."""
    match = _FRONT_MATTER.match(text[:MAX_FRONT_MATTER])
    facts = _facts(_entries(match[1])) if match else Facts()
    body = text[match.end() :] if match else text
    renderer = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return f"<html><body>{renderer.render(_with_notes(body))}</body></html>", facts


def _entries(front_matter: str) -> dict[str, list[str]]:
    """Return the values of each key in a front matter."""
    entries: dict[str, list[str]] = {}
    values: list[str] = []
    for line in front_matter.split("\n"):
        if entry := _ENTRY.fullmatch(line):
            values = entries.setdefault(entry[1].strip().lower(), [])
            values += _values(entry[2])
        elif item := _ITEM.fullmatch(line):
            values.append(_unquoted(item[1]))
    return entries


def _values(text: str) -> list[str]:
    if text.startswith("[") and text.endswith("]") and not text.startswith("[["):
        return [_unquoted(part) for part in text[1:-1].split(",")]
    return [_unquoted(text)] if text.strip() else []


def _unquoted(value: str) -> str:
    value = value.strip().strip("'\"")
    return value.removeprefix("[[").removesuffix("]]")


def _facts(entries: dict[str, list[str]]) -> Facts:
    def first(*keys: str) -> str:
        return next((value for key in keys for value in entries.get(key, ())), "")

    return Facts(
        title=clean_line(first("title")),
        byline=names([*entries.get("author", ()), *entries.get("authors", ())]),
        site_name=clean_line(first("site", "site_name", "publisher")),
        published=iso(first("published", "date", "created")),
        modified=iso(first("modified", "updated", "lastmod")),
        language=clean_line(first("lang", "language"), limit=35),
        excerpt=clean_line(first("description", "excerpt", "summary"), limit=600),
    )


def _with_notes(text: str) -> str:
    """Return the text with its footnotes as links to HTML boxes at the end, except in code."""
    lines, notes, fence = [], list[str](), ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
        note = None if fence else _NOTE.fullmatch(line)
        if note:
            notes.append(f'<div id="fn-{note[1]}">\n\n{note[2]}\n\n</div>\n')
        else:
            lines.append(line if fence else _REFERENCE.sub(_link, line))
    return "\n".join([*lines, "", *notes])


def _link(match: re.Match[str]) -> str:
    return f'<sup><a href="#fn-{match[1]}">{match[1]}</a></sup>'
