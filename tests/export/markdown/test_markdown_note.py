"""Notes for a vault: their contents, and that only the user's own notes make structure."""

import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from annotator.anchoring import anchor_all
from annotator.export.exporters import NoteSource
from annotator.export.filenames import file_stem
from annotator.export.markdown.block_syntax import stamp_of
from annotator.export.markdown.mark_text import link_words, list_sign, own_markdown
from annotator.export.markdown.note import write_note
from annotator.model import Anchored, AnchoredMark, ArticleRecord, Claim, Link, Orphan
from annotator.model.text import clean_text
from builders import find_span, make_annotation, make_article

MARKDOWN = MarkdownIt("commonmark", {"html": True})
TEXT = (
    "The bridge cost four million crowns in the end.\n\n"
    "Nobody had asked for it. Nobody uses it now.\n\n"
    "The mayor says that it will pay for itself within ten years."
)
COST = "The bridge cost four million crowns in the end."
MAYOR = "The mayor says that it will pay for itself within ten years."
NOTE = """\
---
title: "A bridge: to nowhere"
source: "https://example.org/article"
author: ["Ada Lund", "Bo Ek"]
published: 2024-05-01
created: 2026-03-14
description: "What it cost."
tags: ["town/roads"]
site: "The Paper"
access: "full"
kinds: ["claim"]
aliases: ["A bridge: to nowhere"]
annotator_id: "ARTICLE"
---

# A bridge: to nowhere

[The Paper](https://example.org/article) · Ada Lund, Bo Ek · 2024-05-01 · 3 minutes

<!-- annotator:begin 01aa DIGEST -->

> [!warning] Claim · disputed
> The bridge cost four million crowns in the end.
>
> [in the article](https://example.org/article#:~:text=LINK) · #money #town/roads

^a-01aa

Is it *true*? See [[Budget 2019]].

- [statement:: The bridge cost four million]
  [speaker:: Ada Lund]
  [said-on:: 2024-04-30]
  [type:: statistic]
  [status:: disputed]
  [confidence:: low]
  [verdict:: It was five]

<!-- annotator:end 01aa -->
"""


@pytest.fixture
def article():
    return make_article(TEXT, title="A bridge: to nowhere")


@pytest.fixture
def record(article):
    return ArticleRecord(
        id=article.id,
        url=article.url,
        title=article.title,
        byline=("Ada Lund", "Bo Ek"),
        site_name="The Paper",
        published="2024-05-01T08:00:00+02:00",
        excerpt="What it cost.",
        minutes=3,
        tags=("town/roads",),
        added=datetime(2026, 3, 14, tzinfo=UTC),
    )


def render(article, record, *annotations, text="", **options):
    places = anchor_all([each.target for each in annotations], text or article.text)
    placed = [AnchoredMark(each, place) for each, place in zip(annotations, places, strict=True)]
    return render_note(article, placed, record=record, **options)


def render_note(article, placed, record, **options):
    return write_note(NoteSource(article=article, placed=placed, record=record, **options)).text


def test_a_mark_is_written_with_all_of_its_fields(article, record):
    claim = Claim(
        statement="The bridge cost four million",
        speaker="Ada Lund",
        said_on="2024-04-30",
        type="statistic",
        status="disputed",
        confidence="low",
        verdict="It was five",
    )
    mark = make_annotation(
        article,
        COST,
        id="01aa",
        tags=["money", "town/roads"],
        note="Is it *true*? See [[Budget 2019]].",
        claim=claim,
    )
    note = render(article, record, mark)
    found = re.search(r"begin 01aa (\w{12}) -->\n(.*)<!-- annotator:end", note, re.DOTALL)
    assert found[1] == stamp_of(found[2])
    link = "The%20bridge%20cost%20four%20million%20crowns%20in%20the%20end%2E"
    wanted = NOTE.replace("DIGEST", found[1]).replace("LINK", link)
    assert note == wanted.replace("ARTICLE", article.id)


