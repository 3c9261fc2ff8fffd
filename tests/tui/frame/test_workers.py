"""Keys that arrive at once act like keys that are typed slowly."""

import asyncio

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.screen import ModalScreen
from textual.widgets import Input, TextArea

from annotator.errors import AnnotatorError
from annotator.model import Span
from annotator.tui.dialogs.command_palette import CommandPalette
from annotator.tui.frame import workers
from annotator.tui.frame.workers import MAX_HELD, Lap, run_opening, show_modal
from annotator.tui.jobs import AddDialog
from annotator.tui.library.screen import LibraryScreen
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Draft
from builders import MOMENT
from tasks import both_kinds

pytestmark = [*both_kinds]


def burst(reader, *keys: str) -> None:
    """Send keys to the app in one go; a text is one key for each letter."""
    names = {"enter": "\r", "escape": "\x1b", "tab": "\t", "ctrl+q": None}
    for key in keys:
        typed = [(key, names[key])] if key in names else [(_character_to_key(c), c) for c in key]
        for name, character in typed:
            reader.app.post_message(events.Key(name, character))


def typed(reader) -> str:
    """Return the text of the input or the text area that has the focus."""
    focused = reader.app.focused
    if isinstance(focused, TextArea):
        return focused.text
    return focused.value if isinstance(focused, Input) else ""


@pytest.fixture
def slow_records(library, monkeypatch) -> None:
    """Let the library take a while to read its articles, as on a slow disk."""
    records = library.records

    def wait() -> object:
        asyncio.run(asyncio.sleep(0.2))
        return records()

    monkeypatch.setattr(library, "records", wait)


async def test_the_filter_gets_what_is_typed_after_its_key(library, keep, visit):
    keep()
    async with visit() as reader:
        burst(reader, "/tax")
        await reader.until(lambda: typed(reader) == "tax")
        assert isinstance(reader.app.screen, LibraryScreen)
    assert len(library.records()) == 1


async def test_a_dialog_of_the_library_gets_what_is_typed_after_its_key(library, keep, visit):
    article = keep()
    async with visit() as reader:
        burst(reader, "tenergy", "enter")
        await reader.until(lambda: library.article(article.id).record().tags == ("energy",))


async def test_the_palette_gets_what_is_typed_while_it_opens(library, keep, visit, slow_records):
    article = keep()
    async with visit(article) as reader:
        burst(reader, ":paper")
        await reader.until(lambda: typed(reader) == "paper")
        assert isinstance(reader.app.screen, CommandPalette)


async def test_a_command_of_the_palette_opens_before_the_next_key(keep, visit):
    keep()
    async with visit() as reader:
        burst(reader, ":add", "enter", "https")
        await reader.until(lambda: typed(reader) == "https")
        assert isinstance(reader.app.screen, AddDialog)


async def test_an_address_is_typed_after_the_key_to_add_an_article(keep, visit):
    keep()
    async with visit() as reader:
        burst(reader, "ahttp://example.org/x")
        await reader.until(lambda: typed(reader) == "http://example.org/x")


async def test_the_find_bar_gets_what_is_typed_after_its_key(library, keep, visit):
    article = keep()
    async with visit(article) as reader:
        await reader.press("s", "enter")
        await reader.until(lambda: library.article(article.id).annotations())
        burst(reader, "/exports")
        await reader.until(lambda: typed(reader) == "exports")
    assert len(library.article(article.id).annotations()) == 1


async def test_a_note_gets_what_is_typed_after_its_key(library, keep, visit):
    article = keep()
    async with visit(article) as reader:
        await reader.press("s", "enter")
        await reader.until(lambda: library.article(article.id).annotations())
        burst(reader, "axx")
        await reader.sees("Ctrl+S save", "xx")
    assert len(library.article(article.id).annotations()) == 1


async def test_the_side_panel_gets_the_keys_after_its_own(keep, visit):
    async with visit(keep()) as reader:
        burst(reader, "T", "enter", "L")
        await reader.until(lambda: reader.app.screen.query("SidePanel"))
        await reader.pilot.pause()
        await reader.until(lambda: not reader.app.key_queue.is_busy)


@pytest.mark.parametrize("keys", ["T enter L", "tab enter T", "L enter T enter", "tab enter tab q"])
async def test_a_row_is_read_as_one_of_the_list_that_it_was_chosen_in(keep, visit, keys):
    async with visit(keep()) as reader:
        burst(reader, *keys.split())
        await reader.until(lambda: not reader.app.key_queue.is_busy)
        assert reader.app.is_running


async def test_keys_that_wait_when_the_program_ends_are_dropped(keep, visit):
    async with visit(keep()) as reader:
        burst(reader, "L", *"cGgGgGgG")
        await reader.until(lambda: reader.app.key_queue.is_busy)


async def test_the_key_to_leave_can_be_typed_many_times(keep, visit):
    keep()
    async with visit() as reader:
        burst(reader, "enter", "qqq")
        await reader.until(lambda: not reader.app.key_queue.is_busy)


async def test_an_article_gets_the_keys_after_the_one_that_opens_it(library, keep, visit):
    keep()
    async with visit() as reader:
        burst(reader, "enter", "/xt")
        await reader.until(lambda: typed(reader) == "xt")
    assert len(library.records()) == 1


@pytest.fixture
def never() -> asyncio.Event:
    """Return an event that a test may set in the end."""
    return asyncio.Event()


