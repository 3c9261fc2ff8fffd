"""Marking by the numbers of sentences, and the numbered list of marks."""

import re
from datetime import UTC, datetime

from annotator.cli.context import CliContext
from annotator.cli.line_mode.sentences import NumberedSentences, summary
from annotator.cli.output import console
from annotator.errors import InvalidInput
from annotator.model import AnchoredMark, Article, Span
from annotator.usecases.articles.open_article import anchor_marks
from annotator.usecases.library.undo import History
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Draft
from annotator.usecases.marks.mark_edit import creation

_MARK = re.compile(r"(\d+)(?:\s*-\s*(\d+))?((?:\s+[^\s:]+)*)\s*(?::\s*(.*))?")


class Marks:
    """The marks of an article, with undo for those made and deleted in this session."""

    def __init__(self, context: CliContext, article: Article, text: NumberedSentences) -> None:
        self._context = context
        self._library = context.library
        self._article = article
        self._text = text
        self._undo_stack = History()

    def placed(self) -> tuple[AnchoredMark, ...]:
        """Return the marks that are in the library now, in the order of the text."""
        return anchor_marks(self._article, self._library.article(self._article.id).annotations())

    def mark(self, rest: str) -> None:
        """Mark the sentences in an argument such as `12-13 evidence #energy: a note`."""
        match = _MARK.fullmatch(rest)
        if match is None:
            raise InvalidInput("Which sentence?", "For example: m 12 claim #energy")
        first, last, words, note = match.groups(default="")
        numbers = self._text.checked(int(first)), self._text.checked(int(last or first))
        names = words.split()
        kinds = [name for name in names if not name.startswith("#")] or ["claim"]
        if len(kinds) > 1:
            raise InvalidInput(f"Unexpected word “{kinds[1]}”.", "A tag starts with #.")
        tags = tuple(name.removeprefix("#") for name in names if name.startswith("#"))
        draft = Draft(self._context.kind(kinds[0]), tags, note)
        span = Span(self._text.span(min(numbers)).start, self._text.span(max(numbers)).end)
        made = annotate.mark(self._library, self._article, span, draft, now=_now())
        self._undo_stack.record(creation(made))
        marked = f"sentences {first}–{last}" if last else f"sentence {first}"
        console.echo(f"Marked {marked} as {_with_article(made.kind)}.")

    def list(self, rest: str) -> None:
        """Print a numbered list of the marks."""
        require_nothing(rest)
        marks = self.placed()
        if not marks:
            console.echo("No marks.")
        for number, placed in enumerate(marks, start=1):
            span, quote = placed.span, placed.annotation.target.quote.exact
            where = f"sentence {self._text.at(span.start)}" if span else "no longer in the text"
            console.echo(f"{number}. {summary(placed)}; {where}: {' '.join(quote.split())}")

    def delete(self, rest: str) -> None:
        """Delete the mark with a number of the list."""
        marks = self.placed()
        if not rest.isdecimal() or not 1 <= int(rest) <= len(marks):
            raise InvalidInput("Which mark?", "Type l for a list of the marks with their numbers.")
        mark = marks[int(rest) - 1].annotation
        self._undo_stack.record(annotate.delete(self._library, (mark,), now=_now()))
        console.echo(f"Deleted: {mark.kind}. u undoes it.")

    def end(self) -> None:
        """Keep what was changed, so that `annotator undo` can take it back."""
        for step in self._undo_stack.done:
            self._context.remember(step)

    def undo(self, rest: str) -> None:
        """Undo the latest step."""
        require_nothing(rest)
        change = self._undo_stack.undo(self._library, now=_now())
        console.echo(f"Undid: {change.name.lower()}." if change else "Nothing to undo.")

    def redo(self, rest: str) -> None:
        """Redo the step that was undone last."""
        require_nothing(rest)
        change = self._undo_stack.redo(self._library, now=_now())
        console.echo(f"Redid: {change.name.lower()}." if change else "Nothing to redo.")


def require_nothing(rest: str) -> None:
    """Raise `InvalidInput` if a command without an argument has one."""
    if rest:
        raise InvalidInput(f"Unexpected “{rest}”.", "Type ? for the list of commands.")


def _with_article(kind: str) -> str:
    if kind == "evidence":
        return kind
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _now() -> datetime:
    return datetime.now(UTC)