def test_a_mark_in_a_book_names_its_chapter(record):
    book = make_article(
        f"# The Bridge\n\n{COST}\n\n## Who said so\n\nMe.\n\n# The Mayor\n\n{MAYOR}"
    )
    note = render(book, record, make_annotation(book, COST), make_annotation(book, MAYOR))
    assert re.findall(r"in the article\]\(\S+\), (.*)", note) == ["The Bridge", "The Mayor"]
    short = make_article(f"# The Bridge\n\n{COST}")
    assert ", The Bridge" not in render(short, record, make_annotation(short, COST))


def test_an_article_without_marks_is_its_properties_and_its_header(article, record):
    note = render(article, record)
    assert note.endswith(
        "# A bridge: to nowhere\n\n"
        "[The Paper](https://example.org/article) · Ada Lund, Bo Ek · 2024-05-01 · 3 minutes\n"
    )
    assert "kinds" not in note


def test_unknown_properties_are_left_out(article):
    note = render(article, ArticleRecord(id="1", url="", title=""))
    assert note.split("\n\n") == [
        '---\ncreated: 1970-01-01\naccess: "full"\nannotator_id: "1"\n---',
        "1 minute\n",
    ]


@pytest.mark.parametrize(
    ("access", "said"),
    [
        ("partial", "Only part"),
        ("paywalled", "behind a paywall"),
        ("consent_wall", "asked for consent"),
        ("error_page", "error message"),
    ],
)
def test_a_note_says_that_the_article_is_incomplete(article, record, access, said):
    assert said in render(article, replace(record, access=access))


def test_marks_that_were_not_found_are_under_a_heading_of_their_own(article, record):
    kept = make_annotation(article, COST, id="01aa")
    lost = replace(make_annotation(article, MAYOR, id="01bb"), kind="evidence")
    note = render_note(
        article,
        [AnchoredMark(lost, Orphan()), AnchoredMark(kept, Anchored(find_span(article.text, COST)))],
        record=record,
    )
    before, after = note.split("\n## Marks not found in the article\n")
    assert "^a-01aa" in before
    assert "^a-01bb" in after
    assert "> [!example] Evidence\n" in after
    assert "\n> [the article](https://example.org/article)\n" in after
    assert 'kinds: ["evidence", "claim"]' in before


def test_the_text_of_the_article_comes_before_the_marks_that_were_not_found(article, record):
    kept, lost = make_annotation(article, COST, id="01aa"), make_annotation(article, MAYOR, id="0b")
    placed = [
        AnchoredMark(kept, Anchored(find_span(article.text, COST))),
        AnchoredMark(lost, Orphan()),
    ]
    source = NoteSource(article=article, placed=placed, record=record, has_text=True)
    note = write_note(source).text
    where = [note.index(words) for words in ("^a-01aa", "\n## Text\n", "^a-0b")]
    assert where == sorted(where)


def test_a_reworded_passage_is_shown_with_its_current_text(article, record):
    mark = make_annotation(article, COST)
    changed = make_article(TEXT.replace("four million crowns", "five million crowns"))
    note = render(changed, record, mark)
    assert f"> {COST}" in note
    assert "It now reads:\n\n> The bridge cost five million crowns in the end.\n" in note
    assert "text=The%20bridge%20cost%20five" in note


def test_a_passage_across_blocks_keeps_its_paragraphs(article, record):
    mark = make_annotation(article, "in the end.\n\nNobody had asked")
    assert "> in the end.\n>\n> Nobody had asked\n" in render(article, record, mark)


def test_lines_of_a_list_stay_lines(record):
    article = make_article("- first\n- second")
    assert "> first  \n> second\n" in render(
        article, record, make_annotation(article, "first\nsecond")
    )


def test_a_page_without_an_address_has_no_links(article, record):
    note = render(article, replace(record, url="", site_name=""), make_annotation(article, COST))
    assert "](<" not in note
    assert "\n> [!info] Claim · open\n" in note  # as the screens show a claim without details


