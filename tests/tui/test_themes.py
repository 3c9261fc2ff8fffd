"""Our themes can be read by everyone, on every terminal, and stay once they are chosen."""

import pytest
from rich.color import Color as RichColor
from textual.color import Color

from annotator.model import DEFAULT_KINDS
from annotator.settings import Settings
from annotator.tui.theme import HIGH_CONTRAST, THEMES
from annotator.tui.widgets.article_looks import HIGH, READABLE, Look, Looks, Means, Part, contrast

LETTERS = ("foreground", "quiet", "primary", "secondary", "accent", "warning", "error", "success")
GROUNDS = ("background", "surface", "panel", "row", "row-blurred")


def _colour(theme, name):
    return Color.parse(theme.variables.get(name) or getattr(theme, name))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_all_letters_can_be_read_on_all_grounds(theme):
    least = HIGH if theme.name == HIGH_CONTRAST else READABLE
    pairs = [(letters, ground) for letters in LETTERS for ground in GROUNDS]
    pairs += [("background", "primary"), ("block-cursor-foreground", "block-cursor-background")]
    found = {pair: contrast(*(_colour(theme, name) for name in pair)) for pair in pairs}
    assert {pair: round(value, 2) for pair, value in found.items() if value < least} == {}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_marked_letters_can_be_read_in_every_kinds_colour(theme):
    least = HIGH if theme.name == HIGH_CONTRAST else READABLE
    page = Part(_colour(theme, "foreground"), _colour(theme, "background"))
    looks = Looks(page, lambda _: Part(), Means(contrast=least))
    for kind in DEFAULT_KINDS:
        for is_current in (False, True):
            style = looks.style(Look(colours=(kind.colour,), is_current=is_current))
            assert style.underline
            ink, paper = (Color.from_rich_color(each) for each in (style.color, style.bgcolor))
            assert contrast(ink, paper) >= least


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_among_sixteen_colours_marks_are_told_by_their_letters(theme):
    page = Part(_colour(theme, "foreground"), _colour(theme, "background"))
    looks = Looks(page, lambda _: Part(), Means(has_tints=False))
    plain = looks.style(Look())
    marked = [looks.style(Look(colours=(kind.colour,))) for kind in DEFAULT_KINDS]
    assert all(style.underline and style.bgcolor == plain.bgcolor for style in marked)
    shown = {_of_sixteen(style.color) for style in marked}
    assert len(shown) >= 3
    assert _of_sixteen(plain.bgcolor) not in shown


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


async def test_a_theme_that_the_settings_name_afterwards_goes_before_it(visit, keep):
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
    await reader.sees("What to do")
    await reader.type(f"theme {name}")
    await reader.until(lambda: f"Theme {name}" in reader.screen)
    await reader.press("enter")
