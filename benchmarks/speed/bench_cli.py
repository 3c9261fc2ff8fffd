"""Processor time of commands: lists of a large library, and pages to clean.

`python benchmarks bench_cli [ARTICLES] [MARKS PER ARTICLE]`. The budget of
the lists is for 10,000 articles with 10 marks each. The time of a command
includes that of its worker processes.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from annotator.anchoring import describe
from annotator.model import Annotation, Article, Block, Extraction, Page, Span
from annotator.store import Library, new_id

BUDGET_MS = 150
RUNS = 9
SAVED_PAGES = 40
SAMPLES = sorted((Path(__file__).parents[2] / "sample_articles").glob("*.html"))
NOW = datetime(2026, 3, 14, tzinfo=UTC)

CASES = {
    "python -c pass": ("-c", "pass"),
    "annotator --version": ("-m", "annotator", "--version"),
    "annotator --help": ("-m", "annotator", "--help"),
    "annotator list": ("-m", "annotator", "list"),
    "annotator list --json": ("-m", "annotator", "list", "--json"),
    "annotator list tag:tag-0": ("-m", "annotator", "list", "tag:tag-0"),
    "annotator search": ("-m", "annotator", "search", "noticed", "7"),
    "annotator notes": ("-m", "annotator", "notes"),
    "annotator notes --json": ("-m", "annotator", "notes", "--json"),
    "annotator export (csv)": ("-m", "annotator", "export", "--format", "csv"),
    "annotator export (jsonl)": ("-m", "annotator", "export", "--format", "jsonl"),
}
SHOW = ("-m", "annotator", "show", str(SAMPLES[0]))


def main() -> None:
    """Print the time of each command, and how often Python could start in that time."""
    articles, marks = (int(each) for each in (*sys.argv[1:], *("1000", "10")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder), articles, marks)
        print(
            f"{articles:,} articles, {articles * marks:,} marks; processor time, median of {RUNS}"
        )
        baseline = 0.0
        for name, arguments in CASES.items():
            spent = measure(arguments, Path(folder))
            baseline = baseline or spent
            print(f"{name:24}{spent:8.0f} ms{spent / baseline:7.1f} x")
        print(f"Budget of the lists for 10,000 articles: {BUDGET_MS} ms.")
        print(f"{'annotator show PAGE':24}{measure(SHOW, Path(folder)):8.0f} ms")
        spent = add_pages(Path(folder))
        print(f"{f'annotator add, {SAVED_PAGES} pages':24}{spent:8.0f} ms")


def fill(folder: Path, articles: int, marks: int) -> None:
    """Make a library of that many short articles, each with that many marks."""
    with Library.open(folder / "library", state=folder / "state") as library:
        for number in range(articles):
            article = make_article(number, marks)
            library.store(Extraction(article), Page(article.url, "<p>"), now=NOW)
            library.put([make_mark(article, start) for start in article.starts[:marks]])


def make_article(number: int, paragraphs: int) -> Article:
    """Return an article with a passage to mark in each paragraph."""
    words = "The grid ran without coal for a day, and nobody noticed it at all."
    blocks = tuple(Block("paragraph", f"{at}. {words}") for at in range(max(1, paragraphs)))
    return Article(
        f"{number:016x}"[::-1],
        f"https://example.org/{number}",
        f"Story {number} of many",
        site_name="Example",
        blocks=blocks,
    )


def make_mark(article: Article, start: int) -> Annotation:
    """Return a mark on the words at `start`."""
    target = describe(article.text, Span(start, start + 30), revision=article.revision)
    tags = (f"tag-{start % 100}", "energy/grid")
    return Annotation(new_id(), article.id, target, tags=tags, note="By whom?", created=NOW)


def measure(arguments: tuple[str, ...], folder: Path) -> float:
    """Return the median processor time of a command in milliseconds."""
    environment = environment_of(folder, "library")
    spend(arguments, environment)
    return median(spend(arguments, environment) for _ in range(RUNS))


def add_pages(folder: Path) -> float:
    """Return the processor time of adding saved pages to an empty library, in milliseconds."""
    pages = [folder / f"{number}.html" for number in range(SAVED_PAGES)]
    for number, page in enumerate(pages):
        shutil.copy(SAMPLES[number % len(SAMPLES)], page)
    arguments = ("-m", "annotator", "add", *map(str, pages))
    return spend(arguments, environment_of(folder, "new-library"))


def environment_of(folder: Path, library: str) -> dict[str, str]:
    """Return the environment of a command that works with a library in `folder`."""
    environment = os.environ | {
        "ANNOTATOR_LIBRARY": str(folder / library),
        "XDG_STATE_HOME": str(folder / "state-of-user"),
        "XDG_CACHE_HOME": str(folder / "cache-of-user"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once
    return environment


def spend(arguments: tuple[str, ...], environment: dict[str, str]) -> float:
    """Return the processor time of one run in milliseconds."""
    child = subprocess.Popen(
        [sys.executable, *arguments],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{arguments} ended with {child.returncode}")
    return (usage.ru_utime + usage.ru_stime) * 1000


if __name__ == "__main__":
    main()
