"""Marks that are sent to Hypothesis, edited on both sides, deleted, and taken back."""

from functools import partial

import pytest
from msgspec.structs import replace

from annotator.errors import FetchError, InvalidInput
from annotator.model import Link
from annotator.store.machine.publish_memory import PublishMemory
from builders import make_annotation, make_article, make_extraction, make_page

PRICES, WAGES = "Prices rose by a tenth.", "Wages did not."


def only(server, words):
    [found] = [row for row in server.annotations.values() if quote_of(row) == words]
    return found


def quote_of(row):
    return row["target"][0]["selector"][0]["exact"]


def now_of(library, mark):
    return next(x for x in library.article(mark.article_id).annotations() if x.id == mark.id)


def change(library, mark, **fields):
    library.article(mark.article_id).revise(mark.id, partial(replace, **fields))


async def test_the_chosen_kinds_are_sent_with_their_fields_and_once(publish, server, marks):
    sent = await publish()
    assert sent.done == [("create", PRICES), ("create", WAGES)]
    row = only(server, PRICES)
    assert row["text"] == "See p. 4.\n\n**Statement:** A tenth more.\n\n**Speaker:** Ann"
    assert row["tags"] == ["prices", "claim", "status:disputed"]
    assert row["permissions"] == {"read": ["group:__world__"]}
    assert row["annotator"]["mark"] == marks[0].id
    assert [part["type"] for part in row["target"][0]["selector"]] == ["TextQuoteSelector"]
    again = await publish()
    assert again.done == []
    assert len(server.sent) == 2


async def test_only_the_fields_that_the_account_names_leave_this_machine(publish, server, marks):
    await publish(fields=())
    row = only(server, PRICES)
    assert (row["text"], row["tags"]) == ("", ["claim"])
    assert "Ann" not in repr(server.annotations)


async def test_a_query_chooses_the_marks(publish, server, marks):
    assert (await publish("tag:wages")).done == [("create", WAGES)]


async def test_marks_that_are_linked_lead_to_each_other(publish, server, marks, library):
    change(library, marks[0], links=(Link("supports", marks[1].id),))
    await publish()
    address = f"{server.url.removesuffix('/api')}/a/{only(server, WAGES)['id']}"
    assert only(server, PRICES)["text"].endswith(f"supports <{address}>")
    assert (await publish()).done == []


async def test_nothing_is_sent_before_the_user_has_seen_how_it_appears(publish, server, marks):
    shown = []
    sent = await publish(agree=lambda body: bool(shown.append(body)))
    assert sent.result is False
    assert server.sent == []
    assert len(shown) == 1
    await publish(agree=lambda _: True)
    await publish(group="desk", agree=lambda body: bool(shown.append(body)))
    assert len(shown) == 2, "another group is asked about by itself"
    assert len(server.annotations) == 2


async def test_a_trial_sends_and_changes_nothing(publish, server, marks, library):
    tried = await publish(is_tried=True)
    assert tried.done == [("create", PRICES), ("create", WAGES)]
    assert tried.lines[0].body["uri"] == "https://example.org/story"
    await publish()
    server.edit(only(server, PRICES)["id"], text="Edited there.")
    tried = await publish(is_tried=True)
    assert tried.done == [("merge", PRICES)]
    assert now_of(library, marks[0]).note == "See p. 4."
    assert len(server.sent) == 2


@pytest.mark.parametrize("is_done_first", [True, False])
async def test_a_lost_answer_makes_no_double(publish, server, marks, is_done_first):
    number = iter(range(100))
    if is_done_first:
        server.lost = lambda method, _: method == "POST" and next(number) == 0
    else:
        server.before = lambda method, _: (500, {}, b"") if method == "POST" else None
    with pytest.raises(FetchError):
        await publish()
    server.lost = server.before = lambda *_: None
    await publish()
    assert sorted(map(quote_of, server.annotations.values())) == sorted([PRICES, WAGES])
    assert (await publish()).done == []


async def test_a_machine_that_lost_its_memory_finds_what_is_there(publish, server, marks, library):
    await publish()
    (library.state / "publishing" / "memory.db").unlink()
    assert (await publish()).done == []
    assert len(server.annotations) == 2


