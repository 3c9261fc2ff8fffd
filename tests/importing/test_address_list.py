"""A list of addresses, with titles or without."""

from annotator.importing.importers import read, recognise
from annotator.importing.item import Skipped
from annotator.importing.source import SourceFile


def test_each_line_with_an_address_is_an_item():
    text = (
        "# Later\n\n- https://example.org/a\n2. A title: https://example.org/b.\n"
        "HTTP://x.org/c | C d\nno\n"
    )
    [match] = recognise(SourceFile("", text.encode()))
    *items, skipped = read(match)
    assert [(each.url, each.title, each.line) for each in items] == [
        ("https://example.org/a", "", 3),
        ("https://example.org/b", "A title", 4),
        ("HTTP://x.org/c", "C d", 5),
    ]
    assert skipped == Skipped(6, "There is no address on this line.", "no")
