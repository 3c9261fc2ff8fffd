"""Documentation whose program is known: its text is read whole."""

import pytest

from annotator.extract import extract
from annotator.model import Page

COOKIES = "A panel keeps the name of its keeper in a cookie, for a day."
SIGNATURE = "lock.open(gate, slowly=True)"


def documentation(frame: str) -> Page:
    text = (
        "<h1>The lock module</h1><p>The lock module opens and closes the gates of a lock, one "
        "after the other, and waits for the water between them.</p>"
        "<pre>lock.open(upper)</pre>"
        f"<dl><dt class='sig'>{SIGNATURE}</dt><dd>Open a gate.</dd></dl>"
        f"<section id=cookies class=cookies><h2>Cookies</h2><p>{COOKIES}</p></section>"
        "<div class=pagination><a href=/next>Next: the gates of the upper lock</a></div>"
    )
    menu = "<nav><a href=/>Weir</a> <a href=/gates>Gates</a> <a href=/weirs>Weirs</a></nav>"
    body = f"{menu}{frame.format(text)}<footer>Weir is free software.</footer>"
    return Page("https://docs.weir.example/lock", f"<title>Lock</title><body>{body}</body>")


@pytest.mark.parametrize(
    "frame",
    [
        "<div class=bodywrapper><div class=body role=main>{}</div></div>",
        "<article class='md-content__inner md-typeset'>{}</article>",
        "<div class='theme-doc-markdown markdown'>{}</div>",
        "<article class='main-page-content' lang=en>{}</article>",
        "<div class=refentry>{}</div>",
        "<div class='rustdoc mod'><main><section id=main-content class=content>{}</section></div>",
    ],
    ids=["sphinx", "mkdocs", "docusaurus", "mdn", "docbook", "rustdoc"],
)
def test_a_section_about_cookies_and_signatures_stay(frame):
    text = extract(documentation(frame)).article.text
    assert COOKIES in text
    assert SIGNATURE in text
    assert "Next: the gates" not in text


def test_a_notice_about_cookies_beside_the_text_goes():
    page = documentation("<div class='theme-doc-markdown'>{}</div><div class=cookies>We use.</div>")
    assert "We use." not in extract(page).article.text


def test_questions_and_further_reading_of_a_manual_stay():
    page = documentation(
        "<div class='theme-doc-markdown'>{}<p>Try the lock in your browser right away!</p>"
        "<h2>See also</h2><ul><li><a href=/weirs>The module of the weirs</a> and how they "
        "hold it</li></ul></div>"
    )
    text = extract(page).article.text
    assert "Try the lock in your browser right away!" in text
    assert "The module of the weirs" in text


def test_code_between_paragraphs_stays_whatever_program_made_the_page():
    steps = "".join(
        f"<h3>Gate {gate}</h3><p>The gate {gate} opens once the water before it and behind it is "
        f"level, which the lock measures, and closes by itself.</p><pre>lock.open({gate})</pre>"
        for gate in range(1, 6)
    )
    page = Page("https://weir.example/gates", f"<h1>Gates</h1><main>{steps}<p>That is all.</main>")
    text = extract(page).article.text
    assert all(f"lock.open({gate})" in text for gate in range(1, 5))


def test_the_sign_of_an_anchor_is_no_part_of_the_title():
    page = Page("https://weir.example/gates", "<h1>Gates<a href='#gates'>¶</a></h1><p>They open.")
    assert extract(page).article.title == "Gates"


def test_the_heading_of_a_chapter_is_the_title_and_not_that_of_its_book():
    page = Page(
        "https://weir.example/book/ch2.html",
        "<title>How gates open - The Book of Locks</title><h1>The Book of Locks</h1>"
        "<main><h2>How gates open</h2><p>They open once the water is level on both sides.</main>",
    )
    assert extract(page).article.title == "How gates open"


def test_the_motto_of_a_site_above_the_title_is_no_standfirst():
    motto = "The framework of keepers with deadlines and wet feet."
    page = documentation(f"<header id=site-header><p>{motto}</p></header><main>{{}}</main>")
    head = f"<meta name=description content='{motto}'>"
    assert motto not in extract(Page(page.url, head + page.html)).article.text


def test_the_contents_of_a_chapter_are_the_text_of_its_first_page():
    parts = "".join(
        f"<dt><a href='/g{n}.html'>{n}. How gate {n} opens</a></dt>" for n in range(1, 9)
    )
    page = Page(
        "https://weir.example/gates.html",
        "<body><div id=docContent><div class=navheader><table><tr><td><a href=/a>Prev</a></td>"
        "<td><a href=/b>Next</a></td></tr></table></div><div class=chapter><h2>Gates</h2>"
        f"<div class=toc><dl>{parts}</dl></div><p>Gates are opened by keepers, who know how high "
        "the water stands on both sides of them.</p></div></div></body>",
    )
    text = extract(page).article.text
    assert "8. How gate 8 opens" in text
    assert "Next" not in text


def test_many_links_beside_a_text_are_no_contents_of_a_chapter():
    links = "".join(f"<p><a href='/g{n}.html'>{n}. How gate {n} opens</a></p>" for n in range(1, 9))
    page = Page(
        "https://weir.example/gates.html",
        f"<body><main class=main-page-content><p>{'Gates are opened by keepers. ' * 9}</p>"
        f"<div class=sidebar>{links}</div></main></body>",
    )
    assert "How gate 8 opens" not in extract(page).article.text