async def test_edits_of_both_sides_are_merged_field_by_field(publish, server, marks, library):
    await publish()
    row = only(server, PRICES)
    server.edit(
        row["id"],
        text="See p. 4.\n\nAdded there.\n\n**Statement:** A tenth.\n\n**Speaker:** Ann",
        tags=["food", "claim", "status:refuted"],
    )
    change(library, marks[0], tags=("prices", "mine"))
    merged = await publish()
    assert merged.done == [("merge", PRICES), ("update", PRICES)]
    mark = now_of(library, marks[0])
    assert mark.note == "See p. 4.\n\nAdded there."
    assert set(mark.tags) == {"mine", "food"}
    assert (mark.claim.statement, mark.claim.status) == ("A tenth.", "refuted")
    assert set(only(server, PRICES)["tags"]) == {"mine", "food", "claim", "status:refuted"}
    assert (await publish()).done == []
    [step] = merged.edits
    assert step.article_ids == (mark.article_id,)


async def test_notes_that_were_written_apart_are_both_kept(publish, server, marks, library):
    await publish()
    row = only(server, PRICES)
    server.edit(row["id"], text=row["text"].replace("See p. 4.", "There."))
    change(library, marks[0], note="Here.")
    await publish()
    assert {*now_of(library, marks[0]).note.split("\n\n")} == {"Here.", "There."}
    assert {*only(server, PRICES)["text"].split("\n\n")} >= {"Here.", "There."}


async def test_an_edit_there_alone_is_not_sent_back(publish, server, marks, library):
    await publish()
    row = only(server, WAGES)
    server.edit(row["id"], text="Who says so?")
    assert (await publish(sends=False)).done == [("merge", WAGES)]
    assert now_of(library, marks[1]).note == "Who says so?"
    assert (await publish()).done == []


async def test_what_was_deleted_here_is_deleted_there(publish, server, marks, library, moment):
    await publish()
    library.article(marks[0].article_id).remove([marks[0].id], now=moment)
    assert (await publish()).done == [("delete", PRICES)]
    library.trash(marks[1].article_id)
    assert (await publish()).done == [("delete", WAGES)]
    assert server.annotations == {}


async def test_what_was_edited_there_after_it_was_deleted_here_stays(
    publish, server, marks, library, moment
):
    await publish()
    library.article(marks[0].article_id).remove([marks[0].id], now=moment)
    server.edit(only(server, PRICES)["id"], text="Still true?")
    assert (await publish()).done == [("stays", PRICES)]
    assert len(server.annotations) == 2


async def test_what_was_deleted_there_stays_here_until_it_is_sent_again(
    publish, server, marks, library
):
    await publish()
    del server.annotations[only(server, PRICES)["id"]]
    assert (await publish()).done == [("gone", PRICES)]
    assert (await publish()).done == []
    assert now_of(library, marks[0]).note == "See p. 4."
    assert (await publish(sends_again=True)).done == [("create", PRICES)]


async def test_undo_deletes_what_the_last_run_made(publish, server, marks, library):
    await publish("tag:wages")
    change(library, marks[1], note="Later.")
    await publish()
    undone = await publish(do="undo")
    assert sorted(undone.done) == [("delete", PRICES), ("stays", WAGES)]
    assert [quote_of(row) for row in server.annotations.values()] == [WAGES]


async def test_undo_says_what_could_not_be_deleted_and_goes_on(publish, server, marks):
    await publish()
    number = iter(range(9))
    refusal = 403, {}, b"{}"
    server.before = lambda method, _: refusal if method == "DELETE" and not next(number) else None
    undone = await publish(do="undo")
    assert sorted(action for action, _ in undone.done) == ["delete", "stays"]
    server.before = lambda *_: None
    assert [action for action, _ in (await publish(do="undo")).done] == ["delete"]
    assert server.annotations == {}


async def test_a_wrong_token_or_group_is_named_before_anything_is_sent(publish, server, marks):
    with pytest.raises(FetchError, match="does not know the token"):
        await publish(token="wrong-token")
    with pytest.raises(InvalidInput, match="not in the group other") as caught:
        await publish(group="other")
    assert "desk (Group desk)" in caught.value.hint
    with pytest.raises(InvalidInput, match="Hypothesis needs a group"):
        await publish(group="")
    assert server.sent == []


async def test_what_the_service_refuses_is_told_and_the_others_are_sent(publish, server, marks):
    number = iter(range(9))
    refusal = 400, {}, b'{"status": "failure", "reason": "text: secret-ann is too long"}'
    server.before = lambda method, _: refusal if method == "POST" and not next(number) else None
    sent = await publish()
    assert sent.done == [("refused", PRICES), ("create", WAGES)]
    assert "is too long" in sent.lines[0].reason
    assert "secret-ann" not in sent.lines[0].reason


