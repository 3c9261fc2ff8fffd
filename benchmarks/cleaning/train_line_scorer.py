#!/usr/bin/env python3
"""Learn how lines of sites differ from lines of articles, and measure it.

    train_line_scorer.py CORPORA              try on lines that were not learned from
    train_line_scorer.py CORPORA --languages  try on languages that were not learned from
    train_line_scorer.py CORPORA --authors    try on lists of authors that were not learned from
    train_line_scorer.py CORPORA --folds FOLDER      write weights of each fold, learned without it
    train_line_scorer.py CORPORA --write      learn from all lines; write the weights
    train_line_scorer.py CORPORA --write --half a    learn from half of the lists
    train_line_scorer.py CORPORA --write --without blind    learn without some authors

Lines of sites are those of the lists in `residue_cases.LINES`. Lines of articles
are those of `residue_cases.TRAPS`, of the true articles of the corpora, and, so
that no language is taken for a sign, words drawn at random as they are frequent in it.
Learning needs numpy, scipy and wordfreq, which the program does not.
"""

import argparse
import json
import random
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import sqrt
from pathlib import Path
from typing import NamedTuple, TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize
from wordfreq import top_n_list

from annotator.extract.families import LONGEST_LINE
from annotator.extract.residue import line_scorer
from annotator.extract.residue.line_features import (
    EDGE,
    folded,
    number_of_sentences,
    pairs_of,
    shape,
    tokens_of,
    words_of,
)
from annotator.extract.residue.line_scorer import (
    OPENING,
    SIGNED,
    SLOTS,
    TOPIC,
    TOPICS,
    family_values,
    is_editors_note,
    slots_of,
)
from annotator.extract.residue.line_topics import openings_of, subject_of, topic_names
from annotator.model.data_file import toml_beside
from residue_cases import LINE_FOLDS, LINES, TRAPS, Case, fold_of, read_cases
from scorer_corpora import read_corpora

WEIGHTS = Path(line_scorer.__file__).parent / line_scorer.WEIGHTS
SHAPES: list[str] = toml_beside("annotator.extract.residue", "shape_names.toml")["shapes"]
EXAMPLES = Path(__file__).parents[2] / "tests" / "extract" / "residue"
Vector: TypeAlias = NDArray[np.float64]
Matrix: TypeAlias = sparse.csr_matrix
# The family of each kind of line in the lists that is not called like one.
OF_KIND = {
    "affiliate": "ads",
    "ai": "disclaimer",
    "donate": "donation",
    "embed": "cookie",
    "follow": "share",
    "gift": "share",
    "promotion": "related",
}

THRESHOLDS = (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0)
# How much a line of each counts; examples are what the tests want.
OF_LISTS, OF_EXAMPLES, OF_TRAPS, OF_CHANCE = 1.0, 5.0, 9.0, 0.5
# Lines of true articles, and those of several sentences, which no list of traps has. Most of
# them are in English: if they counted more, or lines of sites in English did not, no line in
# English would be one of a site. On a page their place protects them as well.
OF_TRUTH, OF_SENTENCES = 1.5, 5.0
OF_ENGLISH = 1.5  # times the weight of a line of a site
HELD = 0.4  # how strongly weights of words are held near zero
HELD_TOPICS = 0.7
HELD_SHAPE = 0.5
HELD_FAMILIES = 0.1
TINY = 1e-12  # a share whose logarithm is taken
EVERY_LINE = 5  # of a truth is used
EVERY = 3  # of the long paragraphs of a truth; two sentences of each are used
LEAST_SENTENCE = 20
MOST_BYTE = 127
STEPS = 150

# For sentences drawn at random:
SENTENCES, LABELS = 150, 100  # of each language
WORDS = 6_000
FLAT = 8  # added to the rank of a word
SENTENCE, LABEL = (4, 22), (1, 3)  # words
UNSPACED = frozenset({"ja", "zh"})


class Line(NamedTuple):
    """A line to learn from."""

    text: str
    language: str
    is_residue: bool
    weight: float
    group: str  # lines of one group are in one fold
    half: str = ""
    author: str = ""
    family: str = ""


