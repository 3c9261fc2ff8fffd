"""The library as pages for a browser: who is let in, what is shown, and that nothing changes."""

import json
import re
from base64 import b64encode
from contextlib import asynccontextmanager
from html.parser import HTMLParser
from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator.model import Claim, Extraction, Link
from annotator.serve.http import Incoming, Refused
from annotator.serve.page_checks import MAX_WRONG, CookieGuard, PasswordGuard
from annotator.serve.reading import reading_server
from annotator.serve.server import open_server
from annotator.settings import Settings
from annotator.usecases.exporting.served_pages import ServedPages
from asking import Asking, free_port
from builders import MOMENT, make_annotation, make_article, make_extraction, make_page
from varied_library import fill

MANIFEST = Path(__file__).parents[3] / "shared" / "attacks" / "manifest.json"
SECRET = "a long password"
FRAMED = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}


class Reader:
    """A browser that keeps its cookie, if it was given one."""

    def __init__(self, port, links, cookie=None):
        self.port, self.links, self.cookie = port, links, cookie

    async def __call__(self, path="/", method="GET", **fields):
        given = {"Authorization": None, "Cookie": self.cookie} | fields
        return await Asking(self.port)(method, path, **given)

    async def text(self, path="/"):
        got = await self(path)
        assert got.status == 200
        return got.body.decode()

    async def enter(self):
        got = await self(self.links[-1].partition(str(self.port))[2])
        assert (got.status, got.fields["location"]) == (303, "/")
        self.cookie = got.fields["set-cookie"].partition(";")[0]
        return got


@asynccontextmanager
async def reading(library, *, password="", address=""):
    port, links = free_port(), []
    guard = PasswordGuard(password) if password else CookieGuard(port, links.append)
    if not password:
        links.append(guard.address)
    server = reading_server(ServedPages(library, Settings()), port, guard, address=address)
    async with open_server(server, port=port):
        yield Reader(port, links)


@pytest.fixture
async def read(library):
    fill(library)
    async with reading(library) as reader:
        await reader.enter()
        yield reader


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the text."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.words = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    def links(self):
        return [given["href"] for tag, given in self.elements if tag == "a"]


async def test_an_address_lets_one_browser_in_and_is_used_up(library):
    async with reading(library) as reader:
        assert (await reader()).status == 403
        got = await reader.enter()
        assert got.fields["set-cookie"].endswith("; Path=/; HttpOnly; SameSite=Strict")
        assert got.fields["set-cookie"].startswith(f"annotator-{reader.port}=")
        assert (await reader()).status == 200
        first = reader.links[0].partition(str(reader.port))[2]
        assert (await Reader(reader.port, [])(first)).status == 403
        assert (await reader(first)).fields["location"] == "/"
        another = Reader(reader.port, reader.links)
        await another.enter()
        assert (await another()).status == 200
        assert len(set(reader.links)) == 3


@pytest.mark.parametrize(
    ("status", "fields"),
    [
        (200, {}),
        (200, {"Origin": "http://127.0.0.1:{port}"}),
        (200, {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}),
        (403, {"Cookie": None}),
        (403, {"Cookie": "annotator-{port}=guess; annotator-{port}="}),
        (421, {"Host": "evil.example:{port}"}),
        (421, {"Host": "127.0.0.1"}),
        (421, {"Host": "192.168.1.5:{port}"}),
        (421, {"Host": ""}),
        (403, {"Origin": "https://evil.example"}),
        (403, {"Origin": "null"}),
        (403, {"Origin": "http://127.0.0.1:1"}),
        (403, {"Sec-Fetch-Site": "cross-site"}),
        (403, {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}),
        (403, {"Sec-Fetch-Site": "cross-site"} | FRAMED),
        (400, {"Content-Length": "x"}),
        (411, {"Transfer-Encoding": "chunked"}),
        (413, {"Content-Length": "1"}),
        (400, {"X": "a" * 20_000}),
    ],
)  # fmt: skip
async def test_only_the_browser_of_the_user_is_answered(read, status, fields):
    told = {name: value and value.format(port=read.port) for name, value in fields.items()}
    assert (await read(**told)).status == status


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
async def test_nothing_is_done_but_reading(read, method):
    got = await read("/", method)
    refused = (403, None) if method == "OPTIONS" else (405, "GET, HEAD")
    assert (got.status, got.fields.get("allow")) == refused
    assert not any(name.startswith("access-control") for name in got.fields)


