"""A file of an export is replaced only while it is as it was exported."""

import os

import pytest

from annotator.errors import ExportError
from annotator.store import ExportFile


@pytest.fixture
def export(tmp_path):
    """Return a function that exports pieces of text to a file."""

    def write(*pieces, name="marks.csv", **options):
        return ExportFile(tmp_path / name, state=tmp_path / "state").write(pieces, **options)

    return write


def test_a_file_is_new_then_unchanged_then_updated(export, tmp_path):
    assert export("a", "b").outcome == "new"
    first = (tmp_path / "marks.csv").stat()
    assert export("ab").outcome == "unchanged"
    assert (tmp_path / "marks.csv").stat().st_mtime_ns == first.st_mtime_ns
    assert export("a", "c").outcome == "updated"
    assert (tmp_path / "marks.csv").read_text() == "ac"


def test_a_file_that_was_edited_is_left_alone(export, tmp_path):
    export("a")
    (tmp_path / "marks.csv").write_text("a, and mine")
    with pytest.raises(ExportError, match="was changed since it was exported"):
        export("b")
    assert (tmp_path / "marks.csv").read_text() == "a, and mine"


def test_a_file_of_the_user_is_left_alone(export, tmp_path):
    (tmp_path / "marks.csv").write_text("mine")
    with pytest.raises(ExportError, match="was not exported"):
        export("b")
    assert (tmp_path / "marks.csv").read_text() == "mine"


def test_a_file_that_was_put_back_as_it_was_exported_before_is_still_an_export(export, tmp_path):
    export("a")
    export("b")
    (tmp_path / "marks.csv").write_text("a")
    assert export("c").outcome == "updated"


def test_nothing_is_written_if_it_cannot_be_remembered(export, tmp_path):
    (tmp_path / "state").write_text("a file")
    with pytest.raises(ExportError):
        export("a")
    assert not (tmp_path / "marks.csv").exists()


def test_nothing_is_written_when_it_is_only_tried(export, tmp_path):
    assert export("a", writes=False).outcome == "new"
    assert not (tmp_path / "marks.csv").exists()
    export("a")
    assert export("a", writes=False).outcome == "unchanged"
    assert export("b", writes=False).outcome == "updated"
    assert (tmp_path / "marks.csv").read_text() == "a"


def test_an_error_in_the_middle_leaves_the_file_as_it_was(tmp_path):
    file = ExportFile(tmp_path / "marks.csv", state=tmp_path / "state")
    file.write(["a"])

    def pieces():
        yield "b"
        raise ExportError("No more.")

    with pytest.raises(ExportError, match="No more"):
        file.write(pieces())
    assert (tmp_path / "marks.csv").read_text() == "a"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["marks.csv", "state"]


def test_a_file_that_is_edited_while_it_is_exported_is_left_alone(tmp_path):
    path = tmp_path / "marks.csv"
    file = ExportFile(path, state=tmp_path / "state")
    file.write(["a"])

    def pieces():
        yield "b"
        path.write_text("mine, just now")

    with pytest.raises(ExportError, match="was changed"):
        file.write(pieces())
    assert path.read_text() == "mine, just now"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["marks.csv", "state"]


def test_a_link_and_the_permissions_of_its_file_stay(export, tmp_path):
    export("a", name="real.csv")
    (tmp_path / "real.csv").chmod(0o640)
    (tmp_path / "marks.csv").symlink_to("real.csv")
    assert export("b").outcome == "updated"
    assert (tmp_path / "marks.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text() == "b"
    assert (tmp_path / "real.csv").stat().st_mode & 0o777 == 0o640


def test_what_is_no_file_is_refused(export, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ExportError, match="is in the way"):
        export("a", name="pipe")
    with pytest.raises(ExportError, match="No such folder"):
        export("a", name="missing/marks.csv")


def test_a_lone_surrogate_is_replaced(export, tmp_path):
    export("a\ud800")
    assert (tmp_path / "marks.csv").read_bytes() == b"a?"


def test_nothing_is_written_through_a_link_that_leads_nowhere(tmp_path):
    (tmp_path / "in").mkdir()
    link = tmp_path / "in" / "marks.csv"
    link.symlink_to(tmp_path / "outside.csv")
    with pytest.raises(ExportError, match="a link leads to it"):
        ExportFile(link, state=tmp_path / "state").write(["a"])
    assert not (tmp_path / "outside.csv").exists()
