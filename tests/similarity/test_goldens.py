"""Readings of sentences in ten languages, and verdicts on pairs of them.

The pairs are those of `benchmarks/claims`, which measures how many judgements are right.
Here all are kept, so that a change shows which pairs and which words it touches.
"""

import json
from pathlib import Path

import pytest

from annotator.similarity import Wording, judge, search_terms
from annotator.similarity.reading import read
from goldens import check_goldens

HERE = Path(__file__).parent / "goldens"
GOLD = Path(__file__).parents[2] / "benchmarks" / "claims" / "gold"


def pairs(name):
    for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines():
        pair = json.loads(line)
        yield tuple(Wording(**pair[side]) for side in ("first", "second"))


def shown(pairs):
    return ", ".join(f"{name} {value}" for name, value in pairs)


def told(wording):
    """Return what is read of a claim, in lines."""
    reading = read(wording)
    figures = [figure._replace(at=-1, start=-1) for figure in reading.figures.quantities]
    words = ((term.key, f"{term.kind} {term.weight:.2f}") for term in reading.terms.values())
    groups = (" ".join(word.text for word in group) for group in search_terms(wording))
    lines = [
        f"  words: {shown(words)}",
        f"  looked for by: {', '.join(groups)}",
        f"  points: {dict(sorted(reading.signs.items()))}" if reading.signs else "",
        f"  years {sorted(reading.figures.years)}, days {sorted(reading.figures.days)}"
        if reading.figures.years or reading.figures.days
        else "",
        *(f"  number: {figure.value:.6g} {figure.unit} {figure.text!r}" for figure in figures),
    ]
    return [f"{wording.language}: {wording.quote}", *filter(None, lines)]


@pytest.mark.parametrize("name", ["similar_claims", "similar_claims_long"])
def test_pairs_of_claims_are_read_and_judged_as_they_ever_were(name, request):
    lines = []
    for first, second in pairs(name):
        found = judge(first, second)
        said = f"{found.similarity} {found.score:.3f}: {found.reason}" if found else "nothing"
        lines += [*told(first), *told(second), f"= {said}", ""]
    check_goldens(request, HERE / name, {"judged.txt": "\n".join(lines)})
