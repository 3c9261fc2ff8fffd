"""Argument maps: claims above their evidence, with nothing of a text taken for structure."""

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from annotator.export.collection import CollectedArticle, Collection, LinkedMark
from annotator.export.collections.argdown import HEAD, MAX_DEPTH, escape, write_argdown
from annotator.model import Claim, Link
from builders import make_annotation, make_article
from collecting import placed, record_of

AWKWARD = {
    "a [b](c) d": r"a \[b\](c) d",
    "[x]: y": r"\[x\]: y",
    "<x>: y": r"\<x\>: y",
    "+ a": r"\+ a",
    "- a": r"\- a",
    "# h": r"\# h",
    "half #tag more": r"half \#tag more",
    "as @[m] and @<n> say": r"as \@\[m\] and \@\<n\> say",
    "{a: b}": r"\{a: b\}",
    "*b* _i_ **c** __d__": r"\*b\* \_i\_ \*\*c\*\* \_\_d\_\_",
    "a // c /* d */ e": r"a \// c \/\* d \*/ e",
    "<!-- c -->": r"\<!\-- c \-\-\>",
    "----": r"\-\-\--",
    "=== a ===": r"\=\== a \=\==",
    "1. one (2) two": r"\1. one (2) two",
    ":+1: is .5 of U.S.A.": r"\:+1: is \.5 of U\.S\.A.",
    "ends with \\": r"ends with \\",
    "\n\n[c]: d\n\n+ e": r"\[c\]: d + e",
}

argdown = shutil.which("argdown")
needs_argdown = pytest.mark.skipif(argdown is None, reason="@argdown/cli is not installed")


def linked(*claims, links=(), **fields):
    """Return a collection of claims by their letters, linked by triples of letters."""
    article = make_article("Some words.", url="https://example.org/a")
    ends = {each[0]: f"01kk{each[0] * 22}" for each in claims}
    marks = [
        make_annotation(
            article,
            "words",
            id=ends[name],
            claim=Claim(statement=said),
            links=[
                Link(relation, ends.get(target, target))
                for source, relation, target in links
                if source == name
            ],
            **fields,
        )
        for name, said in claims
    ]
    record = record_of(article)
    told = []
    return Collection(
        articles=[
            CollectedArticle(
                record=record,
                marks=placed(marks),
                linked={each.id: LinkedMark(record, each) for each in marks},
            )
        ],
        tell=told.append,
    ), told


def lines(*claims, links=()):
    """Return the lines of a map below its head, without what is known of each statement."""
    collection, _ = linked(*claims, links=links)
    written = "".join(write_argdown(collection)).removeprefix(HEAD)
    return [re.sub(r" \{.*\}$", "", line) for line in written.splitlines() if line]


def judged(text, folder):
    """Return what Argdown itself finds in a map."""
    (folder / "map.argdown").write_text(text, "utf-8")
    done = subprocess.run(
        [argdown, "json", str(folder / "map.argdown"), "--stdout"],
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=60,
    )
    assert "rror" not in done.stderr
    return json.JSONDecoder().raw_decode(done.stdout)[0]  # a message follows


@pytest.mark.parametrize(("text", "escaped"), AWKWARD.items())
def test_what_means_something_is_escaped(text, escaped):
    assert escape(text) == escaped


def test_common_prose_needs_no_escapes():
    text = "It cost 4,000; “half” (of well-known sums): 3.5 is not here, and/or e.g. there."
    assert escape(text).replace(r"\.5", ".5").replace(r"\.g", ".g") == text


@needs_argdown
def test_argdown_reads_every_awkward_text_as_it_was(tmp_path):
    collection, _ = linked(*((chr(97 + at), text) for at, text in enumerate(AWKWARD)))
    found = judged("".join(write_argdown(collection)), tmp_path)
    read = [each["members"][0] for each in found["statements"].values()]
    assert sorted(" ".join(each["text"].split()) for each in read) == sorted(
        " ".join(text.split()) for text in AWKWARD
    )
    assert {each["data"]["url"] for each in read} == {
        "https://example.org/a#:~:text=Some-,words,-%2E"
    }
    assert found["arguments"] == {}


@needs_argdown
def test_argdown_reads_the_links_of_a_circle(tmp_path):
    links = [("a", "supports", "b"), ("b", "opposes", "a"), ("c", "supports", "b")]
    collection, _ = linked(("a", "One"), ("b", "Two"), ("c", "Three"), links=links)
    found = judged("".join(write_argdown(collection)), tmp_path)
    assert {
        (each["from"][:3], each["relationType"], each["to"][:3]) for each in found["relations"]
    } == {
        ("One", "support", "Two"),
        ("Two", "attack", "One"),
        ("Thr", "support", "Two"),
    }