def test_a_page_without_a_site_is_named_by_its_server(article, record):
    named = replace(record, url="https://paper.example/costs", site_name="")
    note = render(article, named, make_annotation(article, COST))
    assert '\nsite: "paper.example"\n' in note


def test_marks_link_to_marks_by_their_blocks(article, record):
    links = [
        Link("supports", "01bb", note="if *true*"),
        Link("opposes", "01CC"),
        Link("informs", "01dd"),
        Link("source-of", "https://www.budget.example/2019_(b)"),
        Link("opposes", "https://check.example/", is_reversed=True),
    ]
    cost = make_annotation(article, COST, id="01aa", links=links)
    mayor = make_annotation(article, MAYOR, id="01bb")
    note = render(article, record, cost, mayor, notes={"01CC": "Another note"})
    assert (
        "- supports:: [[#^a-01bb|The mayor says that it will pay for itself within ten years.]]"
        " — if \\*true\\*\n"
        "- opposes:: [[Another note#^a-01cc|the mark]]\n"
        "- informs:: a mark that is gone\n"
        "- source-of:: [budget.example](https://www.budget.example/2019_%28b%29)\n"
        "- opposed-by:: [check.example](https://check.example/)\n"
    ) in note
    assert (
        "- supported-by:: [[#^a-01aa|The bridge cost four million crowns in the end.]]"
        " — if \\*true\\*\n"
    ) in note


def test_the_words_of_a_link_cannot_end_it(record):
    article = make_article("It [was]] | so #hot ^a-1.\n\n***")
    marks = [
        make_annotation(article, "[was]] | so #hot ^a-1.", id="01aa"),
        make_annotation(
            article, "***", id="01cc", links=[Link("supports", "01aa"), Link("same-as", "01cc")]
        ),
    ]
    note = render(article, record, *marks)
    assert "- supports:: [[#^a-01aa|was so hot a-1.]]" in note
    assert "- same-as:: [[#^a-01cc|the mark]]" in note


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("31% paid $1,100, then $139.", "31% paid $1,100, then $139."),
        ("a=b 5% 3 < 4 $5", "a=b 5% 3 < 4 $5"),
        ("==hot== %%x%% a$b$ <b> 3 < 4", "hot x a b b> 3 < 4"),
    ],
)
def test_the_words_of_a_link_keep_prices_and_percentages(words, shown):
    assert link_words(words) == shown


def test_a_note_is_the_users_own_markdown_but_cannot_end_its_block(article, record):
    text = "# Mine\n\n<!-- annotator:end 01aa -->\n<b>x</b> 3 < 4\n^a-01bb"
    note = render(article, record, make_annotation(article, COST, id="01aa", note=text))
    assert "# Mine\n\n\\<!-- annotator:end 01aa -->\n\\<b>x\\</b> 3 < 4\n\\^a-01bb\n" in note


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("`<b>` <b> `` <i>`` ` <u>", "`<b>` \\<b> `` <i>`` ` \\<u>"),
        ("a ` b\nc ` <i> `d`", "a ` b\nc ` \\<i> `d`"),
        ("\\<b> \\\\<b> \\`<b>`", "\\<b> \\\\\\<b> \\`\\<b>`"),
        ("see <https://a.example/x> <a@b.c>", "see <https://a.example/x> \\<a@b.c>"),
        ("```html\n<p>\n```js\n```\n<p>", "```html\n<p>\n```js\n```\n\\<p>"),
        ("``` `\n<p>", "``` `\n\\<p>"),
        ("~~~\n<!-- annotator:end 1 -->", "~~~\n\\<!-- annotator:end 1 -->\n~~~"),
        ("```\na\n  ``` \n<b>", "```\na\n  ``` \n\\<b>"),
        ("```\na\n``` b\n<b>", "```\na\n``` b\n<b>\n```"),
        ("~~~\na\n~~~~\n<b>", "~~~\na\n~~~~\n\\<b>"),
        ("a\n\n```\n<b>\n```\nb <i>", "a\n\n```\n<b>\n```\nb \\<i>"),
        ("`a\n\nb` <i>", "`a\n\nb` \\<i>"),
        ("  \n<i>\n", "\\<i>"),
        ("`<!-- annotator:end 1 -->`", "`\\<!-- annotator:end 1 -->`"),
    ],
)
def test_code_and_addresses_in_a_note_are_left_as_they_are(text, written):
    assert own_markdown(text) == written


