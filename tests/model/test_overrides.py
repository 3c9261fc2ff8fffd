"""The user's decisions about passages, by names that do not depend on the rules."""

from annotator.model import NO_OVERRIDES, Block, Overrides
from annotator.model.overrides import name_of, numbered


def test_a_passage_has_the_same_name_before_and_after_cleanup():
    assert (
        name_of("A t first glance") == name_of("At first glance") == name_of("At\xad first  glance")
    )
    assert name_of("At second glance") != name_of("At first glance")


def test_passages_with_the_same_words_have_different_names():
    blocks = [Block("paragraph", "Share"), Block("heading", "Why"), Block("paragraph", "Share")]
    assert list(numbered(blocks)) == [("Share", 1), ("Why", 1), ("Share", 2)]
    assert name_of("Share", 2) == f"{name_of('Share')}.2"


def test_an_image_without_text_is_named_by_its_source():
    assert list(numbered([Block("image", "", source="https://x.example/a.jpg")])) == [
        ("https://x.example/a.jpg", 1)
    ]


def test_removing_a_kept_passage_leaves_it_to_the_rules():
    kept = NO_OVERRIDES.keeping(["a", "b"])
    assert kept == Overrides(kept=("a", "b"))
    assert kept.removing(["a"]) == Overrides(kept=("b",))


def test_keeping_a_removed_passage_leaves_it_to_the_rules():
    removed = NO_OVERRIDES.removing(["a"])
    assert removed == Overrides(removed=("a",))
    assert removed.keeping(["a"]) == NO_OVERRIDES


def test_keeping_a_part_with_a_removed_passage_keeps_all_of_it():
    removed = NO_OVERRIDES.removing(["a"])
    assert removed.keeping(["a", "b"]) == Overrides(kept=("a", "b"))


def test_a_passage_without_text_and_source_is_named_by_its_label():
    assert list(numbered([Block("footnote", "", label="3")])) == [("3", 1)]


def test_what_changed_between_two_decisions_is_changed_in_others_too():
    before = Overrides(kept=("a", "b"), removed=("x",))
    after = Overrides(kept=("b", "c"), removed=())
    others = Overrides(kept=("a", "z"), removed=("x", "y"))
    assert others.changed(before, after) == Overrides(kept=("c", "z"), removed=("y",))
    assert others.changed(before, before) == others


def test_removing_a_kept_passage_and_another_removes_both():
    assert Overrides(kept=("a", "b")).removing(["a", "c"]) == Overrides(("b",), ("a", "c"))


def test_a_name_is_short_and_stays_the_same_for_good():
    assert name_of("At first glance") == "26de1020703f"
