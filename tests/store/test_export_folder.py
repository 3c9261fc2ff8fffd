"""An export finds its file wherever it was moved, and never changes what the user wrote."""

import os

import pytest

from annotator.errors import ExportError
from annotator.export.markdown.front_matter import identity_of
from annotator.store import Contents, ExportFolder


def text(body, identity="abc"):
    return f"---\ntitle: A title\nannotator_id: {identity}\n---\n{body}\n"


def opened(folder, state, **options):
    return ExportFolder(folder, suffix=".md", identity_of=identity_of, state=state, **options)


def export_to(files, identity, stem, words, *, is_merged=False):
    with files:
        contents = Contents(words, stamp="1", is_merged=is_merged)
        return files.write(identity, contents, stem=stem, file=files.find(identity))


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "notes"


@pytest.fixture
def write(folder, tmp_path):
    """Return a function that exports a text as a new program would."""

    def write(body, *, identity="abc", stem="A title"):
        return export_to(opened(folder, tmp_path / "state"), identity, stem, text(body, identity))

    return write


def names(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_first_export_is_a_new_file_of_that_name(write, folder):
    written = write("One.")
    assert (written.path, written.outcome) == (folder / "A title.md", "new")
    assert written.path.read_text() == text("One.")


def test_the_same_export_again_leaves_the_file_alone(write):
    before = write("One.").path.stat()
    written = write("One.")
    assert written.outcome == "unchanged"
    assert written.path.stat() == before


def test_a_changed_export_replaces_the_last_one(write, folder):
    write("One.")
    assert write("Two.").outcome == "updated"
    assert write("Three.").outcome == "updated"
    assert (folder / "A title.md").read_text() == text("Three.")
    assert names(folder) == ["A title.md"]


def test_a_file_that_the_user_edited_is_kept(write, folder):
    write("One.")
    (folder / "A title.md").write_text(text("One.\n\nMy own words."))
    for _ in range(2):
        assert write("Two.").outcome == "kept"
    assert "My own words." in (folder / "A title.md").read_text()
    assert names(folder) == ["A title.md"]


def test_an_edit_that_was_undone_does_not_count(write, folder):
    write("One.")
    (folder / "A title.md").write_text(text("Mine."))
    assert write("Two.").outcome == "kept"
    (folder / "A title.md").write_text(text("One."))
    assert write("Two.").outcome == "updated"


def test_an_edited_file_that_equals_the_export_is_ours_again(write, folder):
    write("One.")
    (folder / "A title.md").write_text(text("Two."))
    assert write("Two.").outcome == "unchanged"
    assert write("Three.").outcome == "updated"


def test_an_export_without_a_memory_counts_as_edited(write, folder, tmp_path):
    write("One.")
    for path in (tmp_path / "state").rglob("*.db"):
        path.unlink()
    assert write("Two.").outcome == "kept"
    assert (folder / "A title.md").read_text() == text("One.")
    assert write("One.").outcome == "unchanged"
    assert write("Two.").outcome == "updated"


@pytest.mark.parametrize("place", ["Renamed.md", "deep/er/A title.md", "deep/B.MD"])
def test_a_renamed_or_moved_file_is_found(write, folder, place):
    write("One.")
    (folder / place).parent.mkdir(parents=True, exist_ok=True)
    (folder / "A title.md").rename(folder / place)
    for body in ("Two.", "Three."):
        written = write(body)
        assert (written.path, written.outcome) == (folder / place, "updated")
    assert names(folder) == [place]


def test_a_removed_file_is_written_again(write, folder):
    write("One.")
    (folder / "A title.md").unlink()
    assert write("One.").outcome == "new"


def test_a_name_that_is_taken_gets_a_number(write, folder):
    folder.mkdir()
    (folder / "A title.md").write_text("Mine.")
    assert write("One.").path.name == "A title (2).md"
    assert write("Other.", identity="def").path.name == "A title (3).md"
    assert write("Two.").path.name == "A title (2).md"
    assert (folder / "A title.md").read_text() == "Mine."


def test_a_name_that_is_taken_a_thousand_times_is_given_up(write, folder):
    folder.mkdir()
    for name in ("A title", *(f"A title ({number})" for number in range(2, 1_000))):
        (folder / f"{name}.md").touch()
    with pytest.raises(ExportError, match="Too many files"):
        write("One.")


def test_two_exports_at_once_each_get_their_file(folder, tmp_path):
    export = opened(folder, tmp_path / "state")
    first = export_to(export, "abc", "A title", text("One."))
    second = export_to(export, "def", "A title", text("One.", "def"))
    assert [first.path.name, second.path.name] == ["A title.md", "A title (2).md"]
    assert export_to(export, "abc", "A title", text("Two.")).path == first.path


@pytest.mark.parametrize(
    "front_matter",
    [
        '---\nannotator_id: "abc"\n---\n',
        "---\nannotator_id: 'abc'\n---\n",
        "---\r\ntitle: x\r\nannotator_id: abc\r\n---\r\n",
        "\ufeff---\nannotator_id:   abc  \n---\n",
    ],
)
def test_the_id_is_found_however_it_is_written(write, folder, front_matter):
    folder.mkdir()
    (folder / "Mine.md").write_text(front_matter, newline="")
    written = write("One.")
    assert (written.path.name, written.outcome) == ("Mine.md", "kept")


@pytest.mark.parametrize(
    "body",
    [
        "annotator_id: abc\n",
        "---\ntitle: x\n---\nannotator_id: abc\n",
        "---\nannotator_id: abcd\n---\n",
        "---\nannotator_id: abc\n",
        "---\n  annotator_id: abc\n---\n",
        f"---\n{'x' * 20_000}\nannotator_id: abc\n---\n",
    ],
)
def test_an_id_outside_the_front_matter_is_ignored(write, folder, body):
    folder.mkdir()
    (folder / "Mine.md").write_text(body)
    assert write("One.").path.name == "A title.md"


def test_nothing_is_written_through_a_link_to_any_other_file(write, folder, tmp_path):
    victim = tmp_path / "victim.md"
    victim.write_text("Theirs.")
    folder.mkdir()
    (folder / "A title.md").symlink_to(victim)
    (folder / "A title (2).md").symlink_to(tmp_path / "nowhere.md")
    assert write("One.").path.name == "A title (3).md"
    assert victim.read_text() == "Theirs."
    assert not (tmp_path / "nowhere.md").exists()


def test_a_link_that_the_user_put_in_place_of_a_file_stays_a_link(write, folder, tmp_path):
    moved = tmp_path / "moved.md"
    write("One.").path.rename(moved)
    (folder / "A title.md").symlink_to(moved)
    written = write("Two.")
    assert (written.path, written.outcome) == (folder / "A title.md", "updated")
    assert written.path.is_symlink()
    assert moved.read_text() == text("Two.")


def test_a_link_to_another_file_of_the_folder_is_not_a_second_file(write, folder):
    path = write("One.").path
    (folder / "Shortcut.md").symlink_to(path)
    assert write("Two.").path == path


def test_a_read_only_file_is_left_as_it_is(write, folder):
    path = write("One.").path
    path.chmod(0o444)
    with pytest.raises(ExportError, match="is read-only"):
        write("Two.")
    assert write("One.").outcome == "unchanged"


def test_a_file_that_became_utf_16_is_found_and_left(write, folder):
    path = write("One.").path
    path.write_text(text("One."), "utf-16")
    with pytest.raises(ExportError, match="is not UTF-8"):
        write("Two.")
    assert names(folder) == ["A title.md"]


def test_links_are_by_name_and_by_folder_where_a_name_is_there_twice(write, folder, tmp_path):
    write("One.")
    with opened(folder, tmp_path / "state") as files:
        assert files.name_of("abc") == "A title"
        assert files.name_of("def") == ""
        files.plan("def", "A title")
        assert files.name_of("def") == "A title (2)"
    (folder / "deep").mkdir()
    (folder / "deep" / "A TITLE.md").write_text("Mine.")
    (folder / "A title.md").rename(folder / "deep" / "A title.md")
    with opened(folder, tmp_path / "state") as files:
        assert files.name_of("abc") == "deep/A title"


def test_a_file_is_not_left_when_a_file_that_it_links_to_was_renamed(write, folder, tmp_path):
    other = write("Other.", identity="def", stem="Other").path
    contents = Contents(text("One."), stamp="1", links={"def": "Other", "ghi": ""})
    with opened(folder, tmp_path / "state") as files:
        files.write("abc", contents, stem="A title", file=None)
        assert files.is_left("abc", "1")
        assert not files.is_left("abc", "1", coming={"ghi"})
    other.rename(folder / "Renamed.md")
    with opened(folder, tmp_path / "state") as files:
        assert not files.is_left("abc", "1")


def test_a_linked_folder_is_not_searched(write, folder, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "A.md").write_text(text("Theirs."))
    folder.mkdir()
    (folder / "linked").symlink_to(tmp_path / "elsewhere")
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "A.md").write_text(text("Theirs."))
    assert write("One.").outcome == "new"


