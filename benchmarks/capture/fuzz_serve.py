"""Ten thousand changed requests at the server: answers by status, errors, files, memory.

With `--books` they go to the server that gives books to e-readers.
"""

import argparse
import asyncio
import json
import random
import sys
from base64 import b64encode
from collections import Counter
from pathlib import Path

from annotator.fetch import DEFAULT_OPTIONS
from annotator.model.identity import id_of_url
from annotator.serve.capture import SINGLEFILE_PATH, CaptureRoutes
from annotator.serve.clip import clip_routes
from annotator.serve.e_readers import DeviceChecks, device_routes
from annotator.serve.http import MAX_BODY, Route
from annotator.serve.page_checks import PasswordGuard
from annotator.serve.request_checks import Rate, RequestChecks
from annotator.serve.server import HttpServer, Limits, open_server
from annotator.serve.wallabag import wallabag_routes
from annotator.settings import Folders, Settings
from annotator.store import Library
from annotator.usecases.articles.captures import Captures, serve_token
from annotator.usecases.exporting.device_library import DeviceLibrary, number_of
from running_server import FORM, ORIGIN, PATH, STORY, RunningServer, form, running_server

AT_ONCE = 8
PATIENCE = 30.0  # seconds
PATHS = (PATH, "/api/entries.json", "/clip", "/oauth/v2/token", "/api/version", "/../../etc/passwd")
OF_BOOKS = (
    "/api/entries.json",
    "/api/entries/{}.json",
    "/api/entries/{}/export.epub",
    "/api/entries/{}/tags.json",
    "/opds",
    "/opds/all?page=2",
    "/opds/tag/a",
    "/opds/search?q=bridge",
    "/opds/book/{:011x}aaaaa.epub",
    "/oauth/v2/token",
    "/api/version",
    "/opds/../../etc/passwd",
)
PASSWORD = "a long password"
STRANGE: tuple[object, ...] = (
    None,
    [],
    {},
    -1,
    1e300,
    "\x1b]0;x\x07",
    "///",
    "a" * 9_000,
    "\ud800",
    [[[]]],
    "file:///",
)
HALF = 0.5
METHODS = ("POST", "GET", "PATCH", "DELETE", "OPTIONS", "PUT", "HEAD", "TRACE", "CONNECT")
USUAL = ("articles", "bin", ".cache", "locks", "failures.json", "log", "captured")  # files
PIECES = (
    b"\r\n",
    b"\r\n\r\n",
    b"\n",
    b"\x00",
    b"--B",
    b"--B--",
    b"Transfer-Encoding: chunked\r\n",
    b"Content-Length: 9999999999\r\n",
    b"Content-Length: -1\r\n",
    b"Host: evil.example\r\n",
    b"Origin: https://evil.example\r\n",
    b"Expect: 100-continue\r\n",
    b"Sec-Fetch-Site: cross-site\r\n",
    b'name="file"; filename="../../../../tmp/x"',
    b'name="url"',
    b"file:///etc/passwd",
    b"http://169.254.169.254/",
    b"javascript:alert(1)",
    b"PK\x03\x04",
    b"%PDF-1.7",
    b"\x1b]0;x\x07",
    b"\xff\xfe",
    b"?ifexists=burn",
    b'{"url": [[[',
    b"A" * 20_000,
    b"99999999999999999999",
    b"%2e%2e%2f",
    b'{"archive": {}, "tags": "///", "starred": []}',
    b"perPage=-1&page=1e9&tags=,,,",
    b"?q=%28%28%28%22",
)


def device_checks(port: int) -> DeviceChecks:
    """Return the checks of a server that gives books."""
    return DeviceChecks(port, PasswordGuard(PASSWORD), "a secret")


def whole_of_books(chance: random.Random, server: RunningServer) -> bytes:
    """Return a request of an e-reader that is as it should be."""
    path = chance.choice(OF_BOOKS).format(number_of(id_of_url(story_address(chance))))
    method = chance.choices(METHODS[:6], (4, 8, 3, 2, 1, 1))[0]
    values: dict[str, object] = {"archive": 1, "tags": "a,b", "starred": 1, "password": PASSWORD}
    values["url"] = f"https://books.invalid/{chance.randrange(9)}"
    if chance.random() < HALF:
        values[chance.choice(list(values))] = chance.choice(STRANGE)
        path = path.replace("?", chance.choice(("?", "?page=0&", "?page=-1&", "?perPage=x&q=(&")))
    body = b"" if method in {"GET", "DELETE"} else json.dumps(values).encode()
    basic = b64encode(f"me:{PASSWORD}".encode()).decode()
    bearer = f"Bearer {device_checks(server.port).token()}"
    lines = (
        f"{method} {path} HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        f"Content-Length: {len(body)}",
        f"Authorization: {chance.choice([bearer, bearer, f'Basic {basic}'])}",
        "Content-Type: application/json",
        "Accept: application/json, */*",
    )
    return "\r\n".join([*lines, "", ""]).encode() + body


def story_address(chance: random.Random) -> str:
    """Return the address of one of the articles."""
    return f"https://example.org/news/{chance.randrange(50)}"


