"""Values survive encoding and decoding, and wrong data is refused with a reason."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import codec
from annotator.model import (
    Annotation,
    Article,
    ArticleRecord,
    Block,
    Claim,
    Completeness,
    Extraction,
    Kind,
    Link,
    Mark,
    Page,
    Removal,
    Span,
    Target,
    TextPositionSelector,
    TextQuoteSelector,
)

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(timezones=zones | st.just(UTC))
spans = st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)).map(
    lambda pair: Span(min(pair), max(pair))
)
st.register_type_strategy(str, text)
st.register_type_strategy(datetime, moments)
st.register_type_strategy(Span, spans)

KINDS = (
    Annotation,
    Article,
    ArticleRecord,
    Block,
    Claim,
    Completeness,
    Extraction,
    Kind,
    Link,
    Mark,
    Page,
    Removal,
    Span,
    Target,
    TextPositionSelector,
    TextQuoteSelector,
)


@given(st.one_of(*(st.from_type(kind) for kind in KINDS)))
def test_every_value_comes_back_as_it_was(value):
    assert codec.decode(codec.encode(value), type(value)) == value


@given(st.from_type(Annotation))
def test_the_plain_form_is_what_the_json_says(annotation):
    plain = codec.to_plain(annotation)
    assert json.loads(codec.encode(annotation)) == json.loads(json.dumps(plain))


def test_json_is_indented_with_sorted_keys_and_ends_in_a_newline():
    assert codec.encode(Link("supports", "01k", "é")) == (
        b'{\n  "is_reversed": false,\n  "note": "\xc3\xa9",\n'
        b'  "relation": "supports",\n  "target": "01k"\n}\n'
    )


def test_what_an_article_derives_is_not_kept():
    article = Article("id", "url", "title", blocks=(Block("paragraph", "Words."),))
    assert article.word_count == 1
    assert article.revision
    assert not {"text", "starts", "revision", "word_count"} & codec.to_plain(article).keys()


def test_a_field_that_a_later_version_added_is_passed_over():
    assert codec.decode(b'{"start": 1, "end": 2, "colour": "red"}', Span) == Span(1, 2)


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b'{"relation": "supports", "target": 5}', r"\$.target"),
        (b'{"relation": "adores", "target": "01k"}', r"\$.relation"),
        (b'{"relation": "supports"}', "target"),
        (b'{"relation": "supp', "truncated"),
        (b"", "truncated"),
        (b"\x00\x00\x00", "malformed"),
        (b'{"note": "\xff"}', "(?i)utf-8"),
    ],
)
def test_bad_json_raises_a_value_error_that_says_where(data, where):
    with pytest.raises(ValueError, match=where):
        codec.decode(data, Link)


def test_a_bad_value_deep_inside_raises_a_value_error_that_says_where():
    article = {"id": "", "url": "", "title": ""}
    article["blocks"] = [{"kind": "rule", "text": ""}, {"kind": "no", "text": ""}]
    with pytest.raises(ValueError, match=r"\$.blocks\[1\].kind"):
        codec.decode(json.dumps(article), Article)


def test_a_span_that_ends_before_it_starts_is_bad_data():
    with pytest.raises(ValueError, match="from 3 to 1"):
        codec.decode(b'{"start": 3, "end": 1}', Span)


def test_a_file_nested_without_end_is_bad_data():
    with pytest.raises(ValueError, match="nested"):
        codec.decode(b"[" * 200_000, object)


def test_a_lone_surrogate_is_refused_before_anything_is_written():
    with pytest.raises(ValueError, match="surrogate"):
        codec.encode(Link("supports", "\ud800"))
