"""Opening an article at one of its marks."""

import pytest

from annotator.tui.reader.pane import ReadingPane
from builders import make_annotation

LONG = "\n\n".join(f"Paragraph {number} says there were {number}." for number in range(80))


async def test_an_article_opens_at_a_mark_on_which_keys_act(library, keep, visit):
    article = keep(LONG)
    marks = [make_annotation(article, words) for words in ("Paragraph 60", "Paragraph 60 says")]
    library.put(marks)
    async with visit(article, mark_id=marks[1].id) as reader:
        await reader.sees("Paragraph 60 says")
        pane = reader.app.screen.query_one(ReadingPane)
        await reader.until(lambda: pane.selection.mark_id == marks[1].id)
        await reader.press("backspace")
        await reader.sees("Paragraph 0 says")


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
@pytest.mark.parametrize("number", range(5, 11))
async def test_a_mark_just_below_the_first_screen_is_in_view(library, keep, visit, size, number):
    words = "and then it goes on for a while, so that it takes some more lines."
    article = keep("\n\n".join(f"Paragraph {each} says so, {words}" for each in range(40)))
    mark = make_annotation(article, f"Paragraph {number} says")
    library.put([mark])
    async with visit(article, mark_id=mark.id, size=size) as reader:
        await reader.until(
            lambda: reader.app.screen.query_one(ReadingPane).selection.mark_id == mark.id
        )
        await reader.pilot.pause()  # it is fitted to the window only now
        assert f"Paragraph {number} says" in reader.screen


async def test_a_mark_whose_words_are_gone_is_told(library, keep, visit):
    mark = make_annotation(keep("An earlier text, which nobody kept."), "nobody")
    library.put((mark,))
    article = keep(LONG, days=1)
    async with visit(article, mark_id=mark.id) as reader:
        await reader.until(lambda: "words of this mark are not in the text" in reader.toasts)


async def test_a_long_mark_is_shown_in_full(library, keep, visit):
    text = "\n\n".join((*LONG.split("\n\n")[:12], " ".join(["A long sentence goes on."] * 12)))
    article = keep(f"{text}\n\n{LONG}")
    words = " ".join(["A long sentence goes on."] * 12)
    mark = make_annotation(article, words)
    library.put((mark,))
    async with visit(article, mark_id=mark.id, size=(60, 20)) as reader:
        await reader.sees("A long sentence goes on.")
        await reader.until(lambda: reader.screen.count("goes on.") >= 11)
