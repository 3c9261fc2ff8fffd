"""Names that every file system accepts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.export.filenames import LONGEST, block_id, file_stem


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("The cost of rain", "The cost of rain"),
        ("Who: a “question”?", "Who a “question”"),
        ("../../evil", "evil"),
        ("/etc/passwd", "etc passwd"),
        (".hidden", "hidden"),
        ("-rf", "rf"),
        ("~syncthing~x.tmp", "syncthing~x.tmp"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("com¹", "_com¹"),
        ("Concert", "Concert"),
        ("#a [[b]] ^c | d", "a b c d"),
        ("two\nlines", "two lines"),
        ("ends with dots...", "ends with dots"),
        ("", "untitled"),
        ("???", "untitled"),
        ("日本の雨", "日本の雨"),
    ],
)
def test_a_title_becomes_a_name(title, stem):
    assert file_stem(title) == stem


def test_a_long_title_is_cut_at_a_word():
    assert file_stem("word " * 60) == " ".join(["word"] * 24)
    assert file_stem("x" * 400) == "x" * LONGEST


def test_a_long_title_is_never_cut_inside_a_character():
    stem = file_stem("雨" * 100)
    assert stem == "雨" * (LONGEST // 3)


def test_two_spellings_of_one_letter_make_one_name():
    assert file_stem("Cafe\u0301") == file_stem("Caf\u00e9")


@given(st.text(max_size=200))
def test_every_title_has_a_name_that_every_system_takes(title):
    stem = file_stem(title)
    assert 0 < len(stem.encode("utf-8")) <= LONGEST + len("_")
    assert not set(stem) & set('<>:"/\\|?*#^[]\n\0')
    assert stem == stem.strip(" .")
    assert not stem.startswith((".", "-", "~"))


@pytest.mark.parametrize(
    ("annotation_id", "expected"),
    [("01JQ4X", "a-01jq4x"), ("urn:uuid:1_2", "a-urn-uuid-1-2"), ("", "a-")],
)
def test_the_id_of_a_block_has_letters_digits_and_dashes(annotation_id, expected):
    assert block_id(annotation_id) == expected
