#!/usr/bin/env python3
"""Measure how many lines of sites are removed, and sentences taken, in four places of a page.

    bench_line_places.py                        with the weights of the program
    bench_line_places.py --folds FOLDER         each line by weights that have not seen it
    bench_line_places.py --weights FILE --authors blind    by other weights, some authors alone

The lines are those of `residue_cases.LINES` and `TRAPS`. Each is put alone into an
article: amid the text, in a box with a form, at the end, and into plain text. The
folders and files of weights are those that `train_line_scorer.py` writes. With `--every
3` each third line is tried, and `--list` names those that went wrong.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

from annotator.extract import extract
from annotator.extract.residue import line_scorer
from annotator.extract.residue.line_scorer import is_editors_note
from annotator.model.document import PLAIN_TEXT, Page
from residue_cases import LINE_FOLDS, LINES, TRAPS, Case, fold_of, read_cases

PLACES = ("amid the text", "in a box", "at its end", "in plain text")
PROSE = (
    "The river had risen in the night, and by morning the lower field was a lake of brown water.",
    "My uncle looked at it for a while, then went back into the house to make coffee for us all.",
    "Nobody in the valley could remember it as high as that, though the marks on the wall said so.",
    "It took nine days to fall, and when it had fallen the field was covered with a fine silt.",
    "The hay was lost, and two of the sheep, and the bridge that the parish had mended in spring.",
    "In the town they were luckier, since the wall along the quay held, and only cellars filled.",
)


def main() -> None:
    """Print the shares for each place."""
    options = _options()
    for title, names, wanted in (("lines removed", LINES, True), ("sentences taken", TRAPS, False)):
        cases = [case for name in names for case in read_cases(name)][:: options.every]
        cases = [case for case in cases if case.author.startswith(options.authors)]
        cases = [case for case in cases if not is_editors_note(case.line)]
        gone = dict(_judged(cases, options))
        counts = [sum(places) for places in zip(*gone.values(), strict=True)]
        named = zip(PLACES, counts, strict=True)
        shares = ", ".join(f"{place} {100 * count / len(gone):.1f} %" for place, count in named)
        whole = 100 * sum(counts) / (len(gone) * len(PLACES))
        print(f"{title}, of {len(gone)}: {whole:.2f} % ({shares})", flush=True)
        for case, places in gone.items() if options.list else ():
            if any(place != wanted for place in places):
                print(f"  {case.family} {case.language} {case.line}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folds", type=Path, metavar="FOLDER")
    parser.add_argument("--weights", type=Path, metavar="FILE")
    parser.add_argument("--authors", default="", metavar="BEGINNING")
    parser.add_argument("--every", type=int, default=1, metavar="N")
    parser.add_argument("--list", action="store_true")
    return parser.parse_args()


def _judged(
    cases: Sequence[Case], options: argparse.Namespace
) -> Iterator[tuple[Case, tuple[bool, ...]]]:
    """Yield lines with whether each is gone in each place, judged by the weights of the options."""
    for fold in range(LINE_FOLDS):
        path = options.folds / f"{fold}.json" if options.folds else options.weights
        judge = line_scorer.read_line_scorer(json.loads(path.read_text())) if path else None
        line_scorer.line_score.cache_clear()
        with patch.object(
            line_scorer, "_learned", (lambda judge=judge: judge) if judge else learned
        ):
            for case in cases:
                if fold_of(case.group) == fold:
                    yield case, tuple(_is_gone(case.line, page) for page in _pages(case.line))


learned = line_scorer._learned  # noqa: SLF001 - weights have no other handle


def _pages(line: str) -> Iterator[Page]:
    """Yield a page for each place, with the line in it."""
    paragraphs = [f"<p>{text}</p>" for text in PROSE]
    form = "<form><input name=q><button>OK</button></form>"
    amid = f"<p>{line}</p>"
    box = f"<div class=c-note><p>{line}</p>{form}</div>"
    for inserted, last in ((amid, ""), (box, ""), ("", amid)):
        story = "".join([*paragraphs[:3], inserted, *paragraphs[3:], last])
        html = (
            "<html><head><title>The flood in the valley</title></head><body><header><a href=/>Home"
            "</a></header><main><article><h1>The flood in the valley</h1>"
            f"{story}</article></main><footer>x</footer></body></html>"
        )
        yield Page("https://example.org/a/flood", html)
    text = "\n\n".join(["The flood", *PROSE[:3], line, *PROSE[3:]])
    yield Page("file:///flood.txt", text, media_type=PLAIN_TEXT)


def _is_gone(line: str, page: Page) -> bool:
    return line not in extract(page).article.text


if __name__ == "__main__":
    main()
