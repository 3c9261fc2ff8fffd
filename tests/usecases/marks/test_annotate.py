import threading

import pytest

from annotator.errors import InvalidInput, InvalidSpan, InvalidTag, NotInLibrary
from annotator.model import Claim, Span
from annotator.store import Library
from annotator.usecases.marks.annotate import MAX_NOTE, Changes, Draft, change, delete, mark


def test_a_mark_records_the_passage_and_its_contents(library, article, moment):
    draft = Draft("question", ("Food Prices", "food-prices"), "By  whom?\n", Claim(speaker="Ann"))
    made = mark(library, article, Span(0, 23), draft, now=moment)
    assert made == library.annotation(made.id)
    assert made.quote == "Prices rose by a tenth."
    assert made.target.revision == article.revision
    assert (made.kind, made.tags, made.note) == ("question", ("Food-Prices",), "By  whom?")
    assert made.claim == Claim(speaker="Ann")
    assert made.created == made.modified == moment


def test_white_space_at_the_ends_of_a_passage_is_not_marked(library, article, moment):
    assert mark(library, article, Span(15, 24), Draft(), now=moment).quote == "a tenth."


@pytest.mark.parametrize("span", [Span(0, 0), Span(23, 24), Span(0, 1000)])
def test_a_passage_without_words_in_the_text_is_refused(library, article, moment, span):
    with pytest.raises(InvalidSpan):
        mark(library, article, span, Draft(), now=moment)
    assert library.article(article.id).annotations() == ()


def test_typed_text_is_sanitized(library, article, moment):
    draft = Draft("cla\x1b[31mim", ("a\x07b",), "no\x1b]0;x\x07te", Claim(verdict="\u202eno"))
    made = mark(library, article, Span(0, 6), draft, now=moment)
    assert (made.kind, made.tags, made.note) == ("claim", ("ab",), "note")
    assert made.claim == Claim(verdict="no")


def test_a_kind_without_a_name_and_an_empty_tag_are_refused(library, article, moment):
    with pytest.raises(InvalidInput):
        mark(library, article, Span(0, 6), Draft(" "), now=moment)
    with pytest.raises(InvalidTag):
        mark(library, article, Span(0, 6), Draft(tags=("#",)), now=moment)


def test_a_note_that_was_written_elsewhere_meanwhile_is_not_lost(
    library, elsewhere, annotation, later
):
    change(elsewhere, [annotation], Changes(note="Theirs."), now=later)
    step = change(library, [annotation], Changes(note="Mine."), now=later)
    assert library.annotation(annotation.id).note == "Mine.\n\nTheirs."
    change(library, [step.after[0]], Changes(note="Mine alone."), now=later)
    assert library.annotation(annotation.id).note == "Mine alone."


def test_a_mark_that_is_gone_cannot_be_deleted(library, elsewhere, annotation, later):
    delete(elsewhere, [annotation], now=later)
    with pytest.raises(NotInLibrary, match="no longer exists"):
        delete(library, [annotation], now=later)


def test_a_note_that_is_too_long_is_refused_and_not_cut(library, annotation, later):
    with pytest.raises(InvalidInput, match="100,000"):
        change(library, [annotation], Changes(note="x" * (MAX_NOTE + 1)), now=later)
    assert library.annotation(annotation.id).note == ""


def test_each_edit_returns_the_mark_before_and_after(library, annotation, later):
    step = change(library, [annotation], Changes(note="By whom?"), now=later)
    assert step.name == "Note"
    assert step.before == (annotation,)
    assert step.after[0].contents == library.annotation(annotation.id).contents
    assert step.after[0].modified == later


def test_an_edit_that_changes_nothing_keeps_the_time_of_the_last_change(library, annotation, later):
    step = change(library, [annotation], Changes(kind="claim"), now=later)
    assert step.is_empty
    assert library.annotation(annotation.id) == annotation


