"""The page that is saved when an article is left is the one that it opens with."""

import pytest

from annotator.model import Removal
from annotator.settings import Settings
from annotator.tui.terminal.driver import filtered
from viewing import strips_of

LONG = "\n\n".join(
    f"Paragraph {number} says a little, and no more than that." for number in range(80)
)


def _cells(strips):
    return [
        [(letter, segment.style) for segment in strip for letter in segment.text]
        for strip in strips
    ]


@pytest.mark.parametrize("keys", [(), ("space", "j"), ("G",), ("s", "j", "enter", "escape")])
@pytest.mark.parametrize("theme", ["night", "paper", "nord"])
async def test_it_is_the_same_in_every_cell(visit, keep, keys, theme):
    article, settings = keep(LONG), Settings(theme=theme)
    async with visit(article, settings=settings) as reader:
        await reader.press(*keys)
        screen = reader.app.screen
        saved = _cells(filtered(screen, screen.opening))
        await reader.press("q")
    async with visit(article, settings=settings) as reader:
        assert _cells(strips_of(reader.app)) == saved


async def test_matches_and_selections_are_not_on_it(visit, keep):
    article = keep(LONG)
    async with visit(article) as reader:
        fresh = _cells(reader.app.screen.opening)
        await reader.press("slash", "a", "enter", "c", "escape", "g", "g")
        assert _cells(reader.app.screen.opening) == fresh


@pytest.mark.parametrize("keys", [(), ("space", "j"), ("G",)])
async def test_removed_text_is_hidden_on_it(visit, keep, keys):
    removals = [Removal("nags", "sign-in", "It nags.", "Sign in.", before=at) for at in (0, 1, 40)]
    article = keep(LONG, removals=tuple(removals))
    async with visit(article) as reader:
        await reader.press("R", *keys)
        saved = _cells(reader.app.screen.opening)
        await reader.press("q")
    async with visit(article) as reader:
        assert "Sign in." not in reader.screen
        assert _cells(strips_of(reader.app)) == saved
