"""A draft as sentences: its prose without markup, in the coordinates of the file.

Everything that is not prose is blanked, not cut, so that a place in a sentence is the
same place in the file, and the file is never written anew from parts.

    **Rents** rose by [7 percent](https://x.org/a).[^1]
      Rents   rose by  7 percent                   .

Its quotations begin and end in the style of any language:

    “English”  ‘British’  „deutsch“  »Buch«  « français »  ”svenska”  「日本語」  "typewriter"

A mark of one style may be an apostrophe or the end of another style, so each opening
mark is looked up with the marks that can close it, and a quotation needs both.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from annotator.model import Span

LONGEST = 3000  # characters; a mark without its end must not swallow the rest of a draft
DEEPEST = 8  # quotations inside of one another; more are no text
FEWEST_WORDS = 3  # fewer words in quotation marks are a name, or irony
FEWEST_WIDE = 6  # characters of a script without spaces

_CLOSED_BY = {
    "“": "”",
    "„": "“”„",
    "”": "”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹",
    "‘": "’‘",
    "‚": "‘’",
    "「": "」",
    "『": "』",
    '"': '"',
    "'": "'",
    "’": "’",
}
_CLOSING = {mark: re.compile(f"[{marks}]") for mark, marks in _CLOSED_BY.items()}
_APOSTROPHES = "'’‘"
_OPENING = re.compile(f"[{''.join(_CLOSED_BY)}]")
_WIDE = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
Split = Callable[[str], Sequence[Span]]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_FRONT_MATTER = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n.*?\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[ \t]*\S[^\n]*)*")
_NOTE = re.compile(r"[ \t]{0,3}\[\^?[^\]\s]{1,40}\]:?[ \t]+\S")
_DEFINED_NOTE = re.compile(r"\[\^[^\]\s]+\]:")
_CALLOUT = re.compile(r"\[![\w-]+\]")
_ATTRIBUTION = re.compile(r"\s*(?:[—–―]|--)\s*\S")
_DEFINITION = re.compile(r"(?m)^[ \t]{0,3}\[(?P<label>[^\]^][^\]]*)\]:[ \t]*<?(?P<href>[^\s>]+)")
_MARKUP = re.compile(
    r"(?P<code>(?P<ticks>`+)(?!`).{1,2000}?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<escape>\\(?=[!-/:-@\[-`{-~]))"
    r"|(?P<image>!\[(?!\^)[^\]]{0,500}\](?:\([^)]{0,4000}\)|\[[^\]]{0,200}\])?)"
    r"|(?P<note>\[\^(?P<label>[^\]\s]{1,40})\])"
    r"|(?P<keys>\[[^\]\[]{0,300}(?<![\w.])@[\w][^\]\[]*\])"
    r"|(?P<wiki>\[\[(?P<target>[^\]|\[]{1,300})(?:\|(?P<alias>[^\]\[]{1,300}))?\]\])"
    r"|(?P<link>\[(?P<text>[^\]\[]{0,1000})\](?:\((?P<href><[^<>]{0,4000}>|(?:[^()\s]++|\([^()\s]*+\))*+)[^)]{0,1000}\)|\[(?P<ref>[^\]\[]{0,1000})\]))"
    r"|(?P<number>\[(?P<digits>\d{1,3})\])"
    r"|(?P<address><?https?://[^\s<>\"“”»]*[^\s<>\"“”».,;:!?)\]]>?)"
    r"|(?P<tag><!--.{0,4000}?-->|</?[A-Za-z][^<>]{0,1000}>)"
    r"|(?P<entity>&(?:\w{2,8}|\#\d{1,6});)"
    r"|(?P<emphasis>\*+|~~|==|(?<![^\W_])_+|_+(?![^\W_]))",
    re.DOTALL,
)
_ADDRESS = re.compile(r"https?://[^\s<>\"“”»]*[^\s<>\"“”».,;:!?)\]]")
_MARK_IN_A_VAULT = "#^a-"  # a link to the block of a mark in an exported note
_FINAL = ".!?…。！？؟।”’»」\"'"
_EMPHASIS = re.compile(r"[*`]+|~~|==|(?<![^\W_])_+|_+(?![^\W_])")
_NO_SPACE = re.compile(r"[^\s]")


class Quoted(NamedTuple):
    """A quotation: the span of its words, and where its closing mark ends."""

    words: Span
    end: int


def quotations(text: str) -> tuple[Quoted, ...]:
    """Return the quotations of a paragraph in order, without those inside of others."""
    return tuple(_quotations(text))


def is_long_enough(words: str) -> bool:
    """Return whether words in quotation marks are a quotation, not a name or irony."""
    if len(_WIDE.findall(words)) >= FEWEST_WIDE:
        return True
    return len(_WORD.findall(words)) >= FEWEST_WORDS


class DraftReference(NamedTuple):
    """A reference that a sentence has already, and what it leads to: a label or an address."""

    at: int
    label: str = ""
    address: str = ""


class Sentence(NamedTuple):
    """A sentence of a draft. `text` is without markup; its offsets count from `span.start`."""

    span: Span
    text: str
    line: int  # counted from 1
    quotations: tuple[Quoted, ...]
    references: tuple[DraftReference, ...]
    note_at: int = 0  # where a footnote goes, in the file: after the markup that ends it

    @property
    def is_cited(self) -> bool:
        """Whether it has a source already."""
        return bool(self.references)

    @property
    def unquoted(self) -> str:
        """The text with the quotations blanked."""
        return blank(self.text, (quotation.words for quotation in self.quotations))


class DraftNote(NamedTuple):
    """A footnote of the draft: its label, and its text with the label."""

    label: str
    span: Span
    text: str


class DraftText(NamedTuple):
    """A draft and its sentences. `notes` are its footnotes, in the order of the file."""

    text: str
    sentences: tuple[Sentence, ...]
    notes: tuple[DraftNote, ...]
    is_markdown: bool

    def addresses_of(self, sentence: Sentence) -> tuple[str, ...]:
        """Return the addresses that a sentence refers to, in it or in its footnotes."""
        labels = {reference.label for reference in sentence.references if reference.label}
        notes = (note.text for note in self.notes if note.label in labels)
        addresses = [reference.address for reference in sentence.references if reference.address]
        return (*addresses, *(address for note in notes for address in _ADDRESS.findall(note)))


class _Block(NamedTuple):
    start: int
    text: str  # blanked, of the length that it has in the file
    is_quote: bool


def read_draft(text: str, split: Split, *, is_markdown: bool = True) -> DraftText:
    """Return the sentences of a draft; `split` finds those of a paragraph.

    Front matter, headings, code, tables, footnotes and comments have none.
    """
    blocks, notes = (_markdown_blocks if is_markdown else _plain_blocks)(text)
    lines = [match.start() for match in _LINE.finditer(text)]
    targets = {match["label"].casefold(): match["href"] for match in _DEFINITION.finditer(text)}
    sentences: list[Sentence] = []
    for block in blocks:
        sentences += _sentences(block, split, lines, targets)
    return DraftText(text, tuple(sentences), tuple(notes), is_markdown)


def blank(text: str, spans: Iterator[Span] | Sequence[Span]) -> str:
    """Return a text of the same length with spaces in place of some passages."""
    for span in spans:
        text = text[: span.start] + " " * len(span) + text[span.end :]
    return text


def _markdown_blocks(text: str) -> tuple[list[_Block], list[DraftNote]]:
    from markdown_it import MarkdownIt  # slow to load, and a plain text does without it

    front = _FRONT_MATTER.match(text)
    body = front.end() if front else 0
    lines = [match.span() for match in _LINE.finditer(text, body)]
    tokens = MarkdownIt("commonmark").enable("table").parse(text[body:].replace("\0", " "))
    blocks: list[_Block] = []
    notes: list[DraftNote] = []
    quote_depth = 0
    for before, token in pairwise(tokens):
        quote_depth += (before.type == "blockquote_open") - (before.type == "blockquote_close")
        if token.type != "inline" or before.type != "paragraph_open" or not token.map:
            continue
        block = _block(text, lines[slice(*token.map)], token.content)
        if _DEFINED_NOTE.match(token.content):
            notes += _notes(text, block)
        elif not _ATTRIBUTION.match(token.content):
            blocks.append(block._replace(is_quote=quote_depth > 0))
    known = {note.span.start for note in notes}
    notes += (note for note in _addresses_as_notes(text) if note.span.start not in known)
    return blocks, sorted(notes, key=lambda note: note.span.start)


def _addresses_as_notes(text: str) -> Iterator[DraftNote]:
    """Yield the footnotes that are nothing but an address: to Markdown they are definitions."""
    for match in re.finditer(r"(?m)^[ ]{0,3}\[\^(?P<label>[^\]\s]+)\]:[ \t]*\S+[ \t]*\r?$", text):
        yield DraftNote(match["label"], Span(*match.span()), match[0])


def _block(text: str, lines: Sequence[tuple[int, int]], content: str) -> _Block:
    """Return a paragraph with the signs before its lines blanked, such as those of a quote.

    Definitions of links before it are part of its lines, but not of its content.
    """
    start, end = lines[0][0], lines[-1][1]
    pieces, at = [], start
    words_of_lines = content.split("\n")
    for (first, last), words in zip(lines[-len(words_of_lines) :], words_of_lines, strict=False):
        where = text[first:last].rfind(words.strip())
        if where < 0 or (first == lines[0][0] and _CALLOUT.match(words)):
            continue
        begin = first + where
        pieces += [" " * (begin - at), words.strip()]
        at = begin + len(words.strip())
    pieces.append(" " * (end - at))
    return _Block(start, "".join(pieces), is_quote=False)


def _notes(text: str, block: _Block) -> Iterator[DraftNote]:
    starts = [match.start() for match in _DEFINED_NOTE.finditer(block.text)]
    for start, end in zip(starts, [*starts[1:], len(block.text)], strict=True):
        span = Span(block.start + start, block.start + end).trimmed(text)
        label = block.text[start + 2 : block.text.index("]", start)]
        yield DraftNote(label, span, span.of(text))


def _plain_blocks(text: str) -> tuple[list[_Block], list[DraftNote]]:
    blocks: list[_Block] = []
    notes: list[DraftNote] = []
    for match in _PARAGRAPH.finditer(text.replace("\r", " ")):
        paragraph = match[0]
        if _NOTE.match(paragraph):
            notes += _plain_notes(text, match.start(), paragraph)
        else:
            blocks.append(_Block(match.start(), paragraph.replace("\n", " "), is_quote=False))
    return blocks, notes


def _plain_notes(text: str, offset: int, paragraph: str) -> Iterator[DraftNote]:
    starts = [match.start() for match in re.finditer(r"(?m)^[ \t]*\[\^?[^\]\s]+\]", paragraph)]
    for start, end in zip(starts, [*starts[1:], len(paragraph)], strict=True):
        span = Span(offset + start, offset + end).trimmed(text)
        label = span.of(text)[1:].partition("]")[0].lstrip("^")
        yield DraftNote(label, span, span.of(text))


def _sentences(
    block: _Block, split: Split, lines: Sequence[int], targets: dict[str, str]
) -> Iterator[Sentence]:
    text, references, markup = _without_markup(block.text, targets)
    if not text.strip():
        return
    quoted = [
        quotation for quotation in quotations(text) if is_long_enough(quotation.words.of(text))
    ]
    whole = Span(0, len(text)).trimmed(text)
    if block.is_quote and text.strip() and not quoted:
        quoted = [Quoted(whole, whole.end)]
    links = [Span(*match.span()) for match in markup if match.lastgroup == "link"]
    together = [whole] if block.is_quote else [*(quotation.words for quotation in quoted), *links]
    spans = _around(split(text), together)
    for span, following in zip(spans, [*spans[1:], Span(len(text), len(text))], strict=True):
        begin = 0 if span == spans[0] else span.start
        yield Sentence(
            span.moved(block.start),
            span.of(text),
            bisect_right(lines, block.start + span.start),
            tuple(
                Quoted(quotation.words.moved(-span.start), quotation.end - span.start)
                for quotation in quoted
                if span.start <= quotation.words.start < span.end
            ),
            tuple(
                reference._replace(at=reference.at + block.start)
                for reference in references
                if begin <= reference.at < following.start
            ),
            block.start + _note_at(text, span.end, markup),
        )


def _note_at(text: str, end: int, markup: Sequence[re.Match[str]]) -> int:
    """Return where a footnote to a sentence goes: after its closing markup, or the code in it."""
    for match in markup:
        if match.start() < end:
            end = max(end, match.end())  # the last words are those of a link
            continue
        is_open = text[end - 1] not in _FINAL and not text[end : match.start()].strip(" ")
        is_last = match.lastgroup in {"code", "image", "address", "tag"} and is_open
        if match.start() == end or is_last:
            end = match.end()
    return end


def _around(sentences: Sequence[Span], quoted: Sequence[Span]) -> list[Span]:
    """Return the sentences, joined where a quotation reaches over several."""
    joined: list[Span] = []
    for span in sentences:
        last = joined[-1] if joined else None
        if last and any(
            quotation.start < last.end and quotation.end > span.start for quotation in quoted
        ):
            joined[-1] = Span(last.start, span.end)
        else:
            joined.append(span)
    return joined


def _without_markup(
    text: str, targets: dict[str, str]
) -> tuple[str, list[DraftReference], list[re.Match[str]]]:
    """Return a paragraph with its markup blanked, the references in it, and the markup."""
    references: list[DraftReference] = []
    pieces, at = [], 0
    markup = list(_MARKUP.finditer(text))
    for match in markup:
        start, end = match.span()
        # The words of a link are kept, and nothing of other markup.
        name = {"link": "text", "wiki": "target"}.get(match.lastgroup or "", "")
        if name == "target" and match["alias"]:
            name = "alias"
        kept = Span(*match.span(name)) if name else Span(match.end(), match.end())
        reference = _reference(match, targets)
        if reference:
            references.append(reference)
        pieces += [text[at:start], _NO_SPACE.sub(" ", text[start : kept.start])]
        words = _EMPHASIS.sub(lambda sign: " " * len(sign[0]), kept.of(text))
        pieces += [words, " " * (end - kept.end)]
        at = end
    return "".join([*pieces, text[at:]]), references, markup


def _reference(match: re.Match[str], targets: dict[str, str]) -> DraftReference | None:
    kind, at = match.lastgroup or "", match.start()
    if kind == "address":
        return DraftReference(at, address=match[0].strip("<>"))
    if kind == "link":
        ref = (match["ref"] or match["text"]).casefold()
        address = targets.get(ref, "") if match["ref"] is not None else match["href"].strip("<>")
        if not address or address.startswith("#"):
            return None  # it leads to another place in the draft
        return DraftReference(match.end() - 1, address=address)  # its words come first
    if kind == "wiki" and _MARK_IN_A_VAULT not in match["target"]:
        return None
    label = {"note": "label", "number": "digits", "keys": "keys", "wiki": "target"}.get(kind)
    return DraftReference(at, label=match[label].strip("[]")) if label else None


def _quotations(text: str) -> Iterator[Quoted]:
    at, searched = 0, dict[str, int]()
    while match := _OPENING.search(text, at):
        start = match.start()
        end = _end(text, start, searched) if _opens(text, start) else -1
        if end < 0:
            at = start + 1
            continue
        if text[start + 1 : end].strip():
            yield Quoted(Span(start + 1, end).trimmed(text), min(end + 1, len(text)))
        at = end + 1


def _opens(text: str, at: int) -> bool:
    """Whether a mark may open a quotation: it is before a word and not after one."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] in "「『„‚«‹“":
        return bool(after)
    is_year = text[at] in _APOSTROPHES and after.isdecimal()  # as in the ’90s
    return bool(after) and not (before.isalnum() or after.isspace() or is_year)


