"""Pages that are not articles: lists of others, videos, pages filled by scripts."""

import json

import pytest

from annotator.extract import extract
from annotator.model import Page

HOME = "https://herald.example/"
SECTION = "https://herald.example/energy"
HEADLINES = (
    "Ferry that nobody cancelled sails again",
    "What a town hall is for, and what it is not",
    "The quiet end of the night train",
    "Eels return to the Marrow after forty years",
    "Why the bridge took nine winters to build",
    "A school without bells tries a third year",
    "Letters on letters: our readers reply",
    "The baker who would not raise his prices",
    "Council buys back the water works",
    "How the harbour lost its last crane",
    "An orchard under the motorway bears fruit",
    "The clock that the village stopped by hand",
    "Snow on the line, and who must clear it",
)
TEASER = "It took three men and a borrowed lorry, and by the evening the whole street knew of it."


def index(*, cards=HEADLINES, teaser=TEASER, tag="h3", head="", above="", below=""):
    listed = "".join(
        f"<div class='item'><{tag}><a href='/{n}'>{title}</a></{tag}><p>{teaser}</p></div>"
        for n, title in enumerate(cards)
    )
    return (
        f"<html lang=en><head><title>The Herald</title>{head}</head><body>"
        f"<header><nav><a href=/>Home</a><a href=/w>World</a></nav></header>"
        f"<main>{above}{listed}{below}</main><footer>© The Herald</footer></body></html>"
    )


def judge(html, url=SECTION):
    return extract(Page(url, html)).completeness


def ld(**node):
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


def story(prose, times=2):
    return "".join(f"<p>{text}</p>" for text in prose * times)


@pytest.mark.parametrize(
    "html",
    [
        index(),
        index(teaser=""),
        index(tag="h2", above="<h1>Energy</h1><p>All that we wrote about power and its price.</p>"),
        index(head="<meta property=og:type content=website>", cards=HEADLINES[:7]),
        index(teaser=f"{TEASER} {TEASER}", tag="h2"),
    ],
)
def test_a_page_that_lists_others_is_not_an_article(html):
    completeness = judge(html)
    assert completeness.access == "no_article"
    assert "lists" in completeness.evidence[0]


@pytest.mark.parametrize(
    ("url", "head"),
    [(HOME, ""), (SECTION, ld(**{"@type": "SearchResultsPage"}))],
)
def test_front_pages_and_declared_lists_need_no_headings(url, head):
    listed = "".join(f"<li><a href=/{n}>{text}</a></li>" for n, text in enumerate(HEADLINES))
    html = f"<html><head><title>Herald</title>{head}</head><body><ul>{listed}</ul></body></html>"
    assert judge(html, url).access == "no_article"
    assert "13 other pages" in judge(html, url).evidence[0]


def test_a_list_of_pages_has_readable_text_all_the_same():
    article = extract(Page(SECTION, index())).article
    assert TEASER in article.text


def test_an_article_with_a_list_of_others_below_is_an_article(prose):
    html = index(above=f"<article><h1>The flood</h1>{story(prose)}</article>")
    assert judge(html).access == "full"


def test_a_short_article_in_a_dense_script_is_an_article():
    text = "河水在夜里涨了起来，到早晨，下面的田地已成了一片湖，只有篱笆的柱子还露在外面。" * 8
    html = index(above=f"<article><h1>大水</h1><p>{text}</p></article>")
    assert judge(html).access == "full"


def test_a_short_article_with_a_date_is_an_article(prose):
    head = "<meta property=article:published_time content=2024-05-01>"
    html = index(head=head, above=f"<article><h1>The flood</h1><p>{prose[0]}</p></article>")
    assert judge(html).access == "full"


def test_a_short_text_that_declares_itself_an_article_is_an_article(prose):
    head = ld(**{"@type": "NewsArticle", "headline": "The flood"})
    html = index(head=head, above=f"<article><h1>The flood</h1><p>{prose[0]}</p></article>")
    assert judge(html).access == "full"


def test_linked_headings_with_text_under_them_are_an_article(prose):
    parts = "".join(
        f"<h2><a href='#{n}'>{title}</a></h2>{story(prose, 1)}"
        for n, title in enumerate(HEADLINES[:8])
    )
    assert judge(f"<body><article><h1>Eight towns</h1>{parts}</article></body>").access == "full"


@pytest.mark.parametrize(
    "head",
    [
        "<meta property=og:type content=video.other>",
        "<meta property=og:type content=video>",
        ld(**{"@type": "VideoObject", "name": "The flood"}),
    ],
)
def test_a_video_with_a_line_about_it_is_not_an_article(head, prose):
    body = f"<h1>The flood</h1><video src=/f.mp4></video><p>{prose[0]}</p>"
    completeness = judge(f"<head><title>The flood</title>{head}</head><body>{body}</body>")
    assert completeness.access == "no_article"
    assert "video" in completeness.evidence[0]


def test_an_article_with_a_video_is_an_article(prose):
    head = ld(**{"@type": "VideoObject", "name": "The flood"})
    body = f"<article><h1>The flood</h1><video src=/f.mp4></video>{story(prose)}</article>"
    assert judge(f"<head>{head}</head><body>{body}</body>").access == "full"


@pytest.mark.parametrize(
    "body",
    [
        "<app-root></app-root><script src=main.js></script>",
        "<div id=___gatsby></div><script src=app.js></script>",
        "<div id=app>Loading …</div><script src=app.js></script>",
        "<noscript>Bitte aktivieren Sie JavaScript.</noscript>",
        "<noscript>この<b>JavaScript</b>を有効にしてください。</noscript><p>読み込み中</p>",
        "<div class=shell></div>" + "<script src=chunk.js></script>" * 6,
    ],
)
def test_a_page_filled_by_scripts_needs_a_browser(body):
    completeness = judge(f"<html><body>{body}</body></html>")
    assert completeness.access == "partial"
    assert completeness.evidence == (
        "This page needs JavaScript: open it in a browser, save it there, and add the file.",
    )


def test_an_article_with_scripts_needs_no_browser(prose):
    body = f"<div id=root><article>{story(prose)}</article></div>" + "<script></script>" * 9
    asks = "<noscript>Comments need JavaScript.</noscript>"
    assert judge(f"<body>{body}{asks}</body>").access == "full"
