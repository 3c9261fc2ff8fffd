"""Records that machines changed apart are merged field by field, whatever their clocks say."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from annotator.model import ArticleRecord, Overrides
from annotator.store.format.field_edits import later
from annotator.store.format.merge import _GROUPS, merge_records, with_edits

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
FIRST = ArticleRecord(
    "5d41402abc4b2a76", "https://example.org/", "A title", tags=("draft",), added=NOON,
    modified=NOON,
)  # fmt: skip


def changed(record, minutes, **values):
    """Return the record as changed some minutes after noon by the machine's clock."""
    after = replace(record, **values, modified=NOON + timedelta(minutes=minutes))
    return with_edits(record, after)


def merged(*records):
    """Return the merged record, which is the same in whatever order the records come."""
    [found] = {merge_records(each) for each in permutations(records)}
    return found


def test_a_tag_stays_though_another_machine_read_the_article_later():
    tagged = changed(FIRST, 1, tags=("draft", "energy"))
    read = changed(FIRST, 9, state="read", finished=NOON)
    both = merged(tagged, read)
    assert both.tags == ("draft", "energy")
    assert (both.state, both.finished) == ("read", NOON)


def test_a_removed_tag_does_not_come_back_and_other_titles_stay():
    untagged = changed(FIRST, 1, tags=())
    renamed = changed(FIRST, 9, title="Another", revision="r2", word_count=9)
    both = merged(untagged, renamed)
    assert (both.tags, both.title, both.word_count) == ((), "Another", 9)


def test_a_tag_that_was_removed_and_added_again_is_there():
    removed = changed(FIRST, 5, tags=())
    again = changed(removed, 6, tags=("draft",))
    assert merged(removed, again, FIRST).tags == ("draft",)


def test_tags_of_records_without_edits_are_united():
    one, other = replace(FIRST, tags=("a",)), replace(FIRST, tags=("b", "a"))
    assert set(merged(one, other).tags) == {"a", "b"}


def test_a_later_change_wins_though_the_clock_was_set_back():
    read = changed(FIRST, 60, state="read")
    again = changed(read, -300, state="unread")
    assert merged(read, again).state == "unread"
    assert again.modified > read.modified


def test_what_did_not_change_has_no_edits():
    assert with_edits(FIRST, replace(FIRST, modified=NOON + timedelta(1))).edits == ()


MACHINES = 3
VALUES = {"state": ["unread", "reading", "read", "archived"], "title": ["One", "Two", "Three"]}
STEPS = st.lists(
    st.tuples(
        st.integers(0, MACHINES - 1),
        st.sampled_from(["state", "title", "tag", "sync"]),
        st.integers(0, 3),
        st.integers(-500, 500),  # minutes by the clock of the machine
    ),
    max_size=25,
)


class Machine:
    """A machine with its record, the changes that it has seen, and who made the present values."""

    def __init__(self):
        self.record = FIRST
        self.seen = frozenset()


@given(STEPS)
def test_no_change_loses_to_one_that_its_machine_had_seen(steps):
    machines = [Machine() for _ in range(MACHINES)]
    changes = []  # field, value, and what the machine had seen before

    def change(machine, field, value, minutes, **values):
        after = changed(machine.record, minutes, **values)
        if after.edits != machine.record.edits:
            changes.append((field, value, machine.seen))
            machine.seen |= {len(changes) - 1}
            machine.record = after

    for number, what, choice, minutes in steps:
        machine = machines[number]
        if what == "sync":
            other = machines[choice % MACHINES]
            machine.record = merge_records([machine.record, other.record])
            machine.seen |= other.seen
        elif what == "tag":
            tag = f"t{choice % 2}"
            rest = tuple(each for each in machine.record.tags if each != tag)
            has_it = tag in machine.record.tags
            tags = rest if has_it else (*rest, tag)
            change(machine, tag, not has_it, minutes, tags=tags)
        else:
            value = VALUES[what][choice % len(VALUES[what])]
            change(machine, what, value, minutes, **{what: value})
    final = merged(*(each.record for each in machines))
    known = [seen for _, _, seen in changes]
    for field in {field for field, _, _ in changes}:
        mine = [number for number, each in enumerate(changes) if each[0] == field]
        last = {changes[n][1] for n in mine if not any(n in known[later] for later in mine)}
        found = (
            field in final.tags
            if field.startswith("t") and field != "title"
            else (getattr(final, field))
        )
        assert found in last


