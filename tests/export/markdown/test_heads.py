"""Properties on lines of their own: what they are, where they end, and how they are merged."""

import pytest

from annotator.export.markdown.front_matter import Literal, identity_of
from annotator.export.markdown.heads import LOGSEQ_HEAD, ORG_HEAD, YAML_HEAD

LOGSEQ = "title:: A\n\ntags:: a, [[b]], #c\nannotator-id:: 1\n\n"
ORG = "#+title: A\n# a line of mine\n:ID: x\n#+filetags: :a:b:\n#+annotator_id: 1\n\n"
YAML = '---\ntitle: "A"\ntags: ["a", "b"]\nannotator_id: "1"\n---'
NEW = {"title": "New", "tags": ["a", "z"], "site": "S", "annotator_id": "1"}
LAST = {"title": "A", "tags": ["a"], "annotator_id": "1"}


@pytest.mark.parametrize(
    ("head", "text", "below"),
    [
        (LOGSEQ_HEAD, LOGSEQ, "- x:: y\n"),
        (ORG_HEAD, ORG, "* H\n#+title: B\n"),
        (ORG_HEAD, ORG, "# annotator:begin 01aa 123\n"),
    ],
)
def test_the_head_ends_at_the_first_line_of_the_text(head, text, below):
    for newline in ("\n", "\r\n"):
        own, rest = text.replace("\n", newline), below.replace("\n", newline)
        assert head.end(own + rest) == len(own)
        assert head.identity_of(own + rest) == "1"
        assert head.end(rest) == head.end("") == 0
        assert head.identity_of(rest) == ""
        assert head.merge(rest, NEW, LAST).text == rest


def test_front_matter_ends_with_its_second_line_of_dashes():
    text = f"{YAML}\n\n---\nannotator_id: 2\n---\n"
    assert YAML_HEAD.end(text) == len(YAML)
    assert YAML_HEAD.identity_of(text) == "1"
    assert YAML_HEAD.end(f"\n{text}") == 0
    assert YAML_HEAD.identity_of(f"\n{text}") == ""


def test_a_note_is_known_by_the_head_of_another_program():
    assert YAML_HEAD.identity_of(LOGSEQ) == LOGSEQ_HEAD.identity_of(YAML) == "1"


@pytest.mark.parametrize(
    ("line", "identity"),
    [
        ("annotator_id: abc", "abc"),
        ("annotator_id: 'abc'", "abc"),
        ('annotator_id: "abc"  ', "abc"),
        ("annotator_id: a b", ""),
        ("my_annotator_id: abc", ""),
    ],
)
def test_the_identity_may_be_in_quotation_marks_or_not(line, identity):
    assert identity_of(f"---\ntitle: x\n{line}\n---\n") == identity
    assert identity_of(f"{line}\n") == ""


@pytest.mark.parametrize(
    ("head", "text", "values"),
    [
        (LOGSEQ_HEAD, LOGSEQ, {"title": "A", "tags": ["a", "b", "c"], "annotator_id": "1"}),
        (ORG_HEAD, ORG, {"title": "A", "tags": ["a", "b"], "annotator_id": "1"}),
        (YAML_HEAD, YAML, {"title": "A", "tags": ["a", "b"], "annotator_id": "1"}),
    ],
)
def test_properties_are_read_by_their_names(head, text, values):
    assert head.read(text, {}) == values


def test_a_property_as_it_was_exported_is_read_as_it_was_given():
    given = {"title": "Of [[x]]", "author": ["Ada", "Bo"], "minutes": Literal("3")}
    text = LOGSEQ_HEAD.write(given)
    assert text == "title:: Of [\u200b[x]]\nauthor:: Ada, Bo\nminutes:: 3\n"
    assert LOGSEQ_HEAD.read(text, given) == given
    assert LOGSEQ_HEAD.read(text, {}) == {"title": "Of [[x]]", "author": "Ada, Bo", "minutes": "3"}


@pytest.mark.parametrize(
    ("head", "text", "line", "tags", "added"),
    [
        (LOGSEQ_HEAD, LOGSEQ, "title:: {}\n", ("a, [[b]], #c", "a, b, c, z"), "site:: S\n"),
        (ORG_HEAD, ORG, "#+title: {}\n", (":a:b:", ":a:b:z:"), "#+site: S\n"),
    ],
)
def test_a_property_is_changed_where_its_user_left_it_and_a_new_one_is_below(
    head, text, line, tags, added
):
    for newline in ("\n", "\r\n"):
        own = f"{text}Text\n".replace("\n", newline)
        united = own.replace(*tags)
        last = "1" + newline
        wanted = united.replace(last, last + added.replace("\n", newline))
        merge = head.merge(own, NEW, LAST)
        changed = line.format("New").replace("\n", newline)
        assert merge.text == wanted.replace(line.format("A").replace("\n", newline), changed)
        assert merge.kept == ()
        kept = head.merge(own, NEW, LAST | {"title": "B"})
        assert (kept.text, kept.kept) == (wanted, ("title",))
        unknown = head.merge(own, NEW, None)
        assert (unknown.text, unknown.kept) == (united, ())


@pytest.mark.parametrize(
    ("head", "text", "line"),
    [(LOGSEQ_HEAD, LOGSEQ, "title:: A\n"), (ORG_HEAD, ORG, "#+title: A\n")],
)
def test_a_property_that_is_empty_now_goes_and_one_that_its_user_removed_stays_away(
    head, text, line
):
    without = text.replace(line, "")
    tags = {"tags": ["a"], "annotator_id": "1"}
    assert head.merge(text, {"title": "", **tags}, LAST).text == without
    assert head.merge(text, tags, LAST).text == without
    again = head.merge(without, LAST | {"title": "B"}, LAST)
    assert (again.text, again.kept) == (without, ("title",))
    same = head.merge(text, LAST | {"title": "B"}, {**LAST, "title": "C"})
    assert same.kept == ("title",)
    alike = head.merge(text.replace(" A\n", " B\n"), LAST | {"title": "B"}, LAST)
    assert (alike.text, alike.kept) == (text.replace(" A\n", " B\n"), ())


def test_tags_that_the_library_lost_go_and_those_of_the_user_stay():
    text = "tags:: mine, a, b\nannotator-id:: 1\n"
    merge = LOGSEQ_HEAD.merge(text, {"tags": ["b", "c"]}, {"tags": ["a", "b"]})
    assert merge.text == "tags:: mine, b, c\nannotator-id:: 1\n"
    same = LOGSEQ_HEAD.merge(text, {"tags": ["b"]}, {"tags": ["b", "z"]})
    assert same.text == text
    removed = LOGSEQ_HEAD.merge("tags:: b\n", {"tags": ["a", "b"]}, {"tags": ["a", "b"]})
    assert removed.text == "tags:: b\n"
    gone = LOGSEQ_HEAD.merge("tags:: a\nx:: 1\n", {"tags": []}, {"tags": ["a"]})
    assert gone.text == "x:: 1\n"
    assert ORG_HEAD.write({"tags": [], "title": ""}) == ""


def test_of_two_properties_with_a_name_the_first_counts():
    text = "Title:: A\ntitle:: B\n"
    assert LOGSEQ_HEAD.read(text, {}) == {"title": "A"}
    assert LOGSEQ_HEAD.merge(text, {"title": "C"}, {"title": "A"}).text == "title:: C\ntitle:: B\n"
