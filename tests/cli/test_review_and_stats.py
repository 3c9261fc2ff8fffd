import json
import time
from datetime import UTC, date, datetime, timedelta

import pytest

from annotator.model import Claim
from annotator.settings import Folders
from annotator.store import Library
from annotator.usecases.marks.annotate import Draft, mark
from builders import find_span, make_article, make_extraction, make_page

STORY = """The national grid ran without coal for the first time in a century.

“It’s a milestone,” said Ann Lee. Coal made two thirds of the power as late as 1990."""
WORDS = ("Coal made two thirds", "It’s a milestone", "the first time in a century")
STATUSES = ("disputed", "open", "open")
AGE = timedelta(days=9)  # of the marks


@pytest.fixture(autouse=True)
def in_utc(monkeypatch):
    """Let the days of this computer be those of UTC."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def stored(home):
    """Store the article without cleaning a page, and return its id."""
    article = make_article(STORY, title="The grid at night")
    with opened() as library:
        library.store(make_extraction(article), make_page(), now=datetime.now(UTC))
    return article.id


@pytest.fixture
def marks(stored):
    """Make three marks some days ago, and return their ids."""
    with opened() as library:
        article = library.article(stored).extraction().article
        return [
            mark(
                library,
                article,
                find_span(article.text, words),
                Draft(claim=Claim(status=status, speaker="Ann Lee")),
                now=datetime.now(UTC) - AGE,
            ).id
            for words, status in zip(WORDS, STATUSES, strict=True)
        ]


def opened():
    folders = Folders.of_user()
    return Library.open(folders.data, state=folders.state)


def days_from_now(days):
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def test_todays_review_lists_open_claims_first(run, marks):
    done = run("review")
    assert [line.split("\t")[0] for line in done.out.splitlines()] == [*marks[1:], marks[0]]
    assert "3 marks left today." in done.err


def test_a_terminal_shows_the_quotes_and_how_to_answer(terminal, marks):
    done = terminal("review")
    assert "The grid at night" in done.out
    assert "“It’s a milestone”" in done.out
    assert "annotator review --done ID" in done.out


def test_an_answered_mark_leaves_the_round(run, stored, marks):
    disputed, milestone, century = marks
    address = f"{stored}#{disputed}"
    done = run("review", "--done", address, "--done", f"{milestone}=again")
    assert done.out.splitlines() == [
        f"good\t{disputed}\t{days_from_now(16)}",
        f"again\t{milestone}\t{days_from_now(1)}",
    ]
    assert run("review").out.startswith(century)
    assert "1 mark left today, 2 done." in run("review").err


def test_a_round_has_the_size_of_the_settings_or_of_the_option(run, marks, home):
    assert len(run("review", "--count", "2").out.splitlines()) == 2
    folder = Folders.of_user().settings_file
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("daily_marks = 1\n")
    assert len(run("review").out.splitlines()) == 1
    run("review", "--done", marks[1])
    done = run("review")
    assert done.out == ""
    assert "Done for today." in done.err
    assert len(run("review", "--more").out.splitlines()) == 1


def test_the_review_as_json_has_the_answers_and_what_is_left(run, marks):
    value = json.loads(run("review", "--json", "--done", f"{marks[1]}=later").out)
    assert value["answered"] == [{"id": marks[1], "answer": "later", "due": days_from_now(1)}]
    assert value["done"] == 1
    assert [each["id"] for each in value["marks"]] == [marks[2], marks[0]]
    assert value["marks"][0]["review"] is None
    assert value["marks"][0]["place"]["fit"] == "exact"


@pytest.mark.parametrize(
    ("given", "problem"), [("{}=maybe", "Unknown answer"), ("ffff", "No mark")]
)
def test_a_wrong_answer_notes_nothing(run, marks, given, problem):
    done = run("review", "--done", marks[0], "--done", given.format(marks[1]))
    assert done.code != 0
    assert problem in done.err
    assert len(run("review").out.splitlines()) == 3


def test_a_new_mark_comes_up_on_the_next_day(run, stored):
    run("mark", stored, "Coal made two thirds")
    done = run("review")
    assert done.out == ""
    assert "No mark is due today." in done.err


def test_statistics_are_fields_in_a_pipe(run, marks):
    lines = [line.split("\t") for line in run("stats").out.splitlines()]
    days = {name: numbers for step, name, *numbers in lines if step == "day"}
    assert len(days) == 30
    assert days[days_from_now(-9)] == ["0", "0", "3"]
    assert days[days_from_now(0)] == ["1", "0", "0"]
    assert ["status", "open", "2", ""] in lines
    assert ["speaker", "Ann Lee", "3", ""] in lines


def test_statistics_on_a_terminal_are_bars_that_fit_its_width(terminal, marks):
    for columns in (40, 80):
        done = terminal("stats", "--period", "quarter", columns=columns, NO_COLOR="1")
        words = " ".join(done.out.split())
        assert "3 marks made (3 claims), 1 article added, 0 finished" in words
        assert "CLAIMS BY STATUS" in done.out
        assert "○ open" in done.out
        assert "█" in done.out
        assert max(map(len, done.out.splitlines())) <= max(columns, 50)


def test_statistics_as_json_have_all_numbers(run, marks):
    value = json.loads(run("stats", "--period", "all", "--json").out)
    assert value["total"] == {"added": 1, "finished": 0, "marked": 3}
    assert value["period"]["step"] == "month"
    assert sum(part["marked"] for part in value["parts"]) == 3
    assert value["by"]["status"][0] == {"name": "open", "marks": 2}
    assert all("articles" in each for name in ("tag", "site") for each in value["by"][name])


def test_claims_are_counted_alike_by_every_command(run, stored):
    run("mark", stored, "Coal made two thirds")  # a claim without details
    run("mark", stored, "It’s a milestone", "--status", "disputed")
    run("mark", stored, "Ann Lee", "--kind", "evidence")
    claims = json.loads(run("claims", "--json").out)
    assert [(claim["kind"], (claim["claim"] or {}).get("status")) for claim in claims] == [
        ("claim", "disputed"),
        ("claim", None),
    ]
    by = json.loads(run("stats", "--json").out)["by"]
    assert sum(status["marks"] for status in by["status"]) == len(claims)
    assert len(json.loads(run("notes", "has:claim", "--json").out)) == len(claims)
    [article] = json.loads(run("list", "--json").out)
    marks = json.loads(run("notes", "--json").out)
    assert article["marks"] == len(marks) == sum(kind["marks"] for kind in by["kind"]) == 3
    assert "1 article, 3 marks," in run("doctor").out


def test_an_earlier_time_can_be_counted(run, marks):
    value = json.loads(run("stats", "--period", "week", "--back", "1", "--json").out)
    assert value["total"]["marked"] == 3
    assert not value["period"]["is_latest"]
    assert date.fromisoformat(value["period"]["until"]) < datetime.now(UTC).date()


def test_an_empty_library_has_no_statistics_and_no_review(run, terminal):
    assert "The library is empty." in terminal("stats").out
    assert json.loads(run("stats", "--json").out)["first"] is None
    assert json.loads(run("review", "--json").out) == {"answered": [], "done": 0, "marks": []}
