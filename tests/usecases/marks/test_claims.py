"""Lists of all marks, grouped and in an order."""

from datetime import timedelta
from itertools import product

import pytest
from msgspec.structs import replace

from annotator.model import Claim, Link
from annotator.model.query import EVERYTHING
from annotator.model.query_parser import parse
from annotator.store import Library, questions
from annotator.usecases.marks.claims import GROUPINGS, ORDERS, link_ends, list_marks, load_marks
from builders import make_annotation, make_article, make_extraction, make_page

TEXT = "Coal fell by half. Wind rose. Nobody knows why. Zebras do not."


@pytest.fixture
def library(tmp_path, moment):
    with Library.open(tmp_path / "d", state=tmp_path / "s", cache=tmp_path / "c") as library:
        for number, name in enumerate(("old", "new")):
            article = make_article(TEXT, title=f"The {name} one", url=f"https://www.{name}.org/a")
            now = moment + timedelta(days=number)
            library.store(make_extraction(article), make_page(url=article.url), now=now)
            claim = Claim(speaker="Ann Lee", status="disputed" if number else "supported")
            library.put(
                [
                    make_annotation(
                        article, "Wind rose", id=f"{name}-wind", claim=claim, tags=("Energy", "air")
                    ),
                    make_annotation(
                        article,
                        "Coal fell",
                        id=f"{name}-coal",
                        created=now,
                        claim=Claim(speaker="bo" if number else "Bo"),
                        tags=("energy",),
                    ),
                    make_annotation(article, "Zebras", id=f"{name}-zebra", kind="question"),
                ]
            )
        yield library


def listed(library, listing):
    return [each.annotation.id for each in load_marks(library, listing.numbers)]


def grouped(library, query="", **view):
    listing = list_marks(library, parse(query), **view)
    marks = listed(library, listing)
    return {group.label: marks[group.start : group.start + group.count] for group in listing.groups}


def test_the_newest_article_comes_first_and_its_marks_in_the_order_of_the_text(library):
    assert grouped(library) == {
        "The new one": ["new-coal", "new-wind", "new-zebra"],
        "The old one": ["old-coal", "old-wind", "old-zebra"],
    }


@pytest.mark.parametrize(
    ("grouping", "groups"),
    [
        ("none", {"": 6}),
        ("tag", {"air": 2, "energy": 4, "": 2}),
        ("speaker", {"Ann Lee": 2, "bo": 2, "": 2}),
        ("status", {"open": 2, "supported": 1, "disputed": 1, "": 2}),
        ("kind", {"claim": 4, "question": 2}),
        ("site", {"new.org": 3, "old.org": 3}),
        ("day", {"2026-03-15": 1, "2026-03-14": 5}),
    ],
)
def test_groups_are_in_their_own_order_with_those_without_last(library, grouping, groups):
    found = grouped(library, grouping=grouping)
    assert list(found) == list(groups)
    assert {label: len(marks) for label, marks in found.items()} == groups


def test_a_mark_with_two_tags_stands_in_both_groups_and_counts_once(library):
    listing = list_marks(library, parse("wind"), grouping="tag")
    assert [group.label for group in listing.groups] == ["air", "energy"]
    assert (len(listing.numbers), listing.total) == (4, 2)


@pytest.mark.parametrize(
    ("order", "marks"),
    [
        ("place", "new-coal new-wind new-zebra old-coal old-wind old-zebra"),
        ("created", "new-coal new-wind new-zebra old-coal old-wind old-zebra"),
        ("status", "new-coal old-coal old-wind new-wind new-zebra old-zebra"),
        ("speaker", "new-wind old-wind new-coal old-coal new-zebra old-zebra"),
        ("quote", "new-coal old-coal new-wind old-wind new-zebra old-zebra"),
    ],
)
def test_marks_are_in_order_and_those_with_nothing_to_order_by_are_last(library, order, marks):
    listing = list_marks(library, EVERYTHING, grouping="none", order=order)
    assert listed(library, listing) == marks.split()


def test_a_reversed_list_still_has_the_marks_without_a_speaker_last(library):
    listing = list_marks(library, EVERYTHING, grouping="none", order="speaker", is_reversed=True)
    assert listed(library, listing) == [
        "new-coal", "old-coal", "new-wind", "old-wind", "new-zebra", "old-zebra",
    ]  # fmt: skip


