"""The log of what programs asked has every call, and no secret."""

import pytest

from annotator.agents import call_log
from annotator.agents.call_log import MAX_ARGUMENT, CallLog, LoggedCall


def test_a_question_about_secrets_is_logged_without_them(tmp_path, moment):
    log = CallLog(tmp_path / "mcp.jsonl")
    for query in ("cookie: a recipe", "https://example.org/?token=s3cret", "bread"):
        log.add(LoggedCall(moment, "set-cookie: client", "search", {"query": query, "limit": 3}, 1))
    assert [call.arguments["limit"] for call in log.calls()] == [3, 3, 3]
    assert [call.arguments["query"] for call in log.calls()][1:] == [
        "https://example.org/?token=hidden",
        "bread",
    ]


def test_a_program_whose_name_has_a_secret_is_logged_without_it(tmp_path, moment):
    log = CallLog(tmp_path / "mcp.jsonl")
    log.add(LoggedCall(moment, "https://scout.example/?token=s3cret", "search", {}, 1))
    assert [call.client for call in log.calls()] == ["https://scout.example/?token=hidden"]


@pytest.mark.slow
def test_what_a_program_sends_by_the_megabyte_is_cut_and_never_fills_the_disk(
    tmp_path, moment, monkeypatch
):
    log = CallLog(tmp_path / "mcp.jsonl")
    huge = {"quote": "a" * 1_000_000, "tags": ["b" * 1_000_000], "kind": "claim"}
    log.add(LoggedCall(moment, "Scout", "propose", huge, 0))
    (call,) = log.calls()
    assert {name: len(value) for name, value in call.arguments.items()} == {
        "quote": MAX_ARGUMENT + 1,
        "tags": MAX_ARGUMENT + 1,
        "kind": 5,
    }
    monkeypatch.setattr(call_log, "MAX_BYTES", 100_000)
    for _ in range(100):
        log.add(LoggedCall(moment, "Scout", "propose", huge, 0))
    assert 50_000 < (tmp_path / "mcp.jsonl").stat().st_size < 110_000
