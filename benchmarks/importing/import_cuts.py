"""The ways in which services and readers change the words of a highlight.

A cut takes the words of a passage and returns what a service would have kept of them, and how
many characters at their beginning and end the kept part covers.
"""

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

FOOTNOTE = re.compile(r"\[\d{1,3}\]|[¹²³⁴-⁹⁰]+")
BLANK_LINES = re.compile(r"\s*\n\s*")
STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "--"})
LIGATURES = (("ffi", "ﬃ"), ("fi", "ﬁ"), ("fl", "ﬂ"), ("ff", "ﬀ"))
LONGEST_LINE = 72


@dataclass(frozen=True, slots=True)
class Kept:
    """The words that a service kept. `length` of the passage are covered, None for all."""

    quote: str
    length: int | None = None


Cut = Callable[[str, random.Random], Kept | None]


def _plainly(change: Callable[[str], str]) -> Cut:
    return lambda words, _chance: Kept(change(words))


def one_line(words: str) -> str:
    """Return words with each run of white space as one space."""
    return " ".join(words.split())


def _curly(words: str) -> str:
    opened = re.sub(r'(^|[\s(\[])"', r"\1“", words).replace('"', "”")
    return re.sub(r"(^|[\s(\[])'", r"\1‘", opened).replace("'", "’").replace("--", "—")


def _entities(words: str) -> str:
    escaped = escape(one_line(words))
    return "".join(f"&#{ord(each)};" if each in "’“”–—…" else each for each in escaped)


def _some_words(words: str, chance: random.Random, change: Callable[[str], str]) -> str:
    """Return words of which some, and at least one, are changed."""
    parts = re.split(r"(\s+)", words)
    places = [at for at, part in enumerate(parts) if len(part) > 3 and part.isalpha()]  # noqa: PLR2004
    for at in chance.sample(places, min(len(places), 1 + len(places) // 9)):
        parts[at] = change(parts[at])
    return "".join(parts)


def _markdown(words: str, chance: random.Random) -> Kept:
    forms = ("**{}**", "_{}_", "*{}*", "[{}](https://x.example/a_(b))", "`{}`", "<em>{}</em>")
    chosen = chance.choice(forms)
    return Kept(_some_words(words, chance, chosen.format))


def _glued(words: str, chance: random.Random) -> Kept | None:
    """Return words of which some lost the space before them, as around lost italics."""
    gaps = [match.start() for match in re.finditer(r"(?<=\w) (?=\w)", words)]
    if not gaps:
        return None
    for at in sorted(chance.sample(gaps, min(len(gaps), 2)), reverse=True):
        words = words[:at] + words[at + 1 :]
    return Kept(words)


def _soft(words: str, chance: random.Random) -> Kept:
    def split(word: str) -> str:
        middle = len(word) // 2
        return word[:middle] + chance.choice(("\u00ad", "\u200b")) + word[middle:]

    return Kept(_some_words(words, chance, split))


def _with_numbers(words: str, chance: random.Random) -> Kept | None:
    """Return words with the numbers of footnotes that the text does not have."""
    ends = [match.end() for match in re.finditer(r"[a-z][.,;](?=\s|$)", words)]
    if not ends or FOOTNOTE.search(words):
        return None
    at = chance.choice(ends)
    number = chance.randint(1, 60)
    form = chance.choice(("[{}]", "{}", "[ {} ]", " [{}]"))
    return Kept(words[:at] + form.format(number) + words[at:])


def _without_numbers(words: str, _chance: random.Random) -> Kept | None:
    return Kept(FOOTNOTE.sub("", words)) if FOOTNOTE.search(words) else None


def _truncated(words: str, chance: random.Random) -> Kept | None:
    length = chance.choice((80, 140, 200, 280))
    if len(words) < length + 30:
        return None
    kept = words[:length].rstrip()
    return Kept(one_line(kept) + chance.choice(("…", "...", " …", " [...]", "")), len(kept))


def _middle_left_out(words: str, chance: random.Random) -> Kept | None:
    if len(words) < 240:  # noqa: PLR2004
        return None
    head, tail = words[: words.index(" ", 90)], words[words.rindex(" ", 0, len(words) - 70) :]
    return Kept(one_line(head) + chance.choice((" … ", "...", " [...] ", "… ")) + tail.strip())


def _bullets(words: str, chance: random.Random) -> Kept | None:
    if "\n" not in words:
        return None
    mark = chance.choice(("• ", "- ", "* ", "1. "))
    return Kept(mark + BLANK_LINES.sub(f"\n{mark}", words))


def _from_pdf(words: str, _chance: random.Random) -> Kept | None:
    """Return words in short lines, one of them broken inside of a word."""
    lines, line = [], ""
    for word in words.split():
        if len(line) + len(word) > LONGEST_LINE:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    text = "\n".join([*lines, line])
    match = re.search(r"([a-z]{3})([a-z]{4,}) ", text)
    if match:
        text = f"{text[: match.end(1)]}-\n{text[match.start(2) :]}"
    for plain, ligature in LIGATURES:
        text = text.replace(plain, ligature)
    return Kept(text)


def _inside_a_word(words: str, _chance: random.Random) -> Kept | None:
    """Return words whose last one is cut, as fingers on a screen do."""
    if not words[-4:].isalpha():
        return None
    return Kept(words[:-2], len(words) - 2)


CUTS: dict[str, Cut] = {
    "as it is": _plainly(str),
    "white space collapsed": _plainly(one_line),
    "paragraphs run together": _plainly(lambda words: BLANK_LINES.sub("", words)),
    "lines with spaces": _plainly(lambda words: "  " + BLANK_LINES.sub(" \n   ", words) + " \n"),
    "straight quotes, dashes": _plainly(lambda words: words.translate(STRAIGHT)),
    "curly quotes": _plainly(_curly),
    "three dots": _plainly(lambda words: words.replace("…", "...")),
    "entities": _plainly(_entities),
    "entities twice": _plainly(lambda words: escape(_entities(words))),
    "markup left": _markdown,
    "spaces lost at italics": _glued,
    "soft hyphens": _soft,
    "no-break spaces": _plainly(lambda words: words.replace(" ", "\u00a0")),
    "decomposed": _plainly(lambda words: unicodedata.normalize("NFD", words)),
    "footnote numbers kept": _with_numbers,
    "footnote numbers lost": _without_numbers,
    "truncated": _truncated,
    "ellipsis in the middle": _middle_left_out,
    "bullets": _bullets,
    "lines of a PDF": _from_pdf,
    "capitals": _plainly(str.upper),
    "cut inside a word": _inside_a_word,
    "in quotation marks": _plainly(lambda words: f"“{one_line(words)}”"),
    "quoted lines": _plainly(lambda words: "> " + BLANK_LINES.sub("\n>\n> ", words)),
}
