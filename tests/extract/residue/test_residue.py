"""Lines that readers must never see are removed, and sentences that resemble them stay."""

from pathlib import Path

import pytest

from annotator.extract import extract
from annotator.extract.choice.containers import container_rule
from annotator.extract.dom.elements import words_of
from annotator.extract.passages import Region
from annotator.model import Page

PARAPHRASES = """
    Enjoying this? Sign in to keep going.
    You've used up your free reads for the month.
    Only two complimentary stories remain this month.
    Members get unlimited access. Join today.
    Start your free trial to unlock this piece.
    This post is for paid subscribers
    Never miss a story: get our newsletter.
    Tell a friend about this article
    Add us as a preferred source on Google
    If you value our independent journalism, please donate today.
    Our reporting is made possible by readers like you.
    Save 50% on your first year
    Upgrade to premium to remove ads.
    Thanks for reading! Subscribe for free to receive new posts.
    Turn on notifications to stay up to date
    Was this article helpful?
    Rate this article
    Free for 30 days, then $4 a month.
    Join 40,000 readers: our Sunday letter.
    You are using an outdated browser.
    Fund reporting like this
    Try us free
    Cancel at any time.
    Mit Ihrer Anmeldung stimmen Sie unserer Datenschutzerklärung zu.
    Soutenez notre rédaction et lisez tous nos articles en illimité.
    Ya eres socio: inicia sesión y sigue leyendo este artículo.
    Resta informato: ogni settimana le nostre notizie nella tua posta.
    Receba as nossas notícias no seu e-mail.
    Volg ons kanaal voor het laatste nieuws.
    Udostępnij ten artykuł swoim znajomym
    Βοηθήστε μας με μια δωρεά.
    Подпишитесь на наш канал, чтобы не пропустить новости.
    请登录您的账号以继续阅读。
    この記事をシェアしてください
"""


def lines(text):
    return [line.strip() for line in text.strip().splitlines()]


def examples(name):
    """Yield the lines of a file beside this one, each with the family above it."""
    family = ""
    for row in Path(__file__).with_name(name).read_text("utf-8").splitlines():
        if row.startswith("["):
            family = row.strip("[]")
        elif row and not row.startswith("# "):
            yield family, row


@pytest.mark.parametrize(("step", "line"), list(examples("must_go.txt")))
def test_residue_is_removed_and_listed(clean, step, line):
    extraction = clean(f"<p>{line}</p>")
    assert line not in extraction.article.text
    entry = next(entry for entry in extraction.removals if entry.text == line)
    assert entry.step == step
    assert entry.rule
    assert entry.reason.endswith(".")
    assert entry.before == 2


@pytest.mark.parametrize("line", lines(PARAPHRASES))
def test_residue_that_no_pattern_foresees_is_removed_by_its_wording(clean, line):
    extraction = clean(f"<p>{line}</p>")
    assert line not in extraction.article.text
    assert [entry.text for entry in extraction.removals if entry.before == 2] == [line]


@pytest.mark.parametrize("line", [line for _, line in examples("must_stay.txt")])
def test_sentences_about_such_things_stay(clean, line):
    assert line in clean(f"<p>{line}</p>").article.text


@pytest.mark.parametrize(
    "line",
    [
        "The opinions of the authors do not reflect the facts.",
        "Investment advice is not the same as financial advice.",
        "Brokers receive a commission when you buy.",
        "Мнение автора может не совпадать с мнением жены.",
    ],
)
def test_sentences_about_opinions_and_earnings_stay_amid_the_text(prose, line):
    story = "".join(f"<p>{text}</p>" for text in (*prose, line, *prose[::-1]))
    article = extract(
        Page("", f"<body><article><h1>The flood</h1>{story}</article></body>")
    ).article
    assert line in article.text


@pytest.mark.parametrize(
    "step",
    [
        "Sign in to your account.",
        "Subscribe to the feed.",
        "Enter your email address and choose a password.",
        "Accept cookies only if you want recommendations.",
        "Search",
    ],
)
def test_steps_of_a_list_stay(clean, step):
    html = f"<ol><li>Open the app on your phone.</li><li>{step}</li><li>Wait a minute.</li></ol>"
    assert step in clean(html).article.text
    assert step in clean(html.replace("ol>", "ul>")).article.text


def test_a_list_of_buttons_goes(clean):
    html = "<ul><li>Facebook</li><li>Twitter</li><li>Email</li><li>Print</li></ul>"
    extraction = clean(html)
    assert not {"Facebook", "Print"} & set(extraction.article.text.split())
    assert {entry.step for entry in extraction.removals if entry.before == 2} == {"share"}


def test_a_prompt_to_sign_in_goes_but_not_from_among_steps(clean):
    assert "Log in" not in clean(below="<p>Log in</p>").article.text
    steps = "<ol><li>Open the site.</li><li>Log in</li><li>Choose a colour.</li></ol>"
    assert "Log in" in clean(steps).article.text


def test_residue_in_a_list_of_the_article_goes_if_it_speaks_of_the_site(clean):
    html = "<ul><li>Two boats</li><li>Sign up for our newsletter</li><li>A long rope</li></ul>"
    assert [block.text for block in clean(html).article.blocks[2:-2]] == [
        "Two boats",
        "A long rope",
    ]


