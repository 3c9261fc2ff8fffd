"""Repeated text is kept once, and what follows the end of an article goes."""

import pytest

from annotator.extract import extract
from annotator.extract.blocks.walker import read_passages
from annotator.extract.dom.parse import parse
from annotator.extract.passages import ArticleDraft
from annotator.extract.residue.endings import is_author_note
from annotator.extract.residue.repetitions import remove_repeated
from annotator.model import Page

DECK = "Storage has become the easy part, and the wires have not."


def test_the_title_is_not_repeated_in_the_text(clean):
    extraction = clean("<h1>The Flood</h1>")
    assert "The Flood" not in extraction.article.text
    assert ("repeated", "title") in {(entry.step, entry.rule) for entry in extraction.removals}


def test_a_heading_that_only_begins_like_the_title_stays(clean):
    html = "<h2>The flood of 1911, and what became of the mills along the river</h2>"
    assert "The flood of 1911" in clean(f"{html}<p>It was much higher, they said.</p>").article.text


def test_a_deck_in_header_and_body_is_kept_once(clean):
    header = f"<header class=head><h1>The flood</h1><p class=deck>{DECK}</p></header>"
    extraction = clean(f"<div class=body><p>{DECK}</p></div>", above=header)
    assert extraction.article.text.count(DECK) == 1
    assert DECK in "\n".join(entry.text for entry in extraction.removals)


@pytest.mark.parametrize(("many", "times"), [(2, 1), (3, 2)])
def test_lines_that_come_again_are_no_decks_if_there_are_three(many, times):
    sums = [f"Part {n} says what the water did to the fields of the valley." for n in range(many)]
    contents = "".join(
        f"<div class=part><h2>Part {n}</h2><p>{sums[n]}</p></div>" for n in range(many)
    )
    parts = "".join(
        f"<section><p>{sums[n]}</p><p>{DECK} It was day {n}.</p></section>" for n in range(many)
    )
    text = extract(Page("", f"<body><h1>The flood</h1>{contents}{parts}</body>")).article.text
    assert text.count(sums[0]) == times


def test_equal_paragraphs_of_one_part_stay(clean):
    extraction = clean(f"<p>{DECK}</p><p>{DECK}</p>")
    assert extraction.article.text.count(DECK) == 2


@pytest.mark.parametrize(
    "quote",
    [
        "<aside class=pullquote><p>{}</p></aside>",
        "<blockquote>{}</blockquote>",
        "<h2 class=quote>“{}”</h2>",
    ],
)
def test_a_pull_quote_goes(clean, prose, quote):
    sentence = prose[3].partition(",")[2].strip().capitalize()
    extraction = clean(quote.format(sentence))
    assert extraction.article.blocks == clean().article.blocks
    assert "pull-quote" in {entry.rule for entry in extraction.removals}


def test_a_pull_quote_goes_with_the_line_that_names_its_source(clean, prose):
    sentence = prose[3].partition(",")[2].strip().capitalize()
    html = f"<div><blockquote>{sentence}</blockquote><p class=by>Jan Weir, miller</p></div>"
    assert clean(html).article.blocks == clean().article.blocks


def test_a_heading_to_which_a_table_of_contents_leads_stays(clean):
    article = clean(f"<h2 id=toc-1>The mill</h2><p>{DECK}</p>").article
    assert "The mill" in [block.text for block in article.blocks if block.kind == "heading"]


def test_a_quote_that_is_not_repeated_stays(clean):
    html = "<blockquote>The marks on the wall are not ours to move.</blockquote>"
    assert "not ours to move" in clean(html).article.text


def test_a_paragraph_that_repeats_a_caption_goes(clean):
    caption = "The lower field on the second morning, seen from the roof of the mill"
    html = (
        f"<figure><img src=/a.jpg><figcaption>{caption}</figcaption></figure><p>{caption} (AP)</p>"
    )
    extraction = clean(html)
    assert extraction.article.text.count(caption) == 1
    assert "caption" in {entry.rule for entry in extraction.removals}


def test_a_heading_above_a_picture_that_it_describes_stays(clean):
    heading = "The church wall and its marks"
    html = f"<h2>{heading}</h2><p><img src=/wall.jpg alt='{heading}'></p><p>{DECK}</p>"
    assert [b.text for b in clean(html).article.blocks if b.kind == "heading"] == [heading]


