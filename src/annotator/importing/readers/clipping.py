"""The text of a page that was clipped to Markdown, and the `==passages==` marked in it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from annotator.importing.item import ImportedHighlight
from annotator.importing.readers.front_matter import Note

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_SIGN = re.compile(r"\\.|`[^`\n]*`|(?<!=)==(?!=)")  # what is escaped or code has no signs
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*\)|\[[^\[\]]*\])")
_MARKUP = re.compile(r"\\([!-/:-@\[-`{-~])|[*`]|(?<!\w)_|_(?!\w)")
_CONTEXT = 60  # characters on either side of a passage, which choose between equal ones


class Clipping(NamedTuple):
    """A text in Markdown without the signs of its marks, and these marks."""

    text: str
    highlights: tuple[ImportedHighlight, ...]


def is_clipping(note: Note) -> bool:
    """Return whether a note holds a page: it has marked passages, or the tag of a web clipper."""
    tags = {tag.removeprefix("#") for tag in note.fields.get("tags", ())}
    return "clippings" in tags or any(
        len(_places(paragraph)) > 1 for _, paragraph in _paragraphs(note.body)
    )


def read_clipping(note: Note) -> Clipping:
    """Return the text of a note without `==`, and a highlight for each passage between two."""
    texts: list[str] = []
    highlights: list[ImportedHighlight] = []
    for first_line, paragraph in _paragraphs(note.body):
        pieces = _split(paragraph)
        texts.append("".join(pieces))
        line = note.first_line + first_line
        for at in range(1, len(pieces), 2):
            line += pieces[at - 1].count("\n")
            highlights.append(
                ImportedHighlight(
                    quote=_plain(pieces[at]),
                    prefix=_plain(pieces[at - 1][-_CONTEXT:]),
                    suffix=_plain(pieces[at + 1][:_CONTEXT]),
                    order=float(len(highlights)),
                    line=line,
                )
            )
            line += pieces[at].count("\n")
    return Clipping("\n".join(texts), tuple(highlights))


def _paragraphs(body: str) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs and empty lines of a text with their lines, from 0; a fence is one."""
    kept: list[str] = []
    start, fence = 0, ""
    for number, line in enumerate(body.split("\n")):
        opening = _FENCE.match(line)
        if not fence and (opening or not line.strip()) and kept:
            yield start, "\n".join(kept)
            kept = []
        start = start if kept else number
        kept.append(line)
        if fence:
            fence = "" if line.strip().startswith(fence) else fence
        elif opening:
            fence = opening[1]
        if not fence and (opening or not line.strip()):
            yield start, "\n".join(kept)
            kept = []
    if kept:
        yield start, "\n".join(kept)


def _places(paragraph: str) -> list[int]:
    """Return the places of the signs that open and close marked passages, an even number."""
    if _FENCE.match(paragraph):
        return []
    starts: list[int] = []
    for sign in _SIGN.finditer(paragraph):
        is_closing = len(starts) % 2 == 1
        beside = sign.start() - 1 if is_closing else sign.end()
        if sign[0] == "==" and paragraph[beside : beside + 1].strip():
            starts.append(sign.start())
    return starts[: len(starts) // 2 * 2]


def _split(paragraph: str) -> list[str]:
    """Return the pieces of a paragraph, of which those with odd numbers are marked."""
    pieces: list[str] = []
    start = 0
    for place in _places(paragraph):
        pieces.append(paragraph[start:place])
        start = place + 2
    return [*pieces, paragraph[start:]]


def _plain(markdown: str) -> str:
    """Return the words of Markdown within a paragraph; they need only have the right letters."""
    return " ".join(_MARKUP.sub(r"\1", _LINK.sub(r"\1", markdown)).split())
