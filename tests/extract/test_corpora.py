"""A gate: extraction does not get worse on the corpora, if they are beside the repository.

The values are F1 that was reached on sites that the weights had not seen (docs/how/scorer.md). Here
are only every fifth page, some of which they have seen: so the slack is wide, and breaking a whole
kind of page uses all of it.
"""

import gzip
import json
import re
from collections import Counter
from pathlib import Path
from statistics import mean

import pytest

from annotator.extract import extract
from annotator.model import Page

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
EVERY = 5
SHINGLE = 4
WORD = re.compile(r"\w+")
SLACK = 0.015
REACHED = {
    "article-extraction-benchmark": 0.974,
    "defuddle": 0.898,
    "readability": 0.945,
    "trafilatura": 0.943,
}

pytestmark = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="the corpora are not beside the repository"
)


@pytest.mark.parametrize("name", REACHED)
def test_extraction_is_not_worse_than_it_was(name):
    rows = json.loads((CORPORA / name / "truth.json").read_text("utf-8"))[::EVERY]
    texts = [cleaned(CORPORA / name / "pages" / row["page"], row["url"]) for row in rows]
    score = of_texts if "text" in rows[0] else of_segments
    assert score(rows, texts) >= REACHED[name] - SLACK


def cleaned(path, url):
    html = gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
    return extract(Page(url, html)).article.text


def of_texts(rows, texts):
    """Return F1 of the means over pages, of shingles of four words."""
    precisions, recalls = [], []
    for row, text in zip(rows, texts, strict=True):
        wanted, got = shingles(row["text"]), shingles(text)
        common = sum((wanted & got).values())
        recalls.append(common / sum(wanted.values()) if wanted else 1.0)
        if got:
            precisions.append(common / sum(got.values()))
    return f1(mean(precisions), mean(recalls))


def of_segments(rows, texts):
    """Return F1 over all segments that must or must not be in the text."""
    found = wrong = wanted = 0
    for row, text in zip(rows, texts, strict=True):
        shown = " ".join(text.split())
        found += sum(" ".join(segment.split()) in shown for segment in row["with"])
        wrong += sum(" ".join(segment.split()) in shown for segment in row["without"])
        wanted += len(row["with"])
    return f1(found / (found + wrong), found / wanted)


def shingles(text):
    words = WORD.findall(text)
    if not words:
        return Counter()
    starts = range(max(1, len(words) - SHINGLE + 1))
    return Counter(tuple(words[start : start + SHINGLE]) for start in starts)


def f1(precision, recall):
    return 2 * precision * recall / (precision + recall)
