"""Drafts: what a user saved, before it is written as the file of a service.

Each twentieth draft has the same awkward content, so a file of twenty has all of it.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from import_sentences import NAMES, NOTES, SENTENCES, TAGS, TITLES

FIRST = datetime(2014, 3, 30, 1, 30, tzinfo=UTC)  # summer time begins in that night
LANGUAGES = ("en", "de", "ja", "ar", "uk", "fr", "zh", "es", "ko", "ru", "pt", "it", "nl")
COLOURS = ("yellow", "blue", "pink", "orange", "green", "purple")
PARAGRAPHS, SENTENCES_EACH = 6, 3
BROKEN = ("not an address", "http://", "javascript:alert(1)", "file:///etc/hostname", "")
WRONG_DATES = ("yesterday", "-1", "99999999999999999999", "2024-02-31T25:61:00Z", "0000-00-00")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A highlight. `start` and `end` are its place in the text of its draft, if it has one."""

    quote: str
    note: str = ""
    tags: tuple[str, ...] = ()
    colour: str = "yellow"
    created: datetime = FIRST
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Draft:
    """An item. With `broken_date`, the file has that text where its date should be."""

    number: int
    url: str
    title: str
    language: str = "en"
    authors: tuple[str, ...] = ()
    site: str = ""
    tags: tuple[str, ...] = ()
    saved: datetime = FIRST
    broken_date: str | None = None
    is_archived: bool = False
    is_starred: bool = False
    progress: float = 0.0
    note: str = ""
    excerpt: str = ""
    paragraphs: tuple[str, ...] = ()
    highlights: tuple[Quoted, ...] = field(default=())
    is_broken: bool = False  # its address is none

    @property
    def text(self) -> str:
        """The text that its highlights count in."""
        return "\n\n".join(self.paragraphs)

    @property
    def seconds(self) -> str:
        """The date in seconds since 1970, or the text that the file has instead."""
        return str(int(self.saved.timestamp())) if self.broken_date is None else self.broken_date

    def is_each(self, count: int, place: int) -> bool:
        """Return whether it is the one at `place` of each `count` drafts."""
        return self.number % count == place

    def date(self, form: str) -> str:
        """Return the date in a form of `strftime`, or the text that the file has instead."""
        return self.saved.strftime(form) if self.broken_date is None else self.broken_date

    def tags_without(self, *separators: str) -> "Draft":
        """Return the draft without tags that hold a separator of the format, as its users do."""
        kept = tuple(tag for tag in self.tags if not any(mark in tag for mark in separators))
        return replace(self, tags=kept)


Change = Callable[[Draft, Sequence[Draft], random.Random], Draft]


def pages(rows: int, seed: int) -> list[Draft]:
    """Return drafts of web pages, one for each row."""
    chance = random.Random(seed)
    made: list[Draft] = []
    for number in range(rows):
        change = _CHANGES[number % len(_CHANGES)]
        made.append(change(_ordinary(number, chance), made, chance))
    return made


def books(rows: int, seed: int) -> list[Draft]:
    """Return drafts of books without addresses, with that many highlights together."""
    chance = random.Random(seed)
    return list(_books(rows, chance))


def _books(rows: int, chance: random.Random) -> Iterator[Draft]:
    number = 0
    while rows > 0:
        draft = _ordinary(number, chance)
        count = min(rows, 1 + number % 7)
        marks = tuple(_quoted(draft, at, chance) for at in range(count))
        title = f"{draft.title} (revised)" if number % 5 == 1 else draft.title
        yield replace(draft, url="", title=title, highlights=marks)
        rows -= count
        number += 1


def _ordinary(number: int, chance: random.Random) -> Draft:
    language = LANGUAGES[number % len(LANGUAGES)]
    sentences = SENTENCES[language]
    paragraphs = tuple(
        ("" if language in ("zh", "ja") else " ").join(
            sentences[(at + place) % len(sentences)].format(
                n=1000 + number * 37 + at * 11 + place * 3, m=2 + (number + at + place) % 89
            )
            for place in range(SENTENCES_EACH)
        )
        for at in range(PARAGRAPHS)
    )
    draft = Draft(
        number,
        f"https://{language}.news-{number % 40}.example/{2014 + number % 11}/story-{number}",
        TITLES[language].format(n=number + 1),
        language,
        authors=(NAMES[language],) if number % 3 else (NAMES[language], "Second O. Author"),
        site=f"News {number % 40}",
        tags=tuple(dict.fromkeys(chance.choices(TAGS, k=number % 4))),
        saved=FIRST + timedelta(hours=17 * number, seconds=number),
        is_archived=number % 3 == 1,
        is_starred=number % 7 == 1,
        progress=(number * 13 % 101) / 100,
        note=NOTES[number % len(NOTES)],
        excerpt=paragraphs[0][:80],
        paragraphs=paragraphs,
    )
    marks = tuple(_quoted(draft, at, chance) for at in range(number % 4))
    return replace(draft, highlights=marks)


