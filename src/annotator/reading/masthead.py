"""What stands above an article: its title, and who wrote it where and when."""

from datetime import date

from annotator.model import Article
from annotator.reading.blocks import signs
from annotator.reading.cells import Measure
from annotator.reading.rows import Row

BETWEEN_FACTS = " · "
LINES_BELOW = 2

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def masthead(article: Article, width: int, measure: Measure) -> tuple[Row, ...]:
    """Return the lines of an article's title and facts; none if it has no title."""
    if not article.title:
        return ()
    title = signs(article.title, ("title", 0), width, measure)
    facts = signs(facts_line(article), ("byline", 0), width, measure)
    return (Row(), *(Row((), each) for each in (*title, *facts)), *[Row()] * LINES_BELOW)


def facts_line(article: Article) -> str:
    """Return author, site and date on one line."""
    facts = (", ".join(article.byline), article.site_name, day(article.published))
    return BETWEEN_FACTS.join(fact for fact in facts if fact)


def day(moment: str) -> str:
    """Return the day of an ISO 8601 date as people write it; what is no date, as it stands."""
    try:
        parsed = date.fromisoformat(moment[:10])
    except ValueError:
        return moment
    return f"{parsed.day} {_MONTHS[parsed.month - 1]} {parsed.year}"
