"""Changes of two machines to one article are merged, whichever sync program they use."""

import json
import os
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from annotator.model import Claim, Tombstone
from annotator.store import TAG_COLOURS, ArticleCopy, Library, questions
from annotator.store.format.article_tables import parse_tables
from annotator.store.format.merge import merge
from annotator.store.format.table_rows import serialize
from builders import make_annotation, make_article, make_extraction, make_page

NAMES = [
    "annotations.sync-conflict-20260314-092653-ABCDEFG.json",
    "annotations (conflicted copy 2026-03-14).json",
    "annotations (Ann's conflicted copy 2026-03-14).json",
    "annotations_conflict-20260314-092653.json",
    "annotations (SFConflict ann@example.org 2026-03-14-09-26-53).json",
    "annotations 2.json",
    "annotations (1).json",
    "annotations-LAPTOP.json",
    "annotations.json.conflict1",
]


@pytest.fixture
def arrive(library, other, kept, file):
    """Return a function that puts the other machine's file beside ours, as a conflict copy."""

    def arrive(name=NAMES[0]):
        theirs = other.folder / file.relative_to(library.folder)
        copy = file.with_name(name)
        copy.write_bytes(theirs.read_bytes())
        return copy

    return arrive


def ids(library, kept):
    return {mark.id for mark in library.article(kept.id).annotations()}


@pytest.mark.parametrize("name", NAMES)
def test_the_marks_of_a_conflict_copy_are_merged_whatever_its_name(
    library, other, kept, arrive, name
):
    ours, theirs = make_annotation(kept, "two"), make_annotation(kept, "Nine")
    library.put([ours])
    other.put([theirs])
    copy = arrive(name)
    assert ids(library, kept) == {ours.id, theirs.id}
    assert not copy.exists()
    assert copy.with_name(f"{name}.merged").is_file()
    assert "was merged into the article" in library.notices[0]


def test_a_list_has_the_marks_of_a_copy_that_has_just_arrived(library, other, kept, file, arrive):
    ours, theirs = make_annotation(kept, "two"), make_annotation(kept, "Nine")
    library.put([ours])
    for path in (file, file.parent):
        os.utime(path, (1_800_000_000, 1_800_000_000))  # so that the index believes its file
    assert len(library.ask(questions.marks.find_marks())) == 1
    other.put([theirs])
    arrive()
    assert {marked.annotation.id for marked in library.ask(questions.marks.find_marks())} == {
        ours.id,
        theirs.id,
    }


def test_a_copy_is_merged_once(library, other, kept, file, arrive):
    other.put([make_annotation(kept, "two")])
    arrive()
    for _ in range(3):
        library.article(kept.id).annotations()
    assert len(list(file.parent.glob("*.merged"))) == 1
    assert len(library.notices) == 1


def test_a_second_copy_of_the_same_name_is_kept_too(library, other, kept, file, arrive):
    for words in ("two", "Nine"):
        other.put([make_annotation(kept, words)])
        arrive()
        library.article(kept.id).annotations()
    assert len(library.article(kept.id).annotations()) == 2
    assert len(list(file.parent.glob("*.merged"))) == 2


def test_a_copy_is_merged_before_the_file_is_changed(library, other, kept, arrive):
    theirs, ours = make_annotation(kept, "two"), make_annotation(kept, "Nine")
    library.article(kept.id).annotations()
    other.put([theirs])
    arrive()
    library.put([ours])
    assert ids(library, kept) == {ours.id, theirs.id}


def test_a_new_copy_changes_the_fingerprint(library, other, kept, arrive):
    before = library.article(kept.id).fingerprint
    assert library.article(kept.id).fingerprint == before
    arrive()
    assert library.article(kept.id).fingerprint != before


def test_of_a_mark_that_both_changed_the_newer_version_stays(library, other, kept, arrive, moment):
    mark = make_annotation(kept, "two")
    library.put([mark.at(moment + timedelta(seconds=1))])
    other.put([mark.at(moment + timedelta(seconds=2))])
    arrive()
    assert library.article(kept.id).annotations()[0].modified == moment + timedelta(seconds=2)


def test_a_mark_that_the_other_machine_removed_stays_removed(
    library, other, kept, file, arrive, moment
):
    mark = make_annotation(kept, "two")
    library.put([mark])
    older = file.read_bytes()
    other.put([mark])
    other.article(kept.id).remove([mark.id], now=moment + timedelta(seconds=1))
    arrive()
    assert library.article(kept.id).annotations() == ()
    file.with_name("annotations 3.json").write_bytes(older)
    assert library.article(kept.id).annotations() == ()


