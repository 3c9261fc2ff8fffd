"""Links by number and by click, footnotes, and horizontal scrolling."""

from annotator.model import Article, Block, Mark, Span
from annotator.tui.reader.article.messages import LinkFollowed
from annotator.tui.reader.article.scene import PaintedMark
from viewing import reading

WORDS = "Read the study or write to us.1 And so on."
PARAGRAPH = Block(
    "paragraph",
    WORDS,
    marks=(
        Mark("link", Span(9, 14), "https://example.org/study"),
        Mark("link", Span(27, 29), "mailto:us@example.org"),
        Mark("footnote_reference", Span(30, 31), "1"),
    ),
)
FILLER = tuple(Block("paragraph", f"Paragraph {n}.") for n in range(40))
NOTE = Block("footnote", "The note says more.", label="1")
ARTICLE = Article("x", "", "", blocks=(PARAGRAPH, *FILLER, NOTE))
CODE = Block("code", "short\n" + "x = " + " + ".join(f"value_{n}" for n in range(20)))
TABLE = Block("table", "\t".join(f"heading_number_{n}" for n in range(9)))


def hrefs(app):
    return [each.href for each in app.told if isinstance(each, LinkFollowed)]


async def click(app, words, *, times=1):
    view = app.view
    offset = view.article.text.index(words)
    await app.pilot.click(view, offset=view.cell(offset), times=times)
    await app.pilot.pause()


async def test_links_show_their_numbers_in_place_and_a_number_follows_one():
    async with reading(ARTICLE, "f") as app:
        assert "Read the 1tudy or write to 2s.3 And so on." in app.lines[0]
        await app.pilot.press("2")
        await app.pilot.pause()
        assert hrefs(app) == ["mailto:us@example.org"]
        assert WORDS[:29] in app.lines[0]


async def test_many_links_have_numbers_of_two_digits():
    marks = tuple(Mark("link", Span(n * 5, n * 5 + 4), f"https://x.org/{n}") for n in range(12))
    article = Article("x", "", "", blocks=(Block("paragraph", "word " * 12, marks=marks),))
    async with reading(article, "f", "1") as app:
        assert hrefs(app) == []
        assert "01rd 02rd" in app.lines[0]
        await app.pilot.press("1")
        await app.pilot.pause()
        assert hrefs(app) == ["https://x.org/10"]
        await app.pilot.press("f", "7", "backspace", "0", "3")
        await app.pilot.press("f", "4", "enter")
        await app.pilot.press("f", "9", "9")
        await app.pilot.pause()
        assert hrefs(app)[1:] == ["https://x.org/2", "https://x.org/3"]


async def test_another_key_hides_the_numbers_and_does_what_it_usually_does():
    async with reading(ARTICLE, "f", "j") as app:
        assert app.view.activity == "read"
        assert app.view.scroll_offset.y == 1
        await app.pilot.press("s", "f", "escape")
        await app.pilot.pause()
        assert app.view.mode == "sentence"
        assert app.view.activity == "sentence"


async def test_a_screen_without_links_is_reported():
    async with reading("No links here.", "f") as app:
        assert hrefs(app) == [None]


async def test_a_footnote_opens_at_the_bottom_of_the_screen_and_nothing_moves():
    async with reading(ARTICLE) as app:
        before = app.lines
        await app.pilot.press("f", "3")
        await app.pilot.pause()
        assert app.view.activity == "note"
        assert "1 The note says more." in app.lines[-1]
        assert set(app.lines[-2].strip()) == {"─"}
        assert app.lines[:-2] == before[:-2]
        assert all(len(line) == 80 for line in app.lines)
        await app.pilot.press("escape")
        await app.pilot.pause()
        assert app.lines == before


async def test_enter_goes_to_a_footnote_whose_link_leads_back_to_the_text():
    async with reading(ARTICLE, "f", "3", "enter") as app:
        assert any("1 The note says more." in line for line in app.lines)
        assert app.view.scroll_offset.y > 0
        await app.pilot.press("f", "1")
        await app.pilot.pause()
        assert any(WORDS in line.replace("¹", "1") for line in app.lines)


async def test_a_footnote_closes_when_the_text_scrolls():
    async with reading(ARTICLE, "f", "3", "space") as app:
        assert app.view.activity == "read"


async def test_a_long_footnote_leaves_half_of_the_screen_to_the_text():
    note = Block("footnote", "words and more words " * 100, label="1")
    async with reading(Article("x", "", "", blocks=(PARAGRAPH, note)), "f", "3") as app:
        assert WORDS in app.lines[0].replace("¹", "1")
        assert app.lines[-1].rstrip().endswith("…")


async def test_a_click_follows_a_link_and_opens_a_footnote():
    async with reading(ARTICLE) as app:
        await click(app, "study")
        assert hrefs(app) == ["https://example.org/study"]
        await click(app, "1 And")
        assert app.view.activity == "note"
        await click(app, "Paragraph 2")
        assert app.view.activity == "read"


async def test_a_click_on_an_open_footnote_does_not_reach_the_text_below():
    async with reading(ARTICLE, "f", "3") as app:
        await app.pilot.click(app.view, offset=(app.view.cell(0)[0] + 3, 23))
        await app.pilot.pause()
        assert app.view.activity == "note"


async def test_a_click_beside_a_link_follows_none():
    text = Block("paragraph", "a link", marks=(Mark("link", Span(2, 6), "https://x.org/"),))
    async with reading(Article("x", "", "", blocks=(text,))) as app:
        await app.pilot.click(app.view, offset=(app.view.cell(0)[0] + 20, 0))
        await app.pilot.pause()
        assert hrefs(app) == []


# sideways


async def test_code_scrolls_sideways_while_the_rest_stays():
    async with reading(Article("x", "", "", blocks=(PARAGRAPH, CODE, *FILLER))) as app:
        assert WORDS in app.lines[0].replace("¹", "1")
        assert "value_5" in app.lines[3]
        assert "value_9" not in app.lines[3]
        await app.pilot.press("5", "right")
        await app.pilot.pause()
        assert "value_9" in app.lines[3]
        assert "value_0" not in app.lines[3]
        assert WORDS in app.lines[0].replace("¹", "1")
        await app.pilot.press("9", "9", "left")
        await app.pilot.pause()
        assert "x = value_0" in app.lines[3]


async def test_code_folds_by_a_key_and_unfolds_again():
    async with reading(Article("x", "", "", blocks=(CODE,)), "z") as app:
        assert any("value_19" in line for line in app.lines)
        await app.pilot.press("z")
        await app.pilot.pause()
        assert not any("value_19" in line for line in app.lines)


async def test_a_caret_at_the_side_is_brought_into_view():
    async with reading(Article("x", "", "", blocks=(CODE,)), "c", "j", "$") as app:
        assert "value_19" in app.lines[1]
        await app.pilot.press("0")
        await app.pilot.pause()
        assert "x = value_0" in app.lines[1]


async def test_a_click_in_a_table_scrolled_sideways_hits_the_letter_under_it():
    async with reading(Article("x", "", "", blocks=(TABLE,)), "5", "right") as app:
        at = (app.lines[0].index("heading_number_3"), 0)
        await app.pilot.double_click(app.view, offset=at)
        await app.pilot.pause()
        assert app.view.selected_text == "heading_number_3"


async def test_a_mark_that_is_scrolled_out_sideways_keeps_its_sign():
    article = Article("x", "", "", blocks=(CODE,))
    span = Span(article.text.index("value_19"), len(article.text))
    async with reading(article, marks=[PaintedMark("m", span, "#e5b83a", "◆")]) as app:
        assert "◆" in app.lines[1]
