from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from annotator.model import DEFAULT_KINDS, Anchored, AnchoredMark, Claim, Orphan, Span
from builders import MOMENT, make_annotation, make_article

LATER = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def annotation():
    return make_annotation(make_article("It rained. It stopped."), "It stopped.")


def test_an_annotation_quotes_the_words_that_were_marked(annotation):
    assert annotation.quote == "It stopped."


def test_a_changed_annotation_keeps_the_time_it_was_made(annotation):
    changed = annotation.at(LATER)
    assert changed.modified == LATER
    assert changed.created == annotation.created
    assert annotation.modified == annotation.created


def test_an_anchored_mark_has_a_span(annotation):
    assert AnchoredMark(annotation, Anchored(Span(11, 22), "moved")).span == Span(11, 22)


def test_an_orphan_has_no_span_even_with_a_guess(annotation):
    assert AnchoredMark(annotation, Orphan()).span is None
    assert AnchoredMark(annotation, Orphan(Span(11, 22))).span is None


@pytest.mark.parametrize(
    ("kind", "claim", "status"),
    [
        ("claim", None, "open"),
        ("claim", Claim(status="refuted"), "refuted"),
        ("question", Claim(speaker="Ann Lee"), None),
        ("forecast", Claim(speaker="Ann Lee"), "open"),
        ("evidence", None, None),
    ],
)
def test_a_claim_is_a_mark_of_that_kind_or_of_one_of_the_settings_with_details(
    annotation, kind, claim, status
):
    assert replace(annotation, kind=kind, claim=claim).status == status


@pytest.mark.parametrize("trait", ["name", "key", "colour", "glyph"])
def test_no_two_kinds_share_a_key_glyph_or_colour(trait):
    values = [getattr(kind, trait) for kind in DEFAULT_KINDS]
    assert len(set(values)) == len(values)


def test_a_mark_is_made_a_claim_by_the_first_key():
    assert (DEFAULT_KINDS[0].name, DEFAULT_KINDS[0].key) == ("claim", "1")


def test_the_contents_of_a_mark_are_the_same_whenever_it_was_changed():
    mark = make_annotation(make_article("It rained."), "rained", note="Why?", tags=("a",))
    later = replace(mark.at(MOMENT + timedelta(days=1)), edits=(("note", MOMENT),))
    assert later.modified == MOMENT + timedelta(days=1)
    assert later != mark
    assert later.contents == mark.contents
    assert later.contents.note == "Why?"
    assert replace(mark, note="How?").contents != mark.contents
