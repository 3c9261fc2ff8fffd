"""Marks as JSON-LD of the W3C Web Annotation Data Model.

A mark is an annotation with bodies for its kind, tags, note and the fields of its claim, and
a target with a quote and a position. The position counts in the text that this program made
of the page, which the target names as what it was rendered by. Links are annotations of
their own, with the motivation `linking`. All of them are items of one page of a collection.

https://www.w3.org/TR/annotation-model/
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote as percent_encoded

import msgspec

from annotator.export.collection import Collection
from annotator.export.hyperlinks import safe_href
from annotator.model import Annotation, ArticleRecord, Link
from annotator.model.claim import filled_fields
from annotator.model.identity import is_web_address
from annotator.model.labels import relation_name

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
COLLECTION: Final = "urn:annotator:marks"
PAGES: Final = "http://tools.ietf.org/rfc/rfc3778"  # fragments of PDFs
PAGE: Final = "urn:annotator:page"  # the label of the printed page
OCCURRENCES: Final = "urn:annotator:occurrences"  # how often the quote is in the text

_MOTIVATIONS: Final = {  # of the usual kinds; others highlight
    "claim": "assessing",
    "question": "questioning",
    "definition": "describing",
}
_JUDGEMENTS: Final = frozenset({"status", "confidence", "verdict"})

Json = Mapping[str, object]


def write_annotations(collection: Collection) -> Iterator[str]:
    """Yield a collection of annotations, one on each line."""
    yield "{\n" + _members(
        {
            "@context": CONTEXT,
            "id": COLLECTION,
            "type": "AnnotationCollection",
            "label": "Marks from annotator",
        }
    )
    page = {"id": f"{COLLECTION}:1", "type": "AnnotationPage", "startIndex": 0}
    yield f'"first": {{\n{_members(page)}"items": ['
    total = 0
    for article in collection.articles:
        for mark in article.marks:
            for item in annotations_of(article.record, mark.annotation):
                yield f"{',' if total else ''}\n{encoded(item)}"
                total += 1
    yield f'\n]}},\n"total": {total}\n}}\n'


def annotations_of(article: ArticleRecord, mark: Annotation) -> Iterator[Json]:
    """Yield a mark as an annotation, then each of its links as one."""
    name = mark_name(mark.id)
    times: Json = {"created": _moment(mark.created), "modified": _moment(mark.modified)}
    creator: Json = {}
    if mark.author:
        creator = {"creator": {"type": "Person", "name": mark.author}}
    motivations = [_MOTIVATIONS.get(mark.kind, "highlighting")]
    motivations += (["commenting"] if mark.note else []) + (["tagging"] if mark.tags else [])
    yield {
        "id": name,
        "type": "Annotation",
        "motivation": motivations,
        **creator,
        **times,
        "body": list(_bodies(mark)),
        "target": _target(article, mark),
    }
    for number, link in enumerate(mark.links, start=1):
        yield {
            "id": f"{name}:link:{number}",
            "type": "Annotation",
            "motivation": "linking",
            **creator,
            **times,
            "body": list(_link_bodies(link)),
            "target": name,
        }


def mark_name(mark_id: str) -> str:
    """Return the IRI of a mark."""
    return f"urn:annotator:mark:{percent_encoded(mark_id, safe='')}"


def article_name(article: ArticleRecord) -> str:
    """Return the IRI of an article: its address, or a name for one that is not on the web."""
    href = safe_href(article.url) if is_web_address(article.url) else ""
    return href or f"urn:annotator:article:{percent_encoded(article.id, safe='')}"


def quote_selector(mark: Annotation) -> dict[str, object]:
    """Return the selector of the words of a mark."""
    quote = mark.target.quote
    words = {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
    return {"type": "TextQuoteSelector", **words}


def encoded(value: object) -> str:
    """Return a value as JSON on one line."""
    return msgspec.json.encode(value).decode()


def _bodies(mark: Annotation) -> Iterator[Json]:
    yield _text(mark.kind, purpose="classifying")
    if mark.note:
        yield {**_text(mark.note, purpose="commenting"), "format": "text/markdown"}
    for tag in mark.tags:
        yield _text(tag, purpose="tagging")
    for field, value in filled_fields(mark.claim):
        purpose = "assessing" if field.name in _JUDGEMENTS else "describing"
        yield {**_text(value, purpose=purpose), "label": field.key}


def _link_bodies(link: Link) -> Iterator[Json]:
    is_page = is_web_address(link.target)
    source = safe_href(link.target) if is_page else mark_name(link.target)
    if source:
        yield {"type": "SpecificResource", "source": source, "purpose": "linking"}
    else:
        yield _text(link.target, purpose="linking")  # an address that no link may lead to
    relation = relation_name(link.relation, is_back=link.is_reversed)
    yield _text(relation, purpose="classifying")
    if link.note:
        yield {**_text(link.note, purpose="commenting"), "format": "text/markdown"}


def _text(value: str, *, purpose: str) -> Json:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _target(article: ArticleRecord, mark: Annotation) -> Json:
    target = mark.target
    quote = quote_selector(mark)
    if target.occurrences != 1:
        quote[OCCURRENCES] = target.occurrences
    position = {
        "type": "TextPositionSelector",
        "start": target.position.start,
        "end": target.position.end,
    }
    selectors: list[Json] = [quote, position]
    if target.page_number:
        page = f"page={target.page_number}"
        selectors.append({"type": "FragmentSelector", "conformsTo": PAGES, "value": page})
    source: dict[str, object] = {"id": article_name(article), "type": "Text"}
    if target.pages:
        source[PAGE] = target.pages
    if article.title:
        source["dcterms:title"] = article.title
    if article.known_doi:
        source["dcterms:identifier"] = f"doi:{article.known_doi}"
    if article.language:
        source["language"] = article.language
    return {
        "type": "SpecificResource",
        "source": source,
        "selector": selectors,
        "renderedVia": {
            "id": f"urn:annotator:text:{percent_encoded(target.revision or 'unknown', safe='')}",
            "type": "Software",
            "name": "annotator",
        },
    }


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _members(values: Json) -> str:
    """Return the members of an object that goes on, each on its line."""
    return "".join(f"{encoded(key)}: {encoded(value)},\n" for key, value in values.items())
