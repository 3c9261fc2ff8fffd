"""The choice of the part of a page that is the article."""

import pytest

from annotator.extract import EXTRACTOR, extract
from annotator.extract.blocks.walker import read_passages
from annotator.extract.choice.containers import Suspect, misleading_name, residue_containers
from annotator.extract.choice.decide import choose_and_score
from annotator.extract.choice.density import measure
from annotator.extract.choice.readability import MAX_ELEMENTS
from annotator.extract.dom.parse import parse
from annotator.extract.metadata import Facts
from annotator.extract.passages import ArticleDraft
from annotator.model import Page
from annotator.model.identity import id_of_text, id_of_url

URL = "https://herald.example/flood"
OTHER = "A wholly different matter of the council, which met on Tuesday and decided nothing at all."
CONSENT = "We and our partners use cookies on this site, and you can accept or reject all of them."


def paragraphs(texts):
    return "".join(f"<p>{text}</p>" for text in texts)


def test_the_story_is_kept_whole_and_nothing_else(clean, prose):
    article = clean().article
    assert [block.text for block in article.blocks] == list(prose)


def test_an_extraction_has_the_version_of_the_rules(clean):
    assert clean().extractor == EXTRACTOR != ""


def test_an_article_is_identified_by_its_address_or_else_its_text(prose):
    html = f"<body>{paragraphs(prose)}</body>"
    url = "https://herald.example/flood"
    assert extract(Page(url, html)).article.id == id_of_url(url)
    local = extract(Page("file:///home/a.html", html)).article
    assert local.id == id_of_text(local.text)


def test_all_parts_of_an_article_in_several_containers_are_kept(prose):
    html = "".join(f"<section><div class=text><p>{text}</p></div></section>" for text in prose)
    article = extract(Page("", f"<body><main>{html}</main></body>")).article
    assert [block.text for block in article.blocks] == list(prose)


def test_a_deck_between_title_and_text_is_kept(prose):
    html = (
        f"<body><div class=top><h1>The flood</h1><p>{OTHER}</p></div>"
        f"<div class=article-body>{paragraphs(prose * 2)}</div></body>"
    )
    assert extract(Page("", html)).article.blocks[0].text == OTHER


@pytest.mark.parametrize("tag", ["h2", "p"])
def test_the_standfirst_is_the_line_above_the_text_that_is_its_excerpt(prose, tag):
    said = "The council sat on Tuesday; what it knew of the water"
    html = (
        f"<html><head><meta name=description content='{said}.'></head><body><nav>{said}</nav>"
        f"<header><h1>The flood</h1><{tag}>{said}</{tag}></header><p>By Ann Lee</p>"
        f"<div class=article-body>{paragraphs(prose * 2)}</div></body></html>"
    )
    blocks = extract(Page("", html)).article.blocks
    assert [(block.kind, block.text) for block in blocks[:2]] == [
        ("paragraph", said),
        ("paragraph", prose[0]),
    ]


def test_a_picture_above_the_title_is_kept_with_its_caption(prose):
    html = (
        "<body><figure><img src='https://x.example/a.jpg'><figcaption>The mill in May.</figcaption>"
        f"</figure><h1>The flood</h1><div class=article-body>{paragraphs(prose * 2)}</div></body>"
    )
    assert extract(Page("", html)).article.blocks[0].text == "The mill in May."


@pytest.mark.parametrize("place", ["nav", "footer", "form", "dialog", "button"])
def test_text_in_the_frame_of_a_page_is_not_in_the_article(clean, place):
    assert OTHER not in clean(f"<{place}>{OTHER}</{place}>").article.text


@pytest.mark.parametrize(
    "attributes",
    [
        "hidden",
        'style="display:none"',
        'style="color:red; visibility : hidden"',
        'class="sr-only"',
        'class="hidden"',
        'class="gallery d-none"',
        'class="screen-reader-text"',
    ],
)
def test_hidden_text_is_not_shown_and_is_in_the_ledger(clean, attributes):
    extraction = clean(f"<div {attributes}><p>{OTHER}</p></div>")
    assert OTHER not in extraction.article.text
    (entry,) = [entry for entry in extraction.removals if entry.step == "hidden"]
    assert entry.text == OTHER


def test_text_that_wider_screens_show_is_not_hidden(clean):
    assert OTHER in clean(f'<div class="hidden md:block"><p>{OTHER}</p></div>').article.text


