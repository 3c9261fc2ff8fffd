"""Restatements and differences of pairs of sentences in ten languages.

The pairs are those by which similar claims are measured: the first is the draft's here, and
the second the source's, then the other way round.
"""

import json
from pathlib import Path

import pytest

from annotator.citing.restating import restated
from annotator.citing.source_text import SourcePassage, SourceText
from annotator.model import Span
from goldens import check_goldens

HERE = Path(__file__).parent / "goldens"
GOLD = Path(__file__).parents[2] / "benchmarks" / "claims" / "gold"


def told(sentence, source, language):
    whole = Span(0, len(source))
    text = SourceText(source, [(whole, [whole])])
    match = restated(sentence, SourcePassage(whole, whole), text, language)
    if match is None:
        return "something else"
    differences = [f"{kind}: {draft} | {said}" for kind, draft, said in match.differences]
    unsaid = [f"never said: {name}" for name in match.unsaid]
    return "; ".join((f"{match.score:.3f} by {match.terms}", *differences, *unsaid))


@pytest.mark.parametrize("name", ["similar_claims", "similar_claims_long"])
def test_sentences_restate_others_as_they_ever_did(name, request):
    lines = []
    for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines():
        one, two = (json.loads(line)[side] for side in ("first", "second"))
        for draft, source in ((one, two), (two, one)):
            said = told(draft["quote"], source["quote"], source.get("language", ""))
            lines += [draft["quote"], source["quote"], f"= {said}", ""]
    check_goldens(request, HERE / name, {"restated.txt": "\n".join(lines)})