def test_another_name_of_the_same_file_keeps_its_contents(write, folder, tmp_path):
    os.link(write("One.").path, tmp_path / "other.md")
    assert write("Two.").outcome == "updated"
    assert (tmp_path / "other.md").read_text() == text("One.")


def test_a_pipe_is_neither_read_nor_written(write, folder):
    folder.mkdir()
    os.mkfifo(folder / "A title.md")
    os.mkfifo(folder / "Pipe.md")
    assert write("One.").path.name == "A title (2).md"


def test_an_export_has_the_permissions_of_other_documents(write, folder):
    path = write("One.").path
    (folder.parent / "plain").touch()
    assert path.stat().st_mode == (folder.parent / "plain").stat().st_mode
    path.chmod(0o640)
    assert write("Two.").path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    "stem", ["", ".", "..", "../x", "a/b", "a\\b", "a\0b", "a\nb", ".hidden", "x" * 201, "\ud800"]
)
def test_a_name_that_could_lead_elsewhere_is_refused(write, folder, stem):
    with pytest.raises(ExportError, match="cannot be the name of a file"):
        write("One.", stem=stem)
    assert names(folder) == []


def test_the_longest_stem_has_room_for_its_number(write):
    stem = "é" * 100
    assert write("One.", stem=stem).outcome == "new"
    assert write("Other.", identity="def", stem=stem).path.name == f"{stem} (2).md"


