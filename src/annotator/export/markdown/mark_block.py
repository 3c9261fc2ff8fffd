"""A mark in a note: quote, link to the source, tags, note, claim and links to other marks.

The block of a mark is managed: the program may write it again, and everything
else in the note belongs to the user. It is between two comments, the first of which
holds a digest of the text, so that a later export can see whether the user edited it.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from annotator.anchoring import describe
from annotator.export.filenames import block_id
from annotator.export.hyperlinks import deep_link, host_of, safe_href
from annotator.export.markdown.escaping import escape, escape_line, quoted, with_breaks
from annotator.export.markdown.front_matter import note_tag
from annotator.model import (
    CLAIM_FIELDS,
    Anchored,
    AnchoredMark,
    Annotation,
    Article,
    Link,
)
from annotator.model.labels import BACK_NAMES
from annotator.model.text import clean_line

SHORT_QUOTE = 60  # characters of the words of a mark that another mark links to

_HTML = re.compile(r"<(?=[A-Za-z/!?])")
_BLOCK_ID = re.compile(r"(?<!\S)\^(?=a-)")
_MEANT_IN_A_LINK = re.compile(r"[\[\]|`*_~#^$<>=%\\]")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)

DIGITS = 12  # of the digest, hexadecimal: it detects edits, not attacks
_NOT_IN_A_NAME = re.compile(r"[^0-9A-Za-z-]+")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The context of a note to which the blocks of its marks refer.

    `url` is the address of the page, `words` are the quotes of the marks in this
    note by their ids, `notes` the names of the notes that hold other marks.
    """

    article: Article
    url: str
    words: Mapping[str, str]
    notes: Mapping[str, str]


def mark_body(placed: AnchoredMark, around: Surroundings) -> str:
    """Return the contents of the managed block of a mark."""
    annotation = placed.annotation
    parts = [
        quoted(with_breaks(escape(annotation.quote))),
        f"^{block_id(annotation.id)}",
        _heading(placed, around),
        _now_reads(placed, around.article),
        own_markdown(annotation.note),
        "\n".join(_fields(annotation, around)),
    ]
    return "\n\n".join(part for part in parts if part).strip("\n")


def _heading(placed: AnchoredMark, around: Surroundings) -> str:
    annotation = placed.annotation
    link = _source(placed, around)
    tags = [f"#{name}" for tag in annotation.tags if (name := note_tag(tag))]
    kind = escape_line(annotation.kind)
    parts = (f"**{kind}**" if kind else "", link, " ".join(tags))
    return " · ".join(part for part in parts if part)


def _source(placed: AnchoredMark, around: Surroundings) -> str:
    if isinstance(placed.place, Anchored):
        quote = describe(around.article.text, placed.place.span).quote
        address = deep_link(around.url, quote)
        return f"[in the article](<{address}>)" if address else ""
    address = safe_href(around.url)
    return f"[the article](<{address}>)" if address else ""


def _now_reads(placed: AnchoredMark, article: Article) -> str:
    place = placed.place
    if not isinstance(place, Anchored) or place.fit != "changed":
        return ""
    words = quoted(with_breaks(escape(place.span.of(article.text))))
    return f"The article has changed. It now reads:\n\n{words}"


def own_markdown(note: str) -> str:
    """Return a note, the user's own Markdown, escaped so that it cannot end its block."""
    text = _BLOCK_ID.sub(r"\\^", _HTML.sub(r"\\<", note.strip()))
    fences = _FENCE.findall(text)
    open_fence = ""
    for fence in fences:
        if not open_fence:
            open_fence = fence
        elif fence[0] == open_fence[0] and len(fence) >= len(open_fence):
            open_fence = ""
    return f"{text}\n{open_fence}" if open_fence else text


def _fields(annotation: Annotation, around: Surroundings) -> Iterator[str]:
    """Yield the fields of a claim and the links of a mark as list items.

    `name:: value` is a field for Obsidian's Dataview and a property for Logseq;
    elsewhere it is a readable list item.
    """
    if annotation.claim:
        for field in CLAIM_FIELDS:
            if value := field.of(annotation.claim):
                yield f"- {field.key}:: {escape_line(value)}"
    for link in annotation.links:
        note = f" — {escape_line(link.note)}" if link.note else ""
        relation = BACK_NAMES[link.relation] if link.is_reversed else link.relation
        yield f"- {relation}:: {_link(link, around)}{note}"


def _link(link: Link, around: Surroundings) -> str:
    if address := safe_href(link.target):
        return f"[{escape_line(host_of(address) or address)}](<{address}>)"
    reference = f"#^{block_id(link.target)}"
    if link.target in around.words:
        return f"[[{reference}|{_alias(around.words[link.target])}]]"
    if link.target in around.notes:
        return f"[[{around.notes[link.target]}{reference}]]"
    return f"`{block_id(link.target)}`"


def _alias(words: str) -> str:
    """Return the text of a link within a vault, where a backslash does not escape."""
    line = clean_line(words, limit=SHORT_QUOTE)
    return " ".join(_MEANT_IN_A_LINK.sub(" ", line).split()) or "the mark"


def block_name(identity: str) -> str:
    """Return the name of the managed block of `identity` in its comments."""
    return _NOT_IN_A_NAME.sub("-", identity)


def digest(body: str) -> str:
    """Return a digest of a block that ignores line ends and outer white space."""
    lines = (line.rstrip() for line in body.strip().splitlines())
    return hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()[:DIGITS]