def test_a_mark_that_was_changed_after_the_other_machine_removed_it_stays(
    library, other, kept, arrive, moment
):
    mark = make_annotation(kept, "two")
    other.put([mark])
    other.article(kept.id).remove([mark.id], now=moment + timedelta(seconds=1))
    library.put([mark.at(moment + timedelta(seconds=2))])
    arrive()
    assert ids(library, kept) == {mark.id}


def test_a_mark_that_was_put_back_is_not_removed_by_an_older_copy(
    library, other, kept, arrive, moment
):
    mark = make_annotation(kept, "two")
    for machine in (library, other):
        machine.put([mark])
        machine.article(kept.id).remove([mark.id], now=moment + timedelta(seconds=1))
    library.put([mark])
    arrive()
    assert ids(library, kept) == {mark.id}


def test_revisions_and_tags_of_the_record_are_merged(library, other, kept, arrive, moment):
    ours = make_article("One two three four five. Other words here.", url=kept.url)
    theirs = make_article("One two three four five. Yet other words.", url=kept.url)
    library.store(make_extraction(ours), make_page(), now=moment + timedelta(seconds=1))
    other.store(make_extraction(theirs), make_page(), now=moment + timedelta(seconds=2))
    arrive()
    record = library.article(kept.id).record()
    assert set(record.revisions) == {kept.revision, ours.revision, theirs.revision}
    assert record.revision == theirs.revision


def test_a_copy_without_an_original_replaces_it(library, other, kept, file, arrive):
    mark = make_annotation(kept, "two")
    other.put([mark])
    arrive()
    file.unlink()
    file.with_name("annotations.json.bak").unlink()
    assert ids(library, kept) == {mark.id}
    assert file.is_file()


def test_a_damaged_copy_gives_its_intact_marks(library, other, kept, arrive):
    first, second = make_annotation(kept, "two"), make_annotation(kept, "Nine")
    other.put([first, second])
    copy = arrive()
    copy.write_bytes(copy.read_bytes().replace(b"Nine", b"\xffine", 1))
    assert ids(library, kept) == {first.id}
    assert copy.with_name(f"{copy.name}.merged").is_file()


@pytest.mark.parametrize("data", [b"", b"{}", b"My own notes."])
def test_a_file_that_is_only_named_like_a_copy_is_left_alone(library, kept, file, data):
    copy = file.with_name("annotations 2.json")
    copy.write_bytes(data)
    for _ in range(2):
        assert library.article(kept.id).annotations() == ()
    assert copy.read_bytes() == data
    assert len(library.notices) == 1


def test_the_file_of_another_article_is_left_alone(library, kept, file, moment):
    article = make_article("Other words.", url="https://example.org/other")
    library.store(make_extraction(article), make_page(), now=moment)
    other = library.folder / "articles" / article.id[:2] / article.id / "annotations.json"
    copy = file.with_name("annotations 2.json")
    copy.write_bytes(other.read_bytes())
    assert library.article(kept.id).record().title == kept.title
    assert copy.is_file()


def test_a_read_only_library_shows_the_copy_and_leaves_it(library, other, kept, arrive, tmp_path):
    other.put([make_annotation(kept, "two")])
    (library.folder / "library.json").write_text('{"schema": 1000}')
    copy = arrive()
    with Library.open(library.folder, state=tmp_path / "state") as later:
        assert len(later.article(kept.id).annotations()) == 1
    assert copy.is_file()


MARKERS = "<<<<<<< HEAD\n{}||||||| base\n{}=======\n{}>>>>>>> theirs\n"


def test_conflict_markers_of_git_are_two_versions(library, other, kept, file, arrive):
    ours, theirs = make_annotation(kept, "two"), make_annotation(kept, "Nine")
    base = file.read_text()
    library.put([ours])
    other.put([theirs])
    copy = arrive()
    file.write_text(MARKERS.format(file.read_text(), base, copy.read_text()))
    copy.unlink()
    assert ids(library, kept) == {ours.id, theirs.id}
    assert library.article(kept.id).record().title == kept.title
    assert json.loads(file.read_text())


