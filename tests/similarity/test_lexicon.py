"""Meanings of words that begin as others do."""

import pytest

from annotator.similarity.lexicon import fold, language_of, meaning_of


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "shuttle training pillow birthday important companion investigation"),
        ("de", "Sanktionen Kostüm Schulter kriegen Baum schaffen handelt Planet billig gesetzt"),
        ("fr", "vendredi votre couteau cruel avril signifie importante étrange ouvrage"),
        ("es", "ningún abril compromiso vendrá muro costumbre recordar importante bomberos"),
        ("it", "aprile contratto assolutamente spesso trenta utilizzare sindacato negozio"),
        ("pt", "caixa missão pensar presente aguardar aproveitar importante bombeiros"),
        ("nl", "bomen meer openbaar verkeerd overleg kostuum kamer brandstof"),
        ("ru", "думать долго водитель прекрасно дорогой планета снизу электронный"),
    ],
)
def test_a_common_word_has_no_meaning_of_another_that_begins_alike(
    language: str, words: str
) -> None:
    meanings = {word: meaning_of(fold(word), language).concept for word in words.split()}
    assert {word for word, concept in meanings.items() if concept} == set()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "trains investments lakes wages"),
        ("de", "Schulen Kosten Gesetze Kriege Handels Pläne"),
        ("fr", "votent ouvert accords coûté"),
        ("es", "niños abrió compras ventas costó"),
        ("it", "aprì vinse spesa treni tasse"),
        ("pt", "caiu pensões mísseis presos"),
        ("nl", "bommen opende verkeer overleden"),
        ("ru", "дети долги воды дороги поезд"),
    ],
)
def test_the_forms_of_a_word_have_its_meaning(language: str, words: str) -> None:
    unknown = {word for word in words.split() if not meaning_of(fold(word), language).concept}
    assert unknown == set()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "ne sur est été"),
        ("de", "wurde gibt gab Spätfröste"),
        ("es", "este da"),
        ("it", "da"),
        ("pt", "da"),
        ("nl", "waar"),
        ("ru", "лет прекрасно"),
    ],
)
def test_words_of_grammar_turn_no_statement_round(language: str, words: str) -> None:
    turns = {
        word: (meaning.opposites, meaning.modalities)
        for word in words.split()
        for meaning in [meaning_of(fold(word), language)]
    }
    assert {word for word, (pairs, modal) in turns.items() if pairs or modal} == set()


def test_what_is_cheap_is_not_approved():
    assert meaning_of("billiger", "de").opposites.keys() == {"amount", "price"}


def test_a_sentence_with_words_of_two_languages_is_in_that_of_the_text_around_it() -> None:
    sentence = "La società Feltrex non ha presentato ricorso contro la condanna."
    assert [language_of(sentence, around=name) for name in ("it", "es", "de")] == ["it", "es", "es"]
