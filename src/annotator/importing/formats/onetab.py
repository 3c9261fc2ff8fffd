"""OneTab: an address and a title on each line, groups between blank lines."""

import re
from collections.abc import Iterator

from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedItem, Skipped
from annotator.importing.source import SourceFile

_LINE = re.compile(r"(\w[\w+.-]*:\S*)(?: \|(?: (.*))?)?")
_SHARE = 0.9  # of lines that must have the shape


def sniff(source: SourceFile) -> Sureness:
    """Return whether nearly all lines are an address, a bar and a title."""
    if source.archive or source.is_binary:
        return Sureness.NO
    lines = [line for line in source.head.splitlines() if line.strip()][:200]
    fitting = [match for line in lines if (match := _LINE.fullmatch(line.strip()))]
    with_title = [match for match in fitting if match[2] is not None]
    if not with_title or len(fitting) < len(lines) * _SHARE:
        return Sureness.NO
    return Sureness.CERTAIN if len(with_title) * 2 > len(fitting) else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the tabs."""
    for number, line in enumerate(source.text.splitlines(), 1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line.strip())
        if match:
            yield ImportedItem(url=match[1], title=match[2] or "", line=number)
        else:
            yield Skipped(number, "There is no address on this line.", line)


ONETAB = Importer(
    name="onetab", title="OneTab (text)", sniff=sniff, read=read, hint="Export / Import URLs"
)
