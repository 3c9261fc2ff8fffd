"""Escaped text is never parsed as Markdown."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from annotator.export.markdown.escaping import (
    code_block,
    code_span,
    escape,
    escape_line,
    formula,
    link,
    quoted,
    with_breaks,
)
from annotator.model.text import clean_text

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SIGNS = [
    *("# ", "- ", "1. ", "2) ", "+ ", "> ", ": ", "    ", "```", "~~~", "---", "===", "***", "___"),
    *("*a*", "_a_", "__a__", "~~a~~", "`a`", "[a](b)", "![a](b)", "[a]", "[a]: b", "[^1]: b"),
    *("<b>", "</b>", "<!-- annotator:end a -->", "<?php", "<http://a.b>", "http://a.b", "www.a.b"),
    *(
        "&lt;",
        "&#35;",
        "&",
        "lt;",
        "| a |",
        "|---|",
        "\\",
        "\\\n",
        "  \n",
        "\n",
        "a",
        " ",
        "Straße",
    ),
    *("==a==", "%%a%%", "$a$", "[[a]]", "((a))", "{{a}}", "{%a%}", "^a-1", "#tag", "key:: value"),
]
texts = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="\\`*_[]<>&~|$^{}=%!#:-+.()1a \n\"'", max_size=30),
    st.lists(st.sampled_from(SIGNS), max_size=8).map("".join),
).map(clean_text)


@given(texts)
@example("a\\ \nb")
@example("# heading")
@example("a\n---")
@example("a\n| b |\n|---|")
@example("<script>alert(1)</script>")
def test_escaped_text_is_read_as_one_paragraph_of_that_text(text):
    text = one_paragraph(text)
    assert shown(escape(text)) == text.strip()


@given(texts)
def test_a_line_stays_on_its_line(text):
    line = escape_line(text)
    assert "\n" not in line
    assert shown(line) == " ".join(text.split())


@given(texts)
def test_quoted_text_stays_in_the_quotation(text):
    text = one_paragraph(text)
    tokens = MARKDOWN.parse(quoted(escape(text)))
    kinds = [token.type for token in tokens]
    assert (kinds[0], kinds[-1]) == ("blockquote_open", "blockquote_close")
    assert kinds.count("blockquote_open") == 1


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("#MeToo is not a tag", r"\#MeToo is not a tag"),
        ("C# is a language", "C# is a language"),
        ("from $5 to $10", r"from \$5 to \$10"),
        ("[[secret]] and ![[picture]]", r"\[\[secret\]\] and !\[\[picture\]\]"),
        ("100%% and ==bright==", r"100\%\% and \=\=bright\=\="),
        ("speaker:: me", r"speaker:\: me"),
        ("{{embed ((1234))}}", r"\{\{embed \((1234))}}"),
        ("the end ^a-1", r"the end \^a-1"),
        ("AT&T, snake_case, 3 < 5, 10^6, 50% off!", "AT&T, snake_case, 3 < 5, 10^6, 50% off!"),
        ("1914. A year", r"1914\. A year"),
        ("-5 degrees", "-5 degrees"),
        ("- five", r"\- five"),
        ("a: b", "a: b"),
    ],
)
def test_only_characters_that_could_mean_something_are_escaped(text, escaped):
    assert escape(text) == escaped


@given(st.text(max_size=40).map(clean_text))
def test_inline_code_shows_its_text(code):
    (inline,) = (
        token for token in MARKDOWN.parse(f"a{code_span(code)}b") if token.type == "inline"
    )
    line = " ".join(code.split("\n"))
    assert not line.strip() or [child.content for child in inline.children][1:-1] == [line]


@given(st.text(alphabet="`~ \na", max_size=40), st.text(max_size=10))
def test_nothing_in_a_block_of_code_closes_it(code, language):
    tokens = MARKDOWN.parse(code_block(code, language))
    assert [token.type for token in tokens] == ["fence"]
    assert tokens[0].content == code + "\n"


def one_paragraph(text):
    lines = (line.strip(" \t") for line in text.split("\n"))
    return "\n".join(line for line in lines if line.strip())


def shown(markdown):
    """Return the text of `markdown`, which must be one paragraph."""
    if not markdown.strip():
        return ""
    tokens = MARKDOWN.parse(markdown)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children
    assert {child.type for child in children} <= {"text", "softbreak", "text_special"}
    text = "".join("\n" if child.type == "softbreak" else child.content for child in children)
    return re.sub(r"^\s+|\s+$", "", text)


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("a", "`a`"),
        ("`a", "`` `a ``"),
        ("a`", "`` a` ``"),
        ("a``b", "```a``b```"),
        (" a", "`  a `"),
        ("a\nb", "`a b`"),
        (" ", " "),
        ("", ""),
    ],
)
def test_inline_code_has_more_signs_around_it_than_in_it(code, written):
    assert code_span(code) == written


@pytest.mark.parametrize(
    ("tex", "written"),
    [
        ("$x_1$", "$x_1$"),
        ("$a<b$", r"$a\lt b$"),
        ("$a](b$", "$a]{}(b$"),
        (r"$\$5$", r"$\$5$"),
        ("$$x$$", "$$x$$"),
        ("$a$b$", ""),
        ("$a\nb$", ""),
        ("$a`$", ""),
        ("$ $", ""),
        ("$$", ""),
    ],
)
def test_a_formula_is_written_only_where_it_ends_where_it_should(tex, written):
    assert formula(tex) == written


def test_a_block_of_code_names_its_language_in_twenty_letters_at_most():
    assert code_block("a", "C++ x") == "```C++x\na\n```"
    assert code_block("a", "b" * 30) == f"```{'b' * 20}\na\n```"
    assert code_block("````") == "`````\n````\n`````"


def test_brackets_are_around_an_address_only_where_it_needs_them():
    assert link("a", "https://x.example/a_b") == "[a](https://x.example/a_b)"
    assert link("a", "My note.md") == "[a](<My note.md>)"
    assert link("a", "b(c)") == "[a](<b(c)>)"
    assert link("a", "") == "a"


def test_a_quotation_has_a_sign_for_each_level_also_on_empty_lines():
    assert quoted("a\n\nb") == "> a\n>\n> b"
    assert quoted("a\n\nb", 2) == "> > a\n> >\n> > b"


def test_single_line_ends_are_breaks_and_empty_lines_part_paragraphs():
    assert with_breaks("a\nb\n\nc\n\n\nd") == "a  \nb\n\nc\n\n\nd"
