"""Ten thousand changed requests at the server: answers by status, errors, files, memory."""

import argparse
import asyncio
import random
import sys
from collections import Counter
from pathlib import Path

from annotator.fetch import DEFAULT_OPTIONS
from annotator.serve.capture import SINGLEFILE_PATH, CaptureRoutes
from annotator.serve.clip import clip_routes
from annotator.serve.http import MAX_BODY, Route
from annotator.serve.request_checks import Rate, RequestChecks
from annotator.serve.server import HttpServer, Limits, open_server
from annotator.serve.wallabag import wallabag_routes
from annotator.settings import Folders
from annotator.store import Library
from annotator.usecases.articles.captures import Captures, serve_token
from running_server import FORM, ORIGIN, PATH, STORY, RunningServer, form, running_server

AT_ONCE = 8
PATIENCE = 30.0  # seconds
PATHS = (PATH, "/api/entries.json", "/clip", "/oauth/v2/token", "/api/version", "/../../etc/passwd")
METHODS = ("POST", "GET", "PATCH", "DELETE", "OPTIONS", "PUT", "HEAD", "TRACE", "CONNECT")
USUAL = ("articles", ".cache", "locks", "failures.json", "log", "captured")  # files
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
)


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


async def attack(server: RunningServer, number: int, seed: int) -> Counter[str]:
    """Send changed requests, several at once, and return how often each status came."""
    statuses: Counter[str] = Counter()
    numbers = iter(range(number))

    async def go_on() -> None:
        for one in numbers:
            chance = random.Random(seed * number + one)
            status = await ask(server.port, changed(chance, whole(chance, server)))
            statuses[status] += 1
            if status in {"500", "nothing", "late"}:
                print(f"request {one}: {status}")

    await asyncio.gather(*(go_on() for _ in range(AT_ONCE)))
    return statuses


async def open_without_limit(port: int) -> None:
    """Open the server as the command does, but for how many requests may come in a minute."""
    folders = Folders.of_user()
    with Library.open(folders.data, state=folders.state, cache=folders.cache) as library:
        checks = RequestChecks(port, lambda: serve_token(folders))
        checks.requests = checks.wrong = Rate(10**9)
        captures = Captures(library, lambda _: None, DEFAULT_OPTIONS)
        taking = CaptureRoutes(captures)
        routes = (
            Route("POST", SINGLEFILE_PATH, taking.singlefile, takes=MAX_BODY),
            *wallabag_routes(taking, checks),
        )
        routes = (*routes, *clip_routes(taking, checks, port))
        async with open_server(HttpServer(routes, checks, limits=Limits(hearing=1.0)), port=port):
            await captures.work()


def main() -> None:
    """Attack the server, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--open", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.open:
        asyncio.run(open_without_limit(given.open))
        return
    with running_server() as server:
        server.end()
        opener = [sys.executable, str(Path(__file__).parents[1]), "fuzz_serve", "--open"]
        server.start(*opener, str(server.port))
        before, memory = files(server.home), server.peak_memory
        statuses = asyncio.run(attack(server, given.requests, given.seed))
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
