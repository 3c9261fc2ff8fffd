"""The completeness of an article, and the evidence for it."""

import json

import pytest

from annotator.extract import extract
from annotator.model import Page

URL = "https://herald.example/flood"
NOT_FREE = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The flood", '
    '"isAccessibleForFree": false}</script>'
)


def judge(body, head="", **page):
    html = f"<html><head><title>The flood</title>{head}</head><body>{body}</body></html>"
    return extract(Page(URL, html, **page)).completeness


def story(prose, times=1):
    return "".join(f"<p>{text}</p>" for text in prose * times)


def test_a_complete_article_is_full(prose):
    completeness = judge(f"<article>{story(prose)}</article>")
    assert (completeness.access, completeness.evidence) == ("full", ())


def test_a_short_text_that_is_not_free_is_paywalled(prose):
    completeness = judge(f"<article>{story(prose)}</article>", NOT_FREE)
    assert completeness.access == "paywalled"
    assert completeness.evidence == ("The page says that the article is not free to read.",)


def test_a_long_text_declared_as_not_free_is_full_with_a_remark(prose):
    completeness = judge(f"<article>{story(prose, 4)}</article>", NOT_FREE)
    assert completeness.access == "full"
    assert "not free" in completeness.evidence[0]


def paid(selector):
    part = {"isAccessibleForFree": False, "cssSelector": selector}
    linked = {"@type": "NewsArticle", "headline": "The flood", "hasPart": part}
    linked["isAccessibleForFree"] = False
    return f'<script type="application/ld+json">{json.dumps(linked)}</script>'


def test_a_short_text_with_its_paid_part_is_full(prose):
    body = f"<article>{story(prose[:1])}<div class=rest>{story(prose[1:])}</div></article>"
    completeness = judge(body, paid(".rest"))
    assert completeness.access == "full"
    assert "is there" in completeness.evidence[0]


@pytest.mark.parametrize(
    "end",
    [
        "<p>Sign in to continue reading.</p>",
        "<p>And then the water came again, in the middle of the night, and took with it…</p>",
    ],
)
def test_a_short_text_before_a_wall_is_paywalled_although_its_paid_part_is_there(prose, end):
    body = f"<article>{story(prose)}</article>{end}"
    assert judge(body, paid("article")).access == "paywalled"


@pytest.mark.parametrize("selector", [".rest", "article", "p..p", "::before", "p ~ p"])
def test_a_short_text_whose_paid_part_holds_no_more_than_a_teaser_is_paywalled(prose, selector):
    body = f"<article>{story(prose[:3])}<div class=rest></div></article>"
    assert judge(body, paid(selector)).access == "paywalled"


def test_a_prompt_behind_a_longer_text_is_a_wall_if_the_paid_part_is_missing(prose):
    long = f"<article>{story(prose, 8)}<div class=paywall><p>Sign in to read.</p></div></article>"
    assert judge(long, NOT_FREE).access == "full"
    completeness = judge(long, paid(".rest"))
    assert completeness.access == "paywalled"
    assert "not in the text" in completeness.evidence[-1]


def test_a_long_text_that_breaks_off_is_paywalled(prose):
    broken = f"<p>{prose[0]} And then…</p>"
    assert judge(f"<article>{story(prose, 4)}{broken}</article>", NOT_FREE).access == "paywalled"


@pytest.mark.parametrize(
    "wall",
    [
        "<p>To continue reading, subscribe now.</p>",
        "<div class=paywall><p>This article is for subscribers only.</p></div>",
        "<p>Jetzt weiterlesen mit einem Abo</p><p>Bitte melden Sie sich an, um weiterzulesen.</p>",
    ],
)
def test_a_paywall_after_the_text_makes_it_paywalled(prose, wall):
    completeness = judge(f"<article>{story(prose, 4)}{wall}</article>")
    assert completeness.access == "paywalled"
    assert "wall" in completeness.evidence[0]


@pytest.mark.parametrize(
    "line",
    [
        "Il vous reste 57 % de cet article à lire. La suite est réservée aux abonnés.",
        "You have read 20% of this article.",
        "Noch 65,5 % des Artikels zu lesen.",
        "The rest of this article is for members.",
        "Den vollständigen Artikel lesen Sie mit unserem Abo.",
        "Contenido exclusivo para suscriptores",
        "この記事の残りは有料会員限定です",
    ],
)
def test_a_line_about_the_rest_of_the_text_is_a_wall(prose, line):
    completeness = judge(f"<article>{story(prose, 4)}<p>{line}</p></article>")
    assert completeness.access == "paywalled"
    assert line in completeness.evidence[0]


