"""The direction of two statements, by the words that turn a sentence round."""

import pytest

from annotator.similarity import Wording
from annotator.similarity.comparison import compare
from annotator.similarity.lexicon import fold, meaning_of
from annotator.similarity.polarity import is_turned
from annotator.similarity.reading import read


def compared(one, other, language="en"):
    return compare(*(read(Wording(text, language=language)) for text in (one, other)))


def test_a_word_is_compared_with_that_of_the_same_part_of_the_sentence():
    source = "Exports fell by 2 percent, while imports rose by 3 percent."
    assert compared("Imports rose by 3 percent.", source).opposed == ()
    assert compared("Exports rose by 2 percent.", source).opposed == (("rose", "fell"),)


def test_a_denied_opposite_is_the_same():
    assert compared("Rents did not rise in Oslo.", "Rents fell in Oslo.").opposed == ()
    assert compared("Rents did not fall in Oslo.", "Rents fell in Oslo.").opposed


def test_a_verb_of_denying_is_compared_with_one_of_confirming():
    source = "The minister denied that the government planned to ban tablets as well."
    assert compared("The minister confirmed that tablets would be banned.", source).opposed == (
        ("confirmed", "denied"),
    )
    assert compared("The minister denied plans to ban tablets.", source).opposed == ()


@pytest.mark.parametrize(
    ("one", "other", "language", "opposed"),
    [
        ("900 tonnes of reeds found a buyer.", "The cooperative sold 900 tonnes.", "en", ()),
        ("Farmers receive 40 euros from the state.", "The state pays farmers 40 euros.", "en", ()),
        ("Die Bauern erhalten 40 Euro.", "Der Staat zahlt den Bauern 40 Euro.", "de", ()),
        ("Nordfisk bought the plant.", "Nordfisk sold the plant.", "en", (("bought", "sold"),)),
        (
            "Nordfisk kaufte 2019 die Fabrik.",
            "2019 verkaufte Nordfisk die Fabrik.",
            "de",
            (("kaufte", "verkaufte"),),
        ),
    ],
)
def test_two_sides_of_one_deal_are_no_opposites(one, other, language, opposed):
    assert compared(one, other, language).opposed == opposed


@pytest.mark.parametrize(
    ("one", "other", "language", "opposed"),
    [
        (
            "Die Bahn hat die Vorwürfe eingeräumt.",
            "Die Bahn weist die Vorwürfe zurück.",
            "de",
            (("eingeräumt", "weist … zurück"),),
        ),
        ("Die Zahl der Fälle nimmt zu.", "Die Zahl der Fälle steigt an.", "de", ()),
        (
            "Die Zahl der Fälle nahm zu.",
            "Die Zahl der Fälle nahm im Mai ab, und die Zahl der Toten nahm zu.",
            "de",
            (("nahm … zu", "nahm … ab"),),
        ),
        (
            "De raad keurde het plan goed.",
            "De raad wees het plan af.",
            "nl",
            (("keurde … goed", "wees … af"),),
        ),
        ("Er lag ab Mai im Krankenhaus.", "Er lag im Krankenhaus auf.", "de", ()),
    ],
)
def test_a_verb_is_read_with_its_part_at_the_end_of_the_clause(one, other, language, opposed):
    assert compared(one, other, language).opposed == opposed


def test_wanting_is_the_opposite_of_refusing_unless_both_say_both():
    source = "Der Minister lehnt eine Versicherung gegen Frost ab, die der Verband will."
    assert compared("Der Minister will eine Versicherung gegen Frost.", source, "de").opposed
    draft = "Der Minister lehnt die Versicherung ab, die der Verband verlangt."
    assert compared(draft, source, "de").opposed == ()
    shorter = "Der Minister lehnt eine Versicherung gegen Frost ab."
    assert compared(draft, shorter, "de").opposed == ()


@pytest.mark.parametrize(
    ("word", "language", "pair"),
    [
        ("determined", "en", "attract"),  # deter
        ("eastern", "en", "strengthen"),  # ease
        ("Österreich", "de", "sunrise"),  # Osten
        ("heißt", "de", "weather"),  # heiß
        ("unternehmen", "de", "above"),  # unter
        ("neun", "de", "age"),  # neu
        ("pays", "fr", "give"),  # payer
        ("vendredi", "fr", "buy"),  # vendre
        ("abril", "es", "open"),  # abrir
        ("página", "es", "give"),  # pagar
        ("vivienda", "es", "alive"),  # vivir
        ("persone", "it", "profit"),  # perse
        ("altri", "it", "size"),  # alto
        ("século", "pt", "wet"),  # seco
        ("presidente", "pt", "free"),  # preso
        ("bestuur", "nl", "best"),
        ("дальше", "ru", "give"),  # дал
    ],
)
def test_a_word_that_only_begins_as_an_opposite_is_none(word, language, pair):
    assert pair not in meaning_of(fold(word), language).opposites


