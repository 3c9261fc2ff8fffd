import pytest
from msgspec.structs import replace

from annotator.errors import InvalidInput, NotInLibrary
from annotator.model import ArticleRecord, Link, Span
from annotator.model.identity import id_of_url
from annotator.usecases.marks.annotate import Draft, delete, mark
from annotator.usecases.marks.links import (
    MAX_AROUND,
    ClaimPassage,
    add_link,
    claim_places,
    evidence_tree,
    links_of,
    lost_links,
    passage_of,
    remove_evidence,
    remove_link,
    remove_place,
)
from annotator.usecases.marks.mark_bin import binned_marks, empty_mark_bin
from builders import find_span, make_article, make_extraction, make_page

PAGE = "https://example.org/report"
TEXT = (
    "# Bread\n\nPrices rose by a tenth. Wages did not.\n\nNobody knows why. It rained.\n\nIt ended."
)


@pytest.fixture
def marks(library, moment):
    """Return a mark of each of three articles."""
    return [_marked(library, f"{word} rose by a tenth.", moment) for word in ("One", "Two", "Six")]


def _marked(library, text, moment):
    url = f"https://{text[:3].lower()}.example/story"
    article = make_article(text, url=url)
    library.store(make_extraction(article), make_page(url=url), now=moment)
    return mark(library, article, Span(0, len(text)), Draft(), now=moment)


def _ends(library, annotation):
    found = links_of(library, library.annotation(annotation.id))
    return [(each.relation, each.target, each.is_outgoing, each.state) for each in found]


def _link(library, annotation, link, moment):
    return add_link(library, library.annotation(annotation.id), link, now=moment)


def test_a_link_is_seen_from_both_ends(library, marks, moment):
    one, other, _ = marks
    _link(library, one, Link("opposes", other.id[:-1], "by a tenth"), moment)
    assert _ends(library, one) == [("opposes", other.id, True, "mark")]
    assert _ends(library, other) == [("opposes", one.id, False, "mark")]
    [back] = links_of(library, other)
    assert (back.marked.annotation.id, back.marked.record.id) == (one.id, one.article_id)
    assert back.note == "by a tenth"


def test_links_that_were_made_since_the_mark_was_read_are_seen(library, marks, moment):
    one, other, _ = marks
    _link(library, one, Link("opposes", other.id), moment)
    assert [each.state for each in links_of(library, one)] == ["mark"]


def test_a_link_can_be_made_from_the_end_that_it_leads_to(library, marks, moment):
    one, other, _ = marks
    _link(library, one, Link("supports", other.id, is_reversed=True), moment)
    assert library.annotation(other.id).links == (Link("supports", one.id),)
    assert library.annotation(one.id).links == ()


def test_a_link_is_removed_from_either_end_and_comes_back_when_undone(library, marks, moment):
    one, other, _ = marks
    _link(library, one, Link("opposes", other.id), moment)
    [back] = links_of(library, other)
    step = remove_link(library, other, back, now=moment)
    assert library.annotation(one.id).links == ()
    step.undo(library, now=moment)
    assert library.annotation(one.id).links == (Link("opposes", other.id),)


def test_marks_that_say_the_same_are_linked_once(library, marks, moment):
    one, other, _ = marks
    _link(library, one, Link("same-as", other.id), moment)
    _link(library, other, Link("same-as", one.id, "word for word"), moment)
    assert library.annotation(other.id).links == ()
    assert [each.note for each in links_of(library, other)] == ["word for word"]
    assert len(_ends(library, one)) == len(_ends(library, other)) == 1


def test_a_mark_that_says_the_same_is_unlinked_from_either_end(library, marks, moment):
    one, other, _ = marks
    _link(library, one, Link("same-as", other.id), moment)
    [back] = links_of(library, other)
    remove_link(library, other, back, now=moment)
    assert _ends(library, one) == _ends(library, other) == []


def test_of_two_links_between_marks_only_the_chosen_one_is_removed(library, marks, moment):
    one, other, _ = marks
    _link(library, one, Link("supports", other.id), moment)
    _link(library, one, Link("informs", other.id), moment)
    _link(library, one, Link("supports", other.id, is_reversed=True), moment)
    [back] = [
        each
        for each in links_of(library, other)
        if (each.relation, each.is_outgoing) == ("supports", False)
    ]
    remove_link(library, other, back, now=moment)
    assert library.annotation(one.id).links == (Link("informs", other.id),)
    assert library.annotation(other.id).links == (Link("supports", one.id),)


def test_a_second_link_of_a_relation_replaces_the_first(library, marks, moment):
    one = marks[0]
    for link in (Link("supports", PAGE, "old"), Link("informs", PAGE)):
        _link(library, one, link, moment)
    assert _link(library, one, Link("informs", PAGE), moment).is_empty
    _link(library, one, Link("supports", PAGE, "new"), moment)
    assert library.annotation(one.id).links == (
        Link("informs", PAGE),
        Link("supports", PAGE, "new"),
    )


