"""Digests: their groups, the tree of evidence of each mark, and what leaves them."""

import pytest
from msgspec.structs import replace

from annotator.export.markdown.digest import (
    DigestGroup,
    DigestMark,
    DigestSource,
    Evidence,
    short_hash,
    write_digest,
)
from annotator.export.markdown.presets import PRESETS
from annotator.model import ArticleRecord
from builders import make_annotation, make_article

ARTICLE = make_article(
    "The bridge cost four million crowns in the end, which nobody had asked for.\n\nIt is used."
)
RECORD = ArticleRecord(
    ARTICLE.id, ARTICLE.url, "A [bridge]", ("Ada", "Bo"), "The Paper", "2024-05-01T10:00"
)
PAGE = ArticleRecord("2", "https://b.example/x", "")
COST = make_annotation(ARTICLE, ARTICLE.blocks[0].text, id="01aa", kind="claim")
USED = make_annotation(ARTICLE, "It is used.", id="01bb", kind="evidence")
EVIDENCE = [
    Evidence(1, "supports", USED, RECORD, note="so it *is*"),
    Evidence(2, "opposes", COST, PAGE, remark="in a circle"),
    Evidence(1, "opposes", address="https://c.example/", record=replace(PAGE, title="The C")),
    Evidence(1, "same-as", address="https://d.example/", note="one", remark="two"),
    Evidence(1, "supports", USED),
]
GROUPS = [
    DigestGroup("x", "X *y*", [DigestMark(COST, RECORD, EVIDENCE, "Supported by 1 site.")]),
    DigestGroup("z", "Z", [DigestMark(COST, RECORD), DigestMark(USED, PAGE)]),
]
SOURCE = DigestSource(
    identity="digest-1",
    title="My *digest*",
    query="tag:a",
    groups=GROUPS,
    notes={RECORD.id: "A bridge"},
    today="2026-03-14",
)


def written(name="obsidian", **changes):
    return write_digest(replace(SOURCE, **changes), PRESETS[name]).text


def test_a_digest_says_how_many_marks_of_how_many_articles_it_has():
    note = written()
    assert "\n2 marks of 2 articles for “tag:a”.\n" in note  # one of them is in two groups
    assert "\n0 marks of 0 articles.\n" in written(groups=[], query="")
    assert "Sources" not in written(groups=[])


def test_each_group_has_its_heading_and_its_marks():
    note = written()
    order = [
        "\n## X \\*y\\*\n",
        "Supported by 1 site.",
        "\n## Z\n",
        "\n> It is used.\n",
        "## Sources",
    ]
    places = [note.index(words) for words in (*order, "## Sources")]
    assert places == sorted(places)
    assert note.count("\n> The bridge cost four million crowns") == 2


def test_evidence_is_a_tree_with_links_to_marks_and_pages():
    tree = written().partition("Supported by 1 site.\n\n")[2].partition("\n\n")[0]
    assert tree.split("\n") == [
        "- **supported by** “It is used.” — [[A bridge#^a-01bb|A bridge]] (so it \\*is\\*)",
        (
            "  - **opposed by** “The bridge cost four million crowns in the end, which…” — "
            "[Untitled](https://b.example/x#:~:text=The%20bridge%20cost%20four%20million,"
            "which%20nobody%20had%20asked%20for%2E) (in a circle)"
        ),
        "- **opposed by** [The C](https://c.example/)",
        "- **same-as** [https://d.example/](https://d.example/) (one, two)",
        "- **supported by** “It is used.”",
    ]


@pytest.mark.parametrize(
    ("name", "title", "item", "source"),
    [
        (
            "plain",
            "\n# My \\*digest\\*\n",
            "\n- **supported by** “It is used.” — [A \\[bridge\\]](<A bridge.md#a-01bb>) (",
            (
                "- [A \\[bridge\\]](https://example.org/article) · Ada, Bo · The Paper · "
                "2024-05-01 · [its marks](<A bridge.md>)\n- [https://b.example/x](https://b.example/x)\n"
            ),
        ),
        (
            "logseq",
            "title:: My *digest*\n",
            (
                "\n\t- **supported by** “It is used.” — [A bridge](("
                "9464c526-05eb-52a1-a245-7836a1a3dda2)) (so it \\*is\\*)\n\t\t- **opposed by** “"
            ),
            (
                "\t- [A bridge](https://example.org/article) · Ada, Bo · The Paper · 2024-05-01 · "
                "[[A bridge]]\n\t- [https://b.example/x](https://b.example/x)\n"
            ),
        ),
        (
            "org",
            "\n* My *\u200bdigest*\n",
            "\n- *supported by* “It is used.” — [[file:A bridge.org::#a-01bb][A bridge]] (",
            (
                "- [[https://example.org/article][A bridge]] · Ada, Bo · The Paper · 2024-05-01 · "
                "[[file:A bridge.org][its marks]]\n- [[https://b.example/x][https://b.example/x]]\n"
            ),
        ),
    ],
)
def test_every_program_has_links_of_its_own_in_a_digest(name, title, item, source):
    note = written(name)
    assert title in note
    assert item in note
    assert source in note


def test_a_digest_of_obsidian_repeats_no_title_above_its_first_block():
    assert "\n---\n<!-- annotator:begin d" in written()


def test_an_article_without_title_and_address_is_untitled_among_the_sources():
    groups = [DigestGroup("x", "X", [DigestMark(COST, ArticleRecord("3", "", ""))])]
    assert "\n## Sources\n\n- Untitled\n" in written(groups=groups)


def test_a_mark_that_leaves_a_digest_goes_unless_its_user_wrote_in_it():
    first = write_digest(SOURCE)
    left = replace(SOURCE, groups=GROUPS[:1], before=first.text, memory=first.memory)
    again = write_digest(left)
    assert "## Z" not in again.text
    assert again.text.count("> The bridge cost") == 1
    mine = first.text.replace("\n## Sources", "\n## My sources")
    head, _, tail = mine.rpartition("> The bridge cost four")
    mine = f"{head}> The bridge cost FIVE{tail}"
    kept = write_digest(replace(left, before=mine)).text
    assert "> The bridge cost FIVE million" in kept
    assert kept.count("\n*Not in this digest any more, 2026-03-14.*\n") == 1
    assert "## My sources" in kept


def test_blocks_of_another_digest_in_the_note_are_none_of_this_one():
    other = write_digest(replace(SOURCE, identity="digest-2"))
    both = write_digest(SOURCE).text + other.text.partition("\n---\n")[2]
    note = write_digest(replace(SOURCE, before=both))
    assert note.text == both
    assert f"The block d{short_hash('digest-2')}-about belongs to another note." in note.problems
