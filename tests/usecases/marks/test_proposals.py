"""Marks that programs propose wait for the user, and quote what is in the text exactly once."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import Conflict, InvalidInput
from annotator.model import Claim
from annotator.model.query_parser import parse
from annotator.store import Library
from annotator.usecases.articles.lookup import articles
from annotator.usecases.library.undo import History
from annotator.usecases.marks import proposals
from annotator.usecases.marks.annotate import Draft, mark
from annotator.usecases.marks.proposals import (
    MOST_OF_ARTICLE,
    ProposedLink,
    ProposedMark,
    dismiss,
    number_waiting,
    only_place,
    propose,
    propose_printed,
    take,
    waiting,
)
from annotator.usecases.queries.search import notes
from builders import find_span, make_article, make_extraction, make_page

TEXT = (
    "The harbour handled 14,200 ships in 1990.\n\n"
    "“Prices rose by a tenth,” said Ann Lee — it was cold.\n\nIt rained. It rained."
)
CLAIM = "The harbour handled 14,200 ships in 1990."
BY = "Scout 1.2"


@pytest.fixture
def record(library, moment):
    return stored(library, TEXT, moment)


@pytest.fixture
def offer(library, record, moment):
    """Return a function that proposes a quote, and returns what became of it."""

    def offered(quote=CLAIM, reason="A number.", by=BY, **fields):
        wanted = ProposedMark(quote, reason, **fields)
        return propose(library, record, wanted, by=by, now=moment)

    return offered


def stored(library, text, moment):
    article = make_article(text, url="https://example.org/port")
    return library.store(make_extraction(article), make_page(), now=moment).record


def marks_of(library, record):
    return library.article(record.id).annotations()


def test_a_proposal_waits_and_is_no_mark(library, record, offer):
    state, proposed = offer(kind="claim", tags=["Port"], speaker="Ann Lee", status="disputed")
    (one,) = waiting(library)
    assert (state, one.mark, one.remark) == ("waiting", proposed, "")
    assert (one.mark.quote, one.mark.proposed, one.proposal.reason) == (CLAIM, BY, "A number.")
    assert one.mark.claim == Claim(speaker="Ann Lee", status="disputed")
    assert marks_of(library, record) == ()
    assert list(notes(library, parse("kind:claim"))) == []


def test_a_taken_mark_says_who_proposed_it_and_is_found_by_that(library, record, offer, moment):
    offer()
    take(library, waiting(library), now=moment)
    (made,) = marks_of(library, record)
    assert (made.quote, made.proposed) == (CLAIM, BY)
    assert number_waiting(library) == 0
    for query in ("proposed:scout", "is:proposed", "-proposed:other kind:claim"):
        assert [note.annotation.id for note in notes(library, parse(query))] == [made.id]
    assert [found.id for found in articles(library, parse("is:proposed"))] == [record.id]
    assert list(notes(library, parse("proposed:other"))) == []


def test_undo_makes_a_proposal_of_the_mark_again(library, record, offer, moment):
    offer()
    history = History()
    history.make(lambda: take(library, waiting(library), now=moment))
    history.undo(library, now=moment)
    assert marks_of(library, record) == ()
    assert number_waiting(library) == 1
    history.redo(library, now=moment)
    assert [made.proposed for made in marks_of(library, record)] == [BY]
    assert number_waiting(library) == 0


def test_the_same_proposal_twice_is_one(library, offer):
    first, again = offer(), offer("The harbour  handled 14,200 ships in\n1990.", by="Other")
    assert (first[0], again[0]) == ("waiting", "known")
    assert first[1] == again[1]
    assert number_waiting(library) == 1
    assert offer(kind="question")[0] == "waiting"


def test_a_dismissed_proposal_does_not_come_back(library, offer, moment):
    offer()
    step = dismiss(library, waiting(library), now=moment)
    assert offer(reason="Once more.")[0] == "dismissed"
    assert number_waiting(library) == 0
    step.undo(library, now=moment)
    assert number_waiting(library) == 1


def test_what_was_taken_or_is_marked_is_not_proposed_again(library, record, offer, moment):
    offer()
    take(library, waiting(library), now=moment)
    assert offer()[0] == "taken"
    article = library.article(record.id).extraction().article
    span = find_span(article.text, "Prices rose by a tenth")
    mark(library, article, span, Draft(), now=moment)
    assert offer("Prices rose by a tenth")[0] == "marked"


def test_what_was_taken_elsewhere_is_not_taken_again(library, offer, moment):
    offer()
    known = waiting(library)
    take(library, known, now=moment)
    with pytest.raises(Conflict):
        take(library, known, now=moment)


def test_two_machines_that_take_the_same_have_one_mark(library, record, offer, moment, tmp_path):
    _, proposed = offer()
    with Library.open(tmp_path / "other", state=tmp_path / "state-2") as other:
        there = stored(other, TEXT, moment)
        wanted = ProposedMark(CLAIM, "A number.")
        assert propose(other, there, wanted, by="Else", now=moment)[1].id == proposed.id


def test_details_can_be_other_ones_when_it_is_taken(library, record, offer, moment):
    offer(status="refuted")
    (one,) = waiting(library)
    take(library, [one], {one.mark.id: Claim(speaker="Bo")}, now=moment)
    assert [made.claim for made in marks_of(library, record)] == [Claim(speaker="Bo")]


@pytest.mark.parametrize(
    "quote",
    [
        "the harbour handled 14,200 ships in 1990.",
        "The harbour handled 14,300 ships in 1990.",
        "The harbour handled 14,200 ships … in 1990.",
        "The harbour handled ships 14,200 in 1990.",
        "The h\u0430rbour handled 14,200 ships in 1990.",
        "The harbour\u200b handled 14,200 ships in 1990.",
        "The harbour handled １4,200 ships in 1990.",
        "4,200 ships",
        "200 ships in 1990",
        "harbour handled 14",
        "arbour handled",
        "It rained.",
        "  ",
        "\u200d",
    ],
)
def test_a_quote_that_is_not_there_exactly_once_is_refused(library, offer, quote):
    with pytest.raises(InvalidInput) as refused:
        offer(quote)
    assert refused.value.hint
    assert "harbour" not in str(refused.value)
    assert number_waiting(library) == 0


@pytest.mark.parametrize(
    "quote", ['"Prices rose by a tenth," said Ann Lee - it', "Ann  Lee — it was\tcold", "14,200"]
)
def test_spaces_and_the_style_of_quotation_marks_do_not_matter(offer, quote):
    assert offer(quote)[0] == "waiting"


@pytest.mark.parametrize(
    "text",
    [
        "او می‌رود و می‌گوید که باران می‌بارد.",
        "A family 👨‍👩‍👧 and a flag 🏳️‍🌈 there.",
        "大雨が降った。",
    ],
)
def test_words_with_joiners_are_quoted_as_they_are(library, moment, text):
    record = stored(library, f"Rain.\n\n{text}\n\nRain.", moment)
    for quote in (text, text.split(maxsplit=1)[-1]):
        wanted = ProposedMark(quote, "So it says.")
        assert propose(library, record, wanted, by=BY, now=moment)[1].quote == quote
    altered = text.replace("\u200c", "").replace("\u200d", "").replace("雨", "雪")
    with pytest.raises(InvalidInput):
        propose(library, record, ProposedMark(altered, "No."), by=BY, now=moment)
    with pytest.raises(InvalidInput):
        propose(library, record, ProposedMark(text[:-1] + "\u200d", "No."), by=BY, now=moment)


@given(st.data())
def test_no_altered_quote_has_a_place(data):
    start = data.draw(st.integers(0, len(CLAIM) - 8))
    end = data.draw(st.integers(start + 4, len(CLAIM)))
    quote = CLAIM[start:end]
    at = data.draw(st.integers(0, len(quote) - 1))
    letter = data.draw(st.characters(exclude_categories=["Zs", "Cs"], exclude_characters="\n\t\r"))
    altered = quote[:at] + letter + quote[at + 1 :]
    if altered.split() == quote.split() or " ".join(altered.split()) in TEXT:
        return
    with pytest.raises(InvalidInput):
        only_place(TEXT, altered)


def test_a_text_that_changed_says_so_and_needs_the_words_once(library, record, offer, moment):
    offer()
    offer("Prices rose by a tenth")
    stored(library, f"New. {CLAIM}\n\nPrices fell by a tenth, said Ann Lee.", moment)
    there, gone = waiting(library)
    assert (there.mark.quote, there.remark) == (CLAIM, "The text has changed since.")
    assert gone.span is None
    assert gone.remark.startswith("The text has changed since. The quote is not")
    with pytest.raises(InvalidInput):
        take(library, [gone], now=moment)
    take(library, [there, gone], now=moment)
    (made,) = marks_of(library, record)
    assert made.target.position.start == len("New. ")
    assert [one.mark.id for one in waiting(library)] == [gone.mark.id]


def test_no_more_wait_than_somebody_reads(library, moment):
    sentences = [f"Sentence number {number} of a report." for number in range(MOST_OF_ARTICLE + 1)]
    record = stored(library, "\n\n".join(sentences), moment)
    for sentence in sentences[:-1]:
        propose(library, record, ProposedMark(sentence, "So."), by=BY, now=moment)
    with pytest.raises(InvalidInput, match="No more than 50 proposals"):
        propose(library, record, ProposedMark(sentences[-1], "So."), by=BY, now=moment)


def test_no_more_wait_in_all_articles_than_somebody_reads(library, offer, moment, monkeypatch):
    monkeypatch.setattr(proposals, "MOST", 1)
    offer()
    article = make_article("It snowed.", url="https://example.org/snow")
    other = library.store(make_extraction(article), make_page(), now=moment).record
    with pytest.raises(InvalidInput, match="and 1 in all"):
        propose(library, other, ProposedMark("It snowed.", "So."), by=BY, now=moment)
    assert number_waiting(library) == 1


def test_what_cannot_be_seen_does_not_wait(offer):
    _, proposed = offer(
        note="Look\x1b[2J\u202e here\u200b.",
        speaker="Ann\u200f Lee",
        by="Scout\x07",
        tags=["a\u200bb"],
    )
    assert (proposed.note, proposed.proposed, proposed.tags) == ("Look here.", "Scout", ("ab",))
    assert proposed.claim.speaker == "Ann Lee"


def test_a_link_leads_to_a_mark_or_a_page(library, record, offer, moment):
    article = library.article(record.id).extraction().article
    other = mark(library, article, find_span(article.text, "Ann Lee"), Draft(), now=moment)
    links = [ProposedLink("supports", other.id), ProposedLink("informs", "https://b.example/")]
    _, proposed = offer(links=links)
    assert [link.target for link in proposed.links] == [other.id, "https://b.example/"]
    with pytest.raises(InvalidInput, match="A link leads to a mark"):
        offer("Prices rose", links=[ProposedLink("supports", "0zzzz")])


def test_what_a_command_prints_is_proposed(library, record, moment):
    printed = json.dumps(
        {
            "proposals": [
                {"quote": CLAIM, "reason": "A number.", "status": "checking"},
                {"quote": "Prices fell", "reason": "Invented."},
                {"quote": "It rained.", "reason": "Twice."},
                {"quote": CLAIM, "reason": "Again."},
            ]
        }
    )
    assert propose_printed(library, record, printed, by="Model", now=moment) == (
        "1 new proposal of “Model”. 1 known already. 2 refused: The quote is not in the stored "
        "text of the article (1), The quote is 2 times in the text (1)."
    )


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "[]",
        "{}",
        '{"proposals": [{"quote": "x"}]}',
        '{"proposals": [], "more": 1}',
        "[" * 9_999,
    ],
)
def test_other_output_of_a_command_is_refused(library, record, moment, printed):
    with pytest.raises(InvalidInput, match="did not print proposals"):
        propose_printed(library, record, printed, by="Model", now=moment)