def test_both_versions_of_a_row_on_one_side_of_git_s_conflict_are_merged(
    library, other, kept, file, arrive, moment
):
    library.put([make_annotation(kept, "two")])
    library.article(kept.id).update(lambda now: replace(now, tags=("ours",), modified=moment))
    other.put([make_annotation(kept, "Nine")])
    other.article(kept.id).update(lambda now: replace(now, title="Theirs", modified=moment))
    copy = arrive()
    ours, theirs = (path.read_text().splitlines() for path in (file, copy))
    copy.unlink()
    both = ["<<<<<<< HEAD", ours[2], "=======", *theirs[2:6], ">>>>>>> theirs", *ours[3:]]
    file.write_text("\n".join([*ours[:2], *both, ""]))
    file.with_name("annotations.json.bak").unlink()
    record = library.article(kept.id).record()
    assert (record.title, record.tags) == ("Theirs", ("ours",))
    assert len(library.article(kept.id).annotations()) == 2


def test_a_text_that_both_machines_added_can_be_read_when_git_could_not_merge(
    library, kept, file, moment
):
    path = file.parent / "revisions" / f"{kept.revision}.json"
    ours = path.read_text()
    again = make_page(fetched_at=moment + timedelta(hours=1), headers=(("etag", "2"),))
    library.store(make_extraction(kept), again, now=moment)
    path.write_text(f"<<<<<<< HEAD\n{ours}=======\n{path.read_text()}>>>>>>> theirs\n")
    assert library.article(kept.id).extraction().article.text == kept.text


def test_conflict_markers_within_a_file_are_two_versions(library, other, kept, file, moment):
    mark = make_annotation(kept, "two")
    library.put([mark, make_annotation(kept, "Nine")])
    lines = file.read_text().splitlines(keepends=True)
    file.with_name("annotations.json.bak").unlink()
    library.article(kept.id).revise(mark.id, lambda now: replace(now, note="Theirs."))
    later = file.read_text().splitlines(keepends=True)
    start = next(at for at, pair in enumerate(zip(lines, later, strict=True)) if len(set(pair)) > 1)
    end = next(
        len(lines) - at
        for at, pair in enumerate(zip(lines[::-1], later[::-1], strict=True))
        if len(set(pair)) > 1
    )
    conflict = ["<<<<<<< HEAD\n", *lines[start:end], "=======\n", *later[start:end], ">>>>>>> x\n"]
    file.write_text("".join([*lines[:start], *conflict, *lines[end:]]))
    assert len(library.article(kept.id).annotations()) == 2
    assert {mark.note for mark in library.article(kept.id).annotations()} <= {"", "Theirs."}


@st.composite
def histories(draw):
    """Changes on several machines, as (machine, mark, moment, change)."""
    step = st.tuples(
        st.integers(0, 2), st.integers(0, 4), st.integers(0, 9), st.sampled_from(["put", "remove"])
    )
    return draw(st.lists(step, max_size=25))


@given(histories(), st.randoms())
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_machines_agree_whatever_the_order_of_merges(history, chance):
    versions = _versions(history)
    orders = [chance.sample(versions, len(versions)) for _ in range(3)]
    merged = [serialize(merge(order)) for order in orders]
    step_by_step = versions[0]
    for version in versions[1:]:
        step_by_step = parse_tables(serialize(merge([step_by_step, version])))
    again = serialize(merge([step_by_step, *versions]))
    assert len({*merged, serialize(step_by_step.rows), again}) == 1


def _versions(history):
    from annotator.codec import to_plain
    from annotator.store.articles.revision_policy import first_record
    from annotator.store.format.table_rows import with_checksum
    from builders import MOMENT

    article = make_article("One two three four five.")
    record = first_record(make_extraction(article), now=MOMENT)
    rows = [
        {"article": {record.id: with_checksum(record.id, to_plain(record))}, "annotations": {}}
        | {"tombstones": {}}
        for _ in range(3)
    ]
    for machine, number, second, deed in history:
        identity, moment = f"01k{number}", MOMENT + timedelta(seconds=second)
        mark = make_annotation(article, "two", id=identity, note=deed, modified=moment)
        tables = rows[machine]
        for name in ("annotations", "tombstones"):
            tables[name].pop(identity, None)
        if deed == "put":
            tables["annotations"][identity] = with_checksum(identity, to_plain(mark))
        else:
            tables["tombstones"][identity] = with_checksum(identity, {"removed": to_plain(moment)})
    return [parse_tables(serialize(each)) for each in rows]


def test_a_change_after_the_clock_was_set_back_wins(library, other, kept, arrive, moment):
    mark = make_annotation(kept, "two")
    library.put([mark])
    other.put([mark])
    other.article(kept.id).revise(
        mark.id, lambda now: replace(now, note="older").at(moment + timedelta(hours=1))
    )
    arrive()
    library.article(kept.id).annotations()
    library.article(kept.id).revise(
        mark.id, lambda now: replace(now, note="newer").at(moment - timedelta(days=1))
    )
    arrive()
    assert [each.note for each in library.article(kept.id).annotations()] == ["newer"]


