"""Articles with their marks as one HTML page that loads nothing and works from the disk.

A page is written from the blocks of its articles, never from the original HTML. Images are
links, since a fetched image tells its server who reads what. The only script and the only
style sheet are those of this folder, and the policy of the page allows them by their digests.

A page is kept in memory while it is written, without the values that it is made of.
"""

import hashlib
import re
import unicodedata
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, groupby, islice
from operator import itemgetter
from pkgutil import get_data

from msgspec.structs import replace

from annotator.export.collection import CollectedArticle, Collection
from annotator.export.exporters import Exporter
from annotator.export.html.html_blocks import BlockWriter, escaped, link
from annotator.export.html.html_digest import PageArticle, write_claims, write_contents
from annotator.export.html.html_filters import write_bar
from annotator.export.html.html_notes import Legend, NoteWriter, NumberedMark
from annotator.model import (
    Anchored,
    AnchoredMark,
    Article,
    ArticleRecord,
    Completeness,
    Extraction,
)
from annotator.model.labels import ACCESS, count, long_date

SAMPLE = 2000  # characters that decide the direction of a text
FEWEST_FOLDED = 2  # blocks without marks that are folded on a page of several articles

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def render_page(article: Article) -> str:
    """Return an HTML page of an article without marks."""
    record = ArticleRecord(article.id, article.url, article.title)
    extraction = Extraction(article, (), Completeness("full"))
    collected = CollectedArticle(record=record, extraction=extraction)
    return "".join(write_page(Collection(articles=[collected])))


def write_page(collection: Collection) -> Iterator[str]:
    """Yield an HTML page: an article with its marks, or several with their claims above them."""
    found = iter(collection.articles)
    first = list(islice(found, 2))
    legend = Legend(collection.kinds, collection.tag_colours)
    is_alone = len(first) == 1 and not collection.title
    articles = tuple(_prepared(chain(first, found), legend, is_alone=is_alone))
    title = articles[0].title if is_alone and articles else ""
    title = title or collection.title or collection.query or "Marks"
    yield _beginning(title, legend)
    yield write_bar([mark for each in articles for mark in each.marks])
    yield '<main id="main" tabindex="-1">\n'
    if not is_alone or not articles:
        yield _overview(title, articles, legend)
    on_page = frozenset(mark.annotation.id for each in articles for mark in each.marks)
    for each in articles:
        yield _article(each, NoteWriter(each.collected, on_page, legend, each.wording))
    yield "</main>\n</body>\n</html>\n"


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
            NumberedMark(
                placed,
                numbered + number,
                legend.css_class(placed.annotation.kind),
                _now(placed, article),
            )
            for number, placed in enumerate(collected.marks, start=1)
        ]
        numbered += len(marks)
        in_text = [found for mark in marks if (found := mark.in_text())]
        if is_alone:
            text = BlockWriter(article, in_text).write()
        else:
            text = _with_folds(
                BlockWriter(article, in_text, prefix=f"s{place}-", highest=3), article
            )
        yield PageArticle(
            section=f"s{place}",
            title=article.title or "Untitled",
            collected=replace(collected, extraction=None),
            marks=marks,
            header=_header(collected, collected.extraction, level=1 if is_alone else 2),
            text=text,
            wording=_wording(article),
        )


def _now(placed: AnchoredMark, article: Article) -> str:
    """Return what a passage says now, if its words have changed."""
    place = placed.place
    is_changed = isinstance(place, Anchored) and place.fit == "changed"
    return place.span.of(article.text) if isinstance(place, Anchored) and is_changed else ""


def _with_folds(writer: BlockWriter, article: Article) -> str:
    """Return the blocks with those folded that are far from marks."""
    parts: list[str] = []
    for is_shown, run in groupby(_shown(writer, article), key=itemgetter(1)):
        indices = [index for index, _ in run]
        written = writer.write(indices[0], indices[-1] + 1)
        if not is_shown:
            words = f"{count(len(indices), 'paragraph')} without marks"
            written = (
                f'<details class="fold"><summary lang="en" dir="ltr">{words}</summary>\n'
                f"{written}\n</details>"
            )
        parts.append(written)
    return "\n".join(parts)


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


