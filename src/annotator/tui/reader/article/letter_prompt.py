"""Waits for the letter that completes a key, such as the name of a place."""

from collections.abc import Callable

from textual import events


class LetterPrompt:
    """Takes the next letter that is typed. `changed` is called when it begins or stops to wait.

    `activity` says in two words what the letter is for; it is empty while none is awaited.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self.activity = ""
        self._changed = changed
        self._then: Callable[[str], None] | None = None

    def ask(self, activity: str, then: Callable[[str], None]) -> None:
        """Call `then` with the next letter typed."""
        self.activity, self._then = activity, then
        self._changed()

    def take_key(self, event: events.Key) -> bool:
        """Pass a letter on, if one is awaited; any other key cancels. Return whether it was."""
        then = self._then
        if then is None:
            return False
        self.activity, self._then = "", None
        self._changed()
        if event.is_printable and event.character:
            then(event.character)
        return True
