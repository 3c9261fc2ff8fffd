"""The properties of a note are merged key by key, and nothing that its user wrote is lost."""

import re
from collections import Counter
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from annotator.export.markdown.front_matter import FRONT_MATTER, Literal, front_matter
from annotator.export.markdown.property_merge import merge_properties, read_properties

EXPORTED = {
    "title": "A title",
    "author": ["A. Bee", "C. Dee"],
    "description": "Of words # and signs: here",
    "tags": ["a", "b"],
    "kinds": ["claim"],
    "annotator_id": "abc",
}


def merged(before, after, **changes):
    """Return the properties after the user and the library changed them."""
    text = front_matter(EXPORTED)
    assert before in text
    merge = merge_properties(text.replace(before, after), EXPORTED | changes, exported=EXPORTED)
    return merge.text, merge.kept


def test_a_property_is_changed_where_the_user_left_it_and_kept_where_not():
    text, kept = merged("title", "title", title="Another", author=["E."])
    assert 'title: "Another"\nauthor: ["E."]\n' in text
    assert kept == ()
    text, kept = merged('title: "A title"', "title: Mine  # mine", title="Another")
    assert "title: Mine  # mine\n" in text
    assert kept == ("title",)


def test_a_property_that_the_user_and_the_library_changed_alike_is_no_conflict():
    text, kept = merged('title: "A title"', "title: Another  # mine", title="Another")
    assert "title: Another  # mine\n" in text
    assert kept == ()


def test_of_a_note_whose_first_export_is_not_known_the_head_stays_as_it_is():
    text = front_matter(EXPORTED).replace("A title", "Mine")
    merge = merge_properties(text, EXPORTED | {"author": ["E."]}, exported=None)
    assert (merge.text, merge.kept) == (text, ())


def test_a_comment_stays_when_its_property_is_changed_or_goes():
    text, _ = merged('title: "A title"', 'title: "A title" # mine', title="Another")
    assert 'title: "Another"  # mine\n' in text
    text, _ = merged('title: "A title"', 'title: "A title" # mine', title="")
    assert "---\n# mine\nauthor" in text


def test_a_list_with_comments_of_the_user_is_left_as_it_is():
    listed = "kinds: [claim, # first\n  ]"
    text, kept = merged('kinds: ["claim"]', listed, kinds=["claim", "question"])
    assert listed in text
    assert kept == ("kinds",)


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029", "\x0c"])
@pytest.mark.parametrize(
    "line", ['mine: "of{}words"', "# of{}words", "mine: |\n  of{}words\n  more"]
)
def test_signs_that_some_take_for_the_end_of_a_line_are_none(sign, line):
    own = line.format(sign)
    text, _ = merged('title: "A title"', f'{own}\ntitle: "A title"', title="Another")
    assert text.startswith(f"---\n{own}\ntitle: ")
    assert text.count("title: ") == 1


@pytest.mark.parametrize(
    "own",
    [
        "tags: {a: 1}",
        "tags: [a, [b]]",
        "tags: &x [a, b]\nother: *x",
    ],
)
def test_tags_that_are_no_list_of_words_are_left_as_they_are(own):
    text, _ = merged('tags: ["a", "b"]', own, tags=["a", "b", "c"])
    assert f"{own}\n" in text


def test_tags_are_united_in_the_style_of_the_user():
    text, _ = merged('tags: ["a", "b"]', "tags:\n  - b\n  - mine # why\n  - a", tags=["a", "c"])
    assert 'tags:\n  - mine # why\n  - a\n  - "c"\n' in text
    text, _ = merged('tags: ["a", "b"]', "tags:\n- a # why\n- b", tags=["b"])
    assert "tags:\n- a # why\n- b\n" in text