def test_evidence_is_below_the_claim_that_it_is_for():
    links = [("b", "supports", "a"), ("c", "opposes", "b"), ("d", "opposes", "a")]
    claims = (("b", "It rained."), ("a", "The road is wet."), ("c", "It was dry."), ("d", "No."))
    assert lines(*claims, links=links) == [
        "[The road is wet aaaaaaaa]: The road is wet.",
        "  + [It rained bbbbbbbb]: It rained.",
        "    - [It was dry cccccccc]: It was dry.",
        "  - [No dddddddd]: No.",
    ]


def test_a_statement_is_written_in_full_once():
    links = [("c", "supports", "a"), ("c", "opposes", "b")]
    assert lines(("a", "One"), ("b", "Two"), ("c", "Three"), links=links) == [
        "[One aaaaaaaa]: One",
        "  + [Three cccccccc]: Three",
        "[Two bbbbbbbb]: Two",
        "  - [Three cccccccc]",
    ]


def test_marks_that_say_the_same_are_one_statement():
    links = [("b", "same-as", "a"), ("c", "supports", "b"), ("b", "supports", "a")]
    assert lines(("a", "One"), ("b", "Uno"), ("c", "Three"), links=links) == [
        "[One aaaaaaaa]: One",
        "  + [Three cccccccc]: Three",
    ]


def test_a_circle_ends_with_a_title():
    links = [("a", "supports", "b"), ("b", "supports", "a")]
    assert lines(("a", "One"), ("b", "Two"), links=links) == [
        "[One aaaaaaaa]: One",
        "  + [Two bbbbbbbb]: Two",
        "    + [One aaaaaaaa]",
    ]


def test_a_long_chain_goes_on_below_with_all_of_its_statements():
    names = [chr(97 + at) for at in range(2 * MAX_DEPTH + 3)]
    links = [(low, "supports", high) for high, low in pairwise(names)]
    written = lines(*((name, name) for name in names), links=links)
    assert sum("]: " in line for line in written) == len(names)
    assert max(len(line) - len(line.lstrip()) for line in written) == 2 * (MAX_DEPTH + 1)


def test_pages_support_and_oppose_claims():
    article = make_article("Some words.")
    links = (Link("supports", "https://example.org/a_b", is_reversed=True),)
    mark = make_annotation(article, "words", id="01kkaaaaaaaaaaaaaa", links=links)
    collected = CollectedArticle(record=record_of(article), marks=placed([mark]))
    written = "".join(write_argdown(Collection(articles=[collected])))
    [line] = [each for each in written.splitlines() if each.startswith("  + [example.org ")]
    assert line.endswith(r'\:\//example\.org/a\_b {url: "https://example.org/a_b"}')


def test_marks_that_are_gone_are_not_in_the_map():
    assert lines(("a", "One"), links=[("a", "supports", "01kkgone")]) == ["[One aaaaaaaa]: One"]


def test_marks_that_claim_nothing_are_left_out_and_reported():
    article = make_article("Some words.")
    marks = [make_annotation(article, words, kind="highlight") for words in ("Some", "words")]
    told = []
    collected = CollectedArticle(record=record_of(article), marks=placed(marks))
    written = "".join(write_argdown(Collection(articles=[collected], tell=told.append)))
    assert written == HEAD
    assert told == ["Left out: 2 marks without a claim or a link to one."]


def test_links_that_a_map_has_no_place_for_are_reported():
    article = make_article("Some words.")
    links = (
        Link("supports", "https://example.org/a", "on page 3"),
        Link("informs", "https://example.org/b", "in part"),
    )
    marks = [make_annotation(article, "words", links=links)]
    told = []
    collected = CollectedArticle(record=record_of(article), marks=placed(marks))
    written = "".join(write_argdown(Collection(articles=[collected], tell=told.append)))
    assert "example.org/b" not in written
    assert told == ["Left out: the notes of 1 link.", "Left out: 1 link of another sort."]


def test_tags_and_facts_stay_on_the_line_of_their_statement():
    article = make_article("Some words.", title='The "paper" {1}')
    mark = make_annotation(
        article,
        "words",
        id="01kkaaaaaaaaaaaaaa",
        tags=("war", "energy/grid", "a(b)c", "日本"),
        note="Mine: {x}",
        claim=Claim(speaker="A: {b}\n#c", status="refuted", confidence="low"),
        created=datetime(2026, 1, 1, tzinfo=UTC),
    )
    collected = CollectedArticle(record=record_of(article), marks=placed([mark]))
    written = "".join(write_argdown(Collection(articles=[collected])))
    [line] = [each for each in written.splitlines() if each.startswith("[")]
    assert line.startswith("[words aaaaaaaa]: words #war #(energy/grid) #(a b c) #(日本) {")
    assert r'source: "The \"paper\" \u007b1\u007d"' in line
    assert r'speaker: "A: \u007bb\u007d\n#c", status: "refuted", confidence: "low"' in line
    assert r'note: "Mine: \u007bx\u007d"' in line
