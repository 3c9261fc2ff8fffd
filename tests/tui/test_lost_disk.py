"""The disk of the library is full, or goes away, while the program is open."""

import resource
from contextlib import contextmanager

import pytest

from annotator.errors import LibraryError
from annotator.tui.dialogs import dialog
from annotator.tui.dialogs.claim_form import ClaimForm
from annotator.tui.frame import list_screen
from annotator.tui.reader import screen as reader_screen
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Draft
from builders import MOMENT, find_span, make_article, make_extraction, make_page

FIRST = "Costs fell by nine percent in 2023."
LAST = "It cost more than anyone had said it would."
LONG_NOTE = "Ask her for the numbers of each year, and who counted them. " * 200


@contextmanager
def moved(library):
    """Move the library away."""
    elsewhere = library.folder.with_name("elsewhere")
    library.folder.rename(elsewhere)
    yield
    elsewhere.rename(library.folder)


@contextmanager
def unmounted(library):
    """Leave an empty folder in the place of the library, as an unmounted disk does."""
    with moved(library):
        library.folder.mkdir()
        yield
        library.folder.rmdir()


@contextmanager
def full(_library):
    """Let no file become longer than a few letters."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def mark(library, keep):
    article = keep()
    return annotate.mark(
        library, article, find_span(article.text, FIRST), Draft("claim"), now=MOMENT
    )


@pytest.fixture
def retried_by_the_test(monkeypatch):
    """Let nothing be saved again before the test says so: what happens first is part of it."""
    monkeypatch.setattr(dialog, "RETRY_SECONDS", 3600)
    monkeypatch.setattr(reader_screen, "_SAVE_SECONDS", 3600)  # it would tell of the disk as well


async def try_again(reader):
    """Let the dialog try to save again, as it does by itself after some seconds."""
    form = reader.app.screen
    form.save_again()
    await reader.until(lambda: not form._is_saving)


@pytest.mark.parametrize(
    ("trouble", "words"),
    [(moved, "is not there any more"), (unmounted, "is not there"), (full, "Not enough disk")],
)
async def test_a_note_that_cannot_be_saved_stays_and_is_saved_when_the_disk_is_back(
    library, keep, mark, visit, retried_by_the_test, trouble, words
):
    article = library.article(mark.article_id).record()
    async with visit(article) as reader:
        await reader.press("right_square_bracket", "a")
        await reader.sees("Note")
        reader.app.screen.query_one("TextArea").text = LONG_NOTE
        with trouble(library):
            await reader.press("ctrl+s")
            await reader.sees("Not saved.", "copy", "numbers")
            # Where the lines of it break depends on the name of the folder.
            problem = " ".join(reader.screen.split())
            assert words in problem
            assert "It is saved as soon as that is possible." in problem
            assert reader.app.clipboard == LONG_NOTE
            reader.app.copy_to_clipboard("something else")
            await reader.press("ctrl+l")
            assert reader.app.clipboard == LONG_NOTE
            await try_again(reader)
            assert reader.toasts == "Copied."
        await try_again(reader)
        await reader.until(lambda: "Saved." in reader.toasts)
        await reader.sees("READ")
    assert library.article(article.id).annotations()[0].note == LONG_NOTE.strip()


async def test_what_was_changed_since_is_saved_only_when_its_user_says_so(
    library, mark, visit, retried_by_the_test
):
    async with visit(library.article(mark.article_id).record()) as reader:
        await reader.press("right_square_bracket", "e")
        await reader.sees("Speaker")
        await reader.type("Ann")
        with moved(library):
            await reader.press("enter")
            await reader.sees("Not saved.")
            assert "Ann" in reader.app.clipboard
            await reader.type("a")
        await reader.press("enter")
        await reader.until(lambda: "Saved." in reader.toasts)
    claim = library.article(mark.article_id).annotations()[0].claim
    assert "Anna" in (claim.statement, claim.speaker)


async def test_details_of_several_marks_stay_in_their_form_until_they_are_saved(
    library, mark, visit, retried_by_the_test
):
    article = library.article(mark.article_id).extraction().article
    annotate.mark(library, article, find_span(article.text, LAST), Draft("claim"), now=MOMENT)
    async with visit() as reader:
        await reader.press("C")
        await reader.sees("2 marks")
        await reader.press("V", "e")
        await reader.sees("Only the fields that you change")
        await reader.type("Ann")
        with moved(library):
            await reader.press("enter")
            await reader.sees("Not saved.", "Ann", "Only the fields")
            assert reader.app.clipboard == "Statement: Ann\nStatus: open"
            await reader.press("escape")
            assert isinstance(reader.app.screen, ClaimForm)  # once more would discard it
        await try_again(reader)
        await reader.until(lambda: "Saved." in reader.toasts)
        await reader.sees("d Status")
    assert [each.claim.statement for each in library.article(article.id).annotations()] == [
        "Ann",
        "Ann",
    ]


async def test_a_library_that_goes_away_is_told_and_its_list_stays(
    library, keep, visit, monkeypatch
):
    monkeypatch.setattr(list_screen, "_PAUSE", 0.05)
    keep()
    async with visit() as reader:
        await reader.sees("The story of a bridge")
        with unmounted(library):
            await reader.until(lambda: "is not there any more" in reader.toasts)
            await reader.press("f5")
            assert "The story of a bridge" in reader.screen
        await reader.until(lambda: "The library is back." in reader.toasts)


def test_nothing_is_written_into_the_folder_of_a_library_that_is_gone(library, keep):
    keep()
    with unmounted(library):
        other = make_article("Another text of a few words.", url="https://b.org/x")
        with pytest.raises(LibraryError, match="is not there any more"):
            library.store(make_extraction(other), make_page(url=other.url), now=MOMENT)
        with pytest.raises(LibraryError, match="is not there any more"):
            library.records()
        assert list(library.folder.iterdir()) == []
    assert len(library.records()) == 1
