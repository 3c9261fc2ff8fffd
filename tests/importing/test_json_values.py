"""JSON of other programs is read within limits, and as far as it goes."""

import json

import pytest

from annotator.errors import ImportFailed
from annotator.importing.readers.json_values import JsonObject, read_json


def test_every_object_knows_its_line():
    found = read_json('[\n {"url": "a {"},\n\n {"url": "b", "tags": [{"name": "x"}]}\n]').value
    assert [each.line for each in found] == [2, 4]
    assert found[1].objects("tags")[0].line == 4


@pytest.mark.parametrize(
    ("cut", "urls"),
    [
        ('[{"url": "a"}, {"url": "b"}, {"url": "c', ["a", "b"]),
        ('[{"url": "a"}, {"url": "b"}', ["a", "b"]),
        ('[{"url": "a"},', ["a"]),
        ('[{"url": "a"}, {"url": oops}, {"url": "c"}]', ["a"]),
    ],
)
def test_what_was_complete_before_the_end_of_a_cut_file_is_kept(cut, urls):
    found = read_json(cut)
    assert [each["url"] for each in found.value] == urls
    assert found.problem
    assert found.line == 1


def test_a_cut_object_keeps_what_is_in_its_lists():
    text = '{"count": 2,\n"results": [\n{"id": 1},\n{"id": 2},\n{"id": 3, "te'
    found = read_json(text)
    assert [each["id"] for each in found.value.objects("results")] == [1, 2]
    assert found.line == 5


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 5_000, "[}", '{"a" "b"}', '{"'])
def test_what_holds_nothing_is_refused(text):
    with pytest.raises(ImportFailed):
        read_json(text)


def test_odd_numbers_and_surrogates_do_no_harm():
    text = f'{{"big": {"9" * 5000}, "none": NaN, "lone": "a\\ud800b", "raw": "a\nb"}}'
    found = read_json(text).value
    assert found["big"] is None
    assert found["none"] is None
    assert found.text("raw") == "a\nb"


def test_fields_give_what_a_format_wants_of_them():
    text = (
        '{"id": 12, "ok": "1", "no": 0, "n": "3.5", "tags": {"a": {}}, "t": [{"name": "b"}, "c"]}'
    )
    found = read_json(text).value
    assert isinstance(found, JsonObject)
    assert found.text("missing", "id") == "12"
    assert found.flag("ok")
    assert not found.flag("no")
    assert found.number("n") == 3.5
    assert found.texts("tags") == ("a",)
    assert found.texts("t") == ("b", "c")
    assert found.object("tags").object("b") == {}


def test_a_long_string_without_an_end_takes_linear_time():
    with pytest.raises(ImportFailed):
        read_json('{"a": "' + "\\\\x" * 300_000)


def test_what_python_writes_is_read_back():
    value = {"a": [{"b": 'x"y\\'}, {"c": [1, 2.5, None, True]}], "d": {}}
    assert read_json(json.dumps(value)).value == value
