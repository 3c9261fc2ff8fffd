"""Articles, pages and highlights that are sent to Zotero, once, and taken back."""

import json
import os
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from annotator.errors import FetchError
from annotator.settings.settings import Account
from annotator.store import PublishMemory
from annotator.usecases.publishing.accounts import headers_of
from annotator.usecases.publishing.publish import PublishOptions, PublishRun
from annotator.usecases.publishing.zotero import Zotero, ZoteroWeb, key_of
from annotator.usecases.service_session import Pace, ServiceSession
from builders import make_annotation, make_article, make_extraction, make_page
from zotero_server import FakeZotero, serving_zotero

SCHEMA = os.environ.get("ANNOTATOR_ZOTERO_SCHEMA", "")  # the schema.json of zotero/zotero-schema
PRICES, WAGES = "Prices rose by a tenth.", "Wages did not."


class WebAtOnce(ZoteroWeb):
    """Zotero on the web without the pace that it wants."""

    pace = Pace()


@pytest.fixture
def server():
    """Return a Zotero on this computer."""
    with serving_zotero(FakeZotero()) as served:
        yield served


@pytest.fixture
def send(library, server):
    """Return a function that publishes, and returns the lines that it showed."""

    async def run(*words, undo=False, group="", kinds=("claim",), at=server, **options):
        kind = WebAtOnce if at.web_token else Zotero
        account = Account(name="z", service="zotero", address=at.url, group=group, marks=kinds)
        publisher = kind(account)
        publisher.batch = options.pop("batch", 50)
        headers = headers_of(publisher, {"ANNOTATOR_ZOTERO_TOKEN": at.web_token})
        lines, waits = [], []

        async def sleep(seconds):
            waits.append(seconds)

        session = ServiceSession(at.url, headers, pace=publisher.pace, sleep=sleep)
        now = datetime.now(UTC) + timedelta(seconds=len(at.asked))
        shown = PublishOptions(show=lines.append, **options)
        with PublishMemory(library.state) as memory:
            run = PublishRun(library, publisher, session, memory=memory, options=shown, now=now)
            await (run.undo() if undo else run.publish(words))
        done = [(line.action, line.label) for line in lines]
        return SimpleNamespace(lines=lines, done=done, waits=waits)

    return run


def change(library, mark, **fields):
    library.article(mark.article_id).revise(mark.id, partial(replace, **fields))


async def test_an_article_its_page_and_its_marks_are_there_once(send, server, marks):
    sent = await send()
    assert [action for action, _ in sent.done] == ["create"] * 4
    [item], [page] = server.of_type("webpage"), server.of_type("attachment")
    first, second = sorted(server.of_type("annotation"), key=lambda x: x["annotationSortIndex"])
    assert (item["title"], item["url"]) == ("An article", "https://example.org/story")
    assert (page["parentItem"], page["linkMode"]) == (item["key"], "imported_url")
    assert b"Prices rose by a tenth." in server.files[page["key"]]
    assert (first["annotationText"], second["annotationText"]) == (PRICES, WAGES)
    assert first["annotationComment"].startswith("See p. 4.\n\nStatement: A tenth more.")
    assert first["tags"] == [{"tag": "prices"}, {"tag": "claim"}, {"tag": "status:disputed"}]
    assert json.loads(first["annotationPosition"])["type"] == "CssSelector"
    assert server.dialogs == 1
    before = len(server.changes)
    assert (await send()).done == []
    assert len(server.changes) == before


async def test_a_second_run_changes_what_changed_and_keeps_what_its_user_did(
    send, server, marks, library
):
    await send()
    key = key_of(marks[0].id)
    server.edit(key, tags=[*server.items[key]["tags"], {"tag": "mine"}])
    [item] = server.of_type("webpage")
    server.edit(item["key"], itemType="report", title="As I call it", institution="I")
    change(library, marks[0], note="See p. 5.")
    assert (await send()).done == [("update", PRICES)]
    assert server.items[key]["annotationComment"].startswith("See p. 5.")
    assert {"tag": "mine"} in server.items[key]["tags"]
    assert server.items[item["key"]]["title"] == "As I call it"
    library.article(marks[0].article_id).remove([marks[1].id], now=datetime.now(UTC))
    assert (await send()).done == [("delete", WAGES)]
    assert server.items[key_of(marks[1].id)]["deleted"] == 1


