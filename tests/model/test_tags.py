import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import InvalidTag
from annotator.model import tags

TYPED = st.text(st.sampled_from(" \t#,;/-aBéß汉\u0301\u200b_.:1"), max_size=30) | st.text()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("energy", "energy"),
        ("#energy", "energy"),
        ("grid storage", "grid-storage"),
        ("  grid   storage ", "grid-storage"),
        ("energy/grid", "energy/grid"),
        ("energy / grid storage", "energy/grid-storage"),
        ("//energy///grid/", "energy/grid"),
        ("one,two;three", "one-two-three"),
        ("well--known", "well-known"),
        ("-dashed-", "dashed"),
        ("São Paulo", "São-Paulo"),
        ("e\u0301tude", "\u00e9tude"),
        ("製本", "製本"),
        ("2024", "2024"),
        ("to\x1b[31m-do\u200b", "to-do"),
    ],
)
def test_a_tag_is_normalised(typed, kept):
    assert tags.normalise(typed) == kept


@pytest.mark.parametrize("typed", ["", "   ", "#", "-", "/", "/ - /", "#,;", "\u200b"])
def test_a_tag_without_a_name_is_refused(typed):
    with pytest.raises(InvalidTag, match=r"is not a valid tag\. Give it"):
        tags.normalise(typed)


def test_a_pasted_sentence_is_cut_to_the_length_of_a_tag():
    assert len(tags.normalise("word " * 100)) <= tags.MAX_LENGTH


@given(TYPED)
@settings(deadline=None)
def test_a_normalised_tag_stays_as_it_is(typed):
    try:
        kept = tags.normalise(typed)
    except InvalidTag:
        return
    assert tags.normalise(kept) == kept


def test_spellings_of_one_tag_are_kept_once_as_first_typed():
    typed = ["Energy", "energy/grid", "#energy", "ENERGY/Grid", "law"]
    assert tags.normalise_all(typed) == ("Energy", "energy/grid", "law")


def test_no_tags_give_no_tags():
    assert tags.normalise_all([]) == ()


@pytest.mark.parametrize(
    ("one", "other"), [("Energy", "ENERGY"), ("Straße", "STRASSE"), ("e\u0301", "\u00c9")]
)
def test_spellings_that_differ_in_case_or_composition_are_one_tag(one, other):
    assert tags.key(one) == tags.key(other)


@pytest.mark.parametrize(
    ("tag", "ancestor", "expected"),
    [
        ("energy", "energy", True),
        ("energy/grid", "energy", True),
        ("energy/grid/storage", "Energy/Grid", True),
        ("ENERGY/Grid", "energy", True),
        ("energy", "energy/grid", False),
        ("energy-policy", "energy", False),
        ("law", "energy", False),
    ],
)
def test_a_tag_is_within_itself_and_its_ancestors(tag, ancestor, expected):
    assert tags.is_within(tag, ancestor) is expected


def test_the_tags_above_a_tag_begin_with_the_outermost():
    assert tags.ancestors("energy/grid/storage") == ("energy", "energy/grid")
    assert tags.ancestors("energy") == ()
