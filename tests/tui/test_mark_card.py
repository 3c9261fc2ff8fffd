"""The card of a mark: its links are followed, removed and put back from there."""

import pytest
from msgspec.structs import replace

from annotator.model import Link, Span
from annotator.usecases.marks.annotate import Draft, delete, mark
from annotator.usecases.marks.links import add_link, links_of
from annotator.usecases.marks.mark_bin import binned_marks, empty_mark_bin
from builders import MOMENT, find_span

TEXT = "Costs fell. Nobody asked why."


@pytest.fixture
def article(keep):
    return keep(TEXT, title="The first")


@pytest.fixture
def claim(library, article):
    return mark(library, article, Span(0, 11), Draft(), now=MOMENT)


@pytest.fixture
def other(library, keep):
    """Return a mark of another article, after a page of other text."""
    far = keep("Long ago.\n\n" * 60 + "Costs rose.", url="https://other.example/", title="Other")
    return mark(library, far, find_span(far.text, "Costs rose."), Draft(), now=MOMENT)


def link(library, annotation, relation, target):
    add_link(library, library.annotation(annotation.id), Link(relation, target), now=MOMENT)


async def test_a_link_is_followed_to_the_mark_and_q_leads_back(
    visit, library, article, claim, other
):
    link(library, other, "opposes", claim.id)
    async with visit(article, mark_id=claim.id) as reader:
        await reader.press("enter")
        await reader.sees("1 link", "is opposed by: Costs rose.", "Other")
        await reader.press("enter")
        await reader.until(lambda: "Long ago." in reader.screen)
        await reader.sees("Costs rose.")
        await reader.press("q")
        await reader.sees("Nobody asked why.")


async def test_a_link_to_a_mark_of_the_same_article_stays_in_the_reader(
    visit, library, article, claim
):
    why = mark(library, article, find_span(TEXT, "Nobody asked why."), Draft(), now=MOMENT)
    link(library, claim, "informs", why.id)
    async with visit(article, mark_id=claim.id) as reader:
        screens = len(reader.app.screen_stack)
        await reader.press("enter")
        await reader.sees("gives context to: Nobody asked why.")
        await reader.press("enter")
        await reader.until(lambda: reader.app.screen.session.marks)
        await reader.press("enter")
        await reader.sees("gets context from: Costs fell.")
        await reader.press("escape")
        assert len(reader.app.screen_stack) == screens


async def test_a_link_that_another_mark_holds_is_removed_and_comes_back(
    visit, library, article, claim, other
):
    link(library, other, "opposes", claim.id)
    async with visit(article, mark_id=claim.id) as reader:
        await reader.press("enter")
        await reader.sees("is opposed by")
        await reader.press("minus")
        await reader.until(lambda: not library.annotation(other.id).links)
        await reader.until(lambda: "Link removed" in reader.toasts)
        await reader.press("u")
        await reader.until(lambda: library.annotation(other.id).links)


async def test_ends_that_are_gone_are_told(visit, library, article, claim, other):
    gone = mark(library, article, Span(12, 18), Draft(), now=MOMENT)
    link(library, claim, "informs", gone.id)
    link(library, claim, "supports", other.id)
    deleted = mark(library, article, Span(12, 18), Draft(), now=MOMENT)
    link(library, claim, "source-of", deleted.id)
    delete(library, [gone], now=MOMENT)
    empty_mark_bin(library, binned_marks(library, now=MOMENT), now=MOMENT)
    delete(library, [deleted], now=MOMENT)
    library.trash(other.article_id)
    assert {each.state for each in links_of(library, library.annotation(claim.id))} == {
        "missing",
        "binned",
        "deleted",
    }
    async with visit(article, mark_id=claim.id) as reader:
        await reader.press("enter")
        await reader.sees(
            "deleted, or never in this library", "its article is in the bin", "it is in the bin"
        )
        await reader.press("enter")
        await reader.until(lambda: "not in this library" in reader.toasts)
        await reader.press("enter", "j", "enter")
        await reader.until(lambda: "Restore it" in reader.toasts)


async def test_the_keys_of_a_card_stay_in_view_on_a_small_terminal(
    visit, library, article, claim, other
):
    for relation in ("supports", "opposes", "informs", "source-of"):
        link(library, claim, relation, other.id)
    async with visit(article, mark_id=claim.id, size=(60, 20)) as reader:
        await reader.press("enter")
        await reader.sees("Enter follow", "Esc close")


async def test_the_card_says_who_made_a_mark_if_it_is_somebody_else(visit, library, article):
    library.ask_author(lambda: "Ann")
    own = mark(library, article, Span(0, 11), Draft(), now=MOMENT)
    library.put([replace(own, id="01bo", author="Bo")])
    async with visit(article, mark_id="01bo") as reader:
        await reader.press("enter")
        await reader.sees("Made", "by Bo")
