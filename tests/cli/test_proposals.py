"""`annotator proposals` lists what programs propose, takes it, and dismisses it."""

import json

import pytest

from annotator.settings import Folders
from annotator.store import Library
from annotator.usecases.marks.proposals import ProposedMark, propose
from builders import MOMENT

WORDS = ("Coal made two thirds of the power as late as 1990.", "The national grid")


@pytest.fixture
def offered(kept):
    """Propose two marks, and return the id of their article."""
    folders = Folders.of_user()
    with Library.open(folders.data, state=folders.state, cache=folders.cache) as library:
        record = library.article(kept).record()
        for words in WORDS:
            wanted = ProposedMark(words, "So it says.", status="refuted", tags=["coal"])
            propose(library, record, wanted, by="Scout 1.2", now=MOMENT)
    return kept


@pytest.fixture
def ids(run, offered):
    """Return the ids of the proposals, in the order of `WORDS`."""
    listed = {one["quote"]: one["id"] for one in json.loads(run("proposals", "--json").out)}
    return [listed[words] for words in WORDS]


def test_proposals_are_listed_as_fields_and_as_json(run, offered, ids):
    lines = [line.split("\t") for line in run("proposals").out.splitlines()]
    wanted = [ids[0], offered, "claim", WORDS[0], "Scout 1.2", "So it says.", ""]
    assert wanted in lines
    one = next(one for one in json.loads(run("proposals", "--json").out) if one["id"] == ids[0])
    assert (one["article"]["id"], one["claim"]["status"]) == (offered, "refuted")
    assert one["end"] - one["start"] == len(WORDS[0])


def test_people_read_what_is_proposed_by_whom_and_why(terminal, offered):
    shown = terminal("proposals").out
    for words in (
        f"“{WORDS[0]}”",
        "claim · Status: refuted · #coal",
        "So it says.",
        "Scout 1.2, in:",
    ):
        assert words in shown


def test_a_taken_one_is_a_mark_that_says_so_everywhere(run, offered, ids):
    done = run("proposals", "take", ids[0])
    assert done.out == f"taken\t{ids[0]}\t{WORDS[0]}\n"
    (mark,) = json.loads(run("notes", "is:proposed", "--json").out)
    assert (mark["id"], mark["proposed"]) == (ids[0], "Scout 1.2")
    assert "Scout 1.2" in run("export", offered, "--format", "csv").out
    assert [one["id"] for one in json.loads(run("proposals", "--json").out)] == [ids[1]]


def test_taking_and_dismissing_are_undone(run, offered, ids):
    assert json.loads(run("proposals", "dismiss", *ids, "--json").out)[0]["outcome"] == "dismissed"
    assert run("proposals").err.startswith("No proposals wait.")
    assert "2 proposals" in run("undo").out
    run("proposals", "take", *ids)
    assert len(json.loads(run("notes", "is:proposed", "--json").out)) == 2
    run("undo")
    assert json.loads(run("notes", "is:proposed", "--json").out) == []
    assert len(json.loads(run("proposals", "--json").out)) == 2


def test_an_unknown_id_is_told(run, offered):
    done = run("proposals", "take", "0zzz")
    assert done.code != 0
    assert "No proposal “0zzz” waits." in done.err