@pytest.mark.parametrize("secret", ["?a=1&access_token=s3cret", "?r=eyJ1c2VyX2lkIjoxMjM0fQ.x9"])
async def test_an_address_with_a_secret_is_named_and_not_sent(
    publish, server, library, moment, secret
):
    article = make_article(PRICES, url=f"https://example.org/mail{secret}")
    library.store(make_extraction(article), make_page(url=article.url), now=moment)
    library.put([make_annotation(article, PRICES)])
    told = await publish()
    assert told.done == [("refused", PRICES)]
    assert "token or a password" in told.lines[0].reason
    server.asked.clear()
    await publish(do="guests")
    assert server.asked == [("GET", "/profile")]


async def test_a_change_that_is_not_taken_stops_no_other(publish, server, marks, library):
    await publish()
    for mark in marks[:2]:
        change(library, mark, tags=("new",))
    path = f"/annotations/{only(server, PRICES)['id']}"
    server.before = lambda _, asked: (400, {}, b"Too long.") if asked == path else None
    told = await publish()
    assert sorted(told.done) == [("refused", PRICES), ("update", WAGES)]
    assert any("Too long." in line.reason for line in told.lines)


async def test_a_busy_service_is_asked_again_for_a_minute_at_most(publish, server, marks):
    number = iter(range(9))
    busy = 429, {"Retry-After": "7"}, b'{"status": "failure"}'
    server.before = lambda method, _: busy if method == "POST" and not next(number) else None
    sent = await publish()
    assert sent.waits == [7]
    assert len(server.annotations) == 2
    server.before = lambda *_: (429, {"Retry-After": "61"}, b"")
    with pytest.raises(FetchError, match="429") as caught:
        await publish()
    assert "same command goes on" in caught.value.hint


async def test_the_token_is_in_no_file(publish, server, marks, tmp_path):
    await publish()
    with PublishMemory(tmp_path / "unused"):
        pass
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if b"secret-ann" in path.read_bytes()] == []


async def test_what_a_server_in_trouble_may_have_made_is_not_sent_again_at_once(
    publish, server, marks
):
    server.before = lambda method, _: (503, {}, b"") if method == "POST" else None
    with pytest.raises(FetchError, match="503"):
        await publish()
    assert len(server.sent) == 1
    server.before = lambda *_: None
    await publish()
    assert len(server.annotations) == 2


@pytest.mark.parametrize("is_written", [False, True])
@pytest.mark.parametrize("number", range(1, 5))
async def test_a_run_that_is_killed_at_any_write_is_gone_on_with(
    publish, server, marks, library, number, is_written
):
    with pytest.raises(KeyboardInterrupt):
        await publish(stop=(number, is_written))
    await publish()
    assert sorted(map(quote_of, server.annotations.values())) == sorted([PRICES, WAGES])
    assert (await publish()).done == []
    row = only(server, PRICES)
    server.edit(row["id"], text=f"There.\n\n{row['text']}")
    change(library, marks[0], tags=("prices", "mine"))
    with pytest.raises(KeyboardInterrupt):
        await publish(stop=(1 + number % 2, is_written))
    await publish()
    mark = now_of(library, marks[0])
    assert (mark.note, mark.tags) == ("There.\n\nSee p. 4.", ("prices", "mine"))
    assert "mine" in only(server, PRICES)["tags"]
    assert (await publish()).done == []


@pytest.mark.parametrize("is_killed", [False, True])
async def test_what_is_not_in_the_index_there_yet_is_neither_gone_nor_sent_again(
    publish, server, marks, is_killed
):
    if is_killed:
        with pytest.raises(KeyboardInterrupt):
            await publish(stop=(4, False))
    else:
        await publish()
    server.behind = set(server.annotations)
    told = await publish(sends_again=True)
    assert (told.done, told.waits) == ([], [10.0])
    assert (await publish()).waits == []
    assert len(server.annotations) == 2


@pytest.mark.parametrize("is_undone", [False, True])
async def test_what_arrived_before_a_kill_is_deleted_as_anything_else(
    publish, server, marks, library, moment, is_undone
):
    with pytest.raises(KeyboardInterrupt):
        await publish(stop=(2, False))
    [made] = server.annotations.values()
    if is_undone:
        told = await publish(do="undo")
    else:
        gone = next(mark.id for mark in marks if mark.quote == quote_of(made))
        library.article(marks[0].article_id).remove([gone], now=moment)
        told = await publish()
    assert ("delete", quote_of(made)) in told.done
    assert made["id"] not in server.annotations


async def test_a_library_that_was_lost_deletes_nothing_there(publish, server, marks, library):
    await publish()
    library.trash(marks[0].article_id)
    library.delete(marks[0].article_id)
    told = await publish()
    assert sorted(told.done) == [("stays", PRICES), ("stays", WAGES)]
    assert "Nobody deleted it here" in told.lines[0].reason
    assert len(server.annotations) == 2
