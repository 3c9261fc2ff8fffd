"""A damaged file is repaired from its second copy, and never mistaken for an empty one."""

import json

import pytest

from annotator.errors import DamagedFile, LibraryError, NotInLibrary
from annotator.model import Removal
from annotator.store import Library
from builders import make_annotation, make_article, make_extraction, make_page


def cut(data, place):
    return data[:place]


def zeroed(data, place):
    return data[:place] + bytes(len(data) - place)


def garbled(data, place):
    return data[:place] + b"\xff\x00\x80" + data[place + 3 :]


def merged_badly(data, place):
    return data[:place] + b"\n<<<<<<< ours\n" + data[place:]


@pytest.fixture
def marks(library, kept):
    """Return two marks, written one after the other."""
    marks = make_annotation(kept, "two three"), make_annotation(kept, "Nine ten")
    for mark in marks:
        library.put([mark])
    return marks


def aside(file):
    return sorted(file.parent.glob("annotations.json.damaged-*"))


@pytest.mark.parametrize("damage", [cut, zeroed, garbled, merged_badly])
def test_damage_anywhere_loses_nothing(library, kept, file, marks, damage):
    data, backup = file.read_bytes(), file.with_name("annotations.json.bak").read_bytes()
    for place in range(0, len(data) - 3, 97):
        file.write_bytes(damage(data, place))
        file.with_name("annotations.json.bak").write_bytes(backup)
        assert library.article(kept.id).annotations() == marks
        assert len(library.records()) == 1


def test_a_flipped_bit_loses_nothing_and_is_noticed(library, kept, file, marks):
    data = file.read_bytes()
    for place in range(0, len(data), 41):
        file.write_bytes(data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :])
        assert library.article(kept.id).annotations() == marks
        assert library.article(kept.id).record().title == kept.title
        assert b"alter" not in file.read_bytes()


def test_the_second_copy_is_the_same_as_the_file(library, kept, file, marks):
    assert file.with_name("annotations.json.bak").read_bytes() == file.read_bytes()
    library.article(kept.id).remove([marks[0].id], now=marks[0].created)
    assert file.with_name("annotations.json.bak").read_bytes() == file.read_bytes()


def test_a_damaged_file_is_set_aside_and_repaired(library, kept, file, marks):
    good = file.with_name("annotations.json.bak").read_bytes()
    file.write_bytes(b"\x00" * 900)

    assert library.article(kept.id).annotations() == marks
    assert file.read_bytes() == good
    assert [path.read_bytes() for path in aside(file)] == [b"\x00" * 900]
    assert [sentence for sentence in library.notices if "was damaged" in sentence]
    assert aside(file)[0].name in library.notices[0]


def test_intact_rows_of_a_damaged_file_win_over_older_ones_of_its_second_copy(
    library, kept, file, moment
):
    first, second = make_annotation(kept, "two three"), make_annotation(kept, "Nine ten")
    library.put([first])
    older = file.with_name("annotations.json.bak").read_bytes()
    library.put([second])
    file.with_name("annotations.json.bak").write_bytes(older)
    file.write_bytes(file.read_bytes()[:-30])
    assert library.article(kept.id).annotations() == (first, second)


def test_an_altered_mark_without_another_version_is_kept_and_reported(library, kept, file, marks):
    data = file.read_bytes().replace(b"Nine ten", b"Nine hen", 1)
    for path in (file, file.with_name("annotations.json.bak")):
        path.write_bytes(data)
    assert [mark.id for mark in library.article(kept.id).annotations()] == [
        mark.id for mark in marks
    ]
    assert f"please check them: {marks[1].id}." in library.notices[0]
    library.put([])
    assert len(library.notices) == 1


def test_a_mark_that_cannot_be_read_anywhere_is_reported(library, kept, file, marks):
    data = file.read_bytes().replace(b'"kind":"claim"', b'"kind":7', 1)
    for path in (file, file.with_name("annotations.json.bak")):
        path.write_bytes(data)
    assert library.article(kept.id).annotations() == marks[1:]
    assert f"could not be read: {marks[0].id}." in library.notices[0]
    assert aside(file)[0].read_bytes() == data


@pytest.mark.parametrize("damage", [b'"kind":7', b'"kind":"claix"'])
def test_nothing_is_told_to_be_lost_that_the_second_copy_has(library, kept, file, marks, damage):
    file.write_bytes(file.read_bytes().replace(b'"kind":"claim"', damage, 1))
    assert library.article(kept.id).annotations() == marks
    [notice] = library.notices
    assert "was damaged" in notice
    assert marks[0].id not in notice


