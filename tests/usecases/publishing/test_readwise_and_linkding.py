"""Marks that are sent to Readwise and to linkding, by fakes that follow what both document."""

import json
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import pytest
from msgspec.structs import replace

from annotator.errors import FetchError
from annotator.settings.settings import Account
from annotator.store import PublishMemory
from annotator.usecases.publishing.accounts import headers_of
from annotator.usecases.publishing.linkding import Linkding
from annotator.usecases.publishing.publish import PublishOptions, PublishRun
from annotator.usecases.publishing.readwise import Readwise
from annotator.usecases.service_session import Pace, ServiceSession
from builders import make_annotation, make_article, make_extraction, make_page

PRICES, WAGES = "Prices rose by a tenth.", "Wages did not."
URL = "https://example.org/story"


class AtOnce(Readwise):
    """Readwise without the pace that it wants."""

    pace = Pace()


class FakeReadwise:
    """Highlights by id; the same text of the same book is not doubled."""

    token = "Token secret"
    base = "/api/v2"
    says_ids = True

    def __init__(self):
        self.things = {}

    def answer(self, method, path, _query, body):
        number = path.rstrip("/").rpartition("/")[2]
        if method == "POST" and path == "/highlights/":
            [new] = body["highlights"]
            same = [
                key
                for key, old in self.things.items()
                if (old["text"], old["title"]) == (new["text"], new["title"])
            ]
            key = same[0] if same else len(self.things) + 501
            self.things[key] = new
            said = [key] if self.says_ids else []
            return 200, [{"id": 7, "title": new["title"], "modified_highlights": said}]
        if int(number) not in self.things:
            return 404, {"detail": "Not found."}
        if method == "PATCH":
            self.things[int(number)] |= body
            return 200, self.things[int(number)]
        del self.things[int(number)]
        return 204, None


class FakeLinkding:
    """Bookmarks by id; one that is posted again is overwritten, as linkding does."""

    token = "Token secret"
    base = ""

    def __init__(self):
        self.things = {}

    def answer(self, method, path, query, body):
        if path == "/api/bookmarks/check/":
            found = [row for row in self.things.values() if row["url"] == query["url"]]
            return 200, {"bookmark": found[0] if found else None, "metadata": {}}
        if path == "/api/bookmarks/":
            assert query == {"disable_scraping": "true"}
            key = len(self.things) + 1
            self.things[key] = {"id": key, **body}
            return 201, self.things[key]
        key = int(path.rstrip("/").rpartition("/")[2])
        if key not in self.things:
            return 404, {"detail": "Not found."}
        if method == "DELETE":
            del self.things[key]
            return 204, None
        self.things[key] |= body or {}
        return 200, self.things[key]


