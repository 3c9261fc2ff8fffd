"""The families of residue, one file each. A new one needs its file and its name in `order.toml`.

Residue is what a page leaves around and inside its article: prompts, menus, credits,
walls. Rules, tests and the list of removals all read the records of the families: their
lines, containers and treatment.

The files are records as `Family` describes them, without the name, which is
that of the file. They are read once, by the process that cleans pages.

Of the families that match a line or a container, the first in the order has it:
wording that is unmistakable, such as counters of free articles, comes before
words that many lines have, such as "more" or "menu". The order says what a
removal is called much more often than what is removed: with the list reversed,
132 of 608 pages had other reasons, and 2 of them another text. The patterns of lines
of all families are in the same order.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from msgspec import Struct, convert

from annotator.extract.passages import Rule
from annotator.model.data_file import pattern_of, toml_beside

ORDER: tuple[str, ...] = tuple(toml_beside(__package__, "order.toml")["order"])

Place = Literal["always", "apart", "edge", "margin"]

LONGEST_LINE = 340  # characters: any rule takes a longer prompt for prose

_EDGES = " \t\n.!:;,…»«>→←›‹*|·•–—-▶►▸▾▼▲↓↑↗✕×+#[](){}（）【】“”\"'✉☰★🔗🔒📩👉"


class Policy(Struct, frozen=True, forbid_unknown_fields=True):
    """Answers to the questions that rules ask about a family.

    Of containers, and of the article as a whole:

    - `veto`: it is never worth reading, so that nothing brings it back: neither
      the safety net, nor the scorer, nor a rule for the site
    - `trusted_container`: its containers never hold text of the article
    - `largest_container`: share of the page's prose; a container with more is
      the article, whatever its name
    - `may_be_page`: a page can consist of its containers, as a thread does
    - `merge_adjacent`: what a container holds is one entry in the list of removals
    - `ends_article`: its headings can open what follows the end of the article
    - `follows_article`: its headings come after the article and nowhere else
    - `is_wall`: it keeps readers from the text until they sign in or pay
    - `asks_consent`: its containers ask for consent to cookies

    Of lines:

    - `certain_in_lists`: no list of instructions has such an item
    - `is_button`: a picture whose alternative text is such a line is a button
    - `open_wording`: its lines contain the words of others: titles, names, companies
    - `names_articles`: its lines name other articles: a title after a colon belongs
      to them, and a title can read like a report
    - `reports_stay`: outside the text, a line that reports on others or on the past
      is still part of the article
    - `counts_things`: its lines count what readers have used up
    """

    veto: bool = False
    trusted_container: bool = False
    largest_container: float = 0.3
    may_be_page: bool = False
    merge_adjacent: bool = False
    ends_article: bool = False
    follows_article: bool = False
    is_wall: bool = False
    asks_consent: bool = False
    certain_in_lists: bool = False
    is_button: bool = False
    open_wording: bool = False
    names_articles: bool = False
    reports_stay: bool = False
    counts_things: bool = False


class LinePattern(Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns of one kind of line.

    A pattern must match a line from its first letter to its last. No pattern
    searches for a word inside a sentence, so an article can speak of all these
    things.

    `patterns` are by language, under the language's code, several codes, or
    `any` where a pattern mixes languages. Each is written on a line of its own;
    a line that ends with `|` goes on in the next. `{NAME}` stands for one of the
    family's `pieces`.

    `place` says where such a line is residue: `always`; `apart`, unless it is a
    step of a list or a heading with prose of its own; `edge`, unless prose
    surrounds it; `margin`, only before and after the text. `is_label`: it is
    not a sentence, so that a line that ends like one is something else.
    `is_exact`: the patterns spell out the whole line, so that its words need
    not be known. `reason` is for the reader, by default that of the family.
    """

    name: str
    patterns: Mapping[str, str]
    reason: str = ""
    place: Place = "apart"
    is_label: bool = False
    is_exact: bool = False


class Family(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One family of residue.

    `containers` are patterns of class names and ids, written as those of lines;
    `elements` are tags that are such containers.
    """

    name: str
    reason: str
    policy: Policy = Policy()
    lines: tuple[LinePattern, ...] = ()
    pieces: Mapping[str, str] = {}
    containers: str = ""
    container_reason: str = ""
    elements: tuple[str, ...] = ()


def line_of(text: str) -> str:
    """Return a text as patterns compare it: lower case, straight apostrophes, bare ends."""
    if len(text) > LONGEST_LINE:
        return ""
    line = " ".join(text.split()).replace("’", "'").replace("‘", "'").lower()
    return line.strip(_EDGES)


def _read(name: str) -> Family:
    return convert({"name": name, **toml_beside(__package__, f"{name}.toml")}, Family)


FAMILIES = tuple(map(_read, ORDER))
# What readers never miss: nothing but they themselves bring it back.
VETOES = frozenset(family.name for family in FAMILIES if family.policy.veto)
BY_NAME = {family.name: family for family in FAMILIES}

_DEFAULT = Policy()


def policy_of(step: str) -> Policy:
    """Return the policy of a family, or the default one for a step that is not a family."""
    family = BY_NAME.get(step)
    return family.policy if family else _DEFAULT


class Hit(NamedTuple):
    """The rule that a line matches, and where it applies."""

    rule: Rule
    place: Place
    is_label: bool = False
    is_exact: bool = False


@lru_cache(maxsize=4096)
def hit_of_line(line: str) -> Hit | None:
    """Return the hit of the first pattern of all families that matches a line."""
    pattern, hits = _line_patterns()
    match = pattern.fullmatch(line)
    return hits[match.lastindex - 1] if match and match.lastindex else None


@cache
def _line_patterns() -> tuple[re.Pattern[str], list[Hit]]:
    """Return the patterns of all families in their order as one, with a hit for each of its groups.

    It is compiled once in a process, and takes four fifths of the time of one after the other.
    """
    lines = [(family, line) for family in FAMILIES for line in family.lines]
    whole = "|".join(f"({pattern_of(line.patterns.values(), of.pieces)})" for of, line in lines)
    rules = [Rule(of.name, line.name, line.reason or of.reason) for of, line in lines]
    places = [(line.place, line.is_label, line.is_exact) for _, line in lines]
    return re.compile(whole), [Hit(rule, *place) for rule, place in zip(rules, places, strict=True)]