def test_links_to_nothing_and_to_the_mark_itself_are_refused(library, marks, moment):
    one = marks[0]
    with pytest.raises(NotInLibrary):
        _link(library, one, Link("supports", "javascript:alert(1)"), moment)
    with pytest.raises(InvalidInput, match="itself"):
        _link(library, one, Link("supports", one.id), moment)


def test_a_mark_can_be_supported_by_a_page_and_support_it_too(library, marks, moment):
    one = marks[0]
    _link(library, one, Link("supports", PAGE, is_reversed=True), moment)
    _link(library, one, Link("supports", PAGE), moment)
    assert _ends(library, one) == [
        ("supports", PAGE, False, "page"),
        ("supports", PAGE, True, "page"),
    ]
    remove_link(library, one, links_of(library, library.annotation(one.id))[0], now=moment)
    assert library.annotation(one.id).links == (Link("supports", PAGE),)


def test_a_link_that_both_marks_hold_is_removed_in_one_step(library, marks, moment):
    one, other, _ = marks
    for holder, end in ((one, other), (other, one)):  # as a copy of the library may have it
        library.put([replace(library.annotation(holder.id), links=(Link("same-as", end.id),))])
    [link] = links_of(library, library.annotation(one.id))
    step = remove_link(library, one, link, now=moment)
    assert _ends(library, one) == _ends(library, other) == []
    step.undo(library, now=moment)
    assert library.annotation(one.id).links == (Link("same-as", other.id),)
    assert library.annotation(other.id).links == (Link("same-as", one.id),)


def test_what_is_at_the_end_of_a_link_is_told(library, marks, moment):
    one, binned, gone = marks
    saved = library.article(one.article_id).record().url
    for target in (binned.id, gone.id, PAGE, saved):
        _link(library, one, Link("informs", target), moment)
    library.trash(binned.article_id)
    delete(library, [gone], now=moment)
    found = {each.target: each for each in links_of(library, library.annotation(one.id))}
    assert [each.state for each in found.values()] == ["binned", "deleted", "page", "page"]
    assert found[binned.id].marked.annotation.quote == binned.quote
    assert found[gone.id].marked.annotation.quote == gone.quote
    assert found[PAGE].page is None
    assert found[saved].page.id == one.article_id
    empty_mark_bin(library, binned_marks(library, now=moment), now=moment)
    ends = {link.target: link for link in links_of(library, library.annotation(one.id))}
    assert (ends[gone.id].state, ends[gone.id].marked) == ("missing", None)


def test_an_address_whose_article_is_in_the_bin_is_told(library, marks, moment):
    one, binned, _ = marks
    _link(library, one, Link("informs", library.article(binned.article_id).record().url), moment)
    library.trash(binned.article_id)
    assert [state for *_, state in _ends(library, one)] == ["binned"]


def test_the_marks_of_a_claim_are_found_over_any_number_of_links(library, marks, moment):
    one, two, three = marks
    _link(library, one, Link("same-as", two.id), moment)
    _link(library, three, Link("same-as", two.id), moment)
    places = evidence_tree(library, one).places
    assert {each.annotation.id for each in places} == {one.id, two.id, three.id}


def test_the_tree_has_the_pages_that_speak_for_a_claim(library, marks, moment):
    one, other, _ = marks
    saved = library.article(other.article_id).record()
    for relation, address in (("supports", saved.url), ("opposes", PAGE)):
        _link(library, one, Link(relation, address, is_reversed=True), moment)
    tree = evidence_tree(library, one)
    assert [(each.role, each.page) for each in tree.children] == [
        ("supports", saved),
        ("opposes", ArticleRecord(id_of_url(PAGE), PAGE, "")),
    ]
    assert (tree.supporting.sites, tree.opposing.sites) == (1, 1)


def test_a_mark_that_is_gone_has_no_tree(library, marks, moment):
    _link(library, marks[1], Link("same-as", marks[0].id), moment)
    delete(library, [marks[0]], now=moment)
    with pytest.raises(NotInLibrary):
        evidence_tree(library, marks[0])


def test_a_claim_loses_all_links_to_its_evidence_in_one_step(library, marks, moment):
    one, two, three = marks
    _link(library, two, Link("same-as", one.id), moment)
    _link(library, three, Link("supports", one.id), moment)
    _link(library, three, Link("supports", two.id), moment)
    tree = evidence_tree(library, one)
    step = remove_evidence(library, tree.children[0], tree, now=moment)
    assert evidence_tree(library, one).children == ()
    step.undo(library, now=moment)
    assert len(library.annotation(three.id).links) == 2


