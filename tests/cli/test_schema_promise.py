"""Within a number, the JSON of commands only gains fields: nothing that a script reads goes."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest

from annotator.cli.commands.schema import read_schema, schema_names

KEPT = sorted(Path(__file__).with_name("released_schemas").glob("*.json"))
RELEASED = json.loads(KEPT[-1].read_text("utf-8"))


class Comparison:
    """What readers of a schema lose by another one, as sentences with the path of the field."""

    def __init__(self, then: dict, now: dict) -> None:
        self._then, self._now = then, now
        self._seen: set[tuple[str, str]] = set()

    def losses(self) -> list[str]:
        return list(self._compared(self._then, self._now, "$"))

    def _compared(self, then: dict, now: dict, path: str) -> Iterator[str]:
        pair = then.get("$ref", ""), now.get("$ref", "")
        if all(pair):
            if pair in self._seen:
                return
            self._seen.add(pair)
        before, after = _ways(self._then, then), _ways(self._now, now)
        for kind in sorted(before.keys() - after.keys() - {"null"}):
            yield f"{path} is {kind} no longer"
        for kind, ways in after.items():
            if known := before.get(kind):
                for way in ways:
                    yield from min((list(self._one(one, way, path)) for one in known), key=len)
            elif "any" not in before:
                yield f"{path} may be {kind} now"

    def _one(self, then: dict, now: dict, path: str) -> Iterator[str]:
        if "enum" in then:
            gone = {*then["enum"]} - {*now.get("enum", ())}
            yield from (f"{path} is “{value}” no longer" for value in sorted(gone))
        fields = now.get("properties", {})
        for name, field in then.get("properties", {}).items():
            if name in fields:
                yield from self._compared(field, fields[name], f"{path}.{name}")
            else:
                yield f"{path}.{name} is gone"
        for name in {*then.get("required", ())} - {*now.get("required", ())} & {*fields}:
            yield f"{path}.{name} is not always there"
        for inner in ("items", "additionalProperties"):
            if isinstance(then.get(inner), dict):
                yield from self._compared(then[inner], now.get(inner) or {}, f"{path}[]")
        for number, part in enumerate(then.get("prefixItems", ())):
            yield from self._compared(part, now["prefixItems"][number], f"{path}[{number}]")


def _ways(schema: dict, part: dict) -> dict[str, list[dict]]:
    """Return what a value may be by its type, with references followed."""
    if "$ref" in part:
        return _ways(schema, schema["$defs"][part["$ref"].rpartition("/")[2]])
    ways: dict[str, list[dict]] = {}
    for one in part.get("anyOf", ()):
        for kind, found in _ways(schema, one).items():
            ways.setdefault(kind, []).extend(found)
    return ways or {part.get("type", "string" if "enum" in part else "any"): [part]}


def changed(name: str, change) -> list[str]:
    """Return what is lost by a change of a released schema."""
    schema = deepcopy(RELEASED[name])
    change(schema)
    return Comparison(RELEASED[name], schema).losses()


@pytest.mark.parametrize("name", RELEASED)
def test_a_schema_has_all_that_the_last_release_had(name):
    assert name in schema_names()
    assert Comparison(RELEASED[name], read_schema(name)).losses() == []


def test_a_field_that_is_gone_is_noticed():
    losses = changed("marks", _remove("SavedMark", "quote"))
    assert losses == ["$[].quote is gone"]


def test_a_field_of_another_type_is_noticed():
    assert changed("list", _set("ListedArticle", "minutes", {"type": "string"})) == [
        "$[].minutes is integer no longer",
        "$[].minutes may be string now",
    ]


def test_a_field_that_may_be_null_now_is_noticed():
    either = {"anyOf": [{"type": "string"}, {"type": "null"}]}
    assert changed("list", _set("ListedArticle", "title", either)) == ["$[].title may be null now"]


def test_a_field_that_is_not_always_there_is_noticed():
    def change(schema):
        schema["$defs"]["ListedArticle"]["required"].remove("title")

    assert changed("list", change) == ["$[].title is not always there"]


def test_a_value_that_is_gone_is_noticed_also_deep_inside():
    def change(schema):
        schema["$defs"]["Claim"]["properties"]["status"]["enum"].remove("disputed")

    assert changed("search", change) == ["$.marks[].claim.status is “disputed” no longer"]


def test_another_type_in_a_list_is_noticed():
    change = _set("ListedArticle", "tags", {"type": "array", "items": {"type": "integer"}})
    assert changed("list", change) == [
        "$[].tags[] is string no longer",
        "$[].tags[] may be integer now",
    ]


def test_new_fields_and_values_and_other_names_of_parts_are_no_loss():
    def change(schema):
        parts = schema["$defs"]
        parts["Claim"]["properties"]["status"]["enum"].append("settled")
        parts["SavedMark"]["properties"]["colour"] = {"type": "string"}
        parts["SavedMark"]["required"].append("colour")
        parts["Mark"] = parts.pop("SavedMark")
        schema["items"]["$ref"] = "#/$defs/Mark"

    assert changed("marks", change) == []


def _remove(part: str, field: str):
    def change(schema):
        del schema["$defs"][part]["properties"][field]
        schema["$defs"][part]["required"].remove(field)

    return change


def _set(part: str, field: str, value: dict):
    def change(schema):
        schema["$defs"][part]["properties"][field] = value

    return change
