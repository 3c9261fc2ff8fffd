"""Marking by the keyboard: from a sentence to a tagged, judged and linked claim."""

from annotator.model import Link
from annotator.tui.reader.article.view import ArticleView
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Draft
from annotator.usecases.marks.links import add_link, links_of, remove_link
from builders import MOMENT, find_span

FIRST = "Costs fell by nine percent in 2023."


def marks(library, article):
    return library.article(article.id).annotations()


def view(reader) -> ArticleView:
    return reader.app.screen.query_one(ArticleView)


async def test_two_keys_mark_a_sentence_as_a_claim(library, keep, visit):
    article = keep()
    async with visit(article) as reader:
        await reader.press("s", "j", "enter")
        await reader.until(lambda: marks(library, article))
    (mark,) = marks(library, article)
    assert (mark.kind, mark.quote) == ("claim", FIRST)


async def test_a_digit_marks_as_that_kind(library, keep, visit):
    article = keep()
    async with visit(article) as reader:
        await reader.press("s", "j", "2")
        await reader.until(lambda: marks(library, article))
    assert marks(library, article)[0].kind == "evidence"


async def test_a_digit_on_a_mark_changes_its_kind(library, keep, visit):
    article = keep()
    async with visit(article) as reader:
        await reader.press("s", "j", "enter")
        await reader.until(lambda: marks(library, article))
        await reader.press("3")
        await reader.until(lambda: marks(library, article)[0].kind == "question")
    assert len(marks(library, article)) == 1


async def test_a_digit_without_a_kind_is_reported(keep, visit):
    async with visit(keep()) as reader:
        await reader.press("s", "9")
        await reader.until(lambda: "No kind of mark has the key 9." in reader.toasts)


async def test_tags_are_typed_created_and_kept(library, keep, visit):
    article = keep()
    async with visit(article) as reader:
        await reader.press("s", "j", "enter", "t")
        await reader.sees("Tags of this mark")
        await reader.type("energy/grid")
        await reader.press("tab")
        await reader.type("costs")
        await reader.press("enter")
        await reader.until(lambda: marks(library, article)[0].tags)
    assert marks(library, article)[0].tags == ("energy/grid", "costs")


async def test_a_few_letters_and_an_arrow_choose_a_tag_that_is_in_use(library, keep, visit):
    article = keep()
    draft = Draft(tags=("energy/grid",))
    annotate.mark(library, article, find_span(article.text, "wages fell"), draft, now=MOMENT)
    async with visit(article) as reader:
        await reader.press("s", "j", "enter", "t")
        await reader.sees("energy/grid")
        await reader.type("gri")
        await reader.press("down", "enter")
        await reader.until(lambda: marks(library, article)[0].tags)
    assert marks(library, article)[0].tags == ("energy/grid",)


async def test_a_mark_like_the_last_one_has_its_kind_and_tags(library, keep, visit):
    article = keep()
    async with visit(article) as reader:
        await reader.press("s", "j", "2", "t")
        await reader.sees("Tags of this mark")
        await reader.type("costs")
        await reader.press("enter")
        await reader.until(lambda: marks(library, article)[0].tags)
        await reader.press("j", "r")
        await reader.until(lambda: len(marks(library, article)) == 2)
    assert [(each.kind, each.tags) for each in marks(library, article)] == [
        ("evidence", ("costs",)),
        ("evidence", ("costs",)),
    ]


async def test_an_existing_mark_is_made_like_the_last_one(library, keep, visit):
    article = keep()
    async with visit(article) as reader:
        await reader.press("s", "3", "j", "2", "t")
        await reader.sees("Tags of this mark")
        await reader.type("costs")
        await reader.press("enter")
        await reader.until(lambda: marks(library, article)[-1].tags)
        await reader.press("k", "r")
        await reader.until(lambda: marks(library, article)[0].tags)
    assert [(each.kind, each.tags) for each in marks(library, article)] == [
        ("evidence", ("costs",)),
        ("evidence", ("costs",)),
    ]


async def test_a_key_that_needs_a_mark_says_so_once(keep, visit):
    async with visit(keep()) as reader:
        await reader.press("t", "t", "t")
        await reader.until(lambda: "No mark here." in reader.toasts)
        assert reader.toasts.count("No mark here.") == 1


async def test_a_note_of_several_lines_is_kept(library, keep, visit):
    article = keep()
    async with visit(article) as reader:
        await reader.press("s", "j", "enter", "a")
        await reader.sees("Ctrl+S save")
        await reader.type("Ask her")
        await reader.press("enter")
        await reader.type("why")
        await reader.press("ctrl+o")
        await reader.until(lambda: marks(library, article)[0].note)
    assert marks(library, article)[0].note == "Ask her\nwhy"


async def test_a_note_is_not_lost_by_one_escape(library, keep, visit):
    article = keep()
    async with visit(article) as reader:
        await reader.press("s", "j", "enter", "a")
        await reader.sees("Ctrl+S save")
        await reader.type("Ask")
        await reader.press("ctrl+g")
        await reader.until(lambda: "Unsaved changes" in reader.toasts)
        await reader.press("ctrl+g")
        await reader.until(lambda: len(reader.app.screen_stack) == 1)
        assert "Unsaved changes" not in reader.toasts
    assert marks(library, article)[0].note == ""


