"""A list of addresses: one on each line, with or without a title beside it."""

import re
from collections.abc import Iterator

from annotator.importing.conversion import web_address
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedItem, Skipped
from annotator.importing.source import SourceFile

_ADDRESS = re.compile(r"https?://[^\s<>\"'`]+", re.IGNORECASE)
_BETWEEN = " \t|,;-–—:"  # an address and its title
_BULLET = re.compile(r"(?:[-*+•]|\d+[.)])\s+")


def sniff(source: SourceFile) -> Sureness:
    """Return whether most lines that are not empty have an address."""
    if source.archive or source.is_binary or source.head.lstrip()[:1] in {"<", "{", "["}:
        return Sureness.NO
    lines = [line for line in source.head.splitlines() if _is_entry(line)][:200]
    with_address = sum(_ADDRESS.search(line) is not None for line in lines)
    return Sureness.MAYBE if with_address and with_address * 2 >= len(lines) else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield an item for each line with an address; the other words of the line are its title."""
    for number, line in enumerate(source.text.splitlines(), 1):
        if not _is_entry(line):
            continue
        found = _ADDRESS.search(line)
        if found is None:
            yield Skipped(number, "There is no address on this line.", line)
            continue
        before = _BULLET.sub("", line[: found.start()].strip(), count=1)
        after = line[found.end() :]
        title = " ".join(f"{before.strip(_BETWEEN)} {after.strip(_BETWEEN)}".split())
        yield ImportedItem(url=web_address(found[0]), title=title, line=number)


def _is_entry(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


ADDRESS_LIST = Importer(name="list", title="List of addresses", sniff=sniff, read=read)
