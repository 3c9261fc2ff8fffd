r"""BibTeX and biblatex: entries with fields in braces, whose TeX is read as text.

Nothing of TeX is run: accents and escaped signs become characters, other commands only their
arguments.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Final

from annotator.importing.conversion import LEFT_OUT, natural_name, web_address
from annotator.importing.field_data import table_of
from annotator.importing.item import Found, Skipped
from annotator.importing.readers.json_values import JsonObject, LineNumbers
from annotator.importing.source import SourceFile
from annotator.model.data_file import toml_beside

_ENTRY = re.compile(r"^[^\S\n]*@(\w+)\s*[{(]\s*", re.MULTILINE)
_KEY = re.compile(r"([^\s,{}()=]*)\s*,")
_FIELD = re.compile(r"\s*,?\s*([A-Za-z][\w-]*)\s*=\s*")
_NAME = re.compile(r"\s*([\w.:+-]+)")
# A value that is never closed ends before the next entry, or each would be read to the end.
_SIGN = re.compile(r"\\.|[{}\"]|\n[^\S\n]*@\w+\s*[{(]\s*[^\s,{}()=]+\s*,", re.DOTALL)
_PART = re.compile(r"\s*#\s*")
_OPEN_END = re.compile(r"\s*,?\s*(?:\Z|@\w+\s*[{(])")
_OPEN: Final = "A brace or quotation mark of the entry is not closed."
_NO_ENTRY = frozenset({"comment", "preamble", "string"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MAX_FIELDS: Final = 200  # of an entry
_MAX_NAMES: Final = 20_000  # characters
_MAX_NAMED: Final = 20_000  # characters of abbreviations in a value

_COMBINING: Final = {  # accents of TeX, and what Unicode puts behind a letter for them
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "r": "\u030a",
    "k": "\u0328", "d": "\u0323", "b": "\u0331", "textcommabelow": "\u0326",
}  # fmt: skip
_TEX: Final = toml_beside("annotator.importing", "tex.toml")
_LETTERS: Final[Mapping[str, str]] = dict(re.findall(r"(\S+):(\S+)", _TEX["signs"]))
_STYLES: Final = frozenset(_TEX["styles"].split())
_ESCAPED: Final = str.maketrans({sign: f"\\{sign}" for sign in "\\{}~"})
_GREEK: Final = {"lambda": "lamda", "Lambda": "lamda", "varepsilon": "epsilon", "varphi": "phi"}
_SPACES: Final = frozenset({"quad", "qquad", "newline", "linebreak", "par", "space"})
_ACCENT = re.compile(
    r"""\\(?:(["'`^~=.])|([cvuHrkdb]|textcommabelow)(?=[\s{\\]))\s*(?:\{\s*(\\[A-Za-z]+|\w)?\s*\}|(\\[A-Za-z]+\s?|\w))"""
)
_COMMAND = re.compile(r"\\([A-Za-z]+)(?:\s*\{\}|\s+|(?=(\{))|\b)")
_LINK = re.compile(r"\\href\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_PLACE = re.compile(r"\\(?:begin|end)\s*\{[^{}]*\}")
_FORMULA = re.compile(r"(?<!\\)\$\$?([^$]*)(?<!\\)\$\$?")
_LIGATURES: Final = (
    ("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("?`", "¿"), ("!`", "¡"),
)  # fmt: skip
_AND = re.compile(r"\s+and\s+(?![^{}]*\})")


def sniff(source: SourceFile) -> bool:
    """Return whether the first line with anything but comments begins an entry."""
    first = _ENTRY.search(source.head)
    return first is not None and bool(_FIELD.search(source.head, first.end()))


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the entries."""
    text, lines = source.text, LineNumbers(source.text)
    strings: dict[str, str] = {}  # abbreviations by their names
    for entry in _ENTRY.finditer(text):
        kind, line = entry[1].lower(), lines.at(entry.start(1))
        key = _KEY.match(text, entry.end())
        if kind == "string":
            strings |= _fields(text, entry.end(), strings)[0]
        if kind in _NO_ENTRY or key is None:
            continue
        fields, end = _fields(text, key.end(), strings)
        if len(fields) > 0:
            texts = {name: _text(name, value) for name, value in fields.items()}
            texts |= {_OPEN: _OPEN} if _OPEN_END.match(text, end) else {}
            yield _REFERENCE.read(JsonObject({**texts, "key": key[1], "entry": kind}, line))
        else:
            yield Skipped(line, "The entry has no fields.", key[1])


def _text(name: str, value: str) -> str:
    """Return a value as text; of names, the braces around organisations stay."""
    if name in {"url", "howpublished", "doi"}:
        address = re.sub(r"\\url|[{}]", "", value)
        return re.sub(r"\\([_%&#~])", r"\1", address).strip()
    return value if name in {"author", "editor"} else plain(value)


def _fields(text: str, position: int, strings: Mapping[str, str]) -> tuple[dict[str, str], int]:
    """Return the fields of an entry, until its end or what is none, and where that is."""
    fields: dict[str, str] = {}
    while len(fields) < _MAX_FIELDS and (match := _FIELD.match(text, position)):
        value, position = _value(text, match.end(), strings)
        fields.setdefault(match[1].lower(), value)
    return fields, position


def _value(text: str, position: int, strings: Mapping[str, str]) -> tuple[str, int]:
    """Return a value, of which parts are joined with `#`, and where it ends."""
    parts: list[str] = []
    room = _MAX_NAMED  # abbreviations of abbreviations could fill the memory
    while True:
        opening = text[position : position + 1]
        if opening in {"{", '"'}:
            end = _closing(text, position)
            parts.append(text[position + 1 : end])
            position = end + 1
        elif match := _NAME.match(text, position):
            parts.append(strings.get(match[1].lower(), match[1])[:room])
            room -= len(parts[-1])
            position = match.end()
        between = _PART.match(text, position)
        if between is None or between.end() == position:
            return " ".join("".join(parts).split()), position
        position = between.end()


def _closing(text: str, position: int) -> int:
    """Return where the brace or quotation mark at a position is closed, else the end."""
    end, depth = '"' if text[position] == '"' else "}", 0
    for sign in _SIGN.finditer(text, position):
        depth += (sign[0] == "{") - (sign[0] == "}")
        if sign[0].lstrip().startswith("@"):
            return sign.start()
        if depth == 0 and sign[0] == end and sign.start() > position:
            return sign.start()
    return len(text)


def plain(tex: str) -> str:
    """Return TeX as text. A command that is not known stays as its name, or as its argument."""
    text = _PLACE.sub(" ", _LINK.sub(r"\2 (\1)", tex.replace("\\\\", " ")))
    text = _FORMULA.sub(r"\1{}", text)  # the space behind a formula is no end of a command
    text = _COMMAND.sub(_command, _ACCENT.sub(_accented, text))
    for signs, character in _LIGATURES:
        text = text.replace(signs, character)
    text = re.sub(r"(?<!\\)[{}]", "", re.sub(r"(?<!\\)~", " ", text))
    text = re.sub(r"\\[-!/()\[\]]", "", re.sub(r"\\[,;:]", " ", text))
    return " ".join(re.sub(r"\\([^A-Za-z])", r"\1", text).split())


def _accented(match: re.Match[str]) -> str:
    letter, accent = (match[3] or match[4] or "").strip(), match[1] or match[2]
    if not letter:
        return f"\\{accent}" if accent in "~^" else ""
    name = letter.removeprefix("\\")
    is_letter = name == letter or name in {"i", "j"}
    bare = name if is_letter else _LETTERS.get(name, name)
    return unicodedata.normalize("NFC", bare + _COMBINING[accent])


def _command(match: re.Match[str]) -> str:
    name = match[1]
    if name in _LETTERS:
        return _LETTERS[name].translate(_ESCAPED)
    if name in _STYLES or match[2]:
        return ""
    case = "SMALL" if name.islower() else "CAPITAL"
    with suppress(KeyError):
        return unicodedata.lookup(f"GREEK {case} LETTER {_GREEK.get(name, name)}")
    return " " if name in _SPACES else f"{name} "


def _names(entry: JsonObject) -> tuple[str, ...]:
    """Return the names; one that is in braces as a whole is that of an organisation."""
    names = [name.strip() for name in _AND.split(entry.text("author", "editor")[:_MAX_NAMES])]
    return tuple(
        plain(name) if name.startswith("{") else natural_name(plain(name))
        for name in names
        if name not in {"", "others"}
    )


def _published(entry: JsonObject) -> str:
    year, month = entry.text("year"), entry.text("month")[:3].lower()
    number = f"-{_MONTHS.index(month) + 1:02}" if month in _MONTHS else ""
    return entry.text("date").partition("/")[0] or f"{year}{number}"


_REFERENCE = table_of(
    "bibtex.entry",
    item={
        "url": lambda entry: entry.text("url") or web_address(entry.text("howpublished")),
        "authors": _names,
        "published": _published,
    },
    remark=lambda entry: " ".join(
        filter(None, (entry.get(_OPEN), entry.text("file") and LEFT_OUT.format(entry.text("file"))))
    ),
)
