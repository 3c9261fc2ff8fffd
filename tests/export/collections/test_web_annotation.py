"""Web annotations hold all of a mark, and are what the working group's own checks accept."""

import json
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator, FormatChecker
from msgspec.structs import replace
from pyld import jsonld
from referencing import Registry
from referencing.jsonschema import DRAFT4

from annotator.export.collection import CollectedArticle, Collection
from annotator.export.collections.web_annotation import OCCURRENCES, write_annotations
from annotator.model import (
    CLAIM_FIELDS,
    Annotation,
    Claim,
    Link,
    Target,
    TextPositionSelector,
    TextQuoteSelector,
)
from annotator.model.labels import BACK_NAMES
from annotator.model.text import clean_text
from builders import make_annotation, make_article
from collecting import placed, record_of, varied_article, varied_collection

SHARED = Path(__file__).parents[4] / "shared"
JUDGE = SHARED / "judges" / "w3c"
FORWARD = {back: relation for relation, back in BACK_NAMES.items() if back != relation}

needs_judge = pytest.mark.skipif(not JUDGE.exists(), reason="no judge here")


def exported(*articles):
    return json.loads("".join(write_annotations(varied_collection(*articles))))


# Reading back


def last_part(name):
    return unquote(name.rpartition(":")[2])


def bodies(annotation, purpose):
    return [each for each in annotation["body"] if each["purpose"] == purpose]


def texts(annotation, purpose):
    return [each["value"] for each in bodies(annotation, purpose)]


def moment(text):
    return datetime.fromisoformat(text)


def link_of(annotation):
    relation = texts(annotation, "classifying")[0]
    [end] = bodies(annotation, "linking")
    target = end.get("source") or end["value"]
    if target.startswith("urn:"):
        target = last_part(target)
    note = "".join(texts(annotation, "commenting"))
    return Link(FORWARD.get(relation, relation), target, note, relation in FORWARD)


def claim_of(annotation):
    keys = {field.key: field.name for field in CLAIM_FIELDS}
    fields = {keys[it["label"]]: it["value"] for it in annotation["body"] if "label" in it}
    return Claim(**fields) if fields else None


def mark_of(annotation, article_id, links):
    target = annotation["target"]
    quote, position = target["selector"]
    return Annotation(
        last_part(annotation["id"]),
        article_id,
        Target(
            TextQuoteSelector(quote["exact"], quote["prefix"], quote["suffix"]),
            TextPositionSelector(position["start"], position["end"]),
            quote.get(OCCURRENCES, 1),
            last_part(target["renderedVia"]["id"]),
        ),
        kind=texts(annotation, "classifying")[0],
        tags=tuple(texts(annotation, "tagging")),
        note="".join(texts(annotation, "commenting")),
        claim=claim_of(annotation),
        links=tuple(links),
        created=moment(annotation["created"]),
        modified=moment(annotation["modified"]),
    )


def marks_in(collection, articles):
    """Return the marks of a collection, by the addresses of their articles."""
    items = collection["first"]["items"]
    links = {}
    for item in items:
        if item["motivation"] == "linking":
            links.setdefault(item["target"], []).append(link_of(item))
    ids = {article.record.url: article.record.id for article in articles}
    return [
        mark_of(item, ids[item["target"]["source"]["id"]], links.get(item["id"], ()))
        for item in items
        if item["motivation"] != "linking"
    ]


def test_marks_are_read_back_equal():
    articles = [varied_article(), varied_article(number=2, lost=0)]
    wanted = [mark.annotation for article in articles for mark in article.marks]
    collection = exported(*articles)
    assert marks_in(collection, articles) == wanted
    assert collection["total"] == len(collection["first"]["items"]) == 10 + 2 * 4


def test_a_collection_of_nothing_is_whole():
    empty = json.loads("".join(write_annotations(Collection(articles=()))))
    assert (empty["total"], empty["first"]["items"]) == (0, [])


def test_the_motivations_say_what_a_mark_is_for():
    items = exported(varied_article())["first"]["items"]
    motivations = [item["motivation"] for item in items]
    assert motivations[0] == ["assessing", "commenting", "tagging"]
    assert motivations[1] == ["questioning", "commenting"]
    assert motivations.count("linking") == 4


def test_an_article_without_an_address_has_a_name():
    article = make_article("Some words.", url="story.txt")
    mark = make_annotation(article, "words")
    collected = CollectedArticle(record=record_of(article), marks=placed([mark]))
    [item] = exported(collected)["first"]["items"]
    assert item["target"]["source"]["id"] == f"urn:annotator:article:{article.id}"


