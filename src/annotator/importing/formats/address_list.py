"""Lists of addresses: one on each line, with or without a title beside it, and those of OneTab."""

import csv
import re
from collections.abc import Iterator, Mapping

from annotator.importing.conversion import web_address
from annotator.importing.importers import Sureness
from annotator.importing.item import Found, ImportedItem, Skipped
from annotator.importing.readers.json_values import lines_of
from annotator.importing.source import HEAD, SourceFile

_ADDRESS = re.compile(r"https?://[^\s<>\"'`]+", re.IGNORECASE)
_MARKDOWN = re.compile(
    r"\[([^\[\]]*+(?:\[[^\[\]]*+\][^\[\]]*+)*+)\]\(<?(https?://(?:[^\s()<>]|\([^\s()<>]*\))+)>?[^()]*\)"
)
_PICTURE = re.compile(r"!\[[^\[\]]*\]\([^\s()]*\)")
_BY_NAME = re.compile(r"(?<![!\]])\[([^\[\]]+)\]\[([^\[\]]*)\]")
_DEFINITION = re.compile(r"\s{0,3}\[([^\[\]]+)\]:\s+<?(https?://[^\s<>]+)")
_TASK = re.compile(r"\s*[-*+]\s+\[([ xX])\]\s+")
_HASH_TAG = re.compile(r"(?<!\S)#([^\W\d][\w/-]*)")
_BETWEEN = " \t|,;-–—:<>()"  # an address and its title
_BULLET = re.compile(r"(?:[-*+•]|\d+[.)])\s+")

_ONETAB_LINE = re.compile(r"(\w[\w+.-]*:\S*)(?: \|(?: (.*))?)?")
_ONETAB_SHARE = 0.9  # of lines that must have the shape


def sniff(source: SourceFile) -> Sureness:
    """Return whether most lines that are not empty have an address."""
    is_other = source.archive or source.is_binary or source.is_table
    if is_other or source.head.lstrip()[:1] in {"<", "{", "["}:
        return Sureness.NO
    lines = [line for line in source.head.splitlines() if _is_entry(line)][:200]
    with_address = sum(_ADDRESS.search(line) is not None for line in lines)
    return Sureness.MAYBE if with_address and with_address * 2 >= len(lines) else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield an item for each address; the other words of a line with a single one are its title.

    In Markdown the words beside a link are about the page, and code and pictures are left out.
    """
    separator = _separator(source)
    used = {match[2].casefold() or match[1].casefold() for match in _BY_NAME.finditer(source.text)}
    named: dict[str, str] = {}  # addresses that links have by name, `[words][name]`
    for line in lines_of(source.text) if used else ():
        if (match := _DEFINITION.match(line)) and match[1].casefold() in used:
            named[match[1].casefold()] = match[2]
    in_code = False
    for number, line in enumerate(map(str.rstrip, lines_of(source.text)), 1):
        is_fence = line.lstrip().startswith(("```", "~~~"))
        in_code ^= is_fence
        match = _DEFINITION.match(line)
        is_name = match is not None and match[1].casefold() in named
        if _is_entry(line) and not (is_fence or in_code or is_name):
            yield from _of_line(line, number, separator, named)


def _of_line(line: str, number: int, separator: str, named: Mapping[str, str]) -> Iterator[Found]:
    text = _PICTURE.sub("", line)
    task = _TASK.match(text)
    if task:
        text = text[task.end() :]
    text = _BY_NAME.sub(
        lambda match: (
            f"[{match[1]}]({url})"
            if (url := named.get((match[2] or match[1]).casefold()))
            else match[0]
        ),
        text,
    )
    links = [
        (match[2], re.sub(r"\\([\[\]])", r"\1", match[1]).strip())
        for match in _MARKDOWN.finditer(text)
    ]
    about, tags = _beside(text) if len(links) == 1 else ("", ())
    cells = next(csv.reader([text], delimiter=separator)) if separator else []
    if len(cells) > 1 and sum(map(_is_address, cells)) == 1:
        url = next(filter(_is_address, cells)).strip()
        links = [(url, ", ".join(cell for cell in cells if cell.strip() not in {"", url}))]
    if not links:
        matches = list(_ADDRESS.finditer(text))
        title = _title(text, matches[0]) if len(matches) == 1 else ""
        links = [(web_address(match[0]), title) for match in matches]
    if not links:
        yield Skipped(number, "There is no address on this line.", line)
    for url, title in links:
        yield ImportedItem(
            url=url,
            title=title,
            excerpt=about,
            tags=tags,
            state=None if task is None else "unread" if task[1] == " " else "read",
            line=number,
        )


def _beside(line: str) -> tuple[str, tuple[str, ...]]:
    """Return the words beside the only link of a line, and the tags there."""
    rest = _BULLET.sub("", _MARKDOWN.sub(" ", line).strip(), count=1)
    tags = tuple(_HASH_TAG.findall(rest))
    words = " ".join(_HASH_TAG.sub(" ", rest).split()).strip(_BETWEEN)
    return (words if any(map(str.isalpha, words)) else ""), tags


def _separator(source: SourceFile) -> str:
    """Return what separates the cells of a table without names: each line has as many of them.

    Without it the cells beside an address would be read as parts of it.
    """
    whole = source.head.splitlines()[: -1 if len(source.data) > HEAD else None]
    lines = [line for line in whole if _is_entry(line)][:200]
    for separator in ",;|":
        rows = list(csv.reader(lines, delimiter=separator))
        counts = set(map(len, rows))
        if len(rows) > 1 and len(counts) == 1 and counts.pop() > 1:
            return separator
    return ""


def _is_address(cell: str) -> bool:
    return _ADDRESS.fullmatch(cell.strip()) is not None


def _title(line: str, address: re.Match[str]) -> str:
    before = _BULLET.sub("", line[: address.start()].strip(), count=1).strip(_BETWEEN)
    after = line[address.start() + len(web_address(address[0])) :]
    after = after.lstrip(f"{_BETWEEN}.").rstrip(_BETWEEN)
    return " ".join(f"{before} {after}".split())


def _is_entry(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def sniff_onetab(source: SourceFile) -> Sureness:
    """Return whether nearly all lines are an address, a bar and a title."""
    if source.archive or source.is_binary:
        return Sureness.NO
    lines = [line for line in source.head.splitlines() if line.strip()][:200]
    fitting = [match for line in lines if (match := _ONETAB_LINE.fullmatch(line.strip()))]
    with_title = [match for match in fitting if match[2] is not None]
    if not with_title or len(fitting) < len(lines) * _ONETAB_SHARE:
        return Sureness.NO
    return Sureness.CERTAIN if len(with_title) * 2 > len(fitting) else Sureness.NO


def read_onetab(source: SourceFile) -> Iterator[Found]:
    """Yield the tabs."""
    for number, line in enumerate(lines_of(source.text), 1):
        if not line.strip():
            continue
        match = _ONETAB_LINE.fullmatch(line.strip())
        if match:
            yield ImportedItem(url=match[1], title=match[2] or "", line=number)
        else:
            yield Skipped(number, "There is no address on this line.", line)
