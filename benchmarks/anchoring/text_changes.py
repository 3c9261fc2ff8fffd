"""Texts as their authors, sites and programs change them, with the true place of every letter.

A changed text is a list of letters with the place in the old text that each comes from, so
the true place of a passage is known whatever was done, without any search.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from annotator.model import Span

NEW = -1  # the place of a letter that is not in the old text
FEW_LETTERS = 0.01  # of a text, with a slip of the keyboard
TORN = 2  # times as long as it was
AROUND = 120  # letters on either side that are rewritten around a passage

_LETTERS = "etaoinshrdlucmfw"
_PARAGRAPH = re.compile(r"[^\n]+\n*")
_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(r"\d")
_TYPED = {"“": '"', "”": '"', '"': "”", "‘": "'", "’": "'", "'": "’"}
_TYPED |= {"—": " - ", "–": "-", "…": "..."}


class Letter(NamedTuple):
    """A letter, and its place in the old text."""

    sign: str
    origin: int


@dataclass
class Change:
    """A text that is being changed, a passage of the old one, and where new words come from."""

    letters: list[Letter]
    passage: Span
    chance: random.Random
    others: Sequence[str]  # paragraphs of other texts

    @property
    def text(self) -> str:
        """The text as it is now."""
        return "".join(letter.sign for letter in self.letters)

    @property
    def place(self) -> Span | None:
        """The passage now: from the first to the last of its letters that is left."""
        inside = [
            at
            for at, letter in enumerate(self.letters)
            if self.passage.start <= letter.origin < self.passage.end
        ]
        return Span(inside[0], inside[-1] + 1) if inside else None

    def put(self, start: int, end: int, words: str, origin: int | None = None) -> None:
        """Put words in place of letters; they count as what is named, or as the first letter."""
        if origin is None:
            origin = self.letters[start].origin if start < end else NEW
        self.letters[start:end] = [Letter(sign, origin) for sign in words]

    def paragraphs(self) -> list[Span]:
        """Return the paragraphs with the lines between them."""
        return [Span(*match.span()) for match in _PARAGRAPH.finditer(self.text)]

    def inside(self) -> Span:
        """Return the place of a passage that is still there."""
        place = self.place
        assert place is not None
        return place

    def apart(self) -> list[Span]:
        """Return the paragraphs without any of the passage."""
        here = self.inside()
        return [
            span for span in self.paragraphs() if span.end <= here.start or span.start >= here.end
        ]

    def other(self) -> str:
        """Return a paragraph of another text."""
        return self.chance.choice(self.others)


Changer = Callable[[Change], None]


def typed(change: Change) -> None:
    """Write other quotation marks, dashes, spaces and line ends, as another program does."""
    for at in reversed(range(len(change.letters))):
        sign = change.letters[at].sign
        if sign == " " and change.chance.random() < FEW_LETTERS:
            change.put(at, at + 1, change.chance.choice(("\xa0", "  ", "\n")))
        elif sign in _TYPED:
            change.put(at, at + 1, _TYPED[sign])


def slips(change: Change, span: Span, count: int) -> None:
    """Make some letters wrong, doubled or missing."""
    for at in sorted(change.chance.sample(range(span.start, span.end), count), reverse=True):
        sign = change.letters[at].sign
        if sign != "\n":
            wrong = change.chance.choice(_LETTERS)
            change.put(at, at + 1, change.chance.choice(("", sign * 2, wrong)))


def corrected(change: Change) -> None:
    """Change two letters of the passage."""
    slips(change, change.inside(), 2)


def retyped(change: Change) -> None:
    """Change one letter in a hundred of the text."""
    slips(change, Span(0, len(change.letters)), round(FEW_LETTERS * len(change.letters)))


def edited_around(change: Change) -> None:
    """Add three paragraphs, and remove two."""
    for span in sorted(change.chance.sample(change.apart(), 2), key=lambda span: -span.start):
        change.put(span.start, span.end, "", NEW)
    for span in sorted(change.chance.sample(change.paragraphs(), 3), key=lambda span: -span.start):
        change.put(span.start, span.start, change.other() + "\n\n")


def reordered(change: Change) -> None:
    """Put the paragraphs into another order."""
    pieces = [change.letters[span.start : span.end] for span in change.paragraphs()]
    change.chance.shuffle(pieces)
    change.letters[:] = [
        letter for piece in pieces for letter in (*piece, Letter("\n", NEW), Letter("\n", NEW))
    ]


def updated(change: Change) -> None:
    """Change every number."""
    for match in _NUMBER.finditer(change.text):
        change.put(*match.span(), str(change.chance.randrange(1, 10)))


def reworded(change: Change, span: Span, share: float) -> None:
    """Put other words in place of a share of them."""
    words = list(_WORD.finditer(change.text, span.start, span.end))
    vocabulary = _WORD.findall(change.other()) or ["word"]
    count = min(len(words), max(1, round(share * len(words))))
    for match in sorted(change.chance.sample(words, count), key=lambda word: -word.start()):
        change.put(*match.span(), change.chance.choice(vocabulary))


def rewritten(change: Change) -> None:
    """Change a sixth of the words of the passage."""
    reworded(change, change.inside(), 1 / 6)


def rewritten_much(change: Change) -> None:
    """Change a third of the words of the passage."""
    reworded(change, change.inside(), 1 / 3)


def surroundings(change: Change) -> None:
    """Change the words around the passage, and none of its own."""
    here = change.inside()
    reworded(change, Span(here.end, min(len(change.letters), here.end + AROUND)), 0.8)
    reworded(change, Span(max(0, here.start - AROUND), here.start), 0.8)


def quoted_before(change: Change) -> None:
    """Quote the passage earlier in the text, as key points do, and change two of its letters."""
    words = change.passage.of(change.text)
    corrected(change)
    before = [span for span in change.paragraphs() if span.end <= change.inside().start]
    at = change.chance.choice(before).start if before else 0
    change.put(at, at, f"{change.other()[:60]} {words} {change.other()[:60]}\n\n")


def fetched_anew(change: Change) -> None:
    """Change much at once, as when another program reads the page a year later."""
    edited_around(change)
    retyped(change)
    typed(change)


def deleted(change: Change) -> None:
    """Delete the passage."""
    here = change.inside()
    change.put(here.start, here.end, "", NEW)


def replaced(change: Change) -> None:
    """Put another sentence in its place."""
    here = change.inside()
    change.put(here.start, here.end, change.other()[: here.end - here.start], NEW)


def deleted_with_a_twin(change: Change) -> None:
    """Delete the passage, and put one like it, with other numbers or words, elsewhere."""
    words = change.passage.of(change.text)
    twin = Change([Letter(sign, NEW) for sign in words], Span(0, 0), change.chance, change.others)
    updated(twin)
    if twin.text == words:
        reworded(twin, Span(0, len(words)), 1 / 8)
    elsewhere = change.chance.choice(change.apart() or change.paragraphs()).start
    here = change.inside()
    change.put(here.start, here.end, "", NEW)
    at = min(elsewhere, len(change.letters))
    change.put(at, at, f"{change.other()[:60]} {twin.text} {change.other()[:60]}\n\n")


STAYING: tuple[Changer, ...] = (
    typed,
    corrected,
    retyped,
    edited_around,
    reordered,
    updated,
    rewritten,
    rewritten_much,
    surroundings,
    quoted_before,
    fetched_anew,
)
GOING: tuple[Changer, ...] = (deleted, replaced, deleted_with_a_twin)


def changes(
    text: str, passage: Span, others: Sequence[str], seed: int
) -> Iterator[tuple[str, str, Span | None]]:
    """Yield the name of each change, the changed text, and the true place of a passage in it.

    A change that tears the passage apart, such as another order of its paragraphs, is left out.
    """
    for number, changer in enumerate((*STAYING, *GOING)):
        chance = random.Random(1000 * seed + number)
        letters = [Letter(sign, at) for at, sign in enumerate(text)]
        change = Change(letters, passage, chance, others)
        changer(change)
        place = None if changer in GOING else change.place
        if place is None or place.end - place.start < TORN * (passage.end - passage.start):
            yield changer.__name__, change.text, place
