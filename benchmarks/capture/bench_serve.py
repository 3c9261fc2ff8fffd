"""Pages that a browser gives: how soon they are articles, with what memory, and if one is lost."""

import base64
import os
import signal
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

from running_server import STORY, RunningServer, running_server

MEGABYTE = 1_000_000
MANY = 200


def story(number: int, pictures: int = 0) -> bytes:
    """Return a page with pictures of so many MB."""
    data = base64.b64encode(os.urandom(pictures * MEGABYTE * 3 // 4)).decode()
    return STORY.format(number, f"<img src=data:image/png;base64,{data}>" if data else "").encode()


def url(number: int) -> str:
    """Return the address of a page."""
    return f"https://example.org/news/{number}"


def timed(server: RunningServer, number: int, pictures: int = 0) -> float:
    """Give a page, and return the seconds until it is an article."""
    page = story(number, pictures)
    began = time.perf_counter()
    status, answer = server.give(page, url(number))
    assert status == HTTPStatus.CREATED, answer
    return time.perf_counter() - began


def main() -> None:
    """Measure, and print the figures."""
    with running_server() as server:
        first = timed(server, 0)
        rest = statistics.median(timed(server, number) for number in range(1, 11))
        print(f"a page is an article after {first:.2f} s, the next ones after {rest:.3f} s")
        before = server.peak_memory
        seconds = timed(server, 11, pictures=40)
        print(f"40 MB: {seconds:.2f} s, {server.peak_memory} MB of memory (before: {before} MB)")
    with running_server() as server:
        slowest = max(timed(server, number, pictures=40) for number in range(4))
        print(
            f"four of 40 MB, one by one: {slowest:.2f} s at most, {server.peak_memory} MB of memory"
        )
        pages = [(story(number, pictures=40), url(number)) for number in range(4, 8)]
        with ThreadPoolExecutor(4) as pool:
            told = [*pool.map(lambda page: server.give(*page), pages)]
        assert {status for status, _ in told} == {HTTPStatus.CREATED}
        print(f"four of 40 MB at once: {server.peak_memory} MB of memory")
    with running_server() as server:
        began = time.perf_counter()
        with ThreadPoolExecutor(MANY) as pool:
            told = [*pool.map(lambda number: server.give(story(number), url(number)), range(MANY))]
        answered = time.perf_counter() - began
        while server.waiting:
            time.sleep(0.05)
        arrived = time.perf_counter() - began
        statuses = {status: [one for one, _ in told].count(status) for status, _ in told}
        print(
            f"{MANY} at once: answers {statuses} by {answered:.1f} s, all there by {arrived:.1f} s"
        )
        print(f"articles: {len(server.articles)}, {server.peak_memory} MB of memory")
    with running_server() as server:
        killed(server)


def killed(server: RunningServer) -> None:
    """Kill the program again and again while pages come, and see if one is lost or doubled."""
    promised: list[str] = []

    def give(number: int) -> None:
        try:
            status, _ = server.give(story(number), url(number))
        except OSError:
            return  # nobody was told that it is kept
        if status in {200, 201, 202}:
            promised.append(url(number))

    kills = 5
    for kill in range(kills):
        with ThreadPoolExecutor(40) as pool:
            given = [pool.submit(give, kill * 40 + number) for number in range(40)]
            until = 8 * (kill + 1)
            while len(server.articles) < until and not all(done.done() for done in given):
                pass
            server.end(signal.SIGKILL)
        waited = len(server.waiting)
        server.start()
        print(f"killed with {waited} waiting on the disk")
    while server.waiting:
        time.sleep(0.05)
    addresses = [article["url"] for article in server.articles]
    lost, doubled = {*promised} - {*addresses}, len(addresses) - len({*addresses})
    print(f"{kills} kills: {len(promised)} promised, {len(lost)} lost, {doubled} doubled")


if __name__ == "__main__":
    main()
