"""Two statements with the same words, in which somebody else does it."""

import pytest

from annotator.similarity import Wording, judge
from annotator.similarity.comparison import compare
from annotator.similarity.reading import read
from annotator.similarity.roles import exchanged


def other_roles(one, other, language):
    mine, theirs = (read(Wording(text, language=language)) for text in (one, other))
    return exchanged(mine, theirs, compare(mine, theirs).alike)


def has_other_roles(one, other, language):
    return other_roles(one, other, language) is not None


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "The council sued Norvik in March.", "In March Norvik had sued the council."),
        ("en", "The mayor accused Ann Lee of fraud.", "He accused the mayor of fraud."),
        ("en", "Norvik bought the ship from Lund.", "Lund bought the ship from Norvik."),
        ("en", "The wolf was killed by the dog.", "The dog was killed by the wolf."),
        ("en", "The wolf was killed by the dog.", "The wolf killed the dog."),
        ("en", "Airbus sued Emirates Airline.", "Dubai's carrier Emirates has sued Airbus."),
        ("en", "Boeing buys 30 of Lund's jets.", "Lund Airline buys 30 of Boeing's jets."),
        (
            "fr",
            "La ville a attaqué Sorema devant le juge.",
            "Sorema a attaqué la ville devant le juge.",
        ),
        (
            "de",
            "Die Molkerei warf der Kette Betrug vor.",
            "Die Kette warf der Molkerei Betrug vor.",
        ),
        ("de", "Der Konzern verklagte die Stadt.", "Die Stadt verklagte den Konzern."),
        ("fr", "Le syndicat a poursuivi Delmas.", "Delmas a poursuivi le syndicat."),
        ("fr", "Le syndicat a poursuivi Delmas.", "Son chef, Jo Delmas, a poursuivi le syndicat."),
        ("en", "The council sued the firm.", "The firm, which is from Lund, sued the council."),
        ("es", "El sindicato denunció al ministro.", "El ministro denunció al sindicato."),
        ("it", "I siluri sono stati mangiati dalle alborelle.", "I siluri mangiano le alborelle."),
        ("nl", "De gemeente klaagde de boer aan.", "De boer klaagde de gemeente aan."),
    ],
)
def test_a_verb_with_its_nouns_exchanged_says_something_else(language, one, other):
    is_other_form = language == "it"  # `mangiati` and `mangiano` are two words so far
    assert has_other_roles(one, other, language) != is_other_form
    assert not has_other_roles(one, one, language)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "The council was sued by Norvik in March.", "Norvik had sued the council in March."),
        ("en", "The council sued the firm.", "The firm, which the council sued, has closed."),
        ("en", "The mayor met Ann Lee in Oslo.", "Ann Lee met the mayor in Oslo."),
        ("en", "There is no maternity ward on the island.", "The island has no maternity ward."),
        ("de", "Den Vertrag kündigte Mirabell im Mai.", "Mirabell kündigte den Vertrag im Mai."),
        ("de", "Das Angebot nahm Brenner im Mai an.", "Brenner nahm das Angebot im Mai an."),
        ("de", "Die Stadt wurde von der Firma verklagt.", "Die Firma hat die Stadt verklagt."),
        ("es", "El contrato fue firmado por la alcaldesa.", "La alcaldesa firmó el contrato."),
        (
            "it",
            "Il contratto è stato firmato dalla regione.",
            "La regione ha firmato il contratto.",
        ),
    ],
)
def test_another_order_of_the_same_roles_does_not(language, one, other):
    assert not has_other_roles(one, other, language)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Norvik finalized a deal to purchase 30 of Lund's jets.",
            "Oslo's carrier Norvik Airline finalized a deal to purchase 30 of Lund's jets.",
        ),
        (
            "Norway is projected to cut its emissions by a third.",
            "Mr Lee's annual statement will say Norway is projected to cut emissions by a third.",
        ),
        (
            "Norvik announced it would scrap the ship after Lund cut back its orders.",
            "Lund bought Norvik's ship. Its cutback led the firm to announce it would scrap it.",
        ),
        (
            "The town voted in 2018 to take its dam down.",
            "The town voted to take it down in 2018.",
        ),
        (
            "The guild gave Ann Lee its silver gauge.",
            "The guild gave her its silver gauge, and there is a photograph of her with it.",
        ),
        (
            "The government will hit its 2030 emission target, as a statement of Mr Lee will say.",
            "Mr Lee's statement will reveal a cut of emissions by 2030, shy of Labor's target.",
        ),
        (
            "Presidents Ann Lee and Bo Ek of Norvik met.",
            "Presidents Bo Ek and Ann Lee of Norvik met.",
        ),
        ("Norvik took orders from Lund.", "Lund ordered ships from Norvik."),
        ("Norvik signed a treaty with Lund.", "Lund signed a treaty with Norvik."),
    ],
)
def test_what_says_the_same_with_other_pronouns_and_names_does_not(one, other):
    assert not has_other_roles(one, other, "en")
    assert not has_other_roles(other, one, "en")


def test_both_readings_are_told_in_words():
    one, other = "The council sued Norvik in March.", "It is known that Norvik sued the council."
    assert other_roles(one, other, "en") == ("The council sued Norvik", "Norvik sued the council")
    one, other = "L'État a poursuivi l'usine.", "L'usine a poursuivi l'État."
    assert other_roles(one, other, "fr") == (
        "L'État a poursuivi l'usine",
        "L'usine a poursuivi l'État",
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Dogs are allowed in the lounge but forbidden on deck.",
            "Dogs are allowed on deck but remain forbidden in the lounge.",
        ),
        (
            "Nine voted for the plan and seventeen against the bridge.",
            "Seventeen voted for the plan and nine against the bridge.",
        ),
        (
            "The town pays for the tent, and the guild pays for the band.",
            "The guild pays for the tent, and the town pays for the band.",
        ),
    ],
)
def test_two_clauses_with_what_belongs_to_the_other_one_say_something_else(one, other):
    assert has_other_roles(one, other, "en")
    assert not has_other_roles(one, one, "en")


def test_claims_with_other_roles_contradict_each_other():
    one = "The harbour board of Dunmere sued the ferry company in the spring."
    other = "The ferry company sued the harbour board of Dunmere in the spring."
    found = judge(Wording(one, language="en"), Wording(other, language="en"))
    assert found
    assert (found.similarity, found.reason) == ("contradicts", "the other way round")


@pytest.mark.parametrize(
    ("language", "text"),
    [("es", "Norvik nuestro Lund."), ("de", "Norvik seinem Lund."), ("it", "Norvik dagli Lund.")],
)
def test_an_article_is_no_verb(language, text):
    assert not has_other_roles(text, text.replace("Norvik", "Oslo"), language)
    assert not has_other_roles(text, "Lund " + text, language)
