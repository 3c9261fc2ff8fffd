"""The tour: the main keys on a sample article, one after another."""

import pytest

from annotator.tui.tour import STEPS, TourApp
from annotator.usecases.articles.add import add
from annotator.usecases.articles.sources import sample_articles
from builders import MOMENT

pytestmark = pytest.mark.slow

DONE = (  # in each step but the last: what is waited for, and the keys
    ("Space reads on", "space"),
    ("s takes you", "s"),
    ("sentence", "j enter"),
    ("gives the claim", "t g r i d enter"),
    ("C lists", "C"),
    ("open  #grid", "d down enter"),
    ("checking", "q"),
    ("E writes", "E"),
    ("Esc leaves", "escape"),
    ("u takes back", "u"),
)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_each_step_of_the_tour_is_done_with_its_keys(library, visit, tmp_path, size):
    added = await add(library, sample_articles()[-1], now=MOMENT)
    async with visit(added.record, size=size, kind=TourApp) as reader:
        for number, (words, *pressed) in enumerate(DONE, start=1):
            await reader.sees(f"Tour, {number} of {len(STEPS)}", words)
            for each in pressed:
                await reader.press(*each.split())
        await reader.sees(f"Tour, {len(STEPS)} of")
        [mark] = library.article(added.record.id).annotations()
        assert (mark.kind, mark.tags, mark.status) == ("claim", ("grid",), "open")
        assert not (tmp_path / "notes").exists()
        await reader.press("q")
        await reader.until(lambda: not reader.app.is_running)
