"""The lines that a site prints in each of its articles, as the library knows them."""

from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

from annotator import model
from annotator.errors import DamagedFile, NotInLibrary
from annotator.model import Extraction
from annotator.model.overrides import name_of
from annotator.store import Library, questions

MOST_ARTICLES = 6  # of a site, newest first; what it prints changes with time
LONGEST = 340  # characters of such a line


def site_lines(library: Library, url: str, article_id: str = "") -> tuple[str, ...]:
    """Return the names of the short lines of other articles of a site, but not restored ones.

    `article_id` is the article that is cleaned, which does not count.
    """
    host = host_of(url)
    lines: set[str] = set()
    restored: set[str] = set()
    for saved in _of_site(library, host, article_id) if host else ():
        lines.update(
            name_of(block.text)
            for block in saved.article.blocks
            if block.kind == "paragraph" and 0 < len(block.text) <= LONGEST
        )
        restored.update(saved.choices.kept)
    return tuple(sorted(lines - restored))


def _of_site(library: Library, host: str, article_id: str) -> Iterator[Extraction]:
    records = library.ask(questions.articles.find_articles(model.query.Field("site", host)))
    others = [one for one in records if one.id != article_id and host_of(one.url) == host]
    for record in sorted(others, key=lambda record: record.added, reverse=True)[:MOST_ARTICLES]:
        with suppress(DamagedFile, NotInLibrary):
            yield library.article(record.id).extraction(record.revision)


def host_of(url: str) -> str:
    """Return the host by which a site is known; empty for what is not of the web."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
