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
    ],
    ids=["sphinx", "mkdocs", "docusaurus", "mdn"],
)
def test_a_section_about_cookies_and_signatures_stay(frame):
    text = extract(documentation(frame)).article.text
    assert COOKIES in text
    assert SIGNATURE in text
    assert "Next: the gates" not in text


def test_a_notice_about_cookies_beside_the_text_goes():
    page = documentation("<div class='theme-doc-markdown'>{}</div><div class=cookies>We use.</div>")
    assert "We use." not in extract(page).article.text
