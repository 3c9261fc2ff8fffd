"""The saved first screen of an article, and the facts that must hold for it to be painted."""

import os
import re

import pytest
from platformdirs import PlatformDirs

from annotator.fastpath import paths, snapshot, start
from annotator.fastpath.snapshot import facts
from annotator.store.access import LibraryAccess
from annotator.store.articles.article_paths import ArticlePaths
from annotator.tui.terminal.driver import _DANGEROUS as CONTROL_CHARACTERS

HALVES_AND_LINES = {"\n", *map(chr, range(0xD800, 0xE000))}  # they part lines, or cannot be written
LINES = ["\x1b[1;38;2;1;2;3mA title\x1b[0m", "日本語の行 and more", ""]


@pytest.fixture
def kept(tmp_path):
    """Keep a page under some facts."""
    path = tmp_path / "page"
    path.write_bytes(snapshot.serialize("facts\nof it", LINES))
    return path


def test_a_page_comes_back_as_it_was(kept):
    assert snapshot.load(str(kept), "facts\nof it") == LINES


def test_a_page_is_not_loaded_under_other_facts(kept):
    assert snapshot.load(str(kept), "facts\nof that") == []


def test_a_truncated_page_is_not_loaded(kept):
    kept.write_bytes(kept.read_bytes()[:-4])
    assert snapshot.load(str(kept), "facts\nof it") == []


def test_a_missing_page_is_not_loaded(tmp_path):
    assert snapshot.load(str(tmp_path / "nowhere"), "") == []


@pytest.mark.parametrize(
    "bad", ["\x1b]52;c;QQ==\x07", "\x1b[2J", "\x1b[?1049l", "\x1b[1;1H", "\x9b31m", "\x07", "\x1b"]
)
def test_a_page_with_more_than_text_and_colours_is_not_loaded(kept, bad):
    kept.write_bytes(snapshot.serialize("facts", [f"text{bad}text"]))
    assert snapshot.load(str(kept), "facts") == []


def test_everything_that_the_filter_removes_is_refused_here(kept):
    for code in range(0x10000):
        if re.match(CONTROL_CHARACTERS, chr(code)) and chr(code) not in HALVES_AND_LINES:
            kept.write_bytes(snapshot.serialize("facts", [f"text{chr(code)}"]))
            assert snapshot.load(str(kept), "facts") == []


@pytest.mark.parametrize("xdg", [{}, {"STATE": "/elsewhere/state"}, {"CONFIG": "relative"}])
def test_the_folders_are_those_of_platformdirs(xdg, monkeypatch):
    for kind in paths.USUAL:
        monkeypatch.delenv(f"XDG_{kind.upper()}_HOME", raising=False)
    for kind, folder in xdg.items():
        monkeypatch.setenv(f"XDG_{kind}_HOME", folder)
    folders = PlatformDirs("annotator", appauthor=False)
    for kind in paths.USUAL:
        assert paths.user_folder(kind, os.environ) == getattr(folders, f"user_{kind}_dir")


def test_the_folders_of_articles_and_state_are_those_of_the_store(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    access = LibraryAccess(tmp_path / "library", tmp_path / "annotator")
    assert paths.state_of(str(tmp_path / "library"), os.environ) == str(access.state)
    articles = ArticlePaths(tmp_path / "library" / "articles")
    assert paths.article_folder(str(tmp_path / "library"), "ab12cd34") == str(
        articles.path("ab12cd34")
    )


def test_an_id_is_found_by_its_prefix(tmp_path):
    for name in ("ab12cd34", "ab12ff00", "cd000000"):
        (tmp_path / "articles" / name[:2] / name).mkdir(parents=True)
    found = [paths.with_prefix(str(tmp_path), each) for each in ("ab12c", "ab", "cd", "c", "zz")]
    assert found == ["ab12cd34", "", "cd000000", "", ""]


def test_a_file_that_was_changed_is_another_source(tmp_path):
    story, state = tmp_path / "story.txt", tmp_path / "state"
    story.write_text("One.", "utf-8")
    (state / "pages").mkdir(parents=True)
    name, led = start.source_file_name(str(story)), start.serialize_source(str(story), "ab12cd34")
    (state / "pages" / name).write_bytes(led)
    where = {"library": str(tmp_path), "state": str(state)}
    assert start.remembered_article(str(story), **where) == "ab12cd34"
    story.write_text("Another one.", "utf-8")
    assert start.remembered_article(str(story), **where) == ""


@pytest.mark.parametrize(
    ("changed", "value"),
    [
        ("size", (80, 24)),
        ("environment", {"TERM": "xterm"}),
        ("environment", {"TERM": "xterm-256color", "NO_COLOR": "1"}),
        ("article_id", "cd000000"),
    ],
)
def test_everything_that_the_page_depends_on_is_a_fact(tmp_path, changed, value):
    asked = {
        "article_id": "ab12cd34",
        "state": str(tmp_path),
        "size": (100, 30),
        "environment": {"TERM": "xterm-256color"},
    }
    before, after = asked, asked | {changed: value}
    assert _facts(tmp_path, before) == _facts(tmp_path, dict(asked))
    assert _facts(tmp_path, before) != _facts(tmp_path, after)


def test_only_the_position_in_this_article_is_a_fact(tmp_path):
    asked = {
        "article_id": "ab12cd34",
        "state": str(tmp_path),
        "size": (100, 30),
        "environment": {},
    }
    positions = tmp_path / "positions.json"
    positions.write_text('{"ab12cd34": {"offset": 7}, "cd000000": {"offset": 9}}', "utf-8")
    before = _facts(tmp_path, asked)
    positions.write_text('{"ab12cd34": {"offset": 7}, "cd000000": {"offset": 1}}', "utf-8")
    assert _facts(tmp_path, asked) == before
    positions.write_text('{"ab12cd34": {"offset": 8}, "cd000000": {"offset": 1}}', "utf-8")
    assert _facts(tmp_path, asked) != before


def _facts(library, asked):
    asked = dict(asked)
    return facts(str(library), asked.pop("article_id"), **asked)
