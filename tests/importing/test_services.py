"""Requests to services, page by page, and the document made of the answers."""

import json

import pytest

from annotator.errors import ImportFailed, InvalidInput
from annotator.importing.readers.json_values import read_json
from annotator.importing.services import service_named, service_names


def run(name, answer):
    """Return the document of a service, and the requests that it took.

    `answer` returns what the service answers to a path and a query.
    """
    steps = service_named(name).steps()
    requests = []
    try:
        request = next(steps)
        while True:
            requests.append((request.path, dict(request.query)))
            value = answer(request.path, request.query)
            request = steps.send(read_json(json.dumps(value)).value)
    except StopIteration as end:
        return end.value, requests


def asked(requests, name):
    """Return the values of a part of the query."""
    return [query.get(name) for _, query in requests]


@pytest.mark.parametrize(
    ("name", "path"), [("readwise", "/api/v2/export/"), ("reader", "/api/v3/list/")]
)
def test_readwise_is_asked_with_its_cursor_until_there_is_none(name, path):
    pages = {None: (["a", "b"], "p2"), "p2": (["c"], "p3"), "p3": (["d"], None)}

    def answer(_, query):
        ids, following = pages[query.get("pageCursor")]
        return {"results": [{"id": one} for one in ids], "nextPageCursor": following}

    document, requests = run(name, answer)
    assert [record["id"] for record in document["results"]] == ["a", "b", "c", "d"]
    assert asked(requests, "pageCursor") == [None, "p2", "p3"]
    assert {one for one, _ in requests} == {path}
    assert set(asked(requests, "withHtmlContent")) == {"true" if name == "reader" else None}


def test_hypothesis_is_asked_for_the_user_s_own_annotations_each_once():
    def answer(path, query):
        if path == "/profile":
            return {"userid": "acct:ann@hypothes.is"}
        at = {None: (1, 2), "2024-02": (2, 3), "2024-03": ()}[query.get("search_after")]
        return {"rows": [{"id": str(n), "created": f"2024-0{n}"} for n in at]}

    document, requests = run("hypothesis", answer)
    assert document["export_userid"] == "acct:ann@hypothes.is"
    assert [record["id"] for record in document["annotations"]] == ["1", "2", "3"]
    assert asked(requests, "user") == [None, *["acct:ann@hypothes.is"] * 3]
    assert asked(requests[1:], "sort") == ["created"] * 3


def test_raindrop_is_asked_for_its_folders_and_for_pages_by_number():
    def answer(path, query):
        if "collections" in path:
            return {"items": [{"_id": path.rpartition("/")[2]}]}
        return {"items": [{"_id": query["page"]}] if int(query["page"]) < 2 else []}

    document, requests = run("raindrop", answer)
    assert [folder["_id"] for folder in document["collections"]] == ["collections", "childrens"]
    assert [item["_id"] for item in document["raindrops"]] == ["0", "1"]
    assert asked(requests[2:], "page") == ["0", "1", "2"]


def test_karakeep_is_asked_for_lists_and_their_bookmarks():
    def answer(path, query):
        if path == "/api/v1/lists":
            return {"lists": [{"id": "l/1", "name": "War"}, {"id": "l2", "name": "Peace"}]}
        if path.endswith("/bookmarks") and "lists" in path:
            is_last = "l%2F1" in path or "cursor" in query
            return {"bookmarks": [{"id": "b1" if is_last else "b2"}],
                    "nextCursor": None if is_last else "c"}  # fmt: skip
        if path == "/api/v1/bookmarks":
            return {"bookmarks": [{"id": f"b{n}"} for n in (1, 2, 3)], "nextCursor": None}
        return {"highlights": [{"id": "h"}]}

    document, requests = run("karakeep", answer)
    assert [(one["id"], one["lists"]) for one in document["bookmarks"]] == [
        ("b1", ["l/1", "l2"]),
        ("b2", ["l2"]),
        ("b3", []),
    ]
    assert [one["id"] for one in document["highlights"]] == ["h"]
    assert [one["name"] for one in document["lists"]] == ["War", "Peace"]
    assert (
        "/api/v1/lists/l%2F1/bookmarks",
        {"limit": "100", "includeContent": "false"},
    ) in requests


def test_linkwarden_is_asked_for_the_highlights_of_each_link():
    def answer(path, query):
        if path.endswith("/highlights"):
            return {"response": [{"text": f"of {path.split('/')[4]}"}]}
        known = {None: ["9", "8"], "8": ["8", "7"], "7": []}[query.get("cursor")]
        return {"response": [{"id": one} for one in known]}

    document, requests = run("linkwarden", answer)
    assert [(one["id"], one["highlights"][0]["text"]) for one in document["links"]] == [
        ("9", "of 9"),
        ("8", "of 8"),
        ("7", "of 7"),
    ]
    assert asked(requests[:3], "cursor") == [None, "8", "7"]


@pytest.mark.parametrize(("name", "part"), [("readeck", "offset"), ("zotero", "start")])
def test_records_are_asked_for_by_the_number_of_those_that_came(name, part):
    def answer(_, query):
        at = int(query[part])
        return [{"id": str(n)} for n in range(at, min(at + 2, 3))]

    document, requests = run(name, answer)
    for records in document.values():
        assert [one["id"] for one in records] == ["0", "1", "2"]
    assert asked(requests, part) == ["0", "2", "3"] * len(document)
    assert set(asked(requests, "limit")) == {"100"}


def test_a_service_that_always_names_another_page_is_stopped():
    with pytest.raises(ImportFailed, match="without an end"):
        run("raindrop", lambda *_: {"items": [{"_id": "1"}]})


def test_a_service_that_names_the_same_page_again_is_asked_once_more_at_most():
    document, requests = run(
        "readwise", lambda *_: {"results": [{"id": "1"}], "nextPageCursor": "same"}
    )
    assert (len(document["results"]), len(requests)) == (2, 2)


def test_pages_without_records_end_after_a_few():
    cursors = iter(range(1_000))
    document, requests = run(
        "readwise", lambda *_: {"results": [], "nextPageCursor": str(next(cursors))}
    )
    assert document == {"results": []}
    assert len(requests) == 6


def test_an_answer_that_is_no_object_has_no_records():
    assert run("readwise", lambda *_: ["no"])[0] == {"results": []}


def test_services_are_known_by_name_and_another_name_is_corrected():
    assert len(service_names()) == 8
    assert all(service_named(name).name == name for name in service_names())
    with pytest.raises(InvalidInput, match=r"Unknown service: raindrp\. Did you mean"):
        service_named("raindrp")
    assert service_named("zotero").authorization == ""
    assert service_named("readwise").authorization == "Token {token}"
