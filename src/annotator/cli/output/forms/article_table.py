"""Articles as a table on a terminal, which leaves out columns before it cuts titles short."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from annotator.cli.output import console
from annotator.cli.output.tables import BETWEEN, cells, cut, fitted
from annotator.model import ArticleRecord
from annotator.model.labels import ACCESS, short_date

SITE_CELLS, TAGS_CELLS = 24, 24  # wider columns leave no room for the title
TITLE_CELLS = 48  # that a title gets, or half of a wide terminal, before columns are left out
HEADINGS = ("ID", "TITLE", "SITE", "DATE", "MIN", "MARKS", "STATE", "TEXT", "TAGS")
FIRST_LEFT_OUT = ("MIN", "TAGS", "DATE", "MARKS", "TEXT", "SITE")


def print_table(
    records: Sequence[ArticleRecord], marks: Mapping[str, int], read: Mapping[str, float]
) -> None:
    """Print articles in columns, with the number of marks and the share that was read of each."""
    if not records:
        return
    now = datetime.now(UTC)
    rows = [
        _row(record, marks.get(record.id, 0), read.get(record.id, 0.0), now) for record in records
    ]
    if console.is_spoken():
        for row in rows:
            console.echo(f"{_sentence(row)}, id {row[0]}")
        return
    heading, *lines = _fitted([HEADINGS, *rows], console.width())
    console.echo(console.faint(heading))
    for line in lines:
        console.echo(line)


def sentence(record: ArticleRecord, marks: int, read: float) -> str:
    """Return an article in words: title, site, date, minutes, marks, state and tags."""
    return _sentence(_row(record, marks, read, datetime.now(UTC)))


def _sentence(row: Sequence[str]) -> str:
    _, title, site, day, minutes, marks, *rest = row
    marked = f"{marks} mark{'s'[: marks != '1']}" if marks else ""
    return ", ".join(filter(None, (title, site, day, f"{minutes} min", marked, *rest)))


def _fitted(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return the rows as lines, without the columns that would leave no room for titles."""
    heading, *others = rows
    columns = dict(zip(heading, zip(*rows, strict=True), strict=True))
    kept = [name for at, name in enumerate(heading) if any(row[at] for row in others)]
    title = heading.index("TITLE")
    wanted = min(max(TITLE_CELLS, width // 2), max(cells(row[title]) for row in rows))
    for name in FIRST_LEFT_OUT:
        beside = sum(
            len(BETWEEN) + max(map(cells, columns[column])) for column in kept if column != "TITLE"
        )
        if name in kept and width - beside < wanted:
            kept.remove(name)
    shown = list(zip(*(columns[name] for name in kept), strict=True))
    return fitted(shown, width=width, flexible=kept.index("TITLE"))


def _row(record: ArticleRecord, marks: int, read: float, now: datetime) -> tuple[str, ...]:
    reading = f"{record.state} {read:.0%}" if record.state == "reading" else record.state
    return (
        console.short(record.id),
        record.title or record.url or "Untitled",
        cut(record.site_name, SITE_CELLS),
        _day(record.published, now),
        str(record.minutes),
        str(marks or ""),
        reading,
        ACCESS[record.access].short,
        cut(" ".join(f"#{tag}" for tag in record.tags), TAGS_CELLS),
    )


def _day(iso: str, now: datetime) -> str:
    try:
        return short_date(datetime.fromisoformat(iso), now)
    except ValueError:
        return iso[: len("2024-01-31")]
