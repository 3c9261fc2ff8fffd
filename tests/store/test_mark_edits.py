"""Marks that machines changed apart are merged field by field, whatever their clocks say."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields, replace

from annotator.codec import decode, encode
from annotator.model import CLAIM_FIELDS, Annotation, Claim, Link, TextPositionSelector
from annotator.store.format import mark_edits
from annotator.store.format.article_tables import as_row
from annotator.store.format.field_edits import MOST_REMOVED
from annotator.store.format.mark_edits import (
    emptied,
    has_texts_of_both,
    in_bin,
    is_deleted_by,
    merge_marks,
    merge_tables,
    merge_tombstones,
    put_back,
    tombstone_of,
    with_edits,
)
from builders import make_annotation, make_article

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
FIRST = make_annotation(
    make_article("One two three."), "two", id="01k", note="Base.", tags=("draft",), created=NOON
)


def changed(mark, minutes, **values):
    """Return the mark as changed some minutes after noon by the machine's clock."""
    return with_edits(mark, replace(mark, **values, modified=NOON + timedelta(minutes=minutes)))


def merged(*marks):
    """Return the merged mark, which is the same in whatever order the versions come."""
    [found] = {merge_marks(each) for each in permutations(marks)}
    assert merge_marks([found, *marks]) == found
    return found


def test_a_note_stays_though_another_machine_tagged_the_mark_later():
    noted = changed(FIRST, 1, note="See page 4.")
    tagged = changed(FIRST, 9, tags=("energy",), kind="evidence")
    both = merged(noted, tagged)
    assert (both.note, both.tags, both.kind) == ("See page 4.", ("energy",), "evidence")


def test_fields_of_a_claim_are_merged_one_by_one():
    one = changed(FIRST, 1, claim=Claim(speaker="Ann", status="checking"))
    judged = changed(one, 2, claim=replace(one.claim, status="refuted", verdict="It is wrong."))
    dated = changed(one, 9, claim=replace(one.claim, said_on="2026-01-02"))
    assert merged(judged, dated).claim == Claim(
        speaker="Ann", status="refuted", verdict="It is wrong.", said_on="2026-01-02"
    )


def test_two_notes_that_were_written_apart_are_both_there():
    one, other = changed(FIRST, 1, note="Mine."), changed(FIRST, 2, note="Theirs.")
    both = merged(one, other)
    assert both.note == "Theirs.\n\nMine."
    assert merged(both, one).note == both.note
    assert merged(changed(both, 0, note="Ours."), one, other).note == "Ours."


def test_paragraphs_that_were_added_to_a_note_apart_follow_what_both_had():
    one = changed(FIRST, 1, note="Base.\n\nMine.")
    other = changed(FIRST, 2, note="Base.\n\nTheirs.")
    assert merged(one, other).note == "Base.\n\nTheirs.\n\nMine."


def test_a_note_that_replaced_another_is_there_alone():
    edited = changed(changed(FIRST, 1, note="Second."), -300, note="Third.")
    tagged = changed(changed(FIRST, 1, note="Second."), 900, tags=())
    assert merged(edited, tagged, FIRST).note == "Third."


def test_the_order_of_paragraphs_is_that_of_whoever_changed_it():
    two = replace(FIRST, note="One.\n\nTwo.")
    swapped = changed(two, 1, note="Two.\n\nOne.")
    assert merged(swapped, changed(two, 9, kind="question")).note == "Two.\n\nOne."


def test_a_paragraph_that_a_note_has_twice_stays_twice():
    twice = changed(FIRST, 1, note="Again.\n\nAgain.")
    assert merged(twice, changed(FIRST, 2, note="Base.\n\nNew.")).note == "New.\n\nAgain.\n\nAgain."


def test_links_of_both_machines_are_there_and_removed_ones_are_not():
    old, one, other = (Link("supports", each) for each in ("01a", "01b", "01c"))
    first = replace(FIRST, links=(old,))
    both = merged(changed(first, 1, links=(one,)), changed(first, 2, links=(old, other)))
    assert set(both.links) == {one, other}


def test_the_passage_of_a_mark_is_one_value():
    places = [replace(FIRST.target, position=TextPositionSelector(at, at + 3)) for at in (0, 8)]
    one, other = changed(FIRST, 1, target=places[0]), changed(FIRST, 2, target=places[1])
    both = merged(one, other, changed(FIRST, 9, note="Later."))
    assert (both.target, both.note) == (places[1], "Later.")


def test_a_claim_that_was_removed_does_not_come_back():
    claimed = replace(FIRST, claim=Claim(speaker="Ann"))
    assert merged(changed(claimed, 1, claim=None), changed(claimed, 9, note="")).claim is None


def test_of_marks_without_edits_the_later_one_stays_as_a_whole():
    later = replace(FIRST, tags=(), note="New.", modified=NOON + timedelta(1))
    assert merged(FIRST, later) == later


