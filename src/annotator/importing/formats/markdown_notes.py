"""Notes in Markdown with quotations: a highlight for each, with the lines below it as its note.

A page that was clipped to Markdown is its text, with a highlight for each ==passage==. This
also reads the highlights of one article from Instapaper, and notes that Zotero and
Readwise write in this form.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent, NodeEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from annotator.errors import ImportFailed
from annotator.importing.conversion import split_tags, web_address
from annotator.importing.importers import Sureness
from annotator.importing.item import Found, ImportedHighlight, ImportedItem, ItemText, Skipped
from annotator.importing.moments import iso_date, moment_or_remark
from annotator.importing.readers.limits import MAX_DEPTH, MAX_YAML
from annotator.importing.source import SourceFile
from annotator.model import MARKDOWN

_MARKED = re.compile(r"==[^=\s]")
_CLIPPER_TAG = re.compile(r"^(?:tags:.*|\s*- *)[\"'# ]?clippings\b", re.MULTILINE)
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_LINK = re.compile(r"\[([^\]]*)\]\(<?([a-z][\w+.-]*:(?:[^()<>\s]|\([^()<>\s]*\))+)>?(?:\s[^)]*)?\)")
_WEB = re.compile(r"https?://[^\s<>\"']+")
_QUOTE = re.compile(r"(?:\s{0,3}|[-*+] )>\s?(.*)")
_CALLOUT = re.compile(r"\[!\w+\][-+]?\s*(.*)")
_TAGS = re.compile(r"(?:#[^\s#]+\s*)+")
_LINK_BACK = re.compile(  # which a service puts after a quotation, to show it there
    r"\(?\[(?:\W{0,8}|View Highlight|Location \d+|Open in \w+)\]\([^()\s]*\)\)?$", re.IGNORECASE
)
_SERVICES = ("omnivore.app/", "readwise.io/", "instapaper.com/", "getpocket.com/")
_BLOCK_ID = re.compile(r"\s*\^[\w-]+\s*$")
_COMMENT = re.compile(r"\s*(?:<!--.*?-->|%%.*?%%)\s*")
_ADDRESS_FIELDS = ("source", "url", "link", "uri", "source_url", "origin")
_ADDRESS_LINE = re.compile(
    rf"^(?:{'|'.join(_ADDRESS_FIELDS)}):[ \t]*\W{{0,3}}https?://", re.MULTILINE | re.IGNORECASE
)
_AUTHOR_FIELDS = ("author", "authors", "creator", "creators", "byline")
_ADDED_FIELDS = ("created", "added", "saved", "date_added", "date_saved", "clipped", "date")
WIKI_LINK = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]")

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_SIGN = re.compile(r"\\.|`[^`\n]*`|(?<!=)==(?!=)")  # what is escaped or code has no signs
_LINK_OR_PICTURE = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*\)|\[[^\[\]]*\])")
_MARKUP = re.compile(r"\\([!-/:-@\[-`{-~])|[*`]|(?<!\w)_|_(?!\w)")
_CONTEXT = 60  # characters on either side of a passage, which choose between equal ones

_FIELD_LINE = re.compile(r"^([\w-]+):[ \t]+(.+)$", re.MULTILINE)
_BLOCK = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


class Note(NamedTuple):
    """A text without its front matter, and the fields of that, in lower case."""

    fields: Mapping[str, tuple[str, ...]]
    body: str
    first_line: int  # of the body, from 1


def sniff(source: SourceFile) -> Sureness:
    """Return whether there is a quotation or a clipped page below a heading or front matter."""
    head = source.head.replace("\r\n", "\n")
    if source.archive or source.is_table or source.is_binary or head.lstrip()[:1] in {"", "<", "{"}:
        return Sureness.NO
    lines = head.splitlines()
    has_quote = any(line.startswith((">", "- >")) or _MARKED.search(line) for line in lines)
    has_title = head.startswith("---\n") or any(_HEADING.fullmatch(line) for line in lines)
    is_ours = has_title and (has_quote or _CLIPPER_TAG.search(head) is not None)
    block = _BLOCK.match(head)
    is_ours = is_ours or (block is not None and _ADDRESS_LINE.search(block[1]) is not None)
    return Sureness.LIKELY if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the note as an item with a highlight for each quotation or marked passage."""
    note = split_note(source.text.replace("\r\n", "\n"))
    pieces = list(_pieces(note))
    quotes = [piece.line for piece in pieces if piece.is_quote]
    is_page = is_clipping(note) or (not quotes and bool(_field(note, *_ADDRESS_FIELDS)))
    clipping = read_clipping(note) if is_page and note.body.strip() else None
    if not (is_page or quotes):
        yield Skipped(1, "This note has no quotation.", source.name)
        return
    remarks: list[str] = []
    heading = next((piece for piece in pieces if piece.is_heading), None)
    top = note.first_line if is_page else quotes[0]
    before = [piece for piece in pieces if piece.line < top and not piece.is_heading]
    title, url = _title_and_url(note, None if is_page else heading, before, source.name)
    yield ImportedItem(
        url=url,
        title=title,
        authors=tuple(WIKI_LINK.sub(r"\1", name) for name in _field(note, *_AUTHOR_FIELDS)),
        site_name="".join(_field(note, "site", "site_name")[:1]),
        published=iso_date("".join(_field(note, "published", "date")[:1])),
        added=moment_or_remark("".join(_field(note, *_ADDED_FIELDS)[:1]), remarks),
        tags=tuple(
            name.removeprefix("#")
            for tag in _field(note, "tags", "tag")
            for name in split_tags(tag)
        ),
        excerpt="".join(_field(note, "description", "excerpt", "summary")[:1]),
        text=ItemText(clipping[0], MARKDOWN) if clipping else None,
        medium="page" if url else "document",
        highlights=clipping[1] if clipping else tuple(_highlights(pieces)),
        line=1,
        remarks=tuple(remarks),
    )


