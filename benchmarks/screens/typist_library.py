"""The library that the typist reads in: articles of every kind of block, with linked marks."""

import html
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from annotator.anchoring import describe
from annotator.extract import extract
from annotator.model import Annotation, Article, Claim, Link, Page, Span
from annotator.model.identity import id_of_url
from annotator.store import Library, new_id

NOW = datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC)
ARTICLES, MARKS, PARAGRAPHS = 8, 9, 12  # articles, and marks and paragraphs in each
_KINDS = ("claim", "evidence", "question", "definition", "highlight")
_VERDICTS = ("", "true", "false", "mixed")
_LINKED = range(4)  # the first marks of an article, which lead to another
_CHANGED = 3  # every third article has a later text, in which some marks have to be looked for
_CODE = "def sum(values):\n    return values[0] + sum(values[1:])  # " + "long " * 40
_AFTER = {  # paragraphs by number
    2: "<p>You have 3 free articles left this month.</p>",
    3: "<h3>Another part</h3><blockquote><p>It is what it is, they said.</p></blockquote>",
    6: f"<pre><code>{html.escape(_CODE)}</code></pre><ul><li>One point<li>Another point</ul>",
    7: "<p>More of it is <a href='https://example.org/articles/1'>in the other story</a>.</p>",
    9: "<table><tr><th>Year<th>Costs<tr><td>2010<td>1<tr><td>2011<td>2</table>",
}
_END = "<p>最后一段是中文。费用下降了百分之九。</p><p>والنهاية هنا.</p>"


def write_library(data: Path, state: Path) -> list[str]:
    """Make the library, and return the ids of its articles."""
    with Library.open(data, state=state) as library:
        ids, before = [], ""
        for number in range(ARTICLES):
            article = _store(library, number)
            marks = [*_marks(article, before)]
            before = marks[0].id
            library.put(marks)
            if not number % _CHANGED:
                _store(library, number, edition=1)
            ids.append(article.id)
    return ids


def _store(library: Library, number: int, *, edition: int = 0) -> Article:
    url = f"https://example.org/articles/{number}"
    now = NOW + timedelta(days=edition, hours=number)
    page = Page(url, _page(number, edition), fetched_at=now)
    extraction = extract(page)
    article = replace(extraction.article, id=id_of_url(url), url=url)
    library.store(replace(extraction, article=article), page, now=now)
    return article


def _page(number: int, edition: int) -> str:
    parts = []
    for at in range(PARAGRAPHS):
        is_changed = edition and at % 4 == 1
        words = "Somebody wrote this again." if is_changed else f"Costs fell by {at} percent."
        said = f"The mayor of town {number} said so in the summer of {2010 + at}, in the town hall."
        parts.append(f"<p>{words} {said}</p>{_AFTER.get(at, '')}")
    title = f"The story of bridge {number}"
    body = f"<h1>{title}</h1><h2>Part one</h2>{''.join(parts)}{_END}"
    return f"<html lang=en><title>{title}</title><article>{body}</article></html>"


def _marks(article: Article, other: str) -> Iterator[Annotation]:
    for at in range(MARKS):
        start = article.text.index(f"Costs fell by {at} percent")
        target = describe(
            article.text, Span(start, start + 22).trimmed(article.text), revision=article.revision
        )
        claim = Claim(speaker=f"Mayor {at % 3}", verdict=_VERDICTS[at % 4]) if at % 2 == 0 else None
        yield Annotation(
            new_id(),
            article.id,
            target,
            _KINDS[at % len(_KINDS)] if claim is None else "claim",
            ("costs", f"town/{at % 4}")[: at % 3],
            "A note on it." if at % 3 == 0 else "",
            claim,
            (Link("supports" if at % 2 else "opposes", other),) if other and at in _LINKED else (),
            NOW,
            NOW,
        )
