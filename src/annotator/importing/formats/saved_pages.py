"""Pages saved by a browser in one file: by SingleFile, with highlights and notes, and as MHTML."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from annotator.errors import ImportFailed
from annotator.importing.item import Found, ImportedHighlight, ImportedItem, ItemText
from annotator.importing.moments import moment_or_remark
from annotator.importing.readers.markup import Tag, TextRun, html_tokens
from annotator.importing.source import SourceFile
from annotator.model import saved_page

_COLOUR = re.compile(r"\bsingle-file-highlight-(\w+)")
_HIGHLIGHT = "single-file-highlight"
_NOTE = "single-file-note"
_EMPTY = frozenset({"br", "img", "input", "hr", "meta", "link", "wbr", "source", "area", "col"})
_BLOCKS = frozenset({"p", "div", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "td"})
_SIGNS = ("multipart/related", "mime-version:")


def sniff(source: SourceFile) -> bool:
    """Return whether the page has the comment of SingleFile."""
    return saved_page.read_singlefile(source.head) is not None


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the page with its text and its highlights."""
    remarks: list[str] = []
    saved = saved_page.read_singlefile(source.text)
    page = _Highlights(source.text)
    yield ImportedItem(
        url=saved.url if saved else "",
        title=page.title,
        added=moment_or_remark(saved.date if saved else "", remarks),
        text=ItemText(source.text),
        highlights=tuple(page.highlights),
        line=1,
        remarks=tuple(remarks),
    )


class _Highlights:
    """The title, the highlights and the notes of a page, in one walk over its tags."""

    def __init__(self, text: str) -> None:
        self.title = ""
        self.highlights: list[ImportedHighlight] = []
        self._open: list[str] = []
        self._marked_at = self._noted_at = 0
        self._has_words_since = True
        self._note: dict[str, str] = {}
        self._between = ""  # a highlight and its part in the next paragraph
        for token in html_tokens(text):
            if isinstance(token, Tag):
                self._tag(token)
            else:
                self._words(token)

    def _tag(self, tag: Tag) -> None:
        if tag.is_end:
            self._close(tag.name)
            return
        if tag.name in _BLOCKS or tag.name == "br":
            self._between = "\n"
        if tag.name in _EMPTY:
            return
        self._open.append(tag.name)
        classes = tag.attributes.get("class", "")
        if tag.name == _NOTE or _NOTE in classes.split():
            if not self._noted_at:
                self._noted_at, self._note = len(self._open), {}
        elif _HIGHLIGHT in classes.split() and not self._marked_at:
            self._marked_at = len(self._open)
            colour = _COLOUR.search(classes)
            name = colour[1] if colour else ""
            is_next = self.highlights and not self._has_words_since
            if not is_next or self.highlights[-1].colour != name:
                self.highlights.append(ImportedHighlight(quote="", colour=name, line=tag.line))

    def _close(self, name: str) -> None:
        if name not in self._open:
            return
        while self._open.pop() != name:
            pass
        if self._marked_at > len(self._open):
            self._marked_at, self._has_words_since = 0, False
        if self._noted_at > len(self._open):
            self._noted_at = 0
            self._add_note()

    def _words(self, words: TextRun) -> None:
        if self._open[-1:] == ["title"] and not self.title:
            self.title = words.text
        elif self._noted_at:
            part = "quote" if "blockquote" in self._open[self._noted_at :] else "note"
            self._note[part] = f"{self._note.get(part, '')}{words.text}"
        elif self._marked_at:
            last = self.highlights[-1]
            between = self._between if last.quote else ""
            self.highlights[-1] = replace(last, quote=last.quote + between + words.text)
            self._between = ""
        elif words.text.strip():
            self._has_words_since = True
        elif self.highlights and not self._has_words_since:
            last = self.highlights[-1]
            self.highlights[-1] = replace(last, quote=last.quote + words.text)

    def _add_note(self) -> None:
        note = self._note.get("note", "").strip()
        quote = " ".join(self._note.get("quote", "").split())
        if not note and not quote:
            return
        for index, highlight in enumerate(self.highlights):
            if quote and " ".join(highlight.quote.split()) == quote:
                self.highlights[index] = replace(highlight, note=note)
                return
        self.highlights.append(ImportedHighlight(quote=quote, note=note))


def sniff_mhtml(source: SourceFile) -> bool:
    """Return whether the file has the header lines of a page with parts."""
    head = source.head[:4_000].lower()
    return all(sign in head for sign in _SIGNS) and not head.lstrip().startswith("<")


def read_mhtml(source: SourceFile) -> Iterator[Found]:
    """Yield the page. Raises `ImportFailed` for a file that has none."""
    remarks: list[str] = []
    try:
        page = saved_page.read_mhtml(source.data)
    except ValueError as error:
        raise ImportFailed(str(error), line=1) from error
    if not page.html.strip():
        raise ImportFailed("There is no page in the file.", "Save the page again.", line=1)
    yield ImportedItem(
        url=page.url,
        title=page.title,
        added=moment_or_remark(page.date, remarks),
        text=ItemText(page.html),
        line=1,
        remarks=tuple(remarks),
    )
