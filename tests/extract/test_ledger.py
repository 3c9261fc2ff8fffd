"""All removed text is listed, each passage with its rule, reason and place."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.extract import extract, pipeline
from annotator.model import Page

VOCABULARY = """
river stone window market letter garden engine thunder copper valley sign subscribe share
newsletter cookie comment related advertisement read more photo author article
"""
WORDS = st.sampled_from(sorted(VOCABULARY.split()))
PLACES = (
    "<p>{}</p>",
    "<div>{}</div>",
    "<h2>{}</h2>",
    "<ul><li>{}</li></ul>",
    "<ol><li>{}</li></ol>",
    "<blockquote>{}</blockquote>",
    "<nav><a href=/x>{}</a></nav>",
    "<aside class=related><p>{}</p></aside>",
    "<footer>{}</footer>",
    "<p><b>{}</b></p>",
    "<p><a href=/y>{}</a></p>",
    "<figure><img src=/i.jpg><figcaption>{}</figcaption></figure>",
    "<div class=comments><p>{}</p></div>",
    "<table><tr><td>{}</td></tr></table>",
    '<div style="display:none">{}</div>',
    "<section><header>{}</header></section>",
)


@st.composite
def pages(draw):
    sentences = []
    html = []
    for number in range(draw(st.integers(1, 14))):
        words = draw(st.lists(WORDS, min_size=1, max_size=14))
        ending = draw(st.sampled_from([".", "", ":", "?"]))
        sentence = f"Zeta{number} {' '.join(words)}{ending}"
        sentences.append(sentence)
        html.append(draw(st.sampled_from(PLACES)).format(sentence))
    return sentences, "".join(html)


@given(pages())
@settings(max_examples=150, deadline=None)
def test_every_visible_sentence_is_in_the_article_or_listed_as_removed(page):
    sentences, html = page
    extraction = extract(Page("https://x.example/a", f"<body><main>{html}</main></body>"))
    article = extraction.article
    makers = [block.credit for block in article.blocks]
    shown = "\n".join([article.title, article.text, *makers])
    taken = "\n".join(entry.text for entry in extraction.removals)
    for sentence in sentences:
        name = sentence.split()[0]
        assert re.search(rf"\b{name}\b", shown + "\n" + taken), sentence


@given(pages())
@settings(max_examples=60, deadline=None)
def test_every_removal_has_a_step_a_rule_a_reason_and_a_place(page):
    _, html = page
    extraction = extract(Page("", f"<body>{html}</body>"))
    for entry in extraction.removals:
        assert entry.step
        assert entry.rule
        assert entry.reason.endswith(".")
        assert entry.text.strip()
        assert 0 <= entry.before <= len(extraction.article.blocks)
    assert [entry.before for entry in extraction.removals] == sorted(
        entry.before for entry in extraction.removals
    )


@given(pages())
@settings(max_examples=60, deadline=None)
def test_no_page_makes_a_step_overrule_what_its_row_does_not_name(page):
    _, html = page
    body = f"<body><main>{html}</main></body>"
    chosen = pipeline.read(Page("https://x.example/a", body))
    pipeline.clean(chosen)
    assert chosen.refused == []


def test_a_removal_has_the_index_of_the_block_after_it(clean):
    extraction = clean("<p>Advertisement</p>")
    (entry,) = [entry for entry in extraction.removals if entry.step == "ads"]
    assert extraction.article.blocks[entry.before].text.startswith("Nobody in the valley")


def test_a_part_of_a_page_is_one_removal(clean):
    above = "<nav><a href=/>Home</a><ul><li>World</li><li>Sport</li></ul></nav><div>Today</div>"
    entries = [entry for entry in clean(above=above).removals if entry.before == 0]
    assert [(entry.step, entry.text) for entry in entries] == [
        ("navigation", "Home\nWorld\nSport"),
        ("outside", "Today"),
        ("repeated", "The flood"),
    ]


def test_the_same_page_gives_the_same_article_and_the_same_removals(clean):
    assert clean("<p>Advertisement</p>") == clean("<p>Advertisement</p>")