def test_a_paragraph_from_which_a_caption_was_taken_stays_and_is_shown_once(clean, prose):
    figure = f"<figure><img src=/a.jpg><figcaption>{prose[0]}</figcaption></figure>"
    blocks = clean(below=figure).article.blocks
    assert [block.kind for block in blocks if prose[0] in block.text] == ["paragraph"]
    assert [block.source for block in blocks if block.kind == "image"]


def test_a_paragraph_below_a_picture_with_its_alternative_text_is_its_caption(clean):
    said = "The lower field on the second morning, seen from the roof of the mill"
    (image,) = (
        b for b in clean(f"<img src=/a.jpg alt='{said}'><p>{said}</p>").article.blocks[2:-2]
    )
    assert (image.kind, image.text) == ("image", said)


@pytest.mark.parametrize(("likelihood", "stays"), [(0.95, True), (0.5, False)])
def test_an_item_that_is_text_stays_though_a_picture_is_called_so(prose, likelihood, stays):
    item = "An anomaly of the gauge at noon: this one was on the chart when it began to rise."
    figure = f"<ul><li>{item}</li></ul><img src=/chart.png alt='{item}'>"
    body = f"<article><p>{prose[0]}</p>{figure}<p>{prose[1]}</p></article>"
    tree = parse(f"<body>{body}</body>", url="https://valley.example/gauge")
    draft = ArticleDraft(*read_passages(tree))
    (line,) = (passage for passage in draft.passages if passage.text == item)
    line.likelihood = likelihood
    remove_repeated(draft)
    assert line.is_kept == stays


def test_a_heading_that_quotes_the_text_stays(clean, prose):
    heading = prose[2].partition(", though")[0]
    article = clean(f"<h2>{heading}</h2>").article
    assert heading in [block.text for block in article.blocks if block.kind == "heading"]


def test_a_heading_with_the_first_words_of_the_title_stays(prose):
    first, *rest = (f"<p>{text}</p>" for text in prose)
    title = "The flood in the valley of the mills: what it left"
    part = "<h2>The flood in the valley of the mills</h2>"
    html = f"<title>{title}</title><article><h1>{title}</h1>{first}{part}{''.join(rest)}</article>"
    article = extract(Page("https://herald.example/flood", html)).article
    assert [block.kind for block in article.blocks] == ["paragraph", "heading", *["paragraph"] * 3]


@pytest.mark.parametrize(("likely", "kept"), [(0.4, 4), (0.9, 7), (0.0, 7)])
def test_a_paragraph_that_is_there_for_each_embedded_post_goes_unless_it_is_text(
    prose, likely, kept
):
    notice = "<p>What is here comes from another service. It needs your word for it.</p>"
    html = f"<body>{notice.join(f'<p>{text}</p>' for text in prose)}</body>"
    draft = ArticleDraft(*read_passages(parse(html)))
    for passage in draft.passages:
        passage.likelihood = likely if "service" in passage.text else 0.9
    remove_repeated(draft)
    assert len(draft.kept) == kept


def test_steps_that_a_manual_repeats_for_each_language_stay(prose):
    steps = "".join(
        f"<p>Open the upper gate by the {wheel} wheel, and wait until the bell is heard.</p>"
        for wheel in ("left", "right")
    )
    html = f"<body>{steps.join(f'<p>{text}</p>' for text in prose)}</body>"
    draft = ArticleDraft(*read_passages(parse(html)))
    for passage in draft.passages:
        passage.likelihood = 0.4 if "gate" in passage.text else 0.9
    remove_repeated(draft)
    assert len(draft.kept) == 10


def test_a_heading_with_words_of_the_text_is_not_a_pull_quote(clean):
    heading = "The marks on the church wall said otherwise"
    assert heading in clean(below=f"<h2>{heading}</h2><p>{DECK}</p>").article.text


def test_what_follows_a_heading_that_ends_the_article_goes(clean):
    below = "<h2>Related stories</h2><p>The mills of the upper valley, and who owns them now.</p>"
    extraction = clean(below=below)
    assert extraction.article.blocks == clean().article.blocks
    assert "The mills of the upper valley" in "\n".join(entry.text for entry in extraction.removals)


