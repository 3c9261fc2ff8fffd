"""A list of addresses, with titles or without."""

from annotator.importing.importers import read, recognise
from annotator.importing.item import Skipped
from annotator.importing.source import SourceFile
from importing_files import read_file


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


def test_a_list_in_markdown_has_links_by_name_tasks_tags_and_words_beside_them():
    items, skipped = read_file(
        "![pic](https://img.example.org/p.png)\n"
        "- [A \\[b\\] title](https://example.org/a 'hover') #web #to/read\n"
        "* [B, with more](https://example.org/b_(1)) — good on page 3\n"
        "- [x] [Done](https://example.org/c)\n- [ ] <https://example.org/d>\n"
        "1. [By name][ref] and [by itself][]\n"
        "```\n[no link](https://example.org/code)\n```\n"
        '[ref]: https://example.org/e "Ref"\n[by itself]: https://example.org/f\n'
        "[alone]: https://example.org/g\n",
        expected="list",
    )
    assert [(x.url, x.title, x.tags, x.state, x.excerpt) for x in items] == [
        ("https://example.org/a", "A [b] title", ("web", "to/read"), None, ""),
        ("https://example.org/b_(1)", "B, with more", (), None, "good on page 3"),
        ("https://example.org/c", "Done", (), "read", ""),
        ("https://example.org/d", "", (), "unread", ""),
        ("https://example.org/e", "By name", (), None, ""),
        ("https://example.org/f", "by itself", (), None, ""),
        ("https://example.org/g", "[alone]", (), None, ""),
    ]
    assert [each.line for each in skipped] == [1]
