"""The words and sentences of an article, as sentences of a draft are compared with them."""

import pytest

from annotator.citing.restating import unknown_names
from annotator.citing.source_text import SourceText, stem, words_of
from annotator.model import Span


def source_of(*sentences):
    text = " ".join(sentences)
    spans = [Span(at, at + len(words)) for words in sentences for at in [text.index(words)]]
    return SourceText(text, [(Span(0, len(text)), spans)])


def passages(words, *sentences, most=4):
    source = source_of(*sentences)
    found = source.passages_like(words_of(words), most)
    return [passage.span.of(source.text) for _, passage in found]


def test_a_sentence_is_found_by_its_words_with_the_one_beside_it_that_has_more_of_them():
    first, second = "The harbour holds boats.", "The ferry brings tourists."
    found = passages("harbour boats and ferry tourists", first, second, "Nothing else is here.")
    assert f"{first} {second}" in found


def test_the_first_sentence_of_an_article_is_extended_onwards():
    first, second = "Harbour boats.", "Ferry tourists."
    found = passages("harbour boats ferry tourists", first, second)
    assert found[0] == f"{first} {second}"


def test_the_last_sentence_of_an_article_is_extended_back():
    first, second = "Ferry tourists.", "Harbour boats sails and masts."
    found = passages("harbour boats sails masts ferry tourists", first, second)
    assert found[0] == f"{first} {second}"


def test_the_names_that_an_article_never_has_are_told_as_whole_names():
    source = source_of("The council of Tarleton met on Monday.")
    assert unknown_names("The council heard Ann Lee and Bo Ek in Tarleton.", source) == (
        "Ann Lee",
        "Bo Ek",
    )


def test_a_name_at_the_beginning_belongs_to_the_one_after_it():
    source = source_of("The council of Tarleton met on Monday.")
    assert unknown_names("Marguerite Oduya met the council.", source) == ("Marguerite Oduya",)


@pytest.mark.parametrize(
    ("one", "other"),
    [("كتـــاب", "كتاب"), ("café", "CAFE\u0301"), ("1,540", "1540"), ("l’eau", "l'eau")],
)
def test_words_are_the_same_however_they_are_drawn_out_or_spelled(one, other):
    assert [word.key for word in words_of(one)] == [word.key for word in words_of(other)]


@pytest.mark.parametrize(
    "text",
    [
        "กรุงเทพมหานครมีประชากร 10.5 ล้านคน ุ",
        "ນະຄອນຫຼວງວຽງຈັນມີປະຊາກອນ 820,000 ຄົນ ຸ",
        "ប្រទេសកម្ពុជាមានប្រជាជន ១៦ លាននាក់។",
        "မြန်မာနိုင်ငံတွင် လူဦးရေ ၅၄ သန်း ရှိသည်။",
        "བོད་ལྗོངས་ལ་མི་འབོར་ས་ཡ་༣ ཡོད།",
        "ᠮᠣᠩᠭᠣᠯ ᏣᎳᎩ ⵜⴰⵎⴰⵣⵉⵖⵜ ߒߞߏ ½ Ⅻ ③ x²",
    ],
)
def test_words_of_every_script_have_a_key(text):
    words = words_of(text)
    assert words
    assert all(word.key for word in words)
    assert SourceText(text, []).stems >= {stem(word) for word in words}


def test_a_name_after_an_elided_article_is_known():
    source = source_of("Les 27 États membres de l'UE ont voté.")
    assert unknown_names("Le vote de UE a eu lieu.", source) == ()
