"""Checks find damage without changing anything, and repairs fix what can be fixed."""

import os
import re
from datetime import timedelta

import pytest

from annotator.errors import DamagedFile, LibraryError
from annotator.store import Library
from annotator.store.backup import restore_backup
from builders import MOMENT, make_annotation, make_article, make_extraction, make_page


@pytest.fixture
def place(library, kept):
    (place,) = library.maintenance.articles()
    return place


@pytest.fixture
def marks(library, kept):
    marks = make_annotation(kept, "two three"), make_annotation(kept, "Nine ten")
    library.put(marks)
    return marks


def state_of(folder):
    return {
        path: (path.lstat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in folder.rglob("*")
    }


def problems(examination):
    return {(finding.problem, finding.path.rpartition("/")[2]) for finding in examination.findings}


def spoil_json(file):
    file.write_bytes(b"{")


def remove_second_copy(file):
    file.with_name("annotations.json.bak").unlink()


def damage_second_copy(file):
    file.with_name("annotations.json.bak").write_bytes(b"{")


def leave_a_copy(file):
    file.with_name("annotations 2.json").write_bytes(file.read_bytes())


def leave_half_a_file(file):
    path = file.with_name(".annotator-00.tmp")
    path.write_bytes(b"half")
    os.utime(path, (0, 0))


def open_to_others(file):
    file.chmod(0o644)


def take_from_the_owner(file):
    file.chmod(0o000)


def remove_the_file(file):
    file.unlink()


def unseal(file):
    text = re.sub(r',"digest":"\w+"', "", file.read_text())
    for path in (file, file.with_name("annotations.json.bak")):
        path.write_text(text)


MENDABLE = {
    spoil_json: ("damaged", "annotations.json"),
    remove_the_file: ("missing", "annotations.json"),
    remove_second_copy: ("second-copy", "annotations.json.bak"),
    damage_second_copy: ("second-copy", "annotations.json.bak"),
    leave_a_copy: ("conflict-copy", "annotations 2.json"),
    leave_half_a_file: ("leftover", ".annotator-00.tmp"),
    open_to_others: ("permissions", "annotations.json"),
    take_from_the_owner: ("permissions", "annotations.json"),
    unseal: ("unsealed", "annotations.json"),
}


def test_nothing_is_wrong_with_a_library_that_was_only_used(library, kept, marks, moment):
    library.article(kept.id).remove([marks[0].id], now=moment)
    library.trash(kept.id)
    library.store(make_extraction(kept), make_page(), now=moment)
    maintenance = library.maintenance
    assert [place.is_in_bin for place in maintenance.articles()] == [False, True]
    assert [maintenance.check(place).findings for place in maintenance.articles()] == [(), ()]
    assert maintenance.check_library().findings == ()


@pytest.mark.parametrize("spoil", MENDABLE)
def test_a_check_finds_the_problem_and_changes_nothing(library, file, marks, place, spoil):
    spoil(file)
    before = state_of(library.folder)
    found = problems(library.maintenance.check(place))
    assert MENDABLE[spoil] in found
    assert state_of(library.folder) == before


@pytest.mark.parametrize("spoil", MENDABLE)
def test_a_repair_fixes_the_problem_and_loses_no_mark(
    library, kept, file, marks, place, spoil, moment
):
    spoil(file)
    library.maintenance.repair(place, now=moment)
    assert library.maintenance.check(place).findings == ()
    assert library.article(kept.id).annotations() == marks


def test_an_article_is_repaired_in_the_trash(library, kept, file, marks, moment):
    library.trash(kept.id)
    (place,) = library.maintenance.articles()
    path = place.path / "annotations.json"
    path.write_bytes(b"{")
    library.maintenance.repair(place, now=moment)
    assert library.maintenance.check(place).findings == ()
    assert library.restore(kept.id).title == kept.title
    assert library.article(kept.id).annotations() == marks


def test_a_missing_record_is_made_from_the_revisions(library, kept, file, place, moment):
    for path in (file, file.with_name("annotations.json.bak")):
        path.unlink()
    library.maintenance.repair(place, now=moment + timedelta(days=9))
    assert library.article(kept.id).record().title == kept.title
    assert library.article(kept.id).record().added == MOMENT  # when the page was fetched
    assert library.article(kept.id).extraction().article == kept


def test_damage_beyond_repair_is_found_again_and_left_unchanged(library, file, place, moment):
    for path in (file, file.with_name("annotations.json.bak")):
        path.write_bytes(b"{")
    library.maintenance.repair(place, now=moment)
    assert ("damaged", "annotations.json") in problems(library.maintenance.check(place))
    assert file.read_bytes() == b"{"


def test_files_that_were_set_aside_are_listed(library, kept, file, place, moment):
    file.write_bytes(b"{")
    leave_a_copy(file.with_name("annotations.json.bak").rename(file.with_name("x")))
    file.with_name("x").rename(file.with_name("annotations.json.bak"))
    library.maintenance.repair(place, now=moment)
    kinds = [name.rpartition("/")[2] for name in library.maintenance.check(place).kept_aside]
    assert [name for name in kinds if ".damaged-" in name]
    assert [name for name in kinds if name.endswith(".merged")]


@pytest.mark.parametrize("suffix", [".json", ".html.zst"])
def test_a_damaged_or_missing_revision_is_found(library, kept, file, place, suffix):
    version = file.parent / "revisions" / f"{kept.revision}{suffix}"
    version.write_bytes(version.read_bytes()[:-9])
    assert problems(library.maintenance.check(place)) == {("damaged", version.name)}
    version.unlink()
    assert problems(library.maintenance.check(place)) == {("missing", version.name)}


def test_a_damaged_revision_is_replaced_by_one_with_the_same_text(library, kept, file, place):
    version = file.parent / "revisions" / f"{kept.revision}.json"
    before = library.article(kept.id).page()
    version.write_bytes(b"")
    (spoilt,) = library.maintenance.damaged_revisions(place)
    assert spoilt.revision == kept.revision
    assert {(page.html, page.url) for page in spoilt.pages} == {(before.html, kept.url)}
    page = spoilt.pages[0]
    assert not spoilt.replace(make_extraction(make_article("Other.")), page)
    assert spoilt.replace(make_extraction(kept), page)
    assert library.article(kept.id).extraction().article == kept


def test_a_damaged_revision_with_an_intact_text_is_accepted(library, kept, file, place):
    version = file.parent / "revisions" / f"{kept.revision}.json"
    version.write_text(version.read_text().replace('"title": "An', '"title": "In'))
    (spoilt,) = library.maintenance.damaged_revisions(place)
    spoilt.accept()
    assert library.article(kept.id).extraction().article.text == kept.text


def test_the_library_s_own_files_are_checked_and_repaired(library, kept):
    (library.folder / "library.json").write_bytes(b"{")
    (library.folder / "articles").chmod(0o755)
    found = problems(library.maintenance.check_library())
    assert found == {("damaged", "library.json"), ("permissions", "articles")}
    library.maintenance.repair_library()
    assert library.maintenance.check_library().findings == ()


def test_a_folder_that_is_not_an_article_is_found(library, kept, file):
    file.parent.with_name(f"{kept.id} 2").mkdir()
    assert problems(library.maintenance.check_library()) >= {("misplaced", f"{kept.id} 2")}


def test_a_read_only_library_is_checked_but_not_repaired(library, kept, tmp_path):
    (library.folder / "library.json").write_text('{"schema": 1000}')
    with Library.open(library.folder, state=tmp_path / "state") as later:
        (place,) = later.maintenance.articles()
        assert later.maintenance.check(place).findings == ()
        with pytest.raises(LibraryError):
            later.maintenance.repair_library()


def test_tidying_merges_copies_and_removes_leftovers_everywhere(library, kept, file, moment):
    other = make_article("Other words.", url="https://example.org/other")
    library.store(make_extraction(other), make_page(), now=moment)
    leave_a_copy(file)
    leave_half_a_file(file)
    file.with_name("annotations 2.json").chmod(0o600)
    assert library.maintenance.tidy() == 2
    assert library.maintenance.check_library().findings == ()
    assert [
        library.maintenance.check(place).findings for place in library.maintenance.articles()
    ] == [()] * 2


def test_tidying_stops_in_time(library, kept):
    assert library.maintenance.tidy(max_seconds=-1) == 0


def test_tidying_leaves_a_read_only_library_alone(library, kept, file, tmp_path):
    (library.folder / "library.json").write_text('{"schema": 1000}')
    leave_a_copy(file)
    with Library.open(library.folder, state=tmp_path / "state") as later:
        assert later.maintenance.tidy() == 0


@pytest.fixture
def backup(library, kept, marks, tmp_path):
    target = tmp_path / "backup.tar.zst"
    library.maintenance.back_up(target)
    return target


def test_a_backup_is_unpacked_completely_or_not_at_all(library, kept, marks, backup, tmp_path):
    restore_backup(backup, tmp_path / "new" / "library")
    with Library.open(tmp_path / "new" / "library", state=tmp_path / "new-state") as again:
        assert again.article(kept.id).annotations() == marks
    backup.write_bytes(backup.read_bytes()[:-9])
    with pytest.raises(DamagedFile):
        restore_backup(backup, tmp_path / "other")
    assert not (tmp_path / "other").exists()
    assert list(tmp_path.glob(".annotator-*")) == []


def test_a_backup_is_not_unpacked_into_a_folder_that_is_not_empty(backup, tmp_path):
    (tmp_path / "mine").mkdir()
    restore_backup(backup, tmp_path / "mine")
    with pytest.raises(LibraryError, match="is not empty"):
        restore_backup(backup, tmp_path / "mine")


def test_a_merged_backup_adds_what_is_missing_and_removes_nothing(
    library, kept, file, marks, backup, moment
):
    new = make_annotation(kept, "Six")
    library.put([new])
    library.article(kept.id).remove([marks[0].id], now=moment)
    (file.parent / "revisions" / f"{kept.revision}.html.zst").unlink()
    done = library.maintenance.merge_backup(backup)
    assert (done.added, done.merged, done.in_bin) == (0, 1, 0)
    assert {mark.id for mark in library.article(kept.id).annotations()} >= {new.id, marks[1].id}
    assert library.article(kept.id).page() == make_page()


def test_a_merged_backup_brings_a_lost_article_back(library, kept, file, marks, backup, tmp_path):
    import shutil

    shutil.rmtree(file.parent)
    with Library.open(library.folder, state=tmp_path / "state") as again:
        assert again.maintenance.merge_backup(backup).added == 1
        assert again.article(kept.id).annotations() == marks


def test_a_merged_backup_leaves_deleted_articles_in_the_trash(library, kept, backup):
    library.trash(kept.id)
    assert library.maintenance.merge_backup(backup).in_bin == 1
    assert library.records() == ()


def test_a_backup_is_not_merged_into_a_read_only_library(library, backup, tmp_path):
    (library.folder / "library.json").write_text('{"schema": 1000}')
    with (
        Library.open(library.folder, state=tmp_path / "state") as later,
        pytest.raises(LibraryError),
    ):
        later.maintenance.merge_backup(backup)
    assert list(library.folder.glob(".annotator-*")) == []


def test_a_library_without_permission_to_write_is_not_open_to_others(library, kept, place):
    for path in sorted(library.folder.rglob("*")):
        path.chmod(path.stat().st_mode & ~0o222)
    maintenance = library.maintenance
    found = (*maintenance.check(place).findings, *maintenance.check_library().findings)
    assert "permissions" not in {each.problem for each in found}