class Head:
    """The head of a note, which its user and the library change at random."""

    def __init__(self, random):
        self.random = random
        self.words = 0
        self.properties = dict(EXPORTED)
        self.exported = dict(EXPORTED)
        self.text = front_matter(EXPORTED)

    def word(self):
        self.words += 1
        return f"mine{self.words}x"

    def edit(self):
        lines = self.text.splitlines(keepends=True)
        last = next(at for at, line in enumerate(lines) if at and line.startswith("---"))
        at = self.random.randrange(1, last)
        name = lines[at].partition(":")[0]
        value = self.exported.get(name)
        items = value if isinstance(value, list) else []
        indent = self.random.choice(("", "  "))
        changes = [
            [f"# {self.word()}\n", lines[at]],
            [f"own{self.word()}: {{a: {self.word()}, b: [1, 2]}}\n", lines[at]],
            [f"own{self.word()}: |\n  {self.word()}\n  # {self.word()}\n", lines[at]],
            ["\n", lines[at]],
            [lines[at].rstrip("\r\n") + f"  # {self.word()}\n"],
        ]
        if items:
            ends = [self.random.choice(("", f" # {self.word()}")) for _ in items]
            each = [f"{indent}- {item}{end}\n" for item, end in zip(items, ends, strict=True)]
            changes += [
                [f"{name}: # {self.word()}\n", *each],
                [f"{name}: [{items[0]}, # {self.word()}\n", f"  ] # {self.word()}\n"],
            ]
        elif value and name != "annotator_id":
            changes += [
                [f"{name}: >-\n", "  of mine\n", f"\n# {self.word()}\n"],
                [f"{name}: {self.word()}\n"],
            ]
        if name[:1] in " -#":
            changes = changes[:1]
        lines[at : at + 1] = self.random.choice(changes)
        self.text = "".join(lines)
        if self.random.random() < 0.2:
            self.text = self.text.replace("\r\n", "\n").replace("\n", "\r\n")

    def change(self):
        name = self.random.choice(list(EXPORTED)[:-1])
        value = self.properties[name]
        if isinstance(value, list):
            value = self.random.choice(([], [*value, f"t{self.random.randrange(9)}"], value[1:]))
        else:
            value = self.random.choice(("", f"New {self.random.randrange(9)}: # x", "y\u2028z"))
        self.properties[name] = value

    def export(self):
        known = self.random.choice((self.exported, self.exported, None))
        merge = merge_properties(self.text, self.properties, exported=known)
        lost = words(self.text) - words(merge.text)
        assert not lost
        if not merge.problem:
            YAML().load(FRONT_MATTER.match(merge.text)[1])
        self.text, self.exported = merge.text, dict(self.properties)
        again = merge_properties(self.text, self.properties, exported=self.exported)
        assert again.text == self.text


def words(text):
    return Counter(re.findall(r"mine\d+x", text))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 1 << 40))
def test_no_word_of_the_user_is_lost_and_the_head_stays_valid(seed):
    head = Head(random := Random(seed))
    for _ in range(4):
        for _ in range(random.randint(0, 3)):
            head.edit()
        for _ in range(random.randint(0, 3)):
            head.change()
        head.export()


@pytest.mark.parametrize(
    "head", ["{}", pytest.param(f"a: {'[' * 2_000}", marks=pytest.mark.slow), "- a"]
)
def test_a_head_without_readable_properties_is_left_as_it_is_and_reported(head):
    note = f"---\n{head}\n---\n\nText.\n"
    merge = merge_properties(note, {"title": "A"}, exported={"title": "B"})
    assert (merge.text, bool(merge.problem)) == (note, True)


def brought(head, *, now, last):
    """Return a head and what of it was kept, after the library changed from `last` to `now`."""
    merge = merge_properties(f"---\n{head}\n---\nText", now, exported=last)
    assert merge.text.startswith("---\n")
    assert merge.text.endswith("---\nText")
    return merge.text[4:-9].rstrip("\n"), merge.kept


@pytest.mark.parametrize(
    ("head", "now", "last", "wanted"),
    [
        ('title: "A"\n\n# mine\nx: 1', "", "A", "\n# mine\nx: 1"),
        ("title: >-\n  A\n  b\nx: 1", "B", "A b", 'title: "B"\nx: 1'),
        ("title: A\n\nx: 1", "B", "A", 'title: "B"\n\nx: 1'),
        ("x: 1", "B", "", 'x: 1\ntitle: "B"'),
        ("x: 1 # mine\ntitle: A", "B", "A", 'x: 1 # mine\ntitle: "B"'),
        ("title: 3", Literal("4"), Literal("3"), "title: 4"),
        ("title: true", Literal("false"), Literal("true"), "title: false"),
        ("title: 2024-05-01", Literal("2024-06-01"), Literal("2024-05-01"), "title: 2024-06-01"),
        ("title: 2024-05-01T10:00:00", Literal("2024-06-01"), "2024-05-01", "title: 2024-06-01"),
        ('title: "2024-05-01"', Literal("2024-05-01"), "2024-05-01", "title: 2024-05-01"),
        ("title: 2024-05-01 # mine", Literal("2024-05-01"), "2024-05-01", None),
        ('title: "A"', "A", "A", None),
        ("title: B", "B", "A", None),
    ],
)
def test_only_the_lines_of_a_property_that_changes_are_written_again(head, now, last, wanted):
    done = brought(head, now={"title": now}, last={"title": last})
    assert done == (head if wanted is None else wanted, ())