def test_hidden_text_within_a_line_leaves_the_line_complete(clean):
    html = "<p>It rose by two metres <span class=sr-only>(two metres)</span>in a night.</p>"
    extraction = clean(html)
    assert "It rose by two metres in a night." in extraction.article.text
    assert "(two metres)" in [entry.text for entry in extraction.removals]


def test_decoration_is_not_shown(clean):
    html = '<h2>Afterwards <a href="#x" aria-hidden="true">#</a></h2><p>The field was grey.</p>'
    assert "Afterwards\n" in clean(html).article.text


def test_text_that_may_be_found_is_not_hidden(clean):
    assert OTHER in clean(f"<div hidden=until-found><p>{OTHER}</p></div>").article.text


def test_the_text_of_a_page_that_hides_all_of_it_is_shown(prose):
    html = f'<body><div style="display:none">{paragraphs(prose)}</div></body>'
    assert [b.text for b in extract(Page("", html)).article.blocks] == list(prose)


def test_passages_return_if_removals_would_leave_too_little(prose):
    html = f"<body><article><p>Short, but a sentence all the same.</p><p>{prose[0]}</p>"
    biography = f"<p>Ann Lee is a reporter. {prose[1]} {prose[2]}</p></article></body>"
    assert prose[2] in extract(Page("", html + biography)).article.text


def test_walls_and_nags_stay_out_whatever_is_left():
    html = (
        "<body><article><p>It rained.</p><p>Subscribe now</p><p>Sign in to read more.</p></article>"
    )
    assert extract(Page("", html)).article.text == "It rained."


