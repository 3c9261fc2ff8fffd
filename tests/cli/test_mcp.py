"""`annotator mcp` answers programs, keeps a log of that, and does nothing else."""

import json
import os
import subprocess
import sys

import pytest

CALLS = (
    {"id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18"}},
    {"id": 2, "method": "tools/call", "params": {"name": "search", "arguments": {"query": "coal"}}},
    {
        "id": 3,
        "method": "tools/call",
        "params": {"name": "article", "arguments": {"article": "https://example.org/?key=s3cret"}},
    },
)
PROPOSED = {
    "quote": "Coal made two thirds of the power as late as 1990.",
    "kind": "evidence",
    "reason": "A share.",
}
WATCHED = """
import os, sys

def watch(event, arguments):
    if event.partition(".")[0] in ("socket", "subprocess", "shutil") or event == "os.system":
        print(event, file=sys.stderr)
    is_named = event == "open" and not isinstance(arguments[0], int)  # else it was opened before
    if is_named and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        print("written", os.fsdecode(arguments[0]), file=sys.stderr)

sys.addaudithook(watch)
sys.argv = ["annotator", "mcp", *sys.argv[1:]]
from annotator.cli import main
sys.exit(main())
"""


@pytest.fixture
def article(run, kept):
    """Mark a claim in the story, and return the id of its article."""
    run("mark", kept, "Coal made two thirds of the power as late as 1990.", "--kind", "claim")
    return kept


def asked(*requests):
    return b"".join(json.dumps({"jsonrpc": "2.0"} | one).encode() + b"\n" for one in requests)


def test_a_program_asks_and_the_log_says_what(run, process, article):
    done = process("mcp", stdin=asked(*CALLS))
    begun, matches, refused = (json.loads(line)["result"] for line in done.out.splitlines())
    assert (done.code, done.err) == (0, "")
    assert begun["serverInfo"]["name"] == "annotator"
    (mark,) = matches["structuredContent"]["marks"]
    assert mark["quote"] == "Coal made two thirds of the power as late as 1990."
    assert refused["isError"]
    lines = [line.split("\t")[1:] for line in run("mcp", "--log").out.splitlines()]
    assert lines[0] == ["unknown", "search", "query=coal", "2"]
    assert lines[1][1] == "article"
    assert "s3cret" not in run("mcp", "--log").out
    assert [call["tool"] for call in json.loads(run("mcp", "--log", "--json").out)] == [
        "search",
        "article",
    ]


def test_nothing_is_sent_and_nothing_of_the_library_is_written(home, article):
    done = subprocess.run(
        [sys.executable, "-c", WATCHED],
        input=asked(*CALLS),
        env=os.environ,
        capture_output=True,
        check=True,
    )
    assert len(done.stdout.splitlines()) == len(CALLS)
    events = done.stderr.decode().splitlines()
    assert any(event.endswith("mcp.jsonl") for event in events)  # so it was watched
    assert not [
        event for event in events if not event.startswith("written") or "share/annotator" in event
    ]


def proposing(article, **fields):
    arguments = {"article": article} | PROPOSED | fields
    params = {"name": "propose", "arguments": arguments}
    return {"id": 1, "method": "tools/call", "params": params}


def test_what_is_proposed_is_written_to_the_queue_and_nowhere_else(home, run, article):
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, "--allow", "propose", "--by", "My model"],
        input=asked(*CALLS, proposing(article), proposing(article, quote="Coal is good.")),
        env=os.environ,
        capture_output=True,
        check=True,
    )
    results = [json.loads(line)["result"] for line in done.stdout.splitlines()]
    assert [result.get("isError") for result in results[-2:]] == [False, True]
    written = set()
    for event in done.stderr.decode().splitlines():
        assert event.startswith("written ")
        name = event.removeprefix("written ").rpartition("/")[2]
        if "share/annotator" in event:
            assert "catalog" in event
            assert name.startswith((".annotator-", "proposals.json")) or name == ".lock"
        written.add(name)
    assert "mcp.jsonl" in written
    (one,) = json.loads(run("proposals", "--json").out)
    assert (one["quote"], one["proposed"]) == (PROPOSED["quote"], "My model")
    log = json.loads(run("mcp", "--log", "--json").out)
    assert [(call["tool"], call["rows"]) for call in log[-2:]] == [("propose", 1), ("propose", 0)]


def test_only_articles_of_the_query_are_shown(process, article):
    (answer,) = process("mcp", "--articles", "tag:other", stdin=asked(CALLS[1])).out.splitlines()
    assert json.loads(answer)["result"]["structuredContent"]["marks"] == []


def test_the_log_of_nobody_is_a_sentence(run):
    assert run("mcp", "--log").err == "No program has asked yet.\n"


def test_what_cannot_be_logged_is_not_answered(process, home, article):
    folder = home / ".local/state/annotator"
    (folder / "mcp.jsonl").mkdir()
    done = process("mcp", stdin=asked(CALLS[1]))
    assert done.code != 0
    assert done.out == ""
    assert "mcp.jsonl" in done.err