def test_marks_that_two_machines_imported_from_two_versions_of_a_file_are_merged():
    other = replace(FIRST, note="Other.", tags=("new",))
    both = merged(FIRST, other)
    assert set(both.note.split("\n\n")) == {"Base.", "Other."}
    assert set(both.tags) == {"draft", "new"}


def test_a_row_has_edits_only_if_something_was_changed():
    assert "edits" not in as_row(FIRST)
    row = as_row(changed(FIRST, 1, tags=()))
    assert [name for name, _ in row["edits"]] == ["tag:draft"]
    assert decode(encode(row), Annotation).edits[0][1] == NOON + timedelta(minutes=1)


def test_a_note_that_is_edited_every_day_does_not_grow_the_row_for_ever():
    mark = FIRST
    for day in range(3 * MOST_REMOVED):
        mark = changed(mark, day, note=f"Day {day}.")
    assert len(mark.edits) == 51
    assert merged(mark, changed(FIRST, 900, kind="question")).note.startswith(mark.note)


def test_texts_that_do_not_fit_together_are_the_later_one():
    long, other = "a" * 1500, "b" * 1500
    one, two = (
        changed(FIRST, n, claim=Claim(verdict=each)) for n, each in enumerate((long, other))
    )
    assert merged(one, two).claim.verdict == other


def deleted(mark, tombstone):
    """Whether a mark and a tombstone on two machines are a deleted mark."""
    marks, tombstones = merge_tables([{"01k": mark}, {}], [{}, {"01k": tombstone}])
    assert tombstones == {"01k": tombstone}
    return not marks


def test_a_deletion_wins_over_what_it_knew_and_loses_to_what_it_did_not():
    known = changed(FIRST, 600, note="By a fast clock.")
    tombstone = tombstone_of(known, now=NOON)
    assert deleted(FIRST, tombstone)
    assert deleted(known, tombstone)
    assert not deleted(changed(FIRST, -9, tags=()), tombstone)
    assert not deleted(changed(known, -9, note="Once more."), tombstone)


def test_a_mark_that_was_put_back_stays_as_it_was_then():
    edited = changed(FIRST, 1, note="Edited.")
    back = put_back(FIRST, tombstone_of(edited, now=NOON))
    assert not deleted(back, tombstone_of(edited, now=NOON))
    assert merged(back, edited).note == "Base."


def test_a_mark_that_stays_has_what_was_changed_before_it_was_deleted():
    noted = changed(FIRST, 1, note="See page 4.")
    gone = {FIRST.id: tombstone_of(noted, now=NOON + timedelta(minutes=5))}
    tagged = {FIRST.id: changed(FIRST, 3, tags=("energy",))}
    for tables in ([tagged, {}], [{}, tagged]):
        there, left = merge_tables(tables, [gone, {}])
        assert left == gone
        assert (there[FIRST.id].note, there[FIRST.id].tags) == ("See page 4.", ("energy",))
        assert merge_tables([there, *tables], [gone]) == (there, gone)


def test_deletions_that_together_knew_all_edits_win_in_every_order():
    noted, tagged = changed(FIRST, 1, note="See page 4."), changed(FIRST, 2, tags=("energy",))
    both = {FIRST.id: merged(noted, tagged)}, {}
    one = {}, {FIRST.id: tombstone_of(noted, now=NOON + timedelta(minutes=5))}
    two = {}, {FIRST.id: tombstone_of(tagged, now=NOON + timedelta(minutes=6))}

    def together(*tables):
        return merge_tables(*zip(*tables, strict=True))

    assert together(both, one)[0] == together(both, two)[0] == both[0]
    for first, second, third in permutations([both, one, two]):
        marks, left = together(together(first, second), third)
        assert (marks, left) == together(first, second, third)
        assert (marks, left[FIRST.id].mark) == ({}, both[0][FIRST.id])


def test_a_mark_that_stayed_and_is_deleted_again_has_what_earlier_deletions_knew():
    noted, tagged = changed(FIRST, 1, note="See page 4."), changed(FIRST, 2, tags=("energy",))
    earlier = tombstone_of(noted, now=NOON)
    tombstone = tombstone_of(tagged, earlier, now=NOON + timedelta(minutes=5))
    assert is_deleted_by(tombstone, merged(noted, tagged))


def test_every_field_is_merged_by_its_own_rule():
    own = {"id", "article_id", "tags", "note", "claim", "links", "created", "modified", "edits"}
    own |= {"author", "editors", "proposed"}
    names = {field.name for field in fields(Annotation)}
    merged_fields = mark_edits._RULES.fields(FIRST).keys()
    claims = {f"claim.{each.name}" for each in CLAIM_FIELDS if not each.is_paragraph}
    assert own | {"target", "kind"} == names
    assert merged_fields == {"target", "kind", "claim"} | claims


