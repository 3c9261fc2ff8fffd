"""A better copy replaces a worse one, and never the other way round."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from builders import make_annotation, make_article, make_extraction, make_page

FULL = "One two three four five six seven eight nine ten."
LONGER = f"{FULL} Eleven twelve."
SHORT = "One two three."


@pytest.fixture
def keep(library, moment):
    """Return a function that stores copies of one article, each a day after the last."""
    days = iter(range(1_000))

    def keep(text, access="full", *, html="", extractor="1", **metadata):
        article = make_article(text, **metadata)
        extraction = make_extraction(article, access=access, extractor=extractor)
        now = moment + timedelta(days=next(days))
        return library.store(extraction, make_page(html or f"<p>{text}"), now=now)

    return keep


def current(library, kept):
    return library.article(kept.record.id).extraction().article.text


def test_a_longer_text_takes_longer_to_read(library, keep):
    first, second = keep(FULL), keep(f"{FULL} {LONGER * 300}")
    article = library.article(second.record.id).extraction().article
    assert first.record.minutes < second.record.minutes == article.minutes


def test_a_changed_text_becomes_the_current_revision(library, keep):
    first, second = keep(FULL), keep(LONGER)
    assert second.outcome == "revised"
    assert current(library, second) == LONGER
    assert second.record.revisions == (first.record.revision, second.record.revision)
    assert (second.record.word_count, second.record.added) == (12, first.record.added)
    assert second.record.modified > first.record.modified


def test_the_earlier_revision_stays(library, keep):
    first = keep(FULL)
    keep(LONGER)
    assert library.article(first.record.id).extraction(first.record.revision).article.text == FULL
    assert library.article(first.record.id).page(first.record.revision).html == f"<p>{FULL}"


def test_tags_state_and_marks_survive_a_new_revision(library, keep):
    first = keep(FULL)
    library.article(first.record.id).update(
        lambda now: replace(now, tags=("energy",), state="read")
    )
    mark = make_annotation(make_article(FULL), "two three")
    library.put([mark])
    second = keep(LONGER)
    assert (second.record.tags, second.record.state) == (("energy",), "read")
    assert library.article(first.record.id).annotations() == (mark,)


@pytest.mark.parametrize(
    ("old", "new", "text", "outcome"),
    [
        ("full", "full", LONGER, "revised"),
        ("full", "full", SHORT, "kept"),
        ("full", "partial", LONGER, "kept"),
        ("full", "paywalled", LONGER, "kept"),
        ("full", "consent_wall", LONGER, "kept"),
        ("full", "error_page", LONGER, "kept"),
        ("partial", "paywalled", LONGER, "revised"),
        ("partial", "full", LONGER, "revised"),
        ("partial", "full", SHORT, "kept"),
        ("paywalled", "error_page", LONGER, "kept"),
        ("consent_wall", "error_page", LONGER, "kept"),
        ("consent_wall", "partial", SHORT, "revised"),
        ("error_page", "consent_wall", SHORT, "kept"),
        ("error_page", "full", SHORT, "revised"),
        ("error_page", "error_page", SHORT, "kept"),
    ],
)
def test_access_and_length_decide_which_copy_is_better(library, keep, old, new, text, outcome):
    first = keep(FULL, old)
    second = keep(text, new)
    assert second.outcome == outcome
    assert current(library, second) == (text if outcome == "revised" else FULL)
    assert second.record.access == (new if outcome == "revised" else old)
    assert len(second.record.revisions) == 2
    assert library.article(first.record.id).record() == second.record


def test_a_worse_copy_is_stored_as_a_revision(library, keep):
    keep(FULL, title="The title")
    worse = keep("LibraryAccess denied.", "error_page", title="403")
    revision = worse.record.revisions[-1]
    assert worse.record.title == "The title"
    assert worse.record.revision != revision
    assert library.article(worse.record.id).extraction(revision).completeness.access == "error_page"
    assert library.article(worse.record.id).page(revision).html == "<p>LibraryAccess denied."


def test_the_same_worse_copy_again_changes_nothing(library, keep):
    keep(FULL)
    first = keep("LibraryAccess denied.", "error_page")
    signature = library.article(first.record.id).fingerprint
    assert keep("LibraryAccess denied.", "error_page").record == first.record
    assert library.article(first.record.id).fingerprint == signature


def test_the_same_text_changes_nothing(library, keep):
    first = keep(FULL)
    signature = library.article(first.record.id).fingerprint
    second = keep(FULL)
    assert (second.outcome, second.record) == ("unchanged", first.record)
    assert library.article(first.record.id).fingerprint == signature


def test_a_copy_with_the_same_text_may_improve_the_metadata(library, keep):
    first = keep(FULL, "partial", title="", site_name="The Site")
    second = keep(FULL, "full", title="The title", byline=("Ada Byron",), html="<p>New")
    assert second.outcome == "unchanged"
    assert (second.record.title, second.record.access) == ("The title", "full")
    assert second.record.site_name == "The Site"
    assert second.record.modified > first.record.modified
    assert library.article(first.record.id).extraction().article.byline == ("Ada Byron",)
    assert library.article(first.record.id).page().html == "<p>New"


def test_a_copy_with_the_same_text_and_less_access_changes_nothing(library, keep):
    first = keep(FULL, title="The title")
    second = keep(FULL, "paywalled", title="Subscribe!")
    assert (second.outcome, second.record) == ("unchanged", first.record)
    assert library.article(first.record.id).extraction().article.title == "The title"


def test_a_newer_extraction_of_the_same_text_replaces_the_old_one(library, keep):
    first = keep(FULL, extractor="1")
    assert keep(FULL, extractor="2").outcome == "unchanged"
    assert library.article(first.record.id).extraction().extractor == "2"


def test_an_earlier_text_can_become_current_again(library, keep):
    first = keep(FULL)
    keep(LONGER)
    third = keep(FULL)
    assert (third.outcome, current(library, third)) == ("revised", FULL)
    assert len(third.record.revisions) == 2
    assert third.record.word_count == first.record.word_count
