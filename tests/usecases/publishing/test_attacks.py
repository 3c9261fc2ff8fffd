"""A hostile server can stop a run, and nothing else."""

import json
import logging

import pytest

from annotator.errors import AnnotatorError, FetchError, TooLarge
from annotator.store.machine.publish_memory import PublishMemory
from annotator.usecases import service_session

pytestmark = pytest.mark.slow

ESCAPE = "\x1b]52;c;aGk=\x07\x1b[31m\u202e"
GROUPS = [{"id": "__world__", "name": "Public"}, {"id": "desk", "name": "Desk"}]
PROFILE = {"userid": "acct:ann@localhost", "groups": GROUPS}
OURS = {
    "id": "x1", "user": "acct:ann@localhost", "group": "__world__", "uri": "https://example.org/story",
    "target": [{"selector": [{"type": "TextQuoteSelector", "exact": "Prices"}]}], "tags": [],
    "updated": "2030-01-01T00:00:00+00:00", "text": "",
}  # fmt: skip


def answers(server, **by_path):
    """Let paths answer with JSON or bytes; the profile is right unless it is among them."""

    def before(method, path):
        name = {"POST": "made", "PATCH": "changed"}.get(method, path.strip("/").split("/")[0])
        value = {"profile": PROFILE, **by_path}.get(name)
        if value is None or isinstance(value, tuple):
            return value
        return 200, {}, value if isinstance(value, bytes) else json.dumps(value).encode()

    server.before = before


def of(mark, **changes):
    return {"total": 1, "rows": [{**OURS, "annotator": {"mark": mark.id}, **changes}]}


def ids_of(library, mark):
    return sorted(other.id for other in library.article(mark.article_id).annotations())


@pytest.mark.parametrize(
    "profile",
    [b"", b"[]", b"null", b"{", b'{"userid": {}}', b'{"userid": ["x"], "groups": 7}',
     b"[" * 100_000, b'{"userid": "acct:ann@localhost", "groups": "__world__"}',
     (302, {"Location": "http://127.0.0.1:1/"}, b""), (200, {"Content-Encoding": "br"}, b"x"),
     (200, {"Content-Encoding": "gzip"}, b"x"), (999, {}, b""),
     (429, {"Retry-After": "9" * 30}, b"")],
)  # fmt: skip
async def test_a_wrong_profile_ends_the_run_before_anything_is_sent(
    publish, server, marks, profile
):
    answers(server, profile=profile)
    with pytest.raises(AnnotatorError) as caught:
        await publish()
    assert "secret-ann" not in str(caught.value)
    assert server.sent == []


async def test_a_server_that_is_always_busy_is_given_up(publish, server, marks):
    answers(server, profile=(429, {"Retry-After": "1"}, b""))
    with pytest.raises(FetchError, match="too busy"):
        await publish()


@pytest.mark.parametrize(
    "made",
    [b"", b"[]", b"{}", {"id": "../../other"}, {"id": "a/b?c#d"}, {"id": ["x"]}, {"id": "x" * 999},
     {"id": ESCAPE}, b"<html>"],
)  # fmt: skip
async def test_an_answer_without_an_id_ends_the_run_and_is_no_double(publish, server, marks, made):
    answers(server, made=made)
    with pytest.raises(AnnotatorError):
        await publish()
    answers(server)
    await publish()
    assert len(server.annotations) == 2


@pytest.mark.parametrize(
    "rows",
    [{"rows": {}}, {"rows": [7, None, [], "x"]}, {"rows": [{"id": 7}]}, [], "x", {"rows": None}],
)
async def test_wrong_types_in_a_list_are_left_out(publish, server, marks, rows):
    answers(server, search=rows)
    assert [action for action, _ in (await publish()).done] == ["create", "create"]