def test_two_rows_with_one_name_are_noticed(library, kept, file, marks):
    data = file.read_bytes()
    file.write_bytes(data.replace(f'"{marks[0].id}": {{'.encode(), f'"{marks[1].id}": {{'.encode()))
    assert library.article(kept.id).annotations() == marks
    assert len(library.notices) == 1


@pytest.mark.parametrize("table", ["annotations", "article", "tombstones"])
def test_a_table_whose_name_was_altered_is_noticed(library, kept, file, marks, table):
    library.article(kept.id).remove([marks[0].id], now=marks[0].created)
    text = file.read_text()
    file.write_text(text.replace(f'"{table}": {{', f'"{table[:-1]}q": {{'))
    assert library.article(kept.id).annotations() == marks[1:]
    assert file.read_text() == text
    assert len(library.notices) == 1


def test_each_mark_is_one_line_as_git_merges_lines(library, kept, file, marks):
    lines = file.read_text().splitlines()
    assert [sum(mark.id in line for line in lines) for mark in marks] == [1, 1]


def test_a_reformatted_file_is_not_damaged(library, kept, file, marks):
    for text in (
        file.read_text().replace("\n", "\r\n"),
        json.dumps(json.loads(file.read_text()), indent=4),
        json.dumps(json.loads(file.read_text())),
    ):
        file.write_bytes(text.encode())
        assert library.article(kept.id).annotations() == marks
        assert file.read_bytes() == text.encode()
    assert library.notices == ()


def test_rows_without_a_checksum_are_accepted(library, kept, file, marks):
    tables = json.loads(file.read_text())
    for table in tables.values():
        for row in table.values():
            del row["digest"]
    file.write_text(json.dumps(tables))
    assert library.article(kept.id).annotations() == marks
    library.put([make_annotation(kept, "Six")])
    assert len(library.article(kept.id).annotations()) == 3
    assert library.notices == ()


def test_a_new_article_has_a_second_copy(library, kept, file):
    file.write_bytes(b"")
    assert library.article(kept.id).record().title == kept.title


def test_damage_is_repaired_once(library, kept, file, marks):
    file.write_bytes(b"{")
    for _ in range(3):
        library.article(kept.id).annotations()
        library.records()
    assert len(aside(file)) == 1
    assert len(library.notices) == 1


def test_a_missing_file_comes_back_from_its_second_copy(library, kept, file, marks):
    file.unlink()
    assert library.article(kept.id).annotations() == marks
    assert file.is_file()
    assert aside(file) == []


def test_listing_repairs_a_damaged_file(library, kept, file, marks):
    file.write_bytes(b"")
    assert [record.id for record in library.records()] == [kept.id]
    assert len(aside(file)) == 1


def test_a_mark_is_found_in_a_damaged_file(library, kept, file, marks):
    file.write_bytes(b"[]")
    assert library.annotation(marks[0].id) == marks[0]


def test_a_change_to_a_damaged_file_starts_from_its_second_copy(library, kept, file, marks):
    file.write_bytes(b"{}")
    new = make_annotation(kept, "Six")
    library.put([new])
    assert library.article(kept.id).annotations() == (marks[0], new, marks[1])


@pytest.mark.parametrize("data", [b"", b"{}", b'{"article": {}}', b"null", b'{"article": []}'])
def test_without_a_second_copy_damage_is_reported_and_nothing_written(
    library, kept, file, marks, data
):
    file.write_bytes(data)
    file.with_name("annotations.json.bak").write_bytes(data)
    article = library.article(kept.id)
    for attempt in (article.record, article.annotations, article.extraction):
        with pytest.raises(DamagedFile, match="so is its second copy"):
            attempt()
    with pytest.raises(DamagedFile):
        library.put([make_annotation(kept, "Six")])
    with pytest.raises(DamagedFile):
        library.store(make_extraction(kept), make_page(), now=marks[0].created)
    assert file.read_bytes() == data
    assert aside(file) == []


def test_a_lost_article_does_not_affect_the_others(library, kept, file, moment):
    other = make_article("Other words.", url="https://example.org/other")
    library.store(make_extraction(other), make_page(), now=moment)
    for path in (file, file.with_name("annotations.json.bak")):
        path.write_bytes(b"")
    assert [record.id for record in library.records()] == [other.id]
    assert "is damaged" in library.notices[0]


