"""Fields of forms: a few options on one line, and an input that completes what is typed."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip
from textual.suggester import Suggester, SuggestionReady
from textual.widget import Widget
from textual.widgets import Input

from annotator.tui.lists.rows import Line, Piece, paint
from annotator.tui.messages import ValueMessage
from annotator.tui.theming import PartStyles

_LEADS_TO = "  → "  # between what was typed and what it may be short for

# The text that what was typed may be short for; "" if there is none.
Complete = Callable[[str], str]


class Cycle(PartStyles, Widget, can_focus=True):
    """A line of options, one of which is selected. The line moves to keep it in view.

    `labels` has the words to show for options, where these differ.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "choose(1)", show=False),
        Binding("left", "choose(-1)", show=False),
    ]

    class Changed(ValueMessage):
        """Another option was selected."""

        cycle: "Cycle"

        @property
        def control(self) -> "Cycle":
            """The field, for selectors of handlers."""
            return self.cycle

    def __init__(
        self,
        options: Sequence[str],
        value: str,
        *,
        labels: Mapping[str, str] | None = None,
        id: str | None = None,  # noqa: A002  Textual's name
    ) -> None:
        super().__init__(id=id)
        self._options = tuple(options)
        self._labels = labels or {}
        self.value = value if value in options else options[0]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  the signature is Textual's
        return 1

    def action_choose(self, by: int) -> None:
        """Select the next or previous option, from the last on to the first."""
        index = self._options.index(self.value) + by
        self._select(self._options[index % len(self._options)])

    def render_line(self, y: int) -> Strip:
        return paint(self, "cycle", self._line() if y == 0 else ())

    def on_click(self, event: events.Click) -> None:
        """Select the option that was clicked on."""
        visible = self._visible()
        end = int(visible[0] != self._options[0])  # behind the sign that more are at the left
        for option in visible:
            end += len(self._label(option)) + 2
            if event.x < end:
                self._select(option)
                return

    def _select(self, option: str) -> None:
        self.value = option
        self.refresh()
        self.post_message(self.Changed(self))

    def _line(self) -> Line:
        selected = "focused" if self.has_focus else "chosen"
        visible = self._visible()
        pieces = (
            Piece(f" {self._label(option)} ", selected if option == self.value else "quiet")
            for option in visible
        )
        before = [Piece("‹", "quiet")] * (visible[0] != self._options[0])
        after = [Piece("›", "quiet")] * (visible[-1] != self._options[-1])
        return (*before, *pieces, *after)

    def _visible(self) -> Sequence[str]:
        """Return as many options as there is room for, the selected one among them."""
        last = self._options.index(self.value) + 1
        first = next(start for start in range(last) if self._fits(start, last) or start == last - 1)
        while last < len(self._options) and self._fits(first, last + 1):
            last += 1
        return self._options[first:last]

    def _fits(self, first: int, last: int) -> bool:
        width = sum(len(self._label(option)) + 2 for option in self._options[first:last])
        return width + (first > 0) + (last < len(self._options)) <= self.size.width

    def _label(self, option: str) -> str:
        return self._labels.get(option, option)


class CompletedInput(Input):
    """Shows what the typed text may be short for, and takes it on the right arrow at its end.

    Enter never does, so that what was typed stays as it is. `if_empty` is what the right arrow
    takes while nothing is typed; the placeholder should say so.
    """

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        if_empty: str = "",
        id: str | None = None,  # noqa: A002  Textual's name
    ) -> None:
        self._complete: Complete = lambda _: ""
        self._if_empty = if_empty
        super().__init__(  # which may ask for a completion of the value at once
            value, placeholder=placeholder, id=id, compact=True, suggester=_Completion(self)
        )
        self.cursor_blink = False

    def use(self, complete: Complete) -> None:
        """Complete what is typed in this way from now on, also what was typed already."""
        self._complete = complete
        shown = self.shown_completion(self.value)
        if shown and self.has_focus:
            self.post_message(SuggestionReady(self.value, shown))

    def completed(self, typed: str) -> str:
        """Return what the typed text may be short for; empty if it is for nothing else."""
        completion = self._complete(typed) if typed.strip() else self._if_empty
        return "" if completion == typed else completion

    def shown_completion(self, typed: str) -> str:
        """Return the typed text with what is shown behind it; empty if there is nothing.

        The arrow sets it apart from what was typed, also where all letters have one colour.
        """
        completion = self.completed(typed)
        return f"{typed}{_LEADS_TO}{completion}" if completion else ""

    def action_cursor_right(self, select: bool = False) -> None:  # noqa: FBT001, FBT002  the signature is Textual's
        """Take the completion at the end of the text; elsewhere move the cursor."""
        completion = self.completed(self.value)
        if completion and self.cursor_at_end and not select:
            self.value = completion
            self.cursor_position = len(completion)
        else:
            super().action_cursor_right(select)


class _Completion(Suggester):
    """Shows the completion behind the cursor."""

    def __init__(self, line: CompletedInput) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._line = line

    async def get_suggestion(self, value: str) -> str | None:
        return self._line.shown_completion(value) or None
