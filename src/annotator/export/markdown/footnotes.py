"""Footnotes in a draft of the user's own: added where they belong, and nothing else changed.

The style is that of the draft: its labels are continued, and its last footnote is where
the new ones go. A plain text has numbers in brackets, and its notes at the end.

    The yard holds 640 megawatt-hours.[^3]

    [^3]: Marguerite Oduya, [Cheap Batteries](<https://…>), The Harbour Review, 2024-03-18.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotator.citing.draft import DraftText
from annotator.export.hyperlinks import deep_link, host_of, safe_href
from annotator.export.markdown.escaping import escape_line, link
from annotator.model import ArticleRecord, Target
from annotator.model.labels import long_date, page_words
from annotator.model.text import clean_line

LONGEST_PASSAGE = 300  # characters of the source that are repeated in a footnote

_NUMBERED = re.compile(r"(?P<before>\D*?)(?P<number>\d{1,6})")
_LABEL = re.compile(r"\[\^([^\]\s]{1,40})\]")
_FURTHER = re.compile(r"(?:[ \t]*\r?\n)+(?: {2,}|\t)\S[^\r\n]*")  # of one footnote
_LINE_END = re.compile(r"\r\n|\n|\r")


class Footnote(NamedTuple):
    """The text of a footnote, and where in the draft it belongs."""

    at: int
    text: str


def with_footnotes(draft: DraftText, footnotes: Sequence[Footnote]) -> str:
    """Return a draft with footnotes. Equal ones at several places have one label."""
    if not footnotes:
        return draft.text
    labels = _labels(draft, dict.fromkeys(note.text for note in footnotes))
    pieces, at = [], 0
    for note in sorted(footnotes, key=lambda note: note.at):
        label = labels[note.text]
        reference = f"[^{label}]" if draft.is_markdown else f" [{label}]"
        pieces += [draft.text[at : note.at], reference]
        at = note.at
    sign, colon = ("^", ":") if draft.is_markdown else ("", "")
    written = [f"[{sign}{label}]{colon} {text}" for text, label in labels.items()]
    after = _after_the_last(draft)
    if after < at:
        body = draft.text[at:]
        return "".join([*pieces, body, _block_at_the_end(written, body, draft)])
    block = _newline(draft) * (2 if _are_spaced(draft) else 1)
    added = "".join(f"{block}{text}" for text in written)
    return "".join([*pieces, draft.text[at:after], added, draft.text[after:]])


def source_note(
    record: ArticleRecord,
    passage: Target,
    *,
    warnings: Iterable[str] = (),
    lacking: str = "",
    is_quotation: bool,
    is_markdown: bool,
) -> str:
    """Return the text of a footnote: who, what, where and when, and the words of the passage.

    `warnings` say what the draft has otherwise, and `lacking` what the passage does not say.
    """
    words = clean_line(" ".join(passage.quote.exact.split()), limit=LONGEST_PASSAGE)
    line = escape_line if is_markdown else (lambda text: " ".join(text.split()))
    title = line(record.title) or "Untitled"
    address = deep_link(record.url, passage) if is_markdown else safe_href(record.url)
    parts = [
        ", ".join(line(author) for author in record.byline),
        link(title, address) if is_markdown and address else f"“{title}”",
        line(record.site_name or host_of(record.url)),
        long_date(record.published),
        line(page_words(passage.pages)),
        "" if is_markdown else address,
    ]
    told = " ".join(line(warning) for warning in warnings)
    label = "Check" if told else "In part"
    label = f"**{label}:**" if is_markdown else f"{label.upper()}:"
    told = told or line(lacking)
    check = f"{label} {told} " if told else ""
    see = "" if is_quotation else "See "
    return f"{check}{see}{', '.join(filter(None, parts))}: “{line(words)}”"


def _labels(draft: DraftText, texts: Iterable[str]) -> dict[str, str]:
    """Return a new label for each text, in the style of those that the draft has."""
    used = _LABEL.findall(draft.text)  # also where nothing refers to them
    if not draft.is_markdown:
        used += [note.label for note in draft.notes]
        used += [
            reference.label for sentence in draft.sentences for reference in sentence.references
        ]
    numbered = list(filter(None, map(_NUMBERED.fullmatch, used)))
    before = {match["before"] for match in numbered}
    prefix = before.pop() if len(before) == 1 else ""
    last = max((int(match["number"]) for match in numbered), default=0)
    return {text: f"{prefix}{number}" for number, text in enumerate(texts, start=last + 1)}


def _after_the_last(draft: DraftText) -> int:
    """Return where the last footnote ends, with its further paragraphs; -1 without any."""
    if not draft.notes:
        return -1
    end = max(note.span.end for note in draft.notes)
    while more := _FURTHER.match(draft.text, end):
        end = more.end()
    return end


def _block_at_the_end(written: Sequence[str], before: str, draft: DraftText) -> str:
    newline = _newline(draft)
    line_ends = len(_LINE_END.findall(before[len(before.rstrip()) :]))
    return newline * max(0, 2 - line_ends) + newline.join(written) + newline


def _newline(draft: DraftText) -> str:
    end = _LINE_END.search(draft.text)
    return end[0] if end else "\n"


def _are_spaced(draft: DraftText) -> bool:
    """Return whether the footnotes of the draft have empty lines between them."""
    pairs = zip(draft.notes, draft.notes[1:], strict=False)
    between = [draft.text[one.span.end : two.span.start] for one, two in pairs]
    return any(not gap.strip() and len(_LINE_END.findall(gap)) > 1 for gap in between)
