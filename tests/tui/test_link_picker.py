"""Linking a mark from the reader: the sentence, the search, the relation, the note."""

import pytest

from annotator.model import Link, Span
from annotator.store import questions
from annotator.tui.dialogs.link_picker import Offered
from annotator.usecases.marks.annotate import Draft, mark
from annotator.usecases.marks.links import add_link
from builders import MOMENT


@pytest.fixture
def marks(library, keep):
    """Return a mark on each of three articles."""
    made = []
    for at, words in enumerate(("Costs fell.", "The books say so.", "The books are wrong.")):
        article = keep(words, url=f"https://site{at}.example/", title=f"Article {at}", days=-at)
        made.append(mark(library, article, Span(0, len(words)), Draft(), now=MOMENT))
    return made


@pytest.fixture
def picker(visit, library, marks):
    """Open the first article at its mark."""
    article = library.article(marks[0].article_id).extraction().article
    return lambda **how: visit(article, mark_id=marks[0].id, **how)


def links(library, annotation):
    return library.annotation(annotation.id).links


async def test_the_dialog_reads_as_a_sentence_and_links_to_the_mark_under_the_cursor(
    picker, library, marks
):
    async with picker() as reader:
        await reader.press("l")
        await reader.sees("This mark  “Costs fell.”", "“The books say so.”", "Article 1")
        await reader.press("tab", "down")
        await reader.sees("“The books are wrong.”")
        await reader.press("enter")
        await reader.until(lambda: links(library, marks[0]))
    assert links(library, marks[0]) == (Link("opposes", marks[2].id),)


async def test_a_relation_can_lead_to_this_mark(picker, library, marks):
    async with picker() as reader:
        await reader.press("l")
        await reader.sees("“The books say so.”")
        await reader.press("tab", "tab", "enter")
        await reader.until(lambda: links(library, marks[1]))
    assert links(library, marks[1]) == (Link("supports", marks[0].id),)


async def test_typing_searches_and_a_note_is_kept(picker, library, marks):
    async with picker() as reader:
        await reader.press("l")
        await reader.sees("“The books say so.”")
        await reader.type("wro")
        await reader.until(lambda: "say so" not in reader.screen)
        await reader.press("ctrl+r")
        await reader.type("plainly")
        await reader.press("enter")
        await reader.until(lambda: links(library, marks[0]))
    assert links(library, marks[0]) == (Link("supports", marks[2].id, "plainly"),)


async def test_marks_that_are_linked_already_are_told(picker, library, marks):
    add_link(library, marks[0], Link("same-as", marks[1].id), now=MOMENT)
    async with picker(size=(60, 20)) as reader:
        await reader.press("l")
        await reader.sees("⇄ says the same as")


async def test_a_page_can_oppose_a_mark(picker, library, marks):
    async with picker() as reader:
        await reader.press("l", *["tab"] * 3)
        await reader.type("https://example.org/x")
        await reader.sees("Press Enter to link to this page.")
        await reader.press("enter")
        await reader.until(lambda: links(library, marks[0]))
    assert links(library, marks[0]) == (Link("opposes", "https://example.org/x", is_reversed=True),)


async def test_suggestions_are_at_the_top_until_something_is_typed(picker, library, marks):
    async with picker() as reader:
        await reader.press("l")
        await reader.sees("“The books say so.”")
        (other,) = library.ask(questions.links.linked_marks([marks[2].id]))
        reader.app.screen.suggest([Offered(other, "shares a word")])
        await reader.sees("Similar claims", "shares a word", "Your marks")
        await reader.type("say")
        await reader.until(lambda: "Similar claims" not in reader.screen)


async def test_a_library_without_other_marks_says_what_to_do(visit, library, keep):
    article = keep("Costs fell. Nobody asked why.")
    claim = mark(library, article, Span(0, 11), Draft(), now=MOMENT)
    async with visit(article, mark_id=claim.id) as reader:
        await reader.press("l")
        await reader.sees("No other marks yet.")
        await reader.press("enter")
        await reader.until(lambda: "Nothing to link to" in reader.toasts)


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (100, 30)])
async def test_words_that_have_no_room_end_with_an_ellipsis(library, keep, visit, size):
    said = ("The operator of the grid said that it had run without any coal " * 4).strip()
    articles = [keep(f"{at} {said}.", url=f"https://{at}.example/") for at in ("One", "Two")]
    for article in articles:
        mark(library, article, Span(0, len(article.text)), Draft(), now=MOMENT)
    [annotation] = library.article(articles[0].id).annotations()
    async with visit(articles[0], mark_id=annotation.id, size=size) as reader:
        await reader.press("l")
        await reader.sees("This mark  “One The operator", "“Two The operator")
        await reader.until(lambda: reader.screen.count("…”") == 2)


async def test_what_is_found_after_the_dialog_was_closed_is_let_go(picker):
    async with picker() as reader:
        await reader.press("l")
        await reader.sees("“The books say so.”")
        dialog = reader.app.screen
        await reader.press("escape")
        await reader.until(lambda: not dialog.is_attached)
        dialog.show_linked(())
        dialog.suggest(())
        await reader.sees("Costs fell.")
