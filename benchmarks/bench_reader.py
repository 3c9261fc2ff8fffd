"""Measure the reading view beside what one would write first with Textual.

Every run is a process of its own on a pseudo-terminal of 100 by 30 cells. Times
are its processor milliseconds, medians over keys and then over rounds; cases of
a round follow each other, so that a busy machine slows all of them alike.
"""

import argparse
import asyncio
import fcntl
import json
import os
import pty
import random
import statistics
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App
    from textual.widget import Widget

    from annotator.model import Article

COLUMNS, ROWS = 100, 30
PRESSES, WARM_UP = 25, 3
SETTLED = 0.0005  # seconds of work in a wait of twice a frame: the program is at rest
WORDS_A_PARAGRAPH = 60
TERMINAL = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
STATM, PAGE = Path("/proc/self/statm"), os.sysconf("SC_PAGE_SIZE")
TINT = "on #5a4a20"
OURS, STATIC, MARKDOWN = "annotator", "Static a paragraph", "Markdown widget"
EMPTY = "an empty Static"
BUDGETS = {"line": 6.0, "page": 8.0, "mark": 6.0, "memory MB": 60.0}
BUDGETED_WORDS = 100_000
KEYS = {OURS: ("j", "space", "G", "g"), STATIC: ("down", "pagedown", "end", "home")}

Figures = dict[str, float]


@dataclass(frozen=True)
class Case:
    """What one process measures."""

    reader: str
    words: int
    marks: int


