"""E-readers that ask for books: KOReader's wallabag plug-in and its OPDS browser, word for word."""

import asyncio
import io
import json
import zipfile
from base64 import b64encode
from contextlib import asynccontextmanager
from urllib.parse import quote, urljoin
from xml.etree import ElementTree as ET

import pytest

from annotator.fetch import FetchOptions
from annotator.serve.capture import CaptureRoutes
from annotator.serve.e_readers import DeviceChecks, device_routes
from annotator.serve.page_checks import MAX_WRONG, PasswordGuard
from annotator.serve.request_checks import MAX_WRONG as MAX_WRONG_TOKENS
from annotator.serve.server import HttpServer, open_server
from annotator.settings import Settings
from annotator.usecases.articles.captures import Captures
from annotator.usecases.articles.lookup import articles
from annotator.usecases.exporting.device_library import DeviceLibrary, number_of
from asking import Asking, free_port
from builders import MOMENT, make_article, make_extraction, make_page
from serving import serve

PASSWORD = "a long password"
ATOM = "{http://www.w3.org/2005/Atom}"
STORY = b"""<!doctype html><html lang="en"><head><title>Bread costs more</title></head><body>
<article><h1>Bread costs more</h1>
<p>The price of bread rose by a tenth within a year, the office for statistics said on Friday.</p>
<p>Bakers blame the price of flour, which rose by a third, and that of gas, which did not.</p>
</article></body></html>"""


class Device:
    """KOReader: its requests have these fields, whichever plug-in makes them."""

    def __init__(self, port):
        self.ask, self.port, self.token, self.steps = Asking(port), port, "", []

    async def call(self, method, path, fields=None, body=None):
        """Ask as `Wallabag:callAPI` does: with the token, unless it has fields of its own."""
        given = {
            "User-Agent": "LuaSocket 3.0-rc1",
            "Connection": "close, TE",
            "TE": "trailers",
            "Authorization": None,
        }
        given |= fields if fields is not None else {"Authorization": f"Bearer {self.token}"}
        return await self.ask(method, path, body or b"", **given)

    async def send(self, method, path, value, *, has_token=True):
        body = json.dumps(value).encode()
        fields = {
            "Content-type": "application/json",
            "Accept": "application/json, */*",
            "Content-Length": str(len(body)),
        }
        if has_token:
            fields["Authorization"] = f"Bearer {self.token}"
        return await self.call(method, path, fields, body)

    async def log_in(self, password=PASSWORD):
        got = await self.send(
            "POST",
            "/oauth/v2/token",
            {
                "grant_type": "password",
                "client_id": "x",
                "client_secret": "x",
                "username": "me",
                "password": password,
            },
            has_token=False,
        )
        if got.status == 200:
            assert got.value["expires_in"] > 300
            self.token = got.value["access_token"]
        return got

    async def list(self, count=30, filtering=""):
        """Return all entries, as `Wallabag:getArticleList` gathers them."""
        entries, page = [], 1
        while len(entries) < count:
            got = await self.call(
                "GET", f"/api/entries.json?archive=0&page={page}&perPage={count}{filtering}"
            )
            if got.status != 200:
                break
            items = got.value["_embedded"]["items"]
            entries += items
            if not items or page >= got.value["pages"]:
                break
            page += 1
        return entries

    async def browse(self, path="/opds", password=PASSWORD, method="GET", **fields):
        """Ask as the OPDS browser does."""
        given = {"Accept-Encoding": "identity", "Accept": "application/opds+json"}
        if password:
            basic = b64encode(f"me:{password}".encode()).decode()
            given["Authorization"] = f"Basic {basic}"
        return await self.call(method, path, given | fields)

    async def feed(self, path="/opds"):
        got = await self.browse(path)
        assert (got.status, got.fields["content-type"].partition(";")[0]) == (
            200,
            "application/atom+xml",
        )
        return ET.fromstring(got.body)


@asynccontextmanager
async def serving(library, address="", **options):
    port, device = free_port(), None
    waiting = Captures(library, [].append, FetchOptions(waits=()))
    checks = DeviceChecks(port, PasswordGuard(PASSWORD), "a secret", address)
    device = Device(port)
    devices = DeviceLibrary(library, Settings(), device.steps.append, lambda: MOMENT)
    routes = device_routes(devices, CaptureRoutes(waiting, patience=30.0), checks)
    async with open_server(HttpServer(routes, checks, **options), port=port):
        work = asyncio.create_task(waiting.work())
        yield device
        work.cancel()
        await asyncio.wait([work])


@pytest.fixture
async def device(library, cleaned_here):
    async with serving(library) as one:
        yield one


def keep(library, number=1, *, words="Coal made two thirds of the power.", **fields):
    article = make_article(words, title=f"Article {number}", url=f"https://example.org/{number}")
    library.store(make_extraction(article), make_page(url=article.url), now=MOMENT)
    return library.article(article.id).record()


def links(element, rel):
    return [link.get("href") for link in element.iter(f"{ATOM}link") if link.get("rel") == rel]


