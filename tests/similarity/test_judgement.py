"""Two claims: the same, a contradiction, related, or nothing in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.similarity import Wording, is_wish, judge, quantities_of, search_terms
from annotator.similarity.lexicon import language_of


def _judge(one, other, languages=("", "")):
    left, right = (
        Wording(text, language=language)
        for text, language in zip((one, other), languages, strict=True)
    )
    found, back = judge(left, right), judge(right, left)
    assert (found and found.similarity) == (back and back.similarity)
    return found


def _similarity(one, other, languages=("", "")):
    found = _judge(one, other, languages)
    return found.similarity if found else None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The reservoir holds 3 million litres.", "Three million litres fit into the reservoir."),
        ("Rents in Bergen rose by 7 percent.", "Bergen: rents are up, they rose 7%."),
        ("Rents in Norway rose by 7 percent.", "In Norwegen stiegen die Mieten um 7 Prozent."),
        ("В Томске построили 14 школ.", "14 школ построено в Томске."),
        ("地震造成120人死亡。", "这次地震的死亡人数为120人。"),
        ("地震で120人が死亡した。", "地震の死者は120人だった。"),
        ("The senate approved the water law.", "The water law was adopted by the senate."),
        ("The ministry did not support the bridge.", "The ministry opposed the bridge."),
        (
            "The senate approved the water law in May.",
            "The senate approved the water law on 12 May.",
        ),
    ],
)
def test_other_words_for_the_same_claim(one, other):
    assert _similarity(one, other) == "same"


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (
            "The bridge cost 12 million euros.",
            "The bridge cost 21 million euros.",
            "12 million euros against 21 million euros",
        ),
        ("Rents in Bergen rose.", "Rents in Bergen fell.", "rose against fell"),
        ("Die Mieten in Bergen stiegen.", "Die Mieten in Bergen sanken.", "stiegen against sanken"),
        ("The minister met Orlova.", "The minister never met Orlova.", "one of them denies it"),
        ("Rents in Bergen rose.", "In Bergen sind die Mieten gesunken.", "rose against gesunken"),
        ("Ida Holm was born in 1902.", "Ida Holm was born in 1905.", "1902 against 1905"),
        (
            "The senate voted for the water law.",
            "The senate voted against the water law.",
            "for against against",
        ),
        ("Rents grew faster than wages.", "Wages grew faster than rents.", "the other way round"),
        ("地震造成120人死亡。", "地震造成45人死亡。", "120人 against 45人"),
        ("市政府支持新机场。", "市政府反对新机场。", "支持 against 反对"),
        ("ワクチンは安全だ。", "ワクチンは安全ではない。", "one of them denies it"),
    ],
)
def test_claims_that_cannot_both_be_true(one, other, reason):
    found = _judge(one, other)
    assert found.similarity == "contradicts"
    assert found.reason == reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rents in Bergen rose by 7 percent.", "Rents in Bergen are the highest since the war."),
        ("Rents in Norway rose by 7 percent.", "Rents in Denmark rose by 7 percent."),
        (
            "In 2019 the lake lost 4 percent of its water.",
            "In 2023 the lake lost 9 percent of its water.",
        ),
        ("Rents in Norway rose by 7 percent.", "Rents in Sweden rose by 9 percent."),
        ("The tunnel cost 2 billion euros.", "The tunnel is 9 kilometres long."),
    ],
)
def test_another_aspect_time_or_place_is_related_only(one, other):
    assert _similarity(one, other) == "related"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The choir has 900 singers.", "The factory dismissed 900 workers."),
        ("Prices rose by 5 percent.", "The number of foxes rose by 5 percent."),
        ("President Adler opened a hospital.", "President Adler flew to Lima."),
        ("", "Rents in Bergen rose."),
        ("…", "?!"),
        ("ab", "12"),
    ],
)
def test_a_common_number_or_name_alone_is_nothing(one, other):
    assert _similarity(one, other) in {None, "related"}
    assert _similarity(one, other) not in {"same", "contradicts"}


def test_the_reason_names_what_both_have():
    found = _judge(
        "About 30% of schools in Berlin were closed in 2021.",
        "Rund 30 Prozent der Schulen in Berlin waren 2021 geschlossen.",
        ("en", "de"),
    )
    assert found.similarity == "same"
    assert found.reason == "both name 30 %, Berlin, 2021"


def test_a_name_of_several_words_is_one_in_the_reason():
    found = _judge(
        "The council said that Maria Jensen of Bergen resigned in 2021.",
        "In 2021, as the council said, Maria Jensen resigned in Bergen.",
    )
    assert found.reason == "both name Maria Jensen, Bergen, 2021"


def test_the_statement_counts_as_the_quote_does():
    one = Wording("It rose by a tenth.", statement="Rents in Bergen rose by 10 percent.")
    other = Wording("Rents in Bergen rose by 10 percent.")
    assert judge(one, other).similarity == "same"


def test_the_more_two_claims_have_in_common_the_higher_the_score():
    near = _judge("Rents in Bergen rose by 7 percent.", "Rents in Bergen rose by 7%.")
    far = _judge(
        "Rents in Bergen rose by 7 percent.",
        "Rents of students in Bergen rose 7% overall, agents believe.",
    )
    assert 0 < far.score < near.score <= 1


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        ("The rents of the city rose.", "", "en"),
        ("Die Mieten in der Stadt stiegen.", "", "de"),
        ("Les loyers de la ville ont augmenté.", "", "fr"),
        ("Les loyers de la ville", "en-GB", "en"),
        ("Аренда выросла", "en", "ru"),
        ("家賃が上がった", "", "ja"),
        ("房租上涨", "ja", "zh"),
        ("Vuokrat nousivat", "fi", ""),
        ("42", "", ""),
    ],
)
def test_the_language_is_that_of_the_script_the_page_or_the_small_words(text, declared, language):
    assert language_of(text, declared) == language


WORDS = st.text(
    st.sampled_from("0123456789.,:%$€ -()'’\n½²٣万亿百三%aAbBäÄжЖ东京トのnot"), max_size=40
)


@given(WORDS, WORDS)
def test_any_text_can_be_compared_and_searched_for(one, other):
    left, right = Wording(one), Wording(other, statement=one)
    found = judge(left, right)
    assert found is None or 0 <= found.score <= 1
    assert all(words.text for group in search_terms(right) for words in group)


@pytest.mark.parametrize(
    "text",
    [
        "9" * 500,
        "1." + "0" * 400,
        "一" * 300,
        "9" * 500 + " billion",
        "1" + " billion" * 50,
        "9" * 400 + "万",
    ],
)
def test_numbers_of_any_length_are_read(text):
    wording = Wording(f"It cost {text} euros.")
    assert judge(wording, wording) is None or search_terms(wording)


@pytest.mark.parametrize(
    ("sentence", "texts"),
    [
        ("It has 640 boats and a third of the yards.", ["640", "a third"]),
        ("In 2023 it was cold on 3 May.", []),
    ],
)
def test_the_amounts_of_a_sentence_are_its_numbers_but_for_days_and_years(sentence, texts):
    assert [figure.text for figure in quantities_of(sentence)] == texts


@pytest.mark.parametrize(
    ("sentence", "is_only_a_wish"),
    [
        ("The bridge should be closed in winter.", True),
        ("Ann Lee said that the bridge should be closed.", False),
        ("The bridge is closed in winter.", False),
        ("The city of Oslo should close the bridge.", False),
    ],
)
def test_a_wish_says_what_should_be_and_names_nobody(sentence, is_only_a_wish):
    assert is_wish(sentence) == is_only_a_wish
