"""Folded texts, and the way back to the original."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.anchoring.normalization import fold, fold_passage

PARTS = st.sampled_from(
    [
        *("a", "b", "é", " ", "-", "\n", "\t", "“", "’", "''", "…", "—", " – ", "  ", "\xa0"),
        *("\u200b", "\xad", "ﬁ", "İ", "Σ", "ς", "e\u0301", "ｶﾞ", "Ａ", "！", "雨"),
        *("\u1112\u1161\u11ab", "\uf900", "𝒜", "ẞ"),
    ]
)
composed = st.lists(PARTS, max_size=12).map("".join)
texts = composed | st.text(max_size=30)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("“Don’t,” he said", '"don\'t," he said'),
        ("``Don''t'', «no»", '"don"t", "no"'),
        ("a — b, c–d, e -- f", "a-b, c-d, e-f"),
        ("one\n\ntwo\xa0 three\tfour", "one two three four"),
        ("ex\xadam\u200bple \u200b two", "example two"),
        ("wait…", "wait..."),
        ("ﬁne", "fine"),
        ("Cafe\u0301", "caf\u00e9"),
        ("İstanbul", "istanbul"),
        ("ΟΔΟΣ ὁδός", "οδοσ ὁδόσ"),
        ("ＡＢＣ！", "abc!"),
        ("\u1112\u1161\u11ab", "한"),
    ],
)
def test_texts_that_read_the_same_fold_to_the_same(text, folded):
    assert fold(text).text == folded


@given(composed)
@example("’\u200b’")
def test_folding_again_changes_nothing(text):
    once = fold_passage(text).text
    assert fold_passage(once).text == once


@given(composed)
def test_both_compositions_of_a_letter_fold_to_the_same(text):
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text))
    together = unicodedata.normalize("NFC", apart)
    assert fold_passage(apart).text == fold_passage(together).text


@given(texts)
def test_a_folded_text_has_a_form_with_capitals(text):
    folded = fold_passage(text)
    assert folded.cased.lower().replace("ς", "σ") == folded.text


@given(texts, st.data())
def test_every_folded_passage_has_an_original_span(text, data):
    folded = fold_passage(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    span = folded.original(start, end)
    assert 0 <= span.start < span.end <= len(text)
    assert folded.text[start:end].strip() in fold_passage(span.of(text)).text


@given(texts, st.integers(0, 60))
def test_every_offset_has_a_folded_offset(text, offset):
    folded = fold_passage(text)
    assert 0 <= folded.offset(offset) <= len(folded.text)


def test_offsets_map_there_and_back():
    text = "It’s — well… “fine”,  and\n\nso on."
    folded = fold(text)
    for word in ("well", "fine", "and", "so on."):
        start = folded.text.index(word)
        span = folded.original(start, start + len(word))
        assert span.of(text) == word
        assert folded.offset(span.start) == start
