"""Footnotes of any convention are linked both ways."""

import pytest

from annotator.extract import extract
from annotator.model import Page

SAID = "He said so once upon a time"
LETTER = "A letter of his to her."


def notes_of(blocks):
    """Return the references of the text and the notes, each with its label."""
    references = [
        (mark.span.of(block.text), mark.href)
        for block in blocks
        for mark in block.marks
        if mark.kind == "footnote_reference"
    ]
    return references, [(b.label, b.text) for b in blocks if b.kind == "footnote"]


CONVENTIONS = {
    "wikipedia": (
        '<sup class="reference" id="cite_ref-Smith_2-0"><a href="#cite_note-Smith-2">[2]</a></sup>',
        (
            '<ol class="references"><li id="cite_note-Smith-2"><span class="mw-cite-backlink">^ '
            '<a href="#cite_ref-Smith_2-0"><sup><i>a</i></sup></a> '
            '<a href="#cite_ref-Smith_2-1"><sup><i>b</i></sup></a></span> '
            f'<span class="reference-text">{LETTER}</span></li></ol>'
        ),
        ("[2]", "2"),
    ),
    "pandoc": (
        '<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a>',
        (
            '<section class="footnotes" role="doc-endnotes"><hr><ol><li id="fn1">'
            f'<p>{LETTER}<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p>'
            "</li></ol></section>"
        ),
        ("1", "1"),
    ),
    "substack": (
        '<a id="footnote-anchor-1-99" href="#footnote-1-99" class="footnote-anchor">1</a>',
        (
            '<div class="footnote"><a id="footnote-1-99" href="#footnote-anchor-1-99" '
            'class="footnote-number">1</a><div class="footnote-content">'
            f"<p>{LETTER}</p></div></div>"
        ),
        ("1", "1"),
    ),
    "substack, whole addresses": (
        (
            '<a id="footnote-anchor-1-99" class="footnote-anchor" '
            'href="https://herald.example/2024/05/the-flood#footnote-1-99">1</a>'
        ),
        (
            '<div class="footnote"><a id="footnote-1-99" class="footnote-number" '
            'href="https://herald.example/2024/05/the-flood#footnote-anchor-1-99">1</a>'
            f'<div class="footnote-content"><p>{LETTER}</p></div></div>'
        ),
        ("1", "1"),
    ),
    "addresses from the root": (
        '<sup><a href="/2024/05/the-flood#fn1">1</a></sup>',
        f'<ol><li id="fn1">{LETTER}</li></ol>',
        ("1", "1"),
    ),
    "wordpress": (
        '<sup data-fn="ab-1" class="fn"><a href="#ab-1" id="ab-1-link">1</a></sup>',
        (
            f'<ol class="wp-block-footnotes"><li id="ab-1">{LETTER} '
            '<a href="#ab-1-link">↩︎</a></li></ol>'
        ),
        ("1", "1"),
    ),
    "kramdown": (
        '<sup id="fnref:1"><a href="#fn:1" class="footnote" rel="footnote">1</a></sup>',
        (
            f'<div class="footnotes"><ol><li id="fn:1"><p>{LETTER} '
            '<a href="#fnref:1" class="reversefootnote">↩</a></p></li></ol></div>'
        ),
        ("1", "1"),
    ),
    "a label on a line of its own": (
        '<sup><a href="#n1">1</a></sup>',
        f'<div class="footnote-definition" id="n1"><sup>1</sup><p>{LETTER}</p></div>',
        ("1", "1"),
    ),
    "names for numbers": (
        '<sup><a href="#fn-smith">smith</a></sup>',
        f'<ol><li id="fn-smith">{LETTER}</li></ol>',
        ("smith", "smith"),
    ),
    "a name that begins like a reference": (
        '<span id="fnref:refinement"><a href="#fn:refinement">1</a></span>',
        f'<ol><li id="fn:refinement">{LETTER} <a href="#fnref:refinement">↩</a></li></ol>',
        ("1", "1"),
    ),
    "gutenberg": (
        '<a id="FNanchor_1_1"></a><a href="#Footnote_1_1" class="fnanchor">[1]</a>',
        (
            '<div class="footnote"><p><a id="Footnote_1_1"></a><a href="#FNanchor_1_1">'
            f'<span class="label">[1]</span></a> {LETTER}</p></div>'
        ),
        ("[1]", "1"),
    ),
    "no links, raised numbers": ("<sup>1</sup>", f"<p><sup>1</sup> {LETTER}</p>", ("1", "1")),
    "no links, a list below a heading": (
        "<sup>1</sup>",
        f"<h2>Notes</h2><ol><li>{LETTER}</li></ol>",
        ("1", "1"),
    ),
}


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_a_loose_note_and_its_reference_are_linked(clean, convention):
    reference, note, expected = CONVENTIONS[convention]
    found = clean(f"<p>{SAID}.{reference}</p>", below=note).article.blocks
    assert notes_of(found) == ([expected], [(expected[1], LETTER)])


