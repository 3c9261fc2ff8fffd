"""Removed passages in the reader: shown, put back, taken out, undone."""

import pytest
from msgspec.structs import replace

from annotator.extract import extract
from annotator.model import Completeness, Page
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Draft
from builders import MOMENT, find_span, make_annotation, make_article

METER = "You have 3 free articles left."
PROSE = (
    "The river had risen in the night, and by morning the lower field was a lake with posts in it.",
    "My uncle looked at it for a while, then went back into the house to make the coffee, as ever.",
    "Nobody in the valley could remember the water as high as that, though the church wall could.",
)
MENU = "<nav><a href=/>Home</a></nav>"


@pytest.fixture
def metered(library):
    """Keep an article from whose page a menu and a counter were removed."""
    story = "".join(f"<p>{text}</p>" for text in (PROSE[0], METER, *PROSE[1:]))
    html = f"<title>The flood</title><body>{MENU}<article><h1>The flood</h1>{story}</article>"
    page = Page("https://herald.example/flood", html, fetched_at=MOMENT)
    extraction = extract(page)
    library.store(extraction, page, now=MOMENT)
    return extraction.article


async def test_removed_passages_are_shown_where_they_stood_and_hidden_again(metered, visit):
    async with visit(metered) as reader:
        assert METER not in reader.screen
        await reader.press("R")
        await reader.sees("┊ Home", f"┊ {METER}", "Free-article counter.")
        lines = [line.strip() for line in reader.screen.splitlines()]
        assert lines.index(f"┊ {METER}") < lines.index(next(x for x in lines if "uncle" in x))
        await reader.press("R")
        await reader.until(lambda: METER not in reader.screen)


async def test_keys_go_from_one_removed_passage_to_the_next(metered, visit):
    async with visit(metered) as reader:
        await reader.press("R", "right_parenthesis")
        await reader.sees("▌ ┊ Home")
        await reader.press("2", "right_parenthesis")
        await reader.sees(f"▌ ┊ {METER}")
        await reader.press("left_parenthesis")
        await reader.until(lambda: f"▌ ┊ {METER}" not in reader.screen)


async def test_the_same_keys_go_to_headings_while_removed_passages_are_hidden(library, visit):
    parts = "".join(f"<h2>Part {number}</h2>{f'<p>{PROSE[0]}</p>' * 9}" for number in "123")
    html = f"<title>The flood</title><body>{MENU}<article>{parts}</article>"
    page = Page("https://herald.example/parts", html, fetched_at=MOMENT)
    extraction = extract(page)
    library.store(extraction, page, now=MOMENT)
    async with visit(extraction.article) as reader:
        await reader.press("right_parenthesis")
        await reader.until(lambda: "Part 2" in reader.screen.splitlines()[1])
        await reader.press("R", "left_parenthesis")
        await reader.sees("▌ ┊ Home")


async def test_a_click_chooses_a_removed_passage(metered, visit):
    async with visit(metered) as reader:
        await reader.press("R")
        await reader.sees(f"┊ {METER}")
        lines = reader.screen.splitlines()
        row = next(at for at, line in enumerate(lines) if METER in line)
        await reader.pilot.click(offset=(lines[row].index(METER), row))
        await reader.sees(f"▌ ┊ {METER}")


async def test_a_key_puts_a_passage_back_and_undo_removes_it_again(metered, visit, library):
    async with visit(metered) as reader:
        await reader.press("R", "9", "right_parenthesis", "plus")
        await reader.until(lambda: METER in library.article(metered.id).extraction().article.text)
        await reader.sees("Restored: “You have 3")
        assert f"┊ {METER}" not in reader.screen
        await reader.press("u")
        await reader.sees(f"┊ {METER}")
        assert library.article(metered.id).record().revision == metered.revision


THREAD = [f"Post {number}. {text}" for number, text in enumerate(PROSE * 3)]


