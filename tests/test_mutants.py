"""The faults that `make mutants` puts into a module."""

import ast
import textwrap
from pathlib import Path

import pytest

from mutations import mutated, mutations


def faults(code):
    return [mutated(code, fault) for fault in mutations(code)]


@pytest.mark.parametrize(
    ("code", "others"),
    [
        ("a = 3", ["a = 4"]),
        ("LEAST = 30", ["LEAST = 36"]),
        ("SHARE = 0.5", ["SHARE = 0.6"]),
        ("a = True", ["a = False"]),
        ("a = b < c", ["a = b <= c"]),
        ("a = (b + c) * d", ["a = (b + c) / d", "a = (b - c) * d"]),
        ("a = b and c and d", ["a = ((c) and (d))", "a = ((b) and (d))", "a = ((b) and (c))"]),
        ("a = not b", ["a = (b)"]),
        ("if a:\n    b()", ["if (not (a)):\n    b()"]),
        ("for a in b:\n    break", ["for a in b:\n    continue"]),
        ("def f(a):\n    return a", ["def f(a):\n    return None"]),
        ("é = 'ü' == a", ["é = 'ü' != a"]),
    ],
)
def test_a_small_thing_is_changed_at_a_time(code, others):
    assert faults(code) == others


@pytest.mark.parametrize(
    "code",
    [
        '"""Text of 3 things."""',
        "a: int | None",
        "def f(a: list[3]) -> b | c: ...",
        "from a import b",
        'a = f"{b + 1}"',
        "if TYPE_CHECKING:\n    a = 1",
        'raise Error("in 3 words")',
    ],
)
def test_what_only_readers_see_is_left_alone(code):
    assert faults(code) == []


def test_every_fault_can_be_read_as_code():
    for fault in faults(Path(textwrap.__file__).read_text("utf-8")):
        ast.parse(fault)
