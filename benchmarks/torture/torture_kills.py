"""Programs that are killed at random moments of their work."""

import os
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from annotator.model import Article
from annotator.store import Library
from annotator.usecases.exporting.export import export_articles
from annotator.usecases.exporting.vault import Vault
from annotator.usecases.library.doctor import examine
from torture_setting import Child, Outcome, counted, make_article, make_mark, open_library, store

ARTICLES = 8
LONGEST = 0.03  # seconds from the start of the work to the kill

Say = Callable[[str], None]
Work = Callable[[Library, Article, Say], None]
Judge = Callable[[Library, list[list[str]], Outcome], None]


def marking(folder: Path, count: int, chance: random.Random) -> Outcome:
    """Kill programs that make marks."""

    def work(library: Library, article: Article, say: Say) -> None:
        mark = make_mark(article, 3, note="A note of some length. " * 20)
        library.put([mark])
        say(f"{article.id} {mark.id}")

    def judge(library: Library, said: list[list[str]], outcome: Outcome) -> None:
        for article in _articles():
            found = {mark.id for mark in library.article(article.id).annotations()}
            outcome.lost += len({each[1] for each in said if each[0] == article.id} - found)

    return _killed(folder, count, chance, work=work, judge=judge)


def tagging(folder: Path, count: int, chance: random.Random) -> Outcome:
    """Kill programs that count up in a tag of a mark."""

    def work(library: Library, article: Article, say: Say) -> None:
        (mark, *_) = library.article(article.id).annotations() or (make_mark(article, 5),)
        number = int(mark.tags[0]) + 1 if mark.tags else 1
        mark = replace(mark, tags=(f"{number:09}",), modified=datetime.now(UTC))
        library.put([mark])
        say(f"{article.id} {number}")

    def judge(library: Library, said: list[list[str]], outcome: Outcome) -> None:
        for article in _articles():
            counted_to = max((int(each[1]) for each in said if each[0] == article.id), default=0)
            marks = library.article(article.id).annotations()
            found = int(marks[0].tags[0]) if marks else 0
            outcome.lost += max(0, counted_to - found)

    return _killed(folder, count, chance, work=work, judge=judge)


def refreshing(folder: Path, count: int, chance: random.Random) -> Outcome:
    """Kill programs that store new revisions."""

    def work(library: Library, article: Article, say: Say) -> None:
        number = int(article.url.rpartition("/")[2])
        edition = time.monotonic_ns()
        newer = make_article(number, edition=edition)
        store(library, newer, after=edition % 1_000_000)
        say(f"{article.id} {newer.revision}")

    def judge(library: Library, said: list[list[str]], outcome: Outcome) -> None:
        for article in _articles():
            revisions = set(library.article(article.id).record().revisions)
            wanted = {each[1] for each in said if each[0] == article.id}
            outcome.lost += len(wanted - revisions)
            for revision in list(revisions)[-3:]:  # raises if one is damaged
                library.article(article.id).extraction(revision)
                library.article(article.id).page(revision)

    return _killed(folder, count, chance, work=work, judge=judge)


def exporting(folder: Path, count: int, chance: random.Random) -> Outcome:
    """Kill programs that export."""
    target = folder / "export"
    vault = Vault(target, folder / "export-state")

    def work(library: Library, article: Article, say: Say) -> None:
        mark = make_mark(article, 7, note="Exported.")
        library.put([mark])
        report = export_articles(library, [article.id], vault)
        if report.first_error:
            raise report.first_error
        say(f"{article.id} {mark.id}")

    def judge(library: Library, said: list[list[str]], outcome: Outcome) -> None:
        report = export_articles(library, [article.id for article in _articles()], vault)
        for exported in report.exported:
            path = exported.written.path if exported.written else target
            text = path.read_text("utf-8") if path.is_file() else ""
            wanted = {each[1] for each in said if each[0] == exported.article_id}
            outcome.lost += sum(identity not in text for identity in wanted)
            outcome.others[exported.written.outcome if exported.written else "failed"] += 1

    return _killed(folder, count, chance, work=work, judge=judge)


def _articles() -> list[Article]:
    return [make_article(number) for number in range(ARTICLES)]


def _killed(
    folder: Path, count: int, chance: random.Random, *, work: Work, judge: Judge
) -> Outcome:
    outcome = Outcome()
    articles = _articles()
    with open_library(folder) as library:
        for article in articles:
            store(library, article)
        work(library, articles[0], lambda _: None)  # so that imports are not what is killed
    for number in range(count):
        with counted(outcome, f"kill {number}"):
            said = _kill(folder, articles, chance, work)
            with open_library(folder) as library:
                judge(library, [line.split() for line in said], outcome)
                outcome.problems += library.notices
        if number % 50 == 0:
            _empty(folder, articles)
    _look_for_damage(folder, outcome)
    return outcome


def _kill(folder: Path, articles: list[Article], chance: random.Random, work: Work) -> list[str]:
    seed, pause = chance.random(), chance.random() * LONGEST

    def endless(say: Say) -> None:
        pick = random.Random(seed)
        with open_library(folder) as library:
            say("begun")
            while True:
                work(library, pick.choice(articles), say)

    child = Child(endless)
    child.wait_for_first_line()
    time.sleep(pause)
    return child.kill()


def _empty(folder: Path, articles: list[Article]) -> None:
    """Remove all marks now and then, so that the last kill is as quick as the first."""
    with open_library(folder) as library:
        for article in articles:
            ids = [mark.id for mark in library.article(article.id).annotations()]
            library.article(article.id).remove(ids, now=datetime.now(UTC))


def _look_for_damage(folder: Path, outcome: Outcome) -> None:
    with open_library(folder) as library:
        report = examine(library)
    outcome.others["marks at the end"] += report.marks
    for finding in report.found:
        if finding.problem in {"damaged", "missing", "misplaced"}:
            outcome.problems.append(f"{finding.path}: {finding.sentence}")
    leftovers = sum(name.name.endswith(".tmp") for name in folder.rglob(".annotator-*"))
    outcome.others["temporary files left"] += leftovers
    os.sync()
