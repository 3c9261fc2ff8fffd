"""Reading and marking line by line: for screen readers, dumb terminals, and pipes.

Nothing is drawn, moved or overwritten: the program prints sentences with their
numbers, asks, and does what it is told by a letter and a number.
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime

from annotator.cli.context import Workspace
from annotator.cli.line_mode.marks import Marks, require_nothing
from annotator.cli.line_mode.sentences import Numbered
from annotator.cli.output import console, streams
from annotator.errors import AnnotatorError, InvalidInput
from annotator.model.labels import count
from annotator.model.text import clean_line
from annotator.reading.navigation.find import find_all
from annotator.store import Position
from annotator.usecases.open_article import leave, open_article

PROMPT = "> "
MATCHES_SHOWN = 10
HELP = """Enter reads the next paragraph; b goes back one; a number goes to that sentence.
f WORDS finds; f alone goes to the next match.
m NUMBER marks a sentence as a claim, m 3-5 a passage of several.
  Add a kind, tags and a note: m 12 evidence #energy #costs: as the minister said
l lists the marks; d NUMBER deletes one of that list.
u undoes, r does it again; q quits. The place is kept.
"""


def read_plainly(workspace: Workspace, article_id: str) -> int:
    """Read an article line by line until the person quits; return the exit code."""
    session = Session(workspace, article_id)
    try:
        session.begin()
        while (line := _asked()) is not None and session.does(line):
            pass
    finally:
        session.end()
    return 0


class Session:
    """One article, the paragraph that was printed last, and what was done."""

    def __init__(self, workspace: Workspace, article_id: str) -> None:
        self._workspace = workspace
        self._library = workspace.library
        self._opened = open_article(self._library, article_id)
        self._article = self._opened.article
        self._text = Numbered(self._article)
        self._at = -1  # the paragraph that was printed last
        self._matches: list[int] = []
        self._marks = marks = Marks(workspace, self._opened.article, self._text)
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

    def begin(self) -> None:
        """Say what this is, and begin where the reader left off."""
        record, position = self._opened.record, self._opened.position
        console.echo(console.strong(record.title or record.url))
        facts = (", ".join(record.byline), record.site_name, record.published[:10])
        about = [fact for fact in facts if fact]
        marks = count(len(self._marks.placed()), "mark")
        about += [f"{record.minutes} min", count(len(self._text), "sentence"), marks]
        console.echo(". ".join(about) + ".")
        console.echo("Type ? and Enter for help.")
        if position and position.offset:
            self._at = self._text.paragraph_of(self._text.at(position.offset)) - 1
        self._next("")

    def does(self, line: str) -> bool:
        """Do what a line asks for, and say what was wrong with it; `False` to quit."""
        word, rest = _parted(line)
        if line.lower() in {"q", "quit"}:
            return False
        try:
            if line.isdecimal():
                self._go(int(line))
            elif word in self._commands:
                self._commands[word](rest)
            else:
                raise InvalidInput(f"“{line}” is no command.", "? lists them.")
        except AnnotatorError as error:
            console.complain(error)
        return True

    def end(self) -> None:
        """Keep the place."""
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

    def _next(self, rest: str) -> None:
        require_nothing(rest)
        if self._at + 1 >= len(self._text.paragraphs):
            console.echo("This is the end of the article.")
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
            found = find_all(self._article.text, words)
            self._matches = list(dict.fromkeys(self._text.at(span.start) for span in found))
            console.echo(f"{count(len(self._matches), 'sentence')} with “{words}”.")
            for number in self._matches[:MATCHES_SHOWN]:
                console.echo(f"{number}. {self._text.words(number)}")
            return
        here = self._text.paragraphs[self._at].numbers.stop if self._at >= 0 else 0
        following = next((number for number in self._matches if number >= here), None)
        if following is None:
            raise InvalidInput("There is no match further on.", "Find other words: f WORDS")
        self._go(following)

    def _help(self, rest: str) -> None:
        require_nothing(rest)
        console.echo(HELP.rstrip())


def _asked() -> str | None:
    """Ask for a line, and return it; nothing when there are no more."""
    streams.write(sys.stdout, PROMPT)
    streams.flush()
    line = sys.stdin.readline() if sys.stdin else ""
    if not line:
        console.echo()  # so that what comes next begins on a line of its own
    return clean_line(line) if line else None


def _parted(line: str) -> tuple[str, str]:
    """Return the letter of a command and what follows; a number need not be set off."""
    at = 1 if line[1:2].isdecimal() else len(line.split(" ", 1)[0])
    return line[:at].lower(), line[at:].strip()


def _now() -> datetime:
    return datetime.now(UTC)
