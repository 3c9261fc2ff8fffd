"""The lines above and below: what has room, and what gives way."""

from datetime import UTC, datetime

import pytest
from rich.cells import cell_len

from annotator.model import DEFAULT_KINDS, ArticleRecord, Claim, Link, PageLabel
from annotator.model.labels import long_date, short_date
from annotator.settings import Settings
from annotator.tui.keys.keymap import Keymap, footer_keys
from annotator.tui.lists.rows import Piece
from annotator.tui.reader.bars import Situation, header_line, label_line, mark_line
from annotator.tui.reader.panel_contents import panel_placement
from annotator.tui.theming import for_terminal
from annotator.tui.widgets.status_bar import footer_line
from builders import make_annotation, make_article

RECORD = ArticleRecord(
    "0" * 16,
    "https://example.org",
    "The rain readers of the western valley",
    site_name="Long Acre",
    published="2024-04-27T10:00:00Z",
    minutes=9,
    access="paywalled",
)
KEYS = footer_keys("sentence", Keymap(), DEFAULT_KINDS)


def text(line):
    return "".join(words for words, _ in line)


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 160])
def test_both_lines_are_as_wide_as_the_screen_and_no_wider(width):
    assert cell_len(text(header_line(RECORD, width=width))) <= width
    assert cell_len(text(label_line(RECORD, width=width))) <= width
    assert cell_len(text(footer_line("sentence", KEYS, "3 marks  42%", width=width))) <= width


def test_the_way_to_what_is_missing_is_told_where_it_has_room():
    way = "R shows what was removed"
    wide, narrow = (text(label_line(RECORD, width=width, way=way)) for width in (60, 30))
    assert wide.endswith(f"9 min  paywalled: {way} ")
    assert narrow.endswith("9 min  paywalled ")


def test_the_header_drops_facts_before_it_cuts_the_title():
    wide, narrow = (text(header_line(RECORD, width=width)) for width in (100, 60))
    assert wide.startswith(" The rain readers of the western valley  ")
    assert wide.endswith("  Long Acre · 27 Apr 2024 · 9 min  paywalled ")
    assert narrow.startswith(" The rain readers of the western valley  ")
    assert narrow.endswith("  paywalled ")
    assert "9 min" not in narrow


def test_the_footer_shows_as_many_keys_as_fit():
    wide = text(footer_line("sentence", KEYS, "42%", width=100))
    narrow = text(footer_line("sentence", KEYS, "42%", width=40))
    assert wide.split()[:7] == ["SENTENCE", "Enter", "Claim", "t", "Tags", "2", "Evidence"]
    assert "Esc Done" in wide
    assert "Enter Claim" in narrow
    assert "3 Question" not in narrow


def test_the_key_that_leaves_stays_in_a_narrow_footer():
    narrow = text(footer_line("sentence", KEYS, "42%", width=50))
    assert "Enter Claim" in narrow
    assert "Esc Done" in narrow
    assert "3 Question" not in narrow


MAIN_KEYS = {  # by status bar: what the job is done with, in the narrowest screen
    "library": "Enter Read  t Tags  C Marks  E Export  ? Help  q Quit",
    "read": "s Mark  C All marks  E Export  ? Help  q Back",
    "claims": "Enter Read  d Status  t Tags  E Export  ? Help  q Back",
    "daily": "Enter Read  d Status  t Tags  a Note  ? Help  q Back",
    "sentence-mark": "t Tags  a Note  e Details  ? Help  Esc Done",
}


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("footer", MAIN_KEYS)
def test_no_other_words_push_out_the_keys_of_the_job(footer, width):
    mode = footer.partition("-")[0] if footer in ("read", "sentence-mark") else ""
    keys = footer_keys(footer, Keymap(), DEFAULT_KINDS)
    place = "3 failed, F tries again  “energy and wages”: 1,200 articles"
    line = text(footer_line(mode, keys, place, width=width, subject=(Piece("a mark"),)))
    assert [word for word in MAIN_KEYS[footer].split("  ") if word not in line] == []
    assert cell_len(line) == width


