"""Items and highlights by tables of fields: which field of a file is which of an item.

A table names for each attribute the fields that it may be in; the first that is not empty
counts: `{"url": "given_url url"}`. `content.url` is a field of an object in the object, and
columns have `_` for the spaces of their names. Where names do not say it, a function takes
the record and returns the value. A table leaves out what has its usual name.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final, Literal

from msgspec import Struct

from annotator.errors import InvalidInput
from annotator.importing.conversion import FAVOURITE, authors_in, has_fields, items_of, split_tags
from annotator.importing.importers import Importer, Sniff, Sureness
from annotator.importing.item import (
    Found,
    ImportedHighlight,
    ImportedItem,
    ItemText,
    Skipped,
    TextPosition,
)
from annotator.importing.moments import iso_date, moment_or_remark, published_or_remark
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.table import TableRow, folded
from annotator.importing.source import SourceFile
from annotator.model import Claim

Record = JsonObject | TableRow
Rule = str | Callable[[Any], object]
Fields = Mapping[str, "Rule | tuple[Rule, ...]"]

_MAX_OFFSET: Final = 1e9  # characters; more is not an offset in a text
_ITEM: Final[Fields] = {  # the usual names
    "url": "url",
    "title": "title",
    "tags": "tags",
    "source_id": "id",
}
_MARK: Final[Fields] = {"quote": "text", "note": "note", "colour": "color", "source_id": "id"}
_DATES: Final = frozenset({"added", "created", "modified"})
_NAMES_OF_MARK: Final = ("text", "notes", "key", "id")  # that show which one was skipped


class FieldTable(Struct, frozen=True, kw_only=True):
    """The fields of an item, and of each highlight in its list `marks`.

    With `mark` and no list the record itself is one highlight, as in tables that have a row
    for each. `skip` and `skip_mark` return why a record or a highlight is not imported, empty
    if it is; `named` are the fields that show which one that was. `remark` returns a sentence
    for the report.
    """

    item: Fields
    marks: str = ""
    mark: Fields = {}
    skip: Callable[[Any], str] = lambda _: ""
    skip_mark: Callable[[Any], str] = lambda _: ""
    named: str = "title url"
    remark: Callable[[Any], str] = lambda _: ""

    def items(
        self, record: Record, *, records: Sequence[Record] | None = None, **known: object
    ) -> Iterator[Found]:
        """Yield the highlights that are skipped, then what `read` returns of the others."""
        kept: list[Record] = []
        for mark in self._marks(record) if records is None else records:
            if reason := self.skip_mark(mark):
                yield Skipped(mark.line, reason, mark.text(*_NAMES_OF_MARK))
            else:
                kept.append(mark)
        has_list = records is not None or self.marks
        yield self.read(record, records=kept if has_list else None, **known)

    def read(
        self, record: Record, *, records: Sequence[Record] | None = None, **known: object
    ) -> Found:
        """Return the item of a record, or why it is skipped.

        `records` are its highlights if they are elsewhere in the file, and `known` are
        attributes that the record alone does not tell.
        """
        reason = self.skip(record)
        if reason:
            return Skipped(record.line, reason, record.text(*self.named.split()))
        remarks = [*filter(None, (self.remark(record),))]
        values = _values(record, {**_ITEM, **self.item}, remarks)
        if records is None and self.marks:
            records = self._marks(record)
        if records is not None:
            values["highlights"] = tuple(highlight_of(mark, self.mark, remarks) for mark in records)
        elif self.mark:
            of_mark: list[str] = []
            mark = highlight_of(record, self.mark, of_mark)
            values["highlights"] = (mark,) if mark.quote or mark.note else ()
            remarks += (remark for remark in of_mark if remark not in remarks)
        values = {"line": record.line, "remarks": tuple(remarks), **values, **known}
        return ImportedItem(**values)

    def _marks(self, record: Record) -> Sequence[Record]:
        return record.objects(*self.marks.split()) if isinstance(record, JsonObject) else ()


def highlight_of(
    record: Record, fields: Fields, remarks: list[str], **known: object
) -> ImportedHighlight:
    """Return the highlight of a record; what is no date in it is added to `remarks`."""
    values = _values(record, {**_MARK, **fields}, remarks) | known
    return ImportedHighlight(**{"line": record.line, **values})


def claim_of(values: Mapping[str, str]) -> Claim:
    """Return the claim with these values; one that its field cannot have is left out."""
    claim = Claim()
    for name, value in values.items():
        with suppress(InvalidInput):
            claim = claim.with_values({name: value})
    return claim


def text_of(record: Record, names: str) -> str:
    """Return the first of these fields that is not empty; spaces are between their names."""
    return record.text(*names.split())


def split(
    names: str, separators: str = ",", *, inner: str = "name"
) -> Callable[[Record], tuple[str, ...]]:
    """Return a rule for tags that are a list, or one text with separators."""

    def tags(record: Record) -> tuple[str, ...]:
        if isinstance(record, JsonObject):
            first = record.value(names.split(maxsplit=1)[0])
            if not isinstance(first, str):
                return record.texts(*names.split(), inner=inner)
        return split_tags(text_of(record, names), separators)

    return tags


def flagged(names: str) -> Callable[[Record], tuple[str, ...]]:
    """Return a rule for the tag of favourites, which have one of these flags."""
    return lambda record: (FAVOURITE,) if record.flag(*names.split()) else ()


def percent(name: str) -> Callable[[Record], float | None]:
    """Return a rule for progress that is a number from 0 to 100."""

    def share(record: Record) -> float | None:
        number = record.number(name)
        return None if number is None else number / 100

    return share


def text_position(
    record: JsonObject,
    start: str = "start",
    end: str = "end",
    within: Literal["item", "page"] = "page",
) -> TextPosition | None:
    """Return the place between two fields, None if they are not offsets in a text."""
    first, last = record.number(start), record.number(end)
    if first is None or last is None or not 0 <= first <= last < _MAX_OFFSET:
        return None
    return TextPosition(int(first), int(last), within)


def first_object(source: SourceFile, lists: str = "") -> JsonObject:
    """Return the first object of the lists that a file of JSON may have, or the file itself."""
    whole = source.json_object
    return next(iter(whole.objects(*lists.split())), whole)


def sniff_of(
    columns: Sequence[str] = (),
    signs: Sequence[str] = (),
    lists: str = "",
    *,
    likely: Sequence[str] = (),
    head: str = "",
) -> Sniff:
    """Return what tells a file whose table has all columns of one of `columns`.

    So it does JSON if its first object has all fields of one of `signs`; with `list: a b` it is
    the first of that list. `lists` are the fields that hold the objects. `likely` are columns
    that other services have as well, and `head` is a pattern of how files begin, in capitals
    or not.
    """
    beginning = re.compile(head or "(?!)", re.DOTALL | re.IGNORECASE)

    def sniff(source: SourceFile) -> Sureness | bool:
        def has_one(tables: Sequence[str]) -> bool:
            return any(source.has_columns(*map(folded, names.split())) for names in tables)

        def has(sign: str) -> bool:
            within, _, names = sign.rpartition(": ")
            firsts = (first_object(source, lists), whole)
            places = whole.objects(within)[:1] if within else firsts
            return any(has_fields(place, *names.split()) for place in places)

        whole = source.json_object
        if has_one(columns) or beginning.match(source.head) or any(map(has, signs)):
            return True
        return Sureness.LIKELY if has_one(likely) else False

    return sniff


def format_of_fields(
    name: str,
    title: str,
    *,
    columns: Sequence[str] = (),
    row: FieldTable | None = None,
    signs: Sequence[str] = (),
    record: FieldTable | None = None,
    lists: str = "",
    hint: str = "",
) -> Importer:
    """Return a format that is nothing but fields: those of a table, of JSON, or of both.

    `sniff_of` says what `columns`, `signs` and `lists` are.
    """

    def read(source: SourceFile) -> Iterator[Found]:
        if row is not None and (record is None or source.columns):
            yield from items_of(source.rows(), row.read)
        elif record is not None:
            for piece in source.json_objects(*lists.split()):
                yield from [piece] if isinstance(piece, Skipped) else record.items(piece)

    return Importer(name, title, sniff_of(columns, signs, lists), read, hint)


def _values(record: Record, fields: Fields, remarks: list[str]) -> dict[str, Any]:
    values: dict[str, Any] = {name: value_of(record, name, rule) for name, rule in fields.items()}
    read = dict.fromkeys(_DATES, moment_or_remark) | {"published": published_or_remark}
    return {
        name: read[name](value, remarks) if name in read else value
        for name, value in values.items()
    }


def value_of(record: Record, name: str, rule: Rule | tuple[Rule, ...]) -> object:
    """Return what a rule for the attribute `name` gives of a record; dates are texts."""
    if isinstance(rule, tuple):
        parts: list[Any] = [value_of(record, name, part) for part in rule]
        return tuple(text for part in parts for text in part)
    return rule(record) if callable(rule) else _READERS.get(name, text_of)(record, rule)


def _tags(record: Record, names: str) -> tuple[str, ...]:
    is_row = isinstance(record, TableRow)
    return split_tags(text_of(record, names)) if is_row else _texts(record, names)


def _authors(record: Record, names: str) -> tuple[str, ...]:
    names_in_field = _texts(record, names)
    return authors_in(names_in_field[0]) if len(names_in_field) == 1 else names_in_field


def _texts(record: Record, names: str) -> tuple[str, ...]:
    return record.texts(*names.split())


def _number(record: Record, names: str) -> float | None:
    return record.number(*names.split())


_READERS: Final[Mapping[str, Callable[[Record, str], object]]] = {  # others are texts
    "authors": _authors,
    "order": _number,
    "progress": _number,
    "published": lambda record, names: iso_date(text_of(record, names)),
    "state": lambda record, names: text_of(record, names) or None,
    "tags": _tags,
    "text": lambda record, names: ItemText(html) if (html := text_of(record, names)) else None,
}