def test_the_text_goes_on_below_a_box_with_a_link_to_another_article(prose):
    first, *rest = (f"<p>{text}</p>" for text in prose)
    box = "<div><h4>Read more</h4><h3><a href=/b>A bridge nobody crosses at night</a></h3></div>"
    html = f"<body><article><h1>The flood</h1>{''.join(rest)}{box}{first}</article></body>"
    texts = [block.text for block in extract(Page("", html)).article.blocks]
    assert texts == [*prose[1:], prose[0]]


def test_sources_after_a_see_also_heading_stay(clean):
    source = "Ann Lee, The mills of the upper valley, Herald Press, Norwich, 1911."
    below = (
        "<h2>See also</h2><ul><li><a href=/m>Mills</a></li></ul>"
        f"<h2>References</h2><ol><li>{source}</li></ol>"
    )
    assert source in clean(below=below).article.text


def test_such_a_heading_early_in_the_text_does_not_end_the_article(prose):
    story = "".join(f"<p>{text}</p>" for text in prose)
    html = f"<body><article><p>{prose[0]}</p><h2>Related</h2>{story}</article></body>"
    assert extract(Page("", html)).article.text.count(prose[3]) == 1


def test_headings_and_links_after_the_last_sentence_go(clean):
    below = "<h3>What the mills knew</h3><p><a href=/m>The mills of the upper valley</a></p>"
    assert clean(below=below).article.blocks == clean().article.blocks


def test_the_author_note_goes(clean):
    biography = "<p>Ann Lee is a reporter at the Herald, where she writes about rivers.</p>"
    extraction = clean(below=biography, head='<meta name=author content="Ann Lee">')
    assert extraction.article.blocks == clean().article.blocks
    assert "biography" in {entry.rule for entry in extraction.removals}


@pytest.mark.parametrize(
    ("text", "byline", "is_one"),
    [
        ("Ann Lee covers the courts for the Herald.", ("Ann Lee",), True),
        ("Ann Lee ist freie Autorin in Köln.", (), True),
        ("Ann Lee covers the courts for the Herald.", (), False),
        ("Ann Lee is a nurse in Leeds and asked not to be named.", (), False),
        ("The judge is a former editor of the Herald.", (), False),
        ("Ann Lee is a writer. " + "She has seen much. " * 60, ("Ann Lee",), False),
    ],
)
def test_author_notes_are_told_apart_from_other_sentences(text, byline, is_one):
    assert is_author_note(text, byline) == is_one


def test_sections_bylines_and_dates_around_the_title_go(clean):
    above = "<p class=kicker>Environment</p>"
    extraction = clean(above=above, head="")
    assert "Environment" not in extraction.article.text


def test_a_byline_and_a_date_under_a_deck_go(prose):
    story = "".join(f"<p>{text}</p>" for text in prose)
    head = f"<h1>The flood</h1><p>{DECK}</p><p>By Ann Lee</p><p>May 3, 2024, 6:30 a.m.</p>"
    text = extract(Page("", f"<body><article>{head}{story}</article></body>")).article.text
    assert "Ann Lee" not in text
    assert "2024" not in text
    assert DECK in text


def test_a_second_copy_of_the_text_goes(clean, prose):
    story = "".join(f"<p>In the year {n}, {text}</p>" for n in range(1901, 1906) for text in prose)
    extraction = clean(story, below=f"<div class=mobile-text>{story}</div>")
    assert extraction.article.text.count("In the year 1905") == len(prose)
    assert "copy" in {entry.rule for entry in extraction.removals}


def test_a_chorus_is_sung_again():
    chorus = "The wheel goes round, the river goes down, and nobody counts the sacks of grain."
    verses = [
        f"The {n} miller came with a sack on his back, and a dog at his heel." for n in "abcdef"
    ]
    lines = "".join(f"<p>{verse}</p><p>{chorus}</p>" for verse in verses)
    page = f"<title>A song</title><body><article><h1>A song</h1>{lines}</article></body>"
    assert extract(Page("https://songs.example/mill", page)).article.text.count(chorus) == 6
