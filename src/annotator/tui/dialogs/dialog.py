"""The base of all dialogs: a frame with a title, its widgets, and the keys that end it."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, Generic, Self, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static

from annotator.errors import (
    AnnotatorError,
    Conflict,
    InvalidInput,
    LibraryBusy,
    NotInLibrary,
    TooLarge,
)
from annotator.model.text import clean_text
from annotator.tui.frame.notifications import forget, hint, tell, tell_error, warn
from annotator.tui.frame.workers import run_action, run_opening
from annotator.tui.keys.groups import bindings, keys_of
from annotator.tui.keys.keymap import Keymap, shown_name
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.rows import truncate
from annotator.tui.terminal import external
from annotator.tui.textual_internals import show_text
from annotator.tui.theming import stylesheets

if TYPE_CHECKING:
    from textual.await_complete import AwaitComplete
    from textual.filter import LineFilter
    from textual.timer import Timer
    from textual.worker import Worker

    from annotator.store import TypedTexts

Answer = TypeVar("Answer")
Hints = Sequence[tuple[str, str]]  # keys, by id or by name, each with a word for what it does

RETRY_SECONDS = 3.0  # between two attempts to save what could not be saved
_LASTING = (Conflict, InvalidInput, LibraryBusy, NotInLibrary)  # the user has to do something
_GAP = "  "  # between two keys
_QUOTE_WIDTH = 150  # cells: two or three lines


def quotation(words: str) -> Static:
    """Return a widget that shows the text that a dialog is about."""
    return Static(Content(truncate(" ".join(words.split()), _QUOTE_WIDTH)), id="dialog-quote")


def text_input(value: str = "", *, placeholder: str = "", id: str | None = None) -> Input:  # noqa: A002  Textual's name
    """Return an input, one line high, with a cursor that does not blink."""
    line = Input(value, placeholder=placeholder, id=id, compact=True)
    line.cursor_blink = False
    return line


class Dialog(ModalScreen[Answer | None], Generic[Answer]):
    """A modal screen that returns an answer, or `None` if it is cancelled.

    One that saves its answer itself stays open while that fails, with what was typed.
    """

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(keys_of("dialog")))
    CSS_PATH = stylesheets("dialogs/dialog", "lists/list_view", "widgets/fields")
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012  as Textual declares it
    AUTO_FOCUS = "Input, TextArea, Listing, VerticalScroll"
    HINTS: ClassVar[Hints] = (("dialog.keep", "save"), ("dialog.leave", "cancel"))

    def __init__(self, keymap: Keymap, title: str) -> None:
        super().__init__()
        self.keymap = keymap
        self._title = title
        self._warned_of: object = None  # what was unsaved at the last attempt to cancel
        self._save: Callable[[Answer], Awaitable[object]] | None = None
        self._failed: Answer | None = None  # what could not be saved
        self._first_failure: tuple[AnnotatorError, Answer] | None = None  # before it opened
        self._is_saving = False
        self._typed_texts: tuple[TypedTexts, str] | None = None  # with its name there
        self._is_resumed = False
        self._retry: Timer | None = None
        keymap.bind(self, keys_of("dialog"))

    def get_line_filters(self) -> "Sequence[LineFilter]":
        """Return none for what is seen behind the dialog, which has been through all filters."""
        return ()

    def compose(self) -> ComposeResult:
        with Vertical(id="frame"):
            yield Static(Content(self._title), id="dialog-title")
            yield from self.parts()
            yield Static(id="dialog-problem")
            yield _Hints([*self._hints()])

    def parts(self) -> Sequence[Widget]:
        """Return the widgets between the title and the keys."""
        return ()

    def hints(self) -> Hints:
        """Return the keys to show."""
        return self.HINTS

    def show_hints(self) -> None:
        """Show the keys again, because others can be used now."""
        self.query_one(_Hints).show([*self._hints()])

    def unsaved(self) -> object:
        """Return the text that cancelling would lose, if any."""
        return None

    def saving(self, save: Callable[[Answer], Awaitable[object]]) -> Self:
        """Let the dialog save its answer, which `current` returns, and then close."""
        self._save = save
        return self

    def failed(self, error: AnnotatorError, answer: Answer) -> Self:
        """Let the dialog open with an answer that could not be saved, and try again."""
        self._first_failure = error, answer
        return self

    def resuming(self, texts: "TypedTexts", about: str) -> Self:
        """Let the dialog begin with what was typed in it when the program was ended.

        `about` is what it edits, for example the id of a mark.
        """
        self._typed_texts = texts, f"{type(self).__name__} {about}"
        return self

    def typed_texts(self) -> Mapping[str, str]:
        """Return what would be lost if the program ended now, by field."""
        return {}

    def type_again(self, texts: Mapping[str, str]) -> None:
        """Fill in what was typed before."""

    def keep_typed(self) -> None:
        """Keep what was typed for the next time, because the program ends."""
        texts = self.typed_texts()
        # Without any, what was kept before is forgotten: it was deleted in this dialog.
        if self._typed_texts is not None and (texts or self._is_resumed):
            kept, name = self._typed_texts
            with suppress(AnnotatorError, ValueError):
                kept.keep(name, texts)

    def dismiss(self, result: Answer | None = None) -> "AwaitComplete":
        """Close the dialog; what was typed before the program was ended is done with."""
        if self._typed_texts is not None and self._is_resumed:
            kept, name = self._typed_texts
            with suppress(AnnotatorError):
                kept.keep(name, {})
        return super().dismiss(result)

    def on_mount(self) -> None:
        """Say what could not be saved before the dialog was opened, or what was typed before."""
        if self._typed_texts is not None:
            kept, name = self._typed_texts
            if texts := kept.of(name):
                self._is_resumed = True
                self.type_again(texts)
                hint(self, "This is what you typed before the program was ended.")
        if self._first_failure is not None:
            self._show_problem(*self._first_failure)

    def finish(self, answer: Answer) -> None:
        """Close the dialog with its answer, after saving it if the dialog is to do that."""
        self._forget_warning()
        if self._save is None:
            self.dismiss(answer)
        elif not self._is_saving:
            self._is_saving = True
            # Keys that are typed meanwhile are for what is below the dialog.
            run_opening(self, self._try_to_save, self._save, answer)

    def text_to_copy(self) -> str:
        """Return what was typed as a text."""
        return ""

    def action_copy_unsaved(self) -> None:
        """Copy what could not be saved to the clipboard."""
        if self._failed is None:
            return
        try:
            external.copy(self, self.text_to_copy())
        except TooLarge as error:
            tell_error(self, error)
        else:
            tell(self, "Copied.")

    def action_submit(self) -> None:
        """Close the dialog with its answer; one that only shows something has none."""
        self.dismiss(None)

    def action_cancel(self) -> None:
        """Close the dialog; if that loses text, only when asked twice with no change between."""
        unsaved = self.unsaved()
        if unsaved is None or unsaved == self._warned_of:
            self._forget_warning()
            self.dismiss(None)
            return
        self._warned_of = unsaved
        cancel, save = (self.keymap.shown(name) for name in ("dialog.leave", "dialog.keep"))
        warn(self, f"Unsaved changes. Press {cancel} again to discard, {save} to save.")

    def _forget_warning(self) -> None:
        """Remove the warning, which is not true of what is below the dialog."""
        if self._warned_of is not None:
            forget(self)

    @on(Input.Submitted)
    def _input_submitted(self) -> None:
        self.action_submit()

    @on(Listing.Chosen)
    def _hear_choice(self, event: Listing.Chosen) -> None:
        self.chosen(event.key)

    def chosen(self, key: str) -> None:  # noqa: ARG002  the cursor is on it
        """React to a row that was chosen with Enter or the mouse."""
        self.action_submit()

    async def _try_to_save(
        self, save: Callable[[Answer], Awaitable[object]], answer: Answer
    ) -> None:
        try:
            await save(answer)
        except AnnotatorError as error:
            self._show_problem(error, answer)
        else:
            has_failed, self._failed = self._failed is not None, None
            if has_failed:
                tell(self, "Saved.")
            if has_failed and self.current() != answer:  # typed while it was saved
                self.query_one("#dialog-problem").display = False
                self.show_hints()
            elif self.is_active:
                self.dismiss(answer)
        finally:
            self._is_saving = False

    def _show_problem(self, error: AnnotatorError, answer: Answer) -> None:
        """Say why the answer is not saved, and try again until it is, or is changed."""
        may_pass = not isinstance(error, _LASTING)
        later = " It is saved as soon as that is possible." if may_pass else ""
        problem = self.query_one("#dialog-problem", Static)
        show_text(problem, Content(clean_text(f"Not saved. {error}{later}")))
        problem.display = True
        if self._failed is None:
            with suppress(TooLarge):
                external.copy(self, self.text_to_copy())
        self._failed = answer
        self.show_hints()
        if self._retry is not None:
            self._retry.stop()
        self._retry = self.set_timer(RETRY_SECONDS, self.save_again) if may_pass else None

    def save_again(self) -> None:
        """Try to save again, unless what was typed has changed since: it may be half a word."""
        if self._save is None or self._failed is None or self._is_saving:
            return
        if self.current() == self._failed:
            self._is_saving = True
            run_action(self, self._try_to_save, self._save, self._failed)

    def current(self) -> Answer | None:
        """Return what the dialog says now."""
        return None

    def _hints(self) -> Iterator[Content]:
        copy = [("dialog.copy", "copy")] * (self._failed is not None)
        for name, does in (*self.hints(), *copy):
            key = self.keymap.shown(name) if "." in name else shown_name(name)
            yield Content.assemble((key, "$primary"), (f" {does}", "$quiet"))


class ProgressDialog(Dialog[Answer]):
    """Runs some work, and returns its result, or None if the user stops it."""

    AUTO_FOCUS = ""
    STARTS_AT_ONCE: ClassVar = True  # or else with `start`
    HINTS: ClassVar[Hints] = (("dialog.leave", "cancel"),)

    def __init__(
        self, keymap: Keymap, title: str, words: str, work: Callable[[], Awaitable[Answer]]
    ) -> None:
        super().__init__(keymap, title)
        self._words = words
        self._work = work
        self._worker: Worker[None] | None = None

    def parts(self) -> Sequence[Widget]:
        return (Static(Content(self._words), id="work-progress"),)

    def on_mount(self) -> None:
        if self.STARTS_AT_ONCE:
            self.start()

    def start(self) -> None:
        """Start the work, once."""
        if self._worker is None:
            self._worker = run_action(self, self._run)

    def action_submit(self) -> None:
        """Wait on: there is nothing to save."""

    def action_cancel(self) -> None:
        """Stop."""
        self.stop(None)

    def stop(self, answer: Answer | None) -> None:
        """End the work, and return an answer in place of its result."""
        if self._worker is not None:
            self._worker.cancel()
        self.dismiss(answer)

    async def _run(self) -> None:
        self.dismiss(await self._work())


class _Hints(Widget):
    """Keys with what they do, on as many lines as they need. A line breaks only between keys."""

    def __init__(self, hints: Sequence[Content]) -> None:
        super().__init__(id="dialog-hints")
        self._all = hints

    def show(self, hints: Sequence[Content]) -> None:
        self._all = hints
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  the signature is Textual's
        return len(self._lines(width))

    def render(self) -> Content:
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        lines = [*self._all[:1]]
        for key in self._all[1:]:
            longer = Content(_GAP).join((lines[-1], key))
            if longer.cell_length <= width:
                lines[-1] = longer
            else:
                lines.append(key)
        return lines
