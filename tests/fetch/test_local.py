import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from annotator import fetch
from annotator.errors import FetchError, InvalidAddress, NotAnArticle, TimedOut, TooLarge
from annotator.fetch import MAX_FILE_BYTES, local, path_of, read_bytes, read_file
from annotator.model import HTML, MARKDOWN, PLAIN_TEXT, Document
from annotator.model.document import PDF
from clipboards import TEXT, TYPES, WAYLAND, X11, put_program

IN_UTF_8 = "[Console]::OutputEncoding=[Text.Encoding]::UTF8"


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.html", HTML),
        ("a.HTM", HTML),
        ("a.xhtml", HTML),
        ("a.txt", PLAIN_TEXT),
        ("a.md", MARKDOWN),
        ("a", PLAIN_TEXT),
        ("a.php", PLAIN_TEXT),
    ],
)
def test_a_file_is_a_page_of_its_kind_at_its_own_address(tmp_path, name, media_type):
    file = tmp_path / name
    file.write_text("Déjà vu.", encoding="utf-8")
    page = read_file(file)
    assert (page.html, page.media_type, page.url) == ("Déjà vu.", media_type, file.as_uri())
    assert page.fetched_at is not None
    assert page.fetched_at.tzinfo is not None


def test_a_page_saved_without_a_suffix_is_known_by_its_contents(tmp_path):
    file = tmp_path / "saved"
    file.write_bytes("<!doctype html><meta charset=koi8-r><p>чаю".encode("koi8-r"))
    page = read_file(file)
    assert page.media_type == HTML
    assert page.html.endswith("<p>чаю")


def test_the_address_of_a_relative_path_is_whole(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a b.txt").write_text("Text.")
    assert read_file((tmp_path / "a b.txt").relative_to(tmp_path)).url.endswith("/a%20b.txt")


@pytest.mark.parametrize("name", ["caf\udce9.txt", "100 %.txt", "déjà#vu?.txt"])
def test_the_address_of_a_file_leads_back_to_it(tmp_path, name):
    path = tmp_path / name
    path.write_text("A story.")
    assert path_of(read_file(path).url) == path


def test_a_missing_file_is_reported(tmp_path):
    with pytest.raises(FetchError, match=r"No such file: .*/a\.html\. .*https://"):
        read_file(tmp_path / "a.html")


def test_a_folder_is_reported(tmp_path):
    with pytest.raises(NotAnArticle, match="is a folder"):
        read_file(tmp_path)


def test_a_named_pipe_is_refused_without_waiting_for_a_writer(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotAnArticle, match="standard input"):
        read_file(tmp_path / "pipe")


def test_a_device_is_refused():
    with pytest.raises(NotAnArticle, match="not a regular file"):
        read_file(Path("/dev/zero"))


@pytest.mark.skipif(not os.access("/proc/kmsg", os.R_OK), reason="needs the log of the kernel")
def test_a_file_that_waits_for_something_to_come_is_refused():
    with pytest.raises(FetchError, match="kmsg"):
        read_file(Path("/proc/kmsg"))


def test_an_unreadable_file_is_reported(tmp_path):
    loop = tmp_path / "loop.html"
    loop.symlink_to(loop)
    with pytest.raises(FetchError, match="cannot be read: Too many levels"):
        read_file(loop)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_reported(tmp_path):
    file = tmp_path / "a.html"
    file.write_text("Text.")
    file.chmod(0)
    with pytest.raises(FetchError, match="cannot be read: Permission denied"):
        read_file(file)


@pytest.mark.parametrize("name", ["a" * 5000, "a\x00b"])
def test_a_name_that_no_file_can_have_is_reported(tmp_path, name):
    with pytest.raises(FetchError, match="cannot be read"):
        read_file(tmp_path / name)


def test_no_escape_sequence_of_a_name_reaches_the_message(tmp_path):
    with pytest.raises(FetchError) as refused:
        read_file(tmp_path / "\x1b]0;owned\x07.html")
    assert "\x1b" not in str(refused.value)


def test_an_empty_file_is_reported(tmp_path):
    (tmp_path / "a.txt").touch()
    with pytest.raises(NotAnArticle, match=r"a\.txt is empty"):
        read_file(tmp_path / "a.txt")


def test_a_binary_file_is_reported(tmp_path):
    (tmp_path / "a.txt").write_bytes(bytes(range(256)) * 40)
    with pytest.raises(NotAnArticle, match="binary"):
        read_file(tmp_path / "a.txt")


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    file = tmp_path / "a.html"
    with file.open("wb") as opened:
        opened.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(TooLarge, match="larger than 50 MB"):
        read_file(file)


def test_standard_input_is_sniffed():
    assert read_bytes(b"<html><p>Hello").media_type == HTML
    assert read_bytes(b"# Hello\n\nText.").media_type == MARKDOWN
    assert read_bytes(b"Hello.").media_type == PLAIN_TEXT


def test_standard_input_has_the_address_that_it_is_given():
    assert read_bytes(b"Hello.").url == ""
    assert read_bytes(b"Hello.", url="https://Example.org/a#b").url == "https://example.org/a"


def test_the_address_of_standard_input_is_checked():
    with pytest.raises(InvalidAddress):
        read_bytes(b"Hello.", url="example.org/a")


def test_the_address_does_not_say_what_standard_input_holds():
    assert read_bytes(b"Copied text.", url="https://example.org/a.html").media_type == PLAIN_TEXT


def test_a_name_says_what_the_bytes_hold():
    assert read_bytes(b"Text.", name="notes.md").media_type == MARKDOWN


def test_bytes_are_called_by_their_name_in_messages():
    with pytest.raises(NotAnArticle, match=r"^Standard input is empty"):
        read_bytes(b"")
    with pytest.raises(NotAnArticle, match=r"^The clipboard is empty"):
        read_bytes(b"", name="The clipboard")


def test_too_much_standard_input_is_refused():
    with pytest.raises(TooLarge, match=r"^Standard input is larger"):
        read_bytes(b"a" * (MAX_FILE_BYTES + 1))


def test_a_local_file_costs_nothing_of_the_network():
    script = (
        "import sys; from annotator.fetch import looks_like_address, read_bytes;"
        "looks_like_address('https://example.org/'); read_bytes(b'Hello.');"
        "sys.exit(sorted({'httpx', 'ssl', 'asyncio', 'chardet'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, check=False)
    assert done.stderr == b"[]\n"


def test_a_document_is_known_by_its_bytes_whatever_its_name(tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(b"%PDF-1.7\n")
    document = read_file(path)
    assert isinstance(document, Document)
    assert (document.media_type, document.url) == (PDF, path.as_uri())
    assert read_bytes(b"%PDF-1.7\n").media_type == PDF


def test_a_document_may_be_larger_than_a_page(tmp_path):
    path, size = tmp_path / "a.pdf", MAX_FILE_BYTES + 1
    for data, kind in ((b"%PDF-1.7\n", Document), (b"A text.", None)):
        with path.open("wb") as file:
            file.write(data)
            file.truncate(size)
        if kind:
            assert isinstance(read_file(path), kind)
        else:
            with pytest.raises(TooLarge):
                read_file(path)


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