@pytest.mark.parametrize(
    ("head", "now", "last"),
    [
        ("x: 1", "B", "A"),
        ("title: Mine", "B", "A"),
        ("title: |\n  A # x\nx: 1", "B", "A # x"),
    ],
)
def test_a_property_that_its_user_changed_or_removed_is_kept_and_told(head, now, last):
    done = brought(head, now={"title": now}, last={"title": last})
    assert done == (head, ("title",))


@pytest.mark.parametrize(
    ("head", "now", "last", "wanted"),
    [
        ("tags: a, b", ["a", "c"], ["a", "b"], 'tags: ["a", "c"]'),
        ("tags:\n- a\n- b\nx: 1", ["a", "c"], ["a", "b"], 'tags:\n- a\n- "c"\nx: 1'),
        ("tags:\n    - a\n    - b", ["a", "c"], ["a", "b"], 'tags:\n    - a\n    - "c"'),
        ("tags:\n- a\n\n# mine\nx: 1", ["a", "c"], ["a"], 'tags:\n- a\n- "c"\n\n# mine\nx: 1'),
        ("tags: []", ["c"], [], 'tags: ["c"]'),
        ("tags:", ["c"], [], 'tags: ["c"]'),
        ("x: 1", ["c"], [], 'x: 1\ntags: ["c"]'),
        ('tags: [a, "#b"]', ["a"], ["a", "b"], 'tags: ["a"]'),
        ("tags: [mine]", ["a", "b"], ["a"], 'tags: ["mine", "b"]'),
        ("tags: [mine]", ["b"], ["a", "b"], "tags: [mine]"),
        ("tags:\n- a # why\n- b", [], ["a", "b"], "tags:\n- a # why"),
        ("tags: {a: 1}", ["a"], ["a"], "tags: {a: 1}"),
    ],
)
def test_tags_are_added_and_removed_where_they_are(head, now, last, wanted):
    assert brought(head, now={"tags": now}, last={"tags": last}) == (wanted, ())


@pytest.mark.parametrize("tags", ["{a: 1}", "!!set {a}", "[a, {b: 1}]", "[a, [b]]"])
def test_tags_that_hold_more_than_words_are_kept_and_told(tags):
    done = brought(f"tags: {tags}", now={"tags": ["c"]}, last={"tags": []})
    assert done == (f"tags: {tags}", ("tags",))


def test_a_head_that_would_be_read_otherwise_is_left_and_reported():
    text = '---\ntitle: &x "A"\nmine: *x\n---\n'
    merge = merge_properties(text, {"title": "B"}, exported={"title": "A"})
    assert merge.text == text
    assert merge.problem.startswith("The properties at its head cannot be merged safely")


def test_the_only_property_may_go():
    merge = merge_properties('---\ntitle: "A"\n---\n', {"title": ""}, exported={"title": "A"})
    assert (merge.text, merge.problem) == ("---\n---\n", "")


def test_a_property_that_is_exported_no_more_goes_where_its_user_left_it():
    last = {"title": "A", "minutes": Literal("3")}
    assert brought("minutes: 3\nx: 1", now={}, last=last) == ("x: 1", ())
    mine = "minutes: 5\nx: 1"
    assert brought(mine, now={}, last=last) == (mine, ("minutes",))


@pytest.mark.parametrize(
    ("head", "values"),
    [
        ("a: 1\nb: [x, 2]", {"a": "1", "b": ["x", "2"]}),
        ("a: 2024-05-01\nb: true", {"a": "2024-05-01", "b": "true"}),
        ('a: "1"\nb:\nc: [x, ]', {"a": "1", "b": "", "c": ["x"]}),
        ("a: 1.50\nb: 2024-05-01T10:00:00", {"a": "1.5", "b": "2024-05-01"}),
        ("a: 1 # mine", None),
        ("# mine\na: 1", None),
        ("a: {b: 1}", None),
        ("a: [[b]]", None),
        ("a: |\n  x\n  y", None),
        ("- a", None),
        ("a: [", None),
    ],
)
def test_a_head_is_read_whole_or_not_at_all(head, values):
    assert read_properties(f"---\n{head}\n---\n") == values
    assert read_properties(head) is None
