"""The words of a claim that name its source: `the coast guard said`, `Laut Umweltministerium`.

Who says something is not what it is about. Two sources that contradict each other would
look like two subjects.

    Rents rose by 7 percent, the statistics office said.
                             ─────────────────────────
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from annotator.similarity.figures import TextToken
from annotator.similarity.lexicon import meaning_of

_LONGEST = 9  # words of a part of a sentence that only names a source
_LONGEST_SUBJECT = 7  # words before a verb of saying


def attribution(tokens: Sequence[TextToken], language: str) -> frozenset[int]:
    """Return the positions of the words that name a source; none if nothing else is left."""
    parts = list(_parts(tokens))
    longest = max(map(len, parts), default=0)
    places = frozenset(
        at
        for part in parts
        for at in _of_source(tokens, part, language, most=min(longest - 1, _LONGEST))
    )
    words = {at for at, token in enumerate(tokens) if token.kind == "word"}
    return places if words - places else frozenset()


def _parts(tokens: Sequence[TextToken]) -> Iterator[range]:
    """Yield the parts of sentences, between commas and the like."""
    start = 0
    for at, token in enumerate(tokens):
        if token.kind in {"comma", "end"}:
            yield range(start, at)
            start = at + 1
    yield range(start, len(tokens))


def _of_source(
    tokens: Sequence[TextToken], part: range, language: str, *, most: int
) -> Sequence[int]:
    """Return the words of a part that name a source: all of it, if it has `most` words or less."""
    for at in part:
        meaning = meaning_of(tokens[at].folded, language)
        if not (meaning.is_saying or meaning.is_before_source):
            continue
        has_number = any(tokens[place].kind == "number" for place in part)
        if not (has_number or len(part) > most):
            return part
        if meaning.is_before_source:
            rest = range(at + 1, part.stop)
            return [at, *takewhile(lambda place: _may_name(tokens[place], language), rest)]
        before = range(part.start, at + 1)
        is_subject = all(tokens[place].kind == "word" for place in before)
        return before if is_subject and len(before) <= _LONGEST_SUBJECT + 1 else (at,)
    return ()


def _may_name(token: TextToken, language: str) -> bool:
    return token.text[0].isupper() or meaning_of(token.folded, language).is_stop
