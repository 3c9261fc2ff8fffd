"""An import is one step that can be taken back, and the same file imported again."""

import pytest
from msgspec.structs import replace

from annotator.fetch import FetchOptions
from annotator.importing.item import ImportedHighlight, ImportedItem, ItemText
from annotator.model import Block, Page
from annotator.usecases.importing.plan import _JoinedItems
from annotator.usecases.importing.run import ImportOptions, run_import
from annotator.usecases.importing.undo_step import ImportStep
from annotator.usecases.library.undo import History, remember, take_back
from annotator.usecases.marks.annotate import Changes, change

pytestmark = pytest.mark.asyncio
BOOK = ImportedItem(
    title="A book", medium="book", tags=("a",), highlights=(ImportedHighlight(quote="First."),)
)
GROWN = replace(
    BOOK, tags=("a", "b"), highlights=(*BOOK.highlights, ImportedHighlight(quote="Second."))
)
OTHER = ImportedItem(
    title="Another book", medium="book", highlights=(ImportedHighlight(quote="Third."),)
)


async def import_all(library, *items, now, keep_step):
    collected = _JoinedItems()
    for item in items:
        collected._join("list", "file.csv", item)
    return await run_import(
        library,
        collected.plan(),
        ImportOptions(may_fetch=False),
        now=now,
        fetch_options=FetchOptions(),
        keep_step=keep_step,
    )


def contents(library):
    return {
        record.title: (
            record.tags,
            sorted((mark.quote, mark.note) for mark in library.article(record.id).annotations()),
        )
        for record in library.records()
    }


async def test_an_import_is_undone_and_redone_as_one_step(library, moment):
    history = History()
    await import_all(library, BOOK, now=moment, keep_step=history.record)
    before = contents(library)
    await import_all(library, GROWN, OTHER, now=moment, keep_step=history.record)
    after = contents(library)
    assert after.keys() == {"A book", "Another book"}
    step = history.undo(library, now=moment)
    assert contents(library) == before
    assert step.extent == "1 article added, 1 changed"
    history.redo(library, now=moment)
    assert contents(library) == after
    history.undo(library, now=moment)
    history.undo(library, now=moment)
    assert contents(library) == {}


async def test_a_file_can_be_imported_again_after_its_import_was_undone(library, moment):
    history = History()
    await import_all(library, BOOK, now=moment, keep_step=history.record)
    await import_all(library, GROWN, OTHER, now=moment, keep_step=history.record)
    after = contents(library)
    history.undo(library, now=moment)
    report = await import_all(library, GROWN, OTHER, now=moment, keep_step=history.record)
    assert contents(library) == after
    assert report.removed == 0
    assert not [line for line in report.lines if line.what == "removed"]


async def test_what_was_changed_since_stays_and_the_command_line_can_undo(library, moment):
    kept = []
    await import_all(library, BOOK, now=moment, keep_step=lambda _: None)
    await import_all(library, GROWN, OTHER, now=moment, keep_step=kept.append)
    remember(library, kept)
    [record] = [record for record in library.records() if record.title == "A book"]
    marks = library.article(record.id).annotations()
    change(
        library,
        [mark for mark in marks if mark.quote == "Second."],
        Changes(note="Mine."),
        now=moment,
    )
    taken = take_back(library, ImportStep, now=moment)
    assert contents(library) == {"A book": (("a",), [("First.", ""), ("Second.", "Mine.")])}
    assert len(taken.steps) == 1


async def test_an_import_that_changes_nothing_is_no_step(library, moment):
    history = History()
    await import_all(library, BOOK, now=moment, keep_step=history.record)
    await import_all(library, BOOK, now=moment, keep_step=history.record)
    assert len(history.done) == 1


async def test_the_text_of_an_article_is_as_it_was_after_its_import_is_undone(library, moment):
    """Of an article of highlights, of which a later file has more, and then the text."""
    history = History()
    page = replace(BOOK, medium="page", url="https://example.org/a", tags=())
    grown = replace(page, highlights=GROWN.highlights, authors=("Ann Lee",))
    whole = replace(
        grown, title="The whole", text=ItemText("<p>First. Then more of it. Second.</p>")
    )
    seen = []
    for item in (page, grown, whole):
        await import_all(library, item, now=moment, keep_step=history.record)
        seen.append(texts(library))
    assert len(set(map(repr, seen))) == 3
    for wanted in (seen[1], seen[0]):
        history.undo(library, now=moment)
        assert texts(library) == wanted
    for wanted in (seen[1], seen[2]):
        history.redo(library, now=moment)
        assert texts(library) == wanted


async def test_a_text_that_was_changed_since_stays_when_its_import_is_undone(library, moment):
    history = History()
    page = replace(BOOK, medium="page", url="https://example.org/a", tags=())
    grown = replace(page, highlights=GROWN.highlights, tags=("b",))
    await import_all(library, page, now=moment, keep_step=history.record)
    await import_all(library, grown, now=moment, keep_step=history.record)
    [record] = library.records()
    stored = library.article(record.id).extraction()
    blocks = (*stored.article.blocks, Block("paragraph", "And more. " * 9))
    newer = replace(stored, article=replace(stored.article, blocks=blocks))
    library.store(newer, Page(record.url, ""), now=moment)
    history.undo(library, now=moment)
    [record] = library.records()
    assert record.tags == ()
    assert library.article(record.id).extraction().article.text.rstrip().endswith("And more.")


def texts(library):
    """Return the text of each article, what is known of it, and where its marks are."""
    found = []
    for record in library.records():
        article = library.article(record.id)
        extraction = article.extraction()
        marks = sorted((mark.quote, mark.target.revision) for mark in article.annotations())
        known = (record.title, record.byline, record.access, record.word_count)
        found.append((extraction.article.text, known, marks))
    return found
