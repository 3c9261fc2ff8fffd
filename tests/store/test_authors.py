"""Each mark says who made it, and who else changed a field of it last, on every machine."""

from datetime import timedelta
from functools import partial
from itertools import permutations

import pytest
from msgspec.structs import replace

from annotator.model import Claim, Tombstone
from annotator.model.query_parser import parse
from annotator.store import Library, MarkView, questions
from annotator.store.format.mark_edits import (
    merge_marks,
    merge_tombstones,
    put_back,
    tombstone_of,
    with_edits,
)
from builders import MOMENT, make_annotation, make_article, make_extraction, make_page

ARTICLE = make_article("Costs fell. Nobody asked why.")
MARK = make_annotation(ARTICLE, "Costs fell.", id="01aa")
ANNS = replace(MARK, author="Ann", created=MOMENT)


@pytest.fixture
def opened(tmp_path):
    """Return a function that opens one library for somebody."""
    libraries = []

    def opened(name):
        library = Library.open(tmp_path / "data", state=tmp_path / "state", author=lambda: name)
        libraries.append(library)
        return library

    yield opened
    for library in libraries:
        library.close()


@pytest.fixture
def of_ann(opened):
    library = opened("Ann")
    library.store(make_extraction(ARTICLE), make_page(), now=MOMENT)
    library.put([MARK])
    return library


def at(mark, minutes, author, **values):
    """Return the mark as somebody changed it some minutes later."""
    after = replace(mark, **values, modified=MOMENT + timedelta(minutes=minutes))
    return with_edits(mark, after, author=author)


def merged(*marks):
    [mark] = {merge_marks(each) for each in permutations(marks)}
    assert merge_marks([mark, *marks]) == mark
    return mark


def test_a_mark_has_the_name_of_who_made_it_and_nothing_more_if_only_they_change_it(of_ann):
    of_ann.article(ARTICLE.id).revise("01aa", lambda mark: replace(mark, note="Mine.").at(MOMENT))
    mark = of_ann.annotation("01aa")
    assert (mark.author, mark.editors) == ("Ann", ())
    assert b"editors" not in (of_ann.article(ARTICLE.id).path / "annotations.json").read_bytes()


def test_a_field_that_somebody_else_changed_has_their_name_until_the_author_changes_it(
    of_ann, opened
):
    change = opened("Bo").article(ARTICLE.id).revise
    change("01aa", lambda mark: replace(mark, kind="evidence", claim=Claim(status="refuted")))
    assert of_ann.annotation("01aa").author == "Ann"
    assert of_ann.annotation("01aa").editors == (
        ("claim", "Bo"),
        ("claim.status", "Bo"),
        ("kind", "Bo"),
    )
    of_ann.article(ARTICLE.id).revise("01aa", lambda mark: replace(mark, kind="question"))
    assert dict(of_ann.annotation("01aa").editors).keys() == {"claim", "claim.status"}


def test_nobody_takes_over_a_mark_that_they_write_again(of_ann, opened):
    opened("Bo").put([replace(MARK, author="Bo", note="His.")])
    mark = of_ann.annotation("01aa")
    assert mark.author == "Ann"
    assert set(dict(mark.editors).values()) == {"Bo"}


def test_a_deleted_mark_has_the_name_of_who_deleted_it_and_comes_back_as_that_of_its_author(
    of_ann, opened
):
    of_bo = opened("Bo")
    of_bo.article(ARTICLE.id).remove(["01aa"], now=MOMENT)
    tombstone = of_ann.article(ARTICLE.id).deleted_marks()["01aa"]
    assert (tombstone.author, tombstone.mark.author) == ("Bo", "Ann")
    of_bo.put([MARK])  # as undo has it, which remembers no names
    mark = of_ann.annotation("01aa")
    assert (mark.author, mark.editors) == ("Ann", (("mark", "Bo"),))


def test_the_name_is_asked_for_when_a_mark_is_changed_and_only_once(tmp_path):
    asked = []

    def author():
        asked.append(1)
        return "Ann"

    with Library.open(tmp_path / "data", state=tmp_path / "state", author=author) as library:
        library.store(make_extraction(ARTICLE), make_page(), now=MOMENT)
        library.article(ARTICLE.id).update(lambda record: replace(record, tags=("energy",)))
        library.ask(questions.marks.find_marks(parse("costs")))
        assert not asked
        library.put([MARK])
        library.article(ARTICLE.id).remove(["01aa"], now=MOMENT)
        assert asked == [1]
        library.ask_author(lambda: "Bo")
        library.put([replace(MARK, id="01ab")])
        assert library.annotation("01ab").author == "Bo"


def test_a_merged_field_has_the_name_of_who_changed_it_last():
    first = at(ANNS, 1, "Bo", note="Bo's.", kind="question")
    later = at(ANNS, 2, "Cy", kind="evidence", tags=("cy",))
    both = merged(first, later)
    editors = dict(both.editors)
    assert both.kind == "evidence"
    assert (editors["kind"], editors["tag:cy"]) == ("Cy", "Cy")
    assert {name for name, who in editors.items() if who == "Bo"} == {
        name for name, _ in first.edits if name.startswith("note:")
    }
    again = at(both, 3, "Ann", kind="claim")
    assert "kind" not in dict(merged(again, first, later).editors)


