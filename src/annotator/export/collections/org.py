"""Marks as an outline for Emacs: a heading for each article, and one below it for each mark.

Nothing of a page or of a note becomes markup. Org's own way to say so is a zero-width
space, where it would otherwise see a heading, a link, a block or code.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from annotator.export.collection import CollectedArticle, Collection, LinkedMark
from annotator.export.exporters import Exporter
from annotator.export.hyperlinks import deep_link, host_of, safe_href
from annotator.export.org_text import ZERO_WIDTH, escape
from annotator.model import CLAIM_FIELDS, AnchoredMark, Annotation, ArticleRecord, Link, Orphan
from annotator.model.labels import BACK_NAMES
from annotator.model.text import clean_line

HEAD: Final = "#+title: Marks\n#+options: ^:nil\n"
HEADING_LENGTH: Final = 70  # characters of the words of a mark in its heading
DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_KEYWORD = re.compile(r"(?=[A-Z]{2}|\[#)")  # the state of a task, a priority
_NOT_IN_A_TAG = re.compile(r"[^\w@#%]+")
_BRACKETS = str.maketrans({"[": "%5B", "]": "%5D"})
_NOT_IN_A_LINK = re.compile(r"[\[\]]+")


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
            "AUTHORS": ", ".join(record.byline),
            "SITE": record.site_name,
            "PUBLISHED": record.published[:10],
            "ADDED": _timestamp(record.added),
        }
    )


def _mark(placed: AnchoredMark, article: CollectedArticle) -> Iterator[str]:
    mark = placed.annotation
    yield _heading(2, mark.quote, mark.tags)
    claim = mark.claim
    fields = {each.name.upper(): each.of(claim) for each in CLAIM_FIELDS} if claim else {}
    place = {"PLACE": "not found in the article"} if isinstance(placed.place, Orphan) else {}
    times = {"CREATED": _timestamp(mark.created), "MODIFIED": _timestamp(mark.modified)}
    yield from _drawer({"ID": mark.id, "KIND": mark.kind} | place | fields | times)
    yield from ("#+begin_quote", escape(mark.quote), "#+end_quote")
    if address := deep_link(article.record.url, mark.target.quote):
        yield _link(address, "in the article")
    if mark.note:
        yield from ("", escape(mark.note))
    yield from _links(mark, article)


def _heading(level: int, text: str, tags: Sequence[str]) -> str:
    words = escape(clean_line(text, limit=HEADING_LENGTH))
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
    backlinks = article.backlinks.get(mark.id, ())
    if mark.links or backlinks:
        yield ""
    for link in mark.links:
        relation = BACK_NAMES[link.relation] if link.is_reversed else link.relation
        yield _item(relation, _linked(link, article.linked), link.note)
    for back in backlinks:
        source = back.source.annotation
        yield _item(BACK_NAMES[back.relation], _link(f"id:{source.id}", source.quote), back.note)


def _item(relation: str, link: str, note: str) -> str:
    remark = f" — {escape(' '.join(note.split()))}" if note else ""
    return f"- {relation} :: {link}{remark}"


def _linked(link: Link, linked: Mapping[str, LinkedMark]) -> str:
    if address := safe_href(link.target):
        return _link(address, host_of(address) or "the page")
    end = linked.get(link.target)
    return _link(f"id:{link.target}", end.annotation.quote if end else "a mark that is gone")


def _link(address: str, words: str) -> str:
    shown = clean_line(_NOT_IN_A_LINK.sub(" ", words), limit=HEADING_LENGTH)
    return f"[[{address.translate(_BRACKETS)}][{escape(shown) or 'the mark'}]]"


def _timestamp(moment: datetime) -> str:
    """Return an inactive timestamp, which is not shown in the agenda."""
    return f"[{moment:%Y-%m-%d} {DAYS[moment.weekday()]} {moment:%H:%M}]"


ORG = Exporter(name="org", suffix=".org", write_collection=write_org)