def main() -> None:
    """Run what the command line asks for."""
    options = _options()
    lines = list(_lines(options.corpora))
    features = _features(lines)
    if options.write:
        chosen = [n for n, line in enumerate(lines) if _is_chosen(line, options)]
        chosen_lines = [lines[n] for n in chosen]
        weights = _fit(features[chosen], chosen_lines), _fit_families(chosen_lines)
        _write(WEIGHTS, *weights, options.half)
    elif options.folds:
        for fold in range(LINE_FOLDS):
            seen = [n for n, line in enumerate(lines) if fold_of(line.group) != fold]
            others = [lines[n] for n in seen]
            weights = _fit(features[seen], others), _fit_families(others)
            _write(options.folds / f"{fold}.json", *weights, f"without fold {fold}")
    elif options.languages:
        for language in sorted({line.language for line in lines if line.is_residue}):
            held = [n for n, line in enumerate(lines) if line.half and line.language == language]
            _try(language, features, lines, held)
    elif options.authors:
        for author in sorted({line.author for line in lines if line.author}):
            _try(
                author, features, lines, [n for n, one in enumerate(lines) if one.author == author]
            )
    else:
        folds = [fold_of(line.group) for line in lines]
        scores = np.zeros(len(lines))
        for fold in range(LINE_FOLDS):
            held = [n for n, one in enumerate(folds) if one == fold]
            scores[held] = _held_out(features, lines, held)
        _report("lists", scores, lines, [n for n, line in enumerate(lines) if line.half])
        _report("truth", scores, lines, [n for n, line in enumerate(lines) if not line.half])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--languages", action="store_true")
    parser.add_argument("--authors", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--folds", type=Path, metavar="FOLDER")
    parser.add_argument("--half", choices=("a", "b"))
    parser.add_argument("--without", metavar="AUTHORS", help="leave out authors that begin so")
    return parser.parse_args()


def _is_chosen(line: Line, options: argparse.Namespace) -> bool:
    """Return whether a line is one to learn from, by its half of the lists and its author."""
    is_left_out = options.without and line.author.startswith(options.without)
    return not is_left_out and line.half in {"", options.half or line.half}


def _lines(corpora: Path) -> Iterator[Line]:
    cases = [case for name in LINES for case in read_cases(name)]
    yield from (_listed(case, is_residue=True) for case in cases)
    traps = (case for name in TRAPS for case in read_cases(name))
    yield from (_listed(case, is_residue=False) for case in traps)
    yield from _examples("must_go.txt", is_residue=True)
    yield from _examples("must_stay.txt", is_residue=False)
    yield from _true_lines(corpora)
    for language in sorted({case.language for case in cases}):
        yield from _chance(language)


def _listed(case: Case, *, is_residue: bool) -> Line:
    weight = OF_LISTS if is_residue else OF_TRAPS
    weight *= OF_ENGLISH if is_residue and case.language == "en" else 1
    family = "" if case.author.startswith("blind") else OF_KIND.get(case.family, case.family)
    return Line(
        case.line,
        case.language,
        is_residue,
        weight,
        case.group,
        case.half,
        case.author,
        family if is_residue else "",
    )


def _examples(name: str, *, is_residue: bool) -> Iterator[Line]:
    family = ""
    for row in (EXAMPLES / name).read_text(encoding="utf-8").splitlines():
        if row.startswith("["):
            family = row.strip("[]")
        elif row and not row.startswith("# "):
            weight = OF_EXAMPLES if is_residue else OF_TRAPS
            yield Line(row, "", is_residue, weight, row, family=family if is_residue else "")


def _true_lines(corpora: Path) -> Iterator[Line]:
    seen: set[str] = set()
    for sample in read_corpora(corpora):
        text = "\n".join([sample.truth.text, *sample.truth.present])
        for line in map(_spaced, text.splitlines()):
            fresh = {part for part in _short(line) if part not in seen}
            seen |= fresh
            group = f"{sample.corpus} {sample.url.split('/')[2:3]}"
            for part in sorted(fresh):
                if crc32(part.encode()) % EVERY_LINE == 0:
                    weight = OF_SENTENCES if number_of_sentences(part) > 1 else OF_TRUTH
                    yield Line(part, "", is_residue=False, weight=weight, group=group)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _short(line: str) -> list[str]:
    """Return a line if it is one that is judged, or else some sentences of it."""
    if len(line) <= LONGEST_LINE:
        return [line] if line else []
    if crc32(line.encode()) % EVERY:
        return []
    sentences = line.replace("。", "。\n").replace(". ", ".\n").splitlines()[:2]
    return [one.strip() for one in sentences if LEAST_SENTENCE < len(one) <= LONGEST_LINE]


def _chance(language: str) -> Iterator[Line]:
    """Yield sentences of words drawn at random."""
    try:
        words = [w for w in top_n_list({"no": "nb"}.get(language, language), WORDS) if w.isalpha()]
    except LookupError:
        return
    draw = random.Random(language)
    weights = [1 / (rank + FLAT) for rank in range(len(words))]
    between, end = ("", "。") if language in UNSPACED else (" ", ".")
    for number in range(SENTENCES + LABELS):
        is_label = number >= SENTENCES
        drawn = draw.choices(words, weights, k=draw.randint(*(LABEL if is_label else SENTENCE)))
        text = between.join(drawn)
        ends = "" if is_label or number % EVERY == 0 else end
        text = text[0].upper() + text[1:] + ends
        yield Line(text, language, is_residue=False, weight=OF_CHANCE, group=text)


def _terms(tokens: list[str]) -> Iterator[tuple[str, float]]:
    """Yield the words and pairs of a line with their weights, as `LineScorer.score` takes them."""
    words = words_of(tokens)
    if not words:
        return
    pairs, edges = pairs_of(words, tokens)
    weight = 1 / sqrt(len(words))
    yield from ((term, weight) for term in (*words, *pairs))
    yield from ((term, EDGE) for term in edges)


def _features(lines: Sequence[Line]) -> Matrix:
    known: dict[str, tuple[list[int], float]] = {}
    number = len(topic_names())
    slots: list[int] = []
    values: list[float] = []
    ends = [0]
    shapes: list[tuple[float, ...]] = []
    for line in lines:
        weighted: defaultdict[int, float] = defaultdict(float)
        text = folded(line.text)
        tokens = tokens_of(text)
        subject = subject_of(text, tokens)
        shapes.append(shape(text, subject.known))
        openings = ((term, OPENING) for term in openings_of(tokens))
        for term, weight in (*_terms(tokens), *openings):
            if term not in known:
                its = slots_of(term)
                known[term] = its, len(its) ** -0.5
            its, share = known[term]
            for slot in its:
                weighted[slot] += weight * share
        for one, other, weight in _of_topics(subject.topics):
            weighted[SLOTS + number * one + other] = weight
        slots += weighted.keys()
        values += weighted.values()
        ends.append(len(slots))
    words = sparse.csr_matrix((values, slots, ends), shape=(len(lines), SLOTS + number**2))
    return sparse.hstack([words, sparse.csr_matrix(np.array(shapes, float))]).tocsr()


def _of_topics(topics: list[int]) -> Iterator[tuple[int, int, float]]:
    """Yield the topics of a line, each with itself and with each later one, with weights."""
    yield from ((topic, topic, TOPIC / sqrt(len(topics))) for topic in topics)
    pairs = list(combinations(topics, 2))
    yield from ((one, other, TOPICS / sqrt(len(pairs))) for one, other in pairs)


def _fit(features: Matrix, lines: Sequence[Line]) -> Vector:
    """Return the weights of a logistic regression; the last one is the bias."""
    weight = np.array([line.weight for line in lines])
    sign = np.array([1.0 if line.is_residue else -1.0 for line in lines])
    numbers = (SLOTS, HELD), (len(topic_names()) ** 2, HELD_TOPICS), (len(SHAPES), HELD_SHAPE)
    held: Vector = np.concatenate([np.full(number, share) for number, share in numbers])
    turned = features.T.tocsr()

    def loss(point: Vector) -> tuple[float, Vector]:
        inner, bias = point[:-1], point[-1]
        margin = sign * (features @ inner + bias)
        value = float(np.sum(weight * np.logaddexp(0, -margin)) + np.sum(held * inner**2) / 2)
        slope = -weight * sign / (1 + np.exp(margin))
        return value, np.append(turned @ slope + held * inner, slope.sum())

    start = np.zeros(features.shape[1] + 1)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return np.asarray(best.x)


def _fit_families(lines: Sequence[Line]) -> tuple[list[str], Vector]:
    """Return the families, and the weights of each: of topics, of the shape, and of any line."""
    known = [line for line in lines if line.family]
    names = sorted({line.family for line in known})
    width = len(topic_names()) + len(SHAPES) + 1
    features: Vector = np.zeros((len(known), width))
    for number, line in enumerate(known):
        text = folded(line.text)
        subject = subject_of(text, tokens_of(text))
        for at, value in family_values(subject, shape(text, subject.known)):
            features[number, at] = value
    right = np.array([names.index(line.family) for line in known])
    wanted = np.eye(len(names))[right]

    def loss(point: Vector) -> tuple[float, Vector]:
        weights = point.reshape(len(names), width)
        odds = features @ weights.T
        odds -= odds.max(axis=1, keepdims=True)
        shares = np.exp(odds) / np.exp(odds).sum(axis=1, keepdims=True)
        value = -np.log(shares[np.arange(len(known)), right] + TINY).sum()
        slope = (shares - wanted).T @ features + HELD_FAMILIES * weights
        return float(value + HELD_FAMILIES * np.sum(weights**2) / 2), slope.ravel()

    start = np.zeros(len(names) * width)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return names, best.x.reshape(len(names), width)


def _held_out(features: Matrix, lines: Sequence[Line], held: Sequence[int]) -> Vector:
    """Return the scores of some lines by weights that have not seen them."""
    others = sorted(set(range(len(lines))) - set(held))
    point = _fit(features[others], [lines[n] for n in others])
    return np.asarray(features[held] @ point[:-1] + point[-1])


def _try(name: str, features: Matrix, lines: Sequence[Line], held: Sequence[int]) -> None:
    scores = np.zeros(len(lines))
    scores[held] = _held_out(features, lines, held)
    _report(name, scores, lines, held)


def _report(name: str, scores: Vector, lines: Sequence[Line], shown: Sequence[int]) -> None:
    """Print the shares of lines above each threshold, in percent; notes of editors never go."""
    print(f"\n{name:24}", *(f"{threshold:>7}" for threshold in THRESHOLDS))
    judged = [n for n in shown if not is_editors_note(lines[n].text)]
    for title, is_residue in (("residue removed", True), ("sentences taken", False)):
        shown_scores = scores[[n for n in judged if lines[n].is_residue == is_residue]]
        if len(shown_scores):
            shares = (100 * np.mean(shown_scores > threshold) for threshold in THRESHOLDS)
            print(
                f"{title} of {len(shown_scores)}".ljust(24), *(f"{share:7.2f}" for share in shares)
            )


def _write(path: Path, point: Vector, families: tuple[list[str], Vector], half: str | None) -> None:
    number = len(topic_names())
    family_scale, family_rows = _as_bytes(families[1].ravel())
    scale, words = _as_bytes(point[:SLOTS])
    topic_scale, topics = _as_bytes(point[SLOTS : SLOTS + number**2])
    plain = {
        "provenance": {
            "learned_by": "benchmarks/cleaning/train_line_scorer.py",
            "half": half or "both",
            "shapes": SHAPES,
        },
        "scale": scale,
        "topic_scale": topic_scale,
        "number_of_topics": number,
        "bias": round(float(point[-1]), 4),
        "shape": [round(float(value), 4) for value in point[SLOTS + number**2 : -1]],
        "families": {"names": families[0], "scale": family_scale, "rows": family_rows},
        "topics": topics,
        "words": words,
    }
    path.write_text(json.dumps(plain, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{path}: {path.stat().st_size} bytes")


def _as_bytes(values: Vector) -> tuple[float, str]:
    """Return the scale of values, and the values as bytes that are all positive."""
    scale = float(np.max(np.abs(values))) / MOST_BYTE
    whole = bytes(round(float(value) / scale) + SIGNED for value in values)
    return scale, b64encode(whole).decode()


if __name__ == "__main__":
    main()