@pytest.mark.parametrize("end", ["", "…"])
def test_an_offer_of_membership_is_a_wall_behind_a_text_that_breaks_off(prose, end):
    last = prose[0].rstrip(".") + (end or ".")
    offer = "<p>Become a member today.</p><p>Subscribe now: $1 for our premium plan.</p>"
    completeness = judge(f"<article>{story(prose, 4)}<p>{last}</p>{offer}</article>")
    assert completeness.access == ("paywalled" if end else "full")


@pytest.mark.parametrize(
    "prompt",
    [
        "<p>You must log in or create an account to comment.</p>",
        "<p>Bitte melden Sie sich an, um diesen Artikel zu kommentieren.</p>",
        "<p>You must log in or register to reply here.</p>",
        "<p>Sign up to receive our emails and read the best of the week.</p>",
        "<div class=paywall><p>Advertisement</p></div>",
        "<nav><ul><li>Login<div class=login><a href=/join>Not a member?</a></div></li></ul></nav>",
    ],
)
def test_other_prompts_and_labels_are_no_wall(prose, prompt):
    completeness = judge(f"<article>{story(prose, 4)}{prompt}</article>", NOT_FREE)
    assert completeness.access == "full"
    assert len(completeness.evidence) == 1


def test_a_prompt_on_a_page_that_says_it_is_free_is_a_remark(prose):
    free = NOT_FREE.replace("false", "true")
    prompt = "<p>Create a free account to continue reading</p>"
    completeness = judge(f"<article>{story(prose, 4)}{prompt}</article>", free)
    assert completeness.access == "full"
    assert "continue reading" in completeness.evidence[0]


def test_a_prompt_after_a_complete_text_is_a_remark(prose):
    prompt = "<p>Already a subscriber? Sign in.</p>"
    completeness = judge(f"<article>{story(prose, 4)}{prompt}</article>")
    assert completeness.access == "full"
    assert "Already a subscriber?" in completeness.evidence[0]


def test_what_another_article_below_the_prompt_says_is_no_wall_of_this_one(prose):
    prompt = "<p>Already a subscriber? Sign in.</p>"
    other = "<div class=paywall><p>Unlock this story about the dam.</p></div>"
    completeness = judge(f"<article>{story(prose, 4)}</article>{prompt}{other}")
    assert completeness.access == "full"
    assert judge(f"<article>{story(prose, 4)}</article>{other}").access == "paywalled"


def test_a_prompt_within_the_text_means_nothing(prose):
    prompt = "<p>Sign in here to read more.</p>"
    assert judge(f"<article>{story(prose[:2])}{prompt}{story(prose[2:])}</article>").evidence == ()


def test_a_meter_alone_does_not_make_a_text_paywalled(prose):
    meter = "<p>You have 2 free articles left.</p>"
    completeness = judge(f"<article>{story(prose)}{meter}</article>")
    assert completeness.access == "full"
    assert "counts free articles" in completeness.evidence[0]


@pytest.mark.parametrize(
    "title",
    [
        "404 Not Found",
        "Page not found",
        "Access denied",
        "Just a moment...",
        "Seite nicht gefunden",
        "ページが見つかりません",
        "503 Service Unavailable",
    ],
)
def test_error_pages_are_recognised(title):
    completeness = judge(
        f"<h1>{title}</h1><p>Try the search, or go back to where you came from.</p>"
    )
    assert completeness.access == "error_page"
    assert title in completeness.evidence[0]


def test_an_article_about_errors_is_not_an_error_page(prose):
    completeness = judge(f"<article><h1>Page not found</h1>{story(prose, 4)}</article>")
    assert completeness.access == "full"


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Before you continue to the Herald</h1><p>Choose what we may know of you.</p>",
        """<div class=consent-box><p>We value your privacy and use cookies to improve our ads and
        to measure our traffic.</p><button>Accept all</button></div>""",
        "<p>This site uses cookies to improve your experience, and to measure its traffic.</p>",
    ],
)
def test_consent_walls_are_recognised(body):
    assert judge(body).access == "consent_wall"


def test_choices_about_privacy_below_a_text_are_no_consent_wall(prose):
    cookies = (
        "<div class=privacy-center><h2>Your privacy choices</h2><h3>Strictly necessary</h3><p>"
        "These cookies are necessary for the site to work and cannot be switched off.</p></div>"
    )
    page = Page(URL, f"<h1>The flood</h1><article>{story(prose)}</article>{cookies}")
    assert extract(page).completeness.access == "full"
    assert "cookies" not in extract(page).article.text


def test_a_short_post_with_a_notice_below_is_not_a_consent_wall(prose):
    notice = "<div class=cookie-bar><p>This site uses cookies to improve your experience.</p></div>"
    assert judge(f"<article><p>{prose[0]}</p></article>{notice * 3}").access == "partial"