def test_reversing_turns_the_groups_round_only_if_they_are_in_the_order_of_the_marks(library):
    assert list(grouped(library, is_reversed=True)) == ["The old one", "The new one"]
    by_kind = grouped(library, grouping="kind", is_reversed=True)
    assert list(by_kind) == ["claim", "question"]
    assert by_kind["question"] == ["old-zebra", "new-zebra"]


@pytest.mark.parametrize("query", ["", "wind", "status:disputed", "site:old.org", "-coal zebra*"])
def test_every_view_lists_what_the_query_finds(library, query):
    wanted = {each.annotation.id for each in library.ask(questions.marks.find_marks(parse(query)))}
    for grouping, order, is_reversed in product(GROUPINGS, ORDERS, (False, True)):
        listing = list_marks(
            library, parse(query), grouping=grouping, order=order, is_reversed=is_reversed
        )
        assert set(listed(library, listing)) == wanted
        assert listing.total == len(wanted)
        assert sum(group.count for group in listing.groups) == len(listing.numbers)


def test_the_first_part_has_whole_groups_and_the_number_of_all(library):
    listing = list_marks(library, EVERYTHING, limit=2)
    assert listed(library, listing) == ["new-coal", "new-wind", "new-zebra"]
    assert [(group.label, group.start, group.count) for group in listing.groups] == [
        ("The new one", 0, 3)
    ]
    assert (listing.total, listing.is_whole) == (6, False)
    assert list_marks(library, EVERYTHING, limit=6).is_whole


def test_an_own_change_is_listed_at_once_under_the_same_number(library, moment):
    before = list_marks(library, parse("status:open"))
    (mark,) = (m for _, m in load_marks(library, before.numbers) if m.id == "new-coal")
    library.article(mark.article_id).revise(
        mark.id, lambda it: replace(it, claim=Claim(status="refuted"))
    )
    after = list_marks(library, parse("status:refuted"))
    assert listed(library, after) == ["new-coal"]
    assert after.numbers[0] == before.numbers[0]


def test_a_deleted_mark_is_left_out_of_what_is_loaded(library, moment):
    listing = list_marks(library, parse("zebras"))
    (first, _) = load_marks(library, listing.numbers)
    library.article(first.record.id).remove([first.annotation.id], now=moment)
    list_marks(library, parse("zebras"))
    assert listed(library, listing) == ["old-zebra"]


def test_an_empty_library_has_an_empty_list(tmp_path):
    with Library.open(tmp_path / "d", state=tmp_path / "s") as library:
        for grouping in GROUPINGS:
            listing = list_marks(library, EVERYTHING, grouping=grouping)
            assert (len(listing.numbers), listing.groups, listing.total) == (0, (), 0)


def test_a_list_is_whole_after_the_index_was_deleted(library, tmp_path):
    assert list_marks(library, EVERYTHING).total == 6
    for path in (tmp_path / "c").rglob("index.db*"):
        path.unlink()
    assert list_marks(library, EVERYTHING).total == 6


def test_a_change_by_another_program_is_listed_when_the_library_is_looked_at(library, tmp_path):
    [found] = library.ask(questions.marks.find_marks(parse("zebras site:new.org")))
    assert list_marks(library, parse("kind:evidence")).total == 0
    with Library.open(library.folder, state=tmp_path / "s") as elsewhere:
        elsewhere.put([replace(found.annotation, kind="evidence")])
    library.records()
    assert list_marks(library, parse("kind:evidence")).total == 1


def test_the_first_part_of_what_a_query_finds_is_found_without_the_rest(library):
    listing = list_marks(library, parse("speaker:bo"), limit=1)
    assert listed(library, listing) == ["new-coal"]
    assert (listing.total, listing.is_whole) == (2, False)


def test_the_other_ends_of_links_are_told_by_their_quotes_and_links_from_elsewhere_with_them(
    library,
):
    coal, wind, zebra = (library.annotation(f"old-{name}") for name in ("coal", "wind", "zebra"))
    outgoing = (Link("supports", "new-wind"), Link("informs", "https://example.org/"))
    library.put([replace(coal, links=outgoing)])
    library.put([replace(zebra, links=(Link("opposes", coal.id, "Why?"), Link("informs", "gone")))])
    ends = link_ends(library, [library.annotation(coal.id), wind])
    assert ends.quotes == {"new-wind": "Wind rose", zebra.id: "Zebras"}
    assert list(ends.backlinks) == [coal.id]
    [back] = ends.backlinks[coal.id]
    assert (back.relation, back.note, back.mark.id) == ("opposes", "Why?", zebra.id)
