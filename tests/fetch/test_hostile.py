"""A hostile server and hostile addresses, where they lie beside the repository."""

import importlib.util
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from annotator.errors import (
    AddressRefused,
    FetchError,
    InvalidAddress,
    NotAnArticle,
    ServerAnswered,
    TimedOut,
    TooLarge,
)
from annotator.fetch import FetchOptions, check_address, fetch_page
from annotator.fetch.failures import retry_after
from annotator.model import Document, Page

ATTACKS = Path(__file__).resolve().parents[3] / "shared" / "attacks"

pytestmark = pytest.mark.skipif(not ATTACKS.is_dir(), reason="the attacks are not here")

REFUSALS = {
    "redirects": (FetchError, "redirects more than 10 times"),
    "scheme": (AddressRefused, "redirects elsewhere"),
    "url": ((AddressRefused, InvalidAddress), "redirects"),
    "userinfo": (AddressRefused, "password"),
    "too-big": (TooLarge, "is larger than"),
    "encoding": (FetchError, "compressed with an unsupported method"),
    "type": (NotAnArticle, " is | contains binary"),
    "empty": (NotAnArticle, "is empty"),
    "timeout": (TimedOut, "did not arrive within"),
    "protocol": (FetchError, "cannot be read|was lost"),
    "status": (ServerAnswered, r"returned \d"),
}
DOCUMENTS = {"/type/pdf"}  # a worker reads these
# These would leave the machine.
LEADING_AWAY = ("metadata", "private-10", "private-192", "cgnat")


def cases(kind: str) -> list:
    if not ATTACKS.is_dir():
        return []
    known = json.loads((ATTACKS / "manifest.json").read_text("ascii"))["cases"]
    return [pytest.param(case, id=case["id"]) for case in known if case["kind"] == kind]


@pytest.fixture(scope="module")
def hostile():
    spec = importlib.util.spec_from_file_location("hostile", ATTACKS / "hostile_server.py")
    module = sys.modules["hostile"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    del sys.modules["hostile"]


@pytest.fixture(scope="module")
def server(hostile):
    with hostile.HostileServer() as running:
        yield running


@pytest.mark.parametrize("case", cases("url"))
def test_an_address_is_taken_or_refused_as_it_should_be(case):
    if "equals" in case["expected"]:
        assert check_address(case["input"]) == case["expected"]["equals"]
        return
    with pytest.raises(FetchError) as refused:
        check_address(case["input"])
    assert refused.value.hint


@pytest.mark.parametrize("case", cases("retry-after"))
def test_a_wait_is_read_as_it_should_be(case):
    assert retry_after(case["input"], now=datetime.now(UTC)) == case["expected"]["equals"]


@pytest.mark.parametrize("case", cases("fetch"))
async def test_a_page_is_had_or_refused_as_it_should_be(server, case):
    error = case["expected"].get("error")
    seconds = 0.5 if error == "timeout" else 20
    options = FetchOptions(total_seconds=seconds, waits=(0.0, 0.0))
    if error is None:
        assert isinstance(await fetch_page(server.url(case["input"]), options=options), Page)
        return
    if case["input"] in DOCUMENTS:
        assert isinstance(await fetch_page(server.url(case["input"]), options=options), Document)
        return
    kind, words = REFUSALS[error]
    with pytest.raises(kind, match=words) as refused:
        await fetch_page(server.url(case["input"]), options=options)
    assert refused.value.hint
    assert str(refused.value).isprintable()


async def test_a_packed_page_that_breaks_off_is_marked_so(server):
    assert (await fetch_page(server.url("/encoding/truncated"))).is_truncated


async def test_every_other_path_gives_a_page_or_words(server, hostile):
    options = FetchOptions(total_seconds=0.3, waits=())
    refusals = []
    for path in hostile.paths():
        if path.endswith(LEADING_AWAY):
            continue
        try:
            await fetch_page(server.url(path), options=options)
        except FetchError as error:
            refusals.append((error.message, error.hint))
    assert all(part.endswith(".") for refusal in refusals for part in refusal)


async def test_every_encoding_is_read(server, hostile):
    unread = []
    for name, (_, _, text) in hostile.CHARSETS.items():
        page = await fetch_page(server.url(f"/charset/{name}"))
        if text is not None and text.strip() not in page.html:
            unread.append(name)
    assert not unread
