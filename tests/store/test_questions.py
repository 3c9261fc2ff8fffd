"""Answers to questions about all articles and marks: counts, names, groups and orders."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from annotator.errors import NotInLibrary
from annotator.model import Claim, Link
from annotator.model.query import EVERYTHING, Words
from annotator.model.query_parser import parse
from annotator.store import Library, MarkView, Uses, questions
from builders import make_annotation, make_article, make_extraction, make_page

FIRST = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
TEXT = "Coal fell by half. Wind rose. Nobody knows why. Zebras do not."


@pytest.fixture
def library(tmp_path):
    """Two articles, added on the first and on the third day, with marks of several days."""
    with Library.open(tmp_path / "d", state=tmp_path / "s", cache=tmp_path / "c") as library:
        for number, name in enumerate(("old", "new")):
            article = make_article(TEXT, title=f"The {name} one", url=f"https://www.{name}.org/a")
            now = FIRST + 2 * number * DAY
            library.store(make_extraction(article), make_page(url=article.url), now=now)
        old, new = (make_article(TEXT, url=f"https://www.{name}.org/a") for name in ("old", "new"))
        library.put(
            [
                make_annotation(
                    old, "Wind rose", id="m1", created=FIRST, tags=("energy/Wind", "Air"),
                    claim=Claim(speaker="Ann Lee", status="disputed"),
                ),
                make_annotation(
                    old, "Coal fell", id="m2", created=FIRST + DAY, tags=("Energy",),
                    claim=Claim(speaker="ann lee"), modified=FIRST + 9 * DAY,
                ),
                make_annotation(
                    new, "Zebras", id="m3", kind="question", created=FIRST + 2 * DAY,
                    tags=("energy",),
                ),
                make_annotation(
                    new, "Wind rose", id="m4", kind="evidence", created=FIRST + 3 * DAY
                ),
            ]
        )  # fmt: skip
        library.article(new.id).update(
            lambda record: replace(
                record, tags=("Energy", "law"), state="read", finished=FIRST + 3 * DAY
            )
        )
        yield library


def listed(library, query="", *, limit=None, **view):
    """Return the marks of each group, by its label, as they are listed."""
    listing = library.ask(
        questions.mark_table.list_marks(
            parse(query) if query else EVERYTHING, MarkView(**view), limit
        )
    )
    marks = library.ask(questions.marks.load_marks(listing.numbers))
    ids = [marked.annotation.id for marked in marks]
    groups = {g.label or g.key: ids[g.start : g.start + g.count] for g in listing.groups}
    return groups, listing


@pytest.mark.parametrize(
    ("grouping", "groups"),
    [
        ("none", {"": ["m4", "m3", "m2", "m1"]}),
        ("article", {"The new one": ["m4", "m3"], "The old one": ["m2", "m1"]}),
        (
            "tag",
            {"Air": ["m1"], "Energy": ["m3", "m2"], "energy/Wind": ["m1"], "": ["m4"]},
        ),
        ("speaker", {"Ann Lee": ["m2", "m1"], "": ["m4", "m3"]}),
        ("status", {"open": ["m2"], "disputed": ["m1"], "": ["m4", "m3"]}),
        ("kind", {"claim": ["m2", "m1"], "evidence": ["m4"], "question": ["m3"]}),
        ("site", {"new.org": ["m4", "m3"], "old.org": ["m2", "m1"]}),
        (
            "day",
            {
                "2026-03-04": ["m4"],
                "2026-03-03": ["m3"],
                "2026-03-02": ["m2"],
                "2026-03-01": ["m1"],
            },
        ),
    ],
)
def test_marks_are_listed_in_groups_by_what_they_have(library, grouping, groups):
    found, listing = listed(library, grouping=grouping)
    lower = {label.lower(): marks for label, marks in found.items()}
    assert lower == {label.lower(): marks for label, marks in groups.items()}
    assert listing.total == 4
    assert listing.is_whole


@pytest.mark.parametrize(
    ("order", "ids", "reverse"),
    [
        ("place", "m4 m3 m2 m1", "m1 m2 m3 m4"),
        ("created", "m4 m3 m2 m1", "m1 m2 m3 m4"),
        ("modified", "m2 m4 m3 m1", "m1 m3 m4 m2"),
        ("status", "m2 m1 m4 m3", "m1 m2 m4 m3"),
        ("speaker", "m2 m1 m4 m3", "m2 m1 m4 m3"),
        ("quote", "m2 m4 m1 m3", "m3 m4 m1 m2"),
    ],
)
def test_marks_are_listed_in_an_order_and_the_other_way_round(library, order, ids, reverse):
    assert listed(library, grouping="none", order=order)[0][""] == ids.split()
    turned = listed(library, grouping="none", order=order, is_reversed=True)
    assert turned[0][""] == reverse.split()


def test_groups_turn_round_with_the_order_that_orders_them(library):
    assert list(listed(library, grouping="article", is_reversed=True)[0]) == [
        "The old one",
        "The new one",
    ]
    assert list(listed(library, grouping="site", is_reversed=True)[0]) == ["new.org", "old.org"]


def test_only_the_marks_that_match_are_listed_in_the_groups_that_have_some(library):
    groups, listing = listed(library, "kind:claim tag:energy", grouping="tag")
    assert sorted(map(sorted, groups.values())) == [["m1"], ["m1"], ["m2"]]
    assert listing.total == 2
    assert listed(library, "kind:nothing-like-it", grouping="none")[0] == {}
    assert listed(library, "zebras", grouping="article")[0] == {"The new one": ["m3"]}


@pytest.mark.parametrize("grouping", ["none", "article"])
def test_the_first_marks_of_a_long_list_are_those_of_whole_articles(library, grouping):
    groups, listing = listed(library, grouping=grouping, limit=1)
    assert list(groups.values()) == [["m4", "m3"]]
    assert (listing.total, listing.is_whole) == (4, False)
    groups, listing = listed(library, "kind:claim", grouping=grouping, limit=2)
    assert list(groups.values()) == [["m2", "m1"]]
    assert (listing.total, listing.is_whole) == (2, True)
    everything, listing = listed(library, grouping=grouping, limit=9)
    assert everything == listed(library, grouping=grouping)[0]
    assert listing.is_whole


def test_a_list_follows_what_was_changed(library):
    assert len(listed(library, grouping="kind")[0]["question"]) == 1
    library.article(library.annotation("m4").article_id).revise(
        "m4", lambda mark: replace(mark, kind="question")
    )
    assert listed(library, grouping="kind")[0]["question"] == ["m4", "m3"]


def activity(library, *edges):
    return library.ask(questions.activity.activity(lambda first: [first or FIRST, *edges]))


def test_what_was_added_finished_and_marked_is_counted_between_the_edges(library):
    counted = activity(library, FIRST + 2 * DAY, FIRST + 3 * DAY, FIRST + 9 * DAY)
    assert counted.first == FIRST
    assert counted.added == (1, 1, 0)
    assert counted.finished == (0, 0, 1)
    assert counted.marked == (2, 1, 1)
    assert counted.finished_some_day == 0
    assert counted.sites == (Uses("new.org", 2, 1), Uses("old.org", 2, 1))
    assert [(use.name.lower(), use.marks) for use in counted.speakers] == [("ann lee", 2)]
    assert counted.statuses == (Uses("disputed", 1), Uses("open", 1))
    assert counted.kinds == (Uses("claim", 2), Uses("evidence", 1), Uses("question", 1))
    assert {(use.name.lower(), use.marks, use.articles) for use in counted.tags} == {
        ("energy", 2, 1),
        ("law", 0, 1),
        ("air", 1, 0),
        ("energy/wind", 1, 0),
    }


def test_only_what_happened_within_the_edges_is_named(library):
    counted = activity(library, FIRST + DAY)
    assert (counted.added, counted.marked) == ((1,), (1,))
    assert counted.sites == (Uses("old.org", 1, 1),)
    assert counted.kinds == (Uses("claim", 1),)
    assert {use.name for use in counted.tags} == {"Air", "energy/Wind"}


def test_articles_that_were_read_some_day_are_counted_apart(library):
    identity = library.annotation("m1").article_id
    library.article(identity).update(lambda record: replace(record, state="read"))
    assert activity(library, FIRST + 9 * DAY).finished_some_day == 1


def test_tags_are_counted_with_those_below_them(library):
    tags = {tag.key: tag for tag in library.ask(questions.names.tag_counts())}
    assert list(tags) == ["air", "energy", "energy/wind", "law"]
    assert tags["energy"].name == "Energy"
    numbers = {
        key: (tag.marks, tag.articles, tag.all_marks, tag.all_articles) for key, tag in tags.items()
    }
    assert numbers["energy"] == (2, 1, 3, 1)
    assert numbers["energy/wind"] == (1, 0, 1, 0)
    assert numbers["law"] == (0, 1, 0, 1)


def test_speakers_are_counted_without_capitals(library):
    [speaker] = library.ask(questions.names.speaker_counts())
    assert (speaker.name.lower(), speaker.key, speaker.count) == ("ann lee", "ann lee", 2)


def shared(library, words, mark_id="m1", limit=5):
    groups = [[Words(word)] for word in words]
    ask = questions.shared_words.marks_sharing(groups, library.annotation(mark_id), limit=limit)
    return [marked.annotation.id for marked in library.ask(ask)]


def test_marks_of_other_articles_that_share_words_are_found_rarest_first(library):
    assert shared(library, ["wind", "zebras"]) == ["m3", "m4"]
    assert shared(library, ["zebras"], limit=5) == ["m3"]
    assert shared(library, ["wind", "zebras"], limit=1) == ["m3"]
    assert shared(library, ["coal"]) == []  # of the same article
    assert shared(library, []) == []


def test_marks_that_are_linked_already_are_left_out(library):
    library.put([replace(library.annotation("m1"), links=(Link("supports", "m4"),))])
    assert shared(library, ["wind", "zebras"]) == ["m3"]
    library.put([replace(library.annotation("m3"), links=(Link("same-as", "m1"),))])
    assert shared(library, ["wind", "zebras"]) == []


def test_articles_that_share_the_rarest_words_of_a_text_are_found(library):
    other = make_article("Only zebras live here.", title="Z", url="https://z.org/")
    library.store(make_extraction(other), make_page(url=other.url), now=FIRST)
    ask = questions.shared_words.articles_sharing(
        [[[Words("live")], [Words("zebras")]], [[Words("coal")]], [[Words("unheard")]]], limit=2
    )
    found = [[record.title for record in records] for records in library.ask(ask)]
    assert found[0][0] == "Z"
    assert len(found[0]) == 2
    assert sorted(found[1]) == ["The new one", "The old one"]
    assert found[2] == []


def test_links_between_articles_are_told_with_both(library):
    library.put(
        [replace(library.annotation("m1"), links=(Link("supports", "m4"), Link("informs", "m2")))]
    )
    old, new = (library.annotation(name).article_id for name in ("m1", "m4"))
    [across] = library.ask(questions.links.links_across())
    assert set(across[:2]) == {old, new}
    assert library.ask(questions.links.linked_targets()) == {"m4", "m2"}
    assert set(library.ask(questions.links.linked_pairs("supports"), "now")) == {("m1", "m4")}
    assert library.ask(questions.links.linked_pairs("same-as"), "now") == ()


def test_articles_with_marks_in_the_bin_are_told(library):
    old = library.annotation("m1").article_id
    assert library.ask(questions.links.articles_with_binned_marks()) == ()
    library.article(old).remove(["m1"], now=FIRST + 9 * DAY)
    assert library.ask(questions.links.articles_with_binned_marks()) == (old,)


def test_an_article_is_deleted_for_good_only_from_the_bin(library):
    old = library.annotation("m1").article_id
    with pytest.raises(NotInLibrary):
        library.delete(old)
    library.trash(old)
    library.delete(old)
    assert library.trashed() == ()
    with pytest.raises(NotInLibrary):
        library.restore(old)
    assert [record.title for record in library.records()] == ["The new one"]


def test_a_fingerprint_changes_with_its_article_only(library):
    old, new = (library.annotation(name).article_id for name in ("m1", "m4"))
    before = library.fingerprints()
    assert before.keys() == {old, new}
    assert library.fingerprints([old, "0" * 16]).keys() <= {old}