async def test_a_new_text_is_a_new_page_with_the_marks_at_their_places(
    send, server, marks, library, moment
):
    await send()
    url = library.article(marks[0].article_id).record().url
    again = make_article("A new start. Prices rose by a tenth. Wages did not.", url=url)
    library.store(make_extraction(again), make_page(url=url), now=moment)
    done = (await send()).done
    assert {action for action, _ in done} == {"update"}
    [page] = server.of_type("attachment")
    assert b"A new start." in server.files[page["key"]]
    position = json.loads(server.items[key_of(marks[0].id)]["annotationPosition"])
    assert position["refinedBy"]["start"] == len("A new start. ")


async def test_undo_puts_what_it_made_into_the_trash_and_a_new_run_takes_it_out(
    send, server, marks
):
    await send()
    assert {action for action, _ in (await send(undo=True)).done} == {"delete"}
    assert all(item["deleted"] == 1 for item in server.items.values())
    await send()
    assert not any(item.get("deleted") for item in server.items.values())
    assert len(server.items) == 4


async def test_what_its_user_put_into_the_trash_stays_there(send, server, marks, library):
    await send()
    [item] = server.of_type("webpage")
    server.edit(item["key"], deleted=1)
    library.article(marks[0].article_id).update(partial(replace, tags=("new",)))
    assert (await send()).done == [("gone", "An article")]
    assert server.items[item["key"]]["deleted"] == 1


async def test_a_key_for_one_change_is_asked_for_again(send, server, marks):
    server.remembers = False
    await send()
    assert server.dialogs == 5
    assert len(server.items) == 4


async def test_a_user_who_says_no_is_asked_once_and_nothing_is_written(send, server, marks):
    server.allows = False
    with pytest.raises(FetchError, match="did not allow"):
        await send()
    assert (server.dialogs, server.items) == (1, {})


@pytest.mark.parametrize(
    ("status", "headers", "words"),
    [(403, {}, "no other program in"), (200, {}, "can only be read")],
)
async def test_a_zotero_that_cannot_be_written_to_is_named(
    send, server, marks, status, headers, words
):
    server.before = lambda *_: (status, headers, b"[]")
    with pytest.raises(FetchError, match=words):
        await send()


@pytest.mark.slow
async def test_a_zotero_that_does_not_run_is_asked_about(send, marks):
    with pytest.raises(FetchError) as refused:
        await send(at=SimpleNamespace(url="http://127.0.0.1:9/api", web_token="", asked=[]))
    assert "Does Zotero run" in refused.value.hint


async def test_a_busy_zotero_is_asked_again_when_it_says(send, server, marks):
    refused = iter([(429, {"Retry-After": "7"}, b"")])
    server.before = lambda _, path: next(refused, None) if "authorize" in path else None
    assert (await send()).waits == [7]
    assert len(server.items) == 4


async def test_a_change_there_in_between_is_read_again(send, server, marks, library):
    await send()
    key, edits = key_of(marks[0].id), iter([{"annotationColor": "#000000"}])

    def edited(method, path):
        if method == "PATCH" and (values := next(edits, None)):
            server.edit(key, **values)

    server.before = edited
    change(library, marks[0], note="Again.")
    assert (await send()).done == [("update", PRICES)]
    assert server.items[key]["annotationComment"].startswith("Again.")


@pytest.mark.parametrize("number", range(1, 7))
async def test_an_answer_that_is_lost_makes_no_doubles(send, server, marks, number):
    left = [number]

    def lost(method, path):
        left[0] -= method in {"POST", "PATCH"} and "authorize" not in path
        return left[0] == 0

    server.lost = lost
    try:
        await send()
    except FetchError:
        assert left[0] == 0
    server.lost = lambda *_: False
    await send()
    await send()
    assert len(server.items) == 4
    [page] = server.of_type("attachment")
    assert b"Prices rose" in server.files[page["key"]]
    assert len([x for x in server.asked if x[0] == "GET"]) > 0


async def test_two_machines_make_one_item(send, server, marks, library):
    await send()
    (library.state / "publishing" / "memory.db").unlink()
    await send()
    assert len(server.items) == 4


