"""Marks by the numbers of sentences, and by their own number in the list."""

import re
from datetime import UTC, datetime

from annotator.cli.context import Workspace
from annotator.cli.line_mode.sentences import Numbered, described
from annotator.cli.output import console
from annotator.errors import InvalidInput
from annotator.model import AnchoredMark, Article, Span
from annotator.usecases import annotate
from annotator.usecases.annotate import Draft
from annotator.usecases.open_article import place
from annotator.usecases.undo import UndoStack, creation

_MARK = re.compile(r"(\d+)(?:\s*-\s*(\d+))?((?:\s+[^\s:]+)*)\s*(?::\s*(.*))?")


class Marks:
    """The marks of an article, and the steps of this sitting."""

    def __init__(self, workspace: Workspace, article: Article, text: Numbered) -> None:
        self._workspace = workspace
        self._library = workspace.library
        self._article = article
        self._text = text
        self._history = UndoStack()

    def placed(self) -> tuple[AnchoredMark, ...]:
        """Return the marks as they are kept by now, in the order of the text."""
        return place(self._article, self._library.annotations(self._article.id))

    def mark(self, rest: str) -> None:
        """Mark a sentence, or several, as `12-13 evidence #energy: a note` says."""
        asked = _MARK.fullmatch(rest)
        if asked is None:
            raise InvalidInput("Say which sentence to mark.", "For example: m 12 claim #energy")
        first, last, words, note = asked.groups(default="")
        numbers = self._text.checked(int(first)), self._text.checked(int(last or first))
        names = words.split()
        kinds = [each for each in names if not each.startswith("#")] or ["claim"]
        if len(kinds) > 1:
            raise InvalidInput(f"“{kinds[1]}” is one word too many.", "A tag begins with #.")
        tags = tuple(each.removeprefix("#") for each in names if each.startswith("#"))
        draft = Draft(self._workspace.kind(kinds[0]), tags, note)
        span = Span(self._text.span(min(numbers)).start, self._text.span(max(numbers)).end)
        made = annotate.mark(self._library, self._article, span, draft, now=_now())
        self._history.record(creation(made))
        console.echo(f"Marked sentence {first}{'-' + last if last else ''}: {made.kind}.")

    def list(self, rest: str) -> None:
        """Say what is marked, in order and by number."""
        require_nothing(rest)
        marks = self.placed()
        if not marks:
            console.echo("There are no marks.")
        for number, placed in enumerate(marks, start=1):
            span, quote = placed.span, placed.annotation.target.quote.exact
            where = f"sentence {self._text.at(span.start)}" if span else "not in the text any more"
            console.echo(f"{number}. {described(placed)}; {where}: {' '.join(quote.split())}")

    def delete(self, rest: str) -> None:
        """Delete the mark of that number in the list."""
        marks = self.placed()
        if not rest.isdecimal() or not 1 <= int(rest) <= len(marks):
            raise InvalidInput("Say which mark to delete.", "l lists them with their numbers.")
        mark = marks[int(rest) - 1].annotation
        self._history.record(annotate.delete(self._library, mark, now=_now()))
        console.echo(f"Deleted: {mark.kind}. u takes it back.")

    def undo(self, rest: str) -> None:
        """Take the latest step back."""
        require_nothing(rest)
        change = self._history.undo(self._library, now=_now())
        console.echo(f"Undone: {change.name}." if change else "There is nothing to undo.")

    def redo(self, rest: str) -> None:
        """Make the step that was last undone again."""
        require_nothing(rest)
        change = self._history.redo(self._library, now=_now())
        console.echo(f"Done again: {change.name}." if change else "There is nothing to do again.")


def require_nothing(rest: str) -> None:
    """Refuse what follows a command that takes nothing."""
    if rest:
        raise InvalidInput(f"“{rest}” is not understood here.", "? lists the commands.")


def _now() -> datetime:
    return datetime.now(UTC)
