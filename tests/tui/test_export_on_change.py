"""Exports when a screen is left, for those who want them."""

from annotator.settings import Settings
from annotator.tui.library.screen import LibraryScreen
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Draft
from builders import MOMENT, find_span


def note_of(folder):
    return "".join(each.read_text("utf-8") for each in folder.glob("*.md"))


def wanted(folder):
    return Settings(export_folder=folder, export_on_change=True)


async def test_an_article_is_exported_when_the_reader_is_left(keep, visit, tmp_path):
    keep()
    folder = tmp_path / "notes"
    async with visit(settings=wanted(folder)) as reader:
        await reader.press("enter")
        await reader.sees("How it began")
        await reader.press("s", "enter", "escape", "q")
        await reader.until(lambda: isinstance(reader.app.screen, LibraryScreen))
        await reader.until(lambda: "annotator:begin" in note_of(folder))


async def test_it_is_exported_although_the_program_ends(keep, visit, tmp_path):
    async with visit(keep(), settings=wanted(tmp_path / "notes")) as reader:
        await reader.press("s", "enter", "escape", "q")
        await reader.until(lambda: note_of(tmp_path / "notes"))


async def test_nothing_is_exported_unless_it_is_wanted(keep, visit, tmp_path):
    keep()
    async with visit() as reader:
        await reader.press("enter")
        await reader.sees("How it began")
        await reader.press("s", "enter", "escape", "q")
        await reader.until(lambda: isinstance(reader.app.screen, LibraryScreen))
    assert not (tmp_path / "notes").exists()


async def test_what_changed_is_exported_when_the_claims_are_left(keep, library, visit, tmp_path):
    article, folder = keep(), tmp_path / "notes"
    span = find_span(article.text, "Costs fell")
    annotate.mark(library, article, span, Draft(), now=MOMENT)
    async with visit(settings=wanted(folder)) as reader:
        await reader.press("C")
        await reader.sees("Costs fell")
        await reader.press("x")
        await reader.until(lambda: not library.article(article.id).annotations())
        await reader.press("u")
        await reader.until(lambda: library.article(article.id).annotations())
        await reader.press("q")
        await reader.until(lambda: "> Costs fell" in note_of(folder))


async def test_a_failure_is_said_and_stops_nobody(keep, visit, tmp_path):
    keep()
    (tmp_path / "notes").write_text("a file")
    async with visit(settings=wanted(tmp_path / "notes")) as reader:
        await reader.press("enter")
        await reader.sees("How it began")
        await reader.press("s", "enter", "escape", "q")
        await reader.until(lambda: isinstance(reader.app.screen, LibraryScreen))
        await reader.until(lambda: "is in the way" in reader.toasts)
