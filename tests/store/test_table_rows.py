"""Rows of an article's file, as bytes: their layout, their checksums, and unknown fields."""

import hashlib
import json

import pytest

from annotator.store.format.table_rows import (
    LazyRow,
    checksum_ok,
    count_checksums,
    has_checksum,
    has_serialized_length,
    parse_raw,
    serialize,
    with_checksum,
    with_unknown,
)

ROW = with_checksum("01a", {"note": "Über", "kind": "claim", "digest": "old"})
FILE = b"""{
  "annotations": {
    "01a": {"kind":"claim"},
    "01b": {"kind":"question"}
  },
  "article": {
    "5d41": {"title":"A"}
  }
}
"""
ROWS = {
    "article": {"5d41": b'{"title":"A"}'},
    "tombstones": {},
    "annotations": {"01b": b'{"kind":"question"}', "01a": b'{"kind":"claim"}'},
}


def test_tables_and_rows_are_sorted_and_each_row_is_a_line():
    assert serialize(ROWS) == FILE
    for name, table in parse_raw(FILE).items():
        assert {key: bytes(row) for key, row in table.items()} == ROWS[name]
    assert serialize({}) == b"{\n}\n"


def test_a_file_with_anything_else_in_it_has_another_length():
    assert has_serialized_length(FILE, parse_raw(FILE))
    for data in (FILE + b" ", FILE.replace(b"\n", b"\r\n"), FILE[:-1]):
        assert not has_serialized_length(data, parse_raw(FILE))
    one = serialize({"article": ROWS["article"]})
    assert has_serialized_length(one, parse_raw(one))


def test_a_checksum_is_that_of_the_id_and_all_other_values():
    plain = json.dumps({"kind": "claim", "note": "Über"}, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(f"01a{plain}".encode()).hexdigest()[:16]
    assert json.loads(ROW) == {"kind": "claim", "note": "Über", "digest": digest}
    assert list(json.loads(ROW)) == ["digest", "kind", "note"]


@pytest.mark.parametrize(
    ("row_id", "row", "is_ok"),
    [
        ("01a", ROW, True),
        ("01b", ROW, False),
        ("01a", ROW.replace(b"claim", b"claix"), False),
        ("01a", json.dumps(json.loads(ROW)).encode(), True),
        ("01a", json.dumps(json.loads(ROW), indent=1).encode(), True),
        ("01a", json.dumps(json.loads(ROW) | {"mood": "sad"}).encode(), False),
        ("01a", b'{"kind":"claim"}', True),
        ("01a", b'{"kind":', False),
        ("01a", b"[]", False),
        ("01a", memoryview(ROW), True),
    ],
)
def test_a_row_that_was_altered_does_not_match_its_checksum(row_id, row, is_ok):
    assert checksum_ok(row_id, row) == is_ok


def test_a_checksum_is_found_wherever_it_is_in_a_row():
    row = with_checksum("k", {"zeta": 1, "alpha": 2})
    assert row.startswith(b'{"alpha":2,"digest":"')
    assert checksum_ok("k", row)
    assert not checksum_ok("k", row.replace(b"2", b"3", 1))
    quoted = with_checksum("k", {"note": ',"digest":"0123456789abcdef"'})
    assert checksum_ok("k", quoted)
    assert has_checksum(row)
    assert not has_checksum(b'{"digest of it":1}')
    assert count_checksums(row + ROW + b"{}") == 2


def test_a_row_is_written_back_as_it_was_unless_something_was_changed():
    data = b'{"kind": "claim",  "digest": "none"}'
    row = LazyRow(data)
    assert row.as_bytes("01a") == data
    row = LazyRow(data)
    assert dict(row) == {"kind": "claim"}
    assert (len(row), list(row)) == (1, ["kind"])
    row["note"] = "x"
    del row["kind"]
    assert row.as_bytes("01a") == with_checksum("01a", {"note": "x"})


@pytest.mark.parametrize(
    ("new", "known", "old", "result"),
    [
        (
            {"note": "Mine", "claim": {"status": "open"}},
            {"note": "", "claim": {"status": "open"}},
            {"note": "", "claim": {"status": "open", "source": "a leak"}, "mood": "sad"},
            {"note": "Mine", "claim": {"status": "open", "source": "a leak"}, "mood": "sad"},
        ),
        (
            {"claim": {"status": "refuted"}},
            {"claim": {"status": "open"}},
            {"claim": {"status": "open", "source": "a leak"}},
            {"claim": {"status": "refuted", "source": "a leak"}},
        ),
        ({"claim": None}, {"claim": {"status": "open"}}, {"claim": {"x": 1}}, {"claim": None}),
        (
            {"links": [{"to": "b"}, {"to": "c"}]},
            {"links": [{"to": "a"}, {"to": "b"}]},
            {"links": [{"to": "a", "why": 1}, {"to": "b", "why": 2}]},
            {"links": [{"to": "b", "why": 2}, {"to": "c"}]},
        ),
        ({"note": "x"}, {"note": "x"}, {"note": "x", "mood": "sad"}, {"note": "x", "mood": "sad"}),
        ({}, {"note": "x"}, {"note": "x", "mood": "sad"}, {"mood": "sad"}),
        ("x", {"a": 1}, {"a": 1, "b": 2}, "x"),
    ],
)
def test_fields_of_newer_programs_stay_at_any_depth(new, known, old, result):
    assert with_unknown(new, known, old) == result
