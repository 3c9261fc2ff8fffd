"""Footnotes in a draft of the user's own: added where they belong, and nothing else changed.

The style is that of the draft: its labels are continued, and its last footnote is where
the new ones go. A plain text has numbers in brackets, and its notes at the end.

    The yard holds 640 megawatt-hours.[^3]

    [^3]: Marguerite Oduya, [Cheap Batteries](<https://…>), The Harbour Review, 2024-03-18.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from annotator.citing.draft import DraftText
from annotator.export.hyperlinks import deep_link, host_of, safe_href
from annotator.export.markdown.escaping import escape_line, link
from annotator.model import ArticleRecord, Span, Target
from annotator.model.labels import long_date, page_words
from annotator.model.text import clean_line

LONGEST_PASSAGE = 300  # characters of the source that are repeated in a footnote

_SEE = "See "  # before the source of what is no quotation
_NUMBERED = re.compile(r"(?P<before>\D*?)(?P<number>\d{1,6})")
_LABEL = re.compile(r"\[\^([^\]\s]{1,40})\]")
_FURTHER = re.compile(r"(?:[ \t]*\r?\n)+(?: {2,}|\t)\S[^\r\n]*")  # of one footnote
_OWN_HEAD = re.compile(  # of a footnote that was written here: its label, and what to check
    r"(?P<label>\[\^?[^\]\s]{1,40}\]:? )"
    r"(?:(?:\*\*(?:Check|In part):\*\*|CHECK:|IN PART:) [^\r\n]* )?"
    r"(?:\*\*(?:In other words|Copied in part):\*\* |IN OTHER WORDS: |COPIED IN PART: )?(?:See )?"
)
_FRAGMENT = re.compile(r"#:~:text=[^\s<>)]*")  # of a link to the passage
_LINE_END = re.compile(r"\r\n|\n|\r")


class Footnote(NamedTuple):
    """The text of a footnote, and where in the draft it belongs."""

    at: int
    text: str


def with_footnotes(
    draft: DraftText, footnotes: Sequence[Footnote], revised: Mapping[Span, str] = {}
) -> str:
    """Return a draft with footnotes. Equal ones at several places have one label.

    `revised` are new texts of footnotes that it has, by their places.
    """
    labels = _labels(draft, dict.fromkeys(note.text for note in footnotes))
    edits = [(span.start, span.end, text) for span, text in revised.items()]
    for note in footnotes:
        label = labels[note.text]
        reference = f"[^{label}]" if draft.is_markdown else f" [{label}]"
        edits.append((note.at, note.at, reference))
    if footnotes:
        sign, colon = ("^", ":") if draft.is_markdown else ("", "")
        written = [f"[{sign}{label}]{colon} {text}" for text, label in labels.items()]
        after = _after_the_last(draft)
        if after < max(note.at for note in footnotes):
            after, added = len(draft.text), _block_at_the_end(written, draft)
        else:
            block = _newline(draft) * (2 if _are_spaced(draft) else 1)
            added = "".join(f"{block}{text}" for text in written)
        edits.append((after, after, added))
    pieces, at = [], 0
    for start, end, text in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [draft.text[at:start], text]
        at = end
    return "".join([*pieces, draft.text[at:]])


def revised_note(written: str, now: str, source: str) -> str:
    """Return a footnote as it is to be now; empty if it is not one of the program's own.

    `now` is the text that it would get, which ends with `source`. What was `written` may differ
    from it in what is to be checked, and in how much of the passage is repeated.
    """
    (frame, words), (source, passage) = map(_apart, (written, source))
    head = _OWN_HEAD.fullmatch(frame.removesuffix(source)) if frame.endswith(source) else None
    is_own = bool(passage) and (words in passage or passage in words)
    return f"{head['label']}{now}" if head and is_own else ""


def _apart(note: str) -> tuple[str, str]:
    """Return a footnote without the words of its passage, and these words."""
    frame, sign, words = note.rpartition(": “")
    return _FRAGMENT.sub("", f"{frame}{sign}"), words.removesuffix("”").rstrip(".… ")


def source_note(
    record: ArticleRecord,
    passage: Target,
    *,
    warnings: Iterable[str] = (),
    lacking: str = "",
    is_quotation: bool,
    default: str = "",
    is_markdown: bool,
) -> str:
    """Return the text of a footnote: what is to be said first, and the source of the passage.

    `warnings` say what the draft has otherwise, `lacking` what the passage does not say. Without
    them `default` comes first: no program knows that what is restated means the same.
    """
    line = _in_a_line(is_markdown=is_markdown)
    told = " ".join(line(warning) for warning in warnings)
    label = "Check" if told else "In part" if lacking else default
    told = told or line(lacking)
    check = f"**{label}:** " if is_markdown else f"{label.upper()}: "
    check = f"{check}{told} " if told else check if label else ""
    see = "" if is_quotation else _SEE
    return f"{check}{see}{source_of(record, passage, is_markdown=is_markdown)}"


def source_of(record: ArticleRecord, passage: Target, *, is_markdown: bool) -> str:
    """Return the source of a passage: who, what, where and when, and the words of the passage."""
    words = clean_line(" ".join(passage.quote.exact.split()), limit=LONGEST_PASSAGE)
    line = _in_a_line(is_markdown=is_markdown)
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
    return f"{', '.join(filter(None, parts))}: “{line(words)}”"


def _in_a_line(*, is_markdown: bool) -> Callable[[str], str]:
    return escape_line if is_markdown else (lambda text: " ".join(text.split()))


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


def _block_at_the_end(written: Sequence[str], draft: DraftText) -> str:
    newline = _newline(draft)
    line_ends = len(_LINE_END.findall(draft.text[len(draft.text.rstrip()) :]))
    return newline * max(0, 2 - line_ends) + newline.join(written) + newline


def _newline(draft: DraftText) -> str:
    end = _LINE_END.search(draft.text)
    return end[0] if end else "\n"


def _are_spaced(draft: DraftText) -> bool:
    """Return whether the footnotes of the draft have empty lines between them."""
    pairs = zip(draft.notes, draft.notes[1:], strict=False)
    between = [draft.text[one.span.end : two.span.start] for one, two in pairs]
    return any(not gap.strip() and len(_LINE_END.findall(gap)) > 1 for gap in between)
