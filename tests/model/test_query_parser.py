from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import InvalidQuery
from annotator.model.query import (
    EVERYTHING,
    Added,
    Either,
    Every,
    Field,
    MarkedOn,
    Not,
    SaidOn,
    Words,
    as_filter,
    every,
    leaves,
)
from annotator.model.query_parser import FIELDS, parse


def at(year, month=1, day=1):
    return datetime(year, month, day, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", EVERYTHING),
        (" \n ", EVERYTHING),
        ("grid", Words("grid")),
        ("grid coal", Every((Words("grid"), Words("coal")))),
        ('"heat pumps"', Words("heat pumps")),
        ("“heat pumps”", Words("heat pumps")),
        ("electri*", Words("electri", is_begun=True)),
        ("tag:energy/Grid", Field("tag", "energy/Grid")),
        ('tag:"heat pumps"', Field("tag", "heat-pumps")),
        ("#energy", Field("tag", "energy")),
        ("Kind:claim", Field("kind", "claim")),
        ("is:UNREAD", Field("is", "unread")),
        ("has:note", Field("has", "note")),
        ('speaker:"Ann Lee"', Field("speaker", "Ann Lee")),
        ("type:Statistic", Field("type", "statistic")),
        ("confidence:low", Field("confidence", "low")),
        ('verdict:"not true"', Field("verdict", "not true")),
        ("has:opposition", Field("has", "opposition")),
        ("marked:Today", MarkedOn(last=1)),
        ("marked:week", MarkedOn(last=7)),
        ("marked:2026-03-14", MarkedOn(date(2026, 3, 14), date(2026, 3, 15))),
        ("marked:2026-11..", MarkedOn(date(2026, 11, 1))),
        ("said:2026", SaidOn("2026", "2027")),
        ("said:2026-12", SaidOn("2026-12", "2027-01")),
        ("said:..2026-03-31", SaidOn("", "2026-04-01")),
        ("said:2025..2026-03", SaidOn("2025", "2026-04")),
        ("-coal", Not(Words("coal"))),
        ("-tag:coal", Not(Field("tag", "coal"))),
        ("-(a b)", Not(Every((Words("a"), Words("b"))))),
        ("a or b c", Either((Words("a"), Every((Words("b"), Words("c")))))),
        ("a OR b", Either((Words("a"), Words("b")))),
        ("(a or b) c", Every((Either((Words("a"), Words("b"))), Words("c")))),
        ('"or"', Words("or")),
    ],
)
def test_a_query_is_parsed(text, query):
    assert parse(text) == query


@pytest.mark.parametrize(
    "text", ["climate-change", "don't", "C++", "12:30", "https://example.org/a?b=c", "a/b", "--x"]
)
def test_pasted_text_is_a_word(text):
    assert parse(text) == Words(text)


@pytest.mark.parametrize("text", ["-", "a - ,", '""', "()", "-()", "…", "“”"])
def test_punctuation_matches_everything(text):
    assert set(leaves(parse(text))) <= {Words("a")}
    assert not isinstance(parse(text), Not)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2026", at(2026), at(2027)),
        ("2026-12", at(2026, 12), at(2027)),
        ("2026-01-31", at(2026, 1, 31), at(2026, 2, 1)),
        ("2026-02..", at(2026, 2), None),
        ("..2026-02", None, at(2026, 3)),
        ("2025..2026-1-3", at(2025), at(2026, 1, 4)),
        ("2026-01-05..2026-01", at(2026, 1, 5), at(2026, 2)),
        ("2026-01-05..2026-01-05", at(2026, 1, 5), at(2026, 1, 6)),
    ],
)
def test_times_are_years_months_days_and_ranges(text, since, until):
    assert parse(f"added:{text}") == Added(since, until)


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ('coal "heat pu', 5, "The quotation mark is not closed"),
        ("“heat", 0, "The quotation mark is not closed"),
        ('coal"', 4, "The quotation mark is not closed"),
        ("a tag:", 2, "needs a value"),
        ("a foo:bar", 2, "Unknown filter “foo:”"),
        ("tga:bar", 0, "Did you mean “tag:”?"),
        ("is:lost", 0, "Choose one of: unread, reading"),
        ("status:maybe", 0, "disputed"),
        ("status:dis", 0, "Did you mean “status:disputed”? Choose one of"),
        ("-status:disputd", 1, "Did you mean “status:disputed”?"),
        ("x added:2026-02-30", 2, "is not a date"),
        ("added:9999", 0, "is not a date"),
        ("added:yesterday", 0, "is not a date"),
        ("added:2026..2025", 0, "The first day comes after the last"),
        ("said:2026-04..2026-03", 0, "The first day comes after the last"),
        ("marked:soon", 0, "is not a date"),
        ("marked:9999", 0, "is not a date"),
        ("type:guess", 0, "Unknown value"),
        ("a or", 2, "both sides"),
        ("or a", 0, "both sides"),
        ("a (b", 2, "not closed"),
        ("a) b", 1, "closes nothing"),
        ("tag:#", 0, "is not a valid tag"),
        ("(" * 60 + "a", 50, "too many parentheses"),
        ("a" * 5000, 0, "at most 4,000 characters"),
        ("word " * 700, 0, "at most 100 words"),
        ("(a or b) " * 60, 0, "at most 100 words"),
    ],
)
def test_a_mistake_in_a_query_is_reported_with_its_position(text, position, words):
    with pytest.raises(InvalidQuery) as caught:
        parse(text)
    assert caught.value.position == position
    assert words in str(caught.value)
    if position:
        assert f"at character {position + 1}" in caught.value.message