class _Piece(NamedTuple):
    text: str
    line: int
    is_quote: bool = False
    is_heading: bool = False


def _pieces(note: Note) -> Iterator[_Piece]:
    """Yield the headings, quotations and paragraphs of a note."""
    kept: list[str] = []
    start, in_quote = note.first_line, False
    for number, line in enumerate((*note.body.split("\n"), ""), note.first_line):
        quoted, heading = _QUOTE.fullmatch(line), _HEADING.fullmatch(line)
        if kept and (bool(quoted) != in_quote or heading or not line.strip()):
            yield _Piece("\n".join(kept), start, is_quote=in_quote)
            kept = []
        if heading:
            yield _Piece(heading_words(heading[2]), number, is_heading=True)
        elif line.strip():
            if not kept:
                start, in_quote = number, bool(quoted)
            kept.append(quoted[1] if quoted else line)


def heading_words(line: str) -> str:
    """Return the words of a heading without the signs that may close it."""
    return line.rstrip().rstrip("#").rstrip()


def quotations(text: str, line: int) -> tuple[ImportedHighlight, ...]:
    """Return the quotations in a text with their notes; words before all of them are one alone."""
    pieces = list(_pieces(Note({}, text.replace("\r\n", "\n"), line)))
    first = next((n for n, piece in enumerate(pieces) if piece.is_quote), len(pieces))
    words = "\n\n".join(piece.text for piece in pieces[:first])
    alone = [ImportedHighlight(quote="", note=words, line=line)] if words else []
    return (*alone, *_highlights(pieces))


def _highlights(pieces: Sequence[_Piece]) -> Iterator[ImportedHighlight]:
    chapter = ""
    headings = 0
    for index, piece in enumerate(pieces):
        if piece.is_heading:
            headings += 1
            chapter = piece.text if headings > 1 else ""
        if not piece.is_quote:
            continue
        after: list[str] = []
        for following in pieces[index + 1 :]:
            if following.is_quote or following.is_heading:
                break
            after.append(following.text)
        note, tags = _note_and_tags(after)
        first, _, rest = piece.text.partition("\n")
        words = rest if _CALLOUT.fullmatch(first) else piece.text  # without its kind
        yield ImportedHighlight(
            quote=_LINK_BACK.sub("", _BLOCK_ID.sub("", words).rstrip()).strip(),
            note=note,
            tags=tags,
            location=_LINK.sub(r"\1", chapter),
            order=float(index),
            line=piece.line,
        )


