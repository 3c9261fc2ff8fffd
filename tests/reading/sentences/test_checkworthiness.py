from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.reading.sentences.checkworthiness import WORTHY, is_statement, worth

WORTHY_ONES = [
    ("en", "Unemployment fell to 3.5 percent in 2019, the lowest in fifty years."),
    ("en", "According to the World Bank, Ghana spent more on debt than on health."),
    ("en", "The senator voted against the bill twice, Smith said."),
    ("en", "Police arrested a 57-year-old man in Berlin on Tuesday."),
    ("de", "Laut Umfrage wurde die Steuer 2021 um 12 Prozent erhöht."),
    ("de", "Die Regierung hat im Jahr 2020 rund 4,5 Milliarden Euro ausgegeben."),
    ("fr", "Selon le ministre, le chômage a baissé de 12 % en 2021."),
    ("fr", "Le député a été condamné par le tribunal de Paris en 2019."),
    ("es", "Según el informe, murieron más de 6 500 personas en 2020."),
    ("pt", "Segundo a pesquisa, 41% dos eleitores foram às urnas em 2022."),
    ("it", "Secondo lo studio, il 41% degli italiani è stato vaccinato nel 2021."),
    ("pl", "W 2016 roku Warszawa wydała 3,2 mln na szkoły w Krakowie."),
    ("ja", "東京の人口は2020年に1400万人を超えた。"),
    ("", "In 2016 Warszawa 3,2 mln Kraków."),
]
OTHERS = [
    ("en", "What a beautiful place to stay!"),
    ("en", "Did unemployment fall to 3.5 percent in 2019?"),
    ("en", "Add the tomatoes and stir for two minutes."),
    ("en", "I love my new coat, and I feel great in it."),
    ("en", "You should subscribe to our newsletter."),
    ("en", "Well, no."),
    ("en", "1. Bob’s story."),
    ("en", "x = [n for n in range(10)] == list(range(10))"),
    ("de", "Ich liebe meinen wunderschönen Garten!"),
    ("de", "Wir verwenden Cookies auf dieser Website."),
    ("fr", "Découvrez notre magnifique collection !"),
    ("es", "Estoy orgullosa de mi mamá."),
    ("", "Lorem ipsum dolor sit amet."),
    ("", ""),
]


@pytest.mark.parametrize(("language", "sentence"), WORTHY_ONES)
def test_verifiable_statements_are_check_worthy(language, sentence):
    assert worth(sentence, language) >= WORTHY


@pytest.mark.parametrize(("language", "sentence"), OTHERS)
def test_questions_orders_taste_and_talk_are_not_check_worthy(language, sentence):
    assert worth(sentence, language) < WORTHY


def test_a_language_may_have_a_region():
    sentence = "According to police, nobody was injured."
    assert worth(sentence, "en-GB") == worth(sentence, "en") > worth(sentence, "xx")


def test_an_imperative_is_recognised_only_as_the_first_word():
    assert worth("Add 3 spoons of sugar to it.", "en") < worth("They add 3 spoons of it.", "en")


@given(st.text(), st.sampled_from(["en", "de", "fr", "es", "xx", ""]))
def test_every_text_has_a_score(text, language):
    assert 0 < worth(text, language) < 1


@pytest.mark.parametrize(
    ("sentence", "points"),
    [
        (
            "Inflation rose to 3.2 percent in May, the statistics office said.",
            -1.1 + 1.7 + 0.45 + 1.4,
        ),
        ("I think you should try it!", -1.1 - 3.0 - 1.0),
    ],
)
def test_the_examples_of_the_module_have_the_points_that_it_explains(sentence, points):
    assert worth(sentence, "en") == pytest.approx(1 / (1 + exp(-points)))


@pytest.mark.parametrize(("words", "language"), [("费用下降了", "zh"), ("a'", "en")])
def test_a_word_as_long_as_a_book_is_scored(words, language):
    assert 0 < worth(words * 200_000, language) < WORTHY


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "A phone may be taken away, but it may not be kept, and nobody may open a bag."),
        ("en", "A court fined the company."),
        ("en", "The mine may close, and the town could lose its school."),
        ("de", "Wer die Ausstellung besucht, darf dort keine Fotos machen."),
        ("de", "Niemand muss sich anschließen."),
        (
            "de",
            "Wer da kauft, merkt davon nichts, da man nun auf Obst setzt, das von weit her kommt.",
        ),
        ("es", "Quien no tenga permiso no puede entrar en el recinto."),
    ],
)
def test_rules_events_and_details_are_statements_of_whomever(language, sentence):
    assert is_statement(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Every archive is a garden of a kind."),
        ("en", "Anybody who has kept a log knows the temptation."),
        ("en", "Every record has somebody behind it who would have preferred to stay in bed."),
        ("de", "Wer nichts wagt, gewinnt nichts."),
    ],
)
def test_sayings_are_no_statements(language, sentence):
    assert not is_statement(sentence, language)