@pytest.fixture
def gutted(library):
    """Keep an article that lost the posts of a thread, with other text above and below them."""
    posts = "".join(f"<div class=comment><p>{text}</p></div>" for text in THREAD)
    story = "".join(f"<p>{text} {number}</p>" for number in range(9) for text in PROSE)
    html = f"<title>The flood</title><body><h1>The flood</h1>{story}<div>{posts}</div>"
    page = Page("https://herald.example/thread", html, fetched_at=MOMENT)
    extraction = extract(page)
    removals = tuple(
        replace(one, may_be_text=one.step == "comments") for one in extraction.removals
    )
    label = Completeness("partial", ("Cleaning removed 40 % of what may be the text.",))
    extraction = replace(extraction, removals=removals, completeness=label)
    library.store(extraction, page, now=MOMENT)
    return extraction.article


async def test_a_label_names_the_key_that_leads_to_what_was_removed(gutted, visit):
    async with visit(gutted) as reader:
        await reader.sees("partial: R shows what was removed", "R Removed")
        await reader.press("R")
        await reader.sees(f"▌ ┊ {THREAD[0][:30]}", "= Restore box")
        await reader.press("backspace")
        await reader.sees("partial: R shows what was removed")


async def test_one_key_restores_a_whole_box_in_its_place_and_one_undoes_it(gutted, visit, library):
    def row_of(words):
        return next(at for at, line in enumerate(reader.screen.splitlines()) if words in line)

    async with visit(gutted) as reader:
        await reader.press("R")
        await reader.sees(f"▌ ┊ {THREAD[0][:30]}")
        row = row_of("Post 0.")
        await reader.press("equals_sign")
        await reader.sees("Restored: 9 passages. Press u to undo.")
        text = library.article(gutted.id).extraction().article.text
        assert all(post in text for post in THREAD)
        assert len(library.article(gutted.id).record().revisions) == 2
        await reader.until(lambda: "┊ Post" not in reader.screen and row_of("Post 0.") == row)
        await reader.press("u")
        await reader.until(lambda: "Undid: restore box, 9 passages" in reader.toasts)
        await reader.until(lambda: "▌ ┊ Post 0." in reader.screen and row_of("Post 0.") == row)
        assert library.article(gutted.id).record().access == "partial"


async def test_the_view_stays_where_one_passage_below_the_text_is_restored(gutted, visit):
    async with visit(gutted) as reader:
        await reader.press("R")
        await reader.sees("▌ ┊ Post 0.")
        await reader.press("5", "right_parenthesis")
        await reader.sees("▌ ┊ Post 5.")
        await reader.press("plus")
        await reader.sees("Restored: “Post 5.")
        await reader.until(lambda: "┊ Post 5." not in reader.screen)
        await reader.sees("┊ Post 4.", "┊ Post 6.")


async def test_a_search_finds_removed_text_while_it_is_shown(gutted, visit):
    async with visit(gutted) as reader:
        await reader.press("slash")
        await reader.type("post 7")
        await reader.sees("0 matches")
        await reader.press("escape", "R", "slash")
        await reader.type("post 7")
        await reader.sees("1 match", "▌ ┊ Post 7.")
        await reader.press("enter")
        await reader.sees("1 of 1")
        await reader.press("plus")
        await reader.sees("Restored: “Post 7.")


async def test_matches_in_removed_and_other_text_are_in_the_order_of_the_page(gutted, visit):
    async with visit(gutted) as reader:
        await reader.press("R", "g", "slash")
        await reader.type("uncle")
        await reader.sees("12 matches")
        await reader.press("enter", "N")
        await reader.sees("12 of 12", "▌ ┊ Post 7.")
        await reader.press("n")
        await reader.sees("1 of 12")
        await reader.until(lambda: "▌ ┊" not in reader.screen)


async def test_marks_can_still_be_undone_after_a_passage_is_put_back(metered, visit, library):
    span = find_span(metered.text, PROSE[2])
    annotate.mark(library, metered, span, Draft(), now=MOMENT)
    async with visit(metered) as reader:
        await reader.press("s", "1", "escape", "R", "9", "right_parenthesis", "plus")
        await reader.sees("Restored: “", "2 marks")
        await reader.press("right_square_bracket", "right_square_bracket")
        await reader.sees("t Tags")
        await reader.press("u", "u")
        await reader.until(lambda: len(library.article(metered.id).annotations()) == 1)


