"""Pages as readers see them, block by block."""

import pytest

from annotator.model import Article, Block, Span
from annotator.reading.layout.engine import Layout
from annotator.reading.layout.page_layout import scrolled, shift_to_show
from annotator.reading.layout.row import TextRow
from annotator.reading.layout.text_width import cell_width


def page(
    *blocks: Block, width: int = 40, shift: int = 0, folds_code: bool = False, **facts
) -> list[str]:
    article = Article("x", "", facts.pop("title", ""), blocks=blocks, **facts)
    layout = Layout(article, width, folds_code=folds_code)
    rows = (scrolled(layout, layout.row(line), shift) for line in range(layout.height))
    return [_drawn(layout, row) for row in rows]


def _drawn(layout: Layout, row: TextRow) -> str:
    pieces = [(sign.column, sign.text) for sign in row.decorations]
    pieces += [(f.column, layout.article.text[f.start : f.end]) for f in row.fragments]
    drawn = ""
    for column, text in sorted(pieces):
        drawn += " " * (column - cell_width(drawn)) + text
    return drawn.rstrip().replace("\xa0", " ")


def test_a_paragraph_breaks_at_spaces():
    text = "The quick brown fox jumps over the lazy dog and is gone."
    assert page(Block("paragraph", text)) == [
        "The quick brown fox jumps over the lazy",
        "dog and is gone.",
    ]


def test_a_word_longer_than_the_page_is_cut():
    assert page(Block("paragraph", "x" * 50), width=20) == ["x" * 20, "x" * 20, "x" * 10]


def test_an_address_breaks_after_a_slash():
    text = "See https://example.org/articles/2022/china-and-russia for more."
    assert page(Block("paragraph", text), width=30) == [
        "See https://example.org/",
        "articles/2022/china-and-russia",
        "for more.",
    ]


def test_a_long_compound_breaks_after_its_dash():
    text = "It is a not-at-all-short-compound—and-it-goes-on-and-on here."
    assert page(Block("paragraph", text), width=40)[0] == "It is a not-at-all-short-compound—and-"


def test_japanese_breaks_anywhere_except_before_a_stop_or_after_a_bracket():
    text = "東京では、きょうも雨が降り続き、「大雨警報」を発表した。"
    assert page(Block("paragraph", text), width=10) == [
        "東京では、",
        "きょうも雨",
        "が降り続",
        "き、「大雨",
        "警報」を発",
        "表した。",
    ]


def test_korean_breaks_at_its_spaces():
    assert page(Block("paragraph", "한국어 문장은 띄어쓰기로 나눈다"), width=16) == [
        "한국어 문장은",
        "띄어쓰기로",
        "나눈다",
    ]


def test_a_line_ends_with_its_last_letter_and_not_with_a_space():
    article = Article("x", "", "", blocks=(Block("paragraph", "一 two three four five six"),))
    layout = Layout(article, 12)
    runs = [layout.row(line).fragments[0] for line in range(layout.height)]
    assert [article.text[f.start : f.end] for f in runs] == ["一 two three", "four five", "six"]


def test_trailing_spaces_make_no_line_of_their_own():
    assert page(Block("paragraph", "漢字" + " " * 20), width=8) == ["漢字"]
    assert page(Block("paragraph", "word" + " " * 20), width=8) == ["word"]


def test_the_texts_of_a_numbered_list_are_aligned():
    items = [
        Block("list_item", "nine", depth=1, ordinal=9),
        Block("list_item", "ten", depth=1, ordinal=10),
    ]
    assert page(*items) == [" 9. nine", "10. ten"]


def test_letters_and_boxes_are_before_their_items():
    items = [
        Block("list_item", "eight", depth=1, ordinal=8, label="viii."),
        Block("list_item", "nine", depth=1, ordinal=9, label="ix."),
        Block("list_item", "done", depth=2, label="[x]"),
        Block("list_item", "to do, as soon as one can", depth=2, label="[ ]"),
    ]
    assert page(*items, width=30) == [
        "viii. eight",
        "  ix. nine",
        "      [x] done",
        "      [ ] to do, as soon as",
        "          one can",
    ]


def test_a_label_that_does_not_fit_becomes_a_bullet():
    item = Block("list_item", "eighty-eight", depth=1, ordinal=88, label="lxxxviii.")
    assert page(item, width=60) == ["lxxxviii. eighty-eight"]
    assert page(item, width=20) == ["• eighty-eight"]


