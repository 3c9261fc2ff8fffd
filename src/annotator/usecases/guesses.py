"""What may have become of a passage that is lost, in whole sentences or words as it was marked."""

from annotator.model import Article, Span
from annotator.reading.units import Unit, Units

_ENDS = frozenset(".!?…。！？｡؟۔।॥")
_CLOSERS = "\"'”’»›」』）)]】》"


def whole(article: Article, guess: Span, quote: str) -> Span:
    """Return the sentences that `guess` holds the greater part of; words, if `quote` was a few."""
    unit: Unit = "sentence" if quote.rstrip().rstrip(_CLOSERS)[-1:] in _ENDS else "word"
    units = Units(article)
    blocks = range(article.block_at(guess.start), article.block_at(guess.end) + 1)
    pieces = (piece for index in blocks for piece in units.of_block(index, unit))
    held = [each for each in pieces if _is_held(each, guess) and _says(each.of(article.text))]
    return Span(held[0].start, held[-1].end) if held else guess.trimmed(article.text)


def _is_held(piece: Span, guess: Span) -> bool:
    shared = min(piece.end, guess.end) - max(piece.start, guess.start)
    return shared * 2 >= len(piece) > 0


def _says(piece: str) -> bool:
    return any(map(str.isalnum, piece))
