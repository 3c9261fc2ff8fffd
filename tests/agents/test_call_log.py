"""The log of what programs asked has every call, and no secret."""

from annotator.agents.call_log import CallLog, LoggedCall


def test_a_question_about_secrets_is_logged_without_them(tmp_path, moment):
    log = CallLog(tmp_path / "mcp.jsonl")
    for query in ("cookie: a recipe", "https://example.org/?token=s3cret", "bread"):
        log.add(LoggedCall(moment, "set-cookie: client", "search", {"query": query, "limit": 3}, 1))
    assert [call.arguments["limit"] for call in log.calls()] == [3, 3, 3]
    assert [call.arguments["query"] for call in log.calls()][1:] == [
        "https://example.org/?token=hidden",
        "bread",
    ]
