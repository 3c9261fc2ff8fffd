"""Pages made to do harm are extracted within bounds."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.extract import extract
from annotator.extract.dom.parse import MAX_CHARACTERS, parse
from annotator.model import MARKDOWN, PLAIN_TEXT, Page
from annotator.model.text import is_clean

ATTACKS = Path(__file__).parents[3] / "shared" / "attacks"


def clean(html, media_type="text/html"):
    return extract(Page("https://x.example/a", html, media_type))


@pytest.mark.slow
@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "deep",
        "<b><i>" * 20_000 + "marks",
        "<blockquote>" * 3_000 + "<p>quote",
        "<ul><li>" * 3_000 + "item",
        "<table><tr><td>" * 1_500 + "cell",
        '<figure class="image"><img src=a.jpg>' * 1_000 + "figure",
        '<div class="image media photo">' * 1_500 + "captioned",
        "<div><img src=a.jpg></div>" * 3_000,
        "<p>" + (" " * 254 + "x") * 2_000,
        "<p>" + ("\u00a0" * 254 + "x") * 2_000,
        "<p>" + (" \t" * 127 + "x") * 2_000,
        "<p " + " ".join(f"a{number}=1" for number in range(30_000)) + ">attributes",
        "<" * 100_000,
        '<div class="' + "a-" * 50_000 + '">names</div>',
        "<p>" + "a" * 500_000,
        "<br>" * 50_000 + "breaks",
        "<h2>You have 3 articles remaining and so on</h2>" * 3_000,
        "<a href='#fn1'>1</a>" * 10_000,
        "<table>" + "<tr><td colspan=9999 rowspan=9999>1<td>2" * 300 + "</table>",
        "<meta name=author content='A B, C D'>" * 5_000,
        "<head><title>a b c</title></head>" + f"<h1>{'abc ' * 500}</h1>" * 100,
        f"<figure><img src=/a><figcaption>({'a' * 118})</figcaption></figure>" * 50,
        "<pre>x" + " " * 200_000 + "x</pre>",
        "<p>" + '"' * 200_000 + "x",
        f"<img srcset='{'a' * 20_000} b' src=/a>" * 20,
        "<h2>A heading of some length, set apart</h2><p>And a sentence of prose.</p>" * 2_000,
        "<section class=text><aside><p>And a sentence of prose, as long as that.</p>" * 3_000,
        "<article><p>"
        + "".join(f"raised<sup>{at % 900 + 1}</sup> " for at in range(10_000))
        + "<h2>Notes</h2><ol>"
        + "".join(f"<li>Note {at}" for at in range(1, 901)),
    ],
    ids=range(28),
)
def test_no_page_makes_extraction_fail(html):
    assert clean(html).extractor


@pytest.mark.parametrize(
    ("text", "media_type"),
    [
        ("word " * 200_000, PLAIN_TEXT),
        ("a\n" * 100_000, PLAIN_TEXT),
        ("\n \n" * 200_000, PLAIN_TEXT),
        ("a" + " " * 500_000 + "b", PLAIN_TEXT),
        ("title:" + " " * 500_000, PLAIN_TEXT),
        (">" * 20_000 + " x", MARKDOWN),
        ("[" * 10_000, MARKDOWN),
        ("*a " * 10_000, MARKDOWN),
        ("---\n" + "a:\n" * 2_000, MARKDOWN),
    ],
    ids=range(9),
)
def test_no_text_makes_extraction_fail(text, media_type):
    assert clean(text, media_type).extractor


def test_text_beyond_the_limit_is_cut_off_and_reported():
    tree = parse("<p>" + "word " * (MAX_CHARACTERS // 5 + 10))
    assert tree.is_lossy


def test_a_part_that_the_parser_gives_up_on_makes_a_page_partial(prose):
    html = "".join(f"<p>{text}</p>" for text in prose) + "<div>" * 5_000 + "lost"
    assert clean(html).completeness.access == "partial"


def test_every_string_is_clean_whatever_the_page_holds():
    evil = (
        "a\u202eb\x1b]0;t\x07c\x9b31md\u200be\ufdd0f&#27;[2Jg&#155;h"
        + "z\u0301" * 3
        + "\u0301" * 99
    )
    html = (
        f"<html lang='en'><head><title>{evil}</title><meta name=author content='Ann {evil}'>"
        f"<meta property=og:site_name content='{evil}'></head><body><article>"
        f"<h2>{evil}</h2><p>{evil} {'word ' * 40}.</p><pre>{evil}</pre>"
        f"<table><tr><th>{evil}</th><th>b</th></tr><tr><td>{evil}</td><td>c</td></tr></table>"
        f"<figure><img src='/a?{evil}' alt='{evil}'><figcaption>{evil}</figcaption></figure>"
        f"<iframe src='https://youtube.com/{evil}' title='{evil}'></iframe>"
        f"<p>{'More words of it. ' * 10}</p><nav>{evil}</nav></article></body></html>"
    )
    extraction = clean(html)
    article = extraction.article
    strings = [article.title, article.site_name, *article.byline, article.lead_image]
    for block in article.blocks:
        strings += [*block.text.split("\t"), block.source, block.alternative, block.credit]
        strings += [block.label, block.language, *(mark.href for mark in block.marks)]
    for entry in extraction.removals:
        strings += [entry.step, entry.rule, entry.reason, *entry.text.split("\t")]
    assert [text for text in strings if not is_clean(text)] == []


def test_marks_spread_over_elements_cannot_stack_up():
    html = "<p>z" + "<i>\u0301\u0301\u0301\u0301</i>" * 50 + " and then more words.</p>"
    text = clean(html).article.text
    assert is_clean(text)


def test_marks_lie_within_their_text_and_in_order():
    html = "<article>" + "<p><b> a <i> b </b> c </i> <a href=/x> d </a>, some words.</p>" * 5
    for block in clean(html).article.blocks:
        ends = [(mark.span.start, mark.span.end) for mark in block.marks]
        assert all(0 <= start < end <= len(block.text) for start, end in ends)
        assert [start for start, _ in ends] == sorted(start for start, _ in ends)


@pytest.mark.skipif(not ATTACKS.is_dir(), reason="the hostile files are not beside the repository")
def test_the_known_attacks_are_survived():
    names = [path for path in sorted((ATTACKS / "files").iterdir()) if path.suffix == ".html"]
    assert names
    for path in names:
        assert clean(path.read_bytes().decode("utf-8", "replace")).extractor, path.name
    cases = json.loads((ATTACKS / "manifest.json").read_text("utf-8"))
    for case in cases if isinstance(cases, list) else cases["cases"]:
        if case["kind"] == "html" and isinstance(case.get("input"), str):
            assert clean(case["input"]).extractor, case["id"]


TAGS = """
<p> </p> <div> <table> <tr> <td> </table> <ul> <li> <ol> <blockquote> <pre> <code> <a> <b> </b> <i>
<br> <hr> <img> <figure> <figcaption> <h1> <h2> <nav> <aside> <script> <dl> <dt> <dd> <sup> <q>
<ruby> <rt> <math> <svg> <template> <noscript> <iframe> <video> <source> <picture> <body> <html>
<head> <title> <base> <meta> <select> <option> <form> <button> <!-- --> <?x ?> <![CDATA[ ]]> &amp;
&#0; &#xd800;
"""
SOUP = st.lists(st.one_of(st.sampled_from(sorted(TAGS.split())), st.text(max_size=20)), max_size=40)


@given(SOUP, st.text(max_size=30), st.sampled_from(["text/html", PLAIN_TEXT, MARKDOWN]))
@settings(max_examples=200, deadline=None)
def test_no_soup_of_tags_makes_extraction_fail(soup, url, media_type):
    extraction = extract(Page(url, "".join(soup), media_type))
    article = extraction.article
    for block in article.blocks:
        assert all(mark.span.end <= len(block.text) for mark in block.marks)
        assert all(map(is_clean, block.text.split("\t")))
