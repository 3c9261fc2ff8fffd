"""What was done to articles, so that it can be undone: many steps, each with its name."""

from collections.abc import Callable

from msgspec import Struct

MAX_STEPS = 1_000  # a day's work; what is older is no slip any more


class Step(Struct, frozen=True):
    """Something that was done, and how to take it back and do it again."""

    name: str
    undo: Callable[[], object]
    redo: Callable[[], object]


class Steps:
    """The steps of one sitting; a new one makes the undone ones unreachable."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def record(self, step: Step) -> None:
        """Remember `step` as the latest."""
        self._done = [*self._done, step][-MAX_STEPS:]
        self._undone = []

    def undo(self) -> Step | None:
        """Take the latest step back and return it; one that cannot be undone is dropped."""
        if not self._done:
            return None
        step = self._done.pop()
        step.undo()
        self._undone.append(step)
        return step

    def redo(self) -> Step | None:
        """Do again what was undone last, and return it."""
        if not self._undone:
            return None
        step = self._undone.pop()
        step.redo()
        self._done.append(step)
        return step