def test_a_side_note_follows_its_paragraph(blocks):
    html = (
        f'<p>{SAID}<label for="sn-1" class="sidenote-number"></label><input type="checkbox" '
        f'id="sn-1"><span class="sidenote">{LETTER}</span> and never again.</p>'
    )
    paragraph, note = blocks(html)
    assert paragraph.text == f"{SAID}1 and never again."
    assert notes_of((paragraph, note)) == ([("1", "1")], [("1", LETTER)])


def test_a_note_within_a_line_keeps_its_number(blocks):
    html = (
        f'<p>{SAID}<span class="ltx_note"><sup>7</sup><span class="ltx_note_outer">'
        f'<span class="ltx_note_content"><sup>7</sup><span class="ltx_tag_note">7</span>{LETTER}'
        "</span></span></span>, and never again.</p>"
    )
    paragraph, note = blocks(html)
    assert paragraph.text == f"{SAID}7, and never again."
    assert (note.label, note.text) == ("7", LETTER)


def test_an_exponent_is_not_a_reference(blocks):
    html = "<p>It covers 10<sup>2</sup> metres.</p><p><sup>2</sup>He was found in a well.</p>"
    assert notes_of(blocks(html)) == ([], [])


def test_numbered_equations_are_not_notes(blocks):
    html = '<p>By the theorem (<a href="#thm1">1</a>) it holds.</p><h3 id="thm1">Theorem 1</h3>'
    assert notes_of(blocks(html)) == ([], [])


def test_notes_of_only_links_are_kept_if_the_text_refers_to_them(prose):
    story = "".join(
        f'<p>{text}<sup><a href="#cite_note-{n}">[{n}]</a></sup></p>'
        for n, text in enumerate(prose, start=1)
    )
    notes = "".join(
        f'<li id="cite_note-{n}"><a href="https://a.example/{n}">The register of {n}</a></li>'
        for n in range(1, len(prose) + 1)
    )
    html = f"<article><h1>Flood</h1>{story}<h2>References</h2><ol>{notes}</ol>"
    article = extract(Page("https://herald.example/x", f"<body>{html}</article></body>")).article
    assert [label for label, _ in notes_of(article.blocks)[1]] == ["1", "2", "3", "4"]


def test_a_raised_word_that_leads_to_a_section_is_no_footnote():
    page = Page(
        "https://herald.example/2024/05/the-flood",
        "<article><h1>The flood</h1>"
        f"<p>{SAID} of the pump<sup><a href='#trial'>beta</a></sup>, and meant it well.</p>"
        "<p>Nobody in the village had seen the river as high as it was that day.</p>"
        f"<p id=trial>{LETTER} It says that the pump is only being tried.</p></article>",
    )
    assert notes_of(extract(page).article.blocks) == ([], [])