MACHINES = 3
VALUES = {
    "kind": ["claim", "evidence", "question"],
    "status": ["open", "refuted", "disputed"],
}
STEPS = st.lists(
    st.tuples(
        st.integers(0, MACHINES - 1),
        st.sampled_from(["kind", "status", "note", "tag", "sync", "remove", "put back"]),
        st.integers(0, 3),
        st.integers(-500, 500),  # minutes by the clock of the machine
    ),
    max_size=25,
)


class Machine:
    """A machine with its mark or what is left of it, and the changes that it has seen."""

    def __init__(self):
        self.mark, self.tombstone, self.last = FIRST, None, FIRST
        self.seen = frozenset()

    def edit(self, what, choice, minutes, note):
        """Change the mark; return the name and the value of what was changed."""
        if what == "tag":
            name = f"t{choice % 2}"
            has_it = name in self.mark.tags
            rest = tuple(each for each in self.mark.tags if each != name)
            self.mark = changed(self.mark, minutes, tags=rest if has_it else (*rest, name))
            return name, not has_it
        value = (note if choice else "") if what == "note" else VALUES[what][choice % 3]
        claim = replace(self.mark.claim or Claim(), status=value) if what == "status" else None
        values = {"claim": claim} if claim else {what: value}
        self.mark = changed(self.mark, minutes, **values)
        return what, value

    def delete(self, minutes):
        self.last, self.mark = self.mark, None
        self.tombstone = tombstone_of(self.last, now=NOON + timedelta(minutes=minutes))

    def put_back(self):
        self.mark, self.tombstone = put_back(self.last, self.tombstone), None

    def take(self, other):
        """Merge what another machine has."""
        tables = [({"k": each.mark} if each.mark else {}) for each in (self, other)]
        graves = [({"k": each.tombstone} if each.tombstone else {}) for each in (self, other)]
        marks, tombstones = merge_tables(tables, graves)
        self.mark, self.tombstone = marks.get("k"), tombstones.get("k")
        self.last = self.mark or self.last
        self.seen |= other.seen


class History:
    """All changes: what was changed, its value, and what the machine had seen before."""

    def __init__(self):
        self.changes = []

    def note(self, machine, what, value):
        self.changes.append((what, value, machine.seen))
        machine.seen |= {len(self.changes) - 1}

    def values(self, what):
        return [value for each, value, _ in self.changes if each == what]

    def last(self, what):
        """Return the values of the changes that no other change had seen."""
        mine = [number for number, each in enumerate(self.changes) if each[0] == what]
        seen = frozenset().union(*(self.changes[each][2] for each in mine))
        return {self.changes[each][1] for each in mine if each not in seen}

    def make(self, machine, what, choice, minutes):
        """Let a machine make a change, if it can."""
        if machine.mark is None:
            if what == "put back" and machine.tombstone.edits == machine.last.edits:
                machine.put_back()
                self.note(machine, "mark", "put back")
        elif what == "remove":
            machine.delete(minutes)
            self.note(machine, "mark", "")
        elif what != "put back":
            before = machine.mark
            found = machine.edit(what, choice, minutes, f"Note {len(self.changes)}.")
            if machine.mark.edits != before.edits:
                self.note(machine, *found)
                self.note(machine, "mark", found[0])


def value_of(mark, what):
    if what == "status":
        return (mark.claim or Claim()).status
    return what in mark.tags if what.startswith("t") else getattr(mark, what)


@given(STEPS)
def test_no_change_loses_to_one_that_its_machine_had_seen(steps):
    machines, history = [Machine() for _ in range(MACHINES)], History()
    for number, what, choice, minutes in steps:
        if what == "sync":
            machines[number].take(machines[choice % MACHINES])
        else:
            history.make(machines[number], what, choice, minutes)
    for each in machines * 2:
        for other in machines:
            each.take(other)
    [final] = {each.mark for each in machines}
    last, edits = history.last("mark"), history.values("mark")
    assert not last or (final is not None) in map(bool, last)
    assert final or all(edits.count(each) > 1 for each in last - {""})
    if "" in edits:
        return  # what a machine changed before it deleted the mark may be gone
    for what in {each for each, _, _ in history.changes} - {"mark", "note"}:
        assert value_of(final, what) in history.last(what)
    if notes := history.last("note"):
        assert set(final.note.split("\n\n")) - {""} == notes - {""}


def test_marks_merge_the_same_whichever_two_come_first():
    one = changed(FIRST, 1, kind="evidence", note="One.")
    two = changed(changed(FIRST, 1, note="Two."), 5, tags=("b",))
    three = changed(changed(FIRST, 1, kind="question"), 3, claim=Claim("Said."))
    pairs = [merged(merged(one, two), three), merged(one, merged(two, three))]
    assert pairs == [merged(one, two, three)] * 2


