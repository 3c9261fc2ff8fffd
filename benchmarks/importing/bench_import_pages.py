"""Import links to pages of a server whose hosts are slow, failing, walled or strict.

    python benchmarks bench_import_pages [--pages 2000] [--kills 3] [--delay 1.0]

The links come with highlights, as Hypothesis exports them. The import runs undisturbed, then
again in another library where it is killed on the way and started again; both libraries must
hold the same. A loop of trafilatura in one process fetches and cleans the same pages.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import httpx
import msgspec

from annotator.model.library_file import LibraryFile, StoredArticle
from import_server import ImportServer, address, paragraphs_of

COMMAND = (sys.executable, "-m", "annotator")


def write_links(path: Path, pages: int, port: int) -> None:
    """Write a file of annotations: each page has one or two, every seventh is not in its text."""
    rows: list[dict[str, object]] = []
    for number in range(pages):
        texts = paragraphs_of(number)
        for at in range(1 + number % 2):
            quote = texts[3 + at * 5] if number % 7 else f"Words that page {number} never had."
            selector = {"type": "TextQuoteSelector", "exact": quote, "prefix": "", "suffix": ""}
            url = address(number, port)
            rows.append(
                {
                    "id": f"p{number}-{at}",
                    "uri": url,
                    "user": "acct:reader@hypothes.is",
                    "group": "__world__",
                    "text": f"Note {number}.{at}",
                    "tags": ["imported"],
                    "created": "2024-05-01T10:00:00.000000+00:00",
                    "updated": "2024-05-01T10:00:00.000000+00:00",
                    "document": {"title": [f"Page {number}"]},
                    "target": [{"source": url, "selector": [selector]}],
                }
            )
    head = {
        "export_date": "2026-01-05T10:00:00Z",
        "export_userid": "acct:r@h",
        "client_version": "1",
    }
    path.write_text(json.dumps({**head, "annotations": rows}), encoding="utf-8")


def environment(home: Path) -> dict[str, str]:
    """Return the variables of a program whose folders are below `home`."""
    home.mkdir(exist_ok=True)
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("DATA", "STATE", "CONFIG")}
    return {**os.environ, **folders, "XDG_CACHE_HOME": str(home / "cache"), "HOME": str(home)}


def start(home: Path, path: Path) -> subprocess.Popen[bytes]:
    """Start an import."""
    return subprocess.Popen(
        [*COMMAND, "import", str(path), "--json"],
        env=environment(home),
        stdin=subprocess.DEVNULL,
        stdout=(home / "report.json").open("wb"),
        stderr=(home / "errors").open("wb"),
        start_new_session=True,
    )


def articles_of(home: Path) -> dict[str, StoredArticle]:
    """Return the articles of a library by their ids."""
    command = [*COMMAND, "export", "--format", "json", "--to", "-"]
    done = subprocess.run(command, env=environment(home), capture_output=True, check=True)
    library = msgspec.json.decode(done.stdout, type=LibraryFile)
    return {each.record.id: each for each in library.articles}


def shape_of(article: StoredArticle) -> tuple[object, ...]:
    """Return all of an article that does not depend on when it was imported."""
    marks = sorted(
        (each.annotation.quote, each.annotation.note, str(each.found)) for each in article.marks
    )
    record = article.record
    state = (record.access, record.title, record.tags, record.state, record.revision)
    return (record.url, *state, len(record.revisions), tuple(marks))


def import_undisturbed(home: Path, path: Path) -> tuple[float, float]:
    """Import the links, and return the seconds that it took and those of the processor."""
    before, begun = os.times(), time.monotonic()
    start(home, path).wait()
    after = os.times()
    cpu = after.children_user + after.children_system
    return time.monotonic() - begun, cpu - before.children_user - before.children_system


def import_with_kills(home: Path, path: Path, server: ImportServer, after: list[int]) -> None:
    """Import the links; the program and all it started are killed after so many answers."""
    for turn, answers in enumerate(after, 1):
        program = start(home, path)
        already = server.counts.statuses.total()
        while server.counts.statuses.total() < already + answers and program.poll() is None:
            time.sleep(0.05)
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()
        print(f"killed after {server.counts.statuses.total() - already} answers, turn {turn}")
    start(home, path).wait()


def by_trafilatura(pages: int, port: int) -> tuple[float, float]:
    """Fetch and clean the pages in a loop; return seconds, and those of the processor."""
    trafilatura = import_module("trafilatura")
    before, begun = time.process_time(), time.monotonic()
    with httpx.Client(timeout=30, follow_redirects=True) as client:
        for number in range(pages):
            try:
                trafilatura.extract(client.get(address(number, port)).text)
            except httpx.HTTPError:
                continue
    return time.monotonic() - begun, time.process_time() - before


def print_report(home: Path) -> None:
    """Print the counts of an import's report."""
    try:
        report = json.loads((home / "report.json").read_text("utf-8"))
    except ValueError:
        print("no report:", (home / "errors").read_text("utf-8")[-300:])
        return
    print({name: value for name, value in report.items() if isinstance(value, int)})
    print(Counter(line["what"] for line in report.get("lines", ())))


def reason_of(home: Path, name: str) -> str:
    """Return why an article has no text, as the report says."""
    report = json.loads((home / "report.json").read_text("utf-8"))
    lines = [line for line in report.get("lines", ()) if line["article_id"] == name]
    return " ".join(line["reason"] for line in lines if line["what"] == "no-text")


def main() -> None:
    """Import undisturbed and with kills, compare, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--delay", type=float, default=1.0)
    options = parser.parse_args()
    pages = options.pages
    with tempfile.TemporaryDirectory() as folder, ImportServer(delay=options.delay) as server:
        path = Path(folder, "links.json")
        write_links(path, pages, server.port)
        calm, hard = Path(folder, "calm"), Path(folder, "hard")
        seconds, cpu = import_undisturbed(calm, path)
        counts = server.counts
        print(f"undisturbed: {pages / seconds:.1f} pages/s, {1000 * cpu / pages:.0f} ms cpu a page")
        print(f"at once {counts.at_once}, of a host {max(counts.at_once_of_host.values())}")
        print(f"answers {dict(counts.statuses)}, asked again {counts.repeated}")
        print_report(calm)
        chance = random.Random(11)
        step = pages // (options.kills + 2)
        after = [step + chance.randrange(1 + pages // 20) for _ in range(options.kills)]
        import_with_kills(hard, path, server, after)
        print_report(hard)
        first, second = articles_of(calm), articles_of(hard)
        differ = [
            name
            for name in first.keys() | second.keys()
            if name not in first
            or name not in second
            or shape_of(first[name]) != shape_of(second[name])
        ]
        print(f"articles {len(first)} and {len(second)}, {len(differ)} differ")
        for name in differ[:5]:
            print("  ", reason_of(calm, name), "or", reason_of(hard, name))
            print("  ", *(shape_of(each[name])[:6] for each in (first, second) if name in each))
        if find_spec("trafilatura"):
            seconds, cpu = by_trafilatura(pages, server.port)
            print(
                f"trafilatura in a loop: {pages / seconds:.1f} pages/s, "
                f"{1000 * cpu / pages:.0f} ms cpu a page"
            )


if __name__ == "__main__":
    main()
