"""Each sample article is extracted as a careful reader would want it.

What must hold and what must not is written by hand in wanted_samples.py, so
that no golden file can bless a wrong outcome. The goldens (test_goldens.py)
hold the rest.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from annotator.extract import extract
from annotator.model import HTML, PLAIN_TEXT, Article, Block, Extraction, Mark, Page
from wanted_samples import WANTED

SAMPLES = Path(__file__).parents[2] / "sample_articles"


NAMES = sorted(WANTED)


@cache
def cleaned(name: str) -> Extraction:
    path = SAMPLES / name
    media_type = HTML if path.suffix == ".html" else PLAIN_TEXT
    return extract(Page(WANTED[name].url, path.read_text("utf-8"), media_type))


def shown(article: Article) -> str:
    """Return all text of an article, its title first."""
    return "\n".join([article.title, *_shown_once(article)])


def _shown_once(article: Article) -> Iterator[str]:
    if article.excerpt not in article.text:
        yield article.excerpt
    yield article.text
    yield from (block.label for block in article.blocks)


@pytest.fixture(params=NAMES)
def name(request) -> str:
    return request.param


def test_every_sample_has_expectations_and_every_expectation_a_sample():
    assert sorted(path.name for path in SAMPLES.iterdir()) == NAMES


def test_the_metadata_is_that_of_the_page(name):
    article, wanted = cleaned(name).article, WANTED[name]
    assert article.title == wanted.title
    assert article.byline == wanted.byline
    assert article.site_name == wanted.site
    assert article.published[:10] == wanted.published[:10]
    assert article.language == wanted.language


def test_the_completeness_is_reported(name):
    completeness = cleaned(name).completeness
    assert completeness.access == WANTED[name].access
    assert completeness.access == "full" or completeness.evidence


def test_the_text_of_the_article_survives(name):
    text = cleaned(name).article.text.replace("\N{NO-BREAK SPACE}", " ")
    assert [words for words in WANTED[name].survives if words not in text] == []


def test_residue_is_gone(name):
    text = shown(cleaned(name).article)
    assert [words for words in WANTED[name].gone if words in text] == []


def test_no_line_is_only_a_link_into_the_site(name):
    lines = [
        block.text
        for block in cleaned(name).article.blocks
        for mark in block.marks
        if mark.kind == "link" and len(mark.span) == len(block.text)
    ]
    assert lines == []


def test_what_the_page_repeats_is_shown_once(name):
    text = shown(cleaned(name).article)
    assert [(words, text.count(words)) for words in WANTED[name].once] == [
        (words, 1) for words in WANTED[name].once
    ]


def test_removals_are_in_the_ledger_with_rule_and_reason(name):
    removals = cleaned(name).removals
    taken = "\n".join(removal.text for removal in removals)
    assert [words for words in WANTED[name].removed if words not in taken] == []
    assert all(removal.step and removal.rule and removal.reason for removal in removals)
    assert all(0 <= removal.before <= len(cleaned(name).article.blocks) for removal in removals)


def test_headings_keep_their_level_and_order(name):
    found = [
        (block.level, block.text)
        for block in cleaned(name).article.blocks
        if block.kind == "heading"
    ]
    assert found == list(WANTED[name].headings)


def test_captions_are_separated_from_their_credits(name):
    found = [
        (block.text, block.credit)
        for block in cleaned(name).article.blocks
        if block.kind == "image"
    ]
    assert found == list(WANTED[name].captions)


def test_the_article_ends_where_its_author_ended(name):
    assert cleaned(name).article.text.endswith(WANTED[name].ends)


def test_a_short_article_is_not_reduced_further(name):
    least = 100 if WANTED[name].access != "full" else 500
    assert cleaned(name).article.word_count >= least


class TestCode:
    def test_keeps_its_language_lines_and_indentation(self):
        first = _of_kind("blog--code-table-footnotes.html", "code")[0]
        assert first.language == "python"
        assert first.text == (
            "from PIL import Image\n"
            "\n"
            "def difference_hash(path: str) -> int:\n"
            '    small = Image.open(path).convert("L").resize((9, 8))\n'
            "    bits = 0\n"
            "    for y in range(8):\n"
            "        for x in range(8):\n"
            "            brighter = small.getpixel((x, y)) > small.getpixel((x + 1, y))\n"
            "            bits = bits << 1 | brighter\n"
            "    return bits"
        )

    def test_of_a_terminal_keeps_its_columns(self):
        last = _of_kind("blog--code-table-footnotes.html", "code")[-1]
        assert last.language == "console"
        assert last.text.splitlines()[1] == "vol-03/0412.jpg  vol-03/0413.jpg  1"


class TestTable:
    def test_keeps_its_header_and_its_cells(self):
        (table,) = _of_kind("blog--code-table-footnotes.html", "table")
        rows = [row.split("\t") for row in table.text.splitlines()]
        assert table.header_rows == 1
        assert rows[0] == ["Bits that differ", "Pairs found", "Same page", "What the others were"]
        assert rows[3] == ["6–8", "205", "91", "blank pages, title pages"]
        assert {len(row) for row in rows} == {4}


class TestFootnotes:
    NAME = "blog--code-table-footnotes.html"

    def test_have_their_labels(self):
        assert [note.label for note in _of_kind(self.NAME, "footnote")] == ["1", "2", "3"]

    def test_are_referred_to_from_the_text(self):
        assert [mark.href for mark in _marks(self.NAME, "footnote_reference")] == ["1", "2", "3"]


class TestLists:
    def test_keep_their_nesting(self):
        items = _of_kind("blog--code-table-footnotes.html", "list_item")
        assert [(item.depth, item.ordinal) for item in items] == [
            (1, None),
            (1, None),
            (2, None),
            (3, 1),
            (3, 2),
            (3, 3),
            (2, None),
            (1, None),
            (1, None),
        ]

    def test_keep_their_numbers(self):
        steps = {
            item.text.partition(" ")[0] + " " + item.text.split(" ")[1]: item.ordinal
            for item in _of_kind("howto--sign-in-steps.html", "list_item")
        }
        assert (steps["Sign in"], steps["Subscribe to"], steps["Accept cookies"]) == (3, 2, 5)


def test_links_lead_to_absolute_addresses(name):
    links = _marks(name, "link")
    assert all(link.href.startswith(("https://", "mailto:")) for link in links)


def test_a_quotation_is_a_quote_block():
    first = _of_kind("longform--headings-pull-quotes.html", "quote")[0]
    assert first.text.startswith("The falsification at Station 0417")


def _of_kind(name: str, kind: str) -> list[Block]:
    return [block for block in cleaned(name).article.blocks if block.kind == kind]


def _marks(name: str, kind: str) -> list[Mark]:
    blocks = cleaned(name).article.blocks
    return [mark for block in blocks for mark in block.marks if mark.kind == kind]
