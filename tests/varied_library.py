"""A small library with everything that an export can have to write, the same on every machine."""

from collections.abc import Sequence

from msgspec.structs import replace

from annotator.model import Annotation, Article, Block, Claim, Extraction, Link, Mark, Span
from annotator.store import TAG_COLOURS, Library
from annotator.usecases.queries.saved_queries import save_query
from builders import MOMENT, make_annotation, make_article, make_extraction, make_page

TEXT = """# The grid

Coal made =2 thirds of the power, "as late as" 1990; it makes *little* now.

- The price of gas, which doubled, is blamed.
- 電気料金は上がった。

> Nobody — not even the operator’s own staff — expects that [it] will fall 🙂 again.

```python
if price > 1:  # `it`
    sell("<b>")
```

Prices rose by a tenth last year, and wages did not follow them for two more years.
"""
NOW, BEFORE = "and wages did not follow them", "but the wages did not follow"
NOTE = """* Mine, with <b>HTML</b> and [a link](https://n.example/)

- and a list

~~~
<!-- annotator:end 01aa --> in code that is left open"""
CLAIM = Claim(
    statement="Coal was\nmost of it.",
    speaker="Ann Lee, “the *operator*”",
    said_on="2026-03",
    type="statistic",
    status="disputed",
    confidence="low",
    verdict="=1+1 is not\n\nan answer; \\n neither",
)
LINKS = (
    Link("supports", "01ab", "the same\nsurvey"),
    Link("opposes", "01ba", "in | part"),
    Link("informs", "https://example.org/other?a=1&b=2"),
    Link("source-of", "https://example.org/page", "a page", is_reversed=True),
    Link("same-as", "01zz"),
)


def fill(library: Library) -> None:
    """Put articles with varied marks into a library."""
    grid, marks = _grid()
    _store(library, make_extraction(grid, access="paywalled", evidence=["a wall"]), marks)
    library.article(grid.id).update(
        lambda record: replace(record, tags=("town/roads", "2026", "a b"), state="read")
    )
    for article, found in (_letters(), _right_to_left()):
        _store(library, make_extraction(article), found)
    empty = make_article("Nothing is marked here.", url="https://c.example/", title="Unmarked")
    _store(library, make_extraction(empty, access="partial"), ())
    library.catalog.put(TAG_COLOURS, {"energy": "#5fb36a"}, now=MOMENT)
    save_query(library, "To check", "kind:claim status:open", now=MOMENT)


def _store(library: Library, extraction: Extraction, marks: Sequence[Annotation]) -> None:
    library.store(extraction, make_page(url=extraction.article.url), now=MOMENT)
    library.put(marks)


def _grid() -> tuple[Article, Sequence[Annotation]]:
    """Return an article with marks of every sort: linked, changed, lost, and across blocks."""
    article = make_article(
        TEXT,
        title='What? A [grid]: *why* "now"',
        url="https://www.example.org/grid/1?q=a",
        byline=("Ann Lee", "Bo_Chan"),
        site_name="The *Post*",
        published="2026-03-01T10:00:00Z",
        language="en-GB",
        excerpt="About the grid:\nwhat it costs.",
    )
    chart = Block("image", "Sales of 1990", source="https://e.example/c.png", alternative="A chart")
    tex = Block("paragraph", "Then $x_1 < 2$ holds.", marks=(Mark("formula", Span(5, 14)),))
    rows = Block("table", "Year\tShare\n1990\t66 | 67", header_rows=1)
    article = replace(article, blocks=(*article.blocks, chart, tex, rows))
    blocks = tuple(replace(block, text=block.text.replace(NOW, BEFORE)) for block in article.blocks)
    older = replace(article, blocks=blocks)
    gone = replace(article, blocks=make_article("It said nothing of ships and harbours.").blocks)

    def mark(words: str, name: str, on: Article = article, **fields: object) -> Annotation:
        return make_annotation(on, words, id=name, **fields)

    return article, (
        mark(
            'Coal made =2 thirds of the power, "as late as" 1990',
            "01aa",
            tags=("energy/grid", "コール", "a+b", "12"),
            note=NOTE,
            claim=CLAIM,
            links=LINKS,
        ),
        mark("=2 thirds", "01ab", kind="question", note="'=quoted\n"),
        mark("is blamed.\n電気料金", "01ac", kind="evidence", links=(Link("supports", "01aa"),)),
        mark("expects that [it] will fall 🙂", "01ad", kind="own *kind*", tags=("Energy",)),
        mark('sell("<b>")', "01ae", kind="", claim=Claim()),
        mark(
            f"last year, {BEFORE} for two",
            "01af",
            on=older,
            kind="claim",
            claim=Claim(status="refuted"),
        ),
        mark("nothing of ships", "01ag", on=gone, kind="highlight", note="Where\nis it?"),
        mark("Sales of 1990\n\nThen $x_1 < 2$", "01ah", kind="definition"),
        mark("1990\t66 | 67", "01ai", kind="highlight", links=(Link("opposes", "01ab"),)),
    )


def _letters() -> tuple[Article, Sequence[Annotation]]:
    """Return a file without a title, with a mark that is linked in both directions."""
    article = make_article("Dear all,\n\nthe price is a fact.", title="", url="file:///letters.txt")
    marks = make_annotation(article, "price is a fact", id="01ba", links=(Link("same-as", "01aa"),))
    return article, (marks,)


def _right_to_left() -> tuple[Article, Sequence[Annotation]]:
    """Return an article in Arabic, with one mark and the name of a company for its author."""
    article = make_article(
        "ارتفعت الأسعار في العام الماضي.\n\nلم ترتفع الأجور.",
        title="Prices, in Arabic",
        url="https://b.example/ar",
        language="ar",
        byline=("The Example Agency",),
    )
    mark = make_annotation(article, "لم ترتفع", id="01ca", kind="claim", tags=("أسعار",))
    return article, (mark,)