@pytest.mark.parametrize(
    "body",
    [
        '<div id="root"></div><script src="/app.js"></script>',
        "<noscript>Please enable JavaScript to run this app.</noscript><p>Loading</p>",
    ],
)
def test_a_page_that_needs_a_browser_says_so(body):
    completeness = judge(body)
    assert completeness.access == "partial"
    assert completeness.evidence == (
        "This page needs JavaScript: open it in a browser, save it there, and add the file.",
    )


def test_a_page_that_was_cut_off_is_partial(prose):
    assert judge(f"<article>{story(prose)}</article>", is_truncated=True).access == "partial"


def test_a_page_with_a_longer_text_in_its_metadata_is_partial(prose):
    body = "It rained and rained. " * 200
    node = json.dumps({"@type": "Article", "articleBody": body})
    head = f'<script type="application/ld+json">{node}</script>'
    completeness = judge(f"<article>{story(prose)}</article>", head)
    assert completeness.access == "partial"
    assert body not in extract(Page(URL, f"<head>{head}</head><p>{prose[0]}</p>")).article.text


def test_a_text_that_is_twice_in_the_metadata_is_not_longer_than_the_page(prose):
    body = " ".join(prose * 2)
    head = json.dumps({"@type": "Article", "headline": "The flood", "articleBody": body})
    head = f'<script type="application/ld+json">{head}</script>'
    assert judge(f"<article>{story(prose)}</article>", head).access == "full"


def test_hardly_any_text_is_partial(prose):
    menu = f"<nav>{'<p>Weather maps and tables of the last days</p>' * 9}</nav>"
    assert judge(f"{menu}<p>It rained.</p>").evidence == ("There is hardly any text.",)


def test_a_note_that_is_all_that_its_page_shows_is_full():
    assert judge("<p>It rained.</p><nav><a href=/>Home</a></nav>").access == "full"


def test_a_long_article_is_no_error_page_whatever_it_is_called(prose):
    body = f"<article><h1>Page not found</h1>{story(prose, 3)}</article>"
    assert judge(body).access == "full"
    assert (
        judge("<h1>Page not found</h1><p>Try another page, or go home.</p>").access == "error_page"
    )


def test_only_a_title_and_the_first_headings_name_an_error(prose):
    error = "<h2>Access denied</h2>"
    others = "<h2>One heading</h2><h2>Another one</h2>"
    assert (
        judge(f"<article>{story(prose)}{error}{story(prose[:1])}</article>").access == "error_page"
    )
    assert judge(f"<article>{story(prose)}{others * 2}{error}</article>").access == "full"
    assert judge(f"<article>{story(prose)}<p>Access denied</p></article>").access == "full"


def test_a_text_in_the_metadata_that_ends_in_the_page_s_text_is_not_longer(prose):
    def head(body):
        data = {"@type": "NewsArticle", "headline": "The flood", "articleBody": body}
        return f'<script type="application/ld+json">{json.dumps(data)}</script>'

    shown = f"<article>{story(prose, 2)}</article>"
    longer = " ".join(["The valley is long and wide, and the river is old."] * 60)
    assert judge(shown, head(longer)).access == "partial"
    assert judge(shown, head(f"{longer} {' '.join(prose)}")).access == "full"
    assert judge(shown, head(" ".join(prose * 3))).access == "full"


def test_a_prompt_that_the_page_hides_is_no_wall(prose):
    wall = "<div class=paywall {}><p>Sign in to continue reading this article.</p></div>"
    assert judge(f"<article>{story(prose)}{wall.format('')}</article>").access == "paywalled"
    hidden = judge(f"<article>{story(prose)}{wall.format('hidden')}</article>")
    assert hidden.access == "full"


def test_a_page_that_is_not_free_and_lacks_its_paid_part_says_both(prose):
    completeness = judge(f"<article>{story(prose)}</article>", paid(".rest"))
    assert completeness.access == "paywalled"
    assert completeness.evidence == (
        "The page says that the article is not free to read.",
        "The part that it calls paid is not in the text.",
    )


def test_the_part_that_is_paid_may_be_named_by_several_selectors(prose):
    body = f"<article>{story(prose[:1])}<div class=rest>{story(prose[1:])}</div></article>"
    assert judge(body, paid([".none", ".rest"])).access == "full"
    assert judge(body, paid([".none"])).access == "paywalled"


def test_of_a_cut_page_that_is_short_both_are_said(prose):
    completeness = judge(f"<article>{story(prose)}</article>", is_truncated=True)
    assert completeness.access == "partial"
    assert completeness.evidence == (
        "The page was cut off, or is too large to be read completely.",
    )


def test_a_price_that_includes_something_for_free_counts_no_articles(prose):
    page = Page(
        URL, f"<article>{story(prose)}<p>$1,000 of coverage included for free</p></article>"
    )
    assert extract(page).completeness.evidence == ()