PIECES = st.one_of(
    st.sampled_from(["or", "-", "(", ")", '"', "tag:", "is:read", "has:note", "added:2026", "*"]),
    st.sampled_from([f"{name}:" for name in FIELDS]),
    st.text(max_size=4),
)


@given(st.lists(PIECES, max_size=12).map(" ".join) | st.text())
def test_any_input_is_parsed_or_refused_with_a_message(text):
    refusal = None
    try:
        hash(parse(text))
    except InvalidQuery as error:
        refusal = error
    assert refusal is None or (refusal.hint and 0 <= refusal.position <= len(text))


def test_the_place_of_a_mistake_behind_a_tab_is_that_of_the_text_as_typed():
    with pytest.raises(InvalidQuery) as refused:
        parse("\t or")
    assert refused.value.position == 2


def test_parts_side_by_side_are_not_nested():
    a, b, c = Words("a"), Words("b"), Words("c")
    assert every(a, every(b, c), EVERYTHING) == Every((a, b, c))
    assert every(EVERYTHING, a) == a
    assert every() == EVERYTHING


@pytest.mark.parametrize(
    ("name", "typed", "found"),
    [
        ("energy/grid", "tag:energy/grid", "energy/grid"),
        ("Ann Lee", 'tag:"Ann Lee"', "Ann Lee"),
        ("Lee(BBC)", 'tag:"Lee(BBC)"', "Lee(BBC)"),
        ("O’Neill", "tag:O’Neill", "O’Neill"),
        ("Ann “the Hawk” Lee", 'tag:"Ann the Hawk Lee"', "Ann the Hawk Lee"),
        ("//", 'tag:"//"', "//"),
    ],
)
def test_a_filter_for_any_name_is_read_as_that_name(name, typed, found):
    assert as_filter("tag", name) == typed
    assert parse(as_filter("speaker", name)) == Field("speaker", found)


def test_a_sign_of_tags_alone_is_no_tag():
    assert parse("#") == Words("#")
    assert parse("##") == Words("##")


def test_a_query_has_so_many_characters_and_words_at_most():
    assert parse("x" * 4_000) == Words("x" * 4_000)
    with pytest.raises(InvalidQuery, match="at most 4,000 characters"):
        parse("x" * 4_001)
    parse("x " * 100)
    with pytest.raises(InvalidQuery, match="at most 100 words"):
        parse("x " * 101)


def test_claims_said_since_a_day_or_until_a_month():
    assert parse("said:2026-03-14..") == SaidOn("2026-03-14", "")
    assert parse("said:..2026-03") == SaidOn("", "2026-04")
    assert parse("said:2025..2026-03-14") == SaidOn("2025", "2026-03-15")


def test_an_unknown_filter_is_corrected_however_it_is_written():
    with pytest.raises(InvalidQuery) as refused:
        parse("SPEEKER:lee")
    assert "speaker:" in refused.value.hint.partition("Choose")[0]
    assert "“SPEEKER:”" in refused.value.message


def test_a_quoted_parenthesis_is_a_word():
    assert parse('"(rain" x') == every(Words("(rain"), Words("x"))