def test_an_edit_keeps_what_was_written_elsewhere_into_other_fields(
    library, elsewhere, annotation, later
):
    change(elsewhere, [annotation], Changes(note="Theirs."), now=later)
    change(elsewhere, [annotation], Changes(kind="evidence"), now=later)
    change(library, [annotation], Changes(added=["food"]), now=later)
    change(library, [annotation], Changes(values={"status": "disputed"}), now=later)
    kept = library.annotation(annotation.id)
    assert (kept.note, kept.kind, kept.tags) == ("Theirs.", "evidence", ("prices", "food"))
    assert kept.claim == Claim(status="disputed")


def test_details_of_a_claim_that_were_changed_elsewhere_meanwhile_stay(
    library, elsewhere, annotation, later
):
    shown = change(library, [annotation], Changes(values={"speaker": "Ann"}), now=later).after[0]
    change(elsewhere, [shown], Changes(values={"status": "refuted"}), now=later)
    change(library, [shown], Changes(values={"verdict": "It is wrong."}), now=later)
    assert library.annotation(annotation.id).claim == Claim(
        speaker="Ann", status="refuted", verdict="It is wrong."
    )


def test_tags_added_in_two_programs_are_merged(library, elsewhere, annotation, later):
    change(elsewhere, [annotation], Changes(added=["theirs"]), now=later)
    step = change(library, [annotation], Changes(added=["mine"], removed=["prices"]), now=later)
    assert library.annotation(annotation.id).tags == ("theirs", "mine")
    assert step.before[0].tags == ("prices", "theirs")


def test_programs_that_tag_at_the_same_time_lose_nothing(library, annotation, tmp_path, later):
    def tag(number):
        with Library.open(library.folder, state=tmp_path / "state") as opened:
            for index in range(5):
                change(opened, [annotation], Changes(added=[f"t{number}-{index}"]), now=later)

    threads = [threading.Thread(target=tag, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wanted = {f"t{number}-{index}" for number in range(3) for index in range(5)}
    assert set(library.annotation(annotation.id).tags) == wanted | {"prices"}


def test_a_claim_with_an_unknown_choice_is_refused(library, annotation, later):
    with pytest.raises(InvalidInput, match="Status cannot be “maybe”"):
        change(library, [annotation], Changes(values={"status": "maybe"}), now=later)
    assert library.annotation(annotation.id) == annotation


def test_a_detail_of_a_claim_can_be_removed(library, annotation, later):
    change(library, [annotation], Changes(values={"statement": "It rose."}), now=later)
    change(library, [annotation], Changes(values={"statement": ""}), now=later)
    assert library.annotation(annotation.id).claim == Claim()


def test_a_deletion_remembers_the_mark_as_it_was_last(library, elsewhere, annotation, later):
    change(elsewhere, [annotation], Changes(note="Theirs."), now=later)
    step = delete(library, [annotation], now=later)
    assert step.before[0].note == "Theirs."
    assert step.after == ()


def test_a_mark_that_was_deleted_elsewhere_cannot_be_edited(library, elsewhere, annotation, later):
    delete(elsewhere, [annotation], now=later)
    with pytest.raises(NotInLibrary, match="no longer exists"):
        change(library, [annotation], Changes(note="Mine."), now=later)


def test_a_claim_that_becomes_evidence_keeps_its_details_but_shows_no_status(
    library, annotation, later
):
    judged = change(library, [annotation], Changes(values={"status": "refuted"}), now=later).after[
        0
    ]
    evidence = change(library, [judged], Changes(kind="evidence"), now=later).after[0]
    assert evidence.status is None
    assert (
        change(library, [evidence], Changes(kind="claim"), now=later).after[0].status == "refuted"
    )


def test_evidence_that_gets_a_status_becomes_a_claim(library, annotation, later):
    evidence = change(library, [annotation], Changes(kind="evidence"), now=later).after[0]
    (judged,) = change(library, [evidence], Changes(values={"status": "open"}), now=later).after
    assert (judged.kind, judged.status) == ("claim", "open")