def test_a_value_of_the_wrong_type_counts_as_damage(library, kept, file, marks):
    file.write_text(file.read_text().replace('"kind":"claim"', '"kind":7'))
    assert library.article(kept.id).annotations() == marks


def test_a_read_only_library_shows_what_can_be_recovered_and_writes_nothing(
    library, kept, file, marks, tmp_path
):
    (library.folder / "library.json").write_text('{"schema": 1000}')
    file.write_bytes(b"\x00")
    with Library.open(tmp_path / "data", state=tmp_path / "state") as later:
        assert later.article(kept.id).annotations() == marks
        assert "Showing what could be recovered" in later.notices[0]
    assert file.read_bytes() == b"\x00"
    assert aside(file) == []


@pytest.mark.parametrize("suffix", [".json", ".html.zst"])
@pytest.mark.parametrize("data", [b"", b"\x00" * 100, b"{}"])
def test_a_damaged_revision_is_reported(library, kept, file, suffix, data):
    (file.parent / "revisions" / f"{kept.revision}{suffix}").write_bytes(data)
    with pytest.raises(DamagedFile, match="Add the article again"):
        library.article(kept.id).page()
    assert library.article(kept.id).record().title == kept.title


def test_a_revision_with_an_altered_text_is_reported(library, kept, file):
    version = file.parent / "revisions" / f"{kept.revision}.json"
    version.write_text(version.read_text().replace("seven", "zeven"))
    with pytest.raises(DamagedFile):
        library.article(kept.id).extraction()


@pytest.mark.parametrize("words", ["Boilerplate", "Subscribe", "https://example.org/a", "step"])
def test_the_checksum_of_a_revision_covers_more_than_its_text(library, article, moment, words):
    removal = Removal("Boilerplate", "step", "Subscribe.", "Subscribe now.")
    page = make_page(url="https://example.org/a")
    library.store(make_extraction(article, removals=[removal]), page, now=moment)
    version = next(library.folder.rglob(f"{article.revision}.json"))
    version.write_text(version.read_text().replace(words, words[:-1] + "x", 1))
    with pytest.raises(DamagedFile):
        library.article(article.id).page()
    with pytest.raises(DamagedFile):
        library.article(article.id).extraction()


def test_a_revision_with_other_line_endings_is_not_damaged(library, kept, file):
    version = file.parent / "revisions" / f"{kept.revision}.json"
    version.write_bytes(version.read_bytes().replace(b"\n", b"\r\n"))
    assert library.article(kept.id).extraction().article == kept


def test_a_page_with_a_flipped_bit_is_reported(library, kept, file):
    page = file.parent / "revisions" / f"{kept.revision}.html.zst"
    data = bytearray(page.read_bytes())
    data[-6] ^= 1
    page.write_bytes(data)
    with pytest.raises(DamagedFile):
        library.article(kept.id).page()


def test_a_page_that_claims_to_be_huge_is_not_unpacked(library, kept, file):
    page = file.parent / "revisions" / f"{kept.revision}.html.zst"
    page.write_bytes(b"\x28\xb5\x2f\xfd\xe0" + (2**40).to_bytes(8, "little") + bytes(20))
    with pytest.raises(DamagedFile):
        library.article(kept.id).page()


def test_a_missing_revision_is_not_in_the_library(library, kept, file):
    with pytest.raises(NotInLibrary):
        library.article(kept.id).extraction("0" * 16)
    with pytest.raises(NotInLibrary):
        library.article(kept.id).page("../../x")
    (file.parent / "revisions" / f"{kept.revision}.json").unlink()
    with pytest.raises(NotInLibrary):
        library.article(kept.id).extraction()


def test_adding_an_article_again_repairs_its_revision(library, kept, file, moment):
    version = file.parent / "revisions" / f"{kept.revision}.json"
    version.write_bytes(b"")
    library.store(make_extraction(kept), make_page(), now=moment)
    assert library.article(kept.id).extraction().article == kept


def test_a_pipe_in_place_of_a_file_does_not_block(library, kept, file):
    import os

    version = file.parent / "revisions" / f"{kept.revision}.json"
    version.unlink()
    os.mkfifo(version)
    with pytest.raises(LibraryError, match="is in the way"):
        library.article(kept.id).extraction()
