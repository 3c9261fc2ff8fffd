"""Patterns kept by what a text begins with if they are to fit it.

Rules are many, dear to compile, and hardly any fits a text. So a pattern falls
into its choices, each of which is kept by the letters that it can begin with;
only choices that a text begins like are compiled, once one does, and tried.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from annotator.extract.patterns import later

LETTERS = 4  # of an opening that are looked at
MOST = 300  # openings of a choice; one with more may begin with anything

_TOKEN = later(
    r"(?P<letters>[\w ',;:-]+(?![?*+{]))|(?P<bar>\|)|(?P<close>\))|(?P<edge>\\[bBAZ]|[$^])|"
    r"(?P<around>\(\?<?[=!])|(?P<group>\((?:\?:|(?!\?)))|(?P<digit>\\d)|"
    r"(?P<any>\\\w|\.|\[\^?\]?(?:\\.|[^\]\\])*\])|\\(?P<escaped>\W)|(?P<letter>[^(\\])",
    re.DOTALL,
)
_TIMES = later(r"(?:[?*+]|\{\d*,?\d*\})[?+]?")
_BRACKETS = later(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", re.DOTALL)
_RUN = later(r"[^\W\d_](?:[^\W\d_]|[ '](?=[^\W\d_])){2,}(?![?*+{])")  # of plain letters
_SIMPLE = later(rf"([\w ',;:-]{{{LETTERS}}})(?![?*+{{])[^()|\\\[]*\|")
_FLAT = later(r"([\w ',;:|-]+)\)")  # brackets that hold nothing but letters
_END = later(r"[^()|\\\[]*(?=[|)]|\Z)")
_BEFORE = later(r"(?:\(\?:)?\.\{\d+,\d+\}(?:\\b)?(?:\)\?)?")  # that says nothing itself

Value = TypeVar("Value")

_DIGITS = frozenset("0123456789")


class _Choice(Generic[Value]):
    """A choice of a pattern, compiled when a text first holds what it asks for."""

    __slots__ = ("_held", "_pattern", "_text", "rank", "value")

    def __init__(self, text: str, rank: int, value: Value) -> None:
        self._text = text
        self._held: tuple[str, ...] | None = None
        self._pattern: re.Pattern[str] | None = None
        self.rank = rank
        self.value = value

    def fits(self, text: str) -> bool:
        """Tell whether the choice fits all of a text."""
        if self._held is None:
            self._held = _held_by(self._text)
        if self._held and not any(letters in text for letters in self._held):
            return False
        self._pattern = self._pattern or re.compile(self._text)
        return self._pattern.fullmatch(text) is not None


class Choices(Generic[Value]):
    """What patterns stand for, those asked first that were given first."""

    def __init__(self, patterns: Iterable[tuple[str, Value]], *, ahead: str = "") -> None:
        """Take patterns with what they stand for; `ahead` is a part that some begin with.

        What begins with that part is looked for at other places than the first, too.
        """
        self._by_opening: dict[str, list[_Choice[Value]]] = {}
        # Of those that begin with anything; letters that are not of ASCII stand apart.
        self._by_held: dict[bool, list[tuple[str, _Choice[Value]]]] = {True: [], False: []}
        choices = ((text, value) for pattern, value in patterns for text in choices_of(pattern))
        for rank, (text, value) in enumerate(choices):
            self._add(_Choice(text, rank, value), re.sub(ahead, "", text) if ahead else text)
        self._lengths = frozenset(map(len, self._by_opening))

    def _add(self, choice: _Choice[Value], text: str) -> None:
        openings = openings_of(text)
        held = _held_by(text) if "" in openings else ()
        for letters in held:
            self._by_held[letters.isascii()].append((letters, choice))
        for letters in () if held else openings:
            self._by_opening.setdefault(letters, []).append(choice)

    def of(self, text: str, starts: Iterable[int] = (0,)) -> Value | None:
        """Return what the first pattern that fits a text as a whole stands for.

        `starts` are the places where what follows the part ahead may begin.
        """
        likely = [
            choice
            for start in starts
            for length in self._lengths
            for choice in self._by_opening.get(text[start : start + length], ())
        ]
        for is_ascii in (True,) if text.isascii() else (True, False):
            likely += [choice for letters, choice in self._by_held[is_ascii] if letters in text]
        likely.sort(key=lambda choice: choice.rank)
        return next((choice.value for choice in likely if choice.fits(text)), None)


def choices_of(pattern: str) -> Iterator[str]:
    """Yield the choices of a pattern that no brackets hold together."""
    start = 0
    while (end := _end_of_choice(pattern, start)) < len(pattern):
        yield pattern[start:end]
        start = end + 1
    yield pattern[start:]


def openings_of(choice: str) -> frozenset[str]:
    """Return letters with one of which a text begins that a choice fits; perhaps no letter."""
    whole, known, _ = _read(choice, 0)
    return frozenset(whole | known)


def _held_by(choice: str) -> tuple[str, ...]:
    """Return letters of which a text holds some that a choice fits; none if that is not known."""
    runs = [run for stretch in _outside_brackets(choice) for run in _RUN.findall(stretch)]
    if runs:
        return (max(runs, key=len),)
    before = _BEFORE.match(choice)
    held = openings_of(choice[before.end() :]) if before else frozenset[str]()
    return tuple(each for each in held if not any(each[:end] in held for end in range(len(each))))


def _outside_brackets(choice: str) -> Iterator[str]:
    """Yield the stretches of a choice that neither brackets nor signs of patterns part."""
    depth = start = 0
    for token in _BRACKETS.finditer(choice):
        if not depth:
            yield choice[start : token.start()]
        depth += (token.group() == "(") - (token.group() == ")")
        start = token.end()
    yield choice[start:]


def _read(pattern: str, at: int) -> tuple[set[str], set[str], int]:
    """Return the openings of what stands from a place to the end of its brackets, and the end.

    The first are whole, so that more may follow; the second are known no further.
    """
    whole, known, openings = set[str](), set[str](), {""}
    while (token := _TOKEN.match(pattern, at)) and token.lastgroup != "close":
        kind, at = token.lastgroup, token.end()
        if kind == "bar":
            whole |= openings
            openings = {""}
            while simple := _SIMPLE.match(pattern, at):  # as most choices are
                known.add(simple[1])
                at = simple.end()
        elif kind == "around":
            *_, at = _read(pattern, at)
        elif kind != "edge":
            following, last, at = _following(pattern, token)
            known.update((letters + more)[:LETTERS] for letters in openings for more in last)
            longer = {letters + more for letters in openings for more in following}
            openings = {letters for letters in longer if len(letters) < LETTERS}
            known.update(letters[:LETTERS] for letters in longer - openings)
            if len(openings) > MOST:
                known, openings = known | openings, set()
            if not openings:
                at = _end_of_choice(pattern, at)
    if token is None and at < len(pattern):
        raise ValueError(f"No rule may hold “{pattern[at:]}”.")
    return whole | openings, known, at + 1


def _read_flat(brackets: re.Match[str]) -> tuple[set[str], set[str], int]:
    """Return the same of brackets that hold nothing but letters, as most do."""
    choices = brackets[1].split("|")
    short = {choice for choice in choices if len(choice) < LETTERS}
    return short, {choice[:LETTERS] for choice in choices} - short, brackets.end()


def _following(pattern: str, token: "re.Match[str]") -> tuple[set[str], set[str], int]:
    """Return the openings of a piece of a pattern, which may be repeated, and where it ends."""
    kind, at = token.lastgroup or "", token.end()
    if kind == "letters":
        return {token[0]}, set(), at
    if kind == "group":
        flat = _FLAT.match(pattern, at)
        whole, known, at = _read_flat(flat) if flat else _read(pattern, at)
    elif kind == "any":
        whole, known = set(), {""}
    else:
        whole, known = set(_DIGITS) if kind == "digit" else {token[kind]}, set()
    times = _TIMES.match(pattern, at)
    if times is None:
        return whole, known, at
    if times[0] != "?":  # it may come again before anything else
        whole, known = set(), known | whole
    is_needless = times[0][0] in "?*" or times[0].startswith(("{0", "{,"))
    return whole | {""} if is_needless else whole, known, times.end()


def _end_of_choice(pattern: str, at: int) -> int:
    """Return where the choice ends that goes on at a place."""
    if (end := _END.match(pattern, at)) is not None:
        return end.end()
    depth = 0
    for token in _BRACKETS.finditer(pattern, at):
        sign = token.group()
        if not depth and sign in "|)":
            return token.start()
        depth += (sign == "(") - (sign == ")")
    return len(pattern)