def test_a_page_is_no_longer_evidence_once_it_is_removed(library, marks, moment):
    one = marks[0]
    for is_reversed in (True, False):
        _link(library, one, Link("opposes", PAGE, is_reversed=is_reversed), moment)
    tree = evidence_tree(library, one)
    remove_evidence(library, tree.children[0], tree, now=moment)
    assert library.annotation(one.id).links == (Link("opposes", PAGE),)


def test_a_mark_that_no_longer_says_the_same_leaves_the_claim(library, marks, moment):
    one, two, three = marks
    _link(library, one, Link("same-as", two.id), moment)
    _link(library, three, Link("same-as", two.id), moment)
    remove_place(library, evidence_tree(library, one).places, three, now=moment)
    places = evidence_tree(library, one).places
    assert [each.annotation.id for each in places] == [one.id, two.id]


def _places(library, annotation):
    links_of(library, annotation)  # reads what was changed, as the screens do before
    return claim_places(library)


def test_links_to_marks_that_are_neither_there_nor_in_the_bin_are_lost(library, marks, moment):
    one, other, third = marks
    _link(library, one, Link("supports", other.id), moment)
    _link(library, one, Link("informs", third.id), moment)
    assert lost_links(library) == ()
    delete(library, [other], now=moment)
    library.trash(third.article_id)
    assert lost_links(library) == ()
    empty_mark_bin(library, binned_marks(library, now=moment), now=moment)
    assert lost_links(library) == ((one.id, other.id),)


def test_marks_of_one_claim_are_counted(library, marks, moment):
    one, other, third = marks
    assert _places(library, one) == {}
    _link(library, one, Link("same-as", other.id), moment)
    assert _places(library, one) == {one.id: 2, other.id: 2}
    _link(library, third, Link("same-as", other.id), moment)
    assert _places(library, one) == dict.fromkeys((one.id, other.id, third.id), 3)


def test_a_mark_leaves_those_of_its_claim_alone_when_it_is_taken_from_them(library, marks, moment):
    one, other, third = marks
    _link(library, one, Link("same-as", other.id), moment)
    _link(library, other, Link("same-as", third.id), moment)
    _link(library, one, Link("same-as", PAGE), moment)
    places = evidence_tree(library, one).places
    assert len(places) == 3
    remove_place(library, places, library.annotation(one.id), now=moment)
    assert _places(library, one) == {other.id: 2, third.id: 2}
    assert [link.target for link in library.annotation(one.id).links] == [PAGE]


@pytest.fixture
def kept(library, moment):
    """Return a function that keeps a version of a story."""

    def keep(text):
        article = make_article(text)
        library.store(make_extraction(article), make_page(text), now=moment)
        return article

    return keep


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        ("rose by a tenth.", "Prices ", " Wages did not."),
        ("Wages did not.", "Prices rose by a tenth. ", ""),
        ("Prices rose by a tenth. Wages did not.", "", ""),
        ("Wages did not.\n\nNobody knows why.", "Prices rose by a tenth. ", " It rained."),
        ("Wages did not.\n\n", "Prices rose by a tenth. ", ""),
    ],
)
def test_a_passage_is_shown_in_its_paragraphs_and_without_those_beside_them(
    library, kept, moment, words, before, after
):
    article = kept(TEXT)
    made = mark(library, article, find_span(article.text, words), Draft(), now=moment)
    assert passage_of(library, made) == ClaimPassage(before, words.rstrip(), after)


def test_a_long_paragraph_is_cut_between_words_on_both_sides(library, kept, moment):
    article = kept(f"{'before ' * 300}Prices rose.{' after' * 300}")
    made = mark(library, article, find_span(article.text, "Prices rose."), Draft(), now=moment)
    passage = passage_of(library, made)
    assert passage.before.startswith("…before before")
    assert passage.after.endswith("after after…")
    assert MAX_AROUND - 9 < len(passage.before) <= MAX_AROUND
    assert MAX_AROUND - 9 < len(passage.after) <= MAX_AROUND


def test_of_a_passage_that_is_gone_the_remembered_words_are_shown(library, kept, moment):
    article = kept(TEXT)
    made = mark(library, article, find_span(article.text, "Wages did not."), Draft(), now=moment)
    kept("Something else is on the page now, and at another length than before.")
    passage = passage_of(library, made)
    assert (passage.words, passage.is_found) == ("Wages did not.", False)
    assert passage.before.endswith("Prices rose by a tenth. ")
    assert passage.after.startswith("\n\nNobody knows why.")


def test_of_a_text_that_cannot_be_read_the_remembered_words_are_shown(library, kept, moment):
    article = kept(TEXT)
    made = mark(library, article, find_span(article.text, "Wages did not."), Draft(), now=moment)
    for path in (library.folder / "articles").rglob("revisions/*"):
        path.write_bytes(b"{")
    passage = passage_of(library, made)
    assert (passage.words, passage.is_found) == ("Wages did not.", True)
