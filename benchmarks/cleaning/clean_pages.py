#!/usr/bin/env python3
"""Clean the pages of corpora with the program on the path, and print a line of JSON for each.

    PYTHONPATH=SRC clean_pages.py CORPORA [--only CORPUS ...] [--folds FOLDER]

`bench_extraction.py` starts this in a process of its own, so that it can
compare the program with another version of its sources. With `--folds` each
page is judged by weights that were learned without its site, as
`train_scorer.py --folds` writes them.
"""

import argparse
import json
import time
from pathlib import Path
from unittest.mock import patch

from annotator.extract import extract
from annotator.extract.choice.scorer import features
from annotator.model import Page
from scorer_corpora import FOLDS, Sample, read_corpora


def main() -> None:
    """Print the text, the label and the milliseconds of each page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--only", nargs="*", default=())
    parser.add_argument("--sites", type=int, nargs="*", default=range(FOLDS))
    parser.add_argument("--folds", type=Path)
    options = parser.parse_args()
    forests = [features.learned_forest()] * FOLDS
    if options.folds:
        plain = (options.folds / f"{fold}.json" for fold in range(FOLDS))
        forests = [features.read_forest(json.loads(path.read_text("utf-8"))) for path in plain]
    is_first = True
    for sample in read_corpora(options.corpora, options.only):
        if sample.fold not in options.sites:
            continue
        with patch.object(features, "learned_forest", lambda fold=sample.fold: forests[fold]):
            if is_first:
                cleaned(sample)  # so that imports and patterns are not counted for a page
            print(json.dumps(cleaned(sample)), flush=True)
        is_first = False


def cleaned(sample: Sample) -> dict[str, object]:
    """Return what the program makes of a page."""
    start = time.process_time()
    found = extract(Page(sample.url, sample.html))
    spent = (time.process_time() - start) * 1000
    blocks = found.article.blocks
    return {
        "corpus": sample.corpus,
        "number": sample.number,
        "text": found.article.text,
        "without_captions": "\n\n".join(block.text for block in blocks if block.kind != "image"),
        "access": found.completeness.access,
        "milliseconds": round(spent, 2),
    }


if __name__ == "__main__":
    main()
