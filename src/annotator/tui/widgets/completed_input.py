"""An input that completes what is typed, on the right arrow only."""

from collections.abc import Callable

from textual.suggester import Suggester, SuggestionReady
from textual.widgets import Input

_LEADS_TO = "  → "  # between what was typed and what it may be short for

# The text that what was typed may be short for; "" if there is none.
Complete = Callable[[str], str]


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