def test_a_privacy_policy_keeps_its_paragraphs(clean):
    sentences = (
        "We use cookies to remember your preferences; you can change your settings at any time.",
        "You can ask us by email for the personal data that we store, and we will send it to you.",
        "We share your personal data with our partners if you give your consent on this page.",
        "If you do not want our newsletter, unsubscribe with the link in each of our emails.",
    )
    html = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    text = clean(html).article.text
    assert all(sentence in text for sentence in sentences)


def test_lines_about_the_author_go_after_the_end(clean):
    line = "Ann Lee is a reporter who covers the coast."
    assert line not in clean(below=f"<p>{line}</p>").article.text
    for note in ("De auteur is journalist.", "Jan Nowak jest dziennikarzem."):
        assert note not in clean(below=f"<p>{note}</p>").article.text
    he = "He is a professor of law, and he is worried."
    assert he in clean(below=f"<p>{he}</p>").article.text


def test_headings_with_prose_of_their_own_stay(clean):
    html = "<h2>Newsletters</h2><p>The first of them was printed in 1611.</p>"
    assert "Newsletters" in clean(html).article.text


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("newsletter-signup", "newsletter"),
        ("ad-slot", "ads"),
        ("regwall-inline", "sign_in"),
        ("article-meter", "meter"),
        ("social-share-buttons", "share"),
        ("cookie-banner", "cookie"),
        ("membership-promo", "subscribe"),
        ("author-bio", "author"),
        ("relatedPosts", "related"),
        ("comments-area", "comments"),
        ("elementor-widget-share-buttons", "share"),
        ("breadcrumbs", "navigation"),
        ("tag-links", "tags"),
        ("app-banner", "app"),
        ("donation-box", "donation"),
        ("liveblog-toolbar", "live_blog"),
        ("continue-reading-link", "read_more"),
        ("photo-credit", "credits"),
        ("article-feedback", "feedback"),
        ("vjs-control-bar", "player"),
    ],
)
def test_containers_are_known_by_their_names(name, step):
    rule = container_rule(Region("div", words_of(name), 0))
    assert rule is not None
    assert rule.step == step


@pytest.mark.parametrize(
    "name",
    [
        "article-body",
        "entry-content",
        "shared-facts",
        "adage",
        "commentary",
        "authority",
        "subheader",
        "elementor-widget",
        "elementor-widget-container",
        "elementor-widget-text-editor",
    ],
)
def test_names_that_only_contain_such_words_are_not_residue(name):
    assert container_rule(Region("div", name, 0)) is None


def test_a_container_with_the_article_stays_whatever_its_name(prose):
    story = "".join(f"<p>{text}</p>" for text in prose)
    article = extract(
        Page("", f"<body><div class='share-bar comments'>{story}</div></body>")
    ).article
    assert [block.text for block in article.blocks] == list(prose)


def test_navigation_and_sidebars_go(clean):
    above = "<nav><ul><li><a href=/>Home</a></li><li><a href=/w>World</a></li></ul></nav>"
    below = (
        "<aside class=sidebar><h3>Weather</h3><p>Rain all over the north on Tuesday.</p></aside>"
    )
    extraction = clean(above=above, below=below)
    assert "World" not in extraction.article.text
    assert "Weather" not in extraction.article.text
    ledger = "\n".join(entry.text for entry in extraction.removals)
    assert "World" in ledger
    assert "Rain all over the north on Tuesday." in ledger


def test_teasers_for_other_articles_go(clean):
    card = (
        '<div class="card"><h3><a href="/{0}">The story of number {0} and its end</a></h3>'
        "<p>What happened to number {0}, and who had seen it coming.</p></div>"
    )
    cards = "".join(map(card.format, range(5)))
    extraction = clean(below=f"</article><div>{cards}</div>")
    assert "number 3" not in extraction.article.text


def test_paragraphs_of_nothing_but_links_go(clean):
    links = "<a href=/a>One long story of the sea</a><br><a href=/b>Another of the land</a>"
    row = f"<p>{links}</p>"
    shout = "<p><a href=/c>WHAT THE MINISTER KNEW ABOUT IT</a></p>"
    assert clean(row + shout).article.blocks == clean().article.blocks


def test_a_linked_button_as_a_picture_goes(clean):
    html = '<a href="/s"><img src="/s.png" alt="Share on Facebook"></a>'
    assert clean(html).article.blocks == clean().article.blocks


def test_residue_after_a_line_break_goes_and_leaves_the_lines_around_it(clean):
    html = (
        "<p>It rose <b>by two metres</b>,<br>in a single night.<br>"
        "You have 2 articles remaining.<br>Sign in to read more.<br>And then it fell.</p>"
    )
    extraction = clean(html)
    first, last = extraction.article.blocks[2:-2]
    assert (first.text, last.text) == (
        "It rose by two metres,\nin a single night.",
        "And then it fell.",
    )
    assert [mark.span.of(first.text) for mark in first.marks] == ["by two metres"]
    assert [entry.step for entry in extraction.removals if entry.before == 3] == [
        "meter",
        "sign_in",
    ]


def test_a_note_that_the_text_refers_to_stays_below_the_end_with_all_its_paragraphs(clean):
    reference = '<p>The letter is lost.<sup><a href="#fn1" id="r1">1</a></sup></p>'
    back = '<a href="#r1">↩</a>'
    note = f"<li id=fn1><p>It was sent in May.</p><p>Nobody knows who wrote it. {back}</p></li>"
    article = clean(reference, below=f"<h3>Related</h3><ol>{note}</ol>").article
    notes = [block.text for block in article.blocks[-2:]]
    assert notes == ["It was sent in May.", "Nobody knows who wrote it."]
