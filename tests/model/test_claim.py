"""The fields of a claim, declared once."""

from typing import Annotated

import pytest

from annotator.errors import InvalidInput
from annotator.model import CLAIM_FIELDS, Claim, ClaimField
from annotator.model.claim import declared_fields, filled_fields

HOSTILE = "no\x1b]0;x\x07w\u202e"


def test_every_field_of_a_claim_is_listed():
    assert tuple(field.name for field in CLAIM_FIELDS) == Claim.__struct_fields__


def test_a_field_cannot_be_added_without_saying_how_it_is_cleaned_and_shown():
    class Longer(Claim, frozen=True):
        colour: str = ""

    with pytest.raises(TypeError, match="colour"):
        declared_fields(Longer)


def test_a_field_that_is_described_is_listed_with_the_others():
    class Longer(Claim, frozen=True):
        colour: Annotated[str, ClaimField(label="Colour")] = ""

    assert declared_fields(Longer) == (*CLAIM_FIELDS, ClaimField(label="Colour", name="colour"))


@pytest.mark.parametrize(
    "field", [field for field in CLAIM_FIELDS if not (field.choices or field.is_date)]
)
def test_every_text_is_cleaned_and_cut_to_its_limit(field):
    claim = Claim().with_values({field.name: f" {HOSTILE}{'x' * 5_000}"})
    text = field.of(claim)
    assert text.startswith("now")
    assert text.isprintable()
    assert 0 <= field.limit - len(text) <= len(HOSTILE)


@pytest.mark.parametrize("field", [field for field in CLAIM_FIELDS if not field.choices])
def test_a_claim_from_elsewhere_is_cleaned_in_every_field(field):
    assert field.of(Claim(**{field.name: HOSTILE}).cleaned()) == "now"


def test_a_date_is_kept_as_iso_8601_and_anything_else_is_refused():
    assert Claim().with_values({"said_on": " 12 May 2024 "}).said_on == "2024-05-12"
    assert Claim(said_on="2024").with_values({"said_on": ""}).said_on == ""
    with pytest.raises(InvalidInput, match="“last week” is not a date"):
        Claim().with_values({"said_on": "last week"})


def test_a_stored_date_that_is_none_stays_readable_while_other_fields_are_set():
    old = Claim(said_on="last week")
    assert old.cleaned() == old
    values = {"said_on": "last week", "speaker": "Ann"}
    assert old.with_values(values) == Claim(said_on="last week", speaker="Ann")


def test_what_is_chosen_stays_as_it_is():
    claim = Claim(type="statistic", status="disputed", confidence="low")
    assert claim.cleaned() == claim


@pytest.mark.parametrize("field", [field for field in CLAIM_FIELDS if field.choices])
def test_a_value_that_is_not_a_choice_is_refused_with_the_choices(field):
    with pytest.raises(InvalidInput, match=f"{field.label} cannot be “gone off”") as refused:
        Claim().with_values({field.name: "gone\x1b[2J off"})
    assert refused.value.hint == f"Choose one of: {', '.join(field.choices)}."


@pytest.mark.parametrize("field", [field for field in CLAIM_FIELDS if field.choices])
def test_every_choice_is_accepted(field):
    for choice in field.choices:
        assert field.of(Claim().with_values({field.name: choice})) == choice


def test_an_unknown_choice_made_elsewhere_is_refused():
    with pytest.raises(InvalidInput, match="Status cannot be “maybe”"):
        Claim(status="maybe").cleaned()


def test_an_empty_choice_means_that_none_was_made():
    assert Claim(type="fact").with_values({"type": ""}) == Claim()


def test_an_empty_choice_that_must_be_made_becomes_the_default():
    assert Claim(status="disputed").with_values({"status": ""}) == Claim(status="open")


def test_only_the_status_must_be_chosen():
    assert [field.name for field in CLAIM_FIELDS if not field.is_optional] == ["status"]
    assert {field.name for field in CLAIM_FIELDS if field.choices} == {
        "type",
        "status",
        "confidence",
    }


def test_a_field_is_called_in_a_note_as_people_write_it():
    assert [field.key for field in CLAIM_FIELDS][:3] == ["statement", "speaker", "said-on"]


def test_only_the_fields_with_a_value_are_filled_and_a_mark_without_a_claim_has_none():
    claim = Claim(speaker="Ann Lee", verdict="So it is.")
    assert [(field.name, value) for field, value in filled_fields(claim)] == [
        ("speaker", "Ann Lee"),
        ("status", "open"),
        ("verdict", "So it is."),
    ]
    assert list(filled_fields(None)) == []


def test_paragraphs_keep_their_lines_and_other_texts_are_one_line():
    claim = Claim().with_values({"statement": " One\ntwo. ", "speaker": " Ann\nLee "})
    assert (claim.statement, claim.speaker) == ("One\ntwo.", "Ann Lee")
