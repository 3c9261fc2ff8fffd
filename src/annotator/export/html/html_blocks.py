"""The blocks of an article as HTML, with the marks on their text in place."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markupsafe import Markup, escape

from annotator.export.block_content import Run, cells_of, runs
from annotator.export.html.html_markup import joined, lines, link
from annotator.export.hyperlinks import safe_href
from annotator.model import Article, Block, BlockKind, Mark, Span

HIGHEST_HEADING = 2  # the first level is for the title

_TAGS = {
    "strong": "strong",
    "emphasis": "em",
    "strike": "s",
    "superscript": "sup",
    "subscript": "sub",
    "code": "code",
    "formula": "code",
}

_QUOTE = "blockquote"
_TABLE = Markup(  # that keys can scroll
    '<div class="table" tabindex="0" role="group" aria-label="Table"><table>'
)
_TAG = re.compile(r"<\w+")
_SIGN = re.compile(r"\[[x ]\]|[A-Za-z]+\.")  # labels that stand for the number of an item


@dataclass(frozen=True, slots=True)
class MarkInText:
    """A mark on a passage: the id of its place, its number, its class, and what it is called.

    `note` is the id of its note, to which a number at the end of the passage leads, or the
    `sign` in its place; without a note there is none.
    """

    span: Span
    name: str
    note: str
    number: int
    css_class: str
    label: str
    sign: str = ""


class BlockWriter:
    """Writes the blocks of an article.

    `prefix` begins the ids of its footnotes, so that a page can have several articles;
    `highest` is the level of its highest headings. With `has_ids` all blocks have an id, which
    `place_id` returns.
    """

    def __init__(
        self,
        article: Article,
        marks: Sequence[MarkInText] = (),
        *,
        prefix: str = "",
        highest: int = HIGHEST_HEADING,
        has_ids: bool = False,
    ) -> None:
        self._article = article
        self._has_ids = has_ids
        self.levels = dict(_levels(article, highest))
        labels: dict[str, int] = {}
        for index, block in enumerate(article.blocks):
            if block.kind == "footnote":
                labels.setdefault(block.label, index)
        self._notes = {
            label: place_id(index) if has_ids else f"{prefix}note-{number}"
            for number, (label, index) in enumerate(labels.items(), start=1)
            if label
        }
        self._first_uses: set[str] = set()
        self._parts = _parts(article, marks)

    def write(self, first: int = 0, end: int | None = None) -> Markup:
        """Return the blocks `first` to `end`, with elements for lists and quotations around."""
        containers = _Containers()
        written: list[Markup] = []
        for index, block in enumerate(self._article.blocks[first:end], start=first):
            opened = [*containers.enter(block)]
            parts = _MarkedText(block.text, self._parts.get(index, ()))
            own = self._notes.get(block.label, "") if block.kind == "footnote" else ""
            if own in self._first_uses:  # another paragraph of the footnote
                own = ""
            self._first_uses.add(own)
            level = self.levels.get(index, 0)
            pieces = [*opened, _Writer(block, parts, self._notes, own=own, level=level).write()]
            if self._has_ids and not own:
                place = -2 if block.kind == "list_item" else -1  # its tag is one of the containers
                pieces[place] = _with_id(pieces[place], place_id(index))
            written += pieces
        return Markup("\n").join((*written, *containers.close(0)))

    @property
    def marked(self) -> Sequence[int]:
        """The indices of the blocks that have marks."""
        return sorted(self._parts)


def place_id(index: int) -> str:
    """Return the id of a block."""
    return f"b{index}"


def _with_id(written: Markup, name: str) -> Markup:
    return Markup(_TAG.sub(rf'\g<0> id="{name}"', str(written), count=1))  # noqa: S704 - of this module


def _levels(article: Article, highest: int) -> Iterator[tuple[int, int]]:
    """Yield the index and the level of each heading; none is skipped, for those who listen."""
    level = highest - 1
    for index, block in enumerate(article.blocks):
        if block.kind == "heading":
            wanted = max(highest, block.level + highest - HIGHEST_HEADING)
            level = min(6, wanted, level + 1)
            yield index, level


@dataclass(frozen=True, slots=True)
class _Part:
    """The part of a mark that is on one block, counted from the start of that block."""

    mark: MarkInText
    span: Span
    is_first: bool
    is_last: bool


def _parts(article: Article, marks: Sequence[MarkInText]) -> Mapping[int, Sequence[_Part]]:
    """Return the parts of marks by the indices of their blocks."""
    parts: dict[int, list[_Part]] = {}
    for mark in marks:
        on_blocks = list(_spans_on_blocks(article, mark.span))
        for number, (index, span) in enumerate(on_blocks, start=1):
            part = _Part(mark, span, number == 1, number == len(on_blocks))
            parts.setdefault(index, []).append(part)
    return parts


def _spans_on_blocks(article: Article, span: Span) -> Iterator[tuple[int, Span]]:
    """Yield the blocks that a passage is on, each with its part, which may be empty."""
    first = article.block_at(span.start)
    is_found = False
    for index in range(first, len(article.blocks)):
        block = article.span_of(index)
        if block.start >= span.end:
            break
        if block.overlaps(span):
            is_found = True
            part = Span(max(block.start, span.start), min(block.end, span.end))
            yield index, part.moved(-block.start)
    if not is_found and article.blocks:  # an image without words, for example
        yield first, Span(0, 0)


class _MarkedText:
    """Writes the text of a block from its start to its end, with the marks on it.

    Marks overlap and elements cannot, so each stretch of the text that has the same marks
    is an element of its own. Before the first stretch of a mark is an empty element with its
    id, after the last a number that leads to its note.
    """

    def __init__(self, text: str, parts: Sequence[_Part]) -> None:
        self._text = text
        self._parts = parts
        by_start = sorted(parts, key=lambda part: part.span.start, reverse=True)
        by_end = sorted(parts, key=lambda part: (part.span.end, part.mark.number), reverse=True)
        self._starting = [part for part in by_start if part.is_first]
        self._ending = [part for part in by_end if part.is_last]

    def write(self, span: Span, *, in_link: bool = False) -> Markup:
        """Return a stretch of the text; in a link there are no numbers, which are links too."""
        if not self._parts:
            return escape(span.of(self._text))
        bounds = {bound for part in self._parts for bound in (part.span.start, part.span.end)}
        inside = (bound for bound in bounds if span.start < bound < span.end)
        written: list[Markup] = []
        for start, end in pairwise(sorted({span.start, span.end, *inside})):
            written += self._places_until(start)
            written.append(self._stretch(start, end))
            if not in_link:
                written.append(self.numbers_until(end))
        return joined(written)

    def numbers_until(self, end: int) -> Markup:
        """Return the numbers of the marks that have ended by `end` and have none yet."""
        if not self._starting and not self._ending:
            return Markup()
        written = list(self._places_until(end))
        while self._ending and self._ending[-1].span.end <= end:
            mark = self._ending.pop().mark
            number = Markup(
                '<a class="ref {0.css_class}" href="#{0.note}" role="doc-noteref" lang="en" '
                'data-mark="{0.name}" aria-label="{0.number}, {0.label}">{1}</a>'
            )
            written += [number.format(mark, mark.sign or mark.number)] if mark.note else []
        return joined(written)

    def _places_until(self, offset: int) -> Iterator[Markup]:
        while self._starting and self._starting[-1].span.start <= offset:
            name = self._starting.pop().mark.name
            yield Markup('<span class="place" id="{}"></span>').format(name)

    def _stretch(self, start: int, end: int) -> Markup:
        text = self._text[start:end]
        over = [p.mark for p in self._parts if p.span.start <= start and end <= p.span.end]
        if not over or not text:
            return escape(text)
        classes = f"{over[-1].css_class}{' several' if len(over) > 1 else ''}"
        names = " ".join(mark.name for mark in over)
        return Markup('<mark class="{}" data-marks="{}">{}</mark>').format(classes, names, text)


class _Writer:
    """Writes one block: its id is its `own` if it is a footnote, its `level` that of a heading."""

    def __init__(
        self,
        block: Block,
        marked: _MarkedText,
        footnotes: Mapping[str, str],
        *,
        own: str,
        level: int,
    ) -> None:
        self._block = block
        self._marked_text = marked
        self._footnotes = footnotes
        self._own = own
        self._level = level

    def write(self) -> Markup:
        writers: Mapping[BlockKind, Callable[[], Markup]] = {
            "heading": self._heading,
            "list_item": self._text,
            "code": lambda: Markup('<pre tabindex="0"><code>{}</code></pre>').format(self._plain()),
            "table": self._table,
            "image": self._figure,
            "embed": self._figure,
            "rule": lambda: Markup("<hr>"),
            "footnote": self._footnote,
        }
        write = writers.get(self._block.kind)
        return write() if write else _element("p", self._text())

    def _heading(self) -> Markup:
        return _element(f"h{self._level}", self._text())

    def _footnote(self) -> Markup:
        label = self._block.label
        place = Markup(' id="{}"').format(self._own) if self._own else ""
        sign = Markup("<sup>{}</sup> ").format(label) if label else ""
        return Markup('<p class="footnote"{}>{}{}</p>').format(place, sign, self._text())

    def _figure(self) -> Markup:
        """Return an image or embed as a link to it, with its caption and credit."""
        block = self._block
        is_named = bool(block.text) and block.text == block.alternative
        name = escape(block.alternative or block.label or "Image")
        shown = self._text(in_link=bool(safe_href(block.source))) if is_named else name
        caption = Markup() if is_named else self._text()
        if block.credit and block.credit not in block.text:
            caption = Markup(" ").join(part for part in (caption, block.credit) if part)
        numbers = self._marked_text.numbers_until(len(block.text))
        tail = _element("figcaption", caption) if caption else ""
        return _element("figure", joined((link(block.source, shown), numbers, tail)))

    def _table(self) -> Markup:
        rows = []
        for number, row in enumerate(cells_of(self._block.text)):
            tag = "th" if number < self._block.header_rows else "td"
            rows.append(_element("tr", joined(_element(tag, self._text(cell)) for cell in row)))
        return Markup("\n").join((_TABLE, *rows, Markup("</table></div>")))

    def _text(self, span: Span | None = None, *, in_link: bool = False) -> Markup:
        span = Span(0, len(self._block.text)) if span is None else span  # a cell may be empty
        written = [*self._runs(runs(self._block.marks, span), in_link=in_link)]
        if not in_link:
            written.append(self._marked_text.numbers_until(span.end))
        return lines(joined(written))

    def _plain(self) -> Markup:
        end = len(self._block.text)
        return self._marked_text.write(Span(0, end)) + self._marked_text.numbers_until(end)

    def _runs(self, stretches: Sequence[Run], *, in_link: bool) -> Iterator[Markup]:
        for run in stretches:
            mark = run.mark
            is_link = mark is not None and mark.kind in {"link", "footnote_reference"}
            no_links = in_link or is_link
            if run.inside:
                inside = joined(self._runs(run.inside, in_link=no_links))
            else:
                inside = self._marked_text.write(run.span, in_link=no_links)
            yield inside if mark is None else self._formatted(mark, inside)
            if is_link and not in_link:
                yield self._marked_text.numbers_until(run.span.end)

    def _formatted(self, mark: Mark, inside: Markup) -> Markup:
        if mark.kind == "link":
            return link(mark.href, inside)
        if mark.kind == "footnote_reference":
            name = self._footnotes.get(mark.href)
            reference = Markup('<a href="#{}">{}</a>').format(name, inside) if name else inside
            return _element("sup", reference)
        return _element(_TAGS[mark.kind], inside)


@dataclass(slots=True)
class _Containers:
    """The open elements: quotations, and for each level of a list its tag and `li`."""

    tags: list[str] = field(default_factory=list)

    def enter(self, block: Block) -> Iterator[Markup]:
        """Yield the tags that close and open before `block` is written."""
        wanted = self._wanted(block)
        shared = 0
        while shared < min(len(wanted), len(self.tags)) and self.tags[shared] == wanted[shared]:
            shared += 1
        if block.kind == "list_item" and shared == len(wanted):
            shared -= 1  # another item of the list that is open
        yield from self.close(shared)
        for number, tag in enumerate(wanted[shared:], start=shared + 1):
            is_item = number == len(wanted) and block.kind == "list_item" and tag == "li"
            yield _item(block) if is_item else Markup("<{}>").format(tag)
            self.tags.append(tag)

    def close(self, depth: int) -> Iterator[Markup]:
        """Yield the tags that close all but the outermost `depth` elements."""
        while len(self.tags) > depth:
            yield Markup("</{}>").format(self.tags.pop())

    def _wanted(self, block: Block) -> list[str]:
        quotes = [_QUOTE] * max(block.quote_depth, int(block.kind == "quote"))
        if block.kind == "quote" and block.depth and self.tags[:1] != [_QUOTE]:
            return [*self._lists(block, self.tags), *quotes]
        is_open = self.tags[: len(quotes)] == quotes
        return [*quotes, *self._lists(block, self.tags[len(quotes) :] if is_open else [])]

    def _lists(self, block: Block, tags: Sequence[str]) -> list[str]:
        """Return the tags of the lists around `block`, from the outermost one."""
        levels = [tag for tag in tags if tag in {"ul", "ol"}]
        if block.kind != "list_item":
            levels = levels[: block.depth]
        else:
            outer = levels[: max(0, block.depth - 1)]
            outer += ["ul"] * (max(1, block.depth) - 1 - len(outer))
            levels = [*outer, "ul" if block.ordinal is None else "ol"]
        return [tag for level in levels for tag in (level, "li")]


def _element(tag: str, inside: Markup) -> Markup:
    # Each paragraph needs some, and this is faster than `format`.
    return Markup(f"<{tag}>{escape(inside)}</{tag}>")  # noqa: S704 - tags are of this module


def _item(block: Block) -> Markup:
    value = "" if block.ordinal is None else Markup(' value="{}"').format(block.ordinal)
    # The style sheet shows it: a style of an element would need a weaker policy of the page.
    is_shown = _SIGN.fullmatch(block.label)
    sign = Markup(' data-sign="{}"').format(block.label) if is_shown else ""
    return Markup("<li{}{}>").format(value, sign)
