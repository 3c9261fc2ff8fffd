"""Within a version no name goes that people write into scripts, settings, queries and notes."""

import json
import re

import pytest

from documenting import names

NOW = names.names()
RELEASED = json.loads(names.RELEASED.read_text("utf-8"))


@pytest.mark.parametrize("sort", RELEASED)
def test_every_name_of_the_last_release_is_still_there(sort):
    gone = {*RELEASED[sort]} - {*NOW.get(sort, ())}
    assert sorted(gone) == [], f"{sort} of the last release: keep them, or raise the first number"


def test_all_sorts_of_names_are_kept():
    assert [sort for sort in NOW if not NOW[sort]] == []
    assert {*NOW} >= {*RELEASED}


def test_an_option_with_its_values_is_a_name():
    assert {"export --preset", "export --preset obsidian", "feeds add --tag"} <= {
        *NOW["commands and options"]
    }


def test_a_setting_within_a_table_and_a_word_for_it_are_names():
    assert {"keymap", 'keymap = "vim"', "accounts.token_file", "kinds.name"} <= {*NOW["settings"]}


def test_a_key_is_named_by_what_it_does_and_an_error_by_a_word():
    assert {"reader.find", "read.page-down"} <= {*NOW["keys"]}
    assert {"3 fetch", "5 not-found", "130 -"} <= {*NOW["exit codes"]}


def test_every_test_that_the_page_of_promises_names_is_there():
    page = (names.ROOT / "docs" / "reference" / "promises.md").read_text("utf-8")
    named = {*re.findall("`(test_[a-z_]+)`", page)}
    tests = "".join(path.read_text("utf-8") for path in (names.ROOT / "tests").rglob("test_*.py"))
    assert len(named) > 8
    assert sorted(name for name in named if f"def {name}(" not in tests) == []


def test_the_page_of_promises_has_all_sorts_of_names():
    page = (names.ROOT / "docs" / "reference" / "promises.md").read_text("utf-8").casefold()
    assert [
        word for sort in NOW for word in sort.split(" and ") if word.split()[0] not in page
    ] == []
