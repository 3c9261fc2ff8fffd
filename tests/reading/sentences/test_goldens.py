"""Ends of sentences in several languages, their worth to check, and statements.

The texts are those by which anchoring is held, a paragraph after the other, and claims in ten
languages that are joined to paragraphs.
"""

import json
from itertools import groupby
from pathlib import Path

import pytest

from annotator.reading.sentences.checkworthiness import is_statement, worth
from annotator.reading.sentences.splitter import language_of, split
from goldens import check_goldens

HERE = Path(__file__).parent / "goldens"
TESTS = Path(__file__).parents[2]
GOLD = TESTS.parent / "benchmarks" / "claims" / "gold" / "similar_claims.jsonl"
TEXTS = {"english": "en", "arabic": "ar", "japanese": "ja"}


def told(paragraph, language):
    """Return each sentence of a paragraph, with its worth and whether it is a statement."""
    lines = []
    for span in split(paragraph, language):
        sentence = span.of(paragraph)
        states = "states" if is_statement(sentence, language) else "-"
        lines.append(f"{worth(sentence, language):.3f} {states}  {' '.join(sentence.split())}")
    return lines


@pytest.mark.parametrize("name", TEXTS)
def test_the_sentences_of_a_text_are_split_and_judged_as_they_ever_were(name, request):
    text = (TESTS / "anchoring" / "texts" / f"{name}.txt").read_text("utf-8")
    lines = [f"{language_of(text)}"]
    for paragraph in filter(None, text.split("\n\n")):
        lines += [*told(paragraph, TEXTS[name]), ""]
    check_goldens(request, HERE / name, {"sentences.txt": "\n".join(lines)})


def test_claims_of_ten_languages_are_split_and_judged_as_they_ever_were(request):
    claims = [json.loads(line)["first"] for line in GOLD.read_text("utf-8").splitlines()]
    outputs = {}
    for language, group in groupby(sorted(claims, key=by_language), key=by_language):
        quotes = [claim["quote"] for claim in group]
        between = "" if language in {"zh", "ja"} else " "
        lines = []
        for at in range(0, len(quotes), 3):
            lines += [*told(between.join(quotes[at : at + 3]), language), ""]
        outputs[f"{language}.txt"] = "\n".join(lines)
    assert len(outputs) >= 9
    check_goldens(request, HERE / "claims", outputs)


def by_language(claim):
    return claim["language"]