def test_nested_items_are_indented_to_the_text_above():
    items = (
        Block("list_item", "outer item that goes on and on", depth=1, ordinal=1),
        Block("list_item", "inner item that goes on too", depth=2),
        Block("list_item", "innermost", depth=3),
        Block("paragraph", "More of it.", depth=2),
        Block("list_item", "next", depth=1, ordinal=2),
    )
    assert page(*items, width=24) == [
        "1. outer item that goes",
        "   on and on",
        "   ◦ inner item that",
        "     goes on too",
        "     ▪ innermost",
        "",
        "     More of it.",
        "",
        "2. next",
    ]


def test_a_list_of_another_kind_is_another_list():
    items = (
        Block("list_item", "a", depth=1, ordinal=100),
        Block("list_item", "b", depth=1),
        Block("list_item", "c", depth=1, ordinal=1),
    )
    assert page(*items) == ["100. a", "• b", "1. c"]


def test_the_bar_of_a_quotation_continues_through_blank_lines():
    quotes = (
        Block("quote", "One.", quote_depth=1),
        Block("quote", "Two.", quote_depth=2),
        Block("paragraph", "After."),
    )
    assert page(*quotes) == ["▎ One.", "▎", "▎ ▎ Two.", "", "After."]


def test_a_list_in_a_quotation_keeps_its_bar():
    assert page(Block("list_item", "item", depth=1, quote_depth=1)) == ["▎ • item"]


CODE = "if x:\n\n    print('a long line that does not fit')"


def test_code_keeps_its_lines_and_shows_that_they_continue():
    assert page(Block("code", CODE), width=24) == [
        "  if x:",
        "",
        "      print('a long lin›",
    ]


def test_code_scrolls_in_its_window():
    assert page(Block("paragraph", "Above."), Block("code", CODE), width=24, shift=8) == [
        "Above.",
        "",
        " ‹",
        " ‹",
        " ‹t('a long line that d›",
    ]
    assert page(Block("code", CODE), width=24, shift=21)[-1] == " ‹e that does not fit')"


def test_code_can_be_folded_with_a_sign_at_each_fold():
    assert page(Block("code", CODE), width=24, folds_code=True) == [
        "  if x:",
        "",
        "      print('a long line",
        "↪  that does not fit')",
    ]


def test_a_grapheme_at_the_edge_of_a_window_is_not_cut():
    code = Block("code", "漢字かな交じり文の長い行です")
    assert page(code, width=16)[0] == "  漢字かな交じ ›"
    assert page(code, width=16, shift=1)[0] == " ‹ 字かな交じり›"


def test_verse_keeps_its_lines_and_indents_their_continuation():
    verse = "Shall I compare thee to a day?\nThou art more lovely"
    assert page(Block("paragraph", verse), width=24) == [
        "Shall I compare thee to",
        "  a day?",
        "Thou art more lovely",
    ]


def test_an_image_is_a_sign_with_its_caption_and_credit():
    assert page(Block("image", "A caption of two lines here", credit="Kim/Reuters"), width=20) == [
        "▨ A caption of two",
        "  lines here",
        "  Kim/Reuters",
    ]


def test_an_image_without_a_caption_has_a_label():
    assert page(Block("image", "", alternative="A chart")) == ["▨ A chart"]
    assert page(Block("image", "")) == ["▨ Image"]


def test_an_embed_has_a_label():
    assert page(Block("embed", "Fell again.", label="Post on X")) == [
        "▎ Post on X",
        "▎ Fell again.",
    ]
    assert page(Block("embed", "")) == ["▎ Embedded content"]


def test_a_rule_is_a_sign_in_the_middle():
    assert page(Block("rule", ""), width=21) == [" " * 10 + "⁂"]


def test_footnotes_follow_each_other_with_their_labels():
    notes = [
        Block("footnote", f"Note {n}.", label=label) for n, label in enumerate(("1", "", "a-name"))
    ]
    assert page(*notes) == ["1 Note 0.", "* Note 1.", "* Note 2."]


def test_deep_nesting_leaves_room_for_the_text():
    deep = [Block("list_item", "some words to read", depth=depth) for depth in range(1, 12)]
    assert all(
        "words" in line or "some" in line or "read" in line for line in page(*deep, width=24)
    )
    assert max(map(len, page(Block("quote", "words " * 9, quote_depth=30), width=24))) <= 24


