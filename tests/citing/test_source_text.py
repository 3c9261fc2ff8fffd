"""The words and sentences of an article, as sentences of a draft are compared with them."""

import pytest

from annotator.citing.restating import unknown_names
from annotator.citing.source_text import SourceText, stem, telling, words_of
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


def test_numbers_count_most_then_names_then_long_words():
    weights = telling(words_of("Some 640 boats and 12 of the big Tarleton yard at sea"))
    assert weights == {"some": 1.0, "640": 4.0, "boats": 1.0, "12": 2.0, "tarle": 1.5, "yard": 1.0}
    assert telling(words_of("海と山")) == {"海": 0.5, "と": 0.5, "山": 0.5}


def test_a_capital_at_the_beginning_is_no_name():
    assert telling(words_of("Tarleton Harbour")) == {"tarle": 1.0, "harbo": 1.5}


def test_the_text_around_a_passage_is_without_corrections():
    text = "It has 3 boats.\n\nCorrection: It has 4.\n\nIt is grey."
    first, second, third = Span(0, 15), Span(17, 38), Span(40, 51)
    source = SourceText(text, [(first, []), (second, []), (third, [])])
    assert source.around(third, 400).split() == ["It", "has", "3", "boats.", "It", "is", "grey."]
    assert source.around(third, 3) == "\n\n".rjust(3) + "It is grey."
    assert source.is_correction(Span(20, 22))
    assert not source.is_correction(Span(0, 17))


def test_a_run_of_words_is_found_from_a_word_onwards():
    source = source_of("A boat is a boat is a boat.")
    keys = ["a", "boat"]
    assert source.find(keys) == range(2)
    assert source.find(keys, 1) == range(3, 5)
    assert source.find(keys, 6) == range(6, 8)
    assert source.find(keys, 7) is None
    assert source.find([]) is None
    assert source.find(["boa"]) is None


def test_a_sentence_is_extended_within_its_paragraph_and_only_for_other_words():
    text = "Harbour boats. Ferry tourists.\n\nOld lanterns. Boats again."
    first, second = Span(0, 30), Span(32, 58)
    spans = [Span(0, 14), Span(15, 30)], [Span(32, 45), Span(46, 58)]
    source = SourceText(text, list(zip((first, second), spans, strict=True)))
    found = source.passages_like(words_of("harbour boats, ferry, old lanterns"), 4)
    assert sorted((score, passage.span.of(text)) for score, passage in found) == [
        (1.0, "Boats again."),
        (1.0, "Ferry tourists."),
        (1.0, "Old lanterns."),
        (2.0, "Harbour boats."),
        (2.0, "Old lanterns. Boats again."),
        (3.0, "Harbour boats. Ferry tourists."),
    ]


def test_at_most_so_many_sentences_are_returned_with_those_beside_them():
    sentences = [f"The boat number {n} is here." for n in range(9)]
    assert len(passages("boat", *sentences, most=3)) == 3
    assert passages("nothing alike", *sentences) == []