async def test_a_paragraph_is_taken_out_and_the_cursor_stays(metered, visit, library):
    async with visit(metered) as reader:
        await reader.press("s", "j", "minus")
        await reader.sees("Removed: “My uncle")
        assert PROSE[1] not in library.article(metered.id).extraction().article.text
        assert "SENTENCE" in reader.screen
        await reader.press("escape", "R")
        await reader.sees("You removed it from the article.")


async def test_the_cursor_goes_on_after_a_paragraph_is_removed_and_undo_brings_it_back(
    metered, visit
):
    def sentence() -> str:
        passage = view.passage
        return passage.of(view.article.text) if passage else ""

    async with visit(metered) as reader:
        view = reader.app.screen.query_one("ArticleView")
        await reader.press("s", "j")
        before, block = sentence(), view.article.block_at(view.passage.start)
        following = view.article.blocks[block + 1].text
        await reader.press("minus")
        await reader.until(lambda: following.startswith(sentence()) and sentence())
        await reader.press("u")
        await reader.until(lambda: sentence() == before)


@pytest.mark.parametrize(("key", "words"), [("plus", "Press R"), ("minus", "Press s")])
async def test_without_a_passage_a_key_says_how_to_get_to_one(key, words, metered, visit):
    async with visit(metered) as reader:
        await reader.press(key)
        await reader.until(lambda: words in reader.toasts)


async def test_a_removed_passage_that_is_not_visible_is_not_put_back(metered, visit, library):
    async with visit(metered, size=(40, 8)) as reader:
        await reader.press("R", "right_parenthesis", "G", "plus")
        await reader.until(lambda: "Press )" in reader.toasts)
        assert library.article(metered.id).record().revision == metered.revision


async def test_an_article_without_removals_has_nothing_to_show(keep, visit):
    async with visit(keep()) as reader:
        before = reader.screen.splitlines()[:20]
        await reader.press("R")
        assert reader.screen.splitlines()[:20] == before
        await reader.until(lambda: "Nothing was removed" in reader.toasts)


async def test_the_list_of_removed_passages_keeps_up(metered, visit):
    async with visit(metered, size=(160, 30)) as reader:
        await reader.press("R", "9", "right_parenthesis", "L")
        await reader.sees("Removed from the page", "Free-article counter.")
        await reader.press("plus")
        await reader.sees("Restored: ")
        await reader.until(lambda: "Free-article counter." not in reader.screen)


async def test_a_passage_chosen_in_the_list_is_shown_in_its_place_and_can_be_restored(
    metered, visit
):
    async with visit(metered, size=(60, 30)) as reader:
        await reader.press("L", "G", "enter")
        await reader.sees(f"┊ {METER}", "+ Restore")
        await reader.press("plus")
        await reader.sees("Restored: ")


async def test_reattaching_undoes_it_as_well_and_the_text_follows(metered, visit, library):
    lost = make_annotation(make_article("A passage that no version of it has."), "no version")
    library.put((replace(lost, article_id=metered.id),))
    async with visit(metered) as reader:
        await reader.press("R", "9", "right_parenthesis", "plus")
        await reader.sees("Restored: “You have 3")
        await reader.press("M")
        await reader.sees("Reattach marks")
        await reader.press("u")
        await reader.until(lambda: "Undid: restore passage “You have 3" in reader.toasts)
        assert library.article(metered.id).record().revision == metered.revision
        await reader.press("q")
        await reader.sees(f"┊ {METER}")


async def test_a_mark_made_afterwards_is_stored_for_the_new_text(metered, visit, library):
    async with visit(metered) as reader:
        await reader.press("R", "9", "right_parenthesis", "plus")
        await reader.sees("Restored: “You have 3")
        await reader.press("s", "1")
        await reader.sees("◆ claim")
        await reader.until(lambda: library.article(metered.id).annotations())  # it is shown before
        (mark,) = library.article(metered.id).annotations()
        assert mark.target.revision == library.article(metered.id).record().revision
