"""The properties of a note are merged key by key, and nothing that its user wrote is lost."""

import re
from collections import Counter
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from annotator.export.markdown.front_matter import FRONT_MATTER, front_matter
from annotator.export.markdown.property_merge import merge_properties

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


@pytest.mark.parametrize("head", ["{}", f"a: {'[' * 2_000}", "- a"])
def test_a_head_without_readable_properties_is_left_as_it_is_and_reported(head):
    note = f"---\n{head}\n---\n\nText.\n"
    merge = merge_properties(note, {"title": "A"}, exported={"title": "B"})
    assert (merge.text, bool(merge.problem)) == (note, True)
