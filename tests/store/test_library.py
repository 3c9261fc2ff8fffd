"""Stored articles and marks are found by their id, or by a prefix of it."""

from datetime import timedelta
from itertools import pairwise

import pytest
from msgspec.structs import replace

from annotator.errors import AmbiguousId, InvalidInput, NotInLibrary
from annotator.model import Claim, Link, Removal
from annotator.store import Library, questions
from builders import make_annotation, make_article, make_extraction, make_page


def keep(library, text, *, now, url="https://example.org/article", access="full", **metadata):
    article = make_article(text, url=url, **metadata)
    return library.store(make_extraction(article, access=access), make_page(text, url=url), now=now)


def test_an_article_comes_back_as_extracted_and_as_fetched(library, article, moment):
    removal = Removal("meters", "remaining", "A counter of free articles.", "3 left", before=1)
    extraction = make_extraction(article, access="partial", removals=[removal], extractor="7")
    page = replace(make_page("<p>Naïve 漢字 \ud800</p>"), is_truncated=True)

    kept = library.store(extraction, page, now=moment)

    assert kept.outcome == "added"
    assert library.article(article.id).extraction() == extraction
    assert library.article(article.id).page() == page


def test_a_record_has_everything_that_a_list_shows(library, moment):
    kept = keep(library, "One two three.", now=moment, title="A title", byline=("Ada Byron",))
    record = library.article(kept.record.id).record()
    assert record == kept.record
    assert (record.title, record.byline, record.word_count) == ("A title", ("Ada Byron",), 3)
    assert (record.added, record.modified) == (moment, moment)
    assert record.revisions == (record.revision,)


def test_a_reopened_library_is_the_same(library, kept, tmp_path):
    mark = make_annotation(kept, "two three", tags=["a/b"], claim=Claim("It is so."))
    library.put([mark])
    with Library.open(tmp_path / "data", state=tmp_path / "state") as again:
        assert again.records() == library.records()
        assert again.article(kept.id).annotations() == (mark,)


def test_articles_are_listed_newest_first(library, moment):
    for day in (2, 0, 1):
        url, now = f"https://example.org/{day}", moment + timedelta(days=day)
        keep(library, f"Day {day}.", now=now, url=url, title=str(day))
    assert [record.title for record in library.records()] == ["2", "1", "0"]


def test_a_list_ignores_everything_that_is_not_an_article(library, kept):
    (library.folder / "articles" / ".stfolder").mkdir()
    (library.folder / "articles" / "README").write_text("Mine.")
    (library.folder / "articles" / kept.id[:2] / "notes").mkdir()
    (library.folder / "articles" / kept.id[:2] / (kept.id[:2] + "00000000")).mkdir()
    assert [record.id for record in library.records()] == [kept.id]
    assert library.notices == ()


def test_an_invalid_id_is_refused(library, article, moment):
    extraction = make_extraction(replace(article, id="../../etc"))
    with pytest.raises(InvalidInput, match="cannot be an article"):
        library.store(extraction, make_page(), now=moment)
    for lookup in (library.article, library.trash):
        with pytest.raises(NotInLibrary):
            lookup("../../etc")


def test_an_unknown_article_is_not_in_the_library(library):
    article = library.article("0123456789abcdef")
    for read in (article.record, article.extraction, article.page, article.annotations):
        with pytest.raises(NotInLibrary, match="has no article"):
            read()


def test_an_article_is_found_by_a_prefix_of_its_id(library, kept):
    assert library.resolve(kept.id) == kept.id
    assert library.resolve(kept.id[:1]) == kept.id
    assert library.resolve(f" {kept.id[:6].upper()} ") == kept.id


@pytest.mark.parametrize("prefix", ["", " ", "zz", "../", "fa93a699cea47a92f"])
def test_a_prefix_without_a_match_is_not_in_the_library(library, kept, prefix):
    with pytest.raises(NotInLibrary):
        library.resolve(prefix)
    with pytest.raises(NotInLibrary):
        library.annotation(prefix)


def test_a_prefix_of_several_ids_is_ambiguous(library, moment):
    ids = [
        keep(library, f"Text {n}.", now=moment, url=f"https://example.org/{n}").record.id
        for n in range(40)
    ]
    shared = next(i[:1] for i in ids if sum(other[:1] == i[:1] for other in ids) > 1)
    with pytest.raises(AmbiguousId, match="matches several"):
        library.resolve(shared)


def test_a_changed_record_keeps_its_id(library, kept, moment):
    changed = library.article(kept.id).update(
        lambda record: replace(record, id="x", tags=("energy",))
    )
    assert changed.tags == ("energy",)
    assert changed.id == kept.id
    assert library.article(kept.id).record() == changed


