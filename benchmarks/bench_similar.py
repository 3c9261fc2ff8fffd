"""Measure how well similar claims are found, and how long it takes.

The gold file is `gold/similar_claims.jsonl`: 200 pairs of sentences as news have them,
in nine languages and across them, written for this project. The labels:

- same: a reader would merge the two; one may say more, or round a number;
- contradicts: they cannot both be true of the same thing at the same time;
- related: the same event or subject, but another aspect, another time, another place;
- unrelated: other things, though numbers, names or words may be the same.

They were written, and split in halves by a fixed seed, before the code. Pairs with a
sentence in common are in the same half. Rules and lists of words were tuned on one
half only. They were written by the author of the rules, however, and are shorter
and plainer than much of what is marked in articles.

`python benchmarks/bench_similar.py [--held-out] [--errors] [--marks N]`
"""

import json
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from annotator.similarity import Wording, judge

GOLD = Path(__file__).parent / "gold" / "similar_claims.jsonl"
ROUNDS = 5
NOTHING = "unrelated"


def main() -> None:
    """Print how often each judgement is right, and the time that it takes."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--held-out", action="store_true", help="use the half not used for tuning")
    parser.add_argument("--errors", action="store_true", help="show the errors of the tuned half")
    options = parser.parse_args()
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    rows = [row for row in rows if row["held_out"] == options.held_out]
    labels = [(row["label"], _judged(row)) for row in rows]
    print("held out" if options.held_out else "tuned")
    print(f"{'':14}{'pairs':>6}{'found':>7}{'right':>7}{'precision':>11}{'recall':>8}{'F1':>7}")
    for name in (("same",), ("contradicts",), ("same", "contradicts"), ("related",)):
        _print_row(name, labels)
    across = [
        pair
        for pair, row in zip(labels, rows, strict=True)
        if row["first"]["language"] != row["second"]["language"]
    ]
    print("across languages only")
    _print_row(("same", "contradicts"), across)
    if options.errors and not options.held_out:
        for row, (label, found) in zip(rows, labels, strict=True):
            if label != found:
                print(f"{label} → {found}: {row['first']['quote']} | {row['second']['quote']}")


def _judged(row: Mapping[str, Any]) -> str:
    judgement = judge(_wording(row["first"]), _wording(row["second"]))
    return judgement.similarity if judgement else NOTHING


def _wording(side: Mapping[str, str]) -> Wording:
    return Wording(side["quote"], language=side["language"])


def _print_row(names: Sequence[str], labels: Sequence[tuple[str, str]]) -> None:
    """Print one or several labels; with several, each pair must have the right one of them."""
    wanted = sum(label in names for label, _ in labels)
    found = sum(judged in names for _, judged in labels)
    right = sum(label == judged in names for label, judged in labels)
    precision, recall = right / max(1, found), right / max(1, wanted)
    f1 = 2 * right / max(1, wanted + found)
    print(f"{names[0] if len(names) == 1 else 'either':14}", end="")
    print(f"{wanted:>6}{found:>7}{right:>7}{precision:>11.2f}{recall:>8.2f}{f1:>7.2f}")


if __name__ == "__main__":
    main()
