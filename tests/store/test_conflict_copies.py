"""Copies of sync programs beside a file, and both sides of what git could not merge."""

import pytest

from annotator.store.format.conflict_copies import (
    ConflictCopies,
    conflict_copies,
    needless_copies,
    set_aside,
    sides,
)


@pytest.mark.parametrize(
    ("name", "is_copy"),
    [
        ("annotations.sync-conflict-20260314-092653-ABCDEFG.json", True),
        ("annotations 2.json", True),
        ("annotations-LAPTOP.json", True),
        ("annotations.json.conflict1", True),
        ("annotations.json.conflict", False),
        ("annotations.json.bak", False),
        ("annotations.json", False),
        ("annotations 2.json.merged", False),
        ("article.json", False),
    ],
)
def test_a_copy_begins_and_ends_like_the_file(tmp_path, name, is_copy):
    (tmp_path / name).touch()
    assert conflict_copies(tmp_path / "annotations.json") == ((name,) if is_copy else ())


def test_a_folder_that_is_gone_has_no_copies(tmp_path):
    assert conflict_copies(tmp_path / "gone" / "a.json") == ()
    assert ConflictCopies(tmp_path / "gone" / "a.json").names() == ()


def test_a_copy_that_was_merged_is_kept_under_another_name(tmp_path):
    copies = ConflictCopies(tmp_path / "a.json")
    kept = []
    for _ in range(3):
        (tmp_path / "a 2.json").write_text("x")
        assert copies.names() == ("a 2.json",)
        kept.append(copies.set_aside("a 2.json"))
    assert copies.names() == ()
    assert kept[0] == "a 2.json.merged"
    assert len(set(kept)) == 3
    assert all(name.startswith("a 2.json-") and name.endswith(".merged") for name in kept[1:])
    assert set_aside(tmp_path / kept[0]).name == "a 2.json.merged.merged"


def test_a_file_that_is_no_copy_is_ignored_and_new_ones_are_not(tmp_path):
    copies = ConflictCopies(tmp_path / "a.json")
    (tmp_path / "a-list.json").touch()
    assert copies.names() == ("a-list.json",)
    copies.ignore("a-list.json")
    assert copies.names() == ()
    (tmp_path / "a 2.json").touch()
    assert copies.names() == ("a 2.json",)


CONFLICT = b"""{
<<<<<<< HEAD
  "ours": 1,
||||||| base
  "base": 0,
=======
  "theirs": 2,
>>>>>>> laptop
  "both": 3
}"""


def test_both_sides_of_a_conflict_have_what_is_around_it_and_nothing_of_the_base():
    assert sides(CONFLICT) == [
        b'{\n  "ours": 1,\n  "both": 3\n}',
        b'{\n  "theirs": 2,\n  "both": 3\n}',
    ]
    assert sides(CONFLICT + b"\n" + CONFLICT)[1].count(b"theirs") == 2


def test_a_text_without_a_conflict_is_one_side():
    assert sides(b"a <<<<<<< b\n=======\n") == [b"a <<<<<<< b\n=======\n"]


@pytest.mark.parametrize(
    ("name", "is_needless"),
    [
        ("annotations.json.bak", False),
        ("annotations.json.sync-conflict-20260314-092653-ABCDEFG.bak", True),
        ("annotations.json (Ann's conflicted copy 2026-03-14).bak", True),
        ("annotations.json_conflict-20260314-092653.bak", True),
        ("annotations.json 2.bak", True),
        ("annotations.json-LAPTOP.bak", True),
        ("annotations.json.bak.conflict1", True),
        ("annotations.json", False),
        ("annotations.sync-conflict-20260314-092653-ABCDEFG.json", False),
        ("annotations.sync-conflict-20260314-092653-ABCDEFG.json.merged", False),
        ("annotations.sync-conflict-20260314-092653-ABCDEFG.json-12ab.merged", False),
        ("annotations.json.conflict1.merged", False),
        ("annotations.sync-conflict-1-A.json.sync-conflict-2-B.merged", True),
        ("annotations 2.json 2.merged", True),
        ("annotations 2.json.merged.conflict2", True),
        ("other.json.sync-conflict-1-A.bak", False),
    ],
)
def test_copies_of_second_and_merged_copies_are_told_from_these(tmp_path, name, is_needless):
    (tmp_path / name).touch()
    found = [path.name for path in needless_copies(tmp_path / "annotations.json")]
    assert found == ([name] if is_needless else [])
