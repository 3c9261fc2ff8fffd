"""Checked claims as ClaimReview, the JSON-LD by which fact checks are found.

A review needs a rating: a claim that is still open, without a verdict, is left out. Its author
is in the settings; the address where it is published must be added. See
https://schema.org/ClaimReview.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from annotator.export.citation import is_corporate
from annotator.export.collection import CollectedArticle, Collection, linked_ends
from annotator.export.hyperlinks import deep_link
from annotator.model import Annotation, ArticleRecord, Claim, Status
from annotator.model.identity import is_web_address
from annotator.model.labels import count
from annotator.model.text import clean_line
from annotator.model.vocabulary import SAME

SHORT: Final = 60  # characters of a rating in words: a longer verdict is the body of the review
FEW: Final = 4  # words of a verdict that takes the place of the status
BEST, WORST = 5, 1

RATINGS: Final[Mapping[Status, tuple[str, int | None]]] = {
    "supported": ("Supported", BEST),
    "disputed": ("Disputed", None),  # it has no place on a scale from false to true
    "refuted": ("Refuted", WORST),
    "unverifiable": ("Unverifiable", None),
}

_NO_PAGE = "Missing in each review: url, the page where you publish it"
_IN_A_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}

Values = Mapping[str, object]


def write_claim_review(collection: Collection) -> Iterator[str]:
    """Yield a JSON-LD graph with a review for each claim that is rated."""
    counts: Counter[str] = Counter()
    reviewer = collection.reviewer
    agent = _agent(reviewer.name)
    author = {"author": _filled({**agent, "url": reviewer.url})} if agent else {}
    yield '{\n  "@context": "https://schema.org",\n  "@graph": ['
    gap = "\n"
    for article in collection.articles:
        for placed in article.marks:
            mark = placed.annotation
            rating = _rating(mark.claim) if mark.status else None
            if mark.claim is None or rating is None:
                counts["unrated" if mark.status else "other"] += 1
                continue
            counts["rated"] += 1
            counts["unattributed"] += not mark.claim.speaker
            counts["offline"] += not is_web_address(article.record.url)
            review = {**_review(mark, mark.claim, rating, article), **author}
            yield f"{gap}{_json(review)}"
            gap = ",\n"
    yield "]\n}\n" if gap == "\n" else "\n  ]\n}\n"
    _tell(collection, counts)


def _tell(collection: Collection, counts: Counter[str]) -> None:
    """Report what was left out, and what is missing in the reviews."""
    unrated = f"{count(counts['unrated'], 'claim')} without a verdict, and without a status"
    rated = (
        f"{_NO_PAGE}. Add it before you publish."
        if collection.reviewer.name
        else f"{_NO_PAGE}, and author: set reviewer_name and reviewer_url in the settings. "
        "Add both before you publish."
    )
    sentences = {
        "unrated": f"Left out: {unrated} other than open or checking.",
        "other": f"Left out: {count(counts['other'], 'mark')} without the fields of a claim.",
        "unattributed": f"Missing: the speaker of {count(counts['unattributed'], 'claim')}.",
        "offline": f"Missing: an address on the web for {count(counts['offline'], 'claim')}.",
        "rated": rated,
    }
    for name, sentence in sentences.items():
        if counts[name]:
            collection.tell(sentence)


def _rating(claim: Claim | None) -> Values | None:
    """Return the rating of a claim, or None if it has no verdict and is still open.

    A verdict such as “mostly true” is a rating in words, which no status can put on a scale.
    """
    if claim is None:
        return None
    name, value = RATINGS.get(claim.status, ("", None))
    verdict = clean_line(claim.verdict, limit=SHORT)
    words = claim.verdict.split()
    is_short = 0 < len(words) <= FEW and len(" ".join(words)) <= SHORT
    if is_short or not name:
        return {"@type": "Rating", "alternateName": verdict} if verdict else None
    scale = {"ratingValue": value, "bestRating": BEST, "worstRating": WORST} if value else {}
    return {"@type": "Rating", "alternateName": name, **scale}


def _review(mark: Annotation, claim: Claim, rating: Values, article: CollectedArticle) -> Values:
    is_longer = claim.verdict and claim.verdict.strip() != rating["alternateName"]
    return _filled(
        {
            "@type": "ClaimReview",
            "@id": f"urn:annotator:{mark.id}",
            "claimReviewed": claim.statement or mark.quote,
            "datePublished": mark.modified.astimezone().date().isoformat(),
            "reviewRating": rating,
            "reviewBody": claim.verdict if is_longer else "",
            "itemReviewed": _filled(
                {
                    "@type": "Claim",
                    "author": _agent(claim.speaker),
                    "datePublished": claim.said_on,
                    "appearance": _appearances(mark, article),
                }
            ),
            "keywords": ", ".join(mark.tags),
        }
    )


def _appearances(mark: Annotation, article: CollectedArticle) -> Sequence[Values]:
    """Return the articles that make the claim, also those of marks that say the same."""
    others = {
        linked.target: _appearance(linked.end.annotation, linked.end.record)
        for linked in linked_ends(mark, article.linked)
        if linked.relation == SAME and linked.end
    }
    return [_appearance(mark, article.record), *others.values()]


def _appearance(mark: Annotation, record: ArticleRecord) -> Values:
    return _filled(
        {
            "@type": "CreativeWork",
            "url": deep_link(record.url, mark.target),
            "headline": record.title,
            "author": [_agent(name, record.site_name) for name in record.byline],
            "datePublished": record.published,
            "publisher": _filled({"@type": "Organization", "name": record.site_name})
            if record.site_name
            else "",
        }
    )


def _agent(name: str, site_name: str = "") -> Values | None:
    if not name.strip():
        return None
    kind = "Organization" if is_corporate(name, site_name) else "Person"
    return {"@type": kind, "name": name}


def _filled(values: Values) -> Values:
    return {name: value for name, value in values.items() if value}


def _json(values: Values) -> str:
    """Return JSON that can be pasted into the script element of a page, whatever is in it."""
    text = json.dumps(values, ensure_ascii=False, indent=2).translate(_IN_A_SCRIPT)
    return "\n".join(f"    {line}" for line in text.split("\n"))