def whole(chance: random.Random, server: RunningServer) -> bytes:
    """Return a request that is as it should be."""
    path = chance.choices(PATHS, (10, 3, 2, 1, 1, 1))[0]
    method = chance.choices(METHODS, (20, *[1] * 8))[0]
    number = chance.randrange(50)
    if path == "/api/entries.json":
        body = f'{{"url": "https://example.org/{number}", "content": "<p>Word {number}."}}'.encode()
    else:
        body = form(STORY.format(number, "").encode(), f"https://example.org/news/{number}")
    lines = (
        f"{method} {path} HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        f"Content-Length: {len(body)}",
        f"Authorization: Bearer {server.token}",
        f"Content-Type: {FORM}",
        f"Origin: {ORIGIN}",
        "Sec-Fetch-Site: none",
    )
    return "\r\n".join([*lines, "", ""]).encode() + body


def changed(chance: random.Random, request: bytes) -> bytes:
    """Return a request with one or two changes, most of them in its head."""
    data = bytearray(request)
    for _ in range(chance.randint(1, 2)):
        at = chance.randrange(min(len(data), chance.choice((60, 400, 4_000))) or 1)
        end = min(len(data), at + chance.randint(1, 40))
        match chance.randrange(6):
            case 0:
                data[at:end] = chance.randbytes(end - at)
            case 1:
                del data[at:end]
            case 2:
                data[at:at] = data[at:end] * chance.randint(1, 5)
            case 3:
                data[at:at] = chance.choice(PIECES)
            case 4:
                data[at:end] = chance.choice(PIECES)
            case _:
                del data[chance.randrange(len(data) or 1) :]
    return bytes(data) or b"\n"


async def ask(port: int, request: bytes) -> str:
    """Send a request, and return the status of the answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        writer.write_eof()
        async with asyncio.timeout(PATIENCE):
            line = await reader.readline()
            await reader.read()
    except ConnectionError:
        return "cut"
    except TimeoutError:
        return "late"
    finally:
        writer.close()
    parts = line.split()
    return parts[1].decode() if len(parts) > 1 else "nothing"


async def attack(
    server: RunningServer, number: int, seed: int, *, is_of_books: bool
) -> Counter[str]:
    """Send changed requests, several at once, and return how often each status came."""
    statuses: Counter[str] = Counter()
    numbers = iter(range(number))

    async def go_on() -> None:
        for one in numbers:
            chance = random.Random(seed * number + one)
            make = whole_of_books if is_of_books else whole
            request = make(chance, server)
            is_whole = is_of_books and chance.random() < HALF  # for it has strange values already
            status = await ask(server.port, request if is_whole else changed(chance, request))
            statuses[status] += 1
            if status in {"500", "nothing", "late"}:
                print(f"request {one}: {status}")

    await asyncio.gather(*(go_on() for _ in range(AT_ONCE)))
    return statuses


async def open_without_limit(port: int, *, is_of_books: bool) -> None:
    """Open the server as the command does, but for how many requests may come in a minute."""
    waits = Limits(hearing=1.0)
    folders = Folders.of_user()
    with Library.open(folders.data, state=folders.state, cache=folders.cache) as library:
        checks = (
            device_checks(port)
            if is_of_books
            else RequestChecks(port, lambda: serve_token(folders))
        )
        checks.requests = checks.wrong = Rate(10**9)
        captures = Captures(library, lambda _: None, DEFAULT_OPTIONS)
        taking = CaptureRoutes(captures, patience=1.0 if is_of_books else PATIENCE)
        if isinstance(checks, DeviceChecks):
            devices = DeviceLibrary(library, Settings(), lambda _: None)
            of_books = HttpServer(device_routes(devices, taking, checks), checks, limits=waits)
            async with open_server(of_books, port=port):
                await captures.work()
            return
        routes = (
            Route("POST", SINGLEFILE_PATH, taking.singlefile, takes=MAX_BODY),
            *wallabag_routes(taking, checks),
        )
        routes = (*routes, *clip_routes(taking, checks, port))
        async with open_server(HttpServer(routes, checks, limits=waits), port=port):
            await captures.work()


def main() -> None:
    """Attack the server, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--books", action="store_true")
    parser.add_argument("--open", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.open:
        asyncio.run(open_without_limit(given.open, is_of_books=given.books))
        return
    with running_server() as server:
        for number in range(50 if given.books else 0):
            server.give(STORY.format(number, "").encode(), f"https://example.org/news/{number}")
        server.end()
        opener = [sys.executable, str(Path(__file__).parents[1]), "fuzz_serve", "--open"]
        server.start(*opener, str(server.port), *["--books"] * given.books)
        before, memory = files(server.home), server.peak_memory
        statuses = asyncio.run(attack(server, given.requests, given.seed, is_of_books=given.books))
        print("answers:", dict(sorted(statuses.items())))
        strange = files(server.home) - before
        print(
            f"articles {len(server.articles)}, waiting {len(server.waiting)}, strange files:",
            strange,
        )
        print(f"memory {server.peak_memory} MB (before: {memory} MB)")
        log = (server.home / "log").read_text()
        print("tracebacks:", log.count("Traceback"))


def files(home: Path) -> set[str]:
    """Return the files that are neither of articles nor of what is made of them."""
    paths = (path.relative_to(home) for path in home.rglob("*") if path.is_file())
    names = (path for path in paths if not any(part.startswith(USUAL) for part in path.parts))
    return {str(path) for path in names}


if __name__ == "__main__":
    main()
