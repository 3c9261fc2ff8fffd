"""Bylines, reduced to the names of people."""

import re
from collections.abc import Iterable

from annotator.extract.html.dom import folded
from annotator.extract.metadata.facts import plain

MAX_NAMES = 20
_SHORTEST_NAME = 2
_LONGEST_NAME = 60
_MOST_WORDS = 6

_PREFIX = re.compile(
    r"^(?:(?:words|text|story|report|review|analysis|opinion|posted|written|reviewed|article|"
    r"interview|photographs?)(?: and \w+)? )?(?:by|von|par|por|di|da|door|van|autor(?:in)?|author|"
    r"przez|от|автор|από|作者|文)[:：\s]+(?=\S)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"\s*(?:,(?! (?:Jr|Sr|MD|PhD|Ph\.D)\b)|;|\||•|·|\n|、| and | und | et | y | e | i | en |"
    r" и | & | with | mit )\s*",
    re.IGNORECASE,
)
_REST = re.compile(
    r"\s*(?:\(|\[|–|—|@|/| for | in | is | ist | at | on |(?<=\w) - |"
    r"\d{1,2}[./: ]\d{2}|(?:19|20)\d\d|published|updated).*$",
    re.IGNORECASE,
)
_NICKNAME = re.compile(r"\s\([^()]{1,20}\)\s(?=[A-Z][a-z]+$)")
_TITLE = re.compile(r"^(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame)\.?\s(?=\S)")
_NO_NAME = re.compile(
    r"https?:|www\.|\w@\w|[<>{}=_#]|\.(?:com|org|net|de|fr|co)\b|[a-z]{3}\.[a-z]{2,3}$|"
    r"^(?:the |our |a )?(?:editors?|editorial|staff|"
    r"admin(?:istrator)?|news ?desk|redaktion|rédaction|redacci[oó]n|redazione|redactie|redakcja|"
    r"newsroom|team|contributors?|correspondents?|writers?|reporters?|guest|user|author|"
    r"unknown|anonymous|none|null|view profile|webmaster|webredaktion|online|"
    r"(?:\w+[ -]){0,3}\w*redaktion|view (?:my )?(?:complete |full )?profile|weitere artikel|"
    r"alle (?:artikel|beiträge)|(?:by|von|par|por|di|da|door|przez|more|mehr|profile|profil)|"
    r"posted|associated press|reuters|afp|dpa|ap|agencies|agenturen|wire|press release)\b"
    r"(?: \w+){0,3}$|"
    r"\b(?:follow|share|subscribe|comments?|minutes?|read|posts?|articles|editor|writer|"
    r"reporter|correspondent|columnist|gmbh|stiftung|inc|ltd|llc|foundation|university|magazine|"
    r"verlag|e\. ?v)\b",
    re.IGNORECASE,
)
_RUN_TOGETHER = re.compile(r"[a-zà-ÿ]Follow|[a-zà-ÿ](?:About|View|More|Published|Updated)\b")


def names(values: Iterable[object], *, site: str = "") -> tuple[str, ...]:
    """Return the names of people in some bylines, without repetitions."""
    found: dict[str, str] = {}
    for value in values:
        for name in _names_in(plain(value)):
            if not _is_site(name, site):
                found.setdefault(folded(name), name)
    return tuple(found.values())[:MAX_NAMES]


def _is_site(name: str, site: str) -> bool:
    """Return whether a name is that of the site, not of a person whom the site is named after."""
    own, whole = name.casefold(), site.replace("’", "'").casefold()
    is_first = " " in own and whole.startswith((f"{own} - ", f"{own} | "))
    is_owner = is_first or f"{own}'s " in whole
    return folded(name) in folded(site) and not is_owner


def _names_in(byline: str) -> list[str]:
    if not byline or byline.endswith("…"):
        return []
    parts = _SEPARATOR.split(_NICKNAME.sub(" ", _PREFIX.sub("", byline)))
    cleaned = [
        _TITLE.sub("", _REST.sub("", _PREFIX.sub("", part))).strip(" .,:-()'\"“”") for part in parts
    ]
    return [_cased(name) for name in cleaned if is_name(name)]


def is_name(text: str) -> bool:
    """Return whether a text may be the name of a person."""
    if (
        not _SHORTEST_NAME <= len(text) <= _LONGEST_NAME
        or _NO_NAME.search(text)
        or _RUN_TOGETHER.search(text)
        or re.search(r"\d", text)
    ):
        return False
    words = text.split()
    if len(words) > _MOST_WORDS:
        return False
    has_case = text.lower() != text.upper()
    return not has_case or text[0].isupper() or len(words) > 1


def _cased(name: str) -> str:
    """Return a name in capitals in normal case."""
    is_shouting = name.isupper() and len(name.split()) > 1
    return (
        re.sub(r"[^\W\d_]+", lambda word: word.group().capitalize(), name) if is_shouting else name
    )
