import pytest

from annotator.cli.output.console import Styled
from annotator.cli.output.forms.article_text import article_lines
from annotator.model import Article, Block


def lines(*blocks, width=0, url="", title="", byline=()):
    shown = article_lines(Article("0" * 16, url, title, byline, blocks=blocks), width=width)
    return [line.text if isinstance(line, Styled) else line for line in shown]


@pytest.mark.parametrize(
    ("block", "text"),
    [
        (Block("image", "A scale", credit="Ann Lee"), "[Photo: A scale (Ann Lee)]"),
        (Block("image", "A scale. Ann Lee", credit="Ann Lee"), "[Photo: A scale. Ann Lee]"),
        (Block("image", "", alternative="Some scale"), "[Photo: Some scale]"),
        (Block("image", ""), "[Photo]"),
        (
            Block("embed", "Hello", label="Post on X", source="https://x.org/1"),
            "[Post on X: Hello https://x.org/1]",
        ),
        (Block("embed", ""), "[Embedded]"),
        (Block("footnote", "See there.", label="3"), "[3] See there."),
        (Block("rule", ""), "* * *"),
        (Block("quote", "Said she.", quote_depth=2), "> > Said she."),
        (Block("list_item", "Third", depth=2, ordinal=3), "  3. Third"),
        (Block("paragraph", "More of the item", depth=1), "  More of the item"),
    ],
)
def test_a_block_is_shown_as_what_it_is(block, text):
    assert lines(block) == ["", text]


def test_title_authors_and_url_are_above_the_text():
    above = lines(title="A title", byline=("Ann", "Bo"), url="https://a.org/1")
    assert above == ["A title", "Ann, Bo", "https://a.org/1"]
    assert lines(Block("paragraph", "Text."), url="file:///a.txt") == ["", "Text."]


def test_wrapped_lines_are_indented_below_their_marker():
    shown = lines(Block("list_item", "one two three four five six seven", depth=1), width=24)
    assert shown == ["", "• one two three four", "  five six seven"]


def test_wide_letters_count_twice():
    shown = lines(Block("paragraph", "見出し" * 10), width=20)
    assert shown[1:] == ["見出し見出し見出し見", "出し見出し見出し見出", "し見出し見出し見出し"]


def test_the_columns_of_a_table_are_aligned():
    table = Block("table", "Day\tkg\nMonday\t12", header_rows=1)
    assert lines(table) == ["", "Day     kg", "──────────", "Monday  12"]
