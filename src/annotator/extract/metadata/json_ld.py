"""Facts in JSON-LD, in the vocabulary of schema.org."""

import json
import re
from collections.abc import Iterator

from annotator.extract.dom.elements import Element, attribute, words
from annotator.extract.dom.link_targets import absolute
from annotator.extract.dom.mojibake import plain, plain_title
from annotator.extract.metadata.dates import first_date
from annotator.extract.metadata.facts import MAX_EXCERPT, Facts
from annotator.extract.metadata.people import agencies, names
from annotator.model.data_file import wordings
from annotator.model.identity import doi_in

MAX_SCRIPT = 2_000_000  # characters of one script
MAX_NODES = 20_000  # objects of one page
MAX_PARTS, MAX_SELECTORS = 10, 5  # of an article, and of each part
LONGEST_SELECTOR = 200

_WORDINGS = wordings(__package__, "wordings.toml")
ARTICLE_TYPE = re.compile(_WORDINGS["article-types"], re.IGNORECASE)
_WRAPPER = re.compile(_WORDINGS["script-wrapper"])

_TELLING = words("headline articleBody author datePublished mainEntityOfPage isAccessibleForFree")
# Properties whose objects are posts of others, such as buyers, and not the article.
_OF_OTHERS = words("liveBlogUpdate comment review reviews")

Node = dict[str, object]


def read_json_ld(root: Element, base: str) -> Facts:
    """Return the facts in the JSON-LD of a page."""
    nodes = list(_nodes(root))
    articles = [node for node in nodes if any(map(ARTICLE_TYPE.search, _types(node)))]
    if not articles:
        return Facts(
            site_name=_site(nodes), kinds=frozenset(kind for node in nodes for kind in _types(node))
        )
    # The object that says most about an article: a teaser says little.
    article = max(articles, key=lambda node: len(_TELLING.intersection(node)))
    return _facts(article, nodes, base)


def _facts(article: Node, nodes: list[Node], base: str) -> Facts:
    by_id = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    site = _site(nodes)
    publisher = _resolved(article.get("publisher"), by_id)
    language = plain(_name(article.get("inLanguage")), limit=35)
    authors = _resolved(article.get("author") or article.get("creator"), by_id)
    # Any part that is not free decides, such as the text behind a teaser.
    flags = [_flag(node) for node in (article, *_parts(article))]
    typed = [plain(_name(author)) for author in authors if _is_organisation(author)]
    return Facts(
        title=plain_title(article.get("headline") or article.get("name")),
        byline=names(
            (_name(author) for author in authors if not _is_organisation(author)), site=site
        ),
        organisations=tuple(dict.fromkeys((*agencies(map(_name, authors)), *filter(None, typed)))),
        site_name=site or next((name for item in publisher if (name := plain(_name(item)))), ""),
        published=first_date(
            [article.get("datePublished"), article.get("dateCreated")], language=language
        ),
        modified=first_date([article.get("dateModified")], language=language),
        language=language,
        excerpt=plain(article.get("description"), limit=MAX_EXCERPT),
        lead_image=_image(_resolved(article.get("image"), by_id), base),
        doi=next(filter(None, map(doi_in, _identifiers(article))), ""),
        is_free=False if "false" in flags else True if "true" in flags else None,
        paid_parts=tuple(_paid_parts(article)),
        kinds=frozenset(_types(article)),
        updates=len(updates) if isinstance(updates := article.get("liveBlogUpdate"), list) else 0,
        body=body if isinstance(body := article.get("articleBody"), str) else "",
    )


def _nodes(root: Element) -> Iterator[Node]:
    """Yield the objects of all scripts in order of appearance, without recursion."""
    count = 0
    for script in root.iter("script"):
        if "ld+json" not in attribute(script, "type").lower():
            continue
        waiting = [_parsed(script.text or "")]
        while waiting and count < MAX_NODES:
            value = waiting.pop()
            if isinstance(value, dict):
                count += 1
                yield value
                inner = [item for key, item in value.items() if key not in _OF_OTHERS]
                waiting.extend(reversed(inner))
            elif isinstance(value, list):
                waiting.extend(reversed(value))


def _parsed(text: str) -> object:
    try:
        return json.loads(_WRAPPER.sub("", text[:MAX_SCRIPT]), strict=False)
    except (ValueError, RecursionError):
        return None


def _types(node: Node) -> list[str]:
    kinds = node.get("@type")
    return [
        kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)
    ]


def _resolved(value: object, by_id: dict[str, Node]) -> list[object]:
    """Return the objects in a value, directly or by reference."""
    values = value if isinstance(value, list) else [value]
    return [
        by_id.get(str(item.get("@id")), item) if isinstance(item, dict) else item for item in values
    ]


def _name(value: object) -> object:
    if isinstance(value, dict):
        return value.get("name") or value.get("alternateName")
    return value[0] if isinstance(value, list) and value else value


def _is_organisation(value: object) -> bool:
    kinds = _types(value) if isinstance(value, dict) else ()
    return any("Organization" in kind for kind in kinds)


def _site(nodes: list[Node]) -> str:
    sites = (node for node in nodes if "WebSite" in _types(node))
    return next((name for node in sites if (name := plain(node.get("name")))), "")


def _image(values: list[object], base: str) -> str:
    for value in values:
        address = value.get("url") or value.get("contentUrl") if isinstance(value, dict) else value
        if isinstance(address, list):
            address = next(iter(address), None)
        if isinstance(address, str) and (url := absolute(address, base)):
            return url
    return ""


def _identifiers(article: Node) -> Iterator[str]:
    """Yield what an article is called elsewhere, such as `{"propertyID": "doi", "value": …}`."""
    for name in ("identifier", "sameAs", "@id"):
        said = article.get(name)
        for value in said if isinstance(said, list) else [said]:
            text = value.get("value") or value.get("@id") if isinstance(value, dict) else value
            if isinstance(text, str):
                yield text


def _paid_parts(article: Node) -> Iterator[str]:
    """Yield the CSS selectors of the parts of an article that are not free."""
    for part in _parts(article):
        named = part.get("cssSelector")
        selectors = named if isinstance(named, list) else [named]
        if _flag(part) == "false":
            yield from (
                selector
                for selector in selectors[:MAX_SELECTORS]
                if isinstance(selector, str) and len(selector) <= LONGEST_SELECTOR
            )


def _parts(article: Node) -> list[Node]:
    parts = article.get("hasPart")
    pieces = parts if isinstance(parts, list) else [parts]
    return [part for part in pieces[:MAX_PARTS] if isinstance(part, dict)]


def _flag(node: Node) -> str:
    """Return whether an object is free as `true` or `false`, empty if it does not say."""
    value = node.get("isAccessibleForFree")
    return "" if value is None else str(value).strip().lower().rsplit("/", 1)[-1]