def main() -> None:
    """Run the cases in turn and print their medians."""
    options = _options()
    if options.child:
        _measure(Case(options.child, options.words[0], options.marks[0]), options.report_to)
        return
    results: dict[Case, list[Figures]] = {case: [] for case in _cases(options)}
    for number in range(options.rounds):
        for case, runs in results.items():
            print(f"round {number + 1}: {case}", file=sys.stderr, flush=True)
            runs.append(_run(case))
    _print_table({case: _median(runs) for case, runs in results.items()})


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--words", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--marks", type=int, nargs="+", default=[0, 1_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers-up-to", type=int, default=10_000, help="words; more take minutes")
    parser.add_argument("--child", default="", help=argparse.SUPPRESS)
    parser.add_argument("--report-to", type=int, default=-1, help=argparse.SUPPRESS)
    return parser.parse_args()


def _cases(options: argparse.Namespace) -> Iterator[Case]:
    for words in options.words:
        for marks in options.marks:
            yield Case(OURS, words, marks)
            yield Case(EMPTY, words, marks)
            if words <= options.peers_up_to:
                yield Case(STATIC, words, marks)
                yield Case(MARKDOWN, words, marks)


def _run(case: Case) -> Figures:
    """Run a case on a pseudo-terminal, whose output is read and dropped."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    report, report_to = os.pipe()
    command = [sys.executable, __file__, "--child", case.reader, "--report-to", str(report_to)]
    command += ["--words", str(case.words), "--marks", str(case.marks)]
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=TERMINAL, pass_fds=[report_to]
    ) as child:
        os.close(theirs)
        os.close(report_to)
        threading.Thread(target=_drain, args=(ours,), daemon=True).start()
        with os.fdopen(report, encoding="utf-8") as lines:
            found: Figures = json.loads(lines.read())
        child.wait()
    return found


def _drain(terminal: int) -> None:
    with suppress(OSError):  # the other end is closed when the child ends
        while os.read(terminal, 1 << 16):
            pass


def _median(runs: list[Figures]) -> Figures:
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def _print_table(medians: Mapping[Case, Figures]) -> None:
    names = list(next(iter(medians.values())))
    print("| words | marks | reader |", " | ".join(names), "|")
    print("|--:|--:|---|", "|".join("--:" for _ in names), "|")
    for case, figures in medians.items():
        ours = medians[Case(OURS, case.words, case.marks)]
        cells = [_cell(case, name, figures[name], ours[name]) for name in names]
        print(f"| {case.words:,} | {case.marks:,} | {case.reader} |", " | ".join(cells), "|")


def _cell(case: Case, name: str, figure: float, ours: float) -> str:
    """Return a figure, with its ratio to ours or a sign if it exceeds its budget."""
    if case.reader != OURS:
        return f"{figure:.1f} ({figure / ours:.1f}x)"
    budget = BUDGETS.get(name, figure) if case.words <= BUDGETED_WORDS else figure
    return f"{figure:.1f}" + "!" * int(figure > budget)


def _measure(case: Case, report_to: int) -> None:
    """Measure a case in this process and write the figures down."""
    article = _article(case.words)
    reader = _READERS[case.reader](article, _spans(article, case.marks))
    app = _app(reader, KEYS.get(case.reader, KEYS[STATIC]))
    figures = app.run() or {}
    figures["memory MB"] = int(STATM.read_text("ascii").split()[1]) * PAGE / 1e6
    with os.fdopen(report_to, "w", encoding="utf-8") as report:
        json.dump(figures, report)


@dataclass(frozen=True)
class Reader:
    """A widget that shows the article, what to do once it is there, and how to add a mark."""

    widget: "Widget"
    fill: Callable[[], object]
    mark: Callable[[int], object]


def _app(reader: Reader, keys: tuple[str, ...]) -> "App[Figures]":
    from textual.app import App, ComposeResult

    class Bench(App[Figures]):
        CSS = "ArticleView { height: 1fr; overflow-y: scroll; scrollbar-size-vertical: 0; }"

        def compose(self) -> ComposeResult:
            yield reader.widget

        def on_mount(self) -> None:
            self.animation_level = "none"
            reader.widget.focus()
            reader.fill()
            self.call_after_refresh(self.run_worker, self.script())

        async def script(self) -> None:
            line, page, *ends = keys
            first = time.process_time()
            await _rest()
            figures = {
                "first frame": first * 1000,
                "at rest": time.process_time() * 1000,
                "line": await _timed(lambda _: self.simulate_key(line)),
                "page": await _timed(lambda _: self.simulate_key(page)),
                "end": await _timed(lambda number: self.simulate_key(ends[number % 2])),
                "mark": await _timed(reader.mark),
            }
            self.exit(figures)

    return Bench()


async def _timed(act: Callable[[int], object]) -> float:
    """Return the median processor milliseconds from an act to the frame that shows it."""
    times = []
    for number in range(PRESSES):
        before = time.process_time()
        act(number)
        await _rest()
        times.append((time.process_time() - before) * 1000)
    return statistics.median(times[WARM_UP:])


async def _rest() -> None:
    """Wait until the program has nothing left to do."""
    spent = SETTLED
    while spent >= SETTLED:
        before = time.process_time()
        await asyncio.sleep(1 / 30)
        spent = time.process_time() - before


def _article(words: int) -> "Article":
    from annotator.model import Article, Block

    chance = random.Random(7)
    stock = ["".join(chance.choices("etaoinshrdlu", k=chance.randint(2, 11))) for _ in range(5000)]
    blocks = []
    for number in range(max(1, words // WORDS_A_PARAGRAPH)):
        said = " ".join(chance.choices(stock, k=WORDS_A_PARAGRAPH))
        blocks.append(Block("paragraph", f"“{said.capitalize()}”—so it ends."))
        if number % 12 == 0:
            blocks.append(Block("heading", " ".join(chance.choices(stock, k=5)), level=2))
    return Article("bench", "", "A long article", blocks=tuple(blocks))


def _spans(article: "Article", count: int) -> list[tuple[int, int]]:
    step = max(1, len(article.text) // max(1, count))
    return [(at, at + 90) for at in range(0, len(article.text) - 100, step)][:count]


def _annotator(article: "Article", spans: list[tuple[int, int]]) -> Reader:
    from annotator.model import Span
    from annotator.tui.widgets.article_view import ArticleView, PaintedMark

    view = ArticleView()
    marks = [PaintedMark(str(n), Span(*span), "#e5b83a", "◆") for n, span in enumerate(spans)]

    def fill() -> None:
        view.show(article)
        view.show_marks(marks)

    def mark(number: int) -> None:
        start = view.first_offset + 100 * (number % 12)
        marks.append(PaintedMark(f"new{number}", Span(start, start + 90), "#5fb36a", "●"))
        view.show_marks(marks)

    return Reader(view, fill, mark)


def _empty(*_: object) -> Reader:
    from textual.widgets import Static

    return Reader(static := Static(""), lambda: None, lambda number: static.update(str(number)))


def _static(article: "Article", spans: list[tuple[int, int]]) -> Reader:
    from textual.containers import VerticalScroll
    from textual.content import Content
    from textual.widgets import Static

    texts = [Content(block.text) for block in article.blocks]
    for start, end in spans:
        base = article.starts[at := article.block_at(start)]
        texts[at] = texts[at].stylize(TINT, start - base, end - base)
    statics = [Static(text) for text in texts]

    def mark(number: int) -> None:
        at = number % len(texts)
        statics[at].update(texts[at].stylize(TINT, number, 90))

    return Reader(VerticalScroll(*statics), lambda: None, mark)


def _markdown(article: "Article", spans: list[tuple[int, int]]) -> Reader:
    from textual.containers import VerticalScroll
    from textual.content import Content
    from textual.widgets import Markdown

    marked = {article.block_at(start) for start, _ in spans}
    texts = [f"*{b.text}*" if at in marked else b.text for at, b in enumerate(article.blocks)]
    widget = Markdown()

    def mark(number: int) -> None:
        at = number % len(article.blocks)
        content = Content(article.blocks[at].text).stylize(TINT, number, 90)
        widget.children[at].set_content(content)  # type: ignore[attr-defined]

    return Reader(VerticalScroll(widget), lambda: widget.update("\n\n".join(texts)), mark)


_READERS: Mapping[str, Callable[["Article", list[tuple[int, int]]], Reader]] = {
    OURS: _annotator,
    EMPTY: _empty,
    STATIC: _static,
    MARKDOWN: _markdown,
}

if __name__ == "__main__":
    main()
