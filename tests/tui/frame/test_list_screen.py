"""What the screens with a list share: how they are found, and what is selected in them."""

import asyncio

from annotator.tui.app import SCREENS
from annotator.tui.frame.list_screen import ListScreen, SelectedRows
from annotator.tui.keys.groups import keys_of
from annotator.tui.lists.rows import ChoiceRow, Heading, Piece, Remark, Stack


class SlowList(ListScreen[None], keys="bin"):
    """Reads what is `written` when it begins to, and has read it when its gate is opened."""

    def __init__(self, context):
        super().__init__(context)
        self.written = "before"
        self.shows = ""
        self.gates = []

    async def read(self):
        begun_with, gate = self.written, asyncio.Event()
        self.gates.append(gate)
        await gate.wait()
        self.shows = begun_with


async def test_what_was_read_before_an_edit_is_not_shown_after_it(visit):
    async with visit() as reader:
        screen = SlowList(reader.app.context)
        reader.app.push_screen(screen)
        await reader.until(lambda: screen.gates)
        screen.written = "after"
        later = asyncio.create_task(screen.load())
        while not later.done() or len(screen.gates) < 2:
            for gate in reversed(screen.gates):
                gate.set()
                await reader.pilot.pause()
        await reader.pilot.pause()
        assert screen.shows == "after"


def test_a_screen_is_opened_by_its_name_and_has_the_keys_of_its_place():
    lists = [screen for screen in SCREENS.parts() if screen is not SCREENS.load("reader")]
    for screen in lists:
        assert issubclass(screen, ListScreen)
        name = screen.PLACES[0]
        assert SCREENS.load(name) is screen
        assert set(keys_of(name)) <= set(screen.KEYS)
        assert {binding.id for binding in screen.BINDINGS} == {
            key.id for key in screen.KEYS if key.keys
        }


def test_keys_act_on_the_selected_rows_or_else_on_the_one_under_the_cursor():
    selected = SelectedRows()
    assert selected.or_at("b") == {"b"}
    selected.toggle("a")
    selected.toggle("c")
    assert selected.or_at("b") == {"a", "c"}
    selected.toggle("a")
    assert "a" not in selected
    assert len(selected) == 1


def test_all_listed_rows_are_selected_or_none_if_they_are():
    selected = SelectedRows()
    selected.toggle("a")
    selected.toggle_all(["a", "b"])
    assert selected.keys == {"a", "b"}
    selected.toggle_all(["a"])
    assert not selected.keys


def test_rows_that_are_not_listed_any_more_are_deselected():
    selected = SelectedRows()
    selected.toggle_all(["a", "b"])
    selected.keep(["b", "c"])
    assert selected.keys == {"b"}
    assert selected.clear()
    assert not selected.clear()


def test_the_label_of_a_choice_gives_way_to_its_remark():
    row = ChoiceRow("key", "A label of many words", "12 marks", (Piece(" ● ", "tag"),))
    ((head, label, remark, end),) = row.lines(24)
    assert (head.text, label.text, remark.text, end.text) == (
        " ● ",
        "A label of… ",
        "12 marks",
        " ",
    )
    ((_, whole, *_),) = row.lines(60)
    assert whole.text.rstrip() == "A label of many words"


def test_a_row_is_as_high_as_its_lines_or_as_it_says():
    rows = [Heading("One", air=0), ChoiceRow("a", "A"), Remark("words " * 10), ChoiceRow("b", "B")]
    stack = Stack(rows, 20)
    assert [stack.top(index) for index in range(4)] == [0, 1, 2, 2 + len(rows[2].lines(20))]
    assert stack.height == stack.top(3) + 1
