"""Reading and marking an article line by line.

It is printed a paragraph at a time, with a number for each sentence, for readers who cannot point
at a passage. The rows of this place are the marks of the article; a number alone is a sentence.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from annotator.cli.output import console
from annotator.cli.output.tables import short_quote
from annotator.cli.plain.lists import set_state, tell_article
from annotator.cli.plain.mark_lists import MarkedPlace, summary
from annotator.cli.plain.session import PlainRow, PlainSession, browse
from annotator.cli.plain.words import number_of, split_numbers
from annotator.errors import AnnotatorError, InvalidInput
from annotator.model import AnchoredMark, Article, Block, ReadState, Span
from annotator.model.labels import count
from annotator.reading.navigation.article_links import links_in
from annotator.reading.navigation.landmarks import Landmarks, headings
from annotator.reading.navigation.motions import find_all
from annotator.reading.navigation.units import Units
from annotator.store import Marked, Position
from annotator.usecases.articles import overrides
from annotator.usecases.articles.open_article import anchor_marks, leave, open_article, same_place
from annotator.usecases.articles.places import offset_of, places_of, set_place
from annotator.usecases.exporting import user_commands
from annotator.usecases.library.undo import Step
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Draft
from annotator.usecases.marks.guests import adopt, guests_of
from annotator.usecases.marks.mark_edit import creation

MATCHES_SHOWN = 10

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

_MARK = re.compile(r"""(?:["“](?P<part>.+)["”]\s*)?(?P<names>[^:]*)(?::\s*(?P<note>.*))?""")


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

    def lines(self, paragraph: Paragraph, marks: Sequence[AnchoredMark]) -> Iterator[str]:
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


def _label(block: Block) -> str:
    label = _SPOKEN.get(block.kind, "")
    if block.kind == "image" and not block.text:
        return f"{label}: {block.alternative}" if block.alternative else label
    return label


class ArticlePlace(MarkedPlace[AnchoredMark]):
    """An article: the paragraph that was printed last, the matches found, and its marks."""

    name, title = "article", "Article"

    def __init__(
        self,
        session: PlainSession,
        article_id: str,
        mark_id: str | None = None,
        offset: int | None = None,
    ) -> None:
        super().__init__(session)
        self._first = mark_id, offset
        self._at = -1  # the paragraph that was printed last
        self._jumps: list[int] = []  # the paragraphs from which was jumped
        self._matches: list[int] = []
        self._names = ""  # kind and tags of the last mark
        self._read_text(article_id)

    @property
    def items(self) -> Sequence[AnchoredMark]:
        """The marks that are in the library now, in the order of the text."""
        marks = self.library.article(self._article.id).annotations()
        return anchor_marks(self._article, marks)

    def row(self, item: AnchoredMark) -> PlainRow:
        where = self._text.named(item.span) if item.span else "no longer in the text"
        words = " ".join(item.annotation.quote.split())
        marked = Marked(self._opened.record, item.annotation)
        return self.marked_row(marked, f"{summary(item.annotation)}; {where}: {words}")

    def begin(self) -> None:
        record = self._opened.record
        console.echo(record.title or record.url)
        facts = (", ".join(record.byline), record.site_name, record.published[:10])
        marks = count(len(self.items), "mark")
        counts = f"{record.minutes} min", count(len(self._text), "sentence"), marks
        console.echo(". ".join((*filter(None, facts), *counts)) + ".")
        if offset := self._first_offset():
            self._at = self._text.paragraph_of(self._text.at(offset)) - 1
        self._next()

    def leave(self) -> None:
        if self._at < 0 or not len(self._text):
            return
        numbers = self._text.paragraphs[self._at].numbers
        number = min(max(1, numbers.start), len(self._text))
        offset = self._text.span(number).start if self._at else 0
        progress = max(number, numbers.stop - 1) / len(self._text)
        where = Position(offset, min(1.0, progress))
        try:
            self.library.positions.save(self._article.id, where)
            leave(self.library, self._opened.record, where, now=self.context.now)
        except AnnotatorError as error:
            console.complain(error)

    def changed(self) -> None:
        record = self.library.article(self._article.id).record()
        if record.revision != self._article.revision:
            self._read_text(self._article.id)

    def fills(self, does: str, rows: Sequence[PlainRow], rest: str) -> dict[str, Sequence[str]]:
        return {**super().fills(does, rows, rest), "article": [self._article.id]}

    def _open(self, rest: str) -> None:
        if not rest.isdecimal():
            raise InvalidInput("Which sentence?", "Type its number.")
        self._jump(number_of(rest))

    def _next(self, _rest: str = "") -> None:
        if self._at + 1 >= len(self._text.paragraphs):
            console.echo("End of the article.")
        else:
            self._print(self._at + 1)

    def _previous(self, _rest: str) -> None:
        self._print(max(0, self._at - 1))

    def _top(self, _rest: str) -> None:
        self._jump(1)

    def _end(self, _rest: str) -> None:
        self._jump(len(self._text))

    def _jump_back(self, _rest: str) -> None:
        if not self._jumps:
            raise InvalidInput("There was no jump.", "Enter goes on.")
        self._print(self._jumps.pop())

    def _find(self, rest: str) -> None:
        if rest:
            spans = find_all(self._article.text, rest)
            self._matches = list(dict.fromkeys(self._text.at(span.start) for span in spans))
            console.echo(f"{count(len(self._matches), 'sentence')} with “{rest}”.")
            for number in self._matches[:MATCHES_SHOWN]:
                console.echo(f"{number}. {self._text.words(number)}")
            return
        here = self._text.paragraphs[self._at].numbers.stop if self._at >= 0 else 0
        following = next((number for number in self._matches if number >= here), None)
        if following is None:
            raise InvalidInput("No further match.", "Find other words: f WORDS")
        self._jump(following)

    def _contents(self, _rest: str) -> None:
        lines = [f"{self._text.at(one.offset)}. {one.text}" for one in headings(self._article)]
        console.echo("\n".join(lines) or "It has no headings.")

    def _worthy(self, _rest: str) -> None:
        last = self._text.paragraphs[self._at].numbers.stop - 1 if self._number else 0
        here = self._text.span(max(1, last)).start
        offset = Landmarks(Units(self._article)).worthy(here, 1)
        if offset is None:
            raise InvalidInput("No further sentence is worth a check.", "top begins again.")
        self._jump(self._text.at(offset))

    def _follow(self, rest: str) -> None:
        block = self._article.block_at(self._text.span(self._number).start)
        links = links_in(self._article, self._article.span_of(block))
        said = [f"{link.span.of(self._article.text)}: {link.href or 'a note'}" for link in links]
        at = _choose(rest, said, "This paragraph has no links.")
        if at is not None and links[at].href:
            browse(links[at].href)
        elif at is not None:
            note, back = links[at].note, links[at].back
            offset = self._article.starts[note] if note is not None else back
            self._jump(self._text.at(offset or 0))

    def _mark(self, rest: str) -> None:
        """Mark the sentences in an argument such as `12-13 evidence #energy: a note`."""
        span, marked, rest = self._sentences(rest)
        match = _MARK.fullmatch(rest)
        part, names, note = match.group("part", "names", "note") if match else (None, rest, None)
        if part:
            inside = [one for one in find_all(self._article.text, part) if one.overlaps(span)]
            if not inside:
                raise InvalidInput(f"“{part}” is not in {marked}.", "Type the words as they are.")
            span, marked = inside[0], f"words of {marked}"
        kinds = [name for name in names.split() if not name.startswith("#")] or ["claim"]
        if len(kinds) > 1:
            hint = "A tag starts with #, a note with a colon."
            raise InvalidInput(f"Unexpected word “{kinds[1]}”.", hint)
        tags = tuple(name[1:] for name in names.split() if name.startswith("#"))
        draft = Draft(self.context.kind(kinds[0]), tags, note or "")
        for number, placed in enumerate(self.items, start=1):
            if placed.span == span and placed.annotation.kind == draft.kind:
                words = f"{marked.capitalize()}: marked as {_with_article(draft.kind)} already."
                raise InvalidInput(words, f"To change that mark: e {number}")
        made = annotate.mark(self.library, self._article, span, draft, now=self.context.now)
        self._names = names
        self.session.record(creation(made))
        words = " ".join(made.quote.split())
        console.echo(f"Marked {marked} as {_with_article(made.kind)}: {words}")

    def _repeat(self, rest: str) -> None:
        self._mark(f"{rest} {self._names}")

    def _move(self, rest: str) -> None:
        row, rest = self.one(rest)
        span, marked, _ = self._sentences(rest)
        mark, now = self.library.annotation(row.key), self.context.now
        self.session.record(annotate.move(self.library, mark, self._article, span, now=now))
        console.echo(f"Moved to {marked}: {' '.join(span.of(self._article.text).split())}")

    def _list(self, _rest: str = "") -> None:
        for number, row in enumerate(map(self.row, self.items), start=1):
            console.echo(f"{number}. {row.said}")
        if not self.items:
            console.echo("No marks.")

    def _removed(self, rest: str) -> None:
        """List what was removed, or put one of it back."""
        removals = self._opened.extraction.removals
        said = [f"{' '.join(removal.text.split())} ({removal.reason})" for removal in removals]
        at = _choose(rest, said, "Nothing was removed.")
        if at is not None:
            chosen, now = [removals[at]], self.context.now
            work = overrides.put_back(self.library, self._article.id, chosen, now=now)
            self._switch(self.context.run(work))

    def _take_out(self, rest: str) -> None:
        block = self._article.block_at(self._sentences(rest)[0].start)
        now = self.context.now
        work = overrides.take_out(self.library, self._article.id, block, now=now)
        self._switch(self.context.run(work))

    def _guests(self, rest: str) -> None:
        """List the marks of others, or make one of them one's own."""
        marks = [item.annotation for item in self.items]
        guests = guests_of(self.library, self._article, marks)
        said = [f"{placed.words}: {' '.join(placed.guest.quote.split())}" for placed in guests]
        at = _choose(rest, said, "There are no marks of others here.")
        if at is not None:
            made = adopt(self.library, self._article, guests[at], now=self.context.now)
            self.session.record(creation(made))
            console.echo(f"Adopted: {' '.join(made.quote.split())}")

    def _name_place(self, rest: str) -> None:
        set_place(self.library, self._article, rest, self._text.span(self._number).start)
        console.echo(f"go {rest} leads here now.")

    def _go_to_place(self, rest: str) -> None:
        named = {place.letter: place for place in places_of(self.library, self._article.id)}
        place = named.get(rest)
        if place is None:
            lines = [f"{one.letter}: {one.words}, {one.title}" for one in named.values()]
            console.echo("\n".join(lines) or "No place has a name. name and a letter names one.")
        elif place.article_id == self._article.id:
            self._jump(self._text.at(offset_of(self._article, place.place)))
        else:
            self.session.go("article", place.article_id, None, place.place.offset)

    def _pass_to(self, rest: str) -> None:
        """Pass the article, or a mark behind a colon, to a command of the settings."""
        name, _, number = rest.partition(":")
        commands = {command.name: command for command in self.context.settings.commands}
        command = commands.get(name.strip())
        if command is None:
            raise InvalidInput("Which command?", f"Yours are: {', '.join(commands) or 'none'}.")
        record, article, inputs = self._opened.record, self._article, user_commands
        placed = self.item(number.strip()) if command.what != "article" else None
        if placed and placed.span:
            mark = placed.annotation
            given = inputs.passage_input(command, record, article, placed.span, mark=mark)
        else:
            marks = [item.annotation for item in self.items]
            given = inputs.article_input(command, record, article, marks)
        printed = self.context.run(inputs.run(command, given))
        if command.output == "note" and placed:
            note = f"{placed.annotation.note}\n\n{printed}".strip()
            self.session.command("edit", placed.annotation.id, "--note", note)
        else:
            console.echo(printed or "It printed nothing.")

    def _state(self, _rest: str, state: ReadState) -> None:
        set_state(self, [self._article.id], state)

    def _facts(self, _rest: str) -> None:
        tell_article(self, self._article.id)

    def _browse(self, _rest: str) -> None:
        browse(self._opened.record.url)

    def _read_text(self, article_id: str) -> None:
        """Read the article, and stay at the words where the user is."""
        before = (self._article, self._text.span(self._number).start) if self._at >= 0 else None
        self._opened = open_article(self.library, article_id)
        self._article: Article = self._opened.article
        self._text: NumberedSentences = NumberedSentences(self._article)
        if before:
            then, offset = before
            here = same_place(then, self._article, offset)
            self._at = self._text.paragraph_of(self._text.at(here))

    def _switch(self, step: Step) -> None:
        self.session.record(step)
        self._read_text(self._article.id)
        console.echo(f"{step.name}: {short_quote(step.words)}")
        console.echo("The sentences behind it have other numbers now.")

    def _sentences(self, rest: str) -> tuple[Span, str, str]:
        """Return the span of the sentences that an argument names, which they are, and the rest."""
        numbers, more = split_numbers(rest, len(self._text))
        if not numbers:
            raise InvalidInput("Which sentence?", "For example: m 12 claim #energy")
        first, last = min(numbers), max(numbers)
        span = Span(self._text.span(first).start, self._text.span(last).end)
        return span, self._text.named(span), more

    def _first_offset(self) -> int:
        """Return where to begin: at the mark that was asked for, or where the reader left off."""
        position, (mark_id, offset) = self._opened.position, self._first
        if offset is not None:
            return offset
        if mark_id is not None:
            if (start := self._opened.offset_of_mark(mark_id)) is not None:
                return start
            console.tell("The words of that mark are not in the text any more.")
        return position.offset if position else 0

    @property
    def _number(self) -> int:
        """The number of the first sentence of this paragraph; there must be one."""
        if not len(self._text):
            raise InvalidInput("This article has no text.", "back leaves it.")
        return max(1, self._text.paragraphs[self._at].numbers.start)

    def _jump(self, number: int) -> None:
        paragraph = self._text.paragraph_of(self._text.checked(number))
        self._jumps.append(max(0, self._at))
        self._print(paragraph)

    def _print(self, paragraph: int) -> None:
        self._at = paragraph
        for shown in self._text.paragraphs[paragraph : paragraph + 1]:
            console.echo("\n".join(self._text.lines(shown, self.items)))


def _choose(typed: str, said: Sequence[str], empty: str) -> int | None:
    """Return the index of the line that was typed; without one, print all of them."""
    numbers, _ = split_numbers(typed, len(said))
    if not numbers:
        lines = [f"{at}. {line}" for at, line in enumerate(said, start=1)]
        console.echo("\n".join(lines) or empty)
    return numbers[0] - 1 if numbers else None


def _with_article(kind: str) -> str:
    return kind if kind == "evidence" else f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
