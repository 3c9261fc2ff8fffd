"""Bylines in Chinese, Japanese and Korean, whose names have no capitals and few blanks.

A name is one only behind or before what says who it is, such as `记者` or `기자`: a
line that is short says nothing. Chinese and Korean names also begin with a known
family name.
"""

import re
from collections.abc import Sequence
from itertools import chain

from annotator.model.data_file import pattern_of, toml_beside

MOST_NAMES = 6
LONGEST_LINE = 400  # characters of a line or a paragraph that are read

_DATA = toml_beside(__package__, "east_asian.toml")
_PATTERNS = {
    name: re.compile(pattern_of([text], _DATA["pieces"]))
    for name, text in _DATA["patterns"].items()
}
_IN_CHINA, _IN_JAPAN = ("chinese", "chinese-after-slash"), ("japanese", "japanese-before")
_OF_JAPAN = re.compile("[\u3040-\u30ff]")
_WIDE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")


def east_asian_names(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the people who sign in the first of some lines that names any; none elsewhere."""
    wide = [line[:LONGEST_LINE] for line in lines if _WIDE.search(line[:LONGEST_LINE])]
    is_japanese = any(map(_OF_JAPAN.search, wide))
    names = (*(_IN_JAPAN if is_japanese else _IN_CHINA), "korean")
    for line in wide:
        for pattern in map(_PATTERNS.__getitem__, names):
            parts = (_PATTERNS["split"].split(match["names"]) for match in pattern.finditer(line))
            people = dict.fromkeys(chain.from_iterable(parts))
            known = [who for who in people if len(who) > 1 and not _PATTERNS["nobody"].search(who)]
            if known:
                return tuple(map(_joined, known))[:MOST_NAMES]
    return ()


def _joined(name: str) -> str:
    """Return a Chinese name without the blank that makes two characters as wide as three."""
    return name.replace(" ", "").replace("\u3000", "") if len(name) == len("王 芳") else name
