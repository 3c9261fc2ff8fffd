"""What stands above an article: its title, and who wrote it where and when."""

from datetime import date

from annotator.model import Article
from annotator.reading.blocks import signs
from annotator.reading.cells import Measure
from annotator.reading.direction import is_right_to_left, mirrored_signs
from annotator.reading.rows import Decoration, Row

BETWEEN_FACTS = " · "

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def masthead(article: Article, width: int, measure: Measure) -> tuple[Row, ...]:
    """Return the lines of an article's title and facts; none if it has no title."""
    if not article.title:
        return ()
    title = signs(article.title, ("title", 0), width, measure)
    facts = signs(facts_line(article), ("byline", 0), width, measure)
    lines = (*title, *facts)
    if is_right_to_left(article.title):
        lines = tuple(mirrored_signs(line, width, measure) for line in lines)
    line = Decoration("─" * width, 0, "separator")
    return (Row(), *(Row((), each) for each in lines), Row((), (line,)), Row())


def facts_line(article: Article) -> str:
    """Return author, site and date on one line."""
    on = day(article.published).replace(" ", "\xa0")  # a date is not parted by the end of a line
    facts = (", ".join(article.byline), article.site_name, on)
    return BETWEEN_FACTS.join(fact for fact in facts if fact)


def day(moment: str) -> str:
    """Return the day of an ISO 8601 date as people write it; what is no date, as it stands."""
    try:
        parsed = date.fromisoformat(moment[:10])
    except ValueError:
        return moment
    return f"{parsed.day} {_MONTHS[parsed.month - 1]} {parsed.year}"