def test_a_page_too_large_for_readability_is_read_without_it(prose):
    boxes = "<div><img></div>" * (MAX_ELEMENTS // 4)
    html = f"<body><article>{paragraphs(prose)}</article>{boxes}</body>"
    assert [b.text for b in extract(Page("", html)).article.blocks] == list(prose)


def test_a_page_without_an_article_has_no_blocks():
    extraction = extract(Page("https://x.example/", ""))
    assert extraction.article.blocks == ()
    assert extraction.completeness.access == "partial"


def test_addresses_follow_the_base_of_the_page(prose):
    html = (
        '<html><head><base href="https://cdn.example/x/"></head><body><article>'
        f'<p><a href="y">Link</a> {prose[0]}</p>{paragraphs(prose)}</article></body></html>'
    )
    (mark,) = extract(Page("https://x.example/", html)).article.blocks[0].marks
    assert mark.href == "https://cdn.example/x/y"


@pytest.mark.parametrize("deck", ["<h2 class=deck>{}</h2>", "<div class=page-subheadline>{}</div>"])
def test_a_short_deck_is_known_by_its_name(prose, deck):
    words = "Nine days of rain, and what they left."
    text = "".join(f"<p>{paragraph}</p>" for paragraph in prose)
    page = (
        f"<body><div class=top><h1>The flood</h1>{deck.format(words)}</div>"
        f"<div class=cols><article>{text}</article></div></body>"
    )
    (first, *_) = extract(Page(URL, page)).article.blocks
    assert (first.kind, first.text) == ("paragraph", words)


def test_a_deck_that_is_not_a_sentence_is_kept(prose):
    deck = "What nine days of rain did to a valley that thought it knew its river"
    html = (
        f"<body><div class=top><h1>The flood</h1><p>{deck}</p></div>"
        f"<div class=article-body>{paragraphs(prose * 2)}</div></body>"
    )
    assert extract(Page("", html)).article.blocks[0].text == deck


def test_a_sidebar_longer_than_the_article_goes(prose):
    side = paragraphs([f"{OTHER} It was the meeting number {number}." for number in range(12)])
    html = (
        f"<body><div class=wrap><div class=article-body>{paragraphs(prose)}</div>"
        f"<div class=sidebar>{side}</div></div></body>"
    )
    assert OTHER not in extract(Page("", html)).article.text


def test_links_beside_headings_are_decoration(clean):
    html = (
        '<h2>Afterwards<span class="mw-editsection">[edit]</span></h2>'
        '<p>The field was grey with silt.</p><h2>Later<a class="headerlink" href="#l">¶</a></h2>'
        "<p>The barley came up.</p>"
    )
    headings = [block.text for block in clean(html).article.blocks if block.kind == "heading"]
    assert headings == ["Afterwards", "Later"]


@pytest.mark.parametrize("tag", ["article", "main", "section"])
def test_a_page_without_head_and_body_tags_is_split_as_in_browsers(tag, prose):
    story = "".join(f"<p>{text}</p>" for text in prose)
    html = f"<!doctype html><title>The flood</title><meta charset=utf-8><{tag}>{story}</{tag}>"
    article = extract(Page("https://x.example/a", html)).article
    assert (article.title, [block.text for block in article.blocks]) == ("The flood", list(prose))


def test_the_text_in_the_template_of_a_weblog_is_read(prose):
    html = (
        "<body><h1>The flood</h1><div itemprop=articleBody><script type='text/template'>"
        f"{paragraphs(prose * 2)}</script></div></body>"
    )
    text = extract(Page("", html)).article.text
    assert all(paragraph in text for paragraph in prose)


def test_other_templates_are_not_text(prose):
    html = (
        f"<body><div class=article-body>{paragraphs(prose * 2)}</div>"
        f"<div class=menu><script type='text/template'><p>{OTHER}</p></script></div></body>"
    )
    assert OTHER not in extract(Page("", html)).article.text


@pytest.mark.parametrize("above", ["Sign up", OTHER * 8])
def test_containers_named_comments_are_removed_unless_all_prose_is_in_them(prose, above):
    posts = "".join(f"<div class=comment-item><p>{text}</p></div>" for text in prose * 3)
    passages, regions = read_passages(parse(f"<body><p>{above}</p><div>{posts}</div></body>"))
    measure(passages, regions)
    steps = {rule.step for rule in residue_containers(regions) if rule}
    assert steps == ({"comments"} if above.startswith(OTHER) else set())


@pytest.mark.parametrize(
    "names", ["layout--adrail", "paywall", "layout--adrail paywall", "share-block-{number}"]
)
def test_an_article_in_pieces_is_read_with_sidebars_between_them(prose, names):
    outer, _, inner = names.partition(" ")
    pieces = "".join(
        f"<div class={outer.format(number=number)}><div class='{inner}'>"
        f"<div class=article__body><p>{text}</p></div>"
        f"<div class=ad-slot>Advertisement</div></div></div>"
        for number, text in enumerate(prose * 2)
    )
    article = extract(Page("", f"<body><h1>The flood</h1>{pieces}</body>")).article
    assert [block.text for block in article.blocks] == list(prose * 2)


def test_an_article_in_boxes_named_like_consent_is_read_if_it_reads_like_one(prose):
    pieces = "".join(f"<div class='primary-cli cli-text'><p>{text}</p></div>" for text in prose)
    replies = "".join(f"<div class=comment><p>{OTHER}</p></div>" for _ in range(12))
    consent = f"<div class=cookie-banner><p>{CONSENT}</p></div>"
    html = f"<body><h1>The flood</h1><div>{pieces}</div>{replies}{consent}</body>"
    article = extract(Page("https://herald.example/flood", html)).article
    assert [block.text for block in article.blocks] == list(prose)


def test_an_article_in_boxes_is_read_if_it_reads_like_one_without_their_name(prose):
    pieces = "".join(f"<div class=cli-text><p>{text}</p></div>" for text in prose)
    links = "".join(f"<li><a href=/{n}>The water in the town, part {n}</a></li>" for n in range(30))
    other = f"<div class=foot>{paragraphs([f'{OTHER} It was day {n}.' for n in range(2)])}</div>"
    html = f"<body><ul>{links}</ul><h1>The flood</h1>{pieces}<ul>{links}</ul>{other}</body>"
    draft = ArticleDraft(*read_passages(parse(html)))
    measure(draft.passages, draft.regions)
    choose_and_score(draft, frozenset(), Facts())
    assert set(prose) <= {passage.text for passage in draft.kept}


@pytest.mark.parametrize("headline", ["The water at {}", "<a href=/{}>The water in the town</a>"])
def test_teasers_have_lines_that_are_links_and_posts_have_links_within_lines(prose, headline):
    posts = "".join(
        f"<div class=entry><h3>{headline.format(hour)}</h3><p>{text} <a href=/mill>A map of the "
        "whole valley</a> shows where.</p></div>"
        for hour, text in enumerate(prose)
    )
    passages, regions = read_passages(parse(f"<body>{paragraphs(prose)}{posts}</body>", url=URL))
    measure(passages, regions)
    assert any(residue_containers(regions)) == headline.startswith("<a")


def test_sidebars_longer_than_a_short_text_are_removed(prose):
    boxes = "".join(f"<div class=sidebar><p>{OTHER}</p></div>" for _ in range(9))
    html = f"<body><div class=article-body>{paragraphs(prose)}</div>{boxes}</body>"
    assert OTHER not in extract(Page("", html)).article.text


def test_a_box_of_text_and_sidebar_is_read_although_text_is_named_elsewhere(prose):
    cards = "".join(
        f"<div class=post-card><div class=post-body><p>{OTHER}</p></div></div>" for _ in range(2)
    )
    html = (
        f"<body><div><h1>The flood</h1><div class=sidebar-container>"
        f"<div>{paragraphs(prose * 3)}</div><div>{paragraphs([OTHER] * 3)}</div></div>"
        f"<div>{cards}</div></div></body>"
    )
    assert set(prose) <= {block.text for block in extract(Page("", html)).article.blocks}


def test_a_name_misleads_if_it_took_a_twentieth_of_the_text_that_is_expected(prose):
    box = f"<div class=sidebar-2><p>{prose[0]}</p></div>"
    replies = f"<div class=comment><p>{prose[0]}</p></div>"
    passages, regions = read_passages(parse(f"<body>{paragraphs(prose)}{box}{replies}</body>"))
    measure(passages, regions)
    containers = residue_containers(regions)
    for passage in passages:
        passage.verdict = containers[passage.region.index]
    text, side, posts = dict.fromkeys(range(4), 1.0), {4: 0.5}, {5: 1.0}
    assert misleading_name(passages, text | side) == "box-sidebar-"
    assert misleading_name(passages, text | {4: 0.1}) == ""
    assert misleading_name(passages, text | posts) == ""
    assert misleading_name(passages, {}) == ""


def test_questions_whose_answers_a_script_unfolds_are_no_teasers(prose):
    answers = "".join(
        f"<li class=accordion-item><a href='#'>When did the water come, and from where?</a>"
        f"<div><p>{text}</p></div></li>"
        for text in prose
    )
    passages, regions = read_passages(
        parse(f"<body>{paragraphs(prose)}<ul>{answers}</ul></body>", url=URL)
    )
    measure(passages, regions)
    assert not any(residue_containers(regions))


def test_teasers_are_none_if_their_name_is_doubted(prose):
    cards = "".join(
        f"<div class=card><h3><a href=/{n}>The water in the town</a></h3><p>{text}</p></div>"
        for n, text in enumerate(prose)
    )
    passages, regions = read_passages(parse(f"<body>{paragraphs(prose)}{cards}</body>", url=URL))
    measure(passages, regions)
    assert any(residue_containers(regions))
    assert not any(residue_containers(regions, frozenset({"teasers"})))


def test_a_preformatted_page_is_read_completely(prose):
    pages = [f"Memo 7 {number:>40}\n\n   {text}" for number, text in enumerate(prose * 3)]
    html = "<hr>".join(f"<pre>{page}</pre>" for page in pages)
    article = extract(Page("", f"<body><p>[Docs] [Errata]</p>{html}</body>")).article
    assert [block.text for block in article.blocks if block.kind == "code"] == pages


def test_much_code_does_not_outweigh_the_text_around_it(prose):
    code = "\n".join(f"def part_{number}(value):\n    return value" for number in range(400))
    first, *rest = prose
    html = (
        f"<body><main><div class=a><p>{first}</p></div><div class=b><pre>{code}</pre></div>"
        f"<div class=c>{paragraphs(rest)}</div></main></body>"
    )
    blocks = extract(Page("", html)).article.blocks
    assert [block.text for block in blocks if block.kind == "paragraph"] == list(prose)


def test_comments_below_a_short_text_are_removed(prose):
    posts = "".join(f"<div class=comment-item><p>{OTHER}</p></div>" for _ in range(12))
    html = f"<body><div class=article-body>{paragraphs(prose)}</div><div>{posts}</div></body>"
    article = extract(Page("", html)).article
    assert [block.text for block in article.blocks] == list(prose)


def test_a_heading_that_is_a_link_stays_between_paragraphs_of_the_text(prose):
    html = "".join(
        f"<h3><a href=https://films.example/{number}>{number}) A film about a flood</a></h3>"
        f"<p>{text}</p>"
        for number, text in enumerate(prose)
    )
    page = f"<body><article><p>{prose[0]}</p>{html}</article></body>"
    kinds = [block.kind for block in extract(Page("", page)).article.blocks]
    assert kinds == ["paragraph", *("heading", "paragraph") * len(prose)]


def test_a_notice_of_consent_may_be_longer_than_half_of_a_short_text(prose):
    notice = f"<div class=consent-modal><p>{OTHER}</p><p>{OTHER}</p></div>"
    html = f"<body>{notice}<div class=text>{paragraphs(prose[:2])}</div></body>"
    assert OTHER not in extract(Page("", html)).article.text


def test_a_sidebar_with_nearly_all_prose_is_doubted_like_any_other_box():
    column, beside = (Suspect("box-sidebar-inner", share=share) for share in (0.9, 0.3))
    assert column.likely == Suspect("box-adrail", share=0.3).likely < beside.likely


def test_a_sentence_right_below_the_title_is_the_deck_though_nothing_names_it(prose):
    deck = "Heart, humanity and water in equal measure."
    text = "".join(f"<p>{paragraph}</p>" for paragraph in prose)
    html = (
        f"<html><head><title>The flood</title></head><body><div><h1>The flood</h1><h2>{deck}</h2>"
        f"</div><article>{text}</article></body></html>"
    )
    assert extract(Page("", html)).article.blocks[0].text == deck


@pytest.mark.parametrize(
    ("line", "is_deck"),
    [
        ("New mills that stand by the water", True),
        ("13 May 2031 | 5 min read", False),
        ("Read by the miller", False),
    ],
)
def test_a_line_in_the_box_of_the_title_is_its_deck(prose, line, is_deck):
    page = (
        f"<title>The flood</title><header><h1>The flood</h1><h2>{line}</h2></header>"
        f"<article>{''.join(f'<p>{text}</p>' for text in prose)}</article>"
    )
    assert (extract(Page(URL, page)).article.blocks[0].text == line) is is_deck


def test_a_name_that_says_what_a_box_has_removes_nothing(prose):
    text = "".join(f"<p>{paragraph}</p>" for paragraph in prose)
    deck = "<p>What nine days of rain did to us all.</p>"
    head = f"<div class=has-sharing><h1>The flood</h1>{deck}</div>"
    html = f"<html><head><title>The flood</title></head><body>{head}{text}</body></html>"
    assert extract(Page("", html)).article.blocks[0].text.startswith("What nine days")


def test_a_dialog_with_terms_may_be_longer_than_the_page_below_it(prose):
    terms = paragraphs(f"{index}. {CONSENT}" for index in range(60))
    dialog = f"<div id=privacy-policy role=dialog><div class=prose>{terms}</div></div>"
    html = f"<body><div class=text>{paragraphs(prose * 6)}</div>{dialog}</body>"
    assert CONSENT not in extract(Page("", html)).article.text


def test_a_dialog_with_what_the_page_is_about_is_read():
    said = [f"{index}. The shirt is cut wide, and its seams lie flat." for index in range(9)]
    html = f"<body><p>Free returns.</p><div role=dialog>{paragraphs(said)}</div></body>"
    assert said[0] in extract(Page("", html)).article.text


def test_a_deck_is_known_by_a_name_with_letters_of_the_build_behind_it(prose):
    deck = "Time to break out the tissues, friends of the mill."
    page = (
        f"<body><div class=top><h1>The flood</h1><p class=header-dek-uWfLh>{deck}</p></div>"
        f"<div class=cols><article>{''.join(f'<p>{text}</p>' for text in prose)}</article></div>"
    )
    assert extract(Page(URL, page)).article.blocks[0].text == deck


def test_a_deck_that_is_named_as_one_is_no_matter_of_wording(prose):
    deck = "A rare look at how your favorite newsletter gets made"
    page = (
        f"<body><div class=top><h1>The flood</h1><p class=p-dek>{deck}</p></div>"
        f"<div class=cols><article>{''.join(f'<p>{text}</p>' for text in prose)}</article></div>"
    )
    assert extract(Page(URL, page)).article.blocks[0].text == deck
