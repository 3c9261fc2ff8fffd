"""Programs outside: browser, clipboard and editor."""

import sys
import webbrowser

import pytest
from textual.app import App

from annotator.errors import AddressRefused, AnnotatorError, TooLarge
from annotator.tui.terminal.external import (
    MAX_BYTES,
    check_link,
    copy,
    draws_here,
    edit,
    open_outside,
)

SHOUT = f"{sys.executable} -c 'import sys, pathlib; p = pathlib.Path(sys.argv[1]); "


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "--version",
        "https://example.org/\x1b]52;c;QQ==\x07",
        "https://example.org/a b",
        "https://example.org/" + "a" * 9000,
        "",
    ],
)
def test_other_addresses_are_refused(url):
    with pytest.raises(AddressRefused):
        check_link(url)


@pytest.mark.parametrize("url", ["https://example.org/", "HTTP://example.org", "mailto:a@b.org"])
def test_web_and_mail_addresses_are_opened(url):
    check_link(url)


@pytest.mark.skipif(sys.platform == "darwin", reason="there is always a browser")
def test_without_a_display_the_address_is_shown():
    with pytest.raises(AnnotatorError, match="No browser"):
        open_outside("https://example.org/", {})


def test_the_browser_of_the_environment_is_used(monkeypatch):
    asked = []
    monkeypatch.setattr(webbrowser, "open", lambda url: asked.append(url) or True)
    open_outside("https://example.org/", {"BROWSER": "firefox"})
    assert asked == ["https://example.org/"]


@pytest.mark.skipif(sys.platform == "darwin", reason="there is always a display")
def test_without_a_display_a_browser_draws_in_the_terminal():
    assert draws_here({"BROWSER": "w3m"})
    assert not draws_here({"BROWSER": "firefox", "DISPLAY": ":0"})
    assert not draws_here({})


async def test_text_that_a_terminal_would_drop_is_not_copied():
    async with App().run_test() as pilot:
        copy(pilot.app, "words")
        assert pilot.app.clipboard == "words"
        with pytest.raises(TooLarge):
            copy(pilot.app, "x" * (MAX_BYTES + 1))
        assert pilot.app.clipboard == "words"


def test_the_editor_gets_the_text_and_returns_it():
    command = SHOUT + "p.write_text(p.read_text().upper() + chr(27) + chr(10))'"
    assert edit("a note", {"EDITOR": command}) == "A NOTE"


def test_visual_comes_before_editor():
    good, bad = SHOUT + 'p.write_text("good")\'', SHOUT + 'p.write_text("bad")\''
    assert edit("", {"VISUAL": good, "EDITOR": bad}) == "good"


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"EDITOR": "no-such-editor-here", "PATH": "/bin"}, "not found"),
        ({"EDITOR": "vi 'unclosed"}, "can’t be parsed"),
        ({"EDITOR": f"{sys.executable} -c 'raise SystemExit(3)'"}, "status 3"),
    ],
)
def test_an_editor_that_fails_is_reported(environment, words):
    with pytest.raises(AnnotatorError, match=words):
        edit("a note", environment)


def test_an_article_without_an_address_is_not_opened():
    with pytest.raises(AnnotatorError, match="This article has no web address"):
        open_outside("")
