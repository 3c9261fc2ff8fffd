"""Settings that are written while one reads: taken over at once, and nothing else moves."""

import pytest

from annotator.tui.reader.article.view import ArticleView
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Draft
from builders import MOMENT, find_span

pytestmark = pytest.mark.slow

STORY = """Costs fell by nine percent in 2023, and the mayor of the town called it a triumph.

In the end the bridge was built. It cost more than anyone had said that it would."""
RED = '[[kinds]]\nname = "claim"\ncolour = "#ff0000"\nglyph = "+"\n'


async def test_width_theme_keys_and_kinds_change_while_the_reader_is_open(
    library, keep, visit, tmp_path
):
    article = keep(STORY)
    span = find_span(article.text, "In the end the bridge was built.")
    annotate.mark(library, article, span, Draft("claim"), now=MOMENT)
    async with visit(article, size=(80, 24)) as reader:
        await reader.sees("◆  In the end")
        (tmp_path / "settings.toml").write_text(
            f'width = 30\ntheme = "paper"\n[keys]\n"reader.about" = "I"\n{RED}'
        )
        await reader.sees("+  In the end", "Settings reloaded.")
        view = reader.app.screen.query_one(ArticleView)
        assert view.article.text == article.text
        assert reader.app.theme == "paper"
        assert "percent in 2023, and the mayor" not in reader.screen
        await reader.press("I")
        await reader.sees("https://example.org/story")


async def test_errors_are_reported_once_and_change_nothing(keep, visit, tmp_path):
    article = keep(STORY)
    async with visit(article, size=(100, 24)) as reader:
        (tmp_path / "settings.toml").write_text("width = 3\n")
        await reader.until(lambda: "Line 1: width is 3" in reader.toasts)
        assert "percent in 2023, and the mayor" in reader.screen
        (tmp_path / "settings.toml").write_text("width = 30\n")
        await reader.until(lambda: "percent in 2023, and the mayor" not in reader.screen)


async def test_the_library_applies_new_settings(keep, visit, tmp_path):
    keep(STORY)
    async with visit() as reader:
        await reader.sees("The story of a bridge")
        (tmp_path / "settings.toml").write_text(
            '[keys]\n"library.add" = "f6"\n"library.nod" = "x"\n'
        )
        await reader.until(lambda: "Unknown key id “library.nod”." in reader.toasts)
        await reader.sees("F6 Add")
        await reader.until(lambda: reader.app.screen._loading.is_finished)
