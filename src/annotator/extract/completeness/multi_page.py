"""Articles on several pages: joined into one, without the opening that each part repeats."""

from collections.abc import Sequence

from msgspec.structs import replace

from annotator.model.article import Article, Block
from annotator.model.extraction import Completeness, Extraction, Removal

OPENING = 8  # blocks of the first part among which a part may repeat its own beginning
HARDLY_ANY = 40  # words; a shorter part is the end of the article, not an incomplete page

_AGAIN = Removal("repeated", "part", "Repeats the beginning of the first part.", "")


def join_parts(parts: Sequence[Extraction], missing: str) -> Extraction:
    """Return the parts as one article; `missing` is the URL of a part that could not be fetched."""
    blocks: list[Block] = []
    removals: list[Removal] = []
    for part in parts:
        again = _repeated(part.article, blocks[:OPENING])
        names = replace(_AGAIN, before=len(blocks))
        removals += [replace(names, text=block.text) for block in part.article.blocks[:again]]
        shift = len(blocks) - again
        removals += [
            replace(removal, before=max(0, removal.before + shift)) for removal in part.removals
        ]
        blocks += part.article.blocks[again:]
    first = parts[0]
    removals.sort(key=lambda removal: removal.before)
    joined = replace(
        first,
        article=replace(first.article, blocks=tuple(blocks)),
        removals=tuple(removals),
        completeness=_completeness(parts),
        offers=replace(first.offers, following=parts[-1].offers.following, parts=0),
    )
    evidence = f"Part {len(parts) + 1} is missing: {missing}"
    return _partial(joined, evidence) if missing else joined


def label_first_part(extraction: Extraction) -> Extraction:
    """Return an extraction, labelled partial if it is the first of several parts."""
    offers = extraction.offers
    if not offers.following:
        return extraction
    more = "one more part" if offers.parts == 1 else f"{offers.parts} more parts"
    return _partial(extraction, f"The article continues in {more}, starting at {offers.following}")


def _repeated(article: Article, opening: Sequence[Block]) -> int:
    """Return the number of blocks at the start of a part that the first part starts with, too."""
    known = {(block.text, block.source) for block in opening}
    blocks = article.blocks
    return next(
        (at for at, block in enumerate(blocks) if (block.text, block.source) not in known),
        len(blocks),
    )


def _completeness(parts: Sequence[Extraction]) -> Completeness:
    """Return the completeness of the first part that is incomplete, else that of the first part."""
    first, *others = parts
    counted = [first, *(part for part in others if part.article.word_count >= HARDLY_ANY)]
    labels = (part.completeness for part in counted if part.completeness.access != "full")
    return next(labels, first.completeness)


def _partial(extraction: Extraction, evidence: str) -> Extraction:
    label = extraction.completeness
    access = "partial" if label.access == "full" else label.access
    return replace(extraction, completeness=Completeness(access, (evidence, *label.evidence)))
