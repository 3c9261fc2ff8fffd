"""The proposals of programs: taken, dismissed, edited, opened, and told of where one looks."""

import pytest

from annotator.tui.library.screen import LibraryScreen
from annotator.tui.proposals import ProposalsScreen
from annotator.tui.reader.screen import ReaderScreen
from annotator.usecases.marks.proposals import ProposedMark, number_waiting, propose
from builders import MOMENT

COSTS, WAGES = "Costs fell by nine percent in 2023.", "wages fell as well"


@pytest.fixture
def offered(library, keep):
    """Propose two marks in the story."""
    record = library.article(keep().id).record()
    for quote, fields in (
        (COSTS, {"speaker": "The mayor", "status": "disputed", "tags": ("costs",)}),
        (WAGES, {"kind": "evidence", "note": "See the union."}),
    ):
        wanted = ProposedMark(quote, f"It says {quote[:5]}.", **fields)
        propose(library, record, wanted, by="Scout 1.2", now=MOMENT)
    return record


def marks_of(library, record):
    return library.article(record.id).annotations()


async def look_at_proposals(reader):
    await reader.press("plus")
    await reader.until(lambda: isinstance(reader.app.screen, ProposalsScreen))


async def test_without_proposals_the_screen_says_where_they_come_from(keep, visit):
    keep()
    async with visit() as reader:
        await reader.sees("The story of a bridge")
        assert "proposals" not in reader.screen
        await look_at_proposals(reader)
        await reader.sees("No proposals wait.", "annotator mcp --allow propose")


async def test_a_proposal_is_shown_in_its_text_with_who_proposes_what_and_why(offered, visit):
    async with visit() as reader:
        await reader.sees("2 proposals, +")
        await look_at_proposals(reader)
        await reader.sees(COSTS, "The mayor called it", "As claim", "Speaker: The mayor")
        await reader.sees(
            "Status: disputed", "#costs", "Why: It says Costs.", "Scout 1.2, in: The story"
        )
        await reader.sees("As evidence", "✎ See the union.", "2 proposals")


async def test_enter_takes_x_dismisses_and_u_takes_that_back(library, offered, visit):
    async with visit() as reader:
        await look_at_proposals(reader)
        await reader.sees("2 proposals")
        await reader.press("enter")
        await reader.until(lambda: "Taken: “Costs fell" in reader.toasts)
        (mark,) = marks_of(library, offered)
        assert (mark.quote, mark.proposed, mark.claim.status) == (COSTS, "Scout 1.2", "disputed")
        await reader.press("x")
        await reader.sees("No proposals wait.")
        await reader.until(lambda: "Dismissed: “wages" in reader.toasts)
        await reader.press("u")
        await reader.sees("1 proposal")
        await reader.press("u")
        await reader.sees("2 proposals")
        assert marks_of(library, offered) == ()
        await reader.press("U")
        await reader.sees("1 proposal")
        assert [mark.proposed for mark in marks_of(library, offered)] == ["Scout 1.2"]


async def test_keys_that_come_fast_take_one_after_the_other(library, offered, visit):
    async with visit() as reader:
        await look_at_proposals(reader)
        await reader.sees("2 proposals")
        await reader.press("enter", "enter", "enter")
        await reader.sees("No proposals wait.")
        await reader.until(lambda: len(marks_of(library, offered)) == 2)
        assert "were left as they are" not in reader.toasts


async def test_several_are_taken_as_one_step(library, offered, visit):
    async with visit() as reader:
        await look_at_proposals(reader)
        await reader.sees("2 proposals")
        await reader.press("V")
        await reader.sees("2 SELECTED", "Take all")
        await reader.press("enter")
        await reader.sees("No proposals wait.")
        await reader.until(lambda: "Taken: 2 proposals." in reader.toasts)
        assert len(marks_of(library, offered)) == 2
        await reader.press("u")
        await reader.until(lambda: number_waiting(library) == 2)
        await reader.sees("As claim", "As evidence")


async def test_details_can_be_changed_before_it_is_taken(library, offered, visit):
    async with visit() as reader:
        await look_at_proposals(reader)
        await reader.sees("2 proposals")
        await reader.press("e")
        await reader.sees("Claim details")
        await reader.type("Costs went down. ")
        await reader.press("enter")
        await reader.until(lambda: marks_of(library, offered))
        (mark,) = marks_of(library, offered)
        assert (mark.claim.statement, mark.claim.speaker) == ("Costs went down.", "The mayor")


async def test_the_article_opens_at_the_passage(offered, visit):
    async with visit() as reader:
        await look_at_proposals(reader)
        await reader.sees("2 proposals")
        await reader.press("o")
        await reader.until(lambda: isinstance(reader.app.screen, ReaderScreen))
        await reader.sees(COSTS)
        await reader.press("q")
        await reader.until(lambda: isinstance(reader.app.screen, ProposalsScreen))


async def test_a_text_that_changed_says_so_and_what_is_gone_is_not_taken(
    library, offered, keep, visit
):
    text = library.article(offered.id).extraction().article.text
    keep(f"{text.replace('Costs fell', 'Costs rose')} Nobody paid.", days=1)
    async with visit() as reader:
        await look_at_proposals(reader)
        await reader.sees("The text has changed since. The quote is not in the stored text")
        await reader.press("V", "enter")
        await reader.sees("1 proposal")
        await reader.until(lambda: "1 left: their words are not in the text" in reader.toasts)
        assert [mark.quote for mark in marks_of(library, offered)] == [WAGES]
        await reader.press("enter")
        await reader.until(lambda: "Open the article, and mark the passage" in reader.toasts)


async def test_it_is_filtered_by_words_and_programs(offered, visit):
    async with visit() as reader:
        await look_at_proposals(reader)
        await reader.press("slash")
        await reader.type("wages")
        await reader.until(lambda: "As claim" not in reader.screen)
        await reader.press("enter", "escape")
        await reader.sees("As claim")


@pytest.mark.parametrize("way", [("D",), ("C",)])
async def test_they_are_reached_from_the_review_and_the_list_of_marks(offered, visit, way):
    async with visit() as reader:
        await reader.sees("The story of a bridge")
        await reader.press(*way)
        await reader.until(lambda: not isinstance(reader.app.screen, LibraryScreen))
        if way == ("D",):
            await reader.sees("2 proposals of programs. + shows them.")
        await look_at_proposals(reader)
        await reader.sees("2 proposals")
        await reader.press("enter", "q")
        if way == ("D",):
            await reader.sees("1 proposal of programs.")
        else:
            await reader.sees("1 mark")


async def test_a_taken_mark_says_who_proposed_it_in_its_details(library, offered, visit):
    async with visit() as reader:
        await look_at_proposals(reader)
        await reader.sees("2 proposals")
        await reader.press("enter")
        await reader.until(lambda: marks_of(library, offered))
        await reader.press("q", "C", "tab")
        await reader.sees("Proposed", "by Scout 1.2")
