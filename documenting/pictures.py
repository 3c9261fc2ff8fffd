"""Takes the pictures for the README: `python -m documenting.pictures`, which `make docs` runs."""

import asyncio
import re
import tempfile
from pathlib import Path

from annotator.model import Link
from annotator.settings import Settings
from annotator.store import Library
from annotator.tui.app import AnnotatorApp
from annotator.usecases.marks.links import add_link
from documenting import ROOT
from documenting.samples import BATTERIES, CLAIM, EELS, EVIDENCE, marked
from documenting.stage import NOW

SIZE = (104, 30)
AT_REST = 0.5  # seconds

_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)  # a picture that loads nothing
_NUMBERED = re.compile(r"terminal-\d+")  # a number of what no eye sees, so that it stays


async def reader(library: Library, state: Path) -> str:
    """Return the reader with a marked article, as SVG."""
    marks = marked(library, *BATTERIES)
    return await _drawn(library, state, "tab", article_id=marks[0].article_id)


async def claims(library: Library, state: Path) -> str:
    """Return the list of claims, at one with evidence for and against, as SVG."""
    marked(library, *BATTERIES)
    marks = marked(library, *EELS)
    for number, relation in EVIDENCE:
        add_link(library, marks[number], Link(relation, marks[CLAIM].id), now=NOW)
    return await _drawn(library, state, screen="claims")


async def _drawn(
    library: Library, state: Path, *keys: str, article_id: str | None = None, screen: str = ""
) -> str:
    """Return the program with an article or a screen open, after some keys."""
    app = AnnotatorApp(library, Settings(), article_id=article_id, state=state, now=lambda: NOW)
    async with app.run_test(size=SIZE) as pilot:
        while not app.has_started:
            await pilot.pause()
        if screen:
            await app.screen.run_action(f"screen('{screen}')")
        await pilot.pause(AT_REST)
        await pilot.press(*keys)
        await pilot.pause(AT_REST)
        drawn = app.export_screenshot(title="annotator")
        return _NUMBERED.sub("terminal", _FONT.sub("", drawn))


if __name__ == "__main__":
    for take in (reader, claims):
        with tempfile.TemporaryDirectory() as name:
            state = Path(name) / "state"
            with Library.open(Path(name) / "data", state=state) as own:
                drawn = asyncio.run(take(own, state))
        (ROOT / "docs" / "pictures" / f"{take.__name__}.svg").write_text(drawn, encoding="utf-8")