def test_an_address_that_must_not_be_opened_is_only_text():
    article = make_article("Some words.", url="javascript:alert(1)")
    links = [Link("supports", "https://user\\@evil.example/")]
    mark = make_annotation(article, "words", links=links)
    collected = CollectedArticle(record=record_of(article), marks=placed([mark]))
    annotation, link = exported(collected)["first"]["items"]
    assert annotation["target"]["source"]["id"].startswith("urn:annotator:article:")
    assert bodies(link, "linking")[0]["type"] == "TextualBody"
    assert link_of(link) == links[0]


# The judges


def validators(names):
    checker = FormatChecker(formats=[])
    checker.checks("date-time", ValueError)(_is_date_time)
    checker.checks("uri")(_is_uri)
    registry = registry_of("definitions", "annotations")
    return [
        Draft4Validator(
            registry.contents(Path(name).name), registry=registry, format_checker=checker
        )
        for name in names
    ]


def registry_of(*folders):
    paths = (path for folder in folders for path in (JUDGE / folder).rglob("*.json"))
    return Registry().with_resources(
        (path.name, DRAFT4.create_resource(json.loads(path.read_text("utf-8")))) for path in paths
    )


def _is_date_time(value):
    return not isinstance(value, str) or bool(datetime.fromisoformat(value).tzinfo)


def _is_uri(value):
    return not isinstance(value, str) or (":" in value and not any(map(str.isspace, value)))


@pytest.fixture(scope="module")
def judge():
    """Return a function that names the musts of the working group that an annotation breaks."""
    musts = json.loads((JUDGE / "annotations" / "annotationMusts.test").read_text("utf-8"))
    checks = validators(musts["assertions"])

    def broken(annotation):
        found = []
        for check in checks:
            is_wanted = check.schema.get("expectedResult", "valid") == "valid"
            if check.is_valid(annotation) != is_wanted:
                found.append(check.schema["id"])
        return found

    return broken


@needs_judge
def test_every_annotation_keeps_the_musts_of_the_working_group(judge):
    collection = exported()
    context = {"@context": collection["@context"]}
    items = collection["first"]["items"]
    assert [judge(context | item) for item in items] == [[]] * len(items)


@needs_judge
@pytest.mark.parametrize("sample", ["correct", "incorrect"])
def test_the_judge_tells_good_samples_from_bad_ones(judge, sample):
    folder = JUDGE / "samples" / sample
    texts = [path.read_text("utf-8") for path in folder.glob("anno*.json")]
    accepted = sum(is_json(text) and not judge(json.loads(text)) for text in texts)
    share = accepted / len(texts)
    assert share > 0.9 if sample == "correct" else share < 0.1


def is_json(text):
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


@needs_judge
def test_the_collection_is_what_the_working_group_defines():
    registry = registry_of("definitions")

    def validate(value, *names):
        for name in names:
            schema = {"$ref": f"collections.json#/definitions/{name}"}
            Draft4Validator(schema, registry=registry).validate(value)

    collection = exported()
    validate(collection, "annotationCollectionTypeValueFound", "labelFound", "totalFound")
    validate(collection, "firstFound", "firstValidIfPresent")
    validate(collection["first"], "annotationPageTypeValueFound", "startIndexFound", "itemsFound")


@needs_judge
def test_every_value_survives_the_expansion_to_linked_data():
    collection = exported()
    context = json.loads((JUDGE / "anno.jsonld").read_text("utf-8"))

    def load(url, _options=None):
        assert url == collection["@context"]
        return {"contextUrl": None, "documentUrl": url, "document": context}

    [expanded] = jsonld.expand(collection, {"documentLoader": load})
    assert sorted(set(leaves(collection)) - set(leaves(expanded))) == [collection["@context"]]


def leaves(value):
    """Yield the strings and numbers in a value of JSON that are no names of its terms."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in {"type", "@type", "motivation", "purpose"}:
                yield from leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each)
    else:
        yield str(value)


@needs_judge
def test_hostile_text_keeps_the_musts(judge):
    cases = json.loads((SHARED / "attacks" / "manifest.json").read_text("ascii"))["cases"]
    words = [clean_text(case["input"]) for case in cases if isinstance(case.get("input"), str)]
    article = make_article("Some words.")
    mark = make_annotation(article, "words")
    marks = [
        replace(mark, id=f"01kk{start}", note=words[start], tags=tuple(words[start : start + 20]))
        for start in range(0, len(words), 20)
    ]
    collected = CollectedArticle(record=record_of(article), marks=placed(marks))
    collection = exported(collected)
    context = {"@context": collection["@context"]}
    assert not any(judge(context | item) for item in collection["first"]["items"])
    assert marks_in(collection, [collected]) == marks
