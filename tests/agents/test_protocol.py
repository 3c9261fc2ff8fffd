"""Clients of both eras are answered, and whatever else comes is refused by the protocol's rules."""

import pytest

from annotator.agents.protocol import LEGACY, MAX_LINE, MODERN

META = {"io.modelcontextprotocol/protocolVersion": MODERN}


def request(method, *, number=1, **params):
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": params}


def test_a_client_of_today_needs_no_request_before_the_one_that_it_makes(ask):
    discovered, listed = ask(
        request("server/discover", _meta=META), request("tools/list", number="b", _meta=META)
    )
    assert discovered["result"]["supportedVersions"] == [MODERN]
    assert discovered["result"]["resultType"] == listed["result"]["resultType"] == "complete"
    assert listed["result"]["cacheScope"] == "private"
    assert listed["id"] == "b"


@pytest.mark.parametrize(
    ("wanted", "agreed"), [*((one, one) for one in LEGACY), ("1999-01-01", LEGACY[0])]
)
def test_a_client_of_before_agrees_on_a_version(ask, wanted, agreed):
    begun, listed = ask(
        request("initialize", protocolVersion=wanted),
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        request("tools/list", number=2),
    )
    assert begun["result"]["protocolVersion"] == agreed
    assert listed["id"] == 2
    assert "resultType" not in listed["result"]


def test_a_version_that_is_not_known_is_refused_with_those_that_are(ask):
    (answer,) = ask(request("tools/list", _meta=dict.fromkeys(META, "2030-01-01")))
    assert answer["error"]["code"] == -32022
    assert answer["error"]["data"] == {"supported": [MODERN], "requested": "2030-01-01"}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{", -32700),
        (b"[" * 100_000, -32700),
        (b"\xff\xfe", -32700),
        (b"[]", -32600),
        (b"3", -32600),
        (b'{"id": 1}', -32600),
        (b'{"id": 1, "method": 3}', -32600),
        (b" " * MAX_LINE + b"{}", -32600),
    ],
)
def test_what_is_no_request_is_refused_and_the_next_one_is_answered(ask, line, code):
    refused, answered = ask(line, request("ping"))
    assert (refused["error"]["code"], refused["id"]) == (code, None)
    assert answered["result"] == {}


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (request("resources/list"), -32601),
        (request("tools/call", name="delete"), -32602),
        (request("tools/call", name=["search"]), -32602),
        (request("tools/call", name="search", arguments={}), -32602),
        (request("tools/call", name="search", arguments={"query": "x", "limit": 51}), -32602),
        (request("tools/call", name="search", arguments={"query": "x", "to": "/"}), -32602),
        (request("tools/call", name="search", arguments="x"), -32602),
        (request("tools/call", name="article", arguments={"article": "a", "start": -1}), -32602),
    ],
)
def test_what_there_is_not_or_does_not_fit_is_refused(ask, sent, code):
    (answer,) = ask(sent)
    assert answer["error"]["code"] == code


@pytest.mark.parametrize("arguments", [[1], "x", None, 5])
def test_arguments_that_are_no_object_are_refused_and_the_server_goes_on(ask, some, arguments):
    calls = request("tools/call", name="search", arguments=arguments), request("ping", number=2)
    refused, pong = ask(*calls)
    assert refused["error"]["code"] == -32602
    assert pong["id"] == 2


def test_a_line_that_is_not_utf_8_is_refused_and_the_server_goes_on(ask):
    refused, pong = ask(b'{"jsonrpc":"2.0","id":"\xff","method":"ping"}', request("ping"))
    assert refused["error"]["code"] == -32700
    assert pong["result"] == {}


def test_a_name_of_a_field_by_the_megabyte_is_not_sent_back_whole(ask, some):
    (refused,) = ask(request("tools/call", name="search", arguments={"x" * 900_000: 1}))
    assert refused["error"]["code"] == -32602
    assert len(refused["error"]["message"]) <= 200
