"""The screens on a terminal, with a library in which every text would be obeyed there."""

import pytest

from hostile_library import EVIL, SEQUENCES
from hostile_routes import ROUTES, Route, screens
from hostile_screens import SIZES, Homes, Visit
from terminal_bytes import Output

pytestmark = pytest.mark.slow

SEEN = {"LibraryScreen", "DetailsDialog", "ClaimsScreen", "MarkCard", "ReaderScreen", "TagsScreen"}
KEYS = (
    *("i", "escape", "T", "q", "C", "y", "q"),
    *("enter", "L", "escape", "right_square_bracket", "enter"),
)


def test_no_text_reaches_the_terminal_as_what_it_obeys(tmp_path):
    visit = Visit(Homes(tmp_path, "http://127.0.0.1:9"), Route("MarkCard", KEYS), SIZES["wide"], "")
    visit.run(["paste"])
    assert visit.told.problems == []
    assert visit.told.output.foreign == []
    assert visit.told.output.classes["copied"] > 0
    assert {each.partition("/")[0] for each in visit.told.screens} >= SEEN


def test_every_screen_is_visited_by_the_benchmark():
    assert {route.screen for route in ROUTES} == screens().keys()


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_sequences_are_found_in_pieces_of_any_size(size):
    written = "".join(f"text {each}\r\n" for each in SEQUENCES[:-1]) + "\u202e\ud800"
    output, data = Output(), written.encode("utf-8", "surrogatepass")
    for start in range(0, len(data), size):
        output.feed(data[start : start + size])
    assert len(output.foreign) >= len(SEQUENCES)
    assert sum(output.classes.values()) == len(data)


def test_what_the_screens_write_is_their_own():
    ours = "\x1b[?1049h\x1b[>1u\x1b[1;1H\x1b[0;38;2;1;2;3mA title\x1b[0m\r\n\x1b]22;default\x07"
    output = Output()
    output.feed(f"{ours}\x1b]52;c;QSBub3Rl\x07".encode())
    assert output.foreign == []
    output.feed(b"\x1b]52;c;G1syShs=\x07")
    assert output.foreign[0].startswith("copied")
    assert EVIL not in output.foreign
