"""What is left after the last sentence of a text goes, but not that sentence."""

import pytest

from annotator.extract import extract
from annotator.extract.blocks.walker import read_passages
from annotator.extract.dom.parse import parse
from annotator.extract.passages import ArticleDraft
from annotator.extract.residue.endings import remove_endings
from annotator.model import Page

LAST = "Asked about it a week later, the miller laughed and said that the wheel would have to go."


@pytest.mark.parametrize(
    ("heading", "likelihood", "stays"),
    [
        (LAST, 0.9, True),
        (LAST, 0.2, False),
        ("More from the valley and its many mills", 0.9, False),
    ],
)
def test_a_last_sentence_that_is_marked_as_a_heading_stays(prose, heading, likelihood, stays):
    body = f"<p>{prose[0]}</p><p>{prose[1]}</p><h3>{heading}</h3>"
    draft = ArticleDraft(*read_passages(parse(f"<body><article>{body}</article></body>")))
    draft.passages[-1].likelihood = likelihood
    remove_endings(draft)
    assert draft.passages[-1].is_kept == stays


def test_a_label_above_items_without_links_ends_nothing(clean):
    items = ("Memory: 16 GB", "Storage: 45 GB", "Network: broadband", "Sound: any")
    listed = "".join(f"<li>{item}</li>" for item in items)
    text = clean(below=f"<p><strong>Recommended:</strong></p><ul>{listed}</ul>").article.text
    assert all(item in text for item in items)


def test_a_box_amid_the_text_that_says_who_the_author_is_goes(clean, prose):
    said = "Ann Lee is a reporter of the Herald, and lives by the river."
    box = f"<div><h2>Ann Lee</h2><p>{said}</p></div>"
    byline = "<meta name=author content='Ann Lee'>"
    page = f"<head>{byline}</head><body><article><p>{prose[0]}</p>{box}{{}}</article></body>"
    html = page.format("".join(f"<p>{text}</p>" for text in prose[1:]))
    assert [block.text for block in extract(Page("", html)).article.blocks] == list(prose)
