"""A deleted article can be restored with everything that belongs to it."""

import shutil

import pytest
from msgspec.structs import replace

from annotator.errors import Conflict, NotInLibrary
from builders import make_annotation, make_article, make_extraction, make_page


def test_a_deleted_article_leaves_the_library_for_the_trash(library, kept):
    library.trash(kept.id)
    assert library.records() == ()
    assert library.trashed() == (kept.id,)
    assert (library.folder / "bin" / kept.id / "annotations.json").is_file()
    for lookup in (library.resolve, library.trash):
        with pytest.raises(NotInLibrary):
            lookup(kept.id)
    article = library.article(kept.id)
    for read in (article.record, article.annotations, article.extraction, article.page):
        with pytest.raises(NotInLibrary):
            read()
    with pytest.raises(NotInLibrary):
        article.extraction(kept.revision)
    assert library.trashed() == (kept.id,)


def test_a_power_cut_after_a_move_leaves_the_article_in_its_new_place_alone(library, kept, on_disk):
    place = library.folder / "articles" / kept.id[:2]
    library.trash(kept.id)
    assert kept.id in on_disk(library.folder / "bin")
    assert kept.id not in on_disk(place)
    library.restore(kept.id)
    assert kept.id in on_disk(place)
    assert kept.id not in on_disk(library.folder / "bin")


def test_a_deleted_article_cannot_be_marked(library, kept):
    library.trash(kept.id)
    with pytest.raises(NotInLibrary):
        library.put([make_annotation(kept, "two")])
    assert not (library.folder / "articles" / kept.id[:2] / kept.id).exists()


def test_a_restored_article_has_its_marks_and_revisions(library, kept):
    mark = make_annotation(kept, "two three")
    library.put([mark])
    before = (
        library.article(kept.id).record(),
        library.article(kept.id).extraction(),
        library.article(kept.id).page(),
    )
    library.trash(kept.id)

    assert library.restore(kept.id) == before[0]
    assert library.article(kept.id).annotations() == (mark,)
    assert (
        library.article(kept.id).record(),
        library.article(kept.id).extraction(),
        library.article(kept.id).page(),
    ) == before
    assert library.trashed() == ()


def test_the_last_move_to_the_trash_is_taken_back_alone(library, kept, moment):
    library.put([make_annotation(kept, "two", id="01aa", note="Old.")])
    library.trash(kept.id)
    library.store(make_extraction(kept), make_page(), now=moment)
    assert library.article(kept.id).annotations() == ()
    library.put([make_annotation(kept, "two", id="01ab", note="New.")])
    library.trash(kept.id)

    library.put_back(kept.id)
    assert [mark.note for mark in library.article(kept.id).annotations()] == ["New."]
    assert library.trashed() == (kept.id,)
    with pytest.raises(Conflict, match="already in the library"):
        library.put_back(kept.id)
    with pytest.raises(NotInLibrary, match="bin has no article"):
        library.put_back("f" * 16)


def test_an_article_is_restored_with_the_marks_of_all_its_copies(library, kept, moment):
    for note in ("1", "2", "3"):
        library.store(make_extraction(kept), make_page(), now=moment)
        library.put([make_annotation(kept, "two", id=f"01a{note}", note=note)])
        library.trash(kept.id)
    shutil.rmtree(library.folder / "bin" / f"{kept.id}.2")
    (library.folder / "bin" / "README").write_text("Mine.")
    library.restore(kept.id)
    assert {mark.note for mark in library.article(kept.id).annotations()} == {"1", "3"}
    assert library.trashed() == ()


def test_an_article_that_is_deleted_again_takes_the_place_of_no_older_copy(library, kept, moment):
    for note in ("1", "2", "3"):
        library.store(make_extraction(kept), make_page(), now=moment)
        library.put([make_annotation(kept, "two", id=f"01a{note}", note=note)])
        library.trash(kept.id)
        if note == "2":
            shutil.rmtree(library.folder / "bin" / kept.id)
    library.restore(kept.id)
    assert {mark.note for mark in library.article(kept.id).annotations()} == {"2", "3"}


def test_restoring_merges_with_an_article_that_was_added_again(library, kept, moment):
    library.put([make_annotation(kept, "two", id="01aa", tags=("old",))])
    library.article(kept.id).update(lambda record: replace(record, tags=("a",), modified=moment))
    library.trash(kept.id)
    longer = replace(make_article(f"{kept.text} More.", url=kept.url), id=kept.id)
    library.store(make_extraction(longer), make_page(), now=moment)
    library.put([make_annotation(kept, "Six", id="01ab")])
    record = library.restore(kept.id)
    article = library.article(kept.id)
    assert {mark.id for mark in article.annotations()} == {"01aa", "01ab"}
    assert record.tags == ("a",)
    assert set(record.revisions) == {kept.revision, longer.revision}
    assert all(article.extraction(revision) for revision in record.revisions)
    assert library.trashed() == ()
    assert library.maintenance.check(article).findings == ()


def test_a_copy_that_cannot_be_read_stays_in_the_trash(library, kept, moment):
    library.put([make_annotation(kept, "two", id="01aa")])
    library.trash(kept.id)
    binned = library.folder / "bin" / kept.id
    for name in ("annotations.json", "annotations.json.bak"):
        (binned / name).write_bytes(b"nothing")
    library.store(make_extraction(kept), make_page(), now=moment)
    library.restore(kept.id)
    assert library.article(kept.id).annotations() == ()
    assert library.trashed() == (kept.id,)


def test_an_article_that_was_never_deleted_cannot_be_restored(library, kept):
    with pytest.raises(NotInLibrary, match="bin has no article"):
        library.restore("f" * 16)


def test_a_damaged_article_can_be_deleted(library, kept, file):
    file.write_bytes(b"")
    file.with_name("annotations.json.bak").unlink(missing_ok=True)
    library.trash(kept.id)
    assert library.trashed() == (kept.id,)
