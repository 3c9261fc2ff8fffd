"""Articles with their marks as one HTML page that loads nothing and works from the disk.

A page is written from the blocks of its articles, never from the original HTML. Images are
links, since a fetched image tells its server who reads what. The only script and the only
style sheet are those of this folder, and the policy of the page allows them by their digests.

A page is kept in memory while it is written, without the values that it is made of.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import NamedTuple

from markupsafe import Markup
from msgspec.structs import replace

from annotator.export.collection import CollectedArticle, Collection
from annotator.export.exporters import Exporter
from annotator.export.html.html_blocks import BlockWriter
from annotator.export.html.html_marks import Legend, NumberedMark, choices_of, claims_of
from annotator.export.html.html_markup import environment, own_file
from annotator.model import (
    Anchored,
    AnchoredMark,
    Annotation,
    Article,
    ArticleRecord,
    Completeness,
    Extraction,
)
from annotator.model.labels import ACCESS, count

PIECES = 200  # of the page that are written at once
SAMPLE = 2000  # characters that decide the direction of a text
FEWEST_FOLDED = 2  # blocks without marks that are folded on a page of several articles

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def render_page(article: Article) -> str:
    """Return an HTML page of an article without marks."""
    record = ArticleRecord(article.id, article.url, article.title)
    extraction = Extraction(article, (), Completeness("full"))
    collected = CollectedArticle(record=record, extraction=extraction)
    return "".join(write_page(Collection(articles=[collected])))


def write_page(
    collection: Collection,
    template: str = "page.html",
    address_of: Callable[[Annotation], str] | None = None,
) -> Iterator[str]:
    """Yield an HTML page: an article with its marks, or several with their claims above them.

    `address_of` returns where a mark that is linked to is shown, if it is not on the page.
    """
    waiting = iter(collection.articles)
    first = list(islice(waiting, 2))
    legend = Legend(collection.kinds, collection.tag_colours)
    is_alone = len(first) == 1 and not collection.title
    articles = tuple(_prepared(chain(first, waiting), legend, is_alone=is_alone))
    is_alone = is_alone and bool(articles)
    title = articles[0].title if is_alone else ""
    marks = [mark for article in articles for mark in article.marks]
    with_marks = [(article.collected, article.marks) for article in articles]
    ends = (end.annotation for collected, _ in with_marks for end in collected.linked.values())
    elsewhere = {mark.id: address_of(mark) for mark in ends} if address_of else {}
    page = (
        environment()
        .get_template(template)
        .stream(
            title=title or collection.title or collection.query or "Marks",
            style=Markup(f"\n{own_file('page.css')}{legend.style()}"),  # noqa: S704 - colours of ours
            script=Markup(f"\n{own_file('page.js')}"),  # noqa: S704 - our own
            choices=choices_of(marks) if marks else (),
            is_alone=is_alone,
            articles=articles,
            claims=() if is_alone else claims_of(with_marks),
            on_page=elsewhere | {mark.annotation.id: f"#{mark.name}" for mark in marks},
        )
    )
    page.enable_buffering(PIECES)
    return page


class PageArticle(NamedTuple):
    """An article of a page: the id of its section, its marks, and its text as HTML.

    `wording` are the attributes of its words. The article has no text any more.
    """

    section: str
    title: str
    byline: Sequence[str]
    site_name: str
    published: str
    access: str
    collected: CollectedArticle
    marks: Sequence[NumberedMark]
    text: Markup
    wording: Markup


def _prepared(
    articles: Iterable[CollectedArticle], legend: Legend, *, is_alone: bool
) -> Iterator[PageArticle]:
    """Yield the articles with their texts written, so that the texts need not be kept."""
    numbered = 0
    for place, collected in enumerate(articles, start=1):
        if collected.extraction is None:
            continue
        article = collected.extraction.article
        marks = [
            NumberedMark(placed, number, legend, changed_words(placed, article))
            for number, placed in enumerate(collected.marks, start=numbered + 1)
        ]
        numbered += len(marks)
        in_text = [passage for mark in marks if (passage := mark.in_text())]
        if is_alone:
            text = BlockWriter(article, in_text).write()
        else:
            text = _with_folds(
                BlockWriter(article, in_text, prefix=f"s{place}-", highest=3), article
            )
        yield PageArticle(
            section=f"s{place}",
            title=article.title or "Untitled",
            byline=article.byline,
            site_name=article.site_name,
            published=article.published,
            access=ACCESS[collected.extraction.completeness.access].note,
            collected=replace(collected, extraction=None),
            marks=marks,
            text=text,
            wording=_wording(article),
        )


def changed_words(placed: AnchoredMark, article: Article) -> str:
    """Return what a passage says now, if its words have changed."""
    place = placed.place
    is_changed = isinstance(place, Anchored) and place.fit == "changed"
    return placed.span.of(article.text) if placed.span and is_changed else ""


def _with_folds(writer: BlockWriter, article: Article) -> Markup:
    """Return the blocks with those folded that are far from marks."""
    parts: list[Markup] = []
    for is_shown, run in groupby(_shown(writer, article), key=itemgetter(1)):
        indices = [index for index, _ in run]
        written = writer.write(indices[0], indices[-1] + 1)
        if not is_shown:
            words = f"{count(len(indices), 'paragraph')} without marks"
            written = Markup(
                '<details class="fold"><summary lang="en" dir="ltr">{}</summary>\n{}\n</details>'
            ).format(words, written)
        parts.append(written)
    return Markup("\n").join(parts)


def _shown(writer: BlockWriter, article: Article) -> Iterator[tuple[int, bool]]:
    """Yield the index of each block, and whether it is shown: it has marks, or a few are near.

    The heading above a mark is shown, and so are blocks that would be no shorter if folded.
    """
    headings = [index for index, block in enumerate(article.blocks) if block.kind == "heading"]
    shown = set(writer.marked)
    for index in writer.marked:
        shown.update([heading for heading in headings if heading < index][-1:])
    for is_shown, run in groupby(range(len(article.blocks)), key=shown.__contains__):
        indices = list(run)
        for index in indices:
            yield index, is_shown or len(indices) < FEWEST_FOLDED


def _wording(article: Article) -> Markup:
    """Return the attributes of words of an article: their language, if known, and direction."""
    language = article.language if _LANGUAGE.fullmatch(article.language) else ""
    return Markup(' lang="{}" dir="{}"').format(language, direction_of(article))


def direction_of(article: Article) -> str:
    """Return the direction of most letters: the language that a page gives may be wrong."""
    sample = f"{article.title} {article.text[:SAMPLE]}"
    counts = Counter(unicodedata.bidirectional(character) for character in sample)
    from_right = sum(counts[kind] for kind in _RIGHT_TO_LEFT)
    return "rtl" if from_right > counts["L"] else "ltr"


HTML = Exporter(
    name="html",
    suffix=".html",
    render_article=render_page,
    write_collection=write_page,
    unit="marks",
    reads="text",
    version="1",
)
