"""Reading and marking line by line: for screen readers, dumb terminals, and pipes.

Nothing is drawn or overwritten. The program prints numbered sentences and a
prompt, and takes commands of a letter and a number. Sentences are numbered for readers
who cannot point at a passage.
"""

import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from annotator.cli.context import CliContext
from annotator.cli.output import console, streams
from annotator.cli.output.tables import short_quote, wrapped
from annotator.errors import AnnotatorError, InvalidInput
from annotator.model import CLAIM_FIELDS, AnchoredMark, Annotation, Article, Block, Span
from annotator.model.labels import count
from annotator.model.text import clean_line
from annotator.reading.navigation.motions import find_all
from annotator.reading.navigation.units import Units
from annotator.store import Position
from annotator.usecases.articles.open_article import anchor_marks, leave, open_article
from annotator.usecases.library.undo import History, described
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Changes, Draft
from annotator.usecases.marks.mark_edit import creation

PROMPT = "> "
MATCHES_SHOWN = 10
HELP = Path(__file__).with_suffix(".txt").read_text("utf-8")
_LETTERS = {"help": "?", "next": ""} | {
    word: word[0]
    for word in ("back", "find", "mark", "list", "delete", "edit", "undo", "redo", "quit")
}

_SPOKEN = {
    "heading": "Heading",
    "list_item": "Item",
    "quote": "Quotation",
    "code": "Code",
    "table": "Table",
    "image": "Image",
    "footnote": "Footnote",
    "embed": "Embedded",
}

_MARK = re.compile(r"(\d+)(?:\s*-\s*(\d+))?((?:\s+[^\s:]+)*)\s*(?::\s*(.*))?")


class Paragraph(NamedTuple):
    """A block of the article: its spoken label, if it is not prose, and its sentence numbers."""

    label: str
    numbers: range


