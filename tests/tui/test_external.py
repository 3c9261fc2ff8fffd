"""Programs outside: browser, clipboard and editor."""

import sys
import webbrowser

import pytest
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver

from annotator.errors import AddressRefused, AnnotatorError, TooLarge
from annotator.tui.terminal.driver import lent_terminal
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
        with pytest.raises(TooLarge):
            copy(pilot.app, "漢" * (MAX_BYTES // 2))  # of three bytes each
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


@pytest.fixture
def calls_of_driver(monkeypatch) -> list[str]:
    """Return the names of what tests' driver was asked for: to leave the screen, to return."""
    calls = []
    monkeypatch.setattr(HeadlessDriver, "can_suspend", True)
    for name in ("suspend_application_mode", "resume_application_mode"):
        monkeypatch.setattr(HeadlessDriver, name, lambda _, name=name: calls.append(name))
    return calls


async def test_the_terminal_is_taken_back_after_an_error(calls_of_driver):
    app = App()
    async with app.run_test():
        with pytest.raises(AnnotatorError), lent_terminal(app):
            raise AnnotatorError("It failed.")
    assert calls_of_driver == ["suspend_application_mode", "resume_application_mode"]


@pytest.mark.parametrize("editor", ["false", "no-such-editor"])
async def test_the_note_stays_on_the_screen_if_the_editor_fails(
    calls_of_driver, monkeypatch, keep, visit, editor
):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    async with visit(keep()) as reader:
        await reader.press("s", "enter", "a")
        await reader.sees("Ctrl+S save")
        await reader.type("words")
        await reader.press("ctrl+t")
        await reader.sees("words")
        assert "editor" in reader.toasts.lower()
    assert calls_of_driver == ["suspend_application_mode", "resume_application_mode"]


@pytest.mark.skipif(sys.platform == "darwin", reason="there is always a display")
async def test_the_article_stays_on_the_screen_if_the_browser_fails(
    calls_of_driver, monkeypatch, keep, visit
):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BROWSER", "w3mx")
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    async with visit(keep()) as reader:
        await reader.press("o")
        await reader.until(lambda: "No browser found" in reader.toasts)
        await reader.sees("Costs fell")
    assert calls_of_driver == ["suspend_application_mode", "resume_application_mode"]
