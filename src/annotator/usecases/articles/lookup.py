"""Finding articles in the library, and changing the state of one."""

from __future__ import annotations

from contextlib import suppress
from string import hexdigits
from typing import TYPE_CHECKING

from annotator.errors import AmbiguousId, InvalidInput, NotInLibrary
from annotator.model.identity import doi_in, id_of_url, is_web_address
from annotator.model.query import Field
from annotator.store import questions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.model import Annotation, ArticleRecord
    from annotator.model.query import Query
    from annotator.store import Library

    Target = ArticleRecord | Annotation

_OF_ULIDS = frozenset("0123456789abcdefghjkmnpqrstvwxyz")
_LEAST, _LONGEST = 4, 26
_MARK_SIGN = "#"  # between the two ids of a mark's address, as in the address of a web page


def articles(library: Library, query: Query | None = None) -> tuple[ArticleRecord, ...]:
    """Return the records of matching articles, or of all, newest first."""
    return library.ask(questions.articles.find_articles(query))


def article_lines(library: Library, query: Query | None = None) -> tuple[str, ...]:
    """Return matching articles, or all, as lines of fields, newest first."""
    return library.ask(questions.articles.article_lines(query))


def progress(library: Library) -> Mapping[str, float]:
    """Return the share that was read of each article that was opened, 0 to 1, by its id.

    It is the furthest point reached, not the place where the article was left last.
    """
    return {key: position.reached for key, position in library.positions.all().items()}


def find_article(library: Library, source: str) -> str:
    """Return the id of the article with an id, a unique prefix of one, a URL or a DOI.

    The address or the id of a mark stands for its article.
    """
    if is_mark_id(source):
        return library.annotation(source).article_id
    doi = doi_in(source)
    if not is_web_address(source) and not doi:
        return library.resolve(source.strip().lower().partition(_MARK_SIGN)[0])
    saved = article_from(library, source)
    if saved is None and doi:
        same = [record.id for record in with_doi(library, doi)]
        if same[1:]:
            raise AmbiguousId.of(doi, same)
        saved = next(iter(same), None)
    if saved is None:
        raise NotInLibrary(f"{source} is not in the library.", "Add it with: annotator add URL")
    return saved


def find_target(library: Library, source: str) -> Target:
    """Return the article or mark with an id, a unique prefix of one, or an address.

    Raises `NotInLibrary` if there is neither, `AmbiguousId` if there are both.
    """
    if is_web_address(source) or doi_in(source):
        return library.article(find_article(library, source)).record()
    if is_mark_address(source):
        return find_mark(library, source)
    prefix = source.strip().lower()
    article_id = annotation = None
    with suppress(NotInLibrary):
        article_id = library.resolve(prefix)
    with suppress(NotInLibrary):
        annotation = library.annotation(prefix)
    if article_id and annotation:
        raise AmbiguousId(f"“{source}” matches an article and a mark.", "Type more of the id.")
    if annotation:
        return annotation
    if article_id:
        return library.article(article_id).record()
    raise NotInLibrary(
        f"No article or mark “{source}” in the library.",
        "`annotator list` and `annotator notes` show the ids.",
    )


def mark_address(article_id: str, mark_id: str) -> str:
    """Return the address of a mark, by which `annotator read` opens its article there."""
    return f"{article_id}{_MARK_SIGN}{mark_id}"


def is_mark_address(source: str) -> bool:
    """Return whether `source` is written like the address of a mark, `ARTICLE#MARK`."""
    article, sign, _ = source.strip().partition(_MARK_SIGN)
    return bool(sign and article) and not article.strip(hexdigits)


def may_be_mark(source: str) -> bool:
    """Return whether `source` may be the id of a mark, or its first characters.

    They are ULIDs, which begin with 0 until the year 3084. Shorter words are only words.
    """
    is_long = _LEAST <= len(source) <= _LONGEST
    return is_long and source.startswith("0") and _OF_ULIDS.issuperset(source.lower())


def is_mark_id(source: str) -> bool:
    """Return whether `source` may be the id of a mark, and of no article."""
    return may_be_mark(source) and bool(source.strip(hexdigits))


def find_mark(library: Library, address: str) -> Annotation:
    """Return the mark at an address, or with an id; unique prefixes of ids will do.

    Raises `NotInLibrary` if the article or the mark is missing, `AmbiguousId` if a prefix is
    one of several.
    """
    if is_mark_id(address):
        return library.annotation(address)
    article, _, mark = address.strip().lower().partition(_MARK_SIGN)
    article_id = library.resolve(article)
    matching = [
        annotation
        for annotation in library.article(article_id).annotations()
        if annotation.id.startswith(mark)
    ]
    if len(matching) == 1:
        return matching[0]
    title = library.article(article_id).record().title or article_id
    shows = f"`annotator notes {article}` shows the ids of its marks."
    if not mark:
        raise InvalidInput(f"{address.strip()} lacks the id of a mark.", shows)
    if matching:
        raise AmbiguousId.of(mark, (annotation.id for annotation in matching))
    raise NotInLibrary(f"No mark “{mark}” in “{title}”.", shows)


def with_doi(library: Library, doi: str, *, but: str = "") -> tuple[ArticleRecord, ...]:
    """Return the articles that have a DOI, without the one with the id `but`."""
    wanted = doi.lower()
    begun = articles(library, Field("doi", doi)) if doi else ()  # a longer one may begin so
    return tuple(
        record for record in begun if record.known_doi.lower() == wanted and record.id != but
    )


def article_from(library: Library, url: str) -> str | None:
    """Return the id of the article saved from `url`, or `None`."""
    with suppress(NotInLibrary):
        return library.article(id_of_url(url)).record().id
    return None