def test_a_deletion_by_a_slow_clock_stays(library, other, kept, arrive, moment):
    mark = make_annotation(kept, "two").at(moment)
    library.put([mark])
    other.put([mark])
    library.article(kept.id).remove([mark.id], now=moment - timedelta(days=1))
    arrive()
    assert library.article(kept.id).annotations() == ()


def test_an_undone_change_stays_undone(library, other, kept, arrive, moment):
    before = make_annotation(kept, "two")
    library.put([before])
    library.article(kept.id).revise(before.id, lambda now: replace(now, note="x").at(moment))
    other.put(library.article(kept.id).annotations())
    library.put([before])
    arrive()
    assert [each.note for each in library.article(kept.id).annotations()] == [""]


def test_reading_on_one_machine_keeps_the_tags_of_another(library, other, kept, arrive, moment):
    other.article(kept.id).update(lambda now: replace(now, tags=("energy",), modified=moment))
    later = moment + timedelta(hours=1)
    library.article(kept.id).update(lambda now: replace(now, state="read", modified=later))
    arrive()
    record = library.article(kept.id).record()
    assert (record.tags, record.state) == (("energy",), "read")


@pytest.fixture
def shared(library, other, kept, moment):
    """Return a mark that both machines have."""
    mark = make_annotation(kept, "two").at(moment)
    for machine in (library, other):
        machine.put([mark])
    return mark


def test_a_note_of_one_machine_and_the_tags_of_another_are_both_there(
    library, other, kept, arrive, shared, moment
):
    library.article(kept.id).revise(
        shared.id, lambda now: replace(now, note="See page 4.").at(moment)
    )
    later = moment + timedelta(hours=1)
    other.article(kept.id).revise(shared.id, lambda now: replace(now, tags=("energy",)).at(later))
    arrive()
    [mark] = library.article(kept.id).annotations()
    assert (mark.note, mark.tags, mark.modified) == ("See page 4.", ("energy",), later)
    assert library.notices[0].endswith(".merged”.")


def test_notes_of_both_machines_are_both_there_and_a_message_says_so(
    library, other, kept, arrive, shared
):
    library.article(kept.id).revise(shared.id, lambda now: replace(now, note="Ours."))
    other.article(kept.id).revise(shared.id, lambda now: replace(now, note="Theirs."))
    arrive()
    [mark] = library.article(kept.id).annotations()
    assert set(mark.note.split("\n\n")) == {"Ours.", "Theirs."}
    words = mark.target.quote.exact
    assert f"changed a text of “{words}”; both versions are there" in library.notices[0]


def _set_status(machine, mark, status, at):
    machine.article(mark.article_id).revise(
        mark.id, lambda now: replace(now, claim=Claim(status=status)).at(at)
    )


@pytest.mark.parametrize("has_more", [True, False])
def test_a_message_says_which_status_stays_if_both_machines_set_one(
    library, other, kept, arrive, shared, moment, has_more
):
    other.ask_author(lambda: "Ben")
    _set_status(library, shared, "supported", moment + timedelta(hours=2))
    _set_status(other, shared, "disputed", moment + timedelta(hours=1))
    if has_more:
        other.put([make_annotation(kept, "Nine").at(moment)])
    arrive()
    assert {mark.status for mark in library.article(kept.id).annotations()} >= {"supported"}
    words = "supported stays instead of disputed (Ben)"
    quote = shared.target.quote.exact
    assert f"changed the status of “{quote}”: {words}." in library.notices[0]


@pytest.mark.parametrize("is_first", [True, False])
def test_nothing_is_said_of_a_status_that_one_machine_changed_again(
    library, other, kept, arrive, shared, moment, is_first
):
    _set_status(library, shared, "disputed", moment + timedelta(hours=1))
    other.put(library.article(kept.id).annotations())
    first, second = (library, other) if is_first else (other, library)
    _set_status(first, shared, "supported", moment + timedelta(hours=3))
    second.put([make_annotation(kept, "Nine").at(moment + timedelta(hours=2))])
    arrive()
    [mark] = [mark for mark in library.article(kept.id).annotations() if mark.id == shared.id]
    assert mark.status == "supported"
    assert "status" not in library.notices[0]