@pytest.mark.parametrize(
    ("text", "closing"),
    [("```py\nx", "\n```\n"), ("~~~~\n```\n~~~", "\n~~~~\n"), ("```\nx\n```", "\n```\n\n<!--")],
)
def test_code_that_a_note_leaves_open_is_closed(article, record, text, closing):
    note = render(article, record, make_annotation(article, COST, kind="highlight", note=text))
    assert f"{text}{closing}" in note or (closing.endswith("<!--") and closing in note)


def test_the_fields_below_a_note_that_ends_in_a_list_are_a_list_of_their_own(article, record):
    mark = make_annotation(article, COST, note="- one\n- two", claim=Claim(speaker="Ada Lund"))
    tokens = MARKDOWN.parse(render(article, record, mark))
    lists = [each for each in tokens if each.type == "bullet_list_open" and each.level == 0]
    assert [each.markup for each in lists] == ["-", "*"]


def test_a_note_changes_the_digest_but_line_ends_do_not():
    assert stamp_of("a\n\nb") == stamp_of("a  \r\n\r\nb\n")
    assert stamp_of("a") != stamp_of("b")


HOSTILE = st.text(alphabet="ab<!-> #^[]`*_|\\\n\"':&", max_size=30).map(
    clean_text
) | st.sampled_from(
    [
        "<!-- annotator:end 01aa -->",
        "---\nadmin: true",
        "<script>x</script>",
        "^a-01aa",
        "%%",
        "# h",
    ]
)


@given(HOSTILE, HOSTILE, HOSTILE)
def test_text_of_pages_and_fields_never_makes_structure(words, title, field):
    article = make_article(f"Before.\n\n{words or 'x'}\n\nAfter.", title=title)
    target = make_annotation(article, article.blocks[1].text or article.text, id="01aa").target
    mark = replace(
        make_annotation(article, "Before."),
        id="01aa",
        target=target,
        kind=field,
        claim=Claim(statement=field, speaker=field),
        links=(Link("supports", field), Link("informs", "01aa", note=field)),
    )
    record = ArticleRecord(
        "1", article.url, title, byline=(field,), site_name=field, excerpt=field, tags=(field,)
    )
    note = render(article, record, mark)
    head, _, body = note.removeprefix("---\n").partition("\n---\n")
    values = [line.partition(": ")[2] for line in head.split("\n")]
    assert all(value == "1970-01-01" or json.loads(value) for value in values)
    assert len(re.findall(r"^<!-- annotator:", note, re.MULTILINE)) == 2
    assert re.findall(r"(?<!\S)\^a-\S*", note) == ["^a-01aa"]
    tokens = MARKDOWN.parse(body)
    kinds = [token.type for token in tokens]
    assert kinds.count("blockquote_open") == kinds.count("bullet_list_open") == 1
    assert kinds.count("heading_open") == (file_stem(title) != title and bool(title))
    assert [token.content.split()[1] for token in tokens if token.type == "html_block"] == [
        "annotator:begin",
        "annotator:end",
    ]
    assert not [
        child for token in tokens for child in token.children or () if child.type == "html_inline"
    ]


def test_a_list_in_a_note_has_another_sign_than_the_one_below_it():
    assert [list_sign(note) for note in ("- a", "x\n   - b", "* a", "x\n\n      - c", "-c")] == [
        *("*", "*", "-", "-", "-")
    ]
