"""How a host is asked that says that there are too many requests."""

import asyncio

import pytest

from annotator.errors import ServerAnswered
from annotator.fetch import DEFAULT_OPTIONS
from annotator.usecases.articles import jobs
from annotator.usecases.articles.jobs import FIRST_GAP, LONGEST_GAP, MAX_BUSY, Hosts


class Host:
    """A host that answers 429 to the first requests, and what it was asked."""

    def __init__(self, refusals, *, status=429, wished=0):
        self.refusals, self.status, self.wished = refusals, status, wished
        self.asked = []

    async def fetch(self, options):
        self.asked.append(options.repeats_if_too_many)
        if len(self.asked) <= self.refusals:
            raise ServerAnswered("Busy.", "Wait.", status=self.status, retry_after=self.wished)
        return "page"


@pytest.fixture
def pauses(monkeypatch):
    """The seconds that were waited, without waiting."""
    waited = []

    async def wait(seconds):
        waited.append(seconds)

    monkeypatch.setattr(jobs.asyncio, "sleep", wait)
    return waited


async def ask(host, limits, path="a"):
    return await limits.ask(f"https://e.org/{path}", DEFAULT_OPTIONS, host.fetch)


async def test_a_page_is_asked_for_again_after_a_pause(pauses):
    assert await ask(Host(1), Hosts()) == "page"
    assert pauses == [FIRST_GAP]


async def test_the_pause_is_as_long_as_the_host_wishes(pauses):
    assert await ask(Host(1, wished=7), Hosts()) == "page"
    assert pauses == [7.0]


async def test_a_host_that_wishes_a_long_pause_is_left_alone(pauses):
    with pytest.raises(ServerAnswered):
        await ask(Host(1, wished=int(LONGEST_GAP) + 1), Hosts())
    assert pauses == []


async def test_another_answer_is_for_the_caller(pauses):
    host = Host(1, status=404)
    with pytest.raises(ServerAnswered):
        await ask(host, Hosts())
    assert (pauses, host.asked) == ([], [False])


async def test_the_gap_grows_with_each_page_that_is_refused_and_shrinks_again(pauses):
    limits = Hosts()
    await ask(Host(1), limits, "a")
    await ask(Host(1), limits, "b")
    await ask(Host(1), limits, "c")
    await ask(Host(0), limits, "d")
    first, after_success, *_ = pauses
    assert (first, after_success) == (1.0, 0.75)
    assert pauses[-1] < max(pauses)


async def test_another_host_does_not_wait(pauses):
    limits = Hosts()
    await ask(Host(1), limits)
    assert await limits.ask("https://other.org/", DEFAULT_OPTIONS, Host(0).fetch) == "page"
    assert pauses == [FIRST_GAP]


async def test_at_last_the_answer_of_the_host_counts(pauses):
    host = Host(99)
    with pytest.raises(ServerAnswered):
        await ask(host, Hosts())
    assert len(pauses) == MAX_BUSY - 1
    assert host.asked == [False] * MAX_BUSY + [True]


@pytest.mark.slow
async def test_a_busy_host_is_asked_for_one_page_at_a_time():
    limits, now, most = Hosts(), 0, 0
    limits._gaps["e.org"] = 0.0

    async def fetch(_options):
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0)
        now -= 1

    pages = (limits.ask(f"https://e.org/{n}", DEFAULT_OPTIONS, fetch) for n in range(5))
    await asyncio.gather(*pages)
    assert most == 1
