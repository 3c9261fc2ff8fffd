"""Measure the reading view beside what one would write first with Textual.

Every run is a process of its own on a pseudo-terminal of 100 by 30 cells, so
that Textual writes all that it would write to a terminal. Times are processor
milliseconds of that process, medians over keys and then over rounds; the cases
of a round follow each other, so that a busy machine slows all of them alike.
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
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App
    from textual.widget import Widget

    from annotator.model import Article

COLUMNS, ROWS = 100, 30
PRESSES, WARM_UP = 25, 3
SETTLED = 0.0005  # seconds of work in a wait of twice a frame: the program is at rest
WORDS_A_PARAGRAPH = 60
TINT = "on #5a4a20"
OURS, STATIC, MARKDOWN = "annotator", "Static a paragraph", "Markdown widget"
EMPTY = "an empty Static"
BUDGETS = {"line": 6.0, "page": 8.0, "mark": 6.0, "memory MB": 60.0}
MEMORY_WORDS = 100_000  # up to how many words the memory has a budget
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
    _print_table({case: _medians(runs) for case, runs in results.items()})


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--words", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--marks", type=int, nargs="+", default=[0, 1_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--peers-up-to", type=int, default=10_000, help="words; beyond, peers take minutes"
    )
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
    environment = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, pass_fds=[report_to]
    ) as child:
        for ended in (theirs, report_to):
            os.close(ended)
        threading.Thread(target=_drain, args=(ours,), daemon=True).start()
        with os.fdopen(report, encoding="utf-8") as lines:
            found: Figures = json.loads(lines.read())
        child.wait()
    return found


def _drain(terminal: int) -> None:
    with suppress(OSError):  # the other end is closed when the child ends
        while os.read(terminal, 1 << 16):
            pass


def _medians(runs: list[Figures]) -> Figures:
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
    is_budgeted = name in BUDGETS and (name != "memory MB" or case.words <= MEMORY_WORDS)
    return f"{figure:.1f}" + ("!" if is_budgeted and figure > BUDGETS[name] else "")


def _measure(case: Case, report_to: int) -> None:
    """Measure a case in this process and write the figures down."""
    article = _article(case.words)
    reader = _READERS[case.reader](article, _spans(article, case.marks))
    app = _app(reader, KEYS.get(case.reader, KEYS[STATIC]))
    app.run()
    with os.fdopen(report_to, "w", encoding="utf-8") as report:
        json.dump(app.return_value, report)


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
            first = time.process_time()
            await _rest()
            rest = time.process_time()
            line, page, *ends = keys
            figures = {
                "first frame": first * 1000,
                "at rest": rest * 1000,
                "line": await _timed(lambda _: self.simulate_key(line)),
                "page": await _timed(lambda _: self.simulate_key(page)),
                "end": await _timed(lambda number: self.simulate_key(ends[number % 2])),
                "mark": await _timed(reader.mark),
                "memory MB": _resident() / 1e6,
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


def _resident() -> int:
    with open("/proc/self/statm", encoding="ascii") as pages:  # noqa: PTH123  no path to speak of
        return int(pages.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


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


def _empty(article: "Article", spans: list[tuple[int, int]]) -> Reader:
    from textual.widgets import Static

    del article, spans
    static = Static("")
    return Reader(static, lambda: None, lambda number: static.update(str(number)))


def _static(article: "Article", spans: list[tuple[int, int]]) -> Reader:
    from textual.containers import VerticalScroll
    from textual.content import Content
    from textual.widgets import Static

    texts = [Content(block.text) for block in article.blocks]
    for start, end in spans:
        index = article.block_at(start)
        base = article.starts[index]
        texts[index] = texts[index].stylize(TINT, start - base, end - base)
    statics = [Static(text) for text in texts]

    def mark(number: int) -> None:
        texts[number] = texts[number].stylize(TINT, 0, 90)
        statics[number].update(texts[number])

    return Reader(VerticalScroll(*statics), lambda: None, mark)


def _markdown(article: "Article", spans: list[tuple[int, int]]) -> Reader:
    from textual.containers import VerticalScroll
    from textual.content import Content
    from textual.widgets import Markdown

    marked = {article.block_at(start) for start, _ in spans}
    texts = [
        f"## {block.text}" if block.kind == "heading" else block.text for block in article.blocks
    ]
    source = "\n\n".join(f"*{text}*" if at in marked else text for at, text in enumerate(texts))
    widget = Markdown()
    scroll = VerticalScroll(widget)

    def mark(number: int) -> None:
        block = widget.children[number]
        content = Content(article.blocks[number].text).stylize(TINT, 0, 90)
        block.set_content(content)  # type: ignore[attr-defined]

    return Reader(scroll, lambda: widget.update(source), mark)


_READERS: Mapping[str, Callable[["Article", list[tuple[int, int]]], Reader]] = {
    OURS: _annotator,
    EMPTY: _empty,
    STATIC: _static,
    MARKDOWN: _markdown,
}

if __name__ == "__main__":
    main()
