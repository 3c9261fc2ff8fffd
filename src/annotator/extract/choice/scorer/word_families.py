"""Families of words: of prose, of residue lines, and in the class names of containers.

Of class names, only three kinds are told apart: those around articles, those of
articles, and those of their bodies. What the names say in detail, such as
`share` or `author`, did not help on sites that had not been seen.
"""

from functools import lru_cache

from annotator.extract.dom.elements import words
from annotator.model.data_file import toml_beside

_LISTS = toml_beside(__package__, "word_families.toml")
STOP_WORDS = words(_LISTS["stop"])
LINE_FAMILIES = {family: words(text) for family, text in _LISTS["lines"].items()}

AROUND, ARTICLE, BODY = 1, 2, 4

_OF_WORD: dict[str, int] = {}
for _kind, _name in ((AROUND, "around"), (ARTICLE, "article"), (BODY, "body")):
    for _word in _LISTS["names"][_name].split():
        _OF_WORD[_word] = _OF_WORD.get(_word, 0) | _kind
_OUTER = words("article post entry story page main blog rich content")
_INNER = words("body text content copy")


@lru_cache(maxsize=8192)
def kinds_of(names: str) -> int:
    """Return what class names say: AROUND, ARTICLE and BODY, one bit each.

    `article-body` and the like say BODY as well.
    """
    kinds = 0
    for name in names.split():
        before = ""
        for word in name.split("-"):
            kinds |= _OF_WORD.get(word, 0)
            if word in _INNER and before in _OUTER:
                kinds |= BODY
            before = word
    return kinds