async def test_many_marks_go_in_arrays_of_fifty(send, server, library, moment):
    words = [f"word{n:03d}" for n in range(130)]
    article = make_article(" ".join(words), url="https://example.org/long")
    library.store(make_extraction(article), make_page(url=article.url), now=moment)
    library.put([make_annotation(article, word) for word in words])
    assert len((await send()).done) == 132
    assert len(server.of_type("annotation")) == 130
    assert len([x for x in server.changes if x == ("POST", "/users/0/items")]) == 5


async def test_a_mark_whose_words_are_gone_is_named(send, server, marks, library, moment):
    url = library.article(marks[0].article_id).record().url
    again = make_article("Prices rose by a tenth. And all else is gone.", url=url)
    library.store(make_extraction(again), make_page(url=url), now=moment)
    refused = [line for line in (await send()).lines if line.action == "refused"]
    assert [(line.label, "not in the text" in line.reason) for line in refused] == [(WAGES, True)]


async def test_the_web_takes_the_same_with_a_key(send, marks):
    with serving_zotero(FakeZotero(web_token="secret7", library="users/7")) as web:
        await send(at=web)
        assert len(web.items) == 4
        [page] = web.of_type("attachment")
        assert web.files[page["key"]].startswith(b"<!doctype html>")
        assert (await send(at=web)).done == []


async def test_a_group_is_a_library_of_its_own(send, server, marks):
    server.library = "groups/42"
    sent = await send(group="42")
    assert sent.lines[0].address.startswith("zotero://select/groups/42/items/")
    assert len(server.items) == 4


async def test_a_page_goes_to_no_other_address(send, server, marks):
    told = {"url": "http://127.0.0.1:1/steal", "uploadKey": "x"}
    server.before = lambda _, path: (
        (200, {}, json.dumps(told).encode()) if path.endswith("/file") else None
    )
    with pytest.raises(FetchError, match="no safe address"):
        await send()


async def test_a_journal_article_has_its_doi(send, server, library, moment):
    article = make_article(
        "It rose.", url="https://j.example/1", doi="10.1000/182", site_name="Grain",
        byline=("Ann van der Lee", "The Bakers Association"), published="2020-03",
    )  # fmt: skip
    library.store(make_extraction(article), make_page(url=article.url), now=moment)
    library.put([make_annotation(article, "It rose.")])
    await send()
    [item] = server.of_type("journalArticle")
    assert (item["DOI"], item["publicationTitle"], item["date"]) == (
        "10.1000/182",
        "Grain",
        "2020-03",
    )
    assert item["creators"][0] == {
        "creatorType": "author", "firstName": "Ann", "lastName": "van der Lee",
    }  # fmt: skip


@pytest.fixture
def schema():
    """Return what types of items have which fields, if the file is here."""
    if not SCHEMA:
        pytest.skip("ANNOTATOR_ZOTERO_SCHEMA names no file")
    return json.loads(Path(SCHEMA).read_text("utf-8"))


async def test_everything_has_the_fields_that_its_type_has(send, server, library, moment, schema):
    types = {kind["itemType"]: kind for kind in schema["itemTypes"]}
    sites = ("The Herald", "Time Magazine", "A Blog", "Wikipedia", "A Site", "")
    for number, site in enumerate(sites * 2):
        doi = "10.1000/1" if number >= len(sites) else UNSET
        article = make_article(
            f"It rose {number}.", url=f"https://e.example/{number}", site_name=site, doi=doi,
            byline=("Ann Lee", "The United Nations"), published="2020-03-01", excerpt="It did.",
        )  # fmt: skip
        library.store(make_extraction(article), make_page(url=article.url), now=moment)
        library.put([make_annotation(article, "It rose", tags=["a"], note="See.")])
    await send()
    own = {"key", "version", "itemType", "parentItem", "tags", "creators"}
    ours = {
        "attachment": {"linkMode", "contentType", "charset", "filename", "md5"},
        "annotation": {
            *("annotationType", "annotationText", "annotationComment", "annotationColor"),
            *("annotationSortIndex", "annotationPosition"),
        },
    }
    kinds = {item["itemType"] for item in server.items.values()}
    assert len(kinds) >= 7
    for item in server.items.values():
        kind = types[item["itemType"]]
        fields = {field["field"] for field in kind["fields"]} | ours.get(item["itemType"], set())
        assert set(item) - own <= fields, item
        names = {creator["creatorType"] for creator in kind["creatorTypes"]}
        assert {creator["creatorType"] for creator in item.get("creators", ())} <= names
