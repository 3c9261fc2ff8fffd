"""The clipboard is read by whichever program the system has for it."""

from functools import partial

import pytest

from annotator import fetch
from annotator.errors import FetchError, NotAnArticle, TimedOut, TooLarge
from annotator.fetch import local
from clipboards import TEXT, TYPES, WAYLAND, X11, put_program

IN_UTF_8 = "[Console]::OutputEncoding=[Text.Encoding]::UTF8"


@pytest.fixture
def copied(tmp_path):
    """Return a function that puts a program in place, with what it answers to its arguments."""
    return partial(put_program, tmp_path)


def test_html_comes_with_the_text_and_the_address_of_its_page(copied):
    path = copied(
        "wl-paste",
        {
            TYPES: b"text/html\ntext/plain\nchromium/x-source-url\n",
            TEXT: b"Bread costs more.",
            "-n -t text/html": b"<p>Bread <b>costs</b> more.",
            "-n -t chromium/x-source-url": b"https://example.org/bread\n",
        },
    )
    text, html, url = fetch.read_clipboard(path | WAYLAND)
    assert text == b"Bread costs more."
    assert html.endswith(b"<p>Bread <b>costs</b> more.")
    assert url == "https://example.org/bread"


def test_the_address_that_firefox_notes_is_read(copied):
    ask = "-o -sel c -t "
    path = copied(
        "xclip",
        {
            f"{ask}TARGETS": b"TARGETS\nUTF8_STRING\ntext/x-moz-url-priv\n",
            f"{ask}UTF8_STRING": "Brot für alle".encode(),
            f"{ask}text/x-moz-url-priv": "https://example.org/brot".encode("utf-16-le"),
        },
    )
    clipping = fetch.read_clipboard(path | X11)
    assert clipping == ("Brot für alle".encode(), b"", "https://example.org/brot")


@pytest.mark.parametrize("address", [b"file:///etc/passwd", b"javascript:alert(1)", b"\xff\xfe"])
def test_an_address_that_is_none_of_the_web_is_left_out(copied, address):
    path = copied(
        "wl-paste",
        {
            TYPES: b"text/plain\nchromium/x-source-url",
            TEXT: b"Words",
            "-n -t chromium/x-source-url": address,
        },
    )
    assert fetch.read_clipboard(path | WAYLAND) == (b"Words", b"", "")


@pytest.mark.parametrize(
    ("name", "arguments", "display"),
    [
        ("xsel", "--clipboard --output", X11),
        ("pbpaste", "", {}),
        (
            "powershell.exe",
            f"-c {IN_UTF_8};gcb -Raw",
            {},
        ),
    ],
)
def test_programs_that_know_only_plain_text_give_that(copied, name, arguments, display):
    path = copied(name, {arguments: b"Words"})
    assert fetch.read_clipboard(path | display) == (b"Words", b"", "")


def test_an_image_and_an_empty_clipboard_are_refused_by_name(copied):
    path = copied("wl-paste", {TYPES: b"image/png\n"})
    with pytest.raises(NotAnArticle, match="The clipboard holds an image"):
        fetch.read_clipboard(path | WAYLAND)
    path = copied("wl-paste", {TYPES: b"text/plain", TEXT: b" \n"})
    with pytest.raises(NotAnArticle, match="The clipboard holds no text"):
        fetch.read_clipboard(path | WAYLAND)


def test_more_than_a_file_may_have_is_refused(copied):
    path = copied("pbpaste", {"": b"x" * (fetch.MAX_FILE_BYTES + 1)})
    with pytest.raises(TooLarge, match="The clipboard is larger than 50 MB"):
        fetch.read_clipboard(path)


def test_a_program_that_does_not_answer_is_ended_with_all_that_it_started(
    tmp_path, copied, monkeypatch
):
    monkeypatch.setattr(local, "_PATIENCE", 0.1)
    path = copied("pbpaste", {})
    (tmp_path / "pbpaste").write_text("#!/bin/sh\nsleep 600\n")
    with pytest.raises(TimedOut, match="was not read within"):
        fetch.read_clipboard(path)


@pytest.mark.parametrize("display", [WAYLAND, X11, {}])
def test_without_a_program_the_advice_is_what_to_install(tmp_path, display):
    with pytest.raises(FetchError, match="No program") as refused:
        fetch.read_clipboard({"PATH": str(tmp_path)} | display)
    assert "Install wl-clipboard or xclip" in refused.value.hint


def test_a_program_without_its_display_is_not_asked(copied):
    path = copied("xsel", {"--clipboard --output": b"Words"})
    with pytest.raises(FetchError, match="No program"):
        fetch.read_clipboard(path)
