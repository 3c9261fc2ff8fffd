"""Markdown is read like a page."""

from annotator.extract import extract
from annotator.model import MARKDOWN, Page

TEXT = """\
---
title: "The flood"
author: [Ann Lee, Bo Chan]
date: 2024-05-03
description: The river rose.
lang: en
tags:
  - rivers
---

# The flood

The river **rose** in the night, and by morning the *lower* field was a [lake](/lake).[^1]

## What came after

1. Silt
2. Barley
   - the first shoots

> It was higher once.

```python
level = 2
```

| day | metres |
|-----|--------|
| 1   | 2.0    |

![The mill](/mill.jpg)

[^1]: Two metres deep.
"""


def clean(text, *, url=""):
    return extract(Page(url, text, MARKDOWN))


def test_front_matter_becomes_metadata():
    article = clean(TEXT).article
    assert article.title == "The flood"
    assert article.byline == ("Ann Lee", "Bo Chan")
    assert (article.published, article.language) == ("2024-05-03", "en")
    assert article.excerpt == "The river rose."


def test_front_matter_in_lists_and_links_is_read():
    text = "---\nauthors:\n  - '[[Ann Lee]]'\n  - Bo Chan\ntitle:\n---\n\n# Flood\n\nIt rained."
    article = clean(text).article
    assert (article.title, article.byline) == ("Flood", ("Ann Lee", "Bo Chan"))


def test_structure_becomes_blocks():
    blocks = clean(TEXT, url="https://a.example/").article.blocks
    kinds = [block.kind for block in blocks]
    assert kinds == [
        "paragraph",
        "heading",
        *["list_item"] * 3,
        "quote",
        "code",
        "table",
        "image",
        "footnote",
    ]
    assert (blocks[1].level, blocks[1].text) == (2, "What came after")
    assert [(block.ordinal, block.depth) for block in blocks[2:5]] == [(1, 1), (2, 1), (None, 2)]
    assert (blocks[6].text, blocks[6].language) == ("level = 2", "python")
    assert blocks[7].text == "day\tmetres\n1\t2.0"
    assert (blocks[8].source, blocks[8].alternative) == ("https://a.example/mill.jpg", "The mill")


def test_footnotes_are_linked_both_ways():
    blocks = clean(TEXT).article.blocks
    assert ("footnote_reference", "1") in {(mark.kind, mark.href) for mark in blocks[0].marks}
    assert (blocks[-1].label, blocks[-1].text) == ("1", "Two metres deep.")


def test_a_footnote_reference_in_code_stays_code():
    blocks = clean("Words of it.\n\n```\na[^1]\n[^1]: x\n```\n").article.blocks
    assert blocks[-1].text == "a[^1]\n[^1]: x"


def test_html_in_markdown_is_read_and_scripts_are_not():
    article = clean(
        "<div>Plain <b>bold</b></div>\n\n<script>alert(1)</script>\n\nMore words."
    ).article
    assert [block.text for block in article.blocks] == ["Plain bold", "More words."]


def test_a_text_without_a_heading_is_titled_by_its_file():
    assert clean("It rained.", url="file:///x/flood.md").article.title == "flood"


def test_residue_of_a_clipped_page_goes():
    extraction = clean(
        "It rained for nine days.\n\nYou have 3 articles remaining.\n\nThen it stopped."
    )
    assert extraction.article.text == "It rained for nine days.\n\nThen it stopped."
    assert [entry.step for entry in extraction.removals] == ["meter"]


def test_a_text_that_names_no_site_has_the_name_of_its_server():
    article = clean("It rained.", url="https://www.a.example/flood.md").article
    assert article.site_name == "a.example"
    assert clean("It rained.", url="file:///x/flood.md").article.site_name == ""