def test_the_title_comes_first_with_author_site_and_date():
    shown = page(
        Block("paragraph", "Text."),
        title="A Title",
        byline=("A. Writer", "B. Other"),
        site_name="The Site",
        published="2022-06-29T10:00:00Z",
        width=50,
    )
    assert shown == [
        "",
        "A Title",
        "A. Writer, B. Other · The Site · 29 Jun 2022",
        "─" * 50,
        "",
        "Text.",
    ]


@pytest.mark.parametrize("date", ["spring 2022", ""])
def test_text_in_place_of_a_date_is_shown_as_it_is(date):
    assert page(title="T", published=date)[2] == date or not date


# tables


def test_a_table_has_columns_and_numbers_to_the_right():
    table = "Month\tValue\nJanuary\t1.5\nMay\t22.25 %"
    assert page(Block("table", table, header_rows=1)) == [
        "Month   │   Value",
        "────────┼────────",
        "January │     1.5",
        "May     │ 22.25 %",
    ]


def test_the_widest_column_shrinks_and_its_cells_wrap():
    table = "a\tsome words that are too long for the page\nb\tshort"
    assert page(Block("table", table), width=24) == [
        "a │ some words that are",
        "  │ too long for the",
        "  │ page",
        "  │",
        "b │ short",
    ]


def test_rows_of_a_table_may_miss_cells():
    assert page(Block("table", "a\tb\tc\nd")) == ["a │ b │ c", "d │   │"]


def test_the_spaces_around_a_cell_are_not_shown():
    assert page(Block("table", " Year \t Sum\n 2020 \t 17 ", header_rows=1)) == [
        "Year │ Sum",
        "─────┼────",
        "2020 │  17",
    ]


def test_words_stay_whole_as_long_as_the_columns_have_room():
    table = "state\tscheduled_timestamp\tAll that there is to say about it, in a few words"
    assert page(Block("table", table), width=40) == [
        "state │ scheduled_timestamp │ All that",
        "      │                     │ there is",
        "      │                     │ to say",
        "      │                     │ about it,",
        "      │                     │ in a few",
        "      │                     │ words",
    ]


def test_a_table_whose_words_do_not_fit_scrolls():
    table = Block("table", "Country\tCapital\tPeople\nFrance\tParis\t68 million", header_rows=1)
    assert page(table, width=20) == [
        "  Country │ Capital›",
        "  ────────┼────────",
        "  France  │ Paris  ›",
    ]
    assert page(table, width=20, shift=12) == [
        " ‹pital │ People",
        "  ──────┼──────────",
        " ‹ris   │ 68 millio›",
    ]


def test_a_table_from_right_to_left_begins_at_the_right():
    assert page(Block("table", "שלום\tעולם\nאחד\tשניים"), width=20) == [
        "         עולם │ שלום",
        "        שניים │  אחד",
    ]


def test_an_empty_table_takes_no_line():
    assert page(Block("table", "")) == []


# from right to left


def test_text_from_right_to_left_is_at_the_right():
    assert page(Block("paragraph", "שלום עולם טוב ויפה"), width=12) == [
        "   שלום עולם",
        "    טוב ויפה",
    ]


def test_markers_of_text_from_right_to_left_are_at_its_right():
    assert page(Block("list_item", "אחד", depth=1), width=12) == ["       אחד •"]
    assert page(Block("quote", "אחד", quote_depth=1), width=20) == ["               אחד ▎"]
    assert page(Block("image", "אחד", credit="שם"), width=12) == ["       אחד ▨", "        שם"]
    assert page(title="אחד", width=12)[1] == "         אחד"


def test_a_quotation_from_right_to_left_has_its_bar_at_the_right():
    quotes = [Block("quote", word, quote_depth=1) for word in ("אחד", "שניים")]
    assert page(*quotes, width=20) == [" " * 15 + "אחד ▎", " " * 19 + "▎", " " * 13 + "שניים ▎"]


def test_the_first_letter_decides_the_direction_of_a_text():
    assert page(Block("paragraph", "42 שלום"), width=12) == ["     42 שלום"]
    assert page(Block("paragraph", "New שלום"), width=12) == ["New שלום"]


def test_a_passage_over_several_lines_of_code_scrolls_only_as_far_as_its_start():
    first, second = f"open({'x' * 90})", f"{'y' * 90}.close()"
    layout = Layout(Article("x", "", "", blocks=(Block("code", f"{first}\n{second}"),)), 40)
    end = layout.article.text.index("close")
    assert shift_to_show(layout, Span(20, end), 0) == 0
    assert shift_to_show(layout, Span(60, end), 0) > 0