async def test_keys_wait_for_work_that_opens_nothing_only_until_it_ends(keep, visit, never):
    keep()
    async with visit() as reader:
        run_opening(reader.app.screen, never.wait)
        burst(reader, "/x", *["yy"] * (MAX_HELD // 2))
        await reader.pilot.pause(0.1)
        assert typed(reader) == ""
        never.set()
        await reader.until(lambda: typed(reader).startswith("xyy"))
        reader.app.exit()


@pytest.mark.slow
async def test_the_program_can_be_left_while_something_does_not_open(keep, visit, never):
    keep()
    async with visit() as reader:
        run_opening(reader.app.screen, never.wait)
        burst(reader, "j")
        await reader.pilot.pause(0.05)
        burst(reader, "ctrl+q")
        await reader.until(lambda: reader.app._exit)


async def test_keys_go_on_after_a_message_between_them_was_lost(keep, visit):
    async with visit(keep()) as reader:
        screen = reader.app.screen
        screen.disable_messages(Lap)
        burst(reader, "s")
        await reader.until(lambda: screen.query_one("ArticleView").mode == "sentence")
        burst(reader, "c")
        screen.enable_messages(Lap)
        await reader.until(lambda: screen.query_one("ArticleView").mode == "caret")


@pytest.mark.slow
async def test_the_program_can_be_left_when_a_key_is_never_done(keep, visit, monkeypatch, caplog):
    monkeypatch.setattr(workers, "_PATIENCE", 0.0)
    async with visit(keep()) as reader:
        reader.app.screen.disable_messages(Lap)
        burst(reader, "s")
        await reader.until(lambda: "Ctrl+Q leaves" in reader.toasts)
        assert "a key is not done" in caplog.text
        burst(reader, "ctrl+q")
        await reader.until(lambda: reader.app._exit)


async def test_a_failing_action_lets_the_keys_pass(keep, visit):
    async def fail() -> None:
        raise AnnotatorError("It failed.")

    keep()
    async with visit() as reader:
        run_opening(reader.app.screen, fail)
        burst(reader, "/x")
        await reader.until(lambda: typed(reader) == "x")
        assert "It failed." in reader.toasts


async def test_a_count_of_several_digits_is_whole_before_the_key_it_belongs_to(keep, visit):
    paragraphs = (f"Paragraph {number} tells of the bridge." for number in range(200))
    async with visit(keep("\n\n".join(paragraphs))) as reader:
        view = reader.app.screen.query_one("ArticleView")
        burst(reader, "50G")
        await reader.until(lambda: 0.4 < view.progress < 0.6)


@pytest.mark.parametrize(
    ("key", "screen"),
    [
        ("B", "BinScreen"),
        ("C", "ClaimsScreen"),
        ("T", "TagsScreen"),
        ("question_mark", "HelpScreen"),
        ("colon", "CommandPalette"),
        ("a", "AddDialog"),
        ("E", "ExportDialog"),
        ("t", "TagPicker"),
        ("i", "DetailsDialog"),
    ],
)
async def test_keys_pass_as_soon_as_a_screen_is_open(library, keep, visit, key, screen):
    await keys_pass(library, keep, visit, key, screen)


@pytest.mark.parametrize(("key", "screen"), [("I", "StatisticsScreen"), ("D", "DailyScreen")])
async def test_keys_pass_as_soon_as_a_screen_of_a_wing_is_open(library, keep, visit, key, screen):
    await keys_pass(library, keep, visit, key, screen)


async def keys_pass(library, keep, visit, key, screen):
    """Open a screen with a key, and leave it with the next one."""
    annotate.mark(library, keep(), Span(0, 9), Draft(), now=MOMENT)
    async with visit() as reader:
        await reader.press(key)
        await reader.until(lambda: type(reader.app.screen).__name__ == screen)
        await reader.until(lambda: not reader.app.key_queue.is_busy)
        await reader.press("q" if screen == "ClaimsScreen" else "escape")
        await reader.until(lambda: isinstance(reader.app.screen, LibraryScreen))


class Typing(ModalScreen[None]):
    def compose(self):
        yield Input()


def on_f9(reader, work) -> None:
    """Let a key of the app start work that opens a screen."""
    reader.app.bind("f9", "open_it")
    reader.app.action_open_it = lambda: run_opening(reader.app.screen, work)


async def test_keys_pass_when_a_screen_opens_before_its_worker_has_waited_once(keep, visit, never):
    async def open_at_once() -> None:
        await show_modal(reader.app.screen, Typing())
        await never.wait()

    keep()
    async with visit() as reader:
        on_f9(reader, open_at_once)
        await reader.press("f9")
        burst(reader, "xyz")
        await reader.until(lambda: typed(reader) == "xyz")


@pytest.mark.slow
async def test_a_queue_that_waits_for_a_screen_that_is_open_lets_go(keep, visit, never, caplog):
    async def open_without_a_word() -> None:
        reader.app.push_screen(Typing())
        await never.wait()

    keep()
    async with visit() as reader:
        on_f9(reader, open_without_a_word)
        await reader.press("f9")
        burst(reader, "xyz")
        await reader.until(lambda: typed(reader) == "xyz")
        assert "open_without_a_word, which has opened" in caplog.text


async def test_work_that_cannot_start_holds_no_keys(keep, visit):
    def fail():
        raise RuntimeError

    keep()
    async with visit() as reader:
        with pytest.raises(RuntimeError):
            reader.app.key_queue.wait_for(fail)
        burst(reader, "/x")
        await reader.until(lambda: typed(reader) == "x")
