from datetime import date, timedelta

import pytest

from annotator.model.daily_round import (
    INTERVALS,
    Candidate,
    Reviewed,
    after,
    first_due,
    made_by,
    plan,
    urgency_of,
)

TODAY = date(2027, 1, 1)


def new(name, urgency="open", *, days=400):
    """Return a mark made `days` ago that was never in a round."""
    return Candidate(name, urgency, TODAY - timedelta(days=days))


def seen(name, urgency="open", *, step=0, overdue=0):
    """Return a mark that is due again, since `overdue` days."""
    due = TODAY - timedelta(days=overdue)
    reviewed = Reviewed(step, due, due - timedelta(days=INTERVALS[step]))
    return Candidate(name, urgency, date(2025, 1, 1), reviewed)


@pytest.mark.parametrize(
    ("kind", "status", "urgency"),
    [
        ("claim", "open", "open"),
        ("claim", "checking", "open"),
        ("claim", "refuted", "other"),
        ("question", "", "other"),
        ("highlight", "", "highlight"),
        ("highlight", "open", "open"),
    ],
)
def test_the_status_decides_how_often_a_mark_comes_up(kind, status, urgency):
    assert urgency_of(kind, status) == urgency


@pytest.mark.parametrize(("urgency", "days"), [("open", 1), ("other", 7), ("highlight", 35)])
def test_a_new_mark_first_comes_up_after_days_that_depend_on_its_status(urgency, days):
    made = TODAY - timedelta(days=days)
    assert first_due(made, urgency) == TODAY
    assert plan([Candidate("a", urgency, made)], today=TODAY, size=10) == ("a",)
    assert plan([Candidate("a", urgency, made)], today=TODAY - timedelta(days=1), size=10) == ()


def waits(urgency, answers):
    """Return the days that a mark waits after each of these answers."""
    reviewed, today, days = None, TODAY, []
    for answer in answers:
        reviewed = after(answer, urgency, reviewed, today=today)
        days.append((reviewed.due - today).days)
        today = reviewed.due
    return days


def test_good_lets_a_mark_wait_longer_each_time():
    assert waits("other", ["good"] * 6) == [16, 35, 80, 180, 180, 180]


def test_an_open_claim_never_waits_longer_than_35_days():
    assert waits("open", ["good"] * 6) == [3, 7, 16, 35, 35, 35]


def test_again_starts_over_tomorrow():
    assert waits("open", ["good", "good", "again", "good"]) == [3, 7, 1, 3]


def test_later_puts_a_mark_off_until_tomorrow_and_changes_nothing_else():
    assert waits("open", ["good", "later", "good"]) == [3, 1, 7]
    assert waits("other", ["later", "good"]) == [1, 16]


def test_a_claim_that_is_settled_goes_on_from_its_step():
    reviewed = after("good", "open", None, today=TODAY)
    assert after("good", "other", reviewed, today=TODAY).due == TODAY + timedelta(days=7)


def test_a_round_is_mostly_open_claims_with_a_few_other_marks_and_one_highlight():
    names = {"open": "o", "other": "s", "highlight": "h"}
    marks = [new(f"{name}{n:02}", urgency) for urgency, name in names.items() for n in range(20)]
    round_ = plan(reversed(marks), today=TODAY, size=10)
    assert [each[0] for each in round_] == ["o"] * 7 + ["s"] * 2 + ["h"]


def test_places_that_open_claims_do_not_need_go_to_other_marks():
    marks = [new("o"), *(new(f"s{n}", "other") for n in range(5)), new("h", "highlight")]
    assert plan(marks, today=TODAY, size=6) == ("o", "s0", "s1", "s2", "s3", "s4")
    assert plan(marks, today=TODAY, size=10)[-1] == "h"


def test_new_marks_come_before_those_seen_lately_and_old_ones_first():
    marks = [new("young", days=3), new("old", days=30), seen("seen", overdue=2)]
    assert plan(marks, today=TODAY, size=10) == ("old", "seen", "young")


def test_marks_to_see_again_come_before_those_with_longer_intervals():
    marks = [seen("slow", step=3, overdue=50), seen("again", step=0), seen("late", overdue=9)]
    assert plan(marks, today=TODAY, size=2) == ("late", "again")


def test_a_mark_that_is_not_due_is_in_no_round():
    waiting = Candidate("a", "open", TODAY, Reviewed(1, TODAY + timedelta(days=1), TODAY))
    assert plan([waiting], today=TODAY, size=10) == ()


def test_a_round_without_places_or_marks_is_empty():
    assert plan([], today=TODAY, size=10) == ()
    assert plan([new("a")], today=TODAY, size=0) == ()


def test_a_year_without_a_review_makes_a_round_no_longer():
    marks = [seen(f"{n:03}", step=n % 5, overdue=365) for n in range(200)]
    assert len(plan(marks, today=TODAY, size=10)) == 10


def test_a_single_mark_makes_a_round():
    assert plan([new("only", "highlight")], today=TODAY, size=1) == ("only",)


@pytest.mark.parametrize(("size", "places"), [(10, (7, 2, 1)), (20, (14, 4, 2)), (5, (4, 1, 0))])
def test_of_ten_places_seven_are_for_open_claims_and_one_for_a_highlight(size, places):
    marks = [
        new(f"{kind}{at:02}", kind) for kind in ("open", "other", "highlight") for at in range(40)
    ]
    names = plan(marks, today=TODAY, size=size)
    kinds = ("open", "other", "highlight")
    assert tuple(sum(name.startswith(kind) for name in names) for kind in kinds) == places


@pytest.mark.parametrize("urgency", ["open", "other", "highlight"])
def test_marks_made_by_a_day_are_those_that_come_up_today(urgency):
    last = made_by(TODAY, urgency)
    assert first_due(last, urgency) == TODAY
    assert first_due(last + timedelta(days=1), urgency) == TODAY + timedelta(days=1)


def test_a_highlight_that_claims_something_is_no_highlight():
    assert urgency_of("highlight", "refuted") == "other"
    assert urgency_of("evidence", "") == "other"


def test_an_answer_is_remembered_with_its_day():
    assert after("good", "open", None, today=TODAY).seen == TODAY
