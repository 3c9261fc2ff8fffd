"""A program may propose marks of words that are in the text, and nothing else."""

import json

import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from annotator.agents.fences import UNTRUSTED, stored_words, visible
from annotator.usecases.marks.proposals import waiting
from builders import make_article, make_extraction, make_page
from contained import outside_of_fences, outside_of_untrusted

CLAIM = "The harbour handled 4,200 ships."
PERSIAN = "او می\u200cرود و می\u200cگوید که باران می\u200cبارد."
FAMILY, FLAG = "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f3f3\ufe0f\u200d\U0001f308"
EMOJI = f"A family {FAMILY} and a flag {FLAG} there."
HEBREW = "\u200fהיא אמרה (שלום)\u200f ויצאה."
LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}


@pytest.fixture
def text_of(library, moment):
    """Store a text, and return the id of its article."""

    def stored(text):
        article = make_article(f"Rain.\n\n{text}\n\nRain.", url="https://example.org/text")
        return library.store(make_extraction(article), make_page(), now=moment).record.id

    return stored


def test_programs_may_only_propose_where_that_is_allowed(ask, call, some, moment):
    names = [
        [tool["name"] for tool in ask(LIST, at=at)[0]["result"]["tools"]]
        for at in (None, lambda: moment)
    ]
    assert "propose" not in names[0]
    assert names[1] == [*names[0], "propose"]
    assert call("propose", article=some[0].article_id, quote=CLAIM)["code"] == -32602


def test_a_proposal_waits_under_the_name_of_its_program(library, propose, text_of):
    article = text_of(CLAIM)
    result = propose(article, CLAIM, status="refuted", verdict="Exaggerated.", tags=["port"])
    assert result["structuredContent"]["state"] == "waiting"
    (one,) = waiting(library)
    assert (one.mark.proposed, one.mark.status) == ("Scout 1.2", "refuted")
    assert propose(article, CLAIM)["structuredContent"]["state"] == "known"
    assert propose(article, "Rain.\n\nThe harbour handled", by="My model")["isError"] is False
    assert {one.mark.proposed for one in waiting(library)} == {"Scout 1.2", "My model"}


def test_a_client_of_before_2026_has_its_name_from_its_first_message(library, ask, text_of, moment):
    who = {"clientInfo": {"name": "Old", "version": "3"}, "protocolVersion": "2025-06-18"}
    arguments = {"article": text_of(CLAIM), "quote": CLAIM, "reason": "So."}
    ask(
        LIST | {"method": "initialize", "params": who},
        LIST | {"method": "tools/call", "params": {"name": "propose", "arguments": arguments}},
        at=lambda: moment,
    )
    assert [one.mark.proposed for one in waiting(library)] == ["Old 3"]


def test_the_answer_is_as_its_schema_says(ask, propose, text_of, moment):
    tool = ask(LIST, at=lambda: moment)[0]["result"]["tools"][-1]
    assert tool["annotations"]["readOnlyHint"] is False
    assert tool["inputSchema"]["additionalProperties"] is False
    assert set(tool["inputSchema"]["required"]) == {"article", "quote", "reason"}
    result = propose(text_of(CLAIM), CLAIM)
    Draft202012Validator(tool["outputSchema"]).validate(result["structuredContent"])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"quote": "The harbor handled 4,200 ships."}, "letter by letter"),
        ({"status": "true"}, "Invalid enum value"),
        ({"verdict": "x" * 3_000}, "2000"),
        ({"delete": "all"}, "unknown field"),
        ({"reason": ""}, "length >= 1"),
        ({"article": "https://example.org/other"}, "`search` names"),
    ],
)
def test_what_is_refused_says_what_to_do(library, propose, text_of, fields, words):
    result = propose(**{"article": text_of(CLAIM), "quote": CLAIM} | fields)
    assert result["isError"]
    assert words in result["content"][0]["text"]
    assert waiting(library) == []


def test_an_article_that_is_not_shown_gets_no_proposals(propose, text_of):
    assert propose(text_of(CLAIM), CLAIM, articles="tag:other")["isError"]


@pytest.mark.parametrize("text", [PERSIAN, EMOJI, HEBREW, "A soft\u2060 hint."])
def test_what_is_shown_can_be_proposed_as_it_is(library, call, propose, text_of, text):
    article = text_of(text)
    shown = call("article", article=article)["structuredContent"]["text"].split("\n\n")[1]
    result = propose(article, shown)
    stored = library.article(article).extraction().article.text.split("\n\n")[1]
    assert waiting(library)[0].mark.quote.strip("\u200f") in stored
    assert result["structuredContent"]["quote"] == visible(waiting(library)[0].mark.quote)


@pytest.mark.parametrize("text", [PERSIAN, EMOJI])
def test_joiners_that_belong_to_words_are_shown(text):
    assert visible(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "ob\u200dey",
        "o\u200cb\u200de\u200cy",
        "می\u200c\u200d\u200cرود",
        "x\ufe0f\ufe01\ufe02",
        "\u200dob",
    ],
)
def test_joiners_that_hide_a_message_are_not(text):
    assert "\u200d" not in visible(text)
    assert "\ufe01" not in visible(text)


def test_words_of_several_places_stay_as_they_are():
    text = "a\u200eb. ab c. a\u200eb."
    assert stored_words("one a\u200eb two", "one ab") == "one a\u200eb"
    assert stored_words("a\u200eb c. ab\u200e c.", "ab c") == "ab c"
    assert stored_words(text, "nothing") == "nothing"


@pytest.mark.slow
def test_no_words_of_a_page_are_outside_of_their_fields_when_marks_are_proposed(
    library, propose, hostile
):
    for annotation in hostile:
        article = library.article(annotation.article_id).extraction().article
        order = next((part for part in article.text.split("\n\n") if "ZORK" in part), CLAIM)
        for result in (
            propose(annotation.article_id, visible(order)),
            propose(annotation.article_id, visible(order)[1:] + "x"),
            propose(annotation.article_id, CLAIM, kind="question", reason=order),
        ):
            value = result.get("structuredContent", {})
            outside = [
                *outside_of_untrusted(value),
                *outside_of_fences(result["content"][0]["text"]),
            ]
            assert not [text for text in outside if "ZORK" in text or "obey" in text]
            for hidden in ("\u202e", "\u200b", "\u2028", "\x1b", chr(0xE006F)):
                assert hidden not in json.dumps(result, ensure_ascii=False)
    assert "quote" in UNTRUSTED


def test_a_link_tells_nothing_of_marks_that_the_server_does_not_show(propose, some, library):
    shown, hidden = some[:2]
    library.article(shown.article_id).update(lambda record: replace(record, tags=("mine",)))
    refusals = [
        propose(
            shown.article_id,
            "The harbour handled",
            articles="tag:mine",
            links=[{"relation": "supports", "target": target}],
        )["content"][0]["text"]
        for target in (hidden.id, hidden.id[:8], "01zzzzzz")
    ]
    assert len(set(refusals)) == 1
    assert "not here" in refusals[0]
    assert not waiting(library)
