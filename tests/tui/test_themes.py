"""Our themes can be read by everyone, on every terminal, and stay once they are chosen."""

import pytest
from rich.color import Color as RichColor
from textual.color import Color

from annotator.model import DEFAULT_KINDS
from annotator.settings import Settings
from annotator.tui.reader.article.run_styles import (
    ColorSupport,
    Part,
    RunStyle,
    StyleBlender,
)
from annotator.tui.theming import HIGH, HIGH_CONTRAST, READABLE, THEMES, contrast
from viewing import strips_of

LETTERS = ("foreground", "quiet", "primary", "secondary", "accent", "warning", "error", "success")
GROUNDS = ("background", "surface", "panel", "row", "row-blurred")


def _colour(theme, name):
    return Color.parse(theme.variables.get(name) or getattr(theme, name))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_all_text_is_readable_on_all_backgrounds(theme):
    least = HIGH if theme.name == HIGH_CONTRAST else READABLE
    pairs = [(letters, ground) for letters in LETTERS for ground in GROUNDS]
    pairs += [("background", "primary"), ("block-cursor-foreground", "block-cursor-background")]
    found = {pair: contrast(*(_colour(theme, name) for name in pair)) for pair in pairs}
    assert {pair: round(value, 2) for pair, value in found.items() if value < least} == {}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_marked_text_is_readable_in_the_colour_of_every_kind(theme):
    least = HIGH if theme.name == HIGH_CONTRAST else READABLE
    page = Part(_colour(theme, "foreground"), _colour(theme, "background"))
    styles = StyleBlender(page, lambda _: Part(), ColorSupport(contrast=least))
    for kind in DEFAULT_KINDS:
        for is_current in (False, True):
            style = styles.style(RunStyle(colours=(kind.colour,), is_current=is_current))
            assert style.underline
            ink, paper = (Color.from_rich_color(each) for each in (style.color, style.bgcolor))
            assert contrast(ink, paper) >= least


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_among_sixteen_colours_marks_differ_in_text_or_background(theme):
    page = Part(_colour(theme, "foreground"), _colour(theme, "background"))
    styles = StyleBlender(page, lambda _: Part(), ColorSupport(has_tints=False))
    plain = styles.style(RunStyle())
    marked = [styles.style(RunStyle(colours=(kind.colour,))) for kind in DEFAULT_KINDS]
    assert all(style.underline for style in marked)
    shown = {(_of_sixteen(style.color), _of_sixteen(style.bgcolor)) for style in marked}
    assert len(shown) >= 3
    assert (_of_sixteen(plain.color), _of_sixteen(plain.bgcolor)) not in shown
    for style in marked:
        ink, paper = (Color.from_rich_color(each) for each in (style.color, style.bgcolor))
        assert contrast(ink, paper) >= READABLE - 1.5


def _of_sixteen(colour: RichColor) -> int | None:
    from rich.color import ColorSystem

    return colour.downgrade(ColorSystem.STANDARD).number


async def test_a_theme_chosen_in_the_palette_stays(visit, keep):
    article = keep()
    async with visit(article) as reader:
        assert reader.app.theme == "night"
        await _choose(reader, "paper")
        await reader.until(lambda: reader.app.theme == "paper")
        await reader.press("q")
    async with visit(article) as reader:
        assert reader.app.theme == "paper"


async def test_a_theme_that_the_settings_name_later_overrides_it(visit, keep):
    article = keep()
    async with visit(article, settings=Settings(theme="nord")) as reader:
        await _choose(reader, "paper")
        await reader.until(lambda: reader.app.theme == "paper")
        await reader.press("q")
    async with visit(article, settings=Settings(theme="nord")) as reader:
        assert reader.app.theme == "paper"
    async with visit(article, settings=Settings(theme="dracula")) as reader:
        assert reader.app.theme == "dracula"


async def _choose(reader, name):
    await reader.press("colon")
    await reader.sees("Commands")
    await reader.type(f"theme {name}")
    await reader.until(lambda: f"Theme {name}" in reader.screen)
    await reader.press("enter")


@pytest.fixture
def without_colours(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")


def _segments(reader):
    strips = strips_of(reader.app)
    return [segment for strip in strips for segment in strip if segment.style is not None]


def _reversed(reader) -> str:
    return "".join(segment.text for segment in _segments(reader) if segment.style.reverse)


async def test_without_colours_the_terminal_keeps_its_own(without_colours, visit, keep):
    async with visit(keep()) as reader:
        await reader.press("s", "enter", "tab")
        await reader.sees("Marks")
        inks = {each.style.color for each in _segments(reader)}
        papers = {each.style.bgcolor for each in _segments(reader)}
        assert {each.is_default for each in (inks | papers) - {None}} == {True}


async def test_without_colours_the_current_mark_is_reversed(without_colours, visit, keep):
    async with visit(keep()) as reader:
        await reader.press("s", "j", "enter", "j", "enter")
        await reader.until(lambda: "◆ claim" in reader.screen)
        marked = "".join(each.text for each in _segments(reader) if each.style.underline)
        assert "Costs fell by nine percent in 2023." in marked
        assert "The mayor called it a triumph." in _reversed(reader)
        assert "Costs fell" not in _reversed(reader)


async def test_without_colours_a_row_a_match_and_a_cursor_are_reversed(
    without_colours, visit, keep
):
    keep()
    async with visit() as reader:
        assert "The story of a bridge" in _reversed(reader)
        await reader.press("enter")
        await reader.sees("The mayor")
        await reader.press("slash")
        await reader.type("mayor")
        await reader.sees("1 match")
        assert "mayor" in _reversed(reader)
        cursor = [each.text for each in _segments(reader) if each.style.reverse][-1]
        assert cursor == " "


async def test_without_colours_a_dialog_has_a_frame(without_colours, visit, keep):
    async with visit(keep()) as reader:
        await reader.press("question_mark")
        await reader.sees("╭─", "Keys")