def _end(text: str, start: int, searched: dict[str, int]) -> int:
    """Return where the closing mark of a quotation is; -1 if there is none.

    The paragraphs of a long quotation each begin with a mark, and only the last is closed.
    `searched` remembers up to where no mark of a style closes anything.
    """
    opening, last = text[start], min(len(text), start + LONGEST)
    closed = 0
    first = max(start + 1, searched.get(opening, 0))
    for match in _CLOSING[opening].finditer(text, first, last):
        if not _closes(text, match.start(), match[0]):
            continue
        is_same = opening in _CLOSED_BY[opening]
        opened = 0 if is_same else text.count(opening, start + 1, match.start())
        if opened <= closed:
            return match.start()
        if opened > closed + DEEPEST:
            return -1
        closed += 1
    if not closed:
        searched[opening] = last
    is_paragraph = start == len(text) - len(text.lstrip()) and text[start] in "“«„"
    return len(text) if is_paragraph and len(text) < LONGEST else -1


def _closes(text: str, at: int, mark: str) -> bool:
    before, after = text[at - 1], text[at + 1 : at + 2]
    if mark in _APOSTROPHES:
        return not after.isalnum() and not before.isspace()
    begins_the_next = after.isalnum() and before.isspace()
    return not (begins_the_next and mark in "“”«»")
