"""The tree of a claim, opened from the reader, and what its keys do."""

import pytest

from annotator.model import Link, Span
from annotator.tui.lists.list_view import Listing
from annotator.usecases.marks.annotate import Draft, delete, mark
from annotator.usecases.marks.links import add_link, evidence_tree
from builders import MOMENT

PAGE = "https://elsewhere.example/report"


@pytest.fixture
def marks(library, keep):
    """Return a mark on each of three articles: a claim, what supports it, what opposes that."""
    made = []
    for at, words in enumerate(("Costs fell.", "The books say so.", "The books are wrong.")):
        url = f"https://site{at}.example/"
        article = keep(words, url=url, title=f"Article {at}", byline=(f"Author {at}",))
        made.append(mark(library, article, Span(0, len(words)), Draft(), now=MOMENT))
    claim, evidence, objection = made
    link(library, evidence, "supports", claim.id)
    link(library, objection, "opposes", evidence.id)
    return made


def link(library, annotation, relation, target, **how):
    current = library.annotation(annotation.id)
    add_link(library, current, Link(relation, target, **how), now=MOMENT)


@pytest.fixture
def tree(visit, library, marks):
    """Open the tree of the claim."""

    def opened(**how):
        claim = marks[0]
        article = library.article(claim.article_id).extraction().article
        return visit(article, mark_id=claim.id, **how)

    return opened


async def test_the_tree_says_what_supports_and_opposes_a_claim(tree):
    async with tree() as reader:
        await reader.press("A")
        await reader.sees("Supported by 1 site, 1 author.", "+ supports: The books say so.")
        await reader.sees("└─▾", "− opposes: The books are wrong.", "Article 2", "← Fold")


async def test_a_tree_without_branches_offers_no_fold(tree, library, marks):
    delete(library, [marks[2]], now=MOMENT)
    async with tree() as reader:
        await reader.press("A")
        await reader.sees("+ supports: The books say so.", "Unlink")
        assert "Fold" not in reader.screen


async def test_enter_opens_the_article_and_q_leads_back_to_the_tree(tree):
    async with tree() as reader:
        await reader.press("A")
        await reader.sees("The books say so.")
        await reader.press("j", "enter")
        await reader.until(lambda: "Evidence" not in reader.screen)
        await reader.sees("The books say so.")
        await reader.press("q")
        await reader.sees("Evidence", "Supported by 1 site")
        assert "supports" in reader.app.screen.query_one(Listing).key


async def test_a_link_is_removed_and_comes_back(tree, library, marks):
    async with tree() as reader:
        await reader.press("A")
        await reader.sees("The books say so.")
        await reader.press("j", "x")
        await reader.sees("Nothing supports or opposes it yet.")
        await reader.until(lambda: "Link removed" in reader.toasts)
        await reader.press("u")
        await reader.sees("Supported by 1 site")
    assert len(evidence_tree(library, marks[0]).children) == 1


async def test_branches_fold_and_unfold_on_a_small_terminal(tree):
    async with tree(size=(60, 20)) as reader:
        await reader.press("A")
        await reader.sees("wrong")
        await reader.press("j", "left")
        await reader.sees("1 below")
        assert "wrong" not in reader.screen
        await reader.press("right", "right")
        await reader.sees("wrong")
        assert "opposes" in reader.app.screen.query_one(Listing).key
        await reader.press("z")
        await reader.until(lambda: "wrong" not in reader.screen)


async def test_a_claim_of_the_tree_can_have_its_own_tree(tree):
    async with tree() as reader:
        await reader.press("A")
        await reader.sees("The books say so.")
        await reader.press("j", "A")
        await reader.sees("Opposed by 1 site, 1 author.", "Other links", "supports: Costs fell.")
        await reader.press("backspace")
        await reader.sees("Supported by 1 site")


async def test_a_circle_a_page_and_lost_ends_are_told(tree, library, marks):
    claim, _, objection = marks
    link(library, claim, "supports", objection.id)
    link(library, claim, "opposes", PAGE, is_reversed=True)
    gone = mark(
        library,
        library.article(claim.article_id).extraction().article,
        Span(0, 5),
        Draft(),
        now=MOMENT,
    )
    link(library, claim, "informs", gone.id)
    delete(library, [gone], now=MOMENT)
    async with tree() as reader:
        await reader.press("A")
        await reader.sees("↺ a circle", PAGE, "not in the library", "it is in the bin")
        await reader.press("G", "enter")
        await reader.until(lambda: "The mark is in the bin" in reader.toasts)


async def test_a_claim_without_links_says_what_to_do(visit, library, keep):
    article = keep("Costs fell. Nobody asked why.")
    claim = mark(library, article, Span(0, 11), Draft(), now=MOMENT)
    async with visit(article, mark_id=claim.id) as reader:
        await reader.press("A")
        await reader.sees("Nothing supports or opposes it yet.", "Link it to a mark or a page")
        await reader.press("q")
        await reader.sees("Nobody asked why.")


async def test_marks_in_the_bin_are_told_among_the_other_links(tree, library, marks):
    claim, _, objection = marks
    link(library, claim, "informs", objection.id)
    library.trash(objection.article_id)
    async with tree() as reader:
        await reader.press("A")
        await reader.sees("its article is in the bin", "The books are wrong.")
        await reader.press("G", "enter")
        await reader.until(lambda: "Restore it" in reader.toasts)
