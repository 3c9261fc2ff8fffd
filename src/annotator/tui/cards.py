"""What stands on the cards of an article and of a mark."""

from collections.abc import Iterator, Mapping

from annotator.model import Anchored, ArticleRecord, Claim, Extraction, Placed
from annotator.model.identity import is_web_address
from annotator.tui.dates import long_date
from annotator.tui.fitting import fit
from annotator.tui.wording import ACCESS, count

Field = tuple[str, str]

_QUOTE = 60  # cells of the words of another mark

_FITS = {
    "exact": "",
    "moved": "It stands elsewhere than when it was made.",
    "changed": "Its words were changed since.",
}


def article_fields(record: ArticleRecord, extraction: Extraction) -> Iterator[Field]:
    """Give what is known of an article, a label and its text."""
    yield "By", ", ".join(record.byline)
    yield "Published", " · ".join(filter(None, (record.site_name, long_date(record.published))))
    yield "Address", record.url
    yield "Length", f"{count(record.word_count, 'word')} · {record.minutes} min"
    yield "Added", long_date(record.added.isoformat())
    yield "Tags", _hashed(record.tags)
    yield "Excerpt", record.excerpt
    yield "Completeness", _completeness(extraction)
    yield "Removed", _removed(extraction)


def mark_fields(placed: Placed, linked: Mapping[str, str]) -> Iterator[Field]:
    """Give all that was said of a mark, a label and its text; `linked` has words of others."""
    mark = placed.annotation
    yield "Quote", mark.quote
    yield "Place", _place(placed)
    yield "Note", mark.note
    yield "Tags", _hashed(mark.tags)
    yield from _claim_fields(mark.claim or Claim())
    yield (
        "Links",
        "\n".join(f"{each.relation} {_named(each.target, linked)}" for each in mark.links),
    )
    yield "Made", long_date(mark.created.isoformat())


def _named(target: str, linked: Mapping[str, str]) -> str:
    """Return how a person knows what a link leads to."""
    if is_web_address(target):
        return target
    quote = " ".join(linked.get(target, "").split())
    return f"“{fit(quote, _QUOTE)}”" if quote else f"a mark that is gone ({target})"


def _claim_fields(claim: Claim) -> Iterator[Field]:
    yield "Statement", claim.statement
    yield "Speaker", " · ".join(filter(None, (claim.speaker, long_date(claim.said_on))))
    yield "Type", claim.type or ""
    yield "Status", claim.status if claim != Claim() else ""
    yield "Confidence", claim.confidence or ""
    yield "Verdict", claim.verdict


def _place(placed: Placed) -> str:
    if isinstance(placed.place, Anchored):
        return _FITS[placed.place.fit]
    return "It is not to be found in the text as it reads now."


def _completeness(extraction: Extraction) -> str:
    state = extraction.completeness
    label = ACCESS[state.access] or "all there, as far as can be told"
    return "\n".join((label, *(f"· {evidence}" for evidence in state.evidence)))


def _removed(extraction: Extraction) -> str:
    number = len(extraction.removals)
    return (
        f"{count(number, 'piece')} of the page; R lists them with their reasons" if number else ""
    )


def _hashed(tags: tuple[str, ...]) -> str:
    return " ".join(f"#{tag}" for tag in tags)
