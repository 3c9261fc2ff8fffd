"""The rows of lists, line by line."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from annotator.model import (
    Anchored,
    AnchoredMark,
    ArticleRecord,
    Claim,
    Link,
    Orphan,
    Removal,
    Span,
)
from annotator.settings import Settings
from annotator.tui.dialogs.tag_picker import tag_rows
from annotator.tui.frame.context import AppContext, KnownKinds
from annotator.tui.library.rows import (
    COLUMNS,
    ArticleList,
    ArticleRow,
    ListedArticle,
    column_at,
    columns_in,
    empty_columns,
    heads,
    title_width,
)
from annotator.tui.lists.mark_rows import LinkedRow, mark_row, mark_rows
from annotator.tui.lists.rows import Heading, Piece, Remark, Stack, pad, truncate, wrap
from annotator.tui.reader.panel_contents import PanelContent
from annotator.tui.reader.side_panel import key_near, offset_of, removed_rows, side_rows
from annotator.usecases.articles.open_article import OpenArticle
from annotator.usecases.articles.tagging import TagUse
from builders import MOMENT, make_annotation, make_article, make_extraction

KINDS = KnownKinds(Settings())
NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
ARTICLE = make_article("# One\n\nCosts fell by nine percent.\n\n# Two\n\nWages fell as well.")
texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Mn", "Me", "Cf")))


@pytest.fixture
def context(library, tmp_path):
    return AppContext(library, Settings(), state=tmp_path, now=lambda: NOW)


def words(row, width=40):
    return ["".join(text for text, _ in line) for line in row.lines(width)]


def record(title="Bridges", **rest):
    return ArticleRecord("0" * 16, "https://example.org", title, added=NOW, **rest)


def head_words(width, sorted_by):
    """Return the line above a list with something in each column."""
    full = record(site_name="The Paper", tags=("energy" * 5,), access="paywalled")
    return "".join(text for text, _ in heads(width, ArticleList((full,), sorted_by=sorted_by)))


def opened(placed=(), removals=()):
    extraction = make_extraction(ARTICLE, removals=removals)
    return OpenArticle(record(), extraction, tuple(placed))


def test_a_mark_shows_glyph_quote_status_tags_links_and_note():
    mark = make_annotation(
        ARTICLE,
        "Costs fell by nine percent.",
        tags=["energy/grid"],
        note="Ask\nher",
        claim=Claim(status="disputed"),
        links=[Link("supports", "01")],
    )
    assert words(mark_row(mark, KINDS[mark.kind])) == [
        " ◆ Costs fell by nine percent.",
        "   ≠ disputed ⇄ #energy/grid",
        "   ✎ Ask her",
        "",
    ]


def test_a_mark_of_an_unknown_kind_has_a_glyph_too():
    mark = make_annotation(ARTICLE, "Wages fell", kind="rumour")
    assert words(mark_row(mark, KINDS[mark.kind]))[0] == " ▪ Wages fell"


def test_marks_that_are_not_found_come_last_with_the_best_guess():
    lost = make_annotation(ARTICLE, "Wages fell as well.")
    found = make_annotation(ARTICLE, "Costs fell")
    placed = [AnchoredMark(found, Anchored(Span(5, 15))), AnchoredMark(lost, Orphan(Span(5, 15)))]
    rows = mark_rows(placed, ARTICLE, KINDS)
    assert [row.key for row in rows] == [found.id, "", lost.id]
    assert words(rows[2])[1] == "   perhaps: Costs fell"


def test_a_list_of_nothing_says_what_to_do(context):
    for subject in ("marks", "removed"):
        (row,) = side_rows(subject, PanelContent(opened(), (), None), context)
        assert isinstance(row, Remark)
    bare = OpenArticle(record(), make_extraction(make_article("No heading.")))
    assert words(side_rows("contents", PanelContent(bare, (), None), context)[0]) == [
        " This article has no headings."
    ]


def test_contents_lead_to_headings_and_begin_at_the_one_above(context):
    rows = side_rows("contents", PanelContent(opened(), (), None), context)
    assert [row.key for row in rows] == ["heading:0", f"heading:{ARTICLE.starts[2]}"]
    assert key_near("contents", ARTICLE.starts[3], opened(), ()) == rows[1].key
    assert offset_of(rows[1].key, opened(), ()) == ARTICLE.starts[2]


def test_removed_text_leads_to_its_place():
    removals = (Removal("nags", "sign-in", "A nag.", "Sign in.", before=2),)
    assert words(removed_rows(removals)[0]) == [" Sign in.", " A nag.", ""]
    assert offset_of("removed:0", opened(removals=removals), ()) == ARTICLE.starts[2]
    assert key_near("removed", 0, opened(removals=removals), ()) == "removed:0"


def test_the_list_of_marks_begins_at_the_next_one():
    marks = [make_annotation(ARTICLE, each) for each in ("Costs fell", "Wages fell")]
    placed = [
        AnchoredMark(each, Anchored(Span(each.target.position.start, each.target.position.end)))
        for each in marks
    ]
    assert key_near("marks", ARTICLE.starts[2], opened(), placed) == marks[1].id
    assert offset_of(marks[1].id, opened(), placed) == ARTICLE.starts[3]
    assert offset_of("gone", opened(), placed) is None


@pytest.mark.parametrize(
    ("width", "names"),
    [
        (30, ""),
        (58, "progress marks"),
        (78, "added minutes progress marks"),
        (98, "site added minutes progress marks"),
        (118, "site tags added minutes progress marks"),
        (158, "site tags access added minutes progress marks"),
    ],
)
def test_columns_give_way_before_the_title_gets_too_narrow(width, names):
    assert [each.name for each in columns_in(width)] == names.split()


def test_sites_get_the_room_that_the_title_does_not_need():
    bare = frozenset({"tags", "access"})
    sites = [columns_in(width, bare)[0].width for width in (98, 118, 130)]
    assert sites == sorted(sites)
    assert (sites[0], sites[-1]) == (16, 24)
    assert title_width(columns_in(130, bare), 130) >= 54


def test_columns_that_would_be_empty_leave_their_room_to_the_title():
    plain, tagged = record(), record(tags=("food",))
    assert empty_columns((plain,)) == {"site", "tags", "access"}
    assert empty_columns((plain, tagged)) == {"site", "access"}
    assert empty_columns((record(site_name="A", access="partial"), tagged)) == set()
    names = [each.name for each in columns_in(158, empty_columns((plain, tagged)))]
    assert names == ["tags", "added", "minutes", "progress", "marks"]


def test_tags_take_no_more_cells_than_they_need():
    short, long = record(tags=("food",)), record(tags=("the price of food in the city",))
    width = {
        name: {column.name: column.width for column in columns_in(118, tags_width=size)}
        for name, size in (("short", ArticleList((short,)).tags_width), ("long", 28))
    }
    assert (width["short"]["tags"], width["long"]["tags"]) == (6, 18)
    assert ArticleList((short, long)).tags_width == 28
    assert columns_in(105, tags_width=6)[1].name == "tags"  # which had no room before
    assert "tags" not in [column.name for column in columns_in(105)]


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 140, 200])
def test_a_row_of_the_table_is_never_wider_than_the_screen(width):
    for title in ("A title " * 40, "東京の橋" * 40):
        row = ArticleRow(ListedArticle(record(title, access="paywalled"), 0.42, 3), NOW)
        assert cell_len(words(row, width)[0]) <= width
    assert len(head_words(width, "added")) <= width


def test_a_row_shows_progress_marks_and_completeness():
    (line,) = words(ArticleRow(ListedArticle(record(access="partial"), 0.42, 3), NOW), 80)
    assert line.startswith("  Bridges  partial")
    assert line.split()[-2:] == ["42%", "3"]
    (line,) = words(ArticleRow(ListedArticle(record(access="partial")), NOW), 158)
    assert line.split()[:2] == ["Bridges", "partial"]
    assert "Bridges  partial" not in line
    (line,) = words(ArticleRow(ListedArticle(record()), NOW), 158)
    assert line.split() == ["Bridges", "full", "today", "1"]


@pytest.mark.parametrize(
    ("state", "finished", "progress", "shown"),
    [
        ("reading", None, 0.42, "42%"),
        ("read", NOW, 1.0, "✓"),
        ("read", NOW, None, "✓"),
        ("read", NOW, 0.42, "✓ 42%"),
        ("archived", NOW, 0.99, "archived ✓"),
        ("archived", None, 0.3, "archived 30%"),
    ],
)
def test_a_finished_article_has_a_tick_and_how_far_its_reader_got(state, finished, progress, shown):
    it = ListedArticle(record(state=state, finished=finished), progress)
    (line,) = words(ArticleRow(it, NOW), 58)
    assert " ".join(line.removeprefix("  Bridges").split()) == shown


def test_a_selected_article_has_a_glyph_before_it():
    plain, selected = (ArticleRow(ListedArticle(record()), NOW, is_selected=it) for it in (0, 1))
    assert words(plain)[0].startswith("  Bridges")
    assert words(selected)[0].startswith("▌ Bridges")
    assert selected.lines(40)[0][1].role == "chosen"


def test_articles_are_sorted_by_a_column():
    records = tuple(
        ArticleRecord(str(n), f"https://example.org/{n}", title, added=NOW - timedelta(days=n))
        for n, title in enumerate(("b", "a", "c"))
    )
    articles = ArticleList(records, {"1": 0.5}, {"2": 7})
    assert [each.record.title for each in articles.listed] == ["b", "a", "c"]
    by_title = articles.sorted_on("title")
    assert [each.record.title for each in by_title.listed] == ["a", "b", "c"]
    assert [each.record.title for each in by_title.sorted_next(-1).listed] == ["c", "b", "a"]
    assert [each.record.title for each in by_title.sorted_on("title").listed] == ["c", "b", "a"]
    by_marks = by_title.sorted_on("marks")
    assert (by_marks.arrow, by_marks.listed[0].record.title) == ("↓", "c")


def test_sorting_goes_through_the_columns_in_their_order_on_the_screen():
    articles = ArticleList(sorted_by="title")
    order = ["title"]
    while len(order) < len(COLUMNS):
        articles = articles.sorted_next(1)
        order.append(articles.sorted_by)
    assert order == ["title", *(each.name for each in columns_in(200))]
    assert articles.sorted_next(1).sorted_by == "title"


def test_articles_without_tags_come_after_those_with_some():
    names = {"0": (), "1": ("zoo",), "2": ("air",)}
    records = tuple(ArticleRecord(key, "", key, tags=names[key]) for key in names)
    found = ArticleList(records, sorted_by="tags").listed
    assert [each.record.id for each in found] == ["2", "1", "0"]


@pytest.mark.parametrize("width", [58, 98, 158])
def test_every_cell_of_a_head_belongs_to_its_column(width):
    line = head_words(width, "title")
    for column in (COLUMNS[0], *columns_in(width)):
        assert column_at(line.index(column.head), width) == column.name
        assert column_at(line.index(column.head) + len(column.head) - 1, width) == column.name
    assert column_at(0, width) is None
    assert column_at(width - 1, width) is None


def test_tags_that_only_some_have_are_told_and_come_after_those_of_all():
    uses = [TagUse(name, 1, MOMENT) for name in ("all", "none", "some")]
    rows = tag_rows(("all",), uses, "", shared=("some",))
    assert [words(row, 20)[0].split() for row in rows] == [
        ["◉", "all", "1"],
        ["◐", "some", "some", "1"],
        ["○", "none", "1"],
    ]


def test_the_tag_that_is_typed_comes_first_whether_it_is_new_or_in_use():
    uses = [TagUse("energy/grid", 3, MOMENT), TagUse("engines", 1, MOMENT)]
    assert [row.key for row in tag_rows((), uses, "en")] == ["en", "energy/grid", "engines"]
    assert [row.key for row in tag_rows((), uses, "energy")] == ["energy", "energy/grid"]
    assert [row.key for row in tag_rows((), uses, "Engines")] == ["engines"]
    longer = [TagUse("engines/steam", 9, MOMENT), *uses]
    assert [row.key for row in tag_rows((), longer, "engines")] == ["engines", "engines/steam"]
    assert tag_rows((), [], "###") == []


def test_selected_tags_come_first_while_nothing_is_typed():
    rows = tag_rows(("mine",), [TagUse("energy", 3, MOMENT)], "")
    assert [(row.key, row.role) for row in rows] == [("mine", "strong"), ("energy", "")]


def test_selected_tags_stay_in_sight_below_the_matches_of_what_is_typed():
    rows = tag_rows(("mine",), [TagUse("energy", 3, MOMENT), TagUse("mine", 1, MOMENT)], "ener")
    assert [row.key for row in rows] == ["ener", "energy", "mine"]


def test_a_remark_without_words_is_an_empty_line():
    assert Stack([Remark("one"), Remark(""), Remark("two")], 20).height == 3


def test_the_cursor_skips_headings():
    stack = Stack([Heading("A"), Remark("one", key="1"), Heading("B"), Remark("two", key="2")], 20)
    assert stack.height == 6
    assert [stack.next(1, 1), stack.next(3, -1), stack.next(1, -1)] == [3, 1, None]
    assert [stack.nearest(0), stack.nearest(2), stack.nearest(99)] == [1, 3, 3]
    assert [stack.at(0), stack.at(2), stack.at(5), stack.at(6)] == [0, 1, 3, None]
    assert Stack([Heading("A")], 20).nearest(0) is None


@pytest.mark.parametrize("width", [58, 118, 158])
@pytest.mark.parametrize("sorted_by", [each.name for each in COLUMNS])
def test_the_arrow_is_beside_the_name_of_the_column_at_every_width(sorted_by, width):
    line = head_words(width, sorted_by)
    column = next(column for column in COLUMNS if column.name == sorted_by)
    arrow = "↓" if column.is_descending else "↑"
    assert line.count("↓") + line.count("↑") == 1
    assert f"{column.head} {arrow}" in line


def test_a_branch_that_is_too_deep_loses_its_start_and_keeps_the_words():
    row = LinkedRow(
        "key",
        (Piece("│  " * 20 + "└─"), Piece("+ supports ")),
        "Costs fell by nine percent.",
        (Piece("open"), Piece("A long title of an article"), Piece("12 May 2026")),
        (Piece("│  " * 21),),
        1,
    )
    first, second = words(row)
    assert first == "… │  │  │  └─+ supports Costs fell by…"
    assert second.startswith("… │  │  │  │  open")
    assert max(map(len, (first, second))) <= 40


def test_a_title_has_the_room_of_facts_that_are_left_out():
    facts = (Piece("open"), Piece("A long title of an article"), Piece("12 May 2026"))
    row = LinkedRow("key", (), "Costs fell.", facts, flexible=1)
    assert [line[-1] for line in (row.lines(each)[1] for each in (60, 40, 28))] == [
        Piece("12 May 2026"),
        Piece("12 May 2026"),
        Piece("A long title of an…"),
    ]


@given(texts, st.integers(1, 40))
def test_truncated_text_is_never_wider(text, width):
    assert cell_len(truncate(text, width)) <= width


@given(texts, st.integers(1, 40), st.sampled_from(["left", "right"]))
def test_padded_text_is_exactly_as_wide(text, width, side):
    assert cell_len(pad(text, width, side)) == width


@given(texts, st.integers(2, 40), st.integers(1, 5))
def test_wrapped_lines_fit_and_are_not_too_many(text, width, lines):
    folded = wrap(text, width, lines=lines)
    assert len(folded) <= lines
    assert all(cell_len(line) <= width for line in folded)


@given(st.lists(st.text("abcdef", min_size=1, max_size=9), min_size=1), st.integers(10, 40))
def test_wrapping_loses_no_word(words, width):
    assert " ".join(wrap(" ".join(words), width, lines=1000)) == " ".join(words)


def test_truncated_text_has_an_ellipsis():
    assert truncate("A title that is long", 8) == "A title…"
    assert wrap("one two three four", 8, lines=2) == ("one two", "three f…")


def test_wide_letters_count_twice():
    assert truncate("糊が乾くまで", 7) == "糊が乾…"
    assert pad("糊", 4, "right") == "  糊"


def test_a_word_that_is_longer_than_a_line_is_broken():
    assert wrap("abcdefghij", 4, lines=9) == ("abcd", "efgh", "ij")


def test_two_notes_that_were_joined_can_be_told_apart_on_one_line():
    mark = make_annotation(ARTICLE, "Wages fell", note="Who says?\n\nAsk\nLee.")
    assert "✎ Who says? / Ask Lee." in "\n".join(words(mark_row(mark, KINDS[mark.kind])))
