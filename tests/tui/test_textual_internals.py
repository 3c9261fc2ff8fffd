"""The private parts of Textual that the screens use are still in their place."""

from contextlib import suppress

import pytest
from textual.app import App
from textual.binding import Binding
from textual.content import Content
from textual.dom import DOMNode
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import WorkerFailed

from annotator.tui import textual_internals as internals


class Bell(App):
    """Counts how often a key was pressed."""

    CSS = ".part { color: #ff0000; } Widget .inner { color: #00ff00; }"
    BINDINGS = [Binding("a", "ring", show=False), Binding("b", "ring", show=False)]  # noqa: RUF012

    rung = 0

    def action_ring(self) -> None:
        self.rung += 1


async def test_bindings_that_are_set_replace_those_of_the_class():
    app = Bell()
    assert {"a", "b"} <= {binding.key for binding in internals.bindings_of(app)}
    internals.set_bindings(app, [Binding("z", "ring", show=False)])
    async with app.run_test() as pilot:
        await pilot.press("a", "b", "z")
    assert app.rung == 1


async def test_an_app_has_a_driver_while_it_runs():
    app = Bell()
    assert internals.driver_of(app) is None
    async with app.run_test():
        internals.driver_of(app).write("")


async def fail() -> None:
    raise LookupError("nobody foresaw this")


@pytest.mark.parametrize(
    "begin", [lambda app: app.call_later(fail), lambda app: app.run_worker(fail)]
)
async def test_the_error_that_ended_an_app_is_kept(begin):
    app = Bell()
    with suppress(LookupError, WorkerFailed):
        async with app.run_test() as pilot:
            begin(app)
            await pilot.pause()
    assert isinstance(internals.failure_of(app), LookupError)


async def test_a_part_that_is_adopted_is_styled_as_if_it_were_mounted():
    async with Bell().run_test() as pilot:
        parent, part = Widget(), DOMNode(classes="inner")
        await pilot.app.mount(parent)
        internals.adopt(part, parent)
        pilot.app.stylesheet.apply(part)
        assert part.styles.color.hex == "#00FF00"


async def test_component_styles_are_kept_by_name_and_looked_up_there():
    async with Bell().run_test() as pilot:
        widget, part = Widget(), DOMNode(classes="part")
        await pilot.app.mount(widget)
        pilot.app.stylesheet.apply(part)
        internals.component_styles(widget)["part"] = part.styles
        assert widget.get_component_styles("part").color.hex == "#FF0000"


def test_the_parser_turns_what_a_terminal_sends_into_keys():
    parser = internals.XTermParser()
    assert [event.key for event in parser.feed("a\x1b[B")] == ["a", "down"]


async def test_notifications_of_one_severity_are_removed_and_others_stay():
    async with Bell().run_test(notifications=True) as pilot:
        pilot.app.notify("Done.")
        pilot.app.notify("Look out!", severity="warning")
        await pilot.pause()
        toasts = [*pilot.app.screen.query("Toast")]
        internals.forget_notifications(pilot.app, "information")
        assert [each.message for each in pilot.app._notifications] == ["Look out!"]
        await pilot.pause()
        assert len(pilot.app.screen.query("ToastHolder")) == 1  # Textual would leave both
        internals.forget_notifications(pilot.app)
        await pilot.pause()
        assert len(pilot.app.screen.query("ToastHolder")) == 0
        assert len(toasts) == 2
        assert not any(each._styles_cache._cache for each in toasts)  # Textual would keep the lines


async def test_a_text_that_comes_before_a_widget_is_idle_has_the_room_that_it_needs():
    class Line(App):
        CSS = "Static { width: auto; }"

        def compose(self):
            yield Static("")

    app = Line()
    async with app.run_test() as pilot:
        line = app.query_one(Static)
        line._layout_required = True  # its screen has laid it out, and it was not idle since
        internals.show_text(line, Content("1 of 3"))
        await pilot.pause()
        assert line.size.width == len("1 of 3")
