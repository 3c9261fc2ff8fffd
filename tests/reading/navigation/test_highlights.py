from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Span
from annotator.reading.navigation.highlights import Highlights, differing


@dataclass(frozen=True)
class Mark:
    id: str
    span: Span
    colour: str = ""


def marks(**spans: tuple[int, int]) -> Highlights[Mark]:
    return Highlights(Mark(name, Span(*ends)) for name, ends in spans.items())


def names(found) -> str:
    return "".join(mark.id for mark in found)


OVERLAPPING = marks(a=(0, 50), b=(10, 20), c=(15, 30), d=(40, 60), e=(70, 80))


def test_marks_that_overlap_a_passage_come_in_order():
    assert names(OVERLAPPING.touching(18, 45)) == "abcd"
    assert names(OVERLAPPING.touching(60, 70)) == ""
    assert len(OVERLAPPING) == 5


def test_marks_at_a_place_come_shortest_first():
    assert names(OVERLAPPING.at(16)) == "bca"


def test_longer_marks_come_first_where_they_start_together():
    assert names(marks(a=(5, 9), b=(5, 20)).marks) == "ba"


def test_steps_start_from_an_offset_or_from_a_mark():
    assert OVERLAPPING.step(12, 1).id == "c"
    assert OVERLAPPING.step(12, -1).id == "b"
    assert OVERLAPPING.step(15, 1, beyond="c").id == "d"
    assert OVERLAPPING.step(15, -1, beyond="c").id == "b"
    assert OVERLAPPING.step(0, 2, beyond="gone").id == "b"


def test_there_is_no_mark_beyond_the_ends():
    assert OVERLAPPING.step(75, 1) is None
    assert OVERLAPPING.step(0, -1) is None
    assert Highlights().step(0, 1) is None


def test_changes_are_marks_that_were_added_removed_or_changed():
    before = Highlights([Mark("a", Span(0, 5)), Mark("b", Span(6, 9)), Mark("c", Span(10, 12))])
    after = Highlights(
        [Mark("a", Span(0, 5)), Mark("b", Span(6, 9), "red"), Mark("d", Span(20, 22))]
    )
    assert sorted(set(before.changed(after))) == [Span(6, 9), Span(10, 12), Span(20, 22)]
    assert before.changed(before) == ()


def test_a_mark_is_found_by_its_id():
    assert OVERLAPPING.get("c").span == Span(15, 30)
    assert OVERLAPPING.get("z") is None


ENDS = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda pair: Span(pair[0], sum(pair)))


@given(st.lists(ENDS, max_size=30), ENDS)
def test_touching_finds_the_same_as_checking_every_mark(spans, passage):
    index = Highlights(Mark(str(number), span) for number, span in enumerate(spans))
    found = index.touching(passage.start, passage.end)
    assert found == tuple(mark for mark in index.marks if mark.span.overlaps(passage))


NAMES = st.sampled_from("abcdefgh")
NAMED = st.dictionaries(NAMES, ENDS)


@given(NAMED, st.sets(NAMES), NAMED, ENDS)
def test_exchanging_marks_gives_the_same_as_starting_with_them(before, gone, come, passage):
    new = [Mark(name, span, "red") for name, span in come.items()]
    old = [Mark(name, span) for name, span in before.items()]
    rest = [mark for mark in old if mark.id not in {*gone, *come}]
    shown, anew = Highlights(old).exchanged(gone, new), Highlights([*rest, *new])
    assert shown.marks == anew.marks
    for highlights in (shown, anew):
        found = highlights.touching(passage.start, passage.end)
        assert found == tuple(mark for mark in anew.marks if mark.span.overlaps(passage))
    seen = set(Highlights(old).changed(shown))
    assert seen == {mark.span for mark in {*old} ^ {*new, *rest}}


def test_a_mark_replaces_another_with_its_id():
    shown = OVERLAPPING.exchanged("", [Mark("c", Span(65, 90))])
    assert names(shown.marks) == "abdce"
    assert names(shown.touching(80, 90)) == "c"


@given(st.lists(st.integers(300, 309)), st.lists(st.integers(300, 309)))
def test_two_sequences_differ_from_their_first_difference_to_their_last(before, after):
    here, there = differing(before, after)
    assert before[: here.start] == after[: there.start]
    assert before[here.stop :] == after[there.stop :]
    changed = [*after[: there.start], *before[here], *after[there.stop :]]
    assert changed == before
