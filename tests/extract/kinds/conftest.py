"""The frame of a page around whatever kind of text."""

import pytest

from annotator.model import Page

LINKS = "".join(
    f"<li><a href='/s{number}'>{title}</a></li>"
    for number, title in enumerate(
        ["Why the dike at Marl was never raised", "The village that moved", "Who pays for pumps"]
    )
)


@pytest.fixture
def page():
    """Put some HTML into the frame of a site."""

    def framed(main: str, *, url: str = "https://herald.example/2031/marl", head: str = "") -> Page:
        return Page(
            url,
            f"<html lang=en><head>{head}</head><body><header class=site-header><nav>"
            "<a href=/>Herald</a> <a href=/world>World</a></nav></header>"
            f"<main>{main}</main><aside class=related><h3>More on this story</h3><ul>{LINKS}</ul>"
            "</aside><footer><p>© 2031 The Herald. All rights reserved.</p></footer></body></html>",
        )

    return framed