@pytest.mark.parametrize(
    "changes",
    [{"text": 7}, {"text": {"x": ESCAPE}}, {"tags": "x"}, {"tags": [None, {}, ESCAPE, "#", ","]},
     {"target": 7}, {"target": [{"selector": "x"}]}, {"target": []}, {"updated": "yesterday"},
     {"updated": "9999-12-31T23:59:59+00:00"}, {"updated": 7}, {"uri": "javascript:x"},
     {"tags": ["status:true", "status:"]}, {"text": f"{ESCAPE}<script>x</script>"},
     {"text": "x\n\n" * 90_000}, {"tags": [f"t{number}" for number in range(5_000)]},
     {"text": "**Statement:** " + "y" * 50_000}, {"document": 7}, {"user_info": 7}],
)  # fmt: skip
async def test_a_hostile_edit_becomes_clean_text_or_nothing(
    publish, server, marks, library, changes
):
    answers(server, search=of(marks[0], **changes))
    before = ids_of(library, marks[0])
    await publish(sends=False)
    assert ids_of(library, marks[0]) == before
    mark = next(
        m for m in library.article(marks[0].article_id).annotations() if m.id == marks[0].id
    )
    assert mark.quote == marks[0].quote
    said = repr((mark.note, mark.tags, mark.claim)) + json.dumps(mark.note)
    assert not any(
        sign in said for sign in ("\x1b", "\\x1b", "\\u001b", "\x07", "\\u202e", "\u202e")
    )
    assert "See p. 4." in mark.note


async def test_somebody_else_cannot_change_our_marks(publish, server, marks, library):
    row = of(marks[0], user="acct:bob@localhost", text="Mine now.")
    answers(server, search=row)
    await publish(sends=False)
    mark = next(
        m for m in library.article(marks[0].article_id).annotations() if m.id == marks[0].id
    )
    assert mark == marks[0] or mark.note == marks[0].note


async def test_an_endless_list_ends(publish, server, marks):
    answers(server, search=of(marks[0]))
    await publish(sends=False)
    assert len(server.asked) < 5


async def test_guests_are_clean_and_of_others(publish, server, marks, library):
    for number in range(3):
        server.write("bob", {**OURS, "text": f"{ESCAPE}<b>no</b> {number}"})
    server.write("ann", {**OURS, "text": "mine"})
    server.write("bob", {**OURS, "references": ["A_-0000000000000000001"], "text": "Reply."})
    told = await publish(do="guests")
    assert [line.action for line in told.lines] == ["guest"] * 3
    with PublishMemory(library.state) as memory:
        guests = memory.guests(marks[0].article_id)
    assert {guest.author for guest in guests} == {"bob"}
    assert "bob: Reply." in guests[0].note
    assert not any(sign in repr(guests) for sign in ("\x1b", "\\x1b", "\\u202e"))


async def test_the_token_is_in_no_log_and_no_error(publish, server, marks, caplog):
    with caplog.at_level(logging.DEBUG):
        await publish()
        for status in (400, 401, 403, 404, 412, 500):
            answers(server, made=(status, {}, b'{"reason": "Bearer secret-ann is secret-ann"}'))
            said = await publish_error(publish)
            assert "secret-ann" not in said
            assert str(status) in said or "does not accept the token" in said
    assert "secret-ann" not in caplog.text


async def test_what_a_server_says_about_types_is_told(publish, server, marks):
    answers(server, made=(400, {}, b"Send application/json, secret-ann."))
    assert "Send application/json, hidden." in await publish_error(publish)


async def test_no_part_of_the_token_is_in_what_a_server_says(publish, server, marks):
    for number in range(280, 300):
        answers(server, made=(400, {}, b"x" * number + b"secret-ann"))
        assert "secre" not in await publish_error(publish)


async def publish_error(publish):
    try:
        told = await publish(group="desk")
    except AnnotatorError as error:
        return repr((error, error.message, error.hint, error.__cause__))
    return repr(told.lines)


async def test_an_answer_without_an_end_is_cut_off(publish, server, marks, monkeypatch):
    monkeypatch.setattr(service_session, "_ANSWER_BYTES", 10_000)
    answers(server, profile=b" " * 20_000)
    with pytest.raises(TooLarge):
        await publish()
    monkeypatch.undo()
    monkeypatch.setattr(service_session, "MAX_RECEIVED", 10_000)
    answers(server, search={"rows": [], "more": "x" * 20_000})
    with pytest.raises(AnnotatorError, match="sends more than"):
        await publish()
    assert server.sent == []