def test_the_place_drops_what_happened_before_where_one_is():
    keys = footer_keys("library", Keymap())
    place = "3 failed, F tries again  31 articles"
    narrow, wide = (text(footer_line("", keys, place, width=width)) for width in (80, 110))
    assert narrow.endswith(" 31 articles ")
    assert "failed" not in narrow
    assert "3 failed, F tries again  31 articles" in wide


@pytest.mark.parametrize(
    ("ground", "theme"),
    [("0;15", "paper"), ("15;0", "night"), ("0;default;15", "paper"), ("", "night")],
)
def test_the_theme_goes_with_the_terminal_unless_it_is_set(ground, theme):
    assert for_terminal({"COLORFGBG": ground}) == theme
    assert for_terminal({}) == "night"


def test_dates_are_no_longer_than_they_need_to_be():
    now = datetime(2026, 3, 14, 12, tzinfo=UTC)
    assert short_date(now, now) == "today"
    assert short_date(datetime(2026, 1, 2, 12, tzinfo=UTC), now) == "2 Jan"
    assert short_date(datetime(2024, 5, 12, 12, tzinfo=UTC), now) == "May 2024"
    assert long_date("2024-05-12T08:00:00+02:00") == "12 May 2024"
    assert long_date("last week") == "last week"
    assert long_date("") == ""


def test_the_panel_takes_the_margin_or_room_beside_the_text_or_covers_it():
    wide, middle, narrow = (panel_placement(screen, 72) for screen in (160, 100, 80))
    assert (wide.taken, wide.hides_text) == (0, False)
    assert middle.taken == middle.width == 30
    assert narrow.hides_text
    assert panel_placement(60, 72).width == 60


def mark_words(width=100, **fields):
    mark = make_annotation(make_article("Costs fell."), "Costs", **fields)
    line = footer_line(
        "read", KEYS, "3%", width=width, subject=mark_line(mark, Settings().kind("claim"))
    )
    assert cell_len(text(line)) == width
    return text(line)


def test_the_footer_names_kind_tags_status_and_speaker_of_a_mark():
    claim = Claim(speaker="Ann Lee", status="disputed")
    words = mark_words(
        124, claim=claim, tags=("energy", "grid"), links=[Link("opposes", "https://a")]
    )
    assert words.endswith("◆ claim · #energy #grid · ≠ disputed · Ann Lee  3% ")
    assert "SENTENCE" not in words
    assert "Enter Claim" in words
    assert mark_words().endswith(" ◆ claim  3% ")


def test_a_narrow_footer_drops_what_matters_least():
    claim = Claim(speaker="Ann Lee", status="disputed")
    middle = mark_words(100, claim=claim, tags=("energy",))
    assert middle.endswith(" ◆ claim · #energy  3% ")
    assert "◆" not in mark_words(60, claim=claim, tags=("energy",))
    assert "◆ claim" in mark_words(90)
    assert not any("◆ c…" in mark_words(width) for width in range(60, 90))
    stubs = (mark_words(width, claim=claim, tags=("energy",)) for width in range(60, 130))
    assert not any("…" in words for words in stubs)


def test_the_printed_page_stands_beside_the_progress():
    assert Situation(activity="read", marks=3, page="p. xiv", progress=0.42).place == (
        "3 marks  p. xiv  42%"
    )


async def test_the_page_at_the_top_is_shown_and_a_mark_knows_its_own(keep, visit, library):
    text = "\n\n".join(f"Paragraph {number} of the report is about rain." for number in range(60))
    labels = (PageLabel(0, "xiv"), PageLabel(text.index("Paragraph 20"), "15"))
    async with visit(keep(text, page_labels=labels)) as reader:
        await reader.sees("p. xiv")
        await reader.press("G", "s", "enter")
        await reader.sees("p. 15")
        await reader.until(lambda: library.records() and _pages(library))
        assert _pages(library) == ["15"]


def _pages(library):
    [record] = library.records()
    return [mark.target.pages for mark in library.article(record.id).annotations()]
