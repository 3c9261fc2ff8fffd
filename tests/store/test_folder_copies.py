"""Copies of whole folders, and articles of which a machine has only a part, are merged."""

import shutil

import pytest

from annotator.errors import NotInLibrary
from annotator.store import TAG_COLOURS
from builders import make_annotation, make_article, make_extraction, make_page


@pytest.mark.parametrize(
    "name", ["articles/{0} 2", "articles/{0} (1)", "articles/{1} 2/{2}", "articles (1)/{0}"]
)
def test_a_copy_of_an_article_s_folder_is_merged(library, other, kept, file, name):
    library.put([ours := make_annotation(kept, "two")])
    other.put([theirs := make_annotation(kept, "Nine")])
    inside = f"{kept.id[:2]}/{kept.id}"
    copy = library.folder / name.format(inside, kept.id[:2], kept.id)
    shutil.copytree(other.folder / "articles" / inside, copy)
    copy.parent.chmod(0o700)
    [found] = library.maintenance.check_library().findings
    assert (found.problem, library.folder / found.path) == ("conflict-copy", copy)
    library.maintenance.tidy()
    assert {mark.id for mark in library.article(kept.id).annotations()} == {ours.id, theirs.id}
    assert "a copy of the folder of “An article”, was merged" in library.notices[1]
    report = library.maintenance.check_library()
    assert (report.findings, len(report.kept_aside)) == ((), 1)
    assert library.maintenance.article_count() == 1
    library.maintenance.tidy()
    assert len(list(file.parent.glob("*.merged"))) == 1


def test_a_copy_of_a_folder_that_is_not_here_yet_is_left_until_it_is(library, other, kept, file):
    other.put([make_annotation(kept, "two")])
    copy = file.parent.with_name(f"{kept.id} 2")
    shutil.copytree(other.folder / file.parent.relative_to(library.folder), copy)
    text = copy / "revisions" / f"{kept.revision}.json"
    data = text.read_bytes()
    text.unlink()
    library.maintenance.tidy()
    assert copy.is_dir()
    text.write_bytes(data)
    library.maintenance.tidy()
    assert len(library.article(kept.id).annotations()) == 1
    assert not copy.exists()


@pytest.mark.parametrize("name", ["articles backup", "articles-2025", "articles.old"])
def test_a_backup_that_the_user_made_of_the_folder_is_left_alone(library, kept, name):
    shutil.copytree(library.folder / "articles", library.folder / name)
    library.trash(kept.id)
    library.maintenance.tidy()
    assert library.records() == ()


def test_a_copy_of_the_catalog_s_folder_is_merged(library, other, moment):
    library.catalog.put(TAG_COLOURS, {"ours": "#111111"}, now=moment)
    other.catalog.put(TAG_COLOURS, {"theirs": "#222222"}, now=moment)
    shutil.copytree(other.folder / "catalog", library.folder / "catalog 2")
    library.maintenance.tidy()
    assert set(library.catalog.values(TAG_COLOURS)) == {"ours", "theirs"}
    assert (library.folder / "catalog 2.merged").is_dir()


def test_a_copy_of_the_catalog_s_folder_is_left_until_all_of_it_is_here(library, other, moment):
    copy = library.folder / "catalog 2"
    copy.mkdir(mode=0o700)
    library.maintenance.tidy()
    other.catalog.put(TAG_COLOURS, {"theirs": "#222222"}, now=moment)
    shutil.copytree(other.folder / "catalog", copy, dirs_exist_ok=True)
    (file,) = copy.glob("tag_colours.json")
    whole = file.read_bytes()
    file.write_bytes(whole[:20])
    library.maintenance.tidy()
    assert file.read_bytes() == whole[:20]
    file.write_bytes(whole)
    library.maintenance.tidy()
    assert set(library.catalog.values(TAG_COLOURS)) == {"theirs"}
    assert "was merged into it" in library.notices[-1]


@pytest.fixture
def half(library, other, kept, moment):
    """Return an article's id, which one machine moved to the bin while the other marked it."""
    library.put([make_annotation(kept, "Six").at(moment)])
    other.put([make_annotation(kept, "two").at(moment)])
    library.trash(kept.id)
    left = other.folder / "articles" / kept.id[:2] / kept.id
    shutil.rmtree(left / "revisions")
    shutil.copytree(left, library.folder / left.relative_to(other.folder))
    return kept.id


def test_an_article_that_was_deleted_here_and_changed_there_is_complete(library, half):
    library.maintenance.tidy()
    assert {mark.quote for mark in library.article(half).annotations()} == {"two", "Six"}
    assert library.article(half).extraction().article.id == half
    assert library.trashed() == ()
    assert "changed on another" in library.notices[-1]
    assert [each.id for each in library.records()] == [half]


def test_an_article_that_was_deleted_here_and_refreshed_there_has_the_marks_of_both(
    library, other, kept, moment
):
    library.put([make_annotation(kept, "Six")])
    library.trash(kept.id)
    other.put([make_annotation(kept, "two")])
    later = make_article("One two three four five. Six other words.", url=kept.url)
    other.store(make_extraction(later), make_page(), now=moment)
    theirs = other.folder / "articles" / kept.id[:2] / kept.id
    for unchanged in theirs.glob(f"revisions/{kept.revision}.*"):
        unchanged.unlink()  # since this machine has deleted it
    shutil.copytree(theirs, library.folder / theirs.relative_to(other.folder))
    library.maintenance.tidy()
    assert {mark.quote for mark in library.article(kept.id).annotations()} == {"two", "Six"}
    assert library.article(kept.id).extraction(kept.revision).article.text == kept.text


def test_an_article_that_was_deleted_here_and_changed_there_is_read_whole(library, half):
    assert library.article(half).extraction().article.id == half
    assert {mark.quote for mark in library.article(half).annotations()} == {"two", "Six"}
    assert library.trashed() == ()
    with pytest.raises(NotInLibrary):
        library.article(half).extraction("f" * 16)


def test_restoring_completes_an_article_without_its_text(library, half):
    assert library.restore(half).id == half
    assert len(library.article(half).annotations()) == 2
    assert library.article(half).extraction().article.id == half


def test_an_article_that_a_sync_program_is_removing_stays_deleted(library, kept):
    library.trash(kept.id)
    binned = library.folder / "bin" / kept.id / "annotations.json"
    left = library.folder / "articles" / kept.id[:2] / kept.id
    left.mkdir()
    shutil.copy(binned, left)
    library.maintenance.tidy()
    assert library.trashed() == (kept.id,)
    assert not (left / "revisions").exists()