def test_every_field_is_merged_by_its_own_rule():
    own = {"id", "added", "modified", "revisions", "edits", "tags", "choices"}
    grouped = {name for names in _GROUPS.values() for name in names}
    assert own | grouped == set(ArticleRecord.__struct_fields__)
    assert not own & grouped


def test_a_tag_that_was_spelled_in_another_way_stays_so():
    spelled = changed(FIRST, 1, tags=("Draft",))
    read = changed(FIRST, 9, state="read")
    assert merged(spelled, read).tags == ("Draft",)


def test_choices_of_both_machines_are_united_and_undone_ones_stay_undone():
    first = replace(FIRST, choices=Overrides(kept=("a",)))
    one = changed(first, 1, choices=Overrides(kept=("a", "b")), revision="r2")
    other = changed(first, 9, choices=Overrides(removed=("c",)), revision="r3")
    both = merged(one, other)
    assert (both.choices, both.revision) == (Overrides(("b",), ("c",)), "r3")
    again = changed(both, 2, choices=Overrides(("a", "b"), ("c",)))
    assert merged(again, one, other).choices == Overrides(("a", "b"), ("c",))


def test_records_merge_the_same_whichever_two_come_first():
    one = changed(FIRST, 1, title="One")
    two = changed(changed(FIRST, 1, title="Two"), 5, state="read")
    three = changed(changed(FIRST, 1, title="Three"), 3, byline=("Ann",))
    pairs = [merged(merged(one, two), three), merged(one, merged(two, three))]
    assert pairs == [merged(one, two, three)] * 2


def test_the_last_moment_that_can_be_kept_is_no_error():
    end = datetime.max.replace(tzinfo=UTC)
    assert later(NOON, end) == end


def test_a_change_that_no_field_notes_does_not_set_the_time_back():
    earlier = replace(FIRST, revisions=("r1",), modified=NOON - timedelta(1))
    assert with_edits(FIRST, earlier).modified == NOON


def test_a_change_is_noted_later_than_all_that_was_seen():
    tick = timedelta(microseconds=1)
    assert later(NOON, NOON - tick) == NOON
    assert later(NOON, NOON) == NOON + tick
    assert later(NOON, NOON - tick, NOON + tick) == NOON + 2 * tick


def test_of_two_changes_at_one_moment_the_same_one_wins_everywhere():
    one, other = changed(FIRST, 1, title="One"), changed(FIRST, 1, title="Other")
    assert merged(one, other).title == "Other"


def test_the_first_addition_and_all_revisions_stay():
    one = replace(FIRST, revisions=("a", "b"), added=NOON + timedelta(days=1))
    other = replace(FIRST, revisions=("a", "c"), modified=NOON + timedelta(days=2))
    both = merged(one, other)
    assert both.added == NOON
    assert set(both.revisions) == {"a", "b", "c"}
    assert both.modified == NOON + timedelta(days=2)


def test_choices_of_both_machines_are_kept_and_none_are_none():
    assert merged(FIRST, replace(FIRST, title="B")).choices is None
    one = changed(FIRST, 1, choices=Overrides(kept=("a",)))
    other = changed(FIRST, 2, choices=Overrides(removed=("b",)))
    assert merged(one, other).choices == Overrides(("a",), ("b",))


def test_reading_and_its_end_belong_together():
    read = changed(FIRST, 5, state="read", finished=NOON)
    unread = changed(read, 6, state="unread", finished=None)
    assert (merged(read, unread).state, merged(read, unread).finished) == ("unread", None)


def test_a_record_notes_what_was_changed_by_name():
    record = changed(FIRST, 1, tags=("Energy",), title="B", choices=Overrides(kept=("x",)))
    assert [name for name, _ in record.edits] == ["choice:x", "tag:draft", "tag:energy", "title"]
    assert {at for _, at in record.edits} == {NOON + timedelta(minutes=1)}
    assert record.modified == NOON + timedelta(minutes=1)
