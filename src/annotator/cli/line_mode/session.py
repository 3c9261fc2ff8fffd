"""Reading and marking line by line: for screen readers, dumb terminals, and pipes.

Nothing is drawn or overwritten. The program prints numbered sentences and a
prompt, and takes commands of a letter and a number.
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime

from annotator.cli.context import CliContext
from annotator.cli.line_mode.marks import Marks, require_nothing
from annotator.cli.line_mode.sentences import NumberedSentences
from annotator.cli.output import console, streams
from annotator.errors import AnnotatorError, InvalidInput
from annotator.model.labels import count
from annotator.model.text import clean_line
from annotator.reading.navigation.find import find_all
from annotator.store import Position
from annotator.usecases.articles.open_article import leave, open_article

PROMPT = "> "
MATCHES_SHOWN = 10
HELP = """Enter reads the next paragraph; b goes back one; a number goes to that sentence.
f WORDS finds words; f alone goes to the next match.
m NUMBER marks a sentence as a claim, m 3-5 several sentences.
  Add a kind, tags and a note: m 12 evidence #energy #costs: as the minister said
l lists the marks; d NUMBER deletes one from the list.
u undoes, r redoes; q quits. Your place is saved.
"""


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
        self._commands: dict[str, Callable[[str], None]] = {
            "": self._next,
            "b": self._back,
            "f": self._find,
            "m": marks.mark,
            "l": marks.list,
            "d": marks.delete,
            "u": marks.undo,
            "r": marks.redo,
            "?": self._help,
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
        self._next("")

    def obey(self, line: str) -> bool:
        """Run the command in a line, or print what is wrong with it; return `False` to quit."""
        word, rest = _split(line)
        if line.lower() in {"q", "quit"}:
            return False
        try:
            if line.isdecimal():
                self._go(int(line))
            elif word in self._commands:
                self._commands[word](rest)
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

    def _next(self, rest: str) -> None:
        require_nothing(rest)
        if self._at + 1 >= len(self._text.paragraphs):
            console.echo("End of the article.")
            return
        self._at += 1
        self._print()

    def _back(self, rest: str) -> None:
        require_nothing(rest)
        self._at = max(0, self._at - 1)
        self._print()

    def _go(self, number: int) -> None:
        self._at = self._text.paragraph_of(self._text.checked(number))
        self._print()

    def _print(self) -> None:
        paragraph = self._text.paragraphs[self._at]
        for line in self._text.lines(paragraph, self._marks.placed()):
            console.echo(line)

    def _find(self, words: str) -> None:
        if words:
            spans = find_all(self._article.text, words)
            self._matches = list(dict.fromkeys(self._text.at(span.start) for span in spans))
            console.echo(f"{count(len(self._matches), 'sentence')} with “{words}”.")
            for number in self._matches[:MATCHES_SHOWN]:
                console.echo(f"{number}. {self._text.words(number)}")
            return
        here = self._text.paragraphs[self._at].numbers.stop if self._at >= 0 else 0
        following = next((number for number in self._matches if number >= here), None)
        if following is None:
            raise InvalidInput("No further match.", "Find other words: f WORDS")
        self._go(following)

    def _help(self, rest: str) -> None:
        require_nothing(rest)
        console.echo(HELP.rstrip())


def _read_line() -> str | None:
    """Print the prompt, and return the next line; `None` at the end of the input."""
    streams.write(sys.stdout, PROMPT)
    streams.flush()
    line = sys.stdin.readline() if sys.stdin else ""
    if not line:
        console.echo()  # so that what follows is not on the line of the prompt
    return clean_line(line) if line else None


def _split(line: str) -> tuple[str, str]:
    """Return the letter of a command and its argument; a number may follow without a space."""
    at = 1 if line[1:2].isdecimal() else len(line.split(" ", 1)[0])
    return line[:at].lower(), line[at:].strip()


def _now() -> datetime:
    return datetime.now(UTC)