def _note_and_tags(paragraphs: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    notes: list[str] = []
    tags: list[str] = []
    for paragraph in paragraphs:
        words = _BLOCK_ID.sub("", _COMMENT.sub("", paragraph)).strip()
        if _TAGS.fullmatch(words):
            tags += (tag.removeprefix("#") for tag in words.split())
        elif words and words != "---":
            notes.append(words)
    return "\n\n".join(notes), tuple(tags)


def _title_and_url(
    note: Note, heading: _Piece | None, before: Sequence[_Piece], name: str
) -> tuple[str, str]:
    """Return title and address: of the front matter, the first heading, or the lines below it."""
    title = "".join(_field(note, "title")[:1])
    urls = [
        web_address(match[0])
        for value in _field(note, *_ADDRESS_FIELDS)
        if (match := _WEB.search(value))
    ]
    link = _LINK.search(heading.text) if heading else None
    if link:
        urls.append(link[2])
    for piece in before:
        urls += (match[2] for match in _LINK.finditer(piece.text))
        urls += (web_address(match[0]) for match in _WEB.finditer(_LINK.sub("", piece.text)))
    urls = [url for url in urls if url.startswith("http")]
    of_page = (url for url in urls if not any(name in url for name in _SERVICES))
    url = next(of_page, urls[0] if urls else "")
    shown = link[1] if link else (heading.text if heading else "")
    stem = name.rpartition("/")[2].rpartition(".")[0]
    return title or shown or stem, url


def _field(note: Note, *names: str) -> tuple[str, ...]:
    return next((note.fields[name] for name in names if note.fields.get(name)), ())


def is_clipping(note: Note) -> bool:
    """Return whether a note holds a page: it has marked passages, or the tag of a web clipper."""
    tags = {tag.removeprefix("#") for tag in note.fields.get("tags", ())}
    return "clippings" in tags or any(
        len(_places(paragraph)) > 1 for _, paragraph in _paragraphs(note.body)
    )


def read_clipping(note: Note) -> tuple[str, tuple[ImportedHighlight, ...]]:
    """Return the text of a note without `==`, and a highlight for each passage between two.

    Of the pieces of a paragraph, those with odd numbers are marked.
    """
    texts: list[str] = []
    highlights: list[ImportedHighlight] = []
    for first_line, paragraph in _paragraphs(note.body):
        ends = [0, *(at + 2 for at in _places(paragraph))]
        starts = [*_places(paragraph), len(paragraph)]
        pieces = [paragraph[end:start] for end, start in zip(ends, starts, strict=True)]
        texts.append("".join(pieces))
        line = note.first_line + first_line
        for at in range(1, len(pieces), 2):
            line += pieces[at - 1].count("\n")
            highlights.append(
                ImportedHighlight(
                    quote=_without_markup(pieces[at]),
                    prefix=_without_markup(pieces[at - 1][-_CONTEXT:]),
                    suffix=_without_markup(pieces[at + 1][:_CONTEXT]),
                    order=float(len(highlights)),
                    line=line,
                )
            )
            line += pieces[at].count("\n")
    return "\n".join(texts), tuple(highlights)


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


def _without_markup(markdown: str) -> str:
    """Return the words of Markdown within a paragraph; they need only have the right letters."""
    return " ".join(_MARKUP.sub(r"\1", _LINK_OR_PICTURE.sub(r"\1", markdown)).split())


def split_note(text: str) -> Note:
    """Return a text in Markdown and the fields above it.

    Raises `ImportFailed` for front matter that is too long, or that has aliases or tags of
    YAML, which can fill the memory or make objects.
    """
    match = _BLOCK.match(text)
    if match is None:
        return Note({}, text, 1)
    if len(match[1]) > MAX_YAML:
        raise ImportFailed(f"The front matter is longer than {MAX_YAML:,} characters.", line=1)
    body = text[match.end() :]
    return Note(_fields(match[1]), body, text.count("\n", 0, match.end()) + 1)


def _fields(text: str) -> dict[str, tuple[str, ...]]:
    try:
        _refuse(text)
        root = YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, RecursionError, ValueError):  # such as a title with a colon
        lines = _FIELD_LINE.finditer(text)
        values = ((line[1].lower(), line[2].strip().strip("\"'")) for line in lines)
        return {name: (value,) for name, value in values if value}
    if not isinstance(root, MappingNode):
        return {}
    return {
        str(key.value).strip().lower(): tuple(_texts(value))
        for key, value in root.value
        if isinstance(key, ScalarNode)
    }


def _refuse(text: str) -> None:
    """Raise for aliases, which can grow without end, and for tags, which can make objects."""
    depth = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        problem = ""
        if isinstance(event, NodeEvent) and event.anchor:
            problem = "has aliases"
        elif getattr(event, "tag", None):
            problem = "has tags of YAML"
        elif depth > MAX_DEPTH:
            problem = f"is nested more than {MAX_DEPTH} deep"
        if problem:
            line = event.start_mark.line + 2  # below the line of dashes
            raise ImportFailed(f"The front matter {problem}.", line=line)


def _texts(value: Node) -> Iterator[str]:
    nodes = value.value if isinstance(value, SequenceNode) else [value]
    for node in nodes:
        if isinstance(node, ScalarNode) and node.value.strip() and node.value != "null":
            yield str(node.value)