def _quoted(draft: Draft, at: int, chance: random.Random) -> Quoted:
    """Cut a highlight out of a paragraph, or out of two that follow each other."""
    first = at % (PARAGRAPHS - 1)
    begin = sum(len(paragraph) + 2 for paragraph in draft.paragraphs[:first])
    paragraph = draft.paragraphs[first]
    start = begin + (len(paragraph) // 3 if chance.random() < 0.5 else 0)  # noqa: PLR2004
    end = begin + len(paragraph) - at % 4
    if (draft.number + at) % 9 == 4:  # noqa: PLR2004
        end = begin + len(paragraph) + 2 + len(draft.paragraphs[first + 1]) // 2
    quote = draft.text[start:end]
    start += len(quote) - len(quote.lstrip())
    quote = quote.strip()
    return Quoted(
        quote,
        NOTES[(draft.number + at) % len(NOTES)],
        tuple(dict.fromkeys(chance.choices(TAGS, k=(draft.number + at) % 3))),
        COLOURS[(draft.number + at) % len(COLOURS)],
        draft.saved + timedelta(minutes=5 * (at + 1)),
        start,
        start + len(quote),
    )


def _title(form: str) -> Change:
    return lambda draft, _made, _chance: replace(draft, title=form.format(draft.title))


def _tags(*tags: str) -> Change:
    return lambda draft, _made, _chance: replace(draft, tags=tags)


def _address(suffix: str) -> Change:
    return lambda draft, _made, _chance: replace(draft, url=draft.url + suffix)


def _same(draft: Draft, _made: Sequence[Draft], _chance: random.Random) -> Draft:
    return draft


def _again(draft: Draft, made: Sequence[Draft], _chance: random.Random) -> Draft:
    """Return an earlier row word for word."""
    return replace(made[draft.number - 4], number=draft.number)


def _again_with_tags(draft: Draft, made: Sequence[Draft], _chance: random.Random) -> Draft:
    """Return an earlier row with another tag."""
    earlier = made[draft.number - 8]
    return replace(earlier, number=draft.number, tags=(*earlier.tags, "saved again"))


def _broken(draft: Draft, _made: Sequence[Draft], _chance: random.Random) -> Draft:
    url = BROKEN[draft.number // 20 % len(BROKEN)]
    return replace(draft, url=url, highlights=(), is_broken=True)


def _wrong_date(draft: Draft, _made: Sequence[Draft], _chance: random.Random) -> Draft:
    return replace(draft, broken_date=WRONG_DATES[draft.number // 20 % len(WRONG_DATES)])


def _no_date(draft: Draft, _made: Sequence[Draft], _chance: random.Random) -> Draft:
    return replace(draft, broken_date="")


def _address_as_title(draft: Draft, _made: Sequence[Draft], _chance: random.Random) -> Draft:
    return replace(draft, title=draft.url)


def _no_title(draft: Draft, _made: Sequence[Draft], _chance: random.Random) -> Draft:
    return replace(draft, title="")


_CHANGES: tuple[Change, ...] = (
    _same,
    _title("{}\nand a second line of it\r\n\nand a fourth"),
    _same,
    _title('He said "no, thanks", twice; {}'),
    _tags("one tag", "UPPER", "upper", "a/b/c", "日本 語"),
    _title("👩‍👩‍👧‍👦 🏳️‍🌈 {} 👍🏽"),
    _no_title,
    _address_as_title,
    _again,
    _again_with_tags,
    _broken,
    _wrong_date,
    _no_date,
    _address("?q=%E6%A9%8B&utm_source=feed&b=2&a=1#part-2"),
    _title("{} " + "and the list goes on " * 40),
    _title("{} &amp; <b>bold</b> &lt;i&gt; &#8217;"),
    _title("=HYPERLINK(1) {}"),
    _title("\u00a0  \t{} \u200b  "),
    _address("/ünïcode/日本語/%7Euser/(a)_[b]"),
    _title("\x1b[31m{}\x07 | a | b"),
)