DAY = timedelta(days=1)


def test_a_deleted_mark_is_in_the_bin_for_ninety_days_to_the_moment():
    tombstone = tombstone_of(FIRST, now=NOON + DAY)
    assert (tombstone.removed, tombstone.mark) == (NOON + DAY, FIRST)
    assert in_bin(tombstone, now=NOON + 91 * DAY) == FIRST
    assert in_bin(tombstone, now=NOON + 91 * DAY + timedelta(microseconds=1)) is None
    assert in_bin(tombstone, now=NOON) == FIRST


def test_a_deletion_by_a_slow_clock_is_later_than_the_mark():
    edited = changed(FIRST, 60)
    fast = replace(edited, modified=NOON + timedelta(hours=1))
    assert tombstone_of(fast, now=NOON).removed == fast.modified + timedelta(microseconds=1)


def test_an_emptied_bin_is_emptied_on_every_machine_unless_the_mark_was_deleted_later():
    tombstone = tombstone_of(FIRST, now=NOON + DAY)
    cleared = emptied(tombstone, now=NOON + 2 * DAY)
    assert (cleared.mark, cleared.emptied) == (None, NOON + 2 * DAY)
    assert merge_tombstones([tombstone, cleared]) == cleared
    again = tombstone_of(FIRST, now=NOON + 3 * DAY)
    both = merge_tombstones([cleared, again])
    assert (both.removed, both.mark, both.emptied) == (NOON + 3 * DAY, FIRST, NOON + 2 * DAY)
    assert emptied(tombstone, now=NOON).emptied == tombstone.removed
    same = tombstone_of(FIRST, now=NOON + 2 * DAY)
    assert merge_tombstones([cleared, same]).mark is None


def test_a_tombstone_of_several_knows_all_edits_and_the_last_deletion():
    one = tombstone_of(changed(FIRST, 1, note="One."), now=NOON + DAY)
    other = tombstone_of(changed(FIRST, 2, kind="question"), now=NOON + 2 * DAY)
    both = merge_tombstones([one, other])
    assert both.removed == NOON + 2 * DAY
    assert dict(both.edits) == dict(one.edits) | dict(other.edits)
    assert (both.mark.note, both.mark.kind) == ("One.", "question")
    assert merge_tombstones([one]) == one


def test_a_mark_that_was_changed_when_it_was_deleted_stays():
    tombstone = tombstone_of(FIRST, now=NOON + DAY)
    assert is_deleted_by(tombstone, None)
    assert is_deleted_by(tombstone, FIRST)
    assert not is_deleted_by(tombstone, replace(FIRST, modified=tombstone.removed))


def test_a_mark_that_is_put_back_wins_over_what_the_deletion_knew():
    edited = changed(FIRST, 5, note="Edited.", kind="question")
    back = put_back(FIRST, tombstone_of(edited, now=NOON + DAY))
    assert back.modified == NOON + DAY
    assert {name for name, _ in back.edits} == {"mark", *dict(edited.edits)}
    assert {at for _, at in back.edits} == {NOON + DAY}
    known = put_back(edited, tombstone_of(edited, now=NOON + DAY))
    assert dict(known.edits) == dict(edited.edits) | {"mark": NOON + DAY}


def test_what_is_the_same_is_not_noted_and_keeps_its_identity():
    after = replace(FIRST, modified=NOON + DAY, id="other", article_id="other")
    assert with_edits(FIRST, after) == FIRST


def test_it_is_told_whether_a_merged_mark_has_texts_of_both():
    one, other = changed(FIRST, 1, note="Mine."), changed(FIRST, 2, note="Theirs.")
    assert has_texts_of_both(merged(one, other), [one, other])
    tagged = changed(FIRST, 3, tags=())
    assert not has_texts_of_both(merged(one, tagged), [one, tagged])
    stated = changed(FIRST, 4, claim=Claim(verdict="So."))
    judged = changed(FIRST, 5, claim=Claim(verdict="Not so."))
    assert has_texts_of_both(merged(stated, judged), [stated, judged])


def test_texts_fit_together_up_to_their_limit():
    one, two = (
        changed(FIRST, n, claim=Claim(verdict=letter * 999)) for n, letter in enumerate("ab")
    )
    assert merged(one, two).claim.verdict == f"{'b' * 999}\n\n{'a' * 999}"
    three = changed(FIRST, 3, claim=Claim(verdict="c" * 1_000))
    assert merged(one, three).claim.verdict == "c" * 1_000


def test_a_claim_without_details_is_one_if_it_was_made_one():
    claimed = changed(FIRST, 1, claim=Claim())
    assert merged(FIRST, claimed).claim == Claim()
    assert merged(FIRST, changed(FIRST, 1, kind="question")).claim is None
