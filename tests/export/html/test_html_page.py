"""Articles as standalone HTML pages."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.export.html.html_blocks import BlockWriter
from annotator.export.html.html_page import render_page
from annotator.model import Article, Block, Mark, Span
from builders import make_article


def write_blocks(blocks):
    return BlockWriter(Article("1", "", "", blocks=tuple(blocks))).write()


def test_a_page_of_an_article_names_its_language_and_loads_nothing():
    page = render_page(make_article("It rained.", title="Rain & <wind>", language="en-GB"))
    assert "default-src 'none'" in page
    assert '<div class="text" lang="en-GB" dir="ltr">' in page
    assert "<title>Rain &amp; &lt;wind&gt;</title>" in page
    assert "<h1>Rain &amp; &lt;wind&gt;</h1>" in page
    assert "<p>It rained.</p>" in page


def test_a_page_names_its_source():
    article = make_article(
        "It rained.", byline=("Ada", "Bo"), site_name="The Paper", published="2024-05-01"
    )
    assert (
        '<p class="source"><a href="https://example.org/article" '
        'rel="noopener noreferrer nofollow">The Paper</a>'
        ' · Ada, Bo · <time datetime="2024-05-01" dir="ltr">1 May 2024</time></p>'
    ) in render_page(article)


def test_a_page_without_a_source_has_none():
    page = render_page(make_article("It rained.", title="", url="", language=""))
    assert "<header>\n<h1>Untitled</h1>\n</header>" in page
    assert '<div class="text" lang="" dir="ltr">' in page


def test_the_direction_is_that_of_the_text():
    assert 'dir="rtl"' in render_page(make_article("مطر غزير في المدينة", title="مطر"))


def test_letters_and_boxes_are_the_markers_of_their_items():
    blocks = [
        Block("list_item", "a", depth=1, ordinal=2, label="b."),
        Block("list_item", "c", depth=2, label="[x]"),
        Block("list_item", "d", depth=2, label="'; color: red"),
    ]
    assert write_blocks(blocks).replace("\n", "") == (
        """<ol><li value="2" data-sign="b.">a"""
        """<ul><li data-sign="[x]">c</li><li>d</li></ul></li></ol>"""
    )


def test_lists_and_quotes_are_nested():
    blocks = [
        Block("list_item", "a", depth=1, ordinal=3),
        Block("list_item", "b", depth=2),
        Block("paragraph", "c", depth=2),
        Block("quote", "d", depth=2, quote_depth=1),
        Block("list_item", "e", depth=1, ordinal=4),
        Block("quote", "f", quote_depth=2),
        Block("list_item", "g", depth=2, quote_depth=1),
        Block("paragraph", "h"),
    ]
    assert write_blocks(blocks).replace("\n", "") == (
        '<ol><li value="3">a<ul><li>b<p>c</p><blockquote><p>d</p></blockquote></li></ul></li>'
        '<li value="4">e</li></ol>'
        "<blockquote><blockquote><p>f</p></blockquote><ul><li><ul><li>g</li></ul></li></ul></blockquote>"
        "<p>h</p>"
    )


def test_two_lists_of_different_kinds_stay_separate():
    blocks = [Block("list_item", "a", depth=1), Block("list_item", "b", depth=1, ordinal=1)]
    assert (
        write_blocks(blocks).replace("\n", "") == '<ul><li>a</li></ul><ol><li value="1">b</li></ol>'
    )


def test_marks_and_footnotes_are_elements():
    text = Block(
        "paragraph",
        "one two three 1 2",
        marks=(
            Mark("strong", Span(0, 7)),
            Mark("emphasis", Span(4, 7)),
            Mark("link", Span(8, 13), "javascript:x"),
            Mark("footnote_reference", Span(14, 15), "n"),
            Mark("footnote_reference", Span(16, 17), "gone"),
        ),
    )
    written = write_blocks(
        [text, Block("footnote", "Said Ada.", label="n"), Block("footnote", "Bo.")]
    )
    assert written == (
        "<p><strong>one <em>two</em></strong> three"
        ' <sup><a href="#note-1">1</a></sup> <sup>2</sup></p>\n'
        '<p class="footnote" id="note-1"><sup>n</sup> Said Ada.</p>\n'
        '<p class="footnote">Bo.</p>'
    )


def test_an_image_is_a_link_with_its_caption_and_credit():
    image = Block(
        "image", "Rain.", source="https://a.example/b.png", alternative="A street", credit="Ada"
    )
    assert write_blocks([image]) == (
        '<figure><a href="https://a.example/b.png" rel="noopener noreferrer nofollow">A street</a>'
        "<figcaption>Rain. Ada</figcaption></figure>"
    )
    assert write_blocks([Block("image", "Rain", alternative="Rain")]) == "<figure>Rain</figure>"


def test_tables_code_headings_rules_and_lines_are_kept():
    blocks = [
        Block("heading", "A", level=1),
        Block("table", "a\tb\nc\td", header_rows=1),
        Block("code", "x < y\n  z"),
        Block("rule", ""),
        Block("paragraph", "one\ntwo"),
    ]
    assert write_blocks(blocks).replace("\n", "|") == (
        "<h2>A</h2>|"
        '<div class="table" tabindex="0" role="group" aria-label="Table"><table>|'
        "<tr><th>a</th><th>b</th></tr>|<tr><td>c</td><td>d</td></tr>|"
        "</table></div>|"
        '<pre tabindex="0"><code>x &lt; y|  z</code></pre>|<hr>|<p>one<br>|two</p>'
    )


def test_no_level_of_headings_is_skipped_for_those_who_go_from_one_to_the_next():
    levels = (4, 6, 6, 2, 3, 1)
    blocks = [Block("heading", str(level), level=level) for level in levels]
    written = write_blocks(blocks)
    assert re.findall(r"<h(\d)>(\d)", written) == [
        *(("2", "4"), ("3", "6"), ("4", "6")),
        *(("2", "2"), ("3", "3"), ("2", "1")),
    ]


ATTRIBUTES = frozenset(
    {
        *("href", "rel", "id", "class", "value", "role", "lang", "aria-label", "tabindex"),
        *("data-mark", "data-marks"),
    }
)


class Reader(HTMLParser):
    VOID = frozenset({"meta", "br", "hr"})

    def __init__(self, page):
        super().__init__()
        self.open, self.seen, self.text = [], set(), []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        assert all(name in ATTRIBUTES for name, _ in attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


KINDS = [
    "paragraph",
    "list_item",
    "quote",
    "heading",
    "table",
    "image",
    "footnote",
    "embed",
    "code",
]
blocks = st.builds(
    Block,
    st.sampled_from(KINDS),
    st.text(alphabet="ab<>&\"'/=\n\t", max_size=20),
    depth=st.integers(0, 3),
    quote_depth=st.integers(0, 2),
    ordinal=st.none() | st.integers(1, 3),
    label=st.sampled_from(["", "1", '"><script>']),
    alternative=st.sampled_from(["", '"><script>']),
    source=st.sampled_from(["", 'https://a.example/"><script>', "javascript:x"]),
)


@given(st.lists(blocks, max_size=8))
def test_every_article_is_well_formed_and_shows_its_text(found):
    reader = Reader(write_blocks(found))
    assert not reader.open
    assert "script" not in reader.seen
    shown = "".join("".join(reader.text).split())
    assert all("".join(block.text.split()) in shown for block in found)


@pytest.mark.parametrize("title", ['"><script>x</script>', "</title><script>"])
def test_a_title_stays_text(title):
    page = render_page(Article("1", "", title, language=title, site_name=title))
    assert page.count("<script") == 1  # that of the program


def test_an_empty_cell_stays_empty():
    table = Block("table", "Name\tYear\t\n\t2020\t2021")
    assert "<tr><td></td><td>2020</td><td>2021</td></tr>" in write_blocks([table])
