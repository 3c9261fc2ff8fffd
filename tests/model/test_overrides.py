"""What a reader decides about passages, by names that outlive the rules."""

from annotator.model import NO_OVERRIDES, Block, Overrides
from annotator.model.overrides import name_of, numbered


def test_a_passage_is_known_by_its_words_however_they_were_mended():
    assert (
        name_of("A t first glance") == name_of("At first glance") == name_of("At\xad first  glance")
    )
    assert name_of("At second glance") != name_of("At first glance")


def test_passages_with_the_same_words_have_names_of_their_own():
    blocks = [Block("paragraph", "Share"), Block("heading", "Why"), Block("paragraph", "Share")]
    assert list(numbered(blocks)) == [("Share", 1), ("Why", 1), ("Share", 2)]
    assert name_of("Share", 2) == f"{name_of('Share')}.2"


def test_a_picture_without_words_is_known_by_its_source():
    assert list(numbered([Block("image", "", source="https://x.example/a.jpg")])) == [
        ("https://x.example/a.jpg", 1)
    ]


def test_what_was_put_back_and_is_taken_out_again_is_left_to_the_rules():
    kept = NO_OVERRIDES.keeping(["a", "b"])
    assert kept == Overrides(kept=("a", "b"))
    assert kept.removing(["a"]) == Overrides(kept=("b",))


def test_what_was_taken_out_and_is_put_back_is_left_to_the_rules():
    removed = NO_OVERRIDES.removing(["a"])
    assert removed == Overrides(removed=("a",))
    assert removed.keeping(["a"]) == NO_OVERRIDES


def test_of_a_part_that_holds_what_was_taken_out_all_is_put_back():
    removed = NO_OVERRIDES.removing(["a"])
    assert removed.keeping(["a", "b"]) == Overrides(kept=("a", "b"))