def test_a_comparison_may_be_said_from_either_end():
    one, other = "The tower is smaller than the bridge.", "The bridge is larger than the tower."
    comparison = compared(one, other)
    assert comparison.opposed == ()
    assert not comparison.is_turned
    assert compared(one, "The tower is larger than the bridge.").opposed
    assert compared(one, "The bridge is smaller than the tower.").is_turned


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Die Partei bekam kaum drei Prozent.", "Die Partei bekam drei Prozent.", "de"),
        ("Chile usa el telescopio sin pagar.", "Chile usa el telescopio sin pagar nada.", "es"),
        ("Nessuno ha votato il piano.", "Non ha votato il piano nessuno.", "it"),
        ("Никто не голосовал за план.", "Никто за план не голосовал.", "ru"),
    ],
)
def test_a_denial_in_several_words_is_one(one, other, language):
    comparison = compared(one, other, language)
    assert comparison.opposed == comparison.denied == ()


def test_a_denial_of_something_that_both_name_counts_in_either():
    one, other = "The breakdown changed the results.", "The fault did not alter the results."
    assert compared(one, other).denied == (("", "not"),)
    assert compared(other, one).denied == (("not", ""),)


def test_a_word_for_than_compares_only_after_more_or_less():
    one = "La ley que aprobó el Senado obliga a las minas."
    other = "Las minas piden que el Senado rechace la ley que las obliga."
    assert not compared(one, other, "es").is_turned
    one = "El puente es más largo que la torre."
    assert compared(one, "La torre es más larga que el puente.", "es").is_turned


def test_a_word_has_all_pairs_that_it_is_in():
    assert compared(
        "El tren sale más tarde que antes.", "El tren sale más temprano que antes.", "es"
    ).opposed == (("tarde", "temprano"),)


def test_a_unit_may_be_said_once_for_two_numbers():
    reading = read(Wording("The share rose from 0.31 to 0.44 percent.", language="en"))
    assert [figure.unit for figure in reading.figures.quantities] == ["%", "%"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Not only Oslo but Bergen grew.", "Oslo and Bergen grew."),
        ("The plan got 27 votes against 16.", "The plan got 27 votes to 16."),
        ("The party got barely 3 percent in Oslo.", "The party got 3 percent in Oslo."),
    ],
)
def test_words_that_only_look_like_a_denial_are_none(one, other):
    comparison = compared(one, other)
    assert comparison.opposed == comparison.denied == ()


def test_only_one_of_them_may_be_so():
    assert compared("The board closes the mine.", "The board may close the mine.").modal == (
        ("", "may"),
    )
    assert compared("The board could close the mine.", "The board may close the mine.").modal == ()


@pytest.mark.parametrize(
    ("word", "plain", "answer"),
    [
        ("unstable", "stable", True),
        ("impossible", "possible", True),
        ("import", "port", False),
        ("under", "der", False),
    ],
)
def test_a_prefix_turns_long_words_round(word, plain, answer):
    assert is_turned(word, plain) == answer


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        (
            "Ein höheres Angebot will Brenner nicht vorlegen.",
            "Der Konzern Brenner wird kein höheres Angebot vorlegen.",
            "de",
        ),
        (
            "Les loyers ne seront pas augmentés avant 2028.",
            "Aucun loyer ne sera augmenté avant 2028.",
            "fr",
        ),
    ],
)
def test_two_denials_of_the_same_are_no_contrast(one, other, language):
    assert compared(one, other, language).denied == compared(other, one, language).denied == ()


def test_a_denial_is_about_the_verb_and_not_about_a_preposition_further_on():
    one, other = "non ha presentato ricorso contro", "ha presentato ricorso contro"
    found = compared(f"Feltrex {one} la condanna.", f"Feltrex {other} la condanna.", "it")
    assert found.denied == (("non", ""),)


def test_before_and_after_a_year_are_opposites():
    one = "The rule does not apply to houses built after 1960."
    other = "The rule does not apply to houses that were built before 1960."
    assert compared(one, other).opposed == (("after", "before"),)


def test_what_only_the_sentence_beside_it_leaves_open_is_no_contrast():
    beside = "The museum may ask another court for permission."
    source = f"{beside} Its director will advise the trustees to accept the ruling."
    sentence = "The director of the museum will advise the trustees to accept the ruling."
    assert compared(sentence, source).modal == ()
    assert compared("The museum asks another court for permission.", beside).modal
