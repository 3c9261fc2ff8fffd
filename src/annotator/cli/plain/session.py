"""A session line by line: the places that were gone to, and the line that is typed."""

from __future__ import annotations

import os
import signal
import sys
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

import click

from annotator.cli.group import COMMANDS, PROGRAM, USUAL, load_command, usage_error
from annotator.cli.output import console
from annotator.cli.output.tables import short_quote
from annotator.cli.plain.words import (
    EVERYWHERE,
    TypedWord,
    all_words,
    command_line,
    split_numbers,
    words_of,
)
from annotator.errors import AnnotatorError, InvalidInput, did_you_mean
from annotator.model.labels import count
from annotator.registry import Registry
from annotator.store import questions
from annotator.usecases.articles.sources import sample_articles
from annotator.usecases.library.undo import History, StepsTogether, described, remember
from annotator.usecases.queries.saved_queries import saved_queries

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from annotator.cli.context import CliContext
    from annotator.usecases.library.undo import Step

PROMPT = "> "
PAGE = 10  # rows that are printed together
WELCOME = "Type help for what can be typed, and quit to end."

_MODULES = {
    "lists": "library inbox bin tags speakers settings",
    "mark_lists": "marks review evidence similar reattach proposals",
    "reading": "article",
}
PLACES = Registry["Callable[..., PlainPlace[Any]]"](
    {
        name: f"annotator.cli.plain.{module}:{name.capitalize()}Place"
        for module, names in _MODULES.items()
        for name in names.split()
    }
)

Item = TypeVar("Item")


class PlainRow(NamedTuple):
    """A row: what commands know it by, what is said of it, and what it opens.

    `above` is the name of the group that begins with it, and `offset` a place in the article.
    """

    key: str
    said: str
    article_id: str = ""
    mark_id: str | None = None
    url: str = ""
    above: str = ""
    offset: int | None = None


class PlainSession:
    """The places from the first to the one where the user is, and what was changed in them.

    `guide` hears the name of each word that was done, for the tour.
    """

    def __init__(
        self, context: CliContext, guide: Callable[[str], None] = lambda _name: None
    ) -> None:
        self.context = context
        self.is_over = False
        self._guide = guide
        self._places: list[PlainPlace[Any]] = []
        self._history = History()
        context.session = self

    def run(self, name: str, *values: object) -> None:
        """Begin at a place, and do what is typed until the user has left or the input ends."""
        usual = signal.signal(signal.SIGHUP, self._hang_up)
        try:
            with console.session():
                console.tell(WELCOME)
                self.go(name, *values)
                while self._places and not self.is_over:
                    line = self.ask(PROMPT)
                    if line is not None:
                        self._safely(partial(self._obey, line))
                if self.context.settings.export_on_change:
                    self._safely(self._export_changed)
        finally:
            self.is_over = True  # from here on nothing is interrupted
            for place in reversed(self._places):
                place.leave()
            self.context.session = None
            for step in self._history.done:
                remember(self.context.library, getattr(step, "steps", (step,)))
            signal.signal(signal.SIGHUP, usual)

    def _hang_up(self, *_: object) -> None:
        """Interrupt what runs when the terminal is closed, once: then the session is over."""
        if not self.is_over:
            self.is_over = True
            raise KeyboardInterrupt

    def ask(self, question: str) -> str | None:
        """Return the line that is typed; `None` after Ctrl+C and at the end of the input."""
        try:
            line = console.ask(question)
        except KeyboardInterrupt:
            console.echo_end()
            return None
        self.is_over = self.is_over or line is None
        return line

    def go(self, name: str, *values: object) -> None:
        """Go to a place, from which `back` leads here."""
        place = PLACES.load(name)(self, *values)
        place.begin()
        if place.items or place.is_open:
            self._places.append(place)

    def back(self) -> None:
        """Leave the place, and say where that leads."""
        self._places.pop().leave()
        if self._places:
            console.echo(f"Back: {self._places[-1].title}.")

    def command(self, *arguments: str) -> None:
        """Run a command of the program; raises what is wrong with it."""
        if arguments[:1] == () or arguments[0] not in COMMANDS:
            raise InvalidInput("Unknown command.", f"Choose one of: {', '.join(COMMANDS)}.")
        command, name = load_command(arguments[0]), f"{PROGRAM} {arguments[0]}"
        try:
            command.main([*arguments[1:]], name, obj=self.context, standalone_mode=False, **USUAL)
        except click.Abort:
            raise KeyboardInterrupt from None
        except click.ClickException as error:
            raise usage_error(error, PROGRAM) from error

    def record(self, *steps: Step) -> None:
        """Take in what was changed, for undo."""
        kept = tuple(step for step in steps if not step.is_empty)
        if kept:
            self._history.record(StepsTogether(kept) if kept[1:] else kept[0])

    def take_back(self, verb: str) -> None:
        """Undo the last change, or redo the one that was undone last."""
        act = self._history.undo if verb == "undo" else self._history.redo
        step = act(self.context.library, now=self.context.now)
        told = described(step, short_quote) if step else ""
        done = "Undid" if verb == "undo" else "Redid"
        console.echo(f"{done}: {told}" if step else f"Nothing more to {verb} here.")
        self._places[-1].changed()

    def _obey(self, line: str) -> None:
        """Do what a line says; raises `InvalidInput` for what cannot be typed here."""
        place, known = self._places[-1], words_of(self._places[-1].name)
        # A number may follow a letter without a space.
        at = 1 if line[1:2].isdecimal() else len(line.split(" ", 1)[0])
        typed, rest = line[:at] or "next", line[at:].strip()
        if line.isdecimal():
            typed, rest = "open", line
        word = known.get(typed) or known.get(typed.lower())
        if word is None:
            raise InvalidInput(*unknown(typed, known))
        if rest and not word.takes:
            raise InvalidInput(f"Unexpected “{rest}”.", word.help)
        if word.does.startswith("@"):
            self.go(word.does[1:], rest)
        else:
            place.do(word.does, rest)
        self._guide(word.names[0])

    def _export_changed(self) -> None:
        """Write the notes of articles that were changed, as a screen does when it is left."""
        marked = self.context.library.ask(questions.marks.mark_counts())
        changed = {key for step in self._history.done for key in step.article_ids}
        if ids := sorted(changed & marked.keys()):
            self.command("export", *ids)

    def _safely(self, act: Callable[[], None]) -> None:
        console.forget_progress()
        try:
            act()
        except AnnotatorError as error:
            console.complain(error)
        except KeyboardInterrupt:
            console.tell("Stopped.")


