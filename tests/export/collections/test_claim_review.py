"""Fact checks as ClaimReview: only what is rated, and what is missing is reported."""

import json
from datetime import UTC, datetime

import pytest

from annotator.export.collection import (
    CollectedArticle,
    Collection,
    LinkedMark,
    Reviewer,
)
from annotator.export.collections.claim_review import write_claim_review
from annotator.model import Claim, Link
from builders import make_annotation, make_article
from collecting import placed, record_of

ARTICLE = make_article(
    "The bridge cost four million.",
    title="A bridge",
    url="https://example.org/bridge",
    byline=("Ann Lee", "Reuters Staff"),
    site_name="The Paper",
    published="2024-05-01",
)
OWN = "url, the page where you publish it"


def reviews(*claims, article=ARTICLE, **fields):
    """Return the reviews of marks with these claims, and what was reported."""
    marks = [make_annotation(article, "four million", claim=claim, **fields) for claim in claims]
    told = []
    found = CollectedArticle(record=record_of(article), marks=placed(marks))
    written = "".join(write_claim_review(Collection(articles=[found], tell=told.append)))
    document = json.loads(written)
    assert document["@context"] == "https://schema.org"
    return document["@graph"], told


def test_the_author_of_the_settings_signs_each_review():
    mark = make_annotation(ARTICLE, "four million", claim=Claim(status="refuted"))
    found, told = CollectedArticle(record=record_of(ARTICLE), marks=placed([mark])), []
    reviewer = Reviewer("Ada Lund", "https://example.org/")
    collection = Collection(articles=[found], reviewer=reviewer, tell=told.append)
    [review] = json.loads("".join(write_claim_review(collection)))["@graph"]
    assert review["author"] == {
        "@type": "Person",
        "name": "Ada Lund",
        "url": "https://example.org/",
    }
    assert f"Missing in each review: {OWN}. Add it before you publish." in told


def rating(**fields):
    [review], _ = reviews(Claim(**fields))
    return review["reviewRating"], review.get("reviewBody")


def test_a_review_has_the_claim_its_maker_and_where_it_appeared():
    claim = Claim("It cost four million.", "Ann Lee", "2024-04-30", status="refuted")
    moment = datetime(2026, 3, 15, tzinfo=UTC)
    [review], told = reviews(claim, id="01kkaa", tags=("money",), modified=moment)
    assert review == {
        "@type": "ClaimReview",
        "@id": "urn:annotator:01kkaa",
        "claimReviewed": "It cost four million.",
        "datePublished": "2026-03-15",
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "Refuted",
            "ratingValue": 1,
            "bestRating": 5,
            "worstRating": 1,
        },
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": "Ann Lee"},
            "datePublished": "2024-04-30",
            "appearance": [
                {
                    "@type": "CreativeWork",
                    "url": "https://example.org/bridge#:~:text=bridge%20cost-,four%20million,-%2E",
                    "headline": "A bridge",
                    "author": [
                        {"@type": "Person", "name": "Ann Lee"},
                        {"@type": "Organization", "name": "Reuters Staff"},
                    ],
                    "datePublished": "2024-05-01",
                    "publisher": {"@type": "Organization", "name": "The Paper"},
                }
            ],
        },
        "keywords": "money",
    }
    assert len(told) == 1
    assert OWN in told[0]


@pytest.mark.parametrize(
    ("status", "name", "value"),
    [
        ("supported", "Supported", 5),
        ("refuted", "Refuted", 1),
        ("disputed", "Disputed", None),
        ("unverifiable", "Unverifiable", None),
    ],
)
def test_a_status_is_rated_on_a_scale_only_where_it_has_a_place_there(status, name, value):
    made, _ = rating(status=status)
    assert made["alternateName"] == name
    assert made.get("ratingValue") == value


def test_a_short_verdict_is_the_rating_in_words():
    made, body = rating(status="refuted", verdict="Mostly false")
    assert rating(verdict="Mostly false")[0] == made
    assert made == {"@type": "Rating", "alternateName": "Mostly false"}
    assert body is None


def test_a_long_verdict_is_the_body_of_the_review():
    made, body = rating(status="supported", verdict="Five million, says the register.")
    assert (made["ratingValue"], body) == (5, "Five million, says the register.")
    long = "The records of the town show that it cost five million, of which one was a gift."
    assert rating(status="refuted", verdict=long)[0]["alternateName"] == "Refuted"
    made, body = rating(verdict=long)
    assert made["alternateName"] == "The records of the town show that it cost five million, of…"
    assert body == long


def test_claims_without_a_rating_are_left_out_and_counted():
    found, told = reviews(Claim(), Claim(status="checking"), Claim(status="supported"), None)
    assert len(found) == 1
    assert told[0] == (
        "Left out: 3 claims without a verdict, and without a status other than open or checking."
    )


def test_marks_that_are_not_claims_are_left_out_and_counted():
    found, told = reviews(None, kind="highlight")
    assert found == []
    assert told == ["Left out: 1 mark without the fields of a claim."]


def test_what_is_missing_in_reviews_is_reported():
    article = make_article("It cost four million.", url="notes.txt")
    [review], told = reviews(Claim(status="refuted"), article=article)
    assert told[:2] == [
        "Missing: the speaker of 1 claim.",
        "Missing: an address on the web for 1 claim.",
    ]
    assert "author" not in review["itemReviewed"]
    assert review["claimReviewed"] == "four million"


def test_the_articles_of_marks_that_say_the_same_are_appearances_too():
    other = make_article("Four millions.", url="https://example.org/other", title="Other")
    third = make_article("4 millions.", url="https://example.org/third", title="Third")
    one = make_annotation(other, "Four", links=[Link("opposes", "01kkmark")])
    two = make_annotation(third, "4", links=[Link("same-as", "01kkmark")])
    links = (Link("same-as", one.id), Link("same-as", "01kkgone"), Link("supports", two.id))
    mark = make_annotation(
        ARTICLE, "four", id="01kkmark", claim=Claim(status="supported"), links=links
    )
    ends = [LinkedMark(record_of(other), one), LinkedMark(record_of(third), two)]
    article = CollectedArticle(
        record=record_of(ARTICLE),
        marks=placed([mark]),
        linked={each.annotation.id: each for each in ends},
    )
    written = "".join(write_claim_review(Collection(articles=[article])))
    [review] = json.loads(written)["@graph"]
    made = [each["headline"] for each in review["itemReviewed"]["appearance"]]
    assert made == ["A bridge", "Other", "Third"]


def test_reviews_can_be_pasted_into_the_script_of_a_page():
    claim = Claim('</script><script>alert("1")</script><!-- &', status="refuted")
    found = CollectedArticle(
        record=record_of(ARTICLE), marks=placed([make_annotation(ARTICLE, "four", claim=claim)])
    )
    written = "".join(write_claim_review(Collection(articles=[found])))
    assert not set("<>&") & set(written)
    assert json.loads(written)["@graph"][0]["claimReviewed"] == claim.statement
