"""Reports of a check of a library and its articles, and merged copies of folders."""

import os
import shutil
import time
from datetime import timedelta

import pytest
from msgspec.structs import replace

from annotator.store import TAG_COLOURS
from annotator.store.articles.revisions import EXTRACTION, PAGE
from annotator.store.format.article_tables import parse_tables, with_rows
from annotator.store.format.table_rows import serialize
from annotator.store.repair import LibraryProblem, check_article, library_problems
from builders import make_annotation, make_article, make_extraction, make_page


@pytest.fixture
def place(library, kept):
    (place,) = library.maintenance.articles()
    return place


@pytest.fixture
def said(library, place):
    """Return a function that gives each problem of the article with its file and sentence."""

    def said():
        report = check_article(place, library.folder)
        return [(one.problem, one.path.rpartition("/")[2], one.sentence) for one in report.findings]

    return said


def test_a_whole_article_is_counted(library, kept, place, moment):
    library.put([make_annotation(kept, "two"), make_annotation(kept, "Nine")])
    other = make_article("Another text.", url=kept.url)
    library.store(make_extraction(other), make_page("<p>New.</p>"), now=moment + timedelta(days=1))
    report = check_article(place, library.folder)
    assert (report.findings, report.kept_aside, report.marks, report.versions) == ((), (), 2, 2)
    assert report.record == library.article(kept.id).record()


def test_a_damaged_article_has_no_record_and_nothing_to_count(library, file, place, said):
    file.write_bytes(b"{")
    report = check_article(place, library.folder)
    assert (report.record, report.marks, report.versions) == (None, 0, 0)
    [(problem, name, sentence)] = said()
    assert (problem, name) == ("damaged", "annotations.json")
    assert sentence.startswith("It is damaged. ")


def test_a_missing_file_and_one_that_cannot_be_read_are_said_apart(file, said):
    file.unlink()
    assert said()[0] == ("missing", "annotations.json", "The article's file is missing.")
    file.mkdir(mode=0o700)
    assert said()[0][2].startswith("It cannot be read: ")


def test_a_second_copy_that_differs_names_what_it_differs_from(library, file, said):
    file.with_name("annotations.json.bak").write_bytes(b"{")
    assert said() == [
        ("second-copy", "annotations.json.bak", "It differs from the article's file.")
    ]
    (library.folder / "library.json.bak").write_bytes(b"{")
    [problem] = library_problems(library.folder)
    assert problem.sentence == "It differs from library.json."
    assert problem.key == ("second-copy", "library.json.bak")


def test_a_temporary_file_is_a_leftover_only_if_it_is_old(file, said):
    path = file.with_name(".annotator-00.tmp")
    path.write_bytes(b"half")
    path.chmod(0o600)
    assert said() == []
    hour = time.time() - 3700
    os.utime(path, (hour, hour))
    os.utime(file, (hour, hour))
    assert said() == [
        (
            "leftover",
            ".annotator-00.tmp",
            "A program that died while writing left this temporary file.",
        )
    ]


def test_permissions_say_who_may_read_a_file(file, said):
    file.chmod(0o640)
    assert said() == [
        ("permissions", "annotations.json", "Its permissions are 640, but it must be private.")
    ]
    file.chmod(0o200)
    sentence = "Its permissions are 200, but you must be able to read it."
    assert ("permissions", "annotations.json", sentence) in said()


def test_rows_without_a_checksum_are_counted(library, kept, file, said):
    library.put([make_annotation(kept, "two")])
    text = file.read_bytes()
    start = text.index(b',"digest"')
    for path in (file, file.with_name("annotations.json.bak")):
        path.write_bytes(text[:start] + text[start + len(',"digest":"0123456789abcdef"') :])
    assert said() == [("unsealed", "annotations.json", "1 of its rows have no checksum.")]


def test_the_file_of_another_article_is_misplaced(file, said, kept):
    tables = parse_tables(file.read_bytes())
    record = replace(tables.record, id="0123456789abcdef", revisions=())
    data = serialize(with_rows(replace(tables, article={record.id: record})).rows)
    for path in (file, file.with_name("annotations.json.bak")):
        path.write_bytes(data)
    assert said() == [
        ("misplaced", "annotations.json", "It is the file of the article 0123456789abcdef.")
    ]


@pytest.mark.parametrize("suffix", [EXTRACTION, PAGE])
def test_a_revision_that_is_gone_is_missing_and_one_that_is_spoilt_is_damaged(
    place, kept, said, suffix
):
    path = place.revisions.folder / f"{kept.revision}{suffix}"
    path.write_bytes(b"{")
    assert [(problem, name) for problem, name, _ in said()] == [("damaged", path.name)]
    path.unlink()
    assert [(problem, name) for problem, name, _ in said()] == [("missing", path.name)]


def test_a_library_without_its_schema_misses_it(library):
    assert list(library_problems(library.folder)) == []
    (library.folder / "library.json").unlink()
    assert list(library_problems(library.folder)) == [
        LibraryProblem(
            "missing", "library.json", "The file with the library's schema version is missing."
        )
    ]


def test_files_of_the_catalog_are_checked_with_their_copies(library, moment):
    library.catalog.put(TAG_COLOURS, {"a": "#111111"}, now=moment)
    [path] = (library.folder / "catalog").glob("*.json")
    path.with_name(f"{path.stem} 2.json").write_bytes(path.read_bytes())
    assert [one.key for one in library_problems(library.folder)] == [
        ("conflict-copy", f"catalog/{path.stem} 2.json")
    ]
    path.write_bytes(b"{")
    assert ("damaged", f"catalog/{path.name}") in [
        one.key for one in library_problems(library.folder)
    ]


def test_what_was_set_aside_is_listed_and_nothing_else(library, file, place):
    for name in ("a.damaged-2026", "b.json.merged", "c.json"):
        path = file.with_name(name)
        path.write_bytes(b"x")
        path.chmod(0o600)
    aside = check_article(place, library.folder).kept_aside
    assert sorted(name.rpartition("/")[2] for name in aside) == ["a.damaged-2026", "b.json.merged"]


def test_a_copy_that_holds_another_article_is_left_alone(library, kept, file, moment):
    other = make_article("Another text.", url="https://example.org/other")
    library.store(make_extraction(other), make_page(url=other.url), now=moment)
    theirs = library.folder / "articles" / other.id[:2] / other.id
    copy = file.parent.with_name(f"{kept.id} 2")
    shutil.copytree(theirs, copy)
    library.maintenance.tidy()
    assert copy.is_dir()
    assert library.notices == ()


def test_a_merged_copy_of_a_folder_is_told_with_the_title_and_its_new_name(
    library, other, kept, file
):
    other.put([make_annotation(kept, "two")])
    copy = file.parent.with_name(f"{kept.id} 2")
    shutil.copytree(other.folder / file.parent.relative_to(library.folder), copy)
    library.maintenance.tidy()
    assert library.notices[-1] == (
        f"“{copy}”, a copy of the folder of “An article”, was merged into it, "
        f"and is kept as “{kept.id} 2.merged”."
    )


def test_a_merged_copy_of_the_catalog_is_told(library, other, moment):
    other.catalog.put(TAG_COLOURS, {"theirs": "#222222"}, now=moment)
    shutil.copytree(other.folder / "catalog", library.folder / "catalog 2")
    library.maintenance.tidy()
    [notice] = library.notices
    assert notice.endswith("was merged into it, and is kept as “catalog 2.merged”.")
    assert "a copy of the folder of saved queries and colours, was merged" in notice
    library.maintenance.tidy()
    assert len(library.notices) == 1
