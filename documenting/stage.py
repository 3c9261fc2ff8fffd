"""The program as examples run it: with a clock, ids and a web that are the same each time.

`python -m documenting.stage ARGUMENT…` is the command `annotator` in an example; with
`--fill-the-library` it makes the library of the examples.
"""

import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from hashlib import sha256
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from itertools import count
from types import ModuleType
from typing import Any

from documenting import ROOT

NOW = datetime(2026, 3, 14, 9, 26, tzinfo=UTC)  # when the first command of an example is run
MINUTES = "ANNOTATOR_EXAMPLE_MINUTES"  # the variable with the time of a command, from NOW on
WEB: Mapping[str, str] = {  # where the pages of the examples are, for the program
    "https://www.harbour-review.example/2024/03/cheap-batteries-will-not-build-the-grid/": (
        "sample_articles/opinion--metered.html"
    ),
    "https://tidewater-ledger.example/2025/06/eels-return-to-the-marrow/": (
        "sample_articles/news--newsletter-share-related.html"
    ),
    "https://wkatz.example/posts/scanned-twice/": "sample_articles/blog--code-table-footnotes.html",
    "https://longacre.example/rain-readers/": (
        "sample_articles/longform--headings-pull-quotes.html"
    ),
    "https://kelder-courier.example/night-trains/": "sample_articles/news--truncated-paywall.html",
    "https://tarn-institute.example/packs-2025/": "documenting/web/packs.html",
}
FILL = "--fill-the-library"  # in place of arguments for the program
FEED = "https://wkatz.example/feed.xml"
_FEED = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Wendelin Katz</title>
<entry><id>1</id><title>Finding the pages that were scanned twice</title>
<link href="https://wkatz.example/posts/scanned-twice/"/><updated>2026-03-12T08:00:00Z</updated>
<summary>A box of 11,312 scans, and a week-end.</summary></entry></feed>"""

_REWORDED = b"counted 1,214 of them", b"counted 1,198 of them"  # since the articles were added

_numbers = count()


def page_at(address: str) -> bytes:
    """Return the page at an address."""
    return (ROOT / WEB[address]).read_bytes()


def moment() -> datetime:
    """Return the time at which the command is run."""
    return NOW + timedelta(minutes=int(os.environ.get(MINUTES, "0")))


def id_at(now: datetime) -> str:
    """Return a new id of a mark that is made at that time."""
    from ulid import ULID

    seed = f"{os.environ.get(MINUTES)} {sys.argv[1:]} {next(_numbers)}"
    random = sha256(seed.encode()).digest()[:10]
    return str(ULID.from_bytes(int(now.timestamp() * 1000).to_bytes(6) + random)).lower()


class _ClockType(type):
    """The type of a class that is `datetime` but for the time that it tells."""

    def __call__(cls, *parts: Any, **named: Any) -> datetime:  # noqa: ANN401 - those of datetime
        return datetime(*parts, **named)  # noqa: DTZ001 - as the program calls it

    def __getattr__(cls, name: str) -> object:
        return getattr(datetime, name)

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, datetime)


class Clock(metaclass=_ClockType):
    """`datetime`, of which `now` is the time of the example."""

    @staticmethod
    def now(zone: tzinfo | None = None) -> datetime:
        """Return the time of the command, with a zone or without, as `datetime.now` does."""
        here = moment().astimezone(zone)
        return here if zone else here.replace(tzinfo=None)


async def _pieces(body: bytes) -> AsyncIterator[bytes]:
    yield body


async def _addresses_of(_address: str) -> Sequence[str]:
    return ("93.184.215.14",)


def _transport(*_: object) -> Any:  # noqa: ANN401 - httpx is not loaded by most commands
    """Return a transport to a web that has the sample articles."""
    import httpx

    def answer(request: httpx.Request) -> httpx.Response:
        address = str(request.url)
        if address == FEED:
            return found(_FEED.encode(), "application/atom+xml")
        if address not in WEB:
            return httpx.Response(404, content=_pieces(b""))
        return found(page_at(address).replace(*_REWORDED), "text/html")

    def found(body: bytes, kind: str) -> httpx.Response:
        return httpx.Response(200, content=_pieces(body), headers={"content-type": kind})

    return httpx.MockTransport(answer)


def _prepare(module: ModuleType, source: str, *, web: bool) -> None:
    if "datetime.now" in source:
        module.datetime = Clock  # type: ignore[attr-defined]
    if module.__name__ == "annotator.store.ids":
        module.new_id = lambda: id_at(moment())  # type: ignore[attr-defined]
    if web and module.__name__ == "annotator.fetch.private_networks":
        module.addresses_of = _addresses_of  # type: ignore[attr-defined]
    if web and module.__name__ == "annotator.fetch.transport":
        module._transport = _transport  # type: ignore[attr-defined]  # noqa: SLF001 - its one door


class _Prepared(Loader):
    """Loads a module as usual, and then gives it the clock, the ids or the web."""

    def __init__(self, loader: Any, *, web: bool) -> None:  # noqa: ANN401 - one of a file
        self._loader, self._web = loader, web

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        made: ModuleType | None = self._loader.create_module(spec)
        return made

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        _prepare(module, self._loader.get_source(module.__name__) or "", web=self._web)

    def __getattr__(self, name: str) -> object:
        return getattr(self._loader, name)


class _Finder(MetaPathFinder):
    """Finds the modules of the program."""

    def __init__(self, *, web: bool) -> None:
        self._web = web

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if not fullname.startswith("annotator."):
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec and spec.loader:
            spec.loader = _Prepared(spec.loader, web=self._web)
        return spec


@contextmanager
def staged(*, web: bool = True) -> Iterator[Callable[[], int]]:
    """Give the program its clock, ids and, unless it has servers, its web; return what runs it."""
    finder = _Finder(web=web)
    sys.meta_path.insert(0, finder)
    try:
        from annotator.cli import main

        yield main
    finally:
        sys.meta_path.remove(finder)


if __name__ == "__main__":
    with staged() as run:
        if sys.argv[1:] == [FILL]:
            from documenting import samples  # only now, so that it imports what is prepared

            samples.main()
        else:
            sys.exit(run())
