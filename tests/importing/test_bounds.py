"""Limits on files that would fill the memory or take for ever: they are refused in words."""

import io
import zipfile

import pytest

from annotator.errors import ImportFailed
from annotator.importing import services
from annotator.importing.importers import read, recognise
from annotator.importing.readers import json_values
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.services import service_named
from annotator.importing.source import SourceFile
from importing_files import read_file


@pytest.mark.parametrize("name", ["MAX_ITEMS", "_MAX_PAGES"])
def test_a_service_that_never_ends_is_left(monkeypatch, name):
    monkeypatch.setattr(services, name, 20)
    steps = service_named("readwise").steps()
    next(steps)
    sent = []

    def send_all():
        for number in range(100):
            page = {"results": [JsonObject({"id": number})], "nextPageCursor": f"c{number}"}
            sent.append(steps.send(JsonObject(page)))

    with pytest.raises(ImportFailed, match="without an end"):
        send_all()
    assert len(sent) <= 20


def test_pages_without_records_end_a_service_that_always_names_another():
    steps = service_named("readwise").steps()
    number, document = 0, None
    next(steps)
    while document is None:
        number += 1
        try:
            steps.send(JsonObject({"results": [], "nextPageCursor": f"c{number}"}))
        except StopIteration as finished:
            document = finished.value
    assert document == {"results": []}
    assert number < 10


@pytest.mark.slow
def test_a_saved_page_with_parts_in_parts_without_an_end_is_refused():
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b0\n\n"
    nested = "".join(
        f"--b{n}\nContent-Type: multipart/related; boundary=b{n + 1}\n\n" for n in range(12_000)
    )
    _, [skipped] = read_file(head + nested, expected="mhtml")
    assert "more than 20 parts" in skipped.reason
    beside = "--b0\nContent-Type: text/plain\n\nx\n" * 30_000
    _, [skipped] = read_file(f"{head}{nested[:60]}{beside}", expected="mhtml")
    assert "more than 5,000 parts" in skipped.reason
    blocks = "Content-Type: message/delivery-status\n\n" + "Action: failed\n\n" * 100_000
    _, [skipped] = read_file(f"{head}--b0\n{blocks}", expected="mhtml")
    assert "more than 5,000 parts" in skipped.reason


def test_files_of_an_archive_are_in_memory_one_after_the_other():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for n in range(3):
            archive.writestr(f"{n}.txt", f"https://example.org/{n}\n")
    matches = recognise(SourceFile("lists.zip", buffer.getvalue()))
    assert not any("data" in vars(match.source) for match in matches)
    assert [item.url for match in matches for item in read(match)] == [
        f"https://example.org/{n}" for n in range(3)
    ]
    assert not any("data" in vars(match.source) for match in matches)


@pytest.mark.parametrize(
    "text",
    [
        f"# a{' ' * 60_000}b\n\n> Words.\n",
        "TY  - WEB\nUR  - https://example.org/\nAB  - x\n" + "y\n" * 300_000 + "ER  - \n",
        "%0 Web Page\n%U https://example.org/\n%X x\n" + "y\n" * 300_000,
        "# T\n- URL: https://example.org/\n## Highlights\n- x\n" + "y\n" * 300_000,
        "<rss><channel><title>T</title><item><link>https://example.org/</link><description>"
        + "&lt;a&gt;" * 40_000
        + "Highlights:"
        + "&lt;li" * 40_000
        + "</description></item></channel></rss>",
        f"Type: highlight\nTitle: T{' ' * 60_000}\n- https://example.org/\n- https://example.org/b",
    ],
    ids=["markdown", "ris", "endnote", "list", "rss", "kobo"],
)
def test_texts_that_repeat_one_thing_are_read_in_linear_time(text):
    """Each of them took from seconds to hours in a form that looks back."""
    items, _ = read_file(text)
    assert len(items) >= 1


def test_json_with_too_many_objects_is_refused_before_it_fills_the_memory(monkeypatch):
    monkeypatch.setattr(json_values, "MAX_OBJECTS", 20)
    text = "[" + ",".join('{"url": "https://example.org/"}' for _ in range(30)) + "]"
    with pytest.raises(ImportFailed, match=r"known format\. It has more than 20 objects\."):
        read_file(text)
