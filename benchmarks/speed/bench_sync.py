"""Times of `annotator sync`: the first, one with nothing to do, and one with a hundred conflicts.

`python benchmarks bench_sync [--articles N] [--conflicts N] [--folder DIR]`. Wall clock and
processor time are those of the whole command, git included.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from unittest.mock import patch

from msgspec.structs import replace

from annotator.anchoring import describe
from annotator.model import Annotation, Article, Block, Extraction, Page
from annotator.model.identity import id_of_url
from annotator.store import Library, new_id

NOW = datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC)
PARAGRAPHS, WORDS = 40, 60
MARKS = 10
RUNS = 5

chance = random.Random(1)
vocabulary = [
    "".join(chance.choices("abcdefghiklmnoprstuw", k=chance.randrange(2, 11))) for _ in range(5000)
]


def make_article(number: int) -> Article:
    """Return an article of some pages."""
    url = f"https://example.org/{number}"
    texts = (" ".join(chance.choices(vocabulary, k=WORDS)) for _ in range(PARAGRAPHS))
    blocks = tuple(Block("paragraph", text) for text in texts)
    return Article(id_of_url(url), url, f"Article {number}", blocks=blocks)


def make_library(folder: Path, articles: int) -> None:
    """Make a library of articles with marks, without waiting for the disk."""
    with patch("os.fsync"), Library.open(folder / "library", state=folder / "state") as library:
        for number in range(articles):
            article = make_article(number)
            page = Page(article.url, f"<article>{article.text}</article>" * 2, fetched_at=NOW)
            library.store(Extraction(article), page, now=NOW)
            spans = [article.span_of(at) for at in range(MARKS)]
            targets = [describe(article.text, span, revision=article.revision) for span in spans]
            library.put(
                [
                    Annotation(new_id(), article.id, target, "claim", created=NOW, modified=NOW)
                    for target in targets
                ]
            )


def edit(folder: Path, articles: int, **changes: object) -> None:
    """Change the first mark of some articles."""
    with Library.open(folder / "library", state=folder / "state") as library:
        for record in sorted(library.records(), key=lambda record: record.id)[:articles]:
            article = library.article(record.id)
            change = partial(replace, modified=datetime.now(UTC), **changes)
            article.revise(article.annotations()[0].id, change)


def run(folder: Path, *arguments: str) -> tuple[float, float]:
    """Run `annotator sync` for a home folder; return the wall-clock and the processor time."""
    environment = {**os.environ, "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}
    environment |= {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("STATE", "CACHE")}
    command = [sys.executable, "-m", "annotator", "--library", str(folder / "library"), "sync"]
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([*command, *arguments], env=environment, capture_output=True, check=False)
    spent, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(done.stderr.decode())
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, used


def report(what: str, times: list[tuple[float, float]]) -> None:
    """Print the median times."""
    wall, cpu = (sorted(column)[len(times) // 2] for column in zip(*times, strict=True))
    print(f"{what:52}{wall:>8.2f} s{cpu:>8.2f} s cpu")


def main() -> None:
    """Measure everything."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--conflicts", type=int, default=100)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    articles, conflicts = arguments.articles, arguments.conflicts
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        one, two, hub = Path(name, "one"), Path(name, "two"), Path(name, "hub.git")
        make_library(one, articles)
        two.mkdir()
        report(f"the first sync of {articles:,} articles", [run(one, "--init", str(hub))])
        report("the first sync of the second machine", [run(two, "--init", str(hub))])
        run(one)
        report("nothing to do", [run(one) for _ in range(RUNS)])
        report("the status", [run(one, "--status") for _ in range(RUNS)])
        conflicting = []
        for number in range(RUNS):
            edit(one, conflicts, note=f"Of one, {number}")
            edit(two, conflicts, tags=(f"two-{number}",))
            run(one)
            conflicting.append(run(two))
            run(one)
        report(f"{conflicts} articles that both sides changed", conflicting)
        used = sum(path.stat().st_size for path in (one / "library" / ".git").rglob("*"))
        print(f"{'size of the repository':52}{used / 1e6:>8.1f} MB")


if __name__ == "__main__":
    main()