def run_plain(context: CliContext, name: object = "library", *values: object) -> int:
    """Begin a session at a place, or go there in the one that runs; return the exit code."""
    if context.session is None:
        PlainSession(context).run(str(name), *values)
    else:
        context.session.go(str(name), *values)
    return 0


class PlainPlace(Generic[Item]):
    """Somewhere to be: numbered rows, and the words of the table that can be typed there.

    A place says how its items are read, and what the row of one is. A word `.find` of the table
    is its method `_find`, which gets what was typed behind it.
    """

    name = title = ""  # in the table of words, and for people
    noun: Sequence[str] = ("article",)
    empty = "Nothing is here."
    orders: Sequence[str] = ()
    is_open = True  # also while nothing is there

    def __init__(self, session: PlainSession, typed: str = "") -> None:
        self.session = session
        self.context = session.context
        self.library = session.context.library
        self.typed = typed  # what narrows the list
        self.order, self.is_reversed = next(iter(self.orders), ""), False
        self._items: Sequence[Item] = ()
        self._told = 0  # rows that were printed

    @property
    def items(self) -> Sequence[Item]:
        """What the rows are of; their numbers stay until they are listed again."""
        return self._items

    def read(self) -> Sequence[Item]:
        """Return the items as they are now."""
        raise NotImplementedError

    def row(self, item: Item) -> PlainRow:
        """Return the row of an item."""
        raise NotImplementedError

    def begin(self) -> None:
        """Print where the user is now."""
        self._list()

    def leave(self) -> None:
        """Keep what is to be kept."""

    def changed(self) -> None:
        """Take in what undo has changed."""

    def do(self, does: str, rest: str) -> None:
        """Do what a word stands for, with what was typed behind it."""
        if does.startswith("."):
            name, *more = does[1:].split()
            getattr(self, f"_{name}")(rest, *more)
            return
        rows: Sequence[PlainRow] = ()
        if "{row" in does or "{listed}" in does:
            rows, rest = self.chosen(rest, is_needed="{rows?}" not in does and "{row" in does)
        if "{listed}" in does and not rows:
            rows = [*map(self.row, self.items)]
        self.session.command(*command_line(does, rest, self.fills(does, rows, rest)))

    def fills(self, does: str, rows: Sequence[PlainRow], rest: str) -> dict[str, Sequence[str]]:
        """Return what the parts in braces of a command line stand for, but what was typed."""
        keys, ends = [row.key for row in rows], list[str]()
        if "{ends}" in does:  # of links: numbers of rows, and a note behind a colon
            words, _, note = f" {rest}".partition(" : ")
            ends = [self.one(word)[0].key if word.isdecimal() else word for word in words.split()]
            ends += ("--note", note) if note else ()
        return {
            **dict.fromkeys(("rows", "rows?", "listed"), keys),
            "row": keys[:1],
            "ends": ends,
            "query": self.typed.split(),
            "samples": sample_articles(),
        }

    def chosen(self, rest: str, *, is_needed: bool = True) -> tuple[Sequence[PlainRow], str]:
        """Return the rows that an argument begins with, and the rest of it."""
        items = self.items
        numbers, rest = split_numbers(rest, len(items))
        if is_needed and not numbers:
            raise InvalidInput("Which one?", "Type the number of a row behind the word.")
        return [self.row(items[number - 1]) for number in numbers], rest

    def one(self, rest: str) -> tuple[PlainRow, str]:
        """Return the row that an argument begins with, and the rest of it."""
        (row, *_), rest = self.chosen(rest)
        return row, rest

    def item(self, rest: str) -> Item:
        """Return the item that an argument names."""
        row, items = self.one(rest)[0], self.items
        return next(item for item in items if self.row(item).key == row.key)

    def _list(self, _rest: str = "") -> None:
        self._items, self._told = self.read(), 0
        title = self.title + (
            f", {self.typed}" if "find" in words_of(self.name) and self.typed else ""
        )
        if not self.items:
            console.echo(f"{title}. {'Nothing matches.' if title != self.title else self.empty}")
            return
        console.echo(f"{title}: {count(len(self.items), *self.noun)}.")
        self._next()

    def _next(self, _rest: str = "") -> None:
        items = self.items[self._told : self._told + PAGE]
        for number, row in enumerate(map(self.row, items), start=self._told + 1):
            if row.above:
                console.echo(f"{row.above}:")
            console.echo(f"{number}. {row.said}")
        self._told += len(items)
        if left := len(self.items) - self._told:
            console.echo(f"{left:,} more: press Enter.")
        elif not items:
            console.echo("That was the last. list begins again.")

    def _find(self, rest: str) -> None:
        before, self.typed = self.typed, rest
        names = {saved.name.casefold(): saved.query for saved in saved_queries(self.library)}
        self.typed = names.get(rest.casefold(), rest)
        try:
            self._list()
        except AnnotatorError:
            self.typed = before
            raise

    def _sort(self, rest: str) -> None:
        order = one_of(rest or self.order, self.orders)
        self.is_reversed = order == self.order and not self.is_reversed
        self.order = order
        self._list()

    def _open(self, rest: str) -> None:
        row, _ = self.one(rest)
        if row.article_id:
            self.session.go("article", row.article_id, row.mark_id, row.offset)
        else:
            self._browse(rest)

    def _browse(self, rest: str) -> None:
        browse(self.one(rest)[0].url)

    def _help(self, rest: str) -> None:
        known = words_of(self.name)
        if rest and rest not in known and rest != "all":
            raise InvalidInput(*unknown(rest, known))
        if rest in known:
            console.echo(known[rest].help)
            return
        words = [*dict.fromkeys(known.values())]
        for where, is_everywhere in (("Here", False), ("Everywhere", True)):
            chosen = [word for word in words if (EVERYWHERE in word.places) == is_everywhere]
            console.echo(f"{where}: {', '.join(word.names[0] for word in chosen)}.")
            for word in chosen if rest == "all" else ():
                console.echo(word.help)
        console.echo("help and a word tells about it, help all about each.")
        console.echo("Behind a word, 2,5-7 names several rows, and all every one.")

    def _back(self, _rest: str) -> None:
        self.session.back()

    def _quit(self, _rest: str) -> None:
        self.session.is_over = True

    def _take_back(self, _rest: str, verb: str) -> None:
        self.session.take_back(verb)

    def _command(self, rest: str) -> None:
        self.session.command(*command_line("{words}", rest, {}))

    def _queries(self, _rest: str) -> None:
        for saved in saved_queries(self.library):
            console.echo(f"{saved.name}: {saved.query}")
        console.echo("find NAME lists what one finds, in the library and the marks.")


def unknown(typed: str, known: Mapping[str, TypedWord]) -> tuple[str, str]:
    """Return that a word is not known here, and what to type, or where it can be typed."""
    places = dict.fromkeys(
        place for word in all_words() if typed in word.names for place in word.places
    )
    if places:
        return f"“{typed}” is not typed here.", f"Its places are: {', '.join(places)}."
    return f"Unknown word “{typed}”.{did_you_mean(typed, known)}", "help tells what can be typed."


def browse(url: str) -> None:
    """Say the address of a page, and open it where there is a browser with a window."""
    if not url.startswith(("http://", "https://")):
        raise InvalidInput("It has no address on the web.")
    console.echo(f"Its address is {url}")
    if sys.platform == "darwin" or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        click.launch(url)


def one_of(typed: str, known: Sequence[str]) -> str:
    """Return what was typed; raises `InvalidInput` if it is not among what is known."""
    if typed not in known:
        raise InvalidInput(f"Unknown word “{typed}”.", f"Choose one of: {', '.join(known)}.")
    return typed
