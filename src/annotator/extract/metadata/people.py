"""Bylines, reduced to the names of people, or of the agency if they name nobody."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain, takewhile

from annotator.extract.dom.elements import folded, words
from annotator.extract.dom.mojibake import plain
from annotator.model.data_file import pattern_of, toml_beside
from annotator.model.organisations import is_agency

MAX_NAMES = 20
_SHORTEST_NAME = 2
_LONGEST_NAME = 60
_MOST_WORDS = 6
_MOST_OF_AGENCY = 3  # words in the name of an agency
_TOO_MANY_SMALL = 3  # words, none of which has a capital


_WORDS = {
    name: pattern_of([text]) for name, text in toml_beside(__package__, "people.toml").items()
}
_OPENING = f"(?:{_WORDS['openings']})"
_PREFIX = re.compile(rf"^{_OPENING}(?:\s?[:：／|]\s?|\s)[|\s]*(?=\S)", re.IGNORECASE)
_JOINED_OPENING = re.compile(r"^By(?=[A-ZÀ-Ý][\w'’-]+ [A-ZÀ-Ý])")  # `ByAnn Lee`
_ONLY_OPENING = re.compile(rf"{_OPENING}\s?[:：]?", re.IGNORECASE)
_SEPARATOR = re.compile(_WORDS["separator"], re.IGNORECASE)
_REST = re.compile(_WORDS["rest"], re.IGNORECASE)
_NICKNAME = re.compile(r"\s\([^()]{1,20}\)\s(?=[A-Z][a-z]+$)")
_TITLE = re.compile(r"^(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame)\.?\s(?=\S)")
_DEGREES = r"(?:Ph\.?D|M\.?D|MS|MA|MPH|MBA|RDN?|LD|RN|CFP|CPA|JD|PsyD|LCSW|FACP)"
_AFTER_NAME = re.compile(  # degrees, and what Korean and Chinese papers call their reporters
    rf"(?:,? {_DEGREES}\b\.?)+$|"
    r"(?<=\w) ?(?:선임|전문|인턴|수습)?(?:기자|특파원|논설위원)$"
)
_DEGREE = re.compile(rf"{_DEGREES}\.?")
_NO_NAME = re.compile(
    rf"{_WORDS['never']}|{_WORDS['job']}|"
    rf"^(?:the |our |a )?(?:{_WORDS['whole']})\b(?: \w+){{0,3}}$",
    re.IGNORECASE,
)
# The site with its town: “example.org, Rome”, “Example GmbH, Munich, Germany”.
_IMPRINT = re.compile(_WORDS["imprint"])
# “Department of Health and Human Services” is no byline of two people.
_OFFICE = re.compile(
    rf"(?<![^,;|]) ?(?:[\w.]+ ){{0,3}}(?:{_WORDS['office']}) (?:of|for|on) [^,;|]*", re.IGNORECASE
)
_AROUND = " .,:-()（）《》©'\"“”"
_JOINED_NAME = re.compile(r"[A-Z][a-z]{3,}(?:[A-Z][a-z]{3,})+")  # PricewaterhouseCoopers
_RUN_TOGETHER = re.compile(r"[a-zà-ÿ]Follow|[a-zà-ÿ](?:About|View|More|Published|Updated)\b")
_SECTION = re.compile(r"\s\|\s(?:in|on|at|for|from|dans|em|w|på)\s\|.*", re.IGNORECASE)
_SMALL_WORDS = words(_WORDS["small-words"])

MOST_NAMES = 6  # in East Asian lines
LONGEST_LINE = 400  # characters of a line or a paragraph that are read

_LISTS = toml_beside(__package__, "east_asian.toml")
_EAST_ASIAN = {
    name: re.compile(pattern_of([text], _LISTS["pieces"]))
    for name, text in _LISTS["patterns"].items()
}
_NOBODY = _EAST_ASIAN["nobody"]
_IN_CHINA, _IN_JAPAN = ("chinese", "chinese-after-slash"), ("japanese", "japanese-before")
_OF_JAPAN = re.compile("[\u3040-\u30ff]")
_WIDE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")


def names(values: Iterable[object], *, site: str = "") -> tuple[str, ...]:
    """Return the names of people in some bylines, without repetitions."""
    people: dict[str, str] = {}
    has_agency = False
    for value in values:
        parts = _names_in(plain(value))
        # The others, also those of the values behind it, may be the place: “AFP, Washington”.
        has_agency = has_agency or any(map(is_agency, parts))
        # A single word behind a full name may be that, too, or a diploma: “Ann Lee, PSP, Nairobi”.
        is_first_full = bool(parts) and " " in parts[0] and is_full_name(parts[0])
        for name in parts:
            may_be_single = not (has_agency or is_first_full) or " " in name
            is_person = is_full_name(name) or (may_be_single and not has_agency)
            if is_person and not is_site(name, site) and not is_agency(name):
                people.setdefault(folded(name), name)
    return tuple(people.values())[:MAX_NAMES]


def agencies(values: Iterable[object]) -> tuple[str, ...]:
    """Return the names of news agencies in some bylines, without repetitions."""
    known: dict[str, str] = {}
    for value in values:
        for part in _parts(plain(value)):
            if is_agency(part):
                name = part.removeprefix("The ")
                known.setdefault(folded(name), name)
    return tuple(known.values())[:MAX_NAMES]


def names_after_opening(line: str) -> tuple[str, ...]:
    """Return the people in a line such as “By Ann Lee | 3 May”, if it begins like a byline.

    The first must be written as a full name: a line “By train” is none.
    """
    line = _SECTION.sub("", line)
    opening = _PREFIX.match(line)
    people = names([line]) if opening else ()
    if not people or not is_full_name(people[0]):
        return ()
    begins = line[opening.end() :].startswith(people[0][:2]) if opening else False
    return tuple(takewhile(is_full_name, people)) if begins or line.isupper() else ()


def likely_names(people: Sequence[str]) -> tuple[str, ...]:
    """Return those of some names from the page that are written like names, if the first is.

    A single word may be a name only if there is no other.
    """
    if len(people) > 1 and not is_full_name(people[0]):
        return ()
    return tuple(name for name in people if " " not in name or is_full_name(name))


def is_opening(line: str) -> bool:
    """Return whether a line has only the words before a name, such as “By”."""
    return bool(_ONLY_OPENING.fullmatch(line))


def is_signed(line: str) -> bool:
    """Return whether a line begins with the words before a name, such as “By”."""
    return bool(_PREFIX.match(line)) or is_opening(line)


def is_full_name(name: str) -> bool:
    """Return whether a name has at least two words, and capitals where names have them."""
    if name.lower() == name.upper():
        return True
    large = [word for word in name.split() if word not in _SMALL_WORDS]
    return len(large) > 1 and all(word[0].isupper() or not word[0].isalpha() for word in large)


def is_site(name: str, site: str) -> bool:
    """Return whether a name is that of the site, not of a person whom the site is named after."""
    if _JOINED_NAME.fullmatch(name) and re.fullmatch(r"[A-Z]\w{1,3}", site):  # of PwC
        letters = iter(folded(name))
        return all(letter in letters for letter in folded(site))
    own, whole = name.casefold(), site.replace("’", "'").casefold()
    is_first = " " in own and whole.startswith((f"{own} - ", f"{own} | "))
    is_owner = is_first or f"{own}'s " in whole
    return folded(name) in folded(site) and not is_owner


def _names_in(byline: str) -> list[str]:
    if not byline or byline.endswith("…") or _IMPRINT.match(byline):
        return []
    byline = _OFFICE.sub("", byline)
    # "Ann Lee, Ph.D." and "김하늘 기자" are followed by what they are.
    parts = _parts(byline)
    cleaned = [_AFTER_NAME.sub("", part) for part in parts]
    people = [_cased(name) for name in cleaned if is_name(name)]
    return [name for name in people if name == people[0] or not _DEGREE.fullmatch(name)]


def _parts(byline: str) -> list[str]:
    parts = _SEPARATOR.split(_NICKNAME.sub(" ", _PREFIX.sub("", _JOINED_OPENING.sub("", byline))))
    bare = (_TITLE.sub("", _REST.sub("", _PREFIX.sub("", part))) for part in parts)
    return [_without_agency(part.strip(_AROUND)) for part in bare]


def _without_agency(part: str) -> str:
    """Return a full name without the agency that follows it: `Ann Lee The Associated Press`."""
    said = part.split(" ")
    for count in range(min(_MOST_OF_AGENCY, len(said) - 1), 0, -1):
        name = " ".join(said[:-count])
        if is_agency(" ".join(said[-count:])) and is_full_name(name):
            return name
    return part


def is_name(text: str) -> bool:
    """Return whether a text may be the name of a person."""
    if (
        not _SHORTEST_NAME <= len(text) <= _LONGEST_NAME
        or _NO_NAME.search(text)
        or _RUN_TOGETHER.search(text)
        or re.search(r"\d", text)
    ):
        return False
    length = len(text.split())
    if length > _MOST_WORDS:
        return False
    # Chinese and Arabic have no capitals; "ann lee" is how some blogs write themselves.
    if text == text.upper() == text.lower():
        return True
    return text[0].isupper() or 1 < length < _TOO_MANY_SMALL or is_full_name(text)


def _cased(name: str) -> str:
    """Return a name once, in normal case if it is in capitals."""
    said = name.split()
    half = len(said) // 2
    if half > 1 and said[:half] == said[half:]:  # below a portrait with the same name
        name = " ".join(said[:half])
    is_shouting = name.isupper() and len(name.split()) > 1
    return (
        re.sub(r"[^\W\d_]+", lambda word: word.group().capitalize(), name) if is_shouting else name
    )


def east_asian_names(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the people who sign in the first of some lines that names any; none elsewhere.

    Their names have no capitals and few blanks. One is a name only behind or before what says
    who it is, such as `记者` or `기자`; Chinese and Korean ones begin with a known family name.
    """
    wide = [line[:LONGEST_LINE] for line in lines if _WIDE.search(line[:LONGEST_LINE])]
    is_japanese = any(map(_OF_JAPAN.search, wide))
    kinds = (*(_IN_JAPAN if is_japanese else _IN_CHINA), "korean")
    for line in wide:
        for pattern in map(_EAST_ASIAN.__getitem__, kinds):
            parts = (_EAST_ASIAN["split"].split(match["names"]) for match in pattern.finditer(line))
            people = dict.fromkeys(chain.from_iterable(parts))
            known = [
                who for who in people if len(who) > 1 and not _EAST_ASIAN["nobody"].search(who)
            ]
            if known:
                return tuple(map(_joined, known))[:MOST_NAMES]
    return ()


def _joined(name: str) -> str:
    """Return a Chinese name without the blank that makes two characters as wide as three."""
    return name.replace(" ", "").replace("\u3000", "") if len(name) == len("王 芳") else name
