import pytest

from annotator.errors import InvalidInput, InvalidQuery, NotInLibrary
from annotator.store import SAVED_QUERIES
from annotator.usecases.marks.annotate import Changes, change
from annotator.usecases.queries.saved_queries import (
    SavedQuery,
    forget_query,
    queries_with_lost_tags,
    save_query,
    saved_queries,
    still_asked,
)


def test_saved_queries_are_listed_by_name(library, moment):
    save_query(library, "what Xi said", "speaker:xi status:disputed", now=moment)
    save_query(library, " numbers\n to check ", "  status:open  ", now=moment)
    assert saved_queries(library) == (
        SavedQuery("numbers to check", "status:open"),
        SavedQuery("what Xi said", "speaker:xi status:disputed"),
    )


def test_a_query_saved_under_the_same_name_replaces_the_earlier_one(library, moment, later):
    save_query(library, "open", "status:open", now=moment)
    save_query(library, "open", "status:open kind:claim", now=later)
    assert saved_queries(library) == (SavedQuery("open", "status:open kind:claim"),)


def test_a_query_that_cannot_be_parsed_or_has_no_name_is_not_saved(library, moment):
    with pytest.raises(InvalidQuery):
        save_query(library, "wrong", "status:perhaps", now=moment)
    with pytest.raises(InvalidInput, match="needs a name"):
        save_query(library, "\x1b[31m ", "status:open", now=moment)
    assert saved_queries(library) == ()


def test_what_others_wrote_into_the_file_is_cleaned_and_can_be_forgotten(library, moment, later):
    hostile = {"a\x1b[31mb": "status:open\x07"}
    library.catalog.put(SAVED_QUERIES, hostile, now=moment)
    (found,) = saved_queries(library)
    assert found == SavedQuery("a\ufffd[31mb", "status:open\ufffd")
    forget_query(library, found.name, now=later)
    assert saved_queries(library) == ()


def test_queries_that_ask_for_a_lost_tag_or_one_below_it_are_found(library, moment):
    for name, query in (
        ("grid", "tag:Energy/grid status:open"),
        ("both", "#law or -tag:energy"),
        ("words", "energy"),
    ):
        save_query(library, name, query, now=moment)
    library.catalog.put(SAVED_QUERIES, {"broken": "tag:energy ("}, now=moment)
    found = queries_with_lost_tags(library, ["energy"])
    assert [each.name for each in found] == ["both", "grid"]
    assert still_asked(found) == ("A saved query still asks for the old name: “both”, “grid”.")
    assert still_asked(queries_with_lost_tags(library, ["grid"])) == ""


def test_a_query_for_a_tag_that_is_still_in_use_is_not_lost(library, annotation, moment):
    save_query(library, "food", "tag:Prices", now=moment)
    assert queries_with_lost_tags(library, ["prices"]) == ()
    change(library, [annotation], Changes(removed=annotation.tags), now=moment)
    assert len(queries_with_lost_tags(library, ["prices"])) == 1


def test_a_query_that_was_never_saved_cannot_be_forgotten(library, moment):
    with pytest.raises(NotInLibrary, match="“open”"):
        forget_query(library, "open", now=moment)
