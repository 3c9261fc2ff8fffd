"""Marks of others: found in the text, hostile or not, and adopted with where they are from."""

import pytest

from annotator.errors import InvalidInput
from annotator.store.machine.publish_memory import Guest, PublishMemory
from annotator.usecases.marks.guests import adopt, guests_of

ADDRESS = "https://hypothes.is/a/g1"


def guest(quote, **fields):
    return Guest("g1", "Bob", quote, **{"address": ADDRESS, **fields})


def known(library, article, *guests):
    with PublishMemory(library.state) as memory:
        memory.put_guests("desk", article.id, guests)
    return guests_of(library, article, library.article(article.id).annotations())


def test_guests_are_placed_by_their_words_and_the_words_around_them(library, article):
    placed = known(
        library, article, guest("nowhere at all in it"), guest("Wages did not."), guest("")
    )
    assert [place.span and place.span.of(article.text) for place in placed] == [
        "Wages did not.",
        None,
        None,
    ]


def test_an_adopted_guest_is_a_mark_that_says_whose_it_was(library, article, moment):
    [placed] = known(library, article, guest("Wages did not.", note="So?", tags=("pay",)))
    mark = adopt(library, article, placed, now=moment)
    assert mark.note.startswith("So?\n\n— Bob")
    assert mark.note.endswith(ADDRESS)
    assert (mark.tags, mark.kind, mark.author) == (("pay",), "highlight", "Bob")
    assert known(library, article, placed.guest) == ()


def test_what_others_say_is_one_line_for_the_footer(library, article):
    [placed] = known(library, article, guest("Wages did not.", note="So?\n\nNo.", tags=("pay",)))
    assert placed.words == "Bob: So? No. #pay"


def test_what_was_not_found_is_not_adopted(library, article, moment):
    [placed] = known(library, article, guest("nowhere at all in it"))
    with pytest.raises(InvalidInput, match="not in this text"):
        adopt(library, article, placed, now=moment)
