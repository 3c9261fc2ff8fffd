#!/usr/bin/env python3
"""Learn which passages of a page belong to its article, and measure the gain.

    train_scorer.py CORPORA                  cross-validate by sites
    train_scorer.py CORPORA --without        the same, leaving each family of features out in turn
    train_scorer.py CORPORA --folds FOLDER   write weights for each fold, learned without its sites
    train_scorer.py CORPORA --write          learn from all pages, and write the weights

CORPORA is a folder of corpora as `scorer_corpora.py` describes them. The pages
of a site are in one fold, whatever their corpora, and are judged by trees that
have seen no page of it. `bench_extraction.py --folds FOLDER` measures the
program with the weights of the folds. Learning needs lightgbm and numpy, which
the program does not.
"""

import argparse
import json
import pickle
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from annotator.extract.choice.scorer import features
from annotator.model.data_file import toml_beside
from annotator.model.extraction import EXTRACTOR
from scorer_corpora import FOLDS, read_corpora
from scorer_metrics import Quality, quality_of
from scorer_pages import Guess, Page, read_page, text_of
from scorer_trees import Key, Trees, key_of, learn, plain_trees

WEIGHTS = Path(features.__file__).parent / features.WEIGHTS
FAMILIES: dict[str, list[str]] = toml_beside(features.__package__, "feature_names.toml")
FEATURES = [name for names in FAMILIES.values() for name in names]
SEEDS = (1,)

Guesses = dict[Key, Guess]


def main() -> None:
    """Run what the command line asks for."""
    options = _options()
    pages = _pages(options.corpora, options.cache)
    guesses, _ = _cross_validated(pages)
    if options.write:
        _write(WEIGHTS, _learn(pages, guesses), pages)
    if options.without:
        _report_families(pages, guesses)
    elif options.folds or not options.write:
        found, models = _cross_validated(pages, guesses)
        if options.folds:
            options.folds.mkdir(parents=True, exist_ok=True)
            for fold, model in models.items():
                _write(options.folds / f"{fold}.json", model, _others(pages, fold))
        _report("rules", pages, None)
        _report("learned", pages, found)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--cache", type=Path, help="a file to keep the prepared pages in")
    parser.add_argument("--without", action="store_true")
    parser.add_argument("--folds", type=Path, metavar="FOLDER")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def _pages(corpora: Path, cache: Path | None) -> list[Page]:
    sys.setrecursionlimit(100_000)  # regions hold their parents, which pickle follows
    if cache and cache.exists():
        found: list[Page] = pickle.loads(cache.read_bytes())
        return found
    pages = [read_page(sample) for sample in read_corpora(corpora)]
    if cache:
        cache.write_bytes(pickle.dumps(pages))
    return pages


def _others(pages: Sequence[Page], fold: int) -> list[Page]:
    return [page for page in pages if page.sample.fold != fold]


def _cross_validated(
    pages: Sequence[Page],
    guesses: Mapping[Key, Guess] | None = None,
    columns: Sequence[int] | None = None,
) -> tuple[Guesses, dict[int, list[Trees]]]:
    """Return the predictions for each page by trees that have not seen its site, and the trees."""
    found: Guesses = {}
    models: dict[int, list[Trees]] = {}
    for fold in range(FOLDS):
        models[fold] = _learn(_others(pages, fold), guesses, columns)
        unseen = [page for page in pages if page.sample.fold == fold]
        found |= _guess(models[fold], unseen, columns)
    return found, models


def _learn(
    pages: Sequence[Page],
    guesses: Mapping[Key, Guess] | None,
    columns: Sequence[int] | None = None,
) -> list[Trees]:
    return [learn(pages, guesses, seed=seed, columns=columns) for seed in SEEDS]


def _guess(
    models: Sequence[Trees], pages: Iterable[Page], columns: Sequence[int] | None = None
) -> Guesses:
    return {
        key_of(page.sample): tuple(
            _mean(models, _chosen(take.features, columns)) for take in page.takes
        )
        for page in pages
    }


def _mean(models: Sequence[Trees], features: list[list[float]]) -> list[float]:
    guesses = [model.predict(features) for model in models]
    return [sum(each) / len(models) for each in zip(*guesses, strict=True)]


def _chosen(features: list[list[float]], columns: Sequence[int] | None) -> list[list[float]]:
    return features if columns is None else [[row[c] for c in columns] for row in features]


def _report(name: str, pages: Sequence[Page], guesses: Guesses | None) -> None:
    print(f"{name:24}", "  ".join(map(_cell, _qualities(pages, guesses))), flush=True)


def _qualities(pages: Sequence[Page], guesses: Guesses | None) -> Iterable[tuple[str, Quality]]:
    for corpus in sorted({page.sample.corpus for page in pages}):
        yield (
            corpus,
            quality_of(
                (page.sample.truth, _text(page, guesses))
                for page in pages
                if page.sample.corpus == corpus
            ),
        )


def _text(page: Page, guesses: Guesses | None) -> str:
    return text_of(page, None if guesses is None else guesses[key_of(page.sample)])


def _cell(corpus_and_quality: tuple[str, Quality]) -> str:
    corpus, quality = corpus_and_quality
    figures = f"{quality.f1:.4f} (p {quality.precision:.4f}, r {quality.recall:.4f})"
    return f"{corpus[:12]} {figures}"


def _report_families(pages: Sequence[Page], guesses: Guesses) -> None:
    _report("all", pages, _cross_validated(pages, guesses)[0])
    for family, names in FAMILIES.items():
        columns = [number for number, name in enumerate(FEATURES) if name not in names]
        _report(f"without {family}", pages, _cross_validated(pages, guesses, columns)[0])


def _write(path: Path, models: Sequence[Trees], pages: Sequence[Page]) -> None:
    corpora = sorted({page.sample.corpus for page in pages})
    provenance = {
        "learned_by": f"benchmarks/cleaning/train_scorer.py, lightgbm {version('lightgbm')}",
        "pages": {c: sum(page.sample.corpus == c for page in pages) for c in corpora},
        "rules": EXTRACTOR,
        "features": FEATURES,
    }
    plain = {"provenance": provenance, **plain_trees(models)}
    path.write_text(json.dumps(plain, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{path}: {len(plain['roots'])} trees, {len(plain['value'])} nodes")


if __name__ == "__main__":
    main()
