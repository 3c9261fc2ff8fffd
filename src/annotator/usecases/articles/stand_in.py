"""A text of an article from elsewhere, such as a feed, in place of a page that has less of it."""

from typing import Final

from msgspec.structs import replace

from annotator.errors import AnnotatorError, CleaningError
from annotator.model import Extraction, Original, Page
from annotator.usecases.sandbox.clean import clean

FROM_FEED: Final = "The text is from the feed."
_MUCH_MORE: Final = 1.2  # times the words of a page: both count some captions and titles


async def fuller(
    page: Original, extraction: Extraction, instead: Page
) -> tuple[Original, Extraction]:
    """Return the page with its article, or the text from elsewhere if that has more.

    A page that is complete stays, unless it has clearly fewer words.
    """
    try:
        other = await clean(instead)
    except CleaningError:
        return page, extraction
    words = extraction.article.word_count
    is_walled = extraction.completeness.access != "full"
    if other.article.word_count <= words * (1 if is_walled else _MUCH_MORE):
        return page, extraction
    article = replace(other.article, id=extraction.article.id, url=extraction.article.url)
    told = f"The page had fewer words: {words:,}, and the feed has {article.word_count:,}."
    return replace(instead, url=page.url), _told(replace(other, article=article), told)


def in_place_of_page(extraction: Extraction, problem: AnnotatorError) -> Extraction:
    """Return the article of a text from elsewhere, with the reason why the page is not used."""
    return _told(extraction, f"The page could not be read: {problem.message}")


def _told(extraction: Extraction, why: str) -> Extraction:
    known = extraction.completeness
    place, *rest = known.evidence
    return replace(extraction, completeness=replace(known, evidence=(place, why, *rest)))
