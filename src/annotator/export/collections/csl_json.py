"""The sources as CSL JSON, which Zotero, pandoc and other citation programs read.

See https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from annotator.export.citation import Author, Source, SourceType, source_of
from annotator.export.collection import Collection
from annotator.export.exporters import Exporter

TYPES: Final[Mapping[SourceType, str]] = {
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
        source = source_of(article.record)
        identity = source.key if source.key not in ids else f"{source.key}-{article.record.id}"
        ids.add(identity)
        yield gap + json.dumps(_item(identity, source), ensure_ascii=False, indent=2)
        gap = ",\n"
    yield "[]\n" if gap == "[\n" else "\n]\n"


def _item(identity: str, source: Source) -> Mapping[str, object]:
    values: Mapping[str, object] = {
        "id": identity,
        "type": TYPES[source.type],
        "title": _plain(source.title),
        "author": [_name(each) for each in source.authors],
        "container-title": _plain(source.site),
        "URL": source.url,
        "issued": _date(source.issued),
        "accessed": _date(source.accessed) if source.url else None,
        "language": source.language,
        "abstract": _plain(source.abstract),
        "keyword": ", ".join(source.tags),
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