@contextmanager
def serving(fake):
    """Serve a fake on the loopback address while the context is open."""
    fake.asked = []

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self):
            parts = urlsplit(self.path)
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            fake.asked.append((self.command, parts.path))
            status, value = 401, {}
            if self.headers.get("Authorization") == fake.token:
                query = dict(parse_qsl(parts.query))
                path = parts.path.removeprefix(fake.base)
                status, value = fake.answer(
                    self.command, path, query, json.loads(content or b"null")
                )
            data = b"" if value is None else json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = do_DELETE = handle_any  # noqa: N815 - names of the class

        def log_message(self, *arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        fake.url = f"http://127.0.0.1:{http.server_port}{fake.base}"
        thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield fake
        http.shutdown()
        thread.join()


@pytest.fixture
def readwise():
    with serving(FakeReadwise()) as fake:
        yield fake


@pytest.fixture
def linkding():
    with serving(FakeLinkding()) as fake:
        yield fake


@pytest.fixture
def send(library):
    """Return a function that publishes to one of the two."""

    async def run(fake, *, undo=False):
        kind = AtOnce if isinstance(fake, FakeReadwise) else Linkding
        publisher = kind(Account(name="mine", service="readwise", address=fake.url))
        headers = headers_of(publisher, {"ANNOTATOR_READWISE_TOKEN": "secret"})
        session = ServiceSession(fake.url, headers, pace=publisher.pace)
        lines = []
        now = datetime.now(UTC) + timedelta(seconds=len(fake.asked))
        with PublishMemory(library.state) as memory:
            shown = PublishOptions(show=lines.append)
            run = PublishRun(library, publisher, session, memory=memory, options=shown, now=now)
            await (run.undo() if undo else run.publish(()))
        return SimpleNamespace(lines=lines, done=[(line.action, line.label) for line in lines])

    return run


def change(library, mark, **fields):
    library.article(mark.article_id).revise(mark.id, partial(replace, **fields))


async def test_readwise_gets_each_mark_once_with_a_link_to_its_place(send, readwise, marks):
    assert (await send(readwise)).done == [("create", PRICES), ("create", WAGES)]
    first = readwise.things[501]
    assert first["highlight_url"].startswith(f"{URL}#:~:text=")
    assert first["note"] == (
        ".prices .claim .status-disputed\n\nSee p. 4.\n\nStatement: A tenth more.\n\nSpeaker: Ann"
        "\n\nStatus: disputed"
    )
    assert (first["source_url"], first["category"]) == (URL, "articles")
    before = len(readwise.asked)
    assert (await send(readwise)).done == []
    assert len(readwise.asked) == before


async def test_readwise_has_what_changed_here_and_not_what_was_deleted(
    send, readwise, marks, library
):
    await send(readwise)
    change(library, marks[0], note="")
    library.article(marks[0].article_id).remove([marks[1].id], now=datetime.now(UTC))
    assert (await send(readwise)).done == [("delete", WAGES), ("update", PRICES)]
    assert "See p. 4." not in readwise.things[501]["note"]
    assert len(readwise.things) == 1
    assert (await send(readwise, undo=True)).done == [("stays", PRICES)]


async def test_a_highlight_whose_id_readwise_did_not_say_is_told_to_stay_as_it_is(
    send, readwise, marks, library
):
    readwise.says_ids = False
    await send(readwise)
    change(library, marks[0], note="See p. 5.")
    [changed] = (await send(readwise)).lines
    assert (changed.action, "Change it there" in changed.reason) == ("refused", True)
    undone = await send(readwise, undo=True)
    assert undone.done == [("stays", PRICES), ("stays", WAGES)]
    assert "Delete it there" in undone.lines[0].reason


async def test_undo_names_what_may_have_arrived(send, readwise, marks):
    readwise.token = "Token other"
    with pytest.raises(FetchError):
        await send(readwise)
    readwise.token = "Token secret"
    [line] = (await send(readwise, undo=True)).lines
    assert (line.action, line.label) == ("stays", PRICES)
    assert "may have arrived" in line.reason


async def test_what_readwise_would_cut_is_named_and_not_sent(send, readwise, library, moment):
    article = make_article("Long " * 3_000, url=URL)
    library.store(make_extraction(article), make_page(url=URL), now=moment)
    library.put([make_annotation(article, article.text[:9_000].strip())])
    [line] = (await send(readwise)).lines
    assert (line.action, "8,191 characters" in line.reason) == ("refused", True)


async def test_linkding_has_the_marks_in_the_notes_of_a_bookmark(send, linkding, marks, library):
    await send(linkding)
    [bookmark] = linkding.things.values()
    assert (bookmark["url"], bookmark["title"]) == (URL, "An article")
    assert "> Prices rose by a tenth.\n\nSee p. 4." in bookmark["notes"]
    assert "#prices #claim #status:disputed" in bookmark["notes"]
    before = len(linkding.asked)
    assert (await send(linkding)).done == []
    assert len(linkding.asked) == before
    change(library, marks[0], note="See p. 5.")
    assert [action for action, _ in (await send(linkding)).done] == ["update"]
    [bookmark] = linkding.things.values()
    assert "See p. 5." in bookmark["notes"]
    assert "See p. 4." not in bookmark["notes"]


async def test_a_bookmark_of_its_user_keeps_what_they_wrote(send, linkding, marks, library):
    linkding.things[1] = {"id": 1, "url": URL, "title": "Mine", "notes": "Read this.",
                          "tag_names": ["later"]}  # fmt: skip
    await send(linkding)
    assert linkding.things[1]["title"] == "Mine"
    assert linkding.things[1]["notes"].startswith("Read this.\n\n<!-- annotator -->\n\n> ")
    assert linkding.things[1]["tag_names"] == ["later"]
    linkding.things[1]["notes"] += "\n\nAsk Ann."
    change(library, marks[0], note="See p. 5.")
    await send(linkding)
    assert "See p. 5." in linkding.things[1]["notes"]
    assert linkding.things[1]["notes"].endswith("\n\nAsk Ann.")
    library.article(marks[0].article_id).remove([mark.id for mark in marks], now=datetime.now(UTC))
    library.trash(marks[0].article_id)
    await send(linkding)
    assert linkding.things[1]["notes"] == "Read this.\n\nAsk Ann."


@pytest.mark.parametrize("notes", ["Mine.\n\n{}", "{}\n\nMine."])
async def test_undo_deletes_only_a_bookmark_that_is_ours_alone(send, linkding, marks, notes):
    await send(linkding)
    await send(linkding, undo=True)
    assert linkding.things == {}
    await send(linkding)
    [bookmark] = linkding.things.values()
    bookmark["notes"] = notes.format(bookmark["notes"])
    await send(linkding, undo=True)
    [bookmark] = linkding.things.values()
    assert bookmark["notes"] == "Mine."
