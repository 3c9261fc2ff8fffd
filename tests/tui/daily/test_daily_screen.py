"""The daily review, from the library and from the list of claims."""

from datetime import timedelta

import pytest

from annotator.errors import LibraryReadOnly
from annotator.model import Claim, Link
from annotator.settings import Settings
from annotator.store import REVIEWS
from builders import MOMENT, make_annotation

AGE = timedelta(days=20)
QUOTES = ("Costs fell by nine percent", "Nobody asked her why", "The union disagrees")
SIZES = [(60, 20), (160, 50)]


@pytest.fixture
def marks(library, keep):
    """Make three open claims, the second of which opposes the first, and return them."""
    article = keep(days=-30)
    made = []
    for number, quote in enumerate(QUOTES):
        mark = make_annotation(
            article,
            quote,
            id=f"01kz{number:022}",
            claim=Claim(speaker="The mayor"),
            note=f"Note {number}.",
            links=(Link("opposes", made[0].id),) if number == 1 else (),
            created=MOMENT - AGE,
        )
        made.append(mark)
    library.put(made)
    return made


def due(library, mark):
    """Return in how many days a mark is due again."""
    return (library.catalog.values(REVIEWS)[mark.id].due - MOMENT.date()).days


@pytest.mark.parametrize("size", SIZES)
async def test_each_mark_is_shown_with_its_paragraph_and_what_is_known(marks, visit, size):
    async with visit(size=size) as reader:
        await reader.press("D")
        await reader.sees("Daily review", "1 of 3", "Nobody asked", "Note 0.")
        await reader.sees("The story of a bridge", "n Good: in 3 days", "r Again: tomorrow")
        await reader.press("n")
        await reader.sees("2 of 3", "Note 1.")


async def test_a_round_ends_with_what_was_done(marks, library, visit):
    async with visit() as reader:
        await reader.press("D")
        await reader.sees("1 of 3")
        await reader.press("n", "r", "z")
        await reader.sees("Done for today", "3 marks reviewed: 1 good, 1 again, 1 later.")
        await reader.press("n")
        await reader.until(lambda: "The round is over." in reader.toasts)
        await reader.press("q", "D")
        await reader.sees("Done for today", "3 marks reviewed.")
        assert [due(library, each) for each in marks] == [3, 1, 1]
        await reader.press("D")
        await reader.until(lambda: "No other mark is due today." in reader.toasts)


async def test_keys_that_are_typed_ahead_answer_one_mark_each(marks, library, visit):
    async with visit() as reader:
        await reader.press("D")
        await reader.sees("1 of 3")
        screen = reader.app.screen
        for given in ("good", "again", "later"):
            screen.action_answer(given)
        await reader.sees("3 marks reviewed: 1 good, 1 again, 1 later.")
        await reader.until(lambda: len(library.catalog.values(REVIEWS)) == 3)
        assert [due(library, each) for each in marks] == [3, 1, 1]


async def test_an_answer_is_taken_back_by_one_key(marks, library, visit):
    async with visit() as reader:
        await reader.press("D")
        await reader.sees("1 of 3")
        await reader.press("n")
        await reader.sees("2 of 3")
        await reader.press("u")
        await reader.sees("1 of 3", "Note 0.")
        assert marks[0].id not in library.catalog.values(REVIEWS)
        await reader.press("U")
        await reader.sees("2 of 3", "Note 1.")
        assert due(library, marks[0]) == 3


async def test_a_mark_is_judged_without_leaving_the_review(marks, library, visit):
    async with visit() as reader:
        await reader.press("D")
        await reader.sees("1 of 3")
        await reader.press("d", "d")
        await reader.sees("≠ disputed", "n Good: in 16 days")
        await reader.press("t")
        await reader.sees("Type a tag")
        await reader.type("costs")
        await reader.press("enter")
        await reader.sees("#costs")
        await reader.press("u")
        await reader.until(lambda: "#costs" not in reader.screen)
        await reader.press("n", "n", "n")
        await reader.sees("3 marks reviewed: 3 good.", "1 mark changed.")
        await reader.until(lambda: len(library.catalog.values(REVIEWS)) == 3)
        assert library.annotation(marks[0].id).claim.status == "disputed"
        assert due(library, marks[0]) == 16


async def test_the_article_opens_at_the_mark_and_leads_back(marks, visit):
    async with visit() as reader:
        await reader.press("D")
        await reader.sees("1 of 3")
        await reader.press("n", "enter")
        await reader.sees("How it began", "Nobody asked her why")
        await reader.press("q")
        await reader.sees("2 of 3", "Note 1.")


async def test_a_deleted_mark_leaves_the_round_and_comes_back(marks, library, visit):
    async with visit() as reader:
        await reader.press("D")
        await reader.sees("1 of 3")
        await reader.press("x")
        await reader.sees("1 of 2", "Note 1.")
        await reader.press("u")
        await reader.sees("1 of 3", "Note 0.")
        assert len(library.article(marks[0].article_id).annotations()) == 3


async def test_an_answer_that_cannot_be_written_leaves_the_mark_there(marks, library, visit):
    async with visit() as reader:
        await reader.press("D")
        await reader.sees("1 of 3")
        library._access.refuse_changes(LibraryReadOnly, "The library is read-only.", "")
        await reader.press("n")
        await reader.until(lambda: "The library is read-only." in reader.toasts)
        await reader.sees("1 of 3", "Note 0.")


async def test_the_settings_have_the_size_of_a_round(marks, visit):
    async with visit(settings=Settings(daily_marks=2)) as reader:
        await reader.press("D")
        await reader.sees("1 of 2")
        await reader.press("n", "n")
        await reader.sees("Done for today")
        await reader.press("D")
        await reader.sees("Note 2.")


async def test_a_library_without_marks_says_when_one_comes_up(library, visit):
    async with visit() as reader:
        await reader.press("D")
        await reader.sees("No mark is due today.", "on the day after you made it")
        await reader.press("q")
        await reader.sees("Your library is empty.")


async def test_the_list_of_claims_opens_review_and_statistics(marks, visit):
    async with visit() as reader:
        await reader.press("C")
        await reader.sees("Costs fell")
        await reader.press("D")
        await reader.sees("1 of 3")
        await reader.press("q", "I")
        await reader.sees("Statistics", "Last 30 days")
        await reader.press("q")
        await reader.sees("Costs fell")