class NumberedSentences:
    """The sentences of an article, numbered from 1, and its paragraphs."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._spans: list[Span] = []
        self.paragraphs = [*self._numbered()]
        self._starts = [span.start for span in self._spans]

    def __len__(self) -> int:
        return len(self._spans)

    def span(self, number: int) -> Span:
        """Return the span of a sentence."""
        return self._spans[number - 1]

    def checked(self, number: int) -> int:
        """Return `number`; raises `InvalidInput` for one that does not exist."""
        if not 1 <= number <= len(self):
            raise InvalidInput(f"No sentence {number}.", f"The last one is {len(self)}.")
        return number

    def at(self, offset: int) -> int:
        """Return the number of the sentence at an offset, or of the one before it."""
        return max(1, bisect_right(self._starts, offset))

    def named(self, span: Span) -> str:
        """Return which sentences a span is in."""
        first, last = self.at(span.start), self.at(max(span.start, span.end - 1))
        return f"sentences {first}–{last}" if last > first else f"sentence {first}"

    def paragraph_of(self, number: int) -> int:
        """Return the index of the paragraph that a sentence is in."""
        firsts = [paragraph.numbers.start for paragraph in self.paragraphs]
        return max(0, bisect_right(firsts, number) - 1)

    def lines(self, paragraph: Paragraph, marks: tuple[AnchoredMark, ...]) -> Iterator[str]:
        """Yield a line for each sentence of a paragraph, with its marks in brackets."""
        if not paragraph.numbers:
            yield f"{paragraph.label}."
        for number in paragraph.numbers:
            label = f"{paragraph.label}: " if number == paragraph.numbers.start else ""
            span = self.span(number)
            said = "".join(
                f" [{summary(mark.annotation)}]"
                for mark in marks
                if mark.span and mark.span.overlaps(span)
            )
            yield f"{number}. {label if paragraph.label else ''}{self.words(number)}{said}"

    def words(self, number: int) -> str:
        """Return a sentence on one line."""
        return " ".join(self.span(number).of(self._article.text).split())

    def _numbered(self) -> Iterator[Paragraph]:
        units = Units(self._article)
        for index, block in enumerate(self._article.blocks):
            spans = [span for span in units.of_block(index, "sentence") if len(span)]
            first = len(self._spans) + 1
            self._spans += spans
            numbers = range(first, first + len(spans))
            if numbers or block.kind == "image":
                yield Paragraph(_label(block), numbers)


def summary(mark: Annotation) -> str:
    """Return the kind of a mark, its status and speaker, its tags and its note."""
    status = mark.status if mark.status not in (None, "open") else ""
    speaker = mark.claim.speaker if mark.claim else ""
    note = f"note: {mark.note}" if mark.note else ""
    tags = (f"#{tag}" for tag in mark.tags)
    return ", ".join(filter(None, (mark.kind, status, speaker, *tags, note)))


def say(text: str) -> None:
    """Print a text, on a terminal in lines that end between words."""
    for line in wrapped(text, console.width() if console.is_terminal() else 0):
        console.echo(line)


def _label(block: Block) -> str:
    label = _SPOKEN.get(block.kind, "")
    if block.kind == "image" and not block.text:
        return f"{label}: {block.alternative}" if block.alternative else label
    return label


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
            hint = "A tag starts with #, a note with a colon."
            raise InvalidInput(f"Unexpected word “{kinds[1]}”.", hint)
        tags = tuple(name.removeprefix("#") for name in names if name.startswith("#"))
        draft = Draft(self._context.kind(kinds[0]), tags, note)
        span = Span(self._text.span(min(numbers)).start, self._text.span(max(numbers)).end)
        marked = f"sentences {first}–{last}" if last else f"sentence {first}"
        for number, placed in enumerate(self.placed(), start=1):
            if placed.span == span and placed.annotation.kind == draft.kind:
                words = f"{marked.capitalize()}: marked as {_with_article(draft.kind)} already."
                raise InvalidInput(words, f"To change that mark: e {number}")
        made = annotate.mark(self._library, self._article, span, draft, now=_now())
        self._undo_stack.record(creation(made))
        say(f"Marked {marked} as {_with_article(made.kind)}: {' '.join(made.quote.split())}")

    def list(self) -> None:
        """Print a numbered list of the marks."""
        marks = self.placed()
        if not marks:
            console.echo("No marks.")
        for number, placed in enumerate(marks, start=1):
            mark, span = placed.annotation, placed.span
            where = self._text.named(span) if span else "no longer in the text"
            say(f"{number}. {summary(mark)}; {where}: {' '.join(mark.quote.split())}")

    def delete(self, rest: str) -> None:
        """Delete the mark with a number of the list."""
        mark = self._listed(rest)
        self._undo_stack.record(annotate.delete(self._library, (mark,), now=_now()))
        say(f"Deleted: {mark.kind}: {' '.join(mark.quote.split())}. u undoes it.")

    def edit(self, rest: str) -> None:
        """Change a detail of the mark with a number of the list, or tell all of them."""
        number, name, value = (*rest.split(maxsplit=2), "", "", "")[:3]
        mark, fields = self._listed(number), {field.key: field for field in CLAIM_FIELDS}
        if not name:
            facts = {field.label: field.of(mark.claim) for field in CLAIM_FIELDS if mark.claim}
            told = (f"; {label}: {value}" for label, value in facts.items() if value)
            say(f"{summary(mark)}{''.join(told)}; id: {mark.id}")
            return
        if name in fields and not value:
            field = fields[name]
            known = field.of(mark.claim) if mark.claim else ""
            choices = f" Choose one of: {', '.join(field.choices)}." if field.choices else ""
            say(f"{field.label}: {known or 'none'}.{choices} e {number} {name} - removes it.")
            return
        if name == "kind":
            changes = Changes(kind=self._context.kind(value))
        elif name == "note":
            changes = Changes(note=value)
        elif name == "tag":
            changes = Changes(added=tuple(value.split()))
        elif name == "untag":
            changes = Changes(removed=tuple(value.split()))
        elif name in fields:
            changes = Changes(values={fields[name].name: "" if value == "-" else value})
        else:
            known = ", ".join(("kind", "note", "tag", "untag", *fields))
            raise InvalidInput(f"Unknown detail “{name}”.", f"Choose one of: {known}.")
        made = annotate.change(self._library, (mark,), changes, name="Edit", now=_now())
        self._undo_stack.record(made)
        say(f"Changed: {summary(made.after[0])}." if made.after else "It is like that already.")

    def _listed(self, number: str) -> Annotation:
        """Return the mark with a number of the list."""
        marks = self.placed()
        if not number.isdecimal() or not 1 <= int(number) <= len(marks):
            words = f"No mark {number}; there are {len(marks)}." if number else "Which mark?"
            raise InvalidInput(words, "Type l for a list of the marks with their numbers.")
        return marks[int(number) - 1].annotation

    def end(self) -> None:
        """Keep what was changed, so that `annotator undo` can take it back."""
        for step in self._undo_stack.done:
            self._context.remember(step)

    def undo(self) -> None:
        """Undo the latest step."""
        change = self._undo_stack.undo(self._library, now=_now())
        say(f"Undid: {described(change, short_quote)}" if change else "Nothing more to undo here.")

    def redo(self) -> None:
        """Redo the step that was undone last."""
        change = self._undo_stack.redo(self._library, now=_now())
        say(f"Redid: {described(change, short_quote)}" if change else "Nothing more to redo.")


def _with_article(kind: str) -> str:
    if kind == "evidence":
        return kind
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def read_line_by_line(context: CliContext, article_id: str, *, mark_id: str | None = None) -> int:
    """Read an article line by line until the user quits; return the exit code.

    It begins with the paragraph of the mark `mark_id`, or else where its reader left off.
    """
    session = Session(context, article_id, mark_id)
    try:
        session.start()
        while (line := _read_line()) is not None and session.obey(line):
            pass
    finally:
        session.end()
    return 0


class Session:
    """An article, the paragraph printed last, the matches found, and the commands."""

    def __init__(self, context: CliContext, article_id: str, mark_id: str | None = None) -> None:
        self._library = context.library
        self._opened = open_article(self._library, article_id)
        self._article = self._opened.article
        self._first_mark = mark_id
        self._text = NumberedSentences(self._article)
        self._at = -1  # the paragraph that was printed last
        self._matches: list[int] = []
        self._marks = marks = Marks(context, self._opened.article, self._text)
        self._commands: dict[str, Callable[[], None]] = {
            "": self._next,
            "b": self._back,
            "l": marks.list,
            "u": marks.undo,
            "r": marks.redo,
            "?": lambda: console.echo(HELP.rstrip()),
        }
        self._commands_with_words: dict[str, Callable[[str], None]] = {
            "f": self._find,
            "m": marks.mark,
            "d": marks.delete,
            "e": marks.edit,
        }

    def start(self) -> None:
        """Print what the article is, and the paragraph to begin with."""
        record = self._opened.record
        console.echo(console.strong(record.title or record.url))
        facts = (", ".join(record.byline), record.site_name, record.published[:10])
        about = [fact for fact in facts if fact]
        marks = count(len(self._marks.placed()), "mark")
        about += [f"{record.minutes} min", count(len(self._text), "sentence"), marks]
        console.echo(". ".join(about) + ".")
        console.echo("Type ? and Enter for help.")
        if offset := self._first_offset():
            self._at = self._text.paragraph_of(self._text.at(offset)) - 1
        self._next()

    def obey(self, line: str) -> bool:
        """Run the command in a line, or print what is wrong with it; return `False` to quit."""
        # The letter of a command and its argument; a number may follow without a space.
        at = 1 if line[1:2].isdecimal() else len(line.split(" ", 1)[0])
        word, rest = line[:at].lower(), line[at:].strip()
        word = _LETTERS.get(word, word)
        if word == "q" and not rest:
            return False
        try:
            if line.isdecimal():
                self._go(int(line))
            elif word in self._commands_with_words:
                self._commands_with_words[word](rest)
            elif word in self._commands and rest:
                raise InvalidInput(f"Unexpected “{rest}”.", "Type ? for the list of commands.")
            elif word in self._commands:
                self._commands[word]()
            else:
                raise InvalidInput(f"Unknown command “{line}”.", "Type ? for the list of commands.")
        except AnnotatorError as error:
            console.complain(error)
        return True

    def end(self) -> None:
        """Save the reading position, and what was changed."""
        self._marks.end()
        paragraphs = self._text.paragraphs
        if self._at < 0 or not len(self._text):
            return
        numbers = paragraphs[min(self._at, len(paragraphs) - 1)].numbers
        number = min(max(1, numbers.start), len(self._text))
        offset = self._text.span(number).start if self._at else 0
        progress = max(number, numbers.stop - 1) / len(self._text)
        where = Position(offset, min(1.0, progress))
        try:
            self._library.positions.save(self._opened.record.id, where)
            leave(self._library, self._opened.record, where, now=_now())
        except AnnotatorError as error:
            console.complain(error)

    def _first_offset(self) -> int:
        """Return where to begin: at the mark that was asked for, or where the reader left off."""
        position = self._opened.position
        if self._first_mark is not None:
            if (start := self._opened.offset_of_mark(self._first_mark)) is not None:
                return start
            console.tell("The words of that mark are not in the text any more.")
        return position.offset if position else 0

    def _next(self) -> None:
        if self._at + 1 >= len(self._text.paragraphs):
            console.echo("End of the article.")
            return
        self._at += 1
        self._print()

    def _back(self) -> None:
        self._at = max(0, self._at - 1)
        self._print()

    def _go(self, number: int) -> None:
        self._at = self._text.paragraph_of(self._text.checked(number))
        self._print()

    def _print(self) -> None:
        paragraph = self._text.paragraphs[self._at]
        for line in self._text.lines(paragraph, self._marks.placed()):
            say(line)

    def _find(self, words: str) -> None:
        if words:
            spans = find_all(self._article.text, words)
            self._matches = list(dict.fromkeys(self._text.at(span.start) for span in spans))
            console.echo(f"{count(len(self._matches), 'sentence')} with “{words}”.")
            for number in self._matches[:MATCHES_SHOWN]:
                say(f"{number}. {self._text.words(number)}")
            return
        here = self._text.paragraphs[self._at].numbers.stop if self._at >= 0 else 0
        following = next((number for number in self._matches if number >= here), None)
        if following is None:
            raise InvalidInput("No further match.", "Find other words: f WORDS")
        self._go(following)


def _read_line() -> str | None:
    """Print the prompt, and return the next line; `None` at the end of the input."""
    streams.write(sys.stdout, PROMPT)
    streams.flush()
    line = sys.stdin.readline() if sys.stdin else ""
    if not line:
        console.echo()  # so that what follows is not on the line of the prompt
    return clean_line(line) if line else None


def _now() -> datetime:
    return datetime.now(UTC)
