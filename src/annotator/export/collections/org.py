"""Marks as an outline for Emacs: a heading for each article, and one below it for each mark.

Nothing of a page or of a note becomes markup. Org's own way to say so is a zero-width
space, where it would otherwise see a heading, a link, a block or code.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from annotator.export.collection import CollectedArticle, Collection, linked_ends
from annotator.export.filenames import shortened
from annotator.export.hyperlinks import deep_link, host_of, safe_href
from annotator.export.org_text import ZERO_WIDTH, escape, escape_line, link, quotation
from annotator.model import AnchoredMark, Annotation, ArticleRecord, Orphan
from annotator.model.claim import filled_fields

HEAD: Final = "#+title: Marks\n#+options: ^:nil\n"
HEADING_LENGTH: Final = 70  # characters of the words of a mark in its heading
DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_KEYWORD = re.compile(r"(?=[A-Z]{2}|\[#)")  # the state of a task, a priority
_NOT_IN_A_TAG = re.compile(r"[^\w@#%]+")
_BRACKETS = re.compile(r"[\[\]]+")


def write_org(collection: Collection) -> Iterator[str]:
    """Yield the outline, an article at a time."""
    yield HEAD
    for article in collection.articles:
        if article.marks:
            yield "\n".join(("", *_article(article.record), ""))
        for placed in article.marks:
            yield "\n".join((*_mark(placed, article), ""))


def _article(record: ArticleRecord) -> Iterator[str]:
    yield _heading(1, record.title or "Untitled", record.tags)
    yield from _drawer(
        {
            "ID": record.id,
            "SOURCE": record.url,
            "DOI": record.known_doi,
            "AUTHORS": ", ".join(record.byline),
            "SITE": record.site_name,
            "PUBLISHED": record.published[:10],
            "ADDED": _timestamp(record.added),
        }
    )


def _mark(placed: AnchoredMark, article: CollectedArticle) -> Iterator[str]:
    mark = placed.annotation
    yield _heading(2, mark.quote, mark.tags)
    fields = {field.name.upper(): value for field, value in filled_fields(mark.claim)}
    place = {"PLACE": "not found in the article"} if isinstance(placed.place, Orphan) else {}
    if mark.target.pages:
        place["PAGE"] = mark.target.pages
    times = {"CREATED": _timestamp(mark.created), "MODIFIED": _timestamp(mark.modified)}
    by = {"AUTHOR": mark.author} if mark.author else {}
    yield from _drawer({"ID": mark.id, "KIND": mark.kind} | place | fields | by | times)
    yield quotation(escape(mark.quote))
    if address := deep_link(article.record.url, mark.target):
        yield _link(address, "in the article")
    if mark.note:
        yield from ("", escape(mark.note))
    yield from _links(mark, article)


def _heading(level: int, text: str, tags: Sequence[str]) -> str:
    words = escape(shortened(text, HEADING_LENGTH))
    if _KEYWORD.match(words):
        words = ZERO_WIDTH + words
    names = dict.fromkeys(_NOT_IN_A_TAG.sub("_", tag).strip("_") for tag in tags)
    kept = ":".join(name for name in names if name)
    end = f" :{kept}:" if kept else ZERO_WIDTH if words.endswith(":") else ""
    return f"{'*' * level} {words}{end}"


def _drawer(values: Mapping[str, str]) -> Iterator[str]:
    yield ":PROPERTIES:"
    for name, value in values.items():
        line = " ".join(value.split()).replace(":END:", f":END{ZERO_WIDTH}:")
        if line:
            yield f":{name + ':':<10} {line}"
    yield ":END:"


def _links(mark: Annotation, article: CollectedArticle) -> Iterator[str]:
    """Yield the links of a mark and those of others to it, as a list of descriptions."""
    for number, linked in enumerate(linked_ends(mark, article.linked)):
        end = linked.end
        if address := safe_href(linked.target):
            target = _link(address, host_of(address) or "the page")
        else:
            words = end.annotation.quote if end else "a mark that is gone"
            target = _link(f"id:{linked.target}", words)
        remark = f" — {escape_line(linked.note)}" if linked.note else ""
        yield from () if number else ("",)
        yield f"- {linked.name} :: {target}{remark}"


def _link(address: str, words: str) -> str:
    return link(address, shortened(_BRACKETS.sub(" ", words), HEADING_LENGTH))


def _timestamp(moment: datetime) -> str:
    """Return an inactive timestamp, which is not shown in the agenda, of this place."""
    moment = moment.astimezone()
    return f"[{moment:%Y-%m-%d} {DAYS[moment.weekday()]} {moment:%H:%M}]"
