"""Articles as Markdown, read back by a Markdown parser."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from annotator.export.markdown.markdown_blocks import write_blocks, write_marked, write_passage
from annotator.export.markdown.note import render_article
from annotator.model import Article, Block, Mark, Span
from annotator.model.text import clean_text
from builders import make_article

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def html_of(*blocks):
    return MARKDOWN.render(write_blocks(blocks))


def marked(text, *marks):
    return Block(
        "paragraph", text, marks=tuple(Mark(kind, Span(*span), href) for kind, span, href in marks)
    )


def test_an_article_begins_with_its_title_and_source():
    article = make_article(
        "It rained.",
        title="Rain *today*",
        byline=("Ada",),
        site_name="Paper",
        published="2024-05-01T10:00",
    )
    assert render_article(article) == (
        "# Rain \\*today\\*\n\n"
        "[Paper](https://example.org/article) · Ada · 2024-05-01\n\n"
        "It rained.\n"
    )


def test_a_text_without_title_and_source_is_its_blocks():
    assert render_article(make_article("It rained.", title="", url="")) == "It rained.\n"


def test_the_title_is_the_only_heading_of_the_first_level():
    assert write_blocks([Block("heading", "A\nb", level=1)]) == "## A b"
    assert write_blocks([Block("heading", "A", level=9)]) == "###### A"


def test_marks_become_delimiters():
    block = marked(
        "one two three", ("strong", (0, 3), ""), ("emphasis", (4, 7), ""), ("strike", (8, 13), "")
    )
    assert write_blocks([block]) == "**one** _two_ ~~three~~"


def test_marks_within_marks_are_nested():
    block = marked("one two", ("strong", (0, 7), ""), ("link", (4, 7), "https://a.example"))
    assert write_blocks([block]) == "**one [two](https://a.example)**"


def test_white_space_at_the_ends_of_a_mark_stays_outside():
    block = marked("one two three", ("strong", (3, 8), ""), ("emphasis", (8, 8), ""))
    assert write_blocks([block]) == "one **two** three"
    assert write_blocks([marked("a  b", ("strong", (1, 3), ""))]) == "a  b"


def test_bold_that_no_renderer_would_show_is_left_out():
    block = marked("強い「雨」です", ("strong", (2, 5), ""))
    assert write_blocks([block]) == "強い「雨」です"


def test_superscript_and_subscript_are_written_as_html():
    block = marked("E=mc2 H2O", ("superscript", (4, 5), ""), ("subscript", (7, 8), ""))
    assert write_blocks([block]) == "E=mc<sup>2</sup> H<sub>2</sub>O"


def test_an_exclamation_mark_before_a_link_does_not_make_it_an_image():
    block = marked("Look!here", ("link", (5, 9), "https://a.example"))
    assert write_blocks([block]) == "Look\\![here](https://a.example)"


def test_marks_whose_delimiters_would_run_together_are_left_out():
    block = marked("onetwo", ("strong", (0, 3), ""), ("emphasis", (3, 6), ""))
    assert write_blocks([block]) == "**one**two"


def test_emphasis_within_bold_has_another_delimiter():
    whole = marked("one", ("strong", (0, 3), ""), ("emphasis", (0, 3), ""))
    assert write_blocks([whole]) in {"**_one_**", "_**one**_"}
    inside_a_word = marked("one", ("strong", (0, 3), ""), ("emphasis", (0, 1), ""))
    assert write_blocks([inside_a_word]) == "*o*ne"


def test_a_link_that_could_run_code_is_its_text():
    assert write_blocks([marked("click", ("link", (0, 5), "javascript:alert(1)"))]) == "click"


def test_lines_of_a_verse_stay_lines():
    assert html_of(Block("paragraph", "one\ntwo")) == "<p>one<br />\ntwo</p>\n"


def test_lists_are_nested_as_they_were():
    items = [
        Block("list_item", "a", depth=1, ordinal=9),
        Block("list_item", "b", depth=2),
        Block("code", "x\n\ny", depth=2),
        Block("list_item", "c", depth=1, ordinal=10),
        Block("paragraph", "more of c", depth=1),
        Block("paragraph", "after"),
    ]
    assert write_blocks(items) == (
        "9. a\n   - b\n\n     ```\n     x\n\n     y\n     ```\n\n10. c\n\n    more of c\n\nafter"
    )


def test_tasks_are_written_as_tasks():
    items = [
        Block("list_item", "a", depth=1, label="[x]"),
        Block("list_item", "b", depth=2, label="[ ]"),
        Block("list_item", "c", depth=1, ordinal=2, label="b."),
    ]
    assert write_blocks(items) == "- [x] a\n  - [ ] b\n2. c"


def test_a_list_that_counts_again_is_another_list():
    items = [Block("list_item", str(n), depth=1, ordinal=n) for n in (1, 2, 1, 2)]
    assert html_of(*items).count("<ol>") == 2


def test_a_list_that_counts_down_keeps_its_numbers():
    items = [Block("list_item", "x", depth=1, ordinal=n) for n in (3, 2, 1)]
    assert re.findall(r"start=\"(\d)\"", html_of(*items)) == ["3", "2"]


def test_numbers_beyond_those_of_markdown_are_bounded():
    items = [Block("list_item", "x", depth=1, ordinal=-3), Block("list_item", "y", depth=5)]
    assert write_blocks(items) == "0. x\n   - y"


def test_quotes_are_nested_and_hold_lists():
    blocks = [
        Block("quote", "a\nb", quote_depth=1),
        Block("list_item", "c", depth=1, quote_depth=1),
        Block("quote", "d", quote_depth=2),
        Block("quote", "e"),
        Block("paragraph", "f"),
    ]
    assert write_blocks(blocks) == "> a  \n> b\n>\n> - c\n>\n> > d\n\n> e\n\nf"


def test_code_is_fenced():
    assert write_blocks([Block("code", "a ``` b", language="py\n")]) == "````py\na ``` b\n````"


def test_a_table_has_a_header_and_cells_with_bars():
    table = Block("table", "a\tb|c\nd", header_rows=1, marks=(Mark("code", Span(2, 5)),))
    assert write_blocks([table]) == "| a | `b\\|c` |\n| --- | --- |\n| d |  |"
    assert "<code>b|c</code>" in html_of(table)


def test_a_table_without_a_header_gets_an_empty_one():
    assert html_of(Block("table", "a\tb")).count("<td>") == 2


def test_an_image_is_shown_with_its_caption_and_credit():
    image = Block(
        "image",
        "Rain.",
        source="https://a.example/b.png",
        alternative="A [street]",
        credit="Ada/AP",
    )
    assert write_blocks([image]) == "![A \\[street\\]](https://a.example/b.png)  \nRain.  \nAda/AP"


def test_an_image_with_an_unsafe_address_is_its_caption():
    assert (
        write_blocks([Block("image", "Rain. Ada/AP", source="data:x", credit="Ada/AP")])
        == "Rain. Ada/AP"
    )
    bare = Block("image", "Rain", source="https://a.example/b.png", alternative="Rain")
    assert write_blocks([bare]) == "![Rain](https://a.example/b.png)"


def test_footnotes_are_linked_both_ways():
    blocks = [
        marked(
            "Rain1 fell2.",
            ("footnote_reference", (4, 5), "fn 1"),
            ("footnote_reference", (10, 11), "gone"),
        ),
        Block("footnote", "Said Ada.\nTwice.", label="fn 1"),
        Block("footnote", "Said Bob.", label="???"),
        Block("footnote", "Nobody."),
    ]
    assert write_blocks(blocks) == (
        "Rain[^fn-1] fell<sup>2</sup>.\n\n"
        "[^fn-1]: Said Ada.  \n    Twice.\n\n[^note-2]: Said Bob.\n\n    Nobody."
    )


def test_an_embed_is_quoted_with_a_link_to_it():
    embed = Block("embed", "Look!", label="Post on X", source="https://x.example/1")
    assert write_blocks([embed]) == "> Look!\n>\n> [Post on X](https://x.example/1)"
    assert (
        write_blocks([Block("embed", "", source="https://x.example/1")])
        == "> [Embedded](https://x.example/1)"
    )
    assert write_blocks([Block("embed", "Look!")]) == "> Look!"


def test_a_rule_is_written_and_an_empty_block_is_not():
    assert (
        write_blocks([Block("paragraph", "a"), Block("paragraph", ""), Block("rule", "")])
        == "a\n\n---"
    )


TEXTS = st.text(alphabet="ab é*_`~[]<>&|#-1.\\!=$%^(){}:雨\n", min_size=1, max_size=24).map(
    clean_text
)
MARKS = st.lists(
    st.builds(
        lambda kind, start, length: Mark(
            kind, Span(start, start + length), "https://a.example/_*_"
        ),
        st.sampled_from(["strong", "emphasis", "link", "strike", "superscript", "code"]),
        st.integers(0, 20),
        st.integers(1, 12),
    ),
    max_size=4,
)


@given(TEXTS, MARKS)
@example("1\n\n1", [Mark("link", Span(0, 4), "https://a.example/_*_")])
@example(
    "1111", [Mark("strong", Span(1, 3)), Mark("emphasis", Span(1, 4)), Mark("strike", Span(0, 2))]
)
def test_every_paragraph_shows_its_text_whatever_its_marks(text, marks):
    shown = re.sub(
        r"</?(?:p|strong|em|s|sup|code|a|br)\b[^>]*>",
        "",
        html_of(Block("paragraph", text, marks=tuple(marks))),
    )
    assert "".join(unescaped(shown).split()) == "".join(text.split())


@given(
    st.lists(
        st.builds(
            Block,
            st.sampled_from(
                [
                    "paragraph",
                    "list_item",
                    "quote",
                    "code",
                    "heading",
                    "table",
                    "footnote",
                    "image",
                    "embed",
                    "rule",
                ]
            ),
            TEXTS,
            depth=st.integers(0, 3),
            quote_depth=st.integers(0, 2),
            ordinal=st.none() | st.integers(-1, 12),
            label=st.sampled_from(["", "1", "a b"]),
        ),
        max_size=6,
    )
)
def test_every_article_can_be_written(blocks):
    text = render_article(Article("a", "", "T", blocks=tuple(blocks)))
    assert "<script" not in MARKDOWN.render(text)
    for block in blocks:
        assert all(
            word in unescaped(text)
            for word in re.findall(r"[a-z0-9é雨]+", block.text if block.kind != "rule" else "")
        )


def unescaped(html):
    for name, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        html = html.replace(name, sign)
    return html


@pytest.mark.parametrize(
    "kind", ["paragraph", "quote", "list_item", "heading", "table", "image", "footnote", "embed"]
)
@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "# a", "[a](javascript:b)", "```", "| a |\n|---|"]
)
def test_the_text_of_a_block_never_makes_structure(kind, text):
    rendered = html_of(
        Block("paragraph", "before"),
        Block(kind, text, level=2, depth=1),
        Block("paragraph", "after"),
    )
    assert "<script" not in rendered
    assert "<a " not in rendered
    assert "<pre>" not in rendered
    assert "<p>after</p>" in rendered


def test_a_formula_stays_as_it_is():
    text = r"So $a_1 * b_2$ grows."
    assert r"So $a_1 * b_2$ grows." in write_blocks([marked(text, ("formula", (3, 14), ""))])


def test_a_formula_can_hold_no_tag_and_no_link():
    text = "$a<b> [x](javascript:y)$"
    html = html_of(marked(text, ("formula", (0, len(text)), "")))
    assert "<b>" not in html
    assert "<a" not in html


def test_a_formula_that_would_end_early_is_text():
    text = "$a$ b `c`$"
    assert r"\$a\$" in write_blocks([marked(text, ("formula", (0, len(text)), ""))])


def test_an_empty_cell_stays_empty():
    table = Block("table", "Name\tYear\t\n\t2020\t2021", header_rows=2)
    assert "|  | 2020 | 2021 |" in write_blocks([table])


def test_another_paragraph_of_a_footnote_stays_in_it():
    note = (Block("footnote", "It is so.", label="1"), Block("footnote", "It was."))
    assert write_blocks([marked("See1", ("footnote_reference", (3, 4), "1")), *note]).endswith(
        "[^1]: It is so.\n\n    It was."
    )


def test_a_passage_with_the_space_below_it_is_written_without_the_picture_there():
    picture = Block("image", "A street", source="https://a.example/b.png")
    article = Article("x", "", "", blocks=(Block("paragraph", "Rain fell."), picture))
    assert write_passage(article, Span(0, article.starts[1])).strip() == "Rain fell."


def listed(*items, kind="list_item"):
    return write_blocks([Block(kind, text, **values) for text, values in items])


def test_the_level_of_a_heading_is_as_it_was_below_the_title():
    levels = [write_blocks([Block("heading", "A", level=level)]) for level in range(1, 8)]
    assert levels == ["## A", "## A", "### A", "#### A", "##### A", "###### A", "###### A"]


def test_another_list_at_the_same_place_has_another_sign():
    counted = [{"depth": 1, "ordinal": number} for number in (1, 2, 1, 1)]
    assert listed(*zip("abcd", counted, strict=True)) == "1. a\n2. b\n1) c\n1. d"
    inner = [{"depth": 2, "ordinal": 1}, {"depth": 2, "ordinal": 1}]
    mixed = [{"depth": 0}, {"depth": 3}, *inner]
    assert listed(*zip("abcd", mixed, strict=True)) == "- a\n  - b\n  1. c\n  1) d"
    assert listed(("a", {"depth": 1, "ordinal": 10**9})) == "999999999. a"


def test_lists_in_quotes_of_other_depths_are_parted_and_others_are_not():
    one, two = {"depth": 1, "quote_depth": 1}, {"depth": 1, "quote_depth": 2}
    assert listed(("a", one), ("b", one)) == "> - a\n> - b"
    assert listed(("a", one), ("b", two)) == "> - a\n>\n> > - b"
    assert listed(("a", two), ("b", one)) == "> > - a\n>\n> - b"
    quotes = listed(("a", {"quote_depth": 2}), ("b", {"quote_depth": 2}), kind="quote")
    assert quotes == "> > a\n> >\n> > b"


def test_code_in_a_quote_and_below_an_item_is_inside_of_it():
    code = Block("code", "x", language="py", quote_depth=1)
    assert write_blocks([code]) == "> ```py\n> x\n> ```"
    assert write_blocks([Block("code", "x", depth=1)]) == "```\nx\n```"


def test_a_table_is_as_wide_as_its_widest_row():
    table = Block("table", "a\tb\nc\td\te")
    assert write_blocks([table]) == ("|  |  |  |\n| --- | --- | --- |\n| a | b |  |\n| c | d | e |")
    assert write_blocks([Block("table", "b|\\|x", header_rows=1)]) == "| b\\|\\\\\\|x |\n| --- |"


def test_a_picture_is_shown_with_as_much_as_is_known_of_it():
    source = "https://a.example/b.png"
    said = Block("image", "Rain. Ada", credit="Ada", source=source, alternative="x")
    assert write_blocks([said]) == f"![x]({source})  \nRain. Ada"
    assert write_blocks([Block("image", "Rain", source=source)]) == f"![Rain]({source})  \nRain"
    assert (
        write_blocks([Block("image", "", credit="Ada", source=source)]) == f"![]({source})  \nAda"
    )
    assert write_blocks([Block("image", "", credit="Ada")]) == "Ada"
    assert write_blocks([Block("embed", "", label="A post")]) == "> A post"


def test_footnotes_have_names_of_their_own():
    labels = [("a", "1"), ("b", "2"), ("c", "1!"), ("d", "-x-"), ("e", "x")]
    notes = [(text, {"label": label}) for text, label in labels]
    assert listed(*notes, kind="footnote").split("\n\n") == [
        "[^1]: a",
        "[^2]: b",
        "[^note-3]: c",
        "[^x]: d",
        "[^note-5]: e",
    ]
    text = marked("!a", ("footnote_reference", (1, 2), "z"))
    assert write_blocks([text, Block("footnote", "n", label="z")]) == "\\![^z]\n\n[^z]: n"


@pytest.mark.parametrize(
    ("text", "marks", "written"),
    [
        ("a b c", [("emphasis", (2, 3))], "a _b_ c"),
        ("abc", [("emphasis", (1, 2))], "a*b*c"),
        ("(abc)", [("emphasis", (1, 4))], "(_abc_)"),
        ("a bc", [("emphasis", (2, 3))], "a *b*c"),
        ("ab c", [("emphasis", (1, 2))], "a*b* c"),
        ('ab"c"d', [("strong", (2, 5))], 'ab"c"d'),
        ('a "c" d', [("strong", (2, 5))], 'a **"c"** d'),
        ('ab"c" d', [("strong", (2, 5))], 'ab"c" d'),
        ('a "c"d', [("strong", (2, 5))], 'a "c"d'),
        ("one\n\ntwo", [("strong", (0, 8))], "one\n\ntwo"),
        ("ab", [("strike", (0, 1)), ("strike", (1, 2))], "~~ab~~"),
        ("a**b", [("strong", (3, 4))], "a\\*\\***b**"),
        ("a*b", [("superscript", (1, 2))], "a<sup>\\*</sup>b"),
        ("a==b", [("superscript", (0, 2))], "<sup>a\\=</sup>\\=b"),
        ("a code b", [("code", (2, 6)), ("strong", (0, 8))], "**a `code` b**"),
        ("x$$", [("formula", (1, 3))], "x\\$\\$"),
    ],
)
def test_delimiters_are_where_every_renderer_sees_them(text, marks, written):
    assert write_blocks([marked(text, *((*mark, "") for mark in marks))]) == written


def test_a_link_over_a_blank_line_is_a_link_in_each_paragraph():
    text = marked("one\n\ntwo", ("link", (0, 8), "https://a.example"))
    assert write_blocks([text]) == "[one](https://a.example)\n\n[two](https://a.example)"


def test_a_marked_passage_is_between_its_signs_in_each_paragraph_it_touches():
    article = make_article("One two.\n\nThree four.\n\nFive.")
    passages = {(4, 8): "One ==two.==[^x]\n\nThree", (4, 15): "two.==[^x]\n\n==Three==[^x] four"}
    for (start, end), words in passages.items():
        assert words in write_marked(article, {"[^x]": Span(start, end)}, sign="==")
    between = write_marked(article, {"[^x]": Span(8, 10)}, sign="==")
    assert between == "One two.\n\nThree four.\n\nFive."
    assert "<mark>Five.</mark>" in write_marked(article, {"": Span(23, 28)}, sign="<mark>")


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        (0, 18, "See $x^2$ and `` `y` ``."),
        (4, 9, "$x^2$"),
        (0, 3, "See"),
        (10, 22, "and `` `y` ``.\n\n![Alt](https://a.example/p.png)\n\nCa"),
        (20, 30, "![Alt](https://a.example/p.png)\n\nCap\n\nEnd \\*"),
        (25, 31, "End \\*x"),
        (20, 20, "![Alt](https://a.example/p.png)"),
    ],
)
def test_a_quoted_passage_keeps_its_formulas_code_and_pictures(start, end, written):
    blocks = (
        marked("See $x^2$ and `y`.", ("formula", (4, 9), ""), ("code", (14, 17), "")),
        Block("image", "Cap", source="https://a.example/p.png", alternative="Alt"),
        marked("End *x*.", ("strong", (0, 3), "")),
    )
    assert write_passage(Article("1", "", "", blocks=blocks), Span(start, end)) == written
