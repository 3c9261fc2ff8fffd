"""The memory of imports is compared with the library, which may be another one by now."""

import shutil
from datetime import UTC, datetime

import pytest

from annotator.fetch import FetchOptions
from annotator.importing.item import ImportedHighlight, ImportedItem, ItemText
from annotator.store import Library, Position
from annotator.usecases.articles import trash
from annotator.usecases.articles.article_edits import set_state_of
from annotator.usecases.importing.plan import _JoinedItems, make_plan
from annotator.usecases.importing.report import last_report
from annotator.usecases.importing.run import ImportOptions, run_import
from annotator.usecases.marks.annotate import Draft, delete, mark

LATER = datetime(2026, 5, 1, tzinfo=UTC)
BOOK = ImportedItem(
    title="A book",
    medium="book",
    highlights=(ImportedHighlight(quote="First."), ImportedHighlight(quote="Second.")),
)

pytestmark = pytest.mark.asyncio


async def import_all(library, *items, now, **options):
    collected = _JoinedItems()
    for item in items:
        collected._join("list", "file.csv", item)
    choices = ImportOptions(may_fetch=False, **options)
    return await run_import(
        library, collected.plan(), choices, now=now, fetch_options=FetchOptions()
    )


def quotes_in(library):
    return {
        mark.quote
        for record in library.records()
        for mark in library.article(record.id).annotations()
    }


async def test_a_library_that_was_lost_is_filled_again(library, moment, tmp_path):
    await import_all(library, BOOK, now=moment)
    shutil.rmtree(library.folder / "articles")
    with Library.open(library.folder, state=tmp_path / "state") as again:
        report = await import_all(again, BOOK, now=LATER)
        assert (report.added, report.unchanged) == (1, 0)
        assert quotes_in(again) == {"First.", "Second."}


async def test_marks_that_an_older_backup_lacks_come_back_and_deleted_ones_stay_away(
    library, moment, tmp_path
):
    first = BOOK.highlights[:1]
    await import_all(
        library, ImportedItem(title="A book", medium="book", highlights=first), now=moment
    )
    shutil.copytree(library.folder, tmp_path / "backup")
    await import_all(library, BOOK, now=moment)
    shutil.rmtree(library.folder)
    shutil.copytree(tmp_path / "backup", library.folder)
    with Library.open(library.folder, state=tmp_path / "state") as again:
        await import_all(again, BOOK, now=LATER)
        assert quotes_in(again) == {"First.", "Second."}
        [record] = again.records()
        marks = again.article(record.id).annotations()
        delete(again, [x for x in marks if x.quote == "First."], now=LATER)
        report = await import_all(again, BOOK, now=LATER)
        assert (report.unchanged, quotes_in(again)) == (1, {"Second."})


async def test_what_is_in_the_bin_or_was_deleted_for_good_is_said(library, moment):
    await import_all(library, BOOK, now=moment)
    [record] = library.records()
    library.trash(record.id)
    report = await import_all(library, BOOK, now=LATER)
    assert report.removed == 1
    assert f"annotator restore {record.id}" in report.lines[0].reason
    trash.delete(library, [record.id])
    report = await import_all(library, BOOK, now=LATER)
    assert report.removed == 1
    assert "for good" in report.lines[0].reason
    assert library.records() == ()


@pytest.mark.parametrize("use", ["a mark", "reading", "a position"])
async def test_what_is_marked_or_read_here_is_not_archived(library, moment, use):
    page = ImportedItem(url="https://example.org/a", title="A", excerpt="Some words of it.")
    await import_all(library, page, now=moment)
    (library.state / "imports" / "memory.db").unlink()
    [record] = library.records()
    if use == "a mark":
        article = library.article(record.id).extraction().article
        mark(library, article, article.span_of(0), Draft("highlight"), now=moment)
    elif use == "reading":
        set_state_of(library, [record], "reading", now=moment)
    else:
        library.positions.save(record.id, Position(3, 0.5, 0.5))
    before = library.records()[0].state
    archived = ImportedItem(url=page.url, title="A", state="archived")
    report = await import_all(library, archived, now=LATER)
    assert library.records()[0].state == before
    assert [line.what for line in report.lines if "stays" in line.reason] == ["kept"]


async def test_what_nobody_used_here_is_archived_as_it_is_there(library, moment):
    page = ImportedItem(url="https://example.org/a", title="A")
    await import_all(library, page, now=moment)
    await import_all(library, ImportedItem(url=page.url, title="A", state="archived"), now=LATER)
    assert library.records()[0].state == "archived"


async def test_words_without_an_address_go_to_the_article_that_has_them(library, moment):
    text = ItemText("<p>Bread rose by a tenth.</p><p>Nobody knows the price of rice.</p>")
    page = ImportedItem(url="https://example.org/a", title="Bread costs more", text=text)
    await import_all(library, page, now=moment)
    rows = [
        ImportedItem(title="Bread costs More", highlights=(ImportedHighlight(quote=quote),))
        for quote in ("rose by a tenth", "the price of rice")
    ]
    report = await import_all(library, *rows, now=LATER)
    assert len(library.records()) == 1
    assert quotes_in(library) == {"rose by a tenth", "the price of rice"}
    assert (report.added, report.updated) == (0, 1)
    (library.state / "imports" / "memory.db").unlink()
    other = ImportedItem(title="Bread costs more", highlights=(ImportedHighlight(quote="Else."),))
    await import_all(library, other, now=LATER)
    assert len(library.records()) == 2


async def test_what_was_not_fetched_is_no_error_page(library, moment):
    await import_all(library, ImportedItem(url="https://example.org/a", title="A"), now=moment)
    assert library.records()[0].access == "partial"


async def test_every_run_has_a_report_that_says_why(library, moment, tmp_path):
    path = tmp_path / "odd"
    path.write_bytes(b"%PDF-1.7")
    plan = make_plan([path])
    assert "PDF" in plan.failures[0].message
    report = await run_import(library, plan, ImportOptions(), now=moment)
    assert [(line.what, line.file) for line in report.lines] == [("skipped", "odd")]
    assert last_report(library) == report
