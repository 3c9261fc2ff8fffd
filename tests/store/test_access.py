"""A library opens wherever it can be read, and says why it is read-only."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator.errors import LibraryError, LibraryReadOnly, LibraryTooNew
from annotator.store import Library, Position
from annotator.store.format.library_schema import AS_WRITTEN, SCHEMA
from builders import make_annotation, make_extraction, make_page


def changes(library, article, mark, now):
    """Yield every way to change a library."""
    yield lambda: library.put([mark])
    yield lambda: library.article(article.id).revise(mark.id, lambda mark: replace(mark, note="x"))
    yield lambda: library.article(article.id).remove([mark.id], now=now)
    yield lambda: library.article(article.id).update(lambda record: replace(record, state="read"))
    yield lambda: library.store(make_extraction(article), make_page(), now=now)
    yield lambda: library.trash(article.id)
    yield lambda: library.restore(article.id)


def test_only_the_owner_can_read_a_new_library(library, kept):
    library.put([make_annotation(kept, "two")])
    library.positions.save(kept.id, Position(1, 0.5))
    roots = library.folder, library._access.state.parents[1]
    paths = [path for root in roots for path in (root, *root.rglob("*"))]
    assert {path.stat().st_mode & 0o777 for path in paths if path.is_dir()} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in paths if path.is_file()} == {0o600}


def test_opening_creates_missing_folders(tmp_path):
    data = tmp_path / "a" / "b" / "library"
    library = Library.open(data, state=tmp_path / "state" / "annotator")
    assert (data / "library.json").read_bytes() == AS_WRITTEN
    assert library.records() == ()
    assert not library.is_read_only


def test_a_folder_by_another_name_is_the_same_library(library, kept, tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "data")
    other = Library.open(tmp_path / "link", state=tmp_path / "state")
    assert other.folder == library.folder
    assert other.records() == library.records()


def test_two_libraries_share_a_state_folder_and_no_positions(library, kept, tmp_path):
    library.positions.save(kept.id, Position(1, 0.5))
    other = Library.open(tmp_path / "other", state=tmp_path / "state")
    assert other.positions.get(kept.id) is None


def test_a_change_follows_a_symbolic_link_to_the_file(library, kept, file, tmp_path):
    elsewhere = tmp_path / "elsewhere.json"
    file.rename(elsewhere)
    file.symlink_to(elsewhere)
    again = Library.open(tmp_path / "data", state=tmp_path / "state")
    mark = make_annotation(kept, "two")
    again.put([mark])
    assert file.is_symlink()
    assert mark.id in elsewhere.read_text()
    assert [record.id for record in again.records()] == [kept.id]


def test_a_library_of_a_newer_version_opens_read_only(library, kept, tmp_path, moment):
    mark = make_annotation(kept, "two")
    library.put([mark])
    (library.folder / "library.json").write_text('{"schema": 1000, "new": [1]}')
    later = Library.open(tmp_path / "data", state=tmp_path / "state")
    assert later.is_read_only
    assert later.article(kept.id).annotations() == (mark,)
    for change in changes(later, kept, mark, moment):
        with pytest.raises(LibraryTooNew, match="A newer version of annotator wrote") as caught:
            change()
        assert f"{caught.value.message} {caught.value.hint}".endswith(
            "It is read-only for now. Update annotator to change it."
        )


def test_a_damaged_schema_file_is_repaired(library, tmp_path):
    (library.folder / "library.json").write_bytes(b"\x00")
    again = Library.open(tmp_path / "data", state=tmp_path / "state")
    assert not again.is_read_only
    assert "library.json" in again.notices[0]


def test_a_schema_file_damaged_beyond_repair_leaves_the_library_readable(library, kept, tmp_path):
    for name in ("library.json", "library.json.bak"):
        (library.folder / name).write_bytes(b"\x00")
    again = Library.open(tmp_path / "data", state=tmp_path / "state")
    assert [record.id for record in again.records()] == [kept.id]
    with pytest.raises(LibraryReadOnly, match="is damaged") as caught:
        again.put([make_annotation(kept, "two")])
    assert f'{{"schema": {SCHEMA}}}' in caught.value.hint


def test_a_file_in_place_of_the_library_is_reported_as_in_the_way(tmp_path):
    (tmp_path / "data").write_text("Mine.")
    for path in (tmp_path / "data", tmp_path / "data" / "below"):
        with pytest.raises(LibraryError, match="data” is in the way"):
            Library.open(path, state=tmp_path / "state")
    assert (tmp_path / "data").read_text() == "Mine."


def test_a_name_that_no_folder_can_have_is_reported(tmp_path):
    with pytest.raises(LibraryError, match="could not be created: File name too long"):
        Library.open(tmp_path / ("x" * 300), state=tmp_path / "state")


def test_a_library_without_write_permission_opens_read_only(
    plain_folder, without_rights, article, moment
):
    open_library = Library.open(plain_folder / "data", state=plain_folder / "state")
    open_library.store(make_extraction(article), make_page(), now=moment)
    mark = make_annotation(article, "two")
    open_library.put([mark])
    for path in (plain_folder / "data").rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    (plain_folder / "data").chmod(0o555)

    with without_rights():
        library = Library.open(plain_folder / "data", state=plain_folder / "state")
        assert library.is_read_only
        assert library.article(article.id).annotations() == (mark,)
        assert library.article(article.id).page() == make_page()
        for change in changes(library, article, mark, moment):
            with pytest.raises(LibraryReadOnly, match="is read-only") as caught:
                change()
            assert "permissions" in caught.value.hint


def test_an_article_folder_without_write_permission_is_reported(
    plain_folder, without_rights, article, moment
):
    with without_rights():
        library = Library.open(plain_folder / "data", state=plain_folder / "state")
        library.store(make_extraction(article), make_page(), now=moment)
        article_folder = plain_folder / "data" / "articles" / article.id[:2] / article.id
        article_folder.chmod(0o500)
        with pytest.raises(LibraryReadOnly, match="may not be written"):
            library.put([make_annotation(article, "two")])
        assert library.article(article.id).annotations() == ()


def test_a_library_without_read_permission_is_reported(plain_folder, without_rights):
    (plain_folder / "data").chmod(0)
    with without_rights(), pytest.raises(LibraryError, match="may not be read"):
        Library.open(plain_folder / "data", state=plain_folder / "state")


def test_a_library_cannot_be_created_in_a_read_only_folder(plain_folder, without_rights):
    plain_folder.chmod(0o500)
    with without_rights(), pytest.raises(LibraryError, match="may not be"):
        Library.open(plain_folder / "new", state=plain_folder / "state")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder of the kernel of Linux")
def test_a_library_where_no_folder_can_be_made_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(LibraryError, match="/proc/x” could not be created") as caught:
        Library.open(Path("/proc/x"), state=tmp_path)
    assert caught.value.hint == "Choose another folder."


def test_without_a_state_folder_the_library_is_read_only(tmp_path, moment):
    (tmp_path / "state").write_text("Mine.")
    library = Library.open(tmp_path / "data", state=tmp_path / "state")
    assert library.records() == ()
    assert library.is_read_only
    with pytest.raises(LibraryReadOnly, match="nothing can be locked"):
        library.trash("f" * 16)
    with pytest.raises(LibraryError, match="in the way"):
        library.positions.save("f" * 16, Position(1, 0.5))
