"""Marks as the file that the client of Hypothesis imports.

The client keeps of each annotation its text, tags, target, address and document, and leaves
out those that it has already. So the kind of a mark is a tag, and the fields of a claim and
the links are lines below the note. Only the quote finds a passage again: positions count in
the text that this program made of the page, and would mislead the client.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Final

from annotator.export.collection import CollectedArticle, Collection, LinkedEnd, linked_ends
from annotator.export.collections.web_annotation import article_name, encoded, quote_selector
from annotator.export.hyperlinks import safe_href
from annotator.export.markdown.escaping import escape
from annotator.model import Annotation
from annotator.model.claim import filled_fields
from annotator.model.identity import is_web_address
from annotator.model.labels import count
from annotator.model.vocabulary import NO_MOMENT

USER: Final = "acct:annotator@localhost"  # the client asks whose annotations it should import
_NOT_IN_A_NAME: Final = re.compile(r"[^\w.]+")
GROUP: Final = "__world__"  # its name for no group

Json = Mapping[str, object]


def write_import(collection: Collection) -> Iterator[str]:
    """Yield what the client of Hypothesis writes when it exports, an annotation on each line."""
    yield '{\n"annotations": ['
    latest, gap, left_out = NO_MOMENT, "", 0
    for article in collection.articles:
        if not is_web_address(article_name(article.record)):
            left_out += len(article.marks)
            continue
        for mark in article.marks:
            latest = max(latest, mark.annotation.modified)
            yield f"{gap}\n{encoded(_annotation(article, mark.annotation))}"
            gap = ","
    said = {"export_date": _moment(latest), "export_userid": USER, "client_version": "1.0.0"}
    yield f"\n],\n{encoded(said).removeprefix('{')}\n"
    if left_out:
        marks = count(left_out, "mark")
        collection.tell(f"{marks} left out: Hypothesis knows only pages on the web, no files.")


def _annotation(article: CollectedArticle, mark: Annotation) -> Json:
    address = article_name(article.record)
    return {
        "id": mark.id,
        "created": _moment(mark.created),
        "updated": _moment(mark.modified),
        **_user(mark.author),
        "group": GROUP,
        "uri": address,
        "document": {"title": [article.record.title or address]},
        "text": "\n\n".join(_paragraphs(article, mark)),
        "tags": list(dict.fromkeys((mark.kind, *mark.tags))),
        "target": [{"source": address, "selector": [quote_selector(mark)]}],
    }


def _user(author: str) -> Json:
    """Return who the annotation is by; of several authors by their own names."""
    if not author:
        return {"user": USER}
    name = _NOT_IN_A_NAME.sub(".", author).strip(".") or "annotator"
    return {"user": f"acct:{name}@localhost", "user_info": {"display_name": author}}


def _paragraphs(article: CollectedArticle, mark: Annotation) -> Iterator[str]:
    if mark.note:
        yield mark.note
    if mark.claim:
        fields = filled_fields(mark.claim)
        yield "\n".join(f"- {field.label}: {_line(value)}" for field, value in fields)
    if mark.links:
        own = islice(linked_ends(mark, article.linked), len(mark.links))
        yield "\n".join(map(_link_line, own))


def _link_line(linked: LinkedEnd) -> str:
    if linked.end:
        end = f"“{_line(linked.end.annotation.quote)}”"
    else:
        end = f"<{safe_href(linked.target)}>" if is_web_address(linked.target) else linked.target
    note = f" – {_line(linked.note)}" if linked.note else ""
    return f"- {linked.words} {end}{note}"


def _line(text: str) -> str:
    return escape(" ".join(text.split()))


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