def test_a_change_that_fails_leaves_the_record_alone(library, kept):
    before = library.article(kept.id).record()
    with pytest.raises(ZeroDivisionError):
        library.article(kept.id).update(lambda record: replace(record, word_count=1 // 0))
    assert library.article(kept.id).record() == before


def test_marks_are_sorted_by_position_then_by_id(library, kept):
    later = make_annotation(kept, "Nine", id="01a")
    second = make_annotation(kept, "One two", id="01c")
    first = make_annotation(kept, "One two", id="01b")
    library.put([later, second, first])
    assert library.article(kept.id).annotations() == (first, second, later)


def test_a_mark_that_is_put_again_replaces_itself(library, kept):
    mark = make_annotation(kept, "two three", note="Before.")
    library.put([mark, make_annotation(kept, "six".title())])
    library.put([replace(mark, note="After.")])
    assert [mark.note for mark in library.article(kept.id).annotations()] == ["After.", ""]


def test_a_mark_whose_article_is_missing_is_refused_before_any_is_written(library, kept):
    stranger = replace(make_annotation(kept, "Nine"), article_id="f" * 16)
    with pytest.raises(NotInLibrary):
        library.put([make_annotation(kept, "two"), stranger])
    assert library.article(kept.id).annotations() == ()


def test_marks_of_several_articles_can_be_put_together(library, kept, moment):
    keep(library, "Other words.", now=moment, url="https://example.org/other")
    other = make_article("Other words.", url="https://example.org/other")
    marks = [make_annotation(kept, "two"), make_annotation(other, "words")]
    library.put([marks[1], marks[0]])
    assert library.article(kept.id).annotations() == (marks[0],)
    assert library.article(other.id).annotations() == (marks[1],)


def test_the_current_version_of_a_mark_is_revised(library, kept, tmp_path):
    mark = make_annotation(kept, "two three")
    library.put([mark])
    with Library.open(tmp_path / "data", state=tmp_path / "state") as other:
        other.article(kept.id).revise(mark.id, lambda now: replace(now, note="Theirs."))
    revised = library.article(kept.id).revise(mark.id, lambda now: replace(now, tags=("ours",)))
    assert (revised.note, revised.tags) == ("Theirs.", ("ours",))
    assert library.article(kept.id).annotations() == (revised,)


def test_a_deleted_mark_cannot_be_revised(library, kept):
    with pytest.raises(NotInLibrary, match="no longer exists"):
        library.article(kept.id).revise("01kk", lambda now: now)


def test_a_removed_mark_leaves_a_tombstone_until_it_is_put_back(library, kept, file, moment):
    mark, other = make_annotation(kept, "two three"), make_annotation(kept, "Nine")
    library.put([mark, other])

    library.article(kept.id).remove([mark.id, "unknown"], now=moment + timedelta(seconds=1))
    assert library.article(kept.id).annotations() == (other,)
    assert '"removed":"2026-03-14T09:26:54Z"' in file.read_text()
    assert "unknown" not in file.read_text()

    library.put([mark])
    assert {each.id for each in library.article(kept.id).annotations()} == {mark.id, other.id}
    assert '"removed":"' not in file.read_text()


def test_a_mark_is_found_in_any_article_by_a_prefix_of_its_id(library, kept, moment):
    keep(library, "Other words.", now=moment, url="https://example.org/other")
    marks = [
        make_annotation(kept, "two", id="01kaaa1"),
        make_annotation(kept, "Nine", id="01kaab2", links=[Link("supports", "01kbzz")]),
    ]
    library.put(marks)
    assert library.annotation("01kaab") == marks[1]
    assert library.annotation(" 01KAAA1 ") == marks[0]
    with pytest.raises(AmbiguousId, match="01kaaa1, 01kaab2"):
        library.annotation("01kaa")
    with pytest.raises(NotInLibrary):
        library.annotation("01kb")  # the id of a link's target is not the id of a mark


def test_an_id_that_is_a_prefix_of_another_is_not_ambiguous(library, kept):
    marks = [make_annotation(kept, "two", id="01ka"), make_annotation(kept, "Nine", id="01kab")]
    library.put(marks)
    assert library.annotation("01ka") == marks[0]


def test_the_fingerprint_of_an_article_changes_only_with_the_article(library, kept, moment):
    mark = make_annotation(kept, "two")
    seen = [library.article(kept.id).fingerprint]
    library.put([mark])
    seen.append(library.article(kept.id).fingerprint)
    library.article(kept.id).revise(mark.id, lambda now: replace(now, note="x"))
    seen.append(library.article(kept.id).fingerprint)
    library.article(kept.id).remove([mark.id], now=moment)
    seen.append(library.article(kept.id).fingerprint)
    assert len(set(seen)) == 4

    library.article(kept.id).annotations()
    library.article(kept.id).update(lambda record: record)
    assert library.article(kept.id).fingerprint == seen[-1]
    assert library.article("f" * 16).fingerprint is None


def test_the_fingerprint_of_a_library_changes_with_any_article(library, kept, moment):
    seen = [library.fingerprint()]
    library.put([make_annotation(kept, "two")])
    seen.append(library.fingerprint())
    keep(library, "Another.", now=moment, url="https://example.org/another")
    seen.append(library.fingerprint())
    library.trash(kept.id)
    seen.append(library.fingerprint())
    assert all(before != after for before, after in pairwise(seen))

    library.records()
    assert library.fingerprint() == seen[-1]


def test_the_fingerprint_changes_beside_a_folder_that_has_no_file(library, kept):
    (library.folder / "articles" / kept.id[:2] / (kept.id[:2] + "0" * 14)).mkdir()
    before = library.fingerprint()
    library.put([make_annotation(kept, "two")])
    assert library.fingerprint() != before


def test_the_marks_of_each_article_are_counted(library, kept, moment):
    keep(library, "Another.", now=moment, url="https://example.org/another")
    library.put([make_annotation(kept, "two"), make_annotation(kept, "Nine")])
    assert library.ask(questions.marks.mark_counts()) == {kept.id: 2}


def test_changing_an_answer_does_not_change_the_library(library, kept):
    library.put([make_annotation(kept, "two")])
    first = library.article(kept.id).annotations()
    with pytest.raises(AttributeError):
        first[0].note = "x"
    assert library.article(kept.id).annotations() == first
