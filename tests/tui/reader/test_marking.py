"""Marks are shown at once, written in order, and removed if they cannot be written."""

import asyncio
import threading
from functools import partial

import pytest
from msgspec.structs import replace

from annotator.errors import LibraryReadOnly
from annotator.model import Anchored, AnchoredMark, Span
from annotator.store import Library
from annotator.tui.frame.edits import EditQueue
from annotator.tui.reader.session import ReadingSession
from annotator.usecases.articles.open_article import open_article
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Draft
from builders import MOMENT, HinderedArticle, make_annotation


class SlowLibrary(Library):
    """A library on a disk that waits to be let go on."""

    hinders = HinderedArticle.CHANGES

    def __init__(self, *args) -> None:
        super().__init__(*args)
        self.gate = threading.Event()
        self.is_asked = threading.Event()

    def article(self, article_id) -> HinderedArticle:
        return HinderedArticle(super().article(article_id), self.wait, names=self.hinders)

    def wait(self) -> None:
        self.is_asked.set()
        self.gate.wait(10)


class Screen:
    """Remembers what it was shown."""

    def __init__(self) -> None:
        self.shown: list[tuple[AnchoredMark, ...]] = []

    def quotes(self) -> list[str]:
        return [each.annotation.quote for each in self.shown[-1]]


@pytest.fixture
def screen():
    return Screen()


@pytest.fixture
def slow(tmp_path):
    with SlowLibrary.open(tmp_path / "data", state=tmp_path / "state") as opened:
        yield opened


def session(library, article, screen) -> ReadingSession:
    opened = open_article(library, article.id)
    edits = EditQueue(library, now=lambda: MOMENT)
    show = screen.shown.append
    made = ReadingSession(library, opened, now=lambda: MOMENT, show=show, edits=edits)
    made.begin()
    return made


async def test_a_mark_shows_before_it_is_written(slow, keep, screen):
    article = keep("One sentence here. Another one there.")
    reading = session(slow, article, screen)
    work = asyncio.create_task(reading.mark(Span(0, 19), Draft()))
    await asyncio.sleep(0)
    assert screen.quotes() == ["One sentence here."]
    assert slow.article(article.id).annotations() == ()
    slow.gate.set()
    await work
    assert screen.quotes() == ["One sentence here."]
    assert [each.quote for each in slow.article(article.id).annotations()] == ["One sentence here."]


async def test_marks_are_written_in_the_order_in_which_they_were_made(slow, keep, screen):
    article = keep("One sentence here. Another one there.")
    reading = session(slow, article, screen)
    spans = (Span(19, 37), Span(0, 18))
    works = [asyncio.create_task(reading.mark(span, Draft())) for span in spans]
    await asyncio.sleep(0)
    slow.gate.set()
    await asyncio.gather(*works)
    made = sorted(slow.article(article.id).annotations(), key=lambda each: each.id)
    assert [each.target.position.start for each in made] == [19, 0]
    await reading.edits.undo()
    assert screen.quotes() == ["Another one there."]


async def test_a_mark_is_written_even_if_its_caller_stops_waiting(slow, keep, screen):
    article = keep("One sentence here.")
    reading = session(slow, article, screen)
    work = asyncio.create_task(reading.mark(Span(0, 18), Draft()))
    await asyncio.sleep(0)
    work.cancel()
    slow.gate.set()
    await reading.edits.settled()
    assert len(slow.article(article.id).annotations()) == 1


async def test_a_mark_that_cannot_be_written_disappears_again(library, keep, screen):
    article = keep("One sentence here.")
    reading = session(library, article, screen)
    library._access.refuse_changes(LibraryReadOnly, "No.", "Never.")
    with pytest.raises(LibraryReadOnly):
        await reading.mark(Span(0, 18), Draft())
    assert [len(shown) for shown in screen.shown] == [0, 1, 0]


@pytest.mark.parametrize("way", ["undo", "delete", "redo"])
async def test_a_mark_disappears_before_it_is_deleted_from_the_disk(slow, keep, screen, way):
    article = keep("One sentence here. Another one there.")
    reading = session(slow, article, screen)
    slow.gate.set()
    await reading.mark(Span(0, 19), Draft())
    (mark,) = slow.article(article.id).annotations()
    edits, delete = reading.edits, partial(annotate.delete, slow, [mark], now=MOMENT)
    if way == "redo":
        await edits.change(delete, deleted=[mark.id])
        await edits.undo()
    slow.gate.clear()
    is_delete = way == "delete"
    work = asyncio.create_task(
        edits.change(delete, deleted=[mark.id]) if is_delete else getattr(edits, way)()
    )
    await asyncio.sleep(0)
    assert (screen.quotes(), len(slow.article(article.id).annotations())) == ([], 1)
    slow.gate.set()
    await work
    assert (screen.quotes(), len(slow.article(article.id).annotations())) == ([], 0)
    await edits.undo()
    assert len(screen.quotes()) == (way != "undo")


async def test_a_mark_that_cannot_be_deleted_comes_back(library, keep, screen):
    article = keep("One sentence here.")
    reading = session(library, article, screen)
    await reading.mark(Span(0, 18), Draft())
    library._access.refuse_changes(LibraryReadOnly, "No.", "Never.")
    with pytest.raises(LibraryReadOnly):
        await reading.edits.undo()
    assert [len(shown) for shown in screen.shown][-3:] == [1, 0, 1]


async def test_a_change_by_another_program_is_shown_once(library, keep, screen, tmp_path):
    article = keep("One sentence here.")
    reading = session(library, article, screen)
    assert not reading.is_outdated()
    with Library.open(tmp_path / "data", state=tmp_path / "state") as other:
        annotate.mark(other, article, Span(0, 18), Draft(), now=MOMENT)
    assert reading.is_outdated()
    await reading.catch_up()
    assert screen.quotes() == ["One sentence here."]
    assert not reading.is_outdated()
    await reading.catch_up()
    assert len(screen.shown) == 2


async def test_only_new_marks_are_searched_for_in_the_text(library, keep, screen):
    article = keep("One sentence here.")
    reading = session(library, article, screen)
    kept = make_annotation(article, "sentence")
    library.put((kept,))
    elsewhere = AnchoredMark(kept, Anchored(Span(0, 3), "moved"))
    reading.marks.open(article, (elsewhere,))
    reading.marks.begin()
    library.put((replace(kept, note="new"),))
    await reading.catch_up()
    (shown,) = screen.shown[-1]
    assert (shown.annotation.note, shown.place) == ("new", elsewhere.place)


async def test_undo_without_a_step_returns_nothing(library, keep, screen):
    reading = session(library, keep(), screen)
    assert await reading.edits.undo() is None
    assert await reading.edits.redo() is None


async def test_marks_of_a_text_that_was_left_are_not_shown(slow, library, keep, screen):
    article = keep("One sentence here.")
    kept = make_annotation(article, "sentence")
    library.put((kept,))
    reading = session(slow, article, screen)
    text = (replace(article.blocks[0], text="Another sentence is here now."),)
    revised = replace(reading.opened.extraction, article=replace(article, blocks=text))
    there = Anchored(Span(8, 16), "changed")
    opened = replace(reading.opened, extraction=revised, placed=(AnchoredMark(kept, there),))
    slow.hinders = ("annotations",)
    check = asyncio.create_task(reading.catch_up())
    await asyncio.to_thread(slow.is_asked.wait, 10)
    switch = asyncio.create_task(reading.take(opened))
    await asyncio.sleep(0)
    slow.gate.set()
    await asyncio.gather(check, switch)
    (shown,) = screen.shown[-1]
    assert shown.place == there
