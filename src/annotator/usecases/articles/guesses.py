"""Searching for marks made on another revision, with guesses in whole sentences or words."""

from collections.abc import Sequence

from annotator.anchoring import anchor_all
from annotator.anchoring.similarity import share_kept
from annotator.diffing.words import words_of
from annotator.model import Anchored, AnchoredMark, Annotation, Article, Orphan, Span
from annotator.reading.navigation.units import Unit, Units

LEAST_KEPT = 0.3  # share of the words; any two sentences have “the” and “of” in common

_ENDS = frozenset(".!?…。！？｡؟۔।॥")
_CLOSERS = "\"'”’»›」』）)]】》"


def search_marks(article: Article, annotations: Sequence[Annotation]) -> list[AnchoredMark]:
    """Return marks with their positions in the text, or with a likely guess."""
    places = anchor_all([annotation.target for annotation in annotations], article.text)
    return [
        AnchoredMark(each, with_likely_guess(place, article, each.quote))
        for each, place in zip(annotations, places, strict=True)
    ]


def with_likely_guess(place: Anchored | Orphan, article: Article, quote: str) -> Anchored | Orphan:
    """Return a position as users should see it: an orphan only with a likely guess."""
    if isinstance(place, Anchored) or place.best_guess is None:
        return place
    return Orphan(likely(article, place.best_guess, quote))


def likely(article: Article, guess: Span, quote: str) -> Span | None:
    """Return the sentences that `guess` mostly covers; words, if `quote` was not a sentence.

    Returns `None` if hardly a word of the quote is there: a wrong guess is worse
    than none.
    """
    unit: Unit = "sentence" if quote.rstrip().rstrip(_CLOSERS)[-1:] in _ENDS else "word"
    units = Units(article)
    blocks = range(article.block_at(guess.start), article.block_at(guess.end) + 1)
    pieces = (piece for index in blocks for piece in units.of_block(index, unit))
    held = [piece for piece in pieces if _is_held(piece, guess) and _says(piece.of(article.text))]
    span = Span(held[0].start, held[-1].end) if held else guess.trimmed(article.text)
    is_trace = share_kept(_words(quote), _words(span.of(article.text))) >= LEAST_KEPT
    return span if is_trace else None


def _is_held(piece: Span, guess: Span) -> bool:
    shared = min(piece.end, guess.end) - max(piece.start, guess.start)
    return shared * 2 >= len(piece) > 0


def _words(text: str) -> str:
    return " ".join(filter(_says, words_of(text))) or text


def _says(piece: str) -> bool:
    return any(map(str.isalnum, piece))