def test_of_two_changes_at_one_time_the_name_is_that_of_whose_value_is_there():
    for one, other in (("Bo", "Cy"), ("Cy", "Bo")):
        first = at(ANNS, 1, one, kind="evidence", tags=())
        second = at(ANNS, 1, other, kind="question", tags=("x",))
        both = merged(first, second)
        whose = {first.kind: one, second.kind: other}
        assert dict(both.editors)["kind"] == whose[both.kind]
        assert dict(both.editors)["tag:x"] == other


def test_a_mark_that_two_imported_is_that_of_the_first():
    of_bo = replace(ANNS, author="Bo", created=MOMENT + timedelta(days=1))
    edited = at(of_bo, 1, "Bo", note="His.")
    mark = merged(edited, ANNS)
    assert mark.author == "Ann"
    assert set(dict(mark.editors).values()) == {"Bo"}
    assert merged(edited, replace(ANNS, author="")).author == ""  # nobody knows of the first


def test_versions_of_programs_without_names_are_merged_with_those_that_have_some():
    old = at(MARK, 1, "", note="Old.")
    assert (old.author, old.editors) == ("", ())
    new = at(MARK, 2, "Bo", kind="question")
    assert merged(old, new).editors == (("kind", "Bo"),)


def test_of_two_deletions_the_last_one_names_who_deleted():
    now = MOMENT + timedelta(hours=1)
    early = tombstone_of(ANNS, now=MOMENT, author="Bo")
    late = tombstone_of(ANNS, now=now, author="Cy")
    assert merge_tombstones([early, late]) == merge_tombstones([late, early])
    assert merge_tombstones([early, late]).author == "Cy"
    again = put_back(replace(ANNS, modified=now), Tombstone(MOMENT), author="Bo")
    assert (again.author, again.editors) == ("Ann", (("mark", "Bo"),))


def test_a_file_without_names_is_read_and_written_as_it_is(tmp_path):
    with Library.open(tmp_path / "data", state=tmp_path / "state") as library:
        library.store(make_extraction(ARTICLE), make_page(), now=MOMENT)
        library.put([MARK, replace(MARK, id="01ab")])
        file = library.article(ARTICLE.id).path / "annotations.json"
    before = file.read_bytes()
    assert b'"author"' not in before
    with Library.open(tmp_path / "data", state=tmp_path / "state", author=lambda: "Bo") as again:
        again.article(ARTICLE.id).revise("01ab", lambda mark: replace(mark, kind="question"))
        assert again.annotation("01aa") == MARK
        assert again.annotation("01ab").editors == (("kind", "Bo"),)
    lines = file.read_bytes().splitlines()
    assert [line for line in before.splitlines() if b"01ab" not in line] == [
        line for line in lines if b"01ab" not in line
    ]


def test_marks_and_their_articles_are_found_by_who_made_them(of_ann, opened):
    of_bo = opened("Bo Müller")
    other = make_article("Wages rose.", url="https://b.example/")
    of_bo.store(make_extraction(other), make_page(url=other.url), now=MOMENT)
    of_bo.put([make_annotation(other, "Wages rose.", id="01bb")])

    def found(query):
        marks = of_bo.ask(questions.marks.find_marks(parse(query)))
        articles = of_bo.ask(questions.articles.find_articles(parse(query)))
        return [of.annotation.id for of in marks], [record.id for record in articles]

    assert found("by:ann") == (["01aa"], [ARTICLE.id])
    assert found('by:"bo MÜLLER"') == (["01bb"], [other.id])
    assert found("-by:bo") == (["01aa"], [ARTICLE.id])
    assert found("by:ann wages") == ([], [])
    assert of_bo.ask(questions.names.mark_authors()) == ("Ann", "Bo Müller")
    listing = of_bo.ask(
        questions.mark_table.list_marks(parse(""), MarkView("author", "place", False))
    )
    assert [(group.label, group.count) for group in listing.groups] == [
        ("Ann", 1),
        ("Bo Müller", 1),
    ]


def test_a_copy_of_an_article_keeps_the_names(of_ann, opened, tmp_path):
    opened("Bo").article(ARTICLE.id).revise("01aa", partial(replace, kind="question"))
    backup = of_ann.maintenance.back_up(tmp_path / "b.tar.zst")
    assert backup
    file = of_ann.article(ARTICLE.id).path / "annotations.json"
    copy = file.with_name("annotations.sync-conflict-20260314-092653-ABCDEFG.json")
    copy.write_bytes(file.read_bytes())
    of_ann.article(ARTICLE.id).revise("01aa", lambda mark: replace(mark, note="Mine."))
    mark = of_ann.article(ARTICLE.id).annotations()[0]
    assert (mark.author, mark.editors, mark.note) == ("Ann", (("kind", "Bo"),), "Mine.")


def test_the_program_that_proposed_a_mark_stays_its_proposer(of_ann, opened):
    proposed = replace(MARK, id="01bb", proposed="Scout 1.2")
    of_ann.put([proposed])
    opened("Bo").put([replace(proposed, proposed="", note="His.")])  # as who does not know it
    assert (of_ann.annotation("01bb").proposed, of_ann.annotation("01bb").note) == (
        "Scout 1.2",
        "His.",
    )
    ours, theirs = at(proposed, 1, "Ann", note="Mine."), replace(at(proposed, 2, "Bo"), proposed="")
    assert merged(ours, theirs).proposed == "Scout 1.2"
    gone = tombstone_of(proposed, now=MOMENT)
    assert put_back(replace(proposed, proposed=""), gone).proposed == "Scout 1.2"


def test_a_mark_that_a_person_made_says_nothing_of_programs(of_ann):
    assert b"proposed" not in (of_ann.article(ARTICLE.id).path / "annotations.json").read_bytes()