async def test_reading_leaves_the_library_as_it_is(read, library, tmp_path):
    def files():
        folder = tmp_path / "data"
        return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    before = files()
    paths = ["/", "/claims", "/style.css", *(f"/article/{one.id}" for one in library.records())]
    for path in paths:
        assert (await read(path)).status == 200
        assert (await read(path, "HEAD")).body == b""
    assert files() == before


async def test_a_page_runs_no_script_and_loads_only_the_style_sheet(read, library):
    for path in ("/", "/claims", *(f"/article/{one.id}" for one in library.records())):
        got = await read(path)
        page = Elements(got.body.decode())
        loaded = [given for tag, given in page.elements if {"src", "srcset"} & set(given)]
        sheets = [given["href"] for tag, given in page.elements if tag == "link"]
        assert (loaded, sheets) == ([], ["/style.css"])
        assert not {"script", "style", "base", "iframe"} & {tag for tag, _ in page.elements}
        assert "script-src" not in got.fields["content-security-policy"]
        assert got.fields["content-security-policy"].startswith("default-src 'none'")


async def test_the_library_is_narrowed_by_a_query(read):
    assert "<title>Library</title>" in await read.text("/")
    assert "4 articles" in await read.text("/")
    page = await read.text("/?q=tag%3Atown")
    assert "1 article<" in page
    assert "What? A [grid]" in page
    assert 'value="tag:town"' in page
    problem = await read.text("/?q=tag%3A")
    assert 'role="alert">“tag:” needs a value' in problem


async def test_a_long_list_has_pages_of_fifty(library):
    for number in range(120):
        article = make_article(f"Text {number}.", url=f"https://example.org/{number}")
        library.store(make_extraction(article), make_page(), now=MOMENT)
    async with reading(library) as reader:
        await reader.enter()
        first, last = await reader.text("/?q=text"), await reader.text("/?q=text&page=3")
        assert (first.count("<li>\n<p>"), last.count("<li>\n<p>")) == (50, 20)
        assert "120 articles, page 1 of 3" in first
        assert 'rel="next" href="/?q=text&amp;page=2"' in first
        assert 'rel="prev" href="/?q=text&amp;page=2"' in last
        assert await reader.text("/?q=text&page=99999999999") == last
        assert await reader.text("/?q=text&page=-1") == first


async def test_an_article_has_its_marks_whose_links_lead_to_other_articles(read, library):
    grid = next(one for one in library.records() if "grid" in one.title)
    page = Elements(await read.text(f"/article/{grid.id}"))
    assert sum(tag == "mark" for tag, _ in page.elements) >= 5
    assert "in | part" in page.words
    elsewhere = [link for link in page.links() if link.startswith("/article/")]
    assert elsewhere
    assert grid.id not in " ".join(elsewhere)
    for link in elsewhere:
        path, _, place = link.partition("#")
        assert f'id="{place}"' in await read.text(path)


async def test_claims_have_their_evidence_and_lead_to_their_place(read):
    page = Elements(await read.text("/claims"))
    assert "5 claims" in "".join(page.words)
    assert ("li", {"class": "supports"}) in page.elements
    assert ("li", {"class": "opposes"}) in page.elements
    path, _, place = next(link for link in page.links() if link.startswith("/article/")).partition(
        "#"
    )
    assert f'id="{place}"' in await read.text(path)
    assert "No" not in await read.text("/claims?q=status%3Adisputed")
    assert "0 claims" in await read.text("/claims?q=nowhere")


async def test_a_claim_has_its_note_and_tags_and_says_if_the_text_has_lost_it(library):
    before, now = make_article("Coal rose. Gas fell."), make_article("Coal rose. Wind blew.")
    library.store(make_extraction(before), make_page(), now=MOMENT)
    kept = make_annotation(before, "Coal rose", note="See <p. 4>\nbelow", tags=("coal", "2026"))
    lost = make_annotation(before, "Gas fell")
    library.put([replace(mark, kind="claim", claim=Claim()) for mark in (kept, lost)])
    library.store(make_extraction(now), make_page(), now=MOMENT)
    async with reading(library) as reader:
        await reader.enter()
        first, second = (await reader.text("/claims")).split('<li class="claim')[1:]
    assert '<p class="body" dir="auto">See &lt;p. 4&gt;<br>\nbelow</p>' in first
    assert re.findall("#[a-z0-9]+</li>", first) == ["#coal</li>", "#2026</li>"]
    assert "Not found" not in first
    assert '<p class="changed">Not found in the text any more.</p>' in second


