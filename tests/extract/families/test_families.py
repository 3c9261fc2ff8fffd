"""The records of the families: complete, consistent, and read as they are written."""

import ast
import re
from pathlib import Path

import pytest

from annotator import extract
from annotator.extract.families import (
    BY_NAME,
    FAMILIES,
    ORDER,
    VETOES,
    Family,
    LinePattern,
    Policy,
    policy_of,
)
from annotator.extract.passages import Rule
from annotator.model.data_file import pattern_of


def matched(family, text):
    return [
        line.name
        for line in family.lines
        if re.fullmatch(pattern_of(line.patterns.values(), family.pieces), text)
    ]


def test_every_field_of_a_policy_is_explained():
    explained = re.findall(r"^\s*- `(\w+)`: ", Policy.__doc__, re.MULTILINE)
    assert explained == list(Policy.__struct_fields__)


def test_rules_ask_for_the_policy_of_a_family_and_not_for_its_name():
    package = Path(extract.__file__).parent
    asking = [
        ast.unparse(node)
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Compare) and re.search(r"step|family", ast.unparse(node.left))
        for side in ast.walk(node)
        if isinstance(side, ast.Constant) and side.value in ORDER
    ]
    assert asking == []


@pytest.fixture(scope="module")
def postcards():
    return Family(
        name="postcards",
        reason="Postcard offer.",
        pieces={"CARD": r"{SIZE} (?:cards?|postcards?)", "SIZE": "(?:small|large)"},
        lines=(
            LinePattern(
                "offer",
                {
                    "en": r"""
                        buy {CARD}\b.{0,20}
                        send (?:a|
                          two) {CARD}
                    """,
                    "de": "postkarten? kaufen",
                },
            ),
        ),
        containers="""
            card-?box
            cards
        """,
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("buy small cards today", ["offer"]),
        ("send two large postcards", ["offer"]),
        ("postkarten kaufen", ["offer"]),
        ("buy cards", []),
        ("they buy small cards", []),
        ("", []),
    ],
)
def test_a_pattern_is_a_line_or_several_and_can_contain_pieces(postcards, text, names):
    assert matched(postcards, text) == names


def test_containers_are_patterns_of_whole_names(postcards):
    pattern = re.compile(pattern_of([postcards.containers], postcards.pieces))
    assert [bool(pattern.fullmatch(name)) for name in ("card-box", "cards", "cards-x", "")] == [
        True,
        True,
        False,
        False,
    ]


def test_an_unknown_piece_is_an_error():
    line = LinePattern("x", {"en": "{NOBODY} knows"})
    with pytest.raises(KeyError, match="NOBODY"):
        pattern_of(line.patterns.values())


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_a_record_is_complete(family):
    assert family.lines
    assert bool(family.containers) == bool(family.container_reason)
    for reason in (family.reason, family.container_reason, *(one.reason for one in family.lines)):
        assert re.fullmatch(r"(?:[A-Z].*\.)?", reason)
    for line in family.lines:
        assert not re.fullmatch(pattern_of(line.patterns.values(), family.pieces), "")


def test_names_are_unique():
    assert len(BY_NAME) == len(FAMILIES) == len(ORDER)
    rules = [Rule(f.name, line.name, "") for f in FAMILIES for line in f.lines]
    assert len(set(rules)) == len(rules)


def test_policies_of_families_and_of_other_steps():
    assert policy_of("cookie").veto
    assert "cookie" in VETOES
    assert not policy_of("outside").veto


def test_a_box_of_embedded_posts_has_no_share_buttons():
    containers = re.compile(pattern_of([BY_NAME["share"].containers], BY_NAME["share"].pieces))
    assert containers.fullmatch("social-media-bar")
    assert not containers.fullmatch("social-media-embed")
    assert not containers.fullmatch("c-social-embed")