def _article(of: PageArticle, notes: NoteWriter) -> str:
    """Return an article with its notes beside it, and below it those that lost their place."""
    beside = [notes.write(mark) for mark in of.marks if mark.placed.span is not None]
    lost = [notes.write(mark) for mark in of.marks if mark.placed.span is None]
    return (
        f'<article class="article" id="{of.section}">\n'
        f'<div class="spread">\n<div class="text"{of.wording}>\n{of.header}\n{of.text}\n</div>\n'
        f"{_notes('notes', 'Notes', of, beside)}</div>\n"
        f"{_notes('lost', 'Not found in the text', of, lost)}</article>\n"
    )


def _notes(css_class: str, heading: str, of: PageArticle, items: Sequence[str]) -> str:
    if not items:
        return ""
    title = "" if of.section == "s1" else f": {escaped(of.title)}"
    inside = "\n".join(items)
    return (
        f'<section class="{css_class}" aria-label="{heading}{title}">\n'
        f'<h3 class="of-notes">{heading}</h3>\n<ol class="plain">\n{inside}\n</ol>\n</section>\n'
    )


def _overview(title: str, articles: Sequence[PageArticle], legend: Legend) -> str:
    marks = sum(len(each.marks) for each in articles)
    extent = f"{count(marks, 'mark')} in {count(len(articles), 'article')}"
    claims = write_claims(articles, legend)
    contents = write_contents(articles) if articles else ""
    return (
        f'<header class="overview">\n<h1 dir="auto">{escaped(title)}</h1>\n'
        f'<p class="soft">{extent}</p>\n</header>\n{contents}\n{claims}\n'
    )


def _beginning(title: str, legend: Legend) -> str:
    style = f"\n{_own('page.css')}{legend.style()}"
    script = f"\n{_own('page.js')}"
    policy = (
        f"default-src 'none'; style-src 'sha256-{_digest(style)}'; "
        f"script-src 'sha256-{_digest(script)}'; base-uri 'none'; form-action 'none'"
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="annotator">
<meta name="color-scheme" content="light dark">
<title>{escaped(title)}</title>
<style>{style}</style>
<script>{script}</script>
</head>
<body>
<a class="skip" href="#main">Skip to the text</a>
"""


@cache
def _own(name: str) -> str:
    """Return a file of this folder."""
    return (get_data(__package__, name) or b"").decode("utf-8").replace("\r\n", "\n")


def _digest(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _wording(article: Article) -> str:
    """Return the attributes of words of an article: their language, if known, and direction."""
    language = article.language if _LANGUAGE.fullmatch(article.language) else ""
    return f' lang="{language}" dir="{_direction(article)}"'


def _direction(article: Article) -> str:
    """Return the direction of most letters: the language that a page gives may be wrong."""
    sample = f"{article.title} {article.text[:SAMPLE]}"
    counts = Counter(unicodedata.bidirectional(character) for character in sample)
    from_right = sum(counts[kind] for kind in _RIGHT_TO_LEFT)
    return "rtl" if from_right > counts["L"] else "ltr"


def _header(collected: CollectedArticle, extraction: Extraction, *, level: int) -> str:
    """Return the title of an article, its source, its tags, and what is missing of it."""
    article = extraction.article
    authors = ", ".join(escaped(author) for author in article.byline)
    url = collected.record.url  # of a saved page the one that it gives for itself
    parts = (link(url, escaped(article.site_name or url)), authors, _time(article.published))
    line = " · ".join(part for part in parts if part)
    names = "".join(f'<li dir="auto">#{escaped(tag)}</li>' for tag in collected.record.tags)
    access = ACCESS[extraction.completeness.access].note
    rows = (
        f"<h{level}>{escaped(article.title) or 'Untitled'}</h{level}>",
        f'<p class="source">{line}</p>' if line else "",
        f'<ul class="tags" lang="en" aria-label="Tags of the article">{names}</ul>'
        if names
        else "",
        f'<p class="access" lang="en" dir="ltr">{access}</p>' if access else "",
    )
    inside = "\n".join(row for row in rows if row)
    return f"<header>\n{inside}\n</header>"


def _time(published: str) -> str:
    """Return a date as an element, with the date itself for programs if it is one."""
    date = published[:10]
    if not date:
        return ""
    shown = escaped(long_date(date))
    machine = f' datetime="{date}"' if _DATE.fullmatch(date) else ""
    return f'<time{machine} dir="ltr">{shown}</time>' if machine else shown


HTML = Exporter(
    name="html",
    suffix=".html",
    render_article=render_page,
    write_collection=write_page,
    unit="marks",
    reads="text",
)
