"""Claims that marks make, and the one list of their fields.

`Claim` is the only place where a field is declared: its label, limit and
choices stand beside it as a `ClaimField`, and `CLAIM_FIELDS` is read off the
class. Cleaning, the form and the card of the screens, exported notes and the
full-text index go through `CLAIM_FIELDS`, so that none of them can miss a field.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, get_args, get_origin

from msgspec import Struct, structs

from annotator.errors import InvalidInput
from annotator.model.text import MAX_LINE, clean_line, clean_text
from annotator.model.vocabulary import ClaimType, Confidence, Status

MAX_PARAGRAPH = 2_000  # characters of a statement or verdict
MAX_QUOTED = 40  # characters of a refused value


class ClaimField(Struct, frozen=True, kw_only=True):
    """The label, limit and other traits of one field of a claim.

    `limit` is in characters. A field with `choices` holds one of them, or nothing
    if it has no `default`; any other field holds text, on a single line unless it
    `is_paragraph`.
    """

    label: str
    placeholder: str = ""
    limit: int = MAX_LINE
    is_paragraph: bool = False
    is_date: bool = False  # ISO 8601
    is_searchable: bool = False
    name: str = ""
    choices: tuple[str, ...] = ()
    default: str | None = None

    @property
    def is_optional(self) -> bool:
        """Whether the field may be empty."""
        return not self.default

    @property
    def key(self) -> str:
        """The name of the field in notes and forms: `said-on`."""
        return self.name.replace("_", "-")

    def of(self, claim: "Claim") -> str:
        """Return the value of the field, empty if it has none."""
        value: str | None = getattr(claim, self.name)
        return value or ""

    def cleaned(self, value: str) -> str | None:
        """Return `value` fit to show and within the limit of the field.

        A field with choices has no other values: an empty one stands for none,
        or for the default where the field must have one, and any other raises
        `InvalidInput`. So does what is not a date, in a field for one.
        """
        if self.choices:
            if not value:
                return self.default
            if value in self.choices:
                return value
            unknown = clean_line(value, limit=MAX_QUOTED)
            raise InvalidInput(
                f"{self.label} cannot be “{unknown}”.", f"Choose one of: {', '.join(self.choices)}."
            )
        if self.is_date:
            from annotator.model.dates import normalise_date  # only a date that is set needs it

            return normalise_date(value)
        clean = clean_text if self.is_paragraph else clean_line
        return clean(value, limit=self.limit).strip()


class Claim(Struct, frozen=True):
    """A claim made in a passage and the result of checking it; every field is optional.

    `statement` puts the claim in the reader's own words, `said_on` is ISO 8601,
    and `verdict` is free text.
    """

    statement: Annotated[
        str,
        ClaimField(
            label="Statement",
            placeholder="in your own words",
            limit=MAX_PARAGRAPH,
            is_paragraph=True,
            is_searchable=True,
        ),
    ] = ""
    speaker: Annotated[
        str, ClaimField(label="Speaker", placeholder="who said it", is_searchable=True)
    ] = ""
    said_on: Annotated[str, ClaimField(label="Date", placeholder="YYYY-MM-DD", is_date=True)] = ""
    type: Annotated[ClaimType | None, ClaimField(label="Type")] = None
    status: Annotated[Status, ClaimField(label="Status")] = "open"
    confidence: Annotated[Confidence | None, ClaimField(label="Confidence")] = None
    verdict: Annotated[
        str,
        ClaimField(
            label="Verdict",
            placeholder="what you found",
            limit=MAX_PARAGRAPH,
            is_paragraph=True,
            is_searchable=True,
        ),
    ] = ""

    def with_values(self, values: Mapping[str, str]) -> "Claim":
        """Return the claim with these values by the names of fields, cleaned.

        Raises `InvalidInput` for a value that is not among a field's choices, and for what
        is not a date. A date that the claim has already stays, whatever it is.
        """
        known = {field.name: field for field in CLAIM_FIELDS}
        return structs.replace(
            self, **{name: self._with_value(known[name], value) for name, value in values.items()}
        )

    def cleaned(self) -> "Claim":
        """Return the claim with every text fit to show and within its limit."""
        return self.with_values({field.name: field.of(self) for field in CLAIM_FIELDS})

    def _with_value(self, field: ClaimField, value: str) -> str | None:
        if field.is_date and value == field.of(self):
            return clean_line(value, limit=field.limit).strip()
        return field.cleaned(value)


def declared_fields(kind: type[Struct]) -> tuple[ClaimField, ...]:
    """Return the fields that a class declares, in order.

    Raises `TypeError` for an attribute without a `ClaimField`: nothing would
    clean, show or search it.
    """
    return tuple(map(_declared, structs.fields(kind)))


def _declared(info: structs.FieldInfo) -> ClaimField:
    value, *notes = get_args(info.type) if get_origin(info.type) is Annotated else (info.type,)
    for note in notes:
        if isinstance(note, ClaimField):
            return structs.replace(
                note, name=info.name, choices=_choices(value), default=info.default or None
            )
    raise TypeError(f"Describe Claim.{info.name} with a ClaimField.")


def _choices(value: object) -> tuple[str, ...]:
    literals = (part for part in (value, *get_args(value)) if get_origin(part) is Literal)
    return tuple(choice for literal in literals for choice in get_args(literal))


CLAIM_FIELDS = declared_fields(Claim)


def filled_fields(
    claim: Claim | None, *, has_status: bool = True
) -> Iterator[tuple[ClaimField, str]]:
    """Yield the fields of a claim that have a value, with it; nothing of a mark without one.

    Without `has_status` its status is left out: that of a mark which is no claim at present.
    """
    for field in CLAIM_FIELDS if claim else ():
        is_shown = has_status or field.name != "status"
        if claim and is_shown and (value := field.of(claim)):
            yield field, value
