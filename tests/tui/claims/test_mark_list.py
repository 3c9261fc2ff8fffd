"""The layout of a list of marks, the names that are offered, and queries as they are typed."""

import pytest

from annotator.model.query_parser import parse
from annotator.store import MarkGroup, MarkListing, SpeakerUse
from annotator.tui.claims.mark_list import MarkLayout, without
from annotator.tui.claims.view import ClaimsView
from annotator.tui.dialogs.saved_queries import QueryPicker
from annotator.tui.dialogs.tag_picker import name_rows
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.rows import Piece
from annotator.tui.widgets.typed_query import finished

GROUPED = MarkListing(
    (11, 12, 13, 14), (MarkGroup("a", "A", 0, 1), MarkGroup("b", "B", 1, 3)), total=4
)
FLAT = MarkListing((11, 12, 13, 14), (MarkGroup("", "", 0, 4),), total=4)

SPEAKERS = (
    SpeakerUse("Xi Jinping", 12, "xi jinping"),
    SpeakerUse("Maxim", 30, "maxim"),
    SpeakerUse("Alexis Xi", 2, "alexis xi"),
)


class Painter:
    """Paints a row as its index and line, a heading as its label."""

    def row(self, index, width):
        return [(Piece(f"{index}{line}"[:width]),) for line in "ab"]

    def heading(self, group, width):
        return (Piece(group.label[:width]),)


def lines(layout):
    drawn = (layout.line(y) for y in range(layout.height))
    return ["".join(text for text, _ in line) for line in drawn]


def test_rows_stand_under_the_headings_of_their_groups():
    layout = MarkLayout(GROUPED, Painter(), 40)
    assert lines(layout) == ["A", "0a", "0b", "", "B", "1a", "1b", "2a", "2b", "3a", "3b"]
    assert [layout.at(y) for y in range(7)] == [None, 0, 0, None, None, 1, 1]
    assert [layout.near(y) for y in (0, 3, 4, 10, 99)] == [0, 1, 1, 3, 3]
    assert (layout.top(1), layout.bottom(1)) == (3, 7)
    assert (layout.top(2), layout.bottom(2)) == (7, 9)


def test_a_list_without_groups_has_no_headings():
    layout = MarkLayout(FLAT, Painter(), 40)
    assert lines(layout)[:3] == ["0a", "0b", "1a"]
    assert MarkLayout(MarkListing(), Painter(), 40).height == 0


def test_a_group_goes_with_its_last_mark():
    left = without(GROUPED, {11, 13})
    assert list(left.numbers) == [12, 14]
    assert [(each.label, each.start, each.count) for each in left.groups] == [("B", 0, 2)]
    assert left.total == 2


def test_what_was_typed_comes_before_the_names_that_it_may_be_short_for():
    assert [row.label for row in name_rows(SPEAKERS, "xi")] == [
        "xi",
        "Xi Jinping",
        "Alexis Xi",
        "Maxim",
    ]
    assert [row.label for row in name_rows(SPEAKERS, "maxim")] == ["Maxim"]
    assert [row.label for row in name_rows((), "New  Name")] == ["New Name"]
    assert [row.label for row in name_rows(SPEAKERS, "", "Maxim")][:2] == ["Maxim", "No name"]


def test_speakers_are_found_with_all_they_said_and_what_of_it_is_disputed():
    picker = QueryPicker(Keymap())
    picker.offer((), SPEAKERS, ())
    queries = [row.query for row in picker.rows("xi j")]
    assert queries == ['speaker:"Xi Jinping"', 'speaker:"Xi Jinping" status:disputed']
    assert all(parse(query) for query in queries)


@pytest.mark.parametrize(
    ("typed", "understood", "is_whole"),
    [
        ("tag:food status:dis", "tag:food status:disputed", True),
        ("status:un", "status:unverifiable", True),
        ("-status:dis", "-status:disputed", True),
        ("-is:read", "-is:read", True),
        ("tag:food -status:", "tag:food", False),
        ("tag:food status:", "tag:food", False),
        ("status:never status:dis", "status:disputed", False),
        ("tag:food status:open", "tag:food status:open", True),
    ],
)
def test_the_start_of_a_value_is_understood_and_only_what_is_left_out_is_told(
    typed, understood, is_whole
):
    view = ClaimsView().typed(typed)
    assert view.query == parse(understood)
    assert (not view.problem) == (not view.mistake) == is_whole
    assert not is_whole or parse(finished(typed)) == view.query
