"""The statistics screen, and the charts on it."""

from datetime import timedelta

import pytest
from rich.cells import cell_len

from annotator.model import Claim
from annotator.store import Uses
from annotator.tui.statistics import columns_block, grid, names_block
from builders import MOMENT, make_annotation

SIZES = [(60, 20), (100, 30), (160, 50)]


def text(block):
    return ["".join(piece.text for piece in line).rstrip() for line in block]


@pytest.fixture
def filled(library, keep):
    """Keep two articles with marks, one of them of a year before."""
    for url, days in (("https://能源.example/1", 0), ("https://b.example/2", -400)):
        article = keep(url=url, days=days)
        claim = Claim(speaker="国家能源局", status="disputed")
        made = MOMENT + timedelta(days=days)
        library.put([make_annotation(article, "The mayor", claim=claim, created=made)])
    return library


@pytest.mark.parametrize("size", SIZES)
async def test_the_statistics_are_charts_of_the_last_30_days(filled, visit, size):
    async with visit(size=size) as reader:
        await reader.press("I")
        await reader.sees("Last 30 days: 13 Feb 2026 – 14 Mar 2026", "Marks made  1")
        await reader.press("G")
        await reader.sees("Marks by site", "国家能源局")
        assert all(cell_len(line) == size[0] for line in reader.screen.split("\n"))


async def test_keys_change_the_period_and_go_back_in_time(filled, visit):
    async with visit() as reader:
        await reader.press("I")
        await reader.sees("Last 30 days")
        await reader.press("tab")
        await reader.sees("Last 13 weeks")
        await reader.press("tab")
        await reader.sees("Last 12 months: 1 Apr 2025 – 31 Mar 2026")
        await reader.press("left")
        await reader.sees("1 Apr 2024 – 31 Mar 2025", "Marks made  1")
        await reader.press("left")
        await reader.until(lambda: "There is nothing earlier." in reader.toasts)
        await reader.press("right", "right")
        await reader.until(lambda: "This is the latest." in reader.toasts)
        await reader.press("tab")
        await reader.sees("From the beginning", "Marks made  2")
        await reader.press("q")
        await reader.sees("The story of a bridge")


async def test_a_time_without_reading_says_so(filled, visit):
    async with visit() as reader:
        await reader.press("I", "tab", "tab", "left", "shift+tab", "shift+tab", "shift+tab", "left")
        await reader.sees("1 Mar 2026 – 7 Mar 2026", "Articles added  0", "none in this time")


async def test_an_empty_library_has_nothing_to_count(library, visit):
    async with visit() as reader:
        await reader.press("I")
        await reader.sees("There is nothing to count yet.")


def test_columns_have_eight_steps_a_line_and_none_for_zero():
    block = text(columns_block("Marks", [0, 1, 40], ["Mon", "Tue", "Wed"], (20, 3)))
    assert block[0] == "Marks  41"
    assert block[1] == "40           ████"
    assert block[5] == " 0      ▁▁▁▁ ████"
    assert block[6] == "   Mon  Tue  Wed"


def test_columns_of_equal_numbers_are_full():
    block = text(columns_block("Marks", [3], ["2026"], (20, 2)))
    assert block[1] == "3 █████"
    assert block[5] == "0 █████"


def test_labels_without_room_are_left_out():
    labels = [f"{day} Mar" for day in range(1, 31)]
    axis = text(columns_block("Marks", [1] * 30, labels, (33, 2)))[-1]
    assert axis == "  1 Mar  8 Mar  15 Mar 22 Mar"


def test_names_of_two_cells_a_character_keep_the_bars_aligned():
    uses = [Uses("能源/煤炭", 4), Uses("coal", 1), Uses("gone", 0)]
    assert text(names_block("By tag", uses, 30))[1:] == [
        "能源/煤炭 █████████████████  4",
        "coal      ████▎              1",
    ]


def test_blocks_stand_side_by_side():
    one, two = [()], [(), ()]
    assert len(grid([one, two, one], 10, 2, 2)) == 4
    widths = {sum(cell_len(each.text) for each in line) for line in grid([one, two], 10, 2, 2)}
    assert widths == {24}
