"""Fields that a newer program has written survive every edit of this one, at any depth."""

import json
from functools import partial

import pytest
from msgspec.structs import replace

from annotator.codec import decode
from annotator.model import Claim, Link
from annotator.store import TAG_COLOURS, ArticleChange, Library
from annotator.store.format.table_rows import parse_raw, serialize, with_checksum, with_unknown
from builders import make_annotation, make_article, make_extraction, make_page

MARK = "01de"


@pytest.fixture
def newer(library, kept, file):
    """Add fields to an article and its mark, as a program of next year may."""
    links = (Link("informs", "https://a.example/"), Link("informs", "https://b.example/"))
    claim = Claim(speaker="Ann Lee")
    library.put([make_annotation(kept, "Six", id=MARK, claim=claim, links=links)])
    rows = parse_raw(file.read_bytes())
    record = decode(rows["article"][kept.id], dict[str, object])
    mark = decode(rows["annotations"][MARK], dict[str, object])
    record["shelf"] = {"name": "kitchen"}
    mark["mood"] = ["sad", 1]
    mark["claim"]["source"] = "a leak"
    mark["links"][1]["weight"] = 0.5
    rows["article"][kept.id] = with_checksum(kept.id, record)
    rows["annotations"][MARK] = with_checksum(MARK, mark)
    file.write_bytes(serialize(rows))
    return file


def shelf(file, kept):
    return json.loads(file.read_bytes())["article"][kept.id].get("shelf")


def of_mark(mark):
    """Return what only a newer program knows of a mark."""
    return mark.get("mood"), mark["claim"].get("source"), mark["links"][-1].get("weight")


def kept_of(file):
    return of_mark(json.loads(file.read_bytes())["annotations"][MARK])


ALL = (["sad", 1], "a leak", 0.5)


def test_an_edit_of_a_mark_keeps_them(library, kept, newer):
    article = library.article(kept.id)
    article.revise(MARK, lambda mark: replace(mark, note="Mine", links=mark.links[1:]))
    assert kept_of(newer) == ALL
    article.revise(MARK, lambda mark: replace(mark, claim=replace(mark.claim, status="disputed")))
    assert kept_of(newer) == ALL
    library.put([replace(article.annotations()[0], kind="question")])
    assert kept_of(newer) == ALL
    article.revise_many(
        lambda _, marks: ArticleChange(None, {MARK: replace(marks[MARK], tags=("a",))}),
        now=marks_moment(article),
    )
    assert kept_of(newer) == ALL
    assert shelf(newer, kept) == {"name": "kitchen"}
    [mark] = article.annotations()
    assert (mark.note, mark.kind, mark.tags, mark.claim.status) == (
        "Mine",
        "question",
        ("a",),
        "disputed",
    )


def marks_moment(article):
    return article.record().modified


def test_a_mark_that_is_deleted_and_made_again_keeps_them(library, kept, newer, moment):
    article = library.article(kept.id)
    [mark] = article.annotations()
    article.remove([MARK], now=moment)
    tombstone = json.loads(newer.read_bytes())["tombstones"][MARK]
    assert of_mark(tombstone["mark"]) == ALL
    library.put([replace(mark, note="Again")])
    assert kept_of(newer) == ALL


def test_an_edit_of_an_article_keeps_them(library, kept, newer, moment):
    article = library.article(kept.id)
    article.update(partial(replace, tags=("a",), modified=moment))
    assert shelf(newer, kept) == {"name": "kitchen"}
    longer = make_article(f"{kept.text} And more.", url=kept.url)
    longer = replace(longer, id=kept.id)
    assert library.store(make_extraction(longer), make_page(), now=moment).outcome == "revised"
    assert shelf(newer, kept) == {"name": "kitchen"}
    assert kept_of(newer) == ALL


def test_merging_the_versions_of_two_machines_keeps_them(library, kept, newer, other):
    library.article(kept.id).revise(MARK, partial(replace, note="Ours"))
    other.article(kept.id).revise(MARK, partial(replace, kind="question"))
    copy = other.folder / newer.relative_to(library.folder)
    copy.rename(newer.with_name("annotations 2.json"))
    [mark] = library.article(kept.id).annotations()
    assert (mark.note, mark.kind) == ("Ours", "question")
    assert kept_of(newer) == ALL
    assert shelf(newer, kept) == {"name": "kitchen"}


def test_values_of_the_catalog_keep_them(library, moment, tmp_path):
    path = library.folder / "catalog" / "tag_colours.json"
    path.parent.mkdir()
    of_newer = {"modified": "2026-01-01T00:00:00Z", "value": "#111111", "why": ["x"]}
    path.write_text(json.dumps({"food": of_newer, "energy": of_newer}))
    library.catalog.put(TAG_COLOURS, {"energy": "#222222"}, now=moment)
    written = json.loads(path.read_bytes())
    assert {key: entry["why"] for key, entry in written.items()} == {
        "food": ["x"],
        "energy": ["x"],
    }
    assert written["energy"]["value"] == "#222222"
    with Library.open(library.folder, state=tmp_path / "s") as later:
        assert later.catalog.values(TAG_COLOURS)["food"] == "#111111"


def test_what_did_not_change_stays_as_it_was():
    old = {"a": [{"x": 1, "new": 2}, {"x": 3}], "b": {"c": 1}}
    known = {"a": [{"x": 1}, {"x": 3}], "b": {"c": 1}}
    assert with_unknown(known, known, old) is old
    moved = {"a": [{"x": 3}, {"x": 1}, {"x": 5}], "b": {"c": 2}}
    assert with_unknown(moved, known, old) == {
        "a": [{"x": 3}, {"x": 1, "new": 2}, {"x": 5}],
        "b": {"c": 2},
    }
    assert with_unknown({"b": None}, known, old) == {"b": None}
