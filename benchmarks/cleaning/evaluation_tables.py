#!/usr/bin/env python3
"""Print the tables of `docs/how/cleaning-internals.md` from figures of `bench_extraction.py`.

    bench_extraction.py CORPORA --folds FOLDER --json FILE
    evaluation_tables.py FILE

The figures are without captions; the best F1 of each corpus is bold.
"""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def main() -> None:
    """Print the tables."""
    rows: list[Row] = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    tables: Sequence[tuple[str, Callable[[Row, Sequence[Row]], str]]] = (
        ("F1 [95 %]", _f1),
        ("precision / recall", _precision_and_recall),
        ("pages that lose more than 30 %", _lost),
        ("difference to the best of the others [95 %]", _ahead),
    )
    for title, cell in tables:
        print(f"\n{title}\n")
        _print_table(rows, cell)


def _print_table(rows: Sequence[Row], cell: Callable[[Row, Sequence[Row]], str]) -> None:
    cleaners = list(dict.fromkeys(row["cleaner"] for row in rows))
    versions = {row["cleaner"]: row["version"] for row in rows}
    heads = [f"{cleaner} {versions[cleaner]}".strip() for cleaner in cleaners]
    print(f"| | pages | {' | '.join(heads)} |")
    print("|---" * (len(heads) + 2) + "|")
    for corpus in dict.fromkeys(row["corpus"] for row in rows):
        own = {row["cleaner"]: row for row in rows if row["corpus"] == corpus}
        cells = [cell(own[cleaner], list(own.values())) for cleaner in cleaners]
        print(f"| {corpus} | {own[cleaners[0]]['pages']} | {' | '.join(cells)} |")


def _f1(row: Row, others: Sequence[Row]) -> str:
    low, high = row["bare_interval"]
    is_best = row["bare_f1"] == max(other["bare_f1"] for other in others)
    figure = _short(row["bare_f1"])
    return f"{f'**{figure}**' if is_best else figure} [{_short(low)}, {_short(high)}]"


def _precision_and_recall(row: Row, _: Sequence[Row]) -> str:
    return f"{_short(row['bare_precision'])} / {_short(row['bare_recall'])}"


def _lost(row: Row, _: Sequence[Row]) -> str:
    said = "" if row["unsaid"] is None else f" ({row['unsaid']} called full)"
    return f"{row['lost']}{said}"


def _ahead(row: Row, _: Sequence[Row]) -> str:
    if row["ahead"] is None:
        return "best"
    low, high = row["ahead_interval"]
    return f"{row['ahead']:+.3f} [{low:+.3f}, {high:+.3f}]"


def _short(share: float) -> str:
    return f"{share:.3f}".removeprefix("0")


if __name__ == "__main__":
    main()
