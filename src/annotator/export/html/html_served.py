"""The pages of a library for a browser: what a page of HTML has, without a script, with addresses.

The pages lead to each other, and load nothing but the style sheet at `STYLE`.
"""

from collections.abc import Container, Iterator, Sequence

from msgspec import Struct

from annotator.export.collection import Collection
from annotator.export.filenames import block_id
from annotator.export.html.html_marks import Legend, NumberedMark, claims_of
from annotator.export.html.html_markup import environment, own_file
from annotator.export.html.html_page import write_page
from annotator.model import Annotation, ArticleRecord

LIBRARY, CLAIMS, ARTICLE, STYLE = "/", "/claims", "/article/", "/style.css"
ROWS = 50  # of a list, on a page


class ServedList(Struct, frozen=True):
    """Where a list is in its pages, and what it is narrowed by; or the `problem` of the query."""

    path: str
    unit: str
    query: str = ""
    number: int = 1
    total: int = 0
    problem: str = ""

    @property
    def pages(self) -> int:
        """The number of its pages, of which there is always one."""
        return max(1, -(-self.total // ROWS))

    @property
    def first(self) -> int:
        """The place of the first row on its page, in the whole list."""
        return (self.number - 1) * ROWS


class LibraryRow(Struct, frozen=True):
    """An article in the list of a library, and the number of its marks."""

    record: ArticleRecord
    marks: int


def write_library(rows: Sequence[LibraryRow], listing: ServedList) -> str:
    """Return the page with a part of the articles."""
    template = environment().get_template("library.html")
    return template.render(title="Library", rows=rows, listing=listing)


def write_article(collection: Collection) -> Iterator[str]:
    """Yield the page of an article with its marks, whose links lead to marks of others too."""
    return write_page(collection, template="served.html", address_of=_address)


def write_claims(
    collection: Collection, listing: ServedList, shown: Container[str]
) -> Iterator[str]:
    """Yield the page with the claims whose ids are `shown`, and what supports and opposes them."""
    legend = Legend(collection.kinds, collection.tag_colours)
    articles = [
        (article, [NumberedMark(placed, 0, legend) for placed in article.marks])
        for article in collection.articles
    ]
    addresses = {
        mark.annotation.id: _address(mark.annotation) for _, marks in articles for mark in marks
    }
    claims = claims_of(articles, shown)
    template = environment().get_template("claims.html")
    yield template.render(title="Claims", claims=claims, listing=listing, on_page=addresses)


def write_message(title: str, sentence: str) -> str:
    """Return a page that says why there is no other."""
    return environment().get_template("message.html").render(title=title, sentence=sentence)


def write_style(collection: Collection) -> str:
    """Return the style sheet of all pages, with the colours of kinds and tags."""
    legend = Legend(collection.kinds, collection.tag_colours)
    return own_file("page.css") + own_file("served.css") + legend.style()


def _address(mark: Annotation) -> str:
    return f"{ARTICLE}{mark.article_id}#{block_id(mark.id)}"