async def test_a_whole_sync_of_koreaders_wallabag(library, device, monkeypatch):
    """Log in, send the queue, tags and what is read, list, download, and list again."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    one, two, three = (keep(library, number) for number in (1, 2, 3))
    with serve({"/bread": STORY}) as site:
        assert (await device.log_in()).status == 200
        body = {"url": site.url("/bread"), "tags": "e-reader,later"}
        added = await device.send("POST", "/api/entries.json", body)
        assert (added.status, added.body[:1]) == (200, b"{")
    number = number_of(one.id)
    tagged = await device.send("POST", f"/api/entries/{number}/tags.json", {"tags": "Good, long"})
    assert (tagged.status, tagged.body[:1]) == (200, b"{")
    read = await device.send("PATCH", f"/api/entries/{number}.json", {"archive": 1})
    assert (read.status, read.body[:1]) == (200, b"{")
    gone = await device.call("DELETE", f"/api/entries/{number_of(two.id)}.json")
    assert (gone.status, gone.body[:1]) == (200, b"{")

    entries = await device.list()
    assert {entry["title"] for entry in entries} == {"Bread costs more", "Article 3"}
    assert added.value["id"] in {entry["id"] for entry in entries}
    for entry in entries:
        got = await device.call("GET", f"/api/entries/{entry['id']}/export.epub")
        assert (got.status, got.fields["content-type"]) == (200, "application/epub+zip")
        assert zipfile.is_zipfile(io.BytesIO(got.body))

    assert library.article(one.id).record().state == "read"
    assert library.article(one.id).record().tags == ("Good", "long")
    assert two.id in library.trashed()
    assert library.article(three.id).record() == three
    [bread] = [record for record in articles(library) if record.title == "Bread costs more"]
    assert set(bread.tags) == {"e-reader", "later"}


async def test_what_a_device_changes_can_be_taken_back(library, device):
    record = keep(library)
    await device.log_in()
    await device.send("PATCH", f"/api/entries/{number_of(record.id)}.json", {"archive": 1})
    await device.call("DELETE", f"/api/entries/{number_of(record.id)}.json")
    assert record.id in library.trashed()
    for step in reversed(device.steps):
        step.undo(library, now=MOMENT)
    assert library.article(record.id).record().state == "unread"


async def test_entries_come_in_pages_with_404_after_the_last(library, device):
    for number in range(5):
        keep(library, number)
    await device.log_in()
    got = await device.call("GET", "/api/entries.json?archive=0&page=2&perPage=2")
    value = got.value
    assert [value[key] for key in ("page", "pages", "limit", "total")] == [2, 3, 2, 5]
    assert len(value["_embedded"]["items"]) == 2
    assert (await device.call("GET", "/api/entries.json?page=4&perPage=2")).status == 404
    assert len(await device.list(2)) == 2
    assert len({entry["id"] for entry in await device.list()}) == 5


async def test_entries_can_be_chosen_by_tag_star_and_archive(library, device):
    one, two = keep(library, 1), keep(library, 2)
    await device.log_in()
    path = f"/api/entries/{number_of(one.id)}.json"
    await device.send("PATCH", path, {"starred": 1, "tags": "energy"})
    await device.send("PATCH", f"/api/entries/{number_of(two.id)}.json", {"archive": True})
    assert [entry["title"] for entry in await device.list(filtering="&starred=1")] == ["Article 1"]
    assert [entry["title"] for entry in await device.list(filtering="&tags=energy")] == [
        "Article 1"
    ]
    got = await device.call("GET", "/api/entries.json?archive=1")
    assert [entry["title"] for entry in got.value["_embedded"]["items"]] == ["Article 2"]
    await device.send("PATCH", path, {"starred": 0})
    assert library.article(one.id).record().tags == ("energy",)


def test_numbers_of_entries_are_written_by_lua_as_they_are():
    assert number_of("f" * 16) < 10**14
    assert number_of("0123456789abcdef") == 0x0123456789A


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/entries/12/export.epub", 404),
        ("GET", "/api/entries/../../etc/passwd", 404),
        ("GET", "/api/entries/1.json", 404),
        ("PATCH", "/api/entries/99999999999999999999.json", 404),
        ("DELETE", "/api/entries/12/tags.json", 404),
        ("GET", "/opds/nothing", 404),
        ("GET", "/opds/book/../../x.epub", 404),
        ("PUT", "/api/entries/12.json", 405),
        ("GET", "/article/12", 404),
    ],
)
async def test_what_is_not_there_is_refused(device, method, path, status):
    await device.log_in()
    assert (await device.call(method, path)).status == status


async def test_a_wrong_tag_or_body_is_refused_and_changes_nothing(library, device):
    record = keep(library)
    await device.log_in()
    path = f"/api/entries/{number_of(record.id)}"
    assert (await device.send("POST", f"{path}/tags.json", {"tags": "///"})).status == 400
    assert (await device.send("PATCH", f"{path}.json", [1])).status == 400
    assert library.article(record.id).record() == record


# OPDS


async def test_feeds_lead_from_the_start_to_books(library, device):
    record = keep(library)
    await device.log_in()
    await device.send("PATCH", f"/api/entries/{number_of(record.id)}.json", {"tags": "a/b-ü"})
    start = await device.feed()
    titles = [entry.findtext(f"{ATOM}title") for entry in start.iter(f"{ATOM}entry")]
    assert titles == ["Unread", "All articles", "#a/b-ü"]
    for path in links(start, "subsection"):
        feed = await device.feed(path)
        [entry] = feed.iter(f"{ATOM}entry")
        assert entry.findtext(f"{ATOM}title") == "Article 1"
        [link] = list(entry.iter(f"{ATOM}link"))
        assert link.get("rel") == "http://opds-spec.org/acquisition"
        assert link.get("type") == "application/epub+zip"
        got = await device.browse(urljoin(path, link.get("href")))
        assert zipfile.is_zipfile(io.BytesIO(got.body))
        assert quote(f"Article 1--{record.id}.epub") in got.fields["content-disposition"]


async def test_feeds_have_pages(library, device):
    for number in range(60):
        keep(library, number)
    first = await device.feed("/opds/all")
    assert len([*first.iter(f"{ATOM}entry")]) == 50
    [following] = links(first, "next")
    second = await device.feed(following)
    assert len([*second.iter(f"{ATOM}entry")]) == 10
    assert (links(second, "next"), len(links(second, "previous"))) == ([], 1)


async def test_the_library_can_be_searched_from_a_device(library, device):
    keep(library, 1)
    keep(library, 2, words="Bread costs more.")
    [search] = links(await device.feed(), "search")
    feed = await device.feed(search.replace("{searchTerms}", "bread"))
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles == ["Article 2"]
    assert (await device.browse("/opds/search?q=is%3Anonsense")).status == 400


async def test_unread_articles_are_those_that_are_not_read(library, device):
    record = keep(library, 1)
    keep(library, 2)
    await device.log_in()
    await device.send("PATCH", f"/api/entries/{number_of(record.id)}.json", {"archive": 1})
    feed = await device.feed("/opds/unread")
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == ["Article 2"]


# Who is let in


async def test_a_device_without_the_password_gets_nothing(library, device):
    record = keep(library)
    got = await device.browse(password="")
    assert (got.status, got.fields["www-authenticate"][:5]) == (401, "Basic")
    number = number_of(record.id)
    for method, path in (
        ("GET", "/api/entries.json"),
        ("GET", f"/api/entries/{number}/export.epub"),
        ("PATCH", f"/api/entries/{number}.json"),
        ("DELETE", f"/api/entries/{number}.json"),
        ("POST", "/api/entries.json"),
        ("GET", f"/opds/book/{record.id}.epub"),
    ):
        assert (await device.call(method, path, {})).status == 401
        assert (await device.call(method, path)).status == 401  # with an empty token
    assert library.article(record.id).record() == record


async def test_the_password_alone_changes_nothing(library, device):
    record = keep(library)
    got = await device.browse(f"/api/entries/{number_of(record.id)}.json", method="DELETE")
    assert got.status == 401
    assert record.id not in library.trashed()


async def test_who_guesses_has_to_wait(device):
    statuses = [(await device.log_in("wrong")).status for _ in range(MAX_WRONG + 1)]
    assert statuses == [401] * MAX_WRONG + [429]
    assert (await device.log_in()).status == 429
    assert (await device.browse()).status == 429


async def test_wrong_tokens_are_counted_and_the_right_one_still_works(device):
    await device.log_in()
    token, device.token = device.token, "wrong"
    statuses = {(await device.call("GET", "/api/entries.json")).status for _ in range(30)}
    assert statuses == {401, 429}
    assert MAX_WRONG_TOKENS < 30
    device.token = token
    assert (await device.call("GET", "/api/entries.json")).status == 200


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Host": "evil.example"}, 421),
    ],
)
async def test_no_page_on_the_web_can_ask_for_anything(device, fields, status):
    assert (await device.browse(**fields)).status == status
    await device.log_in()
    given = {"Authorization": f"Bearer {device.token}"} | fields
    assert (await device.call("DELETE", "/api/entries/1.json", given)).status == status


async def test_the_token_stays_when_the_server_is_started_again(library):
    async with serving(library) as device:
        first = (await device.log_in()).value["access_token"]
    async with serving(library) as device:
        again = await device.send("POST", "/oauth/v2/token", {"refresh_token": first})
        assert again.value["access_token"] == first


async def test_hostile_titles_and_tags_stay_text_in_feeds(library, device):
    title = "</title><script>alert(1)</script>\u202e]]>&amp;\"'"
    article = make_article("Coal.", title=title, url="https://example.org/h", byline=("<b>",))
    library.store(make_extraction(article), make_page(url=article.url), now=MOMENT)
    [entry] = (await device.feed("/opds/all")).iter(f"{ATOM}entry")
    assert "<script>" in entry.findtext(f"{ATOM}title")
