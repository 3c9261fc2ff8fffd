"""Several programs that write to one library at the same time."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec.structs import replace

from annotator.model import Annotation, Article
from annotator.store import Library
from torture_setting import (
    PARAGRAPHS,
    Child,
    Outcome,
    counted,
    make_article,
    make_mark,
    open_library,
    store,
)

WRITERS = 4
ARTICLES = 3
REMOVED = 5  # every fifth mark is removed again


def writers(folder: Path, count: int, _chance: random.Random) -> Outcome:
    """Let four programs make marks, change a shared one, and remove some of their own."""
    articles = [make_article(number) for number in range(ARTICLES)]
    with open_library(folder) as library:
        for article in articles:
            store(library, article)
        shared = make_mark(articles[0], 0)
        library.put([shared])

    def work(say: Callable[[str], None]) -> None:
        with open_library(folder) as library:
            for number in range(count // 2):
                write(library, articles, number, say)
                library.article(articles[0].id).revise(shared.id, _counted_up)
                say("x")

    outcome = Outcome()
    said = said_by([Child(work) for _ in range(WRITERS)], outcome)
    with open_library(folder) as library:
        found = {
            mark.id: mark for each in articles for mark in library.article(each.id).annotations()
        }
        outcome.problems += library.notices
    made = {line[2:] for line in said if line.startswith("+")}
    gone = {line[2:] for line in said if line.startswith("-")}
    outcome.trials = len(said)
    outcome.lost += len(made - gone - found.keys()) + len(gone & found.keys())
    outcome.lost += abs(said.count("x") - len(found[shared.id].note))
    outcome.others["marks at the end"] = len(found)
    return outcome


def write(
    library: Library, articles: Sequence[Article], number: int, say: Callable[[str], None]
) -> None:
    """Make a mark, say so when it is written, and remove every fifth one again."""
    article = articles[number % len(articles)]
    mark = make_mark(article, number % PARAGRAPHS)
    library.put([mark])
    say(f"+ {mark.id}")
    if number % REMOVED == 0:
        library.article(article.id).remove([mark.id], now=mark.modified)
        say(f"- {mark.id}")


def _counted_up(mark: Annotation) -> Annotation:
    return replace(mark, note=f"{mark.note}x")


def said_by(children: Sequence[Child], outcome: Outcome) -> list[str]:
    """Wait for programs, and return what they said."""
    said: list[str] = []
    for number, child in enumerate(children):
        with counted(outcome, f"writer {number}"):
            lines, code = child.wait()
            said += lines
            if code:
                outcome.problems.append(f"writer {number} ended with {code}")
    return said