@pytest.mark.parametrize(
    "path", ["/article/", "/article/0123456789abcdef", "/article/..%2fx", "/x"]
)
async def test_what_there_is_not_is_said_on_a_page(read, path):
    got = await read(path)
    assert got.status == 404
    assert b"<h1>Not here</h1>" in got.body


def basic(password):
    return f"Basic {b64encode(f'me:{password}'.encode()).decode()}"


async def test_whoever_knows_the_password_may_read_at_another_address(library):
    fill(library)
    async with reading(library, address="192.168.1.5", password=SECRET) as reader:
        assert reader.links == []
        asked = await reader()
        assert (asked.status, asked.fields["www-authenticate"][:5]) == (401, "Basic")
        assert (await reader(Authorization=basic(SECRET))).status == 200
        host = f"192.168.1.5:{reader.port}"
        assert (await reader(Authorization=basic(SECRET), Host=host)).status == 200
        host = f"evil.example:{reader.port}"
        assert (await reader(Authorization=basic(SECRET), Host=host)).status == 421
        for wrong in ("Basic !", "Basic bWU=", basic(""), basic("a"), f"Bearer {SECRET}"):
            assert (await reader(Authorization=wrong)).status == 401
        got = await reader(Authorization=basic(SECRET))
        assert (got.status, got.fields["retry-after"]) == (429, "60")


def test_one_computer_that_guesses_keeps_no_other_out():
    password = PasswordGuard(SECRET)

    def tried(peer, given):
        request = Incoming("GET", "/", fields={"authorization": basic(given)}, peer=peer)
        try:
            password.admit(request)
        except Refused as refused:
            return refused.status
        return 200

    assert [tried("10.0.0.1", "guess") for _ in range(MAX_WRONG + 1)][-2:] == [401, 429]
    assert tried("10.0.0.1", SECRET) == 429
    assert tried("10.0.0.2", SECRET) == 200
    networks = [f"2001:db8:1:2::{host}" for host in range(MAX_WRONG + 1)]
    assert tried(networks.pop(), SECRET) == 200
    assert [tried(one, "guess") for one in networks][-1] == 401
    assert tried("2001:db8:1:2::ffff", SECRET) == 429


def hostile_texts():
    cases = json.loads(MANIFEST.read_text("ascii"))["cases"] if MANIFEST.exists() else []
    kinds = {"text", "line", "markup", "url", "href", "html", "markdown", "yaml", "csv", "filename"}
    given = [case["input"] for case in cases if case["kind"] in kinds and "input" in case]
    return [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "javascript:alert(1)",
        "{{ 7 * 7 }}{% raw %}",
        "</title><svg onload=alert(1)>",
        *(text.encode("utf-8", "replace").decode() for text in given),
    ]


async def test_hostile_texts_are_only_shown(library):
    texts = [text for text in hostile_texts() if text.strip()]
    ids = []
    for number, text in enumerate(texts):
        body = f"Before it. {text} And after it."
        url = text if text.startswith(("http:", "https:")) else f"https://example.org/{number}"
        article = make_article(
            body, url=url, title=text, site_name=text, byline=(text,), language=text
        )
        extraction = Extraction(article, (), make_extraction(article).completeness)
        library.store(extraction, make_page(), now=MOMENT)
        mark = make_annotation(
            article,
            "Before it",
            note=text,
            tags=(text,),
            claim=Claim(text, text, verdict=text, status="open"),
            links=(Link("supports", text, text),),
        )
        library.put([mark])
        ids.append(article.id)
    async with reading(library) as reader:
        await reader.enter()
        lists = [f"{path}?page={page}" for path in ("/", "/claims") for page in (1, 2, 3, 4, 5)]
        for path in [*lists, *(f"/article/{one}" for one in ids)]:
            page = Elements(await reader.text(path))
            assert not {tag for tag, _ in page.elements} & {
                *("script", "style", "iframe", "img", "svg", "object", "embed", "base")
            }
            for tag, given in page.elements:
                assert not [name for name in given if name.startswith(("on", "style"))]
                for name in {"href", "src", "action", "formaction"} & set(given):
                    assert re.match(r"(?i)(https?://|mailto:|/(?!/)|#)", given[name]), (tag, given)
