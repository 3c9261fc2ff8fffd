"""Which families the names that a page gives to a region belong to, as bits of a number."""

from functools import lru_cache

from annotator.extract.elements import words
from annotator.extract.scorer.vocabulary import BOX_FAMILIES

FAMILIES = tuple(BOX_FAMILIES)

_HOLDERS = words("article post entry story page main blog rich content")
_HELD = words("body text content copy")


def _bits(*families: str) -> int:
    return sum(1 << FAMILIES.index(family) for family in families)


BODY = _bits("body")
ARTICLE = _bits("article")
AROUND = _bits(
    "comment", "related", "share", "newsletter", "ad", "author", "navigation", "side", "foot"
)


def _of_words() -> dict[str, int]:
    found: dict[str, int] = {}
    for family, names in BOX_FAMILIES.items():
        for name in names:
            found[name] = found.get(name, 0) | _bits(family)
    return found


_OF_WORD = _of_words()


@lru_cache(maxsize=8192)
def families_of(names: str) -> int:
    """Return the families that the words of names belong to; `article-body` is a body, too."""
    found = 0
    for name in names.split():
        before = ""
        for word in name.split("-"):
            found |= _OF_WORD.get(word, 0)
            if word in _HELD and before in _HOLDERS:
                found |= BODY
            before = word
    return found


@lru_cache(maxsize=4096)
def bits_of(families: int) -> tuple[int, ...]:
    """Return the numbers of the families, as they stand in FAMILIES."""
    return tuple(bit for bit in range(len(FAMILIES)) if families >> bit & 1)