def test_a_mark_that_one_machine_changed_and_another_deleted_later_stays(
    library, other, kept, arrive, shared, moment
):
    library.article(kept.id).revise(shared.id, lambda now: replace(now, note="Ours.").at(moment))
    other.article(kept.id).remove([shared.id], now=moment + timedelta(days=1))
    arrive()
    assert [mark.note for mark in library.article(kept.id).annotations()] == ["Ours."]
    assert "1 mark that one machine deleted stayed" in library.notices[0]


def test_an_older_program_reads_rows_with_edits_and_writes_rows_without(
    library, other, kept, file, arrive, shared
):
    library.article(kept.id).revise(shared.id, lambda now: replace(now, note="Ours."))
    other.article(kept.id).revise(shared.id, lambda now: replace(now, note="Theirs."))
    copy = arrive()
    tables = json.loads(copy.read_text())
    for row in tables["annotations"].values():
        del row["edits"], row["digest"]
    copy.write_text(json.dumps(tables))
    assert set(library.article(kept.id).annotations()[0].note.split("\n\n")) == {"Ours.", "Theirs."}


@pytest.mark.parametrize("damage", ["cut", "zeroed at the end", "zeroed at the start"])
def test_a_damaged_copy_gives_the_marks_that_can_be_read(library, other, kept, arrive, damage):
    words = ("One", "two", "three", "four", "five", "Six")
    marks = [make_annotation(kept, each) for each in words]
    other.put(marks)
    copy = arrive()
    data = copy.read_bytes()
    half = len(data) // 2
    copy.write_bytes(
        {
            "cut": data[:half],
            "zeroed at the end": data[:half] + bytes(len(data) - half),
            "zeroed at the start": bytes(half) + data[half:],
        }[damage]
    )
    there = {mark.id for mark in library.article(kept.id).annotations()}
    assert 2 <= len(there) < len(marks)
    assert there < {mark.id for mark in marks}
    assert "It is damaged" in library.notices[0]
    assert f"{len(there)} marks of it could be read" in library.notices[0]
    assert copy.with_name(f"{copy.name}.merged").is_file()


def test_a_copy_of_which_nothing_can_be_read_is_left(library, other, kept, arrive):
    other.put([make_annotation(kept, "two")])
    copy = arrive()
    copy.write_bytes(bytes(500))
    assert library.article(kept.id).annotations() == ()
    assert copy.is_file()
    assert "nothing of the article can be read" in library.notices[0]


def test_a_mark_that_was_put_back_comes_with_its_copy(library, other, kept, moment):
    mark = make_annotation(kept, "two").at(moment)
    library.put([mark])
    library.article(kept.id).remove([mark.id], now=moment + timedelta(hours=1))
    other.put([mark])
    other.article(kept.id).remove([mark.id], now=moment + timedelta(hours=1))
    other.put([mark])
    [there] = other.article(kept.id).annotations()
    assert library.absorb(ArticleCopy(other.article(kept.id).record(), {there.id: there}, {}, []))
    assert library.article(kept.id).annotations() == (there,)


def test_of_two_deletions_the_later_one_is_kept(library, kept, moment):
    mark, late = make_annotation(kept, "two").at(moment), moment + timedelta(days=1)
    library.put([mark])
    library.article(kept.id).remove([mark.id], now=moment)
    library.absorb(
        ArticleCopy(library.article(kept.id).record(), {}, {mark.id: Tombstone(late)}, [])
    )
    assert library.article(kept.id).deleted_marks()[mark.id].removed == late


def test_a_time_without_its_zone_is_repaired_like_damage(library, kept, file, moment):
    mark = make_annotation(kept, "two").at(moment)
    library.put([mark])
    tables = json.loads(file.read_text())
    row = tables["annotations"][mark.id]
    del row["digest"]
    file.write_text(json.dumps(tables).replace(row["modified"], "2026-03-14T09:00:00"))
    assert library.article(kept.id).annotations() == (mark,)
    assert "was damaged" in library.notices[0]


def test_the_catalog_is_merged_when_git_could_not(library, moment):
    library.catalog.put(TAG_COLOURS, {"ours": "#111111"}, now=moment)
    path = library.folder / "catalog" / "tag_colours.json"
    ours = path.read_text()
    theirs = ours.replace("ours", "theirs")
    for each in (path, path.with_name(f"{path.name}.bak")):
        each.write_text(f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> theirs\n")
    colours = {"ours": "#111111", "theirs": "#111111"}
    assert library.catalog.values(TAG_COLOURS) == colours