def test_a_file_in_place_of_the_folder_is_reported_as_in_the_way(write, folder):
    folder.write_text("Mine.")
    with pytest.raises(ExportError, match="is in the way"):
        write("One.")


def test_a_folder_without_write_permission_is_reported(plain_folder, without_rights):
    folder = plain_folder / "notes"
    folder.mkdir()
    folder.chmod(0o555)
    with without_rights(), pytest.raises(ExportError, match="may not be written"):
        export_to(opened(folder, plain_folder / "state"), "abc", "A title", text("One."))


def test_a_character_that_cannot_be_encoded_does_not_stop_an_export(write):
    assert "?" in write("\ud800").path.read_text()


def test_two_formats_in_one_folder_do_not_get_in_each_others_way(write, folder, tmp_path):
    def write_plain(body):
        export = ExportFolder(
            folder, suffix=".txt", identity_of=lambda head: head[:3], state=tmp_path / "state"
        )
        return export_to(export, "abc", "A title", f"abc {body}")

    assert write("One.").outcome == write_plain("One.").outcome == "new"
    assert write("Two.").outcome == write_plain("Two.").outcome == "updated"
    assert names(folder) == ["A title.md", "A title.txt"]


def test_an_edited_file_is_written_with_what_was_merged(write, folder, tmp_path):
    write("One.")
    (folder / "A title.md").write_text(text("Mine."))
    files = opened(folder, tmp_path / "state")
    written = export_to(files, "abc", "A title", text("Mine. Two."), is_merged=True)
    assert written.outcome == "updated"
    assert (folder / "A title.md").read_text() == text("Mine. Two.")


def test_two_files_of_one_article_are_both_left_alone(write, folder):
    write("One.")
    (folder / "Copy.md").write_text(text("One."))
    with pytest.raises(ExportError, match="Two files belong to one article"):
        write("Two.")
    assert (folder / "A title.md").read_text() == (folder / "Copy.md").read_text() == text("One.")


def test_a_file_that_is_not_utf_8_is_left_alone(write, folder):
    path = write("One.").path
    path.write_bytes(text("Caf\u00e9.").encode("latin-1"))
    with pytest.raises(ExportError, match="is not UTF-8"):
        write("Two.")


def test_a_file_counts_as_left_until_it_or_its_source_changes(write, folder, tmp_path):
    path = write("One.").path
    os.utime(path, (1_700_000_000, 1_700_000_000))
    for _ in range(2):  # its text is compared first, then its fingerprint
        with opened(folder, tmp_path / "state") as files:
            assert files.is_left("abc", "1")
            assert not files.is_left("abc", "2")
            assert not files.is_left("def", "1")
    path.write_text(text("Mine."))
    with opened(folder, tmp_path / "state") as files:
        assert not files.is_left("abc", "1")


def test_nothing_is_written_when_it_is_only_tried(folder, tmp_path):
    files = opened(folder, tmp_path / "state", writes=False)
    tried = export_to(files, "abc", "A title", text("One."))
    assert (tried.outcome, tried.after) == ("new", text("One."))
    assert not folder.exists()


def test_a_trial_reads_a_file_a_second_time_as_it_would_have_been_written(write, folder, tmp_path):
    write("One.")
    with opened(folder, tmp_path / "state", writes=False) as files:
        results = [
            files.write(
                "abc", Contents(text("Two."), stamp="2"), stem="A title", file=files.find("abc")
            )
            for _ in range(2)
        ]
    assert [result.outcome for result in results] == ["updated", "unchanged"]
    assert (folder / "A title.md").read_text() == text("One.")


def test_a_broken_memory_of_exports_is_made_again(write, folder, tmp_path):
    write("One.")
    for path in (tmp_path / "state").rglob("*.db"):
        path.write_bytes(b"nothing of the kind" * 100)
    assert write("One.").outcome == "unchanged"
