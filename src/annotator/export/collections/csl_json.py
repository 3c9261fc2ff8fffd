"""The sources as CSL JSON, which Zotero, pandoc and other citation programs read.

See https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from annotator.export.citation import Author, Reference, ReferenceType, reference_of
from annotator.export.collection import Collection
from annotator.export.exporters import Exporter

TYPES: Final[Mapping[ReferenceType, str]] = {
    "newspaper": "article-newspaper",
    "magazine": "article-magazine",
    "blog": "post-weblog",
    "encyclopedia": "entry-encyclopedia",
    "webpage": "webpage",
    "document": "document",
}

_MARKUP = re.compile(r"<(?=/?(?:i|b|sc|su[bp]|span)\b)", re.IGNORECASE)
_UNBREAKABLE = "<\u2060"  # a word joiner, which is not seen: CSL has no escape for a bracket


def write_csl_json(collection: Collection) -> Iterator[str]:
    """Yield a list with an item for each article."""
    ids: set[str] = set()
    gap = "[\n"
    for article in collection.articles:
        reference = reference_of(article.record)
        identity = (
            reference.key if reference.key not in ids else f"{reference.key}-{article.record.id}"
        )
        ids.add(identity)
        yield gap + json.dumps(_item(identity, reference), ensure_ascii=False, indent=2)
        gap = ",\n"
    yield "[]\n" if gap == "[\n" else "\n]\n"


def _item(identity: str, reference: Reference) -> Mapping[str, object]:
    values: Mapping[str, object] = {
        "id": identity,
        "type": TYPES[reference.type],
        "title": _plain(reference.title),
        "author": [_name(author) for author in reference.authors],
        "container-title": _plain(reference.site),
        "URL": reference.url,
        "issued": _date(reference.issued),
        "accessed": _date(reference.accessed) if reference.url else None,
        "language": reference.language,
        "abstract": _plain(reference.abstract),
        "keyword": ", ".join(reference.tags),
    }
    return {name: value for name, value in values.items() if value}


def _name(author: Author) -> Mapping[str, str]:
    if author.literal:
        return {"literal": _plain(author.literal)}
    parts = {
        "family": author.family,
        "given": author.given,
        "non-dropping-particle": author.particle,
        "suffix": author.suffix,
    }
    return {name: _plain(value) for name, value in parts.items() if value}


def _date(parts: tuple[int, ...]) -> Mapping[str, object] | None:
    return {"date-parts": [list(parts)]} if parts else None


def _plain(text: str) -> str:
    """Return text without the tags that citation programs take for bold or italic."""
    return _MARKUP.sub(_UNBREAKABLE, text)


CSL_JSON = Exporter(
    name="csl-json", suffix=".json", write_collection=write_csl_json, unit="articles"
)
