"""The pages of a library that a browser asks for: lists, and articles as `html_page` writes them.

They have no script, link to each other, and load nothing but the style sheet at `STYLE`.
"""

from collections.abc import Container, Iterator

from annotator.export.collection import Collection
from annotator.export.filenames import block_id
from annotator.export.html.html_marks import Legend, NumberedMark, claims_of
from annotator.export.html.html_markup import environment, own_file
from annotator.export.html.html_page import write_page
from annotator.model import Annotation

ARTICLE, STYLE = "/article/", "/style.css"


def write_served(template: str, **values: object) -> str:
    """Return the page that a template makes of values."""
    return environment().get_template(template).render(values)


def write_article(collection: Collection) -> Iterator[str]:
    """Yield the page of an article with its marks, whose links lead to marks of others too."""
    return write_page(collection, template="served.html", address_of=_address)


def write_claims(collection: Collection, listing: object, shown: Container[str]) -> Iterator[str]:
    """Yield the page with the claims whose ids are `shown`, and what supports and opposes them."""
    legend = Legend(collection.kinds, collection.tag_colours)
    articles = [
        (article, [NumberedMark(placed, 0, legend) for placed in article.marks])
        for article in collection.articles
    ]
    marks = [mark.annotation for _, marks in articles for mark in marks]
    yield write_served(
        "claims.html",
        listing=listing,
        claims=claims_of(articles, shown),
        on_page={mark.id: _address(mark) for mark in marks},
    )


def write_style(collection: Collection) -> str:
    """Return the style sheet of all pages, with the colours of kinds and tags."""
    legend = Legend(collection.kinds, collection.tag_colours)
    return own_file("page.css") + own_file("served.css") + legend.style()


def _address(mark: Annotation) -> str:
    return f"{ARTICLE}{mark.article_id}#{block_id(mark.id)}"