async def test_the_fields_of_a_claim_are_kept(library, keep, visit):
    article = keep()
    async with visit(article) as reader:
        await reader.press("s", "j", "enter", "e")
        await reader.sees("Statement")
        await reader.type("Costs fell")
        await reader.press("tab")
        await reader.type("The mayor")
        await reader.press(
            "tab", "tab", "right", "right", "tab", "right", "right", "right", "tab", "tab"
        )
        await reader.type("no")
        await reader.press("enter")
        await reader.until(lambda: marks(library, article)[0].claim)
    claim = marks(library, article)[0].claim
    assert (claim.statement, claim.speaker, claim.verdict) == ("Costs fell", "The mayor", "no")
    assert (claim.type, claim.status, claim.confidence) == ("statistic", "disputed", None)


async def test_a_mark_is_linked_to_another_one(library, keep, visit):
    article = keep()
    other = annotate.mark(
        library, article, find_span(article.text, "wages fell as well"), Draft(), now=MOMENT
    )
    async with visit(article) as reader:
        await reader.press("s", "j", "enter", "l")
        await reader.sees("wages fell as well")
        await reader.type("wages")
        await reader.press("tab", "enter")
        await reader.until(lambda: marks(library, article)[0].links)
        await reader.press("enter")
        await reader.sees("1 link", "opposes: wages fell as well")
    (link,) = marks(library, article)[0].links
    assert (link.relation, link.target) == ("opposes", other.id)


async def test_a_mark_that_others_link_to_has_the_sign_of_links(library, keep, visit):
    article, other = keep(), keep(url="https://example.org/other")
    claim = annotate.mark(library, article, find_span(article.text, FIRST), Draft(), now=MOMENT)
    passage = find_span(other.text, "wages fell as well")
    source = annotate.mark(library, other, passage, Draft(), now=MOMENT)
    add_link(library, source, Link("opposes", claim.id), now=MOMENT)
    async with visit(article) as reader:
        await reader.sees("⇄")
        await reader.press("right_square_bracket")
        await reader.sees("◆ claim · ⇄")
        await reader.press("tab")
        await reader.until(lambda: reader.screen.count("⇄") == 3)
        remove_link(library, claim, links_of(library, claim)[0], now=MOMENT)
        await reader.press("C")
        await reader.sees("newest article first")
        await reader.press("q")
        await reader.until(lambda: "⇄" not in reader.screen)


async def test_an_unchanged_claim_is_not_a_step_to_undo(library, keep, visit):
    article = keep()
    async with visit(article) as reader:
        await reader.press("s", "j", "enter", "e")
        await reader.sees("Details")
        await reader.press("enter", "u")
        await reader.until(lambda: "Undid: mark" in reader.toasts)
    assert marks(library, article) == ()


async def test_a_mark_is_linked_to_a_page(library, keep, visit):
    article = keep()
    async with visit(article) as reader:
        await reader.press("s", "j", "enter", "l")
        await reader.sees("Link this mark")
        await reader.type("https://example.org/report")
        await reader.press("enter")
        await reader.until(lambda: marks(library, article)[0].links)
    assert marks(library, article)[0].links[0].target == "https://example.org/report"


async def test_deleting_a_mark_is_undone_and_redone(library, keep, visit):
    article = keep()
    async with visit(article) as reader:
        await reader.press("s", "j", "enter", "x")
        await reader.until(lambda: "Deleted: “Costs fell" in reader.toasts)
        assert marks(library, article) == ()
        await reader.press("u")
        await reader.until(lambda: marks(library, article))
        await reader.until(lambda: "Undid: delete “Costs fell" in reader.toasts)
        await reader.press("U")
        await reader.until(lambda: not marks(library, article))
        await reader.press("u", "u", "u")
        await reader.until(lambda: "Nothing to undo." in reader.toasts)
    assert marks(library, article) == ()


async def test_a_passage_is_copied_as_a_quotation_with_its_source(keep, visit):
    async with visit(keep()) as reader:
        await reader.press("s", "j", "y")
        await reader.until(lambda: reader.app.clipboard)
        assert FIRST in reader.app.clipboard
        assert "https://example.org/story" in reader.app.clipboard


async def test_keys_of_a_mark_say_when_there_is_none(keep, visit):
    async with visit(keep()) as reader:
        await reader.press("t")
        await reader.until(lambda: "No mark here" in reader.toasts)


async def test_enter_on_a_mark_shows_its_card_whose_keys_work(library, keep, visit):
    article = keep()
    async with visit(article) as reader:
        await reader.press("s", "j", "enter")
        await reader.until(lambda: marks(library, article))
        await reader.press("enter")
        await reader.sees("Quote", "Made")
        await reader.press("t")
        await reader.sees("Tags of this mark")


async def test_the_ends_of_a_mark_are_moved_by_the_motions_of_the_caret(library, keep, visit):
    article = keep()
    async with visit(article) as reader:
        await reader.press("s", "j", "enter")
        await reader.until(lambda: marks(library, article))
        await reader.press("full_stop")
        await reader.sees("Other end")
        await reader.press("b", "b", "b", "e", "O", "w", "enter")
        await reader.until(lambda: marks(library, article)[0].quote == "fell by nine percent")
        await reader.until(lambda: "Mark moved to “fell by nine percent”." in reader.toasts)
        await reader.press("u")
        await reader.until(lambda: marks(library, article)[0].quote == FIRST)


async def test_a_mark_stays_when_moving_its_ends_is_cancelled(library, keep, visit):
    article = keep()
    async with visit(article) as reader:
        await reader.press("s", "j", "enter")
        await reader.until(lambda: marks(library, article))
        await reader.press("full_stop", "b", "b", "escape", "escape")
        await reader.until(lambda: "The mark stays as it was." in reader.toasts)
    assert marks(library, article)[0].quote == FIRST
