"""Differences between a sentence of a draft and the passage that it restates."""

import pytest

from annotator.citing.differences import Difference
from annotator.citing.restating import restated
from annotator.citing.source_text import SourcePassage, SourceText
from annotator.model import Span


def told(sentence, source, *, language="", before="", published=""):
    text = f"{before} {source}".strip()
    whole = Span(0, len(text))
    passage = SourcePassage(Span(len(text) - len(source), len(text)), whole)
    article = SourceText(text, [(whole, [whole])], published=published)
    match = restated(sentence, passage, article, language)
    assert match, "it is not recognised as the same subject"
    return match.differences


@pytest.mark.parametrize(
    ("sentence", "source", "language"),
    [
        ("Mexico's economy fell by 1.1 % in May.", "Mexico's economy grew by 1.1 % in May.", "en"),
        ("Mexico's economy shrank by 1.1 %.", "Mexico's economy grew by 1.1 %.", "en"),
        ("Mexico's economy contracted by 1.1 %.", "Mexico's economy expanded by 1.1 %.", "en"),
        ("Mexico's economy did not grow in May.", "Mexico's economy grew in May.", "en"),
        (
            "Norway has joined the union of states.",
            "Norway has not joined the union of states.",
            "en",
        ),
        ("Boats are allowed on the lake.", "Boats are not allowed on the lake.", "en"),
        ("The wolf can swim across the lake.", "The wolf can't swim across the lake.", "en"),
        ("Die Mieten in Kassel sind gesunken.", "Die Mieten in Kassel sind gestiegen.", "de"),
        ("Die Stadt Kassel lehnt den Plan ab.", "Die Stadt Kassel unterstützt den Plan.", "de"),
        ("Die Schule in Kassel wird nicht gebaut.", "Die Schule in Kassel wird gebaut.", "de"),
        ("Les loyers de Lyon ont reculé en mai.", "Les loyers de Lyon ont augmenté en mai.", "fr"),
        ("Le maire de Lyon soutient le projet.", "Le maire de Lyon rejette le projet.", "fr"),
        ("El precio del pan bajó en Lima.", "El precio del pan subió en Lima.", "es"),
        ("El alcalde de Lima no aprobó la ley.", "El alcalde de Lima aprobó la ley.", "es"),
        ("Gli affitti a Milano sono diminuiti.", "Gli affitti a Milano sono aumentati.", "it"),
        ("Os preços no Porto caíram em maio.", "Os preços no Porto subiram em maio.", "pt"),
        ("De huren in Utrecht zijn gedaald.", "De huren in Utrecht zijn gestegen.", "nl"),
        ("Цены на хлеб в Казани снизились.", "Цены на хлеб в Казани выросли.", "ru"),
        ("北京的房租下降了百分之三。", "北京的房租上涨了百分之三。", "zh"),
        ("東京の家賃は3％下落した。", "東京の家賃は3％上昇した。", "ja"),
    ],
)
def test_an_opposite_or_a_denial_is_told_in_ten_languages(sentence, source, language):
    kinds = {difference.kind for difference in told(sentence, source, language=language)}
    assert kinds & {"direction", "words"}
    assert not told(source, source, language=language)


@pytest.mark.parametrize(
    ("sentence", "source", "language"),
    [
        (
            "Am Fluss bei Kassel gibt es heute mehr Mühlenbetriebe.",
            "Die Zahl der Betriebe am Fluss bei Kassel ist gesunken.",
            "de",
        ),
        (
            "Der Tunnel wurde deutlich teurer als geplant, um 3 Millionen.",
            "Der Tunnel kostete 3 Millionen weniger als veranschlagt.",
            "de",
        ),
        (
            "Das Gericht gab den Mietern aus Kassel recht.",
            "Das Gericht wies die Klage der Mieter aus Kassel ab.",
            "de",
        ),
        (
            "Le théâtre de Lyon va être rasé par la mairie.",
            "La mairie de Lyon a renoncé à raser le théâtre.",
            "fr",
        ),
        (
            "Les motos pourront traverser le parc de Lyon.",
            "Les motos seront interdites dans le parc de Lyon.",
            "fr",
        ),
        (
            "El ministerio falseó los datos del puerto de Lima.",
            "El ministerio no falseó los datos del puerto de Lima.",
            "es",
        ),
    ],
)
def test_an_opposite_in_other_words_is_told_and_not_left_without_a_source(
    sentence, source, language
):
    assert "direction" in {one.kind for one in told(sentence, source, language=language)}


def test_verbs_with_many_meanings_are_no_opposites_of_others():
    sentence = "La ville prendra en charge la moitié des 3 millions que coûtera le théâtre."
    source = "Le théâtre coûtera 3 millions, dont la moitié sera payée par la ville."
    assert told(sentence, source, language="fr") == ()


def test_a_name_of_two_words_is_one_thing_in_common():
    source = "The library of Port Sellen stands on Mill Hill."
    whole = Span(0, len(source))
    text = SourceText(source, [(whole, [whole])])
    passage = SourcePassage(whole, whole)
    assert not restated("A library for Port Sellen burns.", passage, text)
    assert restated("The library of Port Sellen stands high on Mill Hill.", passage, text)


def test_a_name_and_the_word_before_it_are_two_things_in_common():
    source = "The mayor Sellen opened the library."
    whole = Span(0, len(source))
    text = SourceText(source, [(whole, [whole])])
    passage = SourcePassage(whole, whole)
    match = restated("The mayor Sellen opened a library.", passage, text)
    assert match
    assert match.terms == 4


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The council will close the bridge.", "The council might close the bridge."),
        ("The council might close the bridge.", "The council will close the bridge."),
        ("The council must close the bridge.", "The council should close the bridge."),
        (
            "La préfète refusera le permis de Lyon.",
            "La préfète pourrait refuser le permis de Lyon.",
        ),
        ("Der Staat wird die Hilfen verdoppeln.", "Der Staat könnte die Hilfen verdoppeln."),
    ],
)
def test_what_only_may_be_or_must_be_is_told(sentence, source):
    assert told(sentence, source)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        (
            "Exports of steel fell by 2 percent.",
            "Exports of steel fell by 2 percent, while imports rose by 3.",
        ),
        (
            "Imports rose by 3 percent.",
            "Exports fell by 2 percent, while imports rose by 3 percent.",
        ),
        ("Prices in Oslo did not rise in May.", "Prices in Oslo fell in May."),
        (
            "The ground below the harbour of Oslo is not stable.",
            "The ground below the harbour of Oslo is unstable.",
        ),
        (
            "The power line to Dunmere has not been ordered.",
            "The power line to Dunmere has yet to be ordered.",
        ),
        ("The town kept its old bridge.", "The town did not close its old bridge."),
    ],
)
def test_the_same_in_other_words_is_no_opposite(sentence, source):
    assert not told(sentence, source)


@pytest.mark.parametrize(
    ("sentence", "source", "differences"),
    [
        ("The tower has 11.5 floors.", "The tower has 10.5 floors.", [("number", "11.5", "10.5")]),
        (
            "The tower of Dunmere opened in 1998.",
            "The tower of Dunmere opened in 1997.",
            [("date", "1998", "1997")],
        ),
        (
            "Am Donnerstag stimmte der Rat dafür.",
            "Am Mittwoch stimmte der Rat dafür.",
            [("date", "Thursday", "Wednesday")],
        ),
        (
            "One in four pupils has a dog.",
            "One in three pupils has a dog.",
            [("number", "One in four", "One in three")],
        ),
        (
            "The river is 1,540km long.",
            "The river is 1,340km (832 miles) long.",
            [("number", "1,540 km", "1,340 km")],
        ),
        (
            "The ban on swimming in Dunmere ends on 15 October.",
            "The ban on swimming in Dunmere ends on 15 September.",
            [("date", "15 Oct", "15 Sep")],
        ),
        (
            "The first ship to Dunmere leaves at 9:45 pm.",
            "The first ship to Dunmere leaves at 9:15 pm.",
            [("date", "9:45 pm", "9:15 pm")],
        ),
        (
            "Deux tiers des pages sont lues.",
            "Trois quarts des pages sont lues.",
            [("number", "Deux tiers", "Trois quarts")],
        ),
        ("Zwölf Gemeinden sind dabei.", "Elf Gemeinden sind dabei.", [("number", "Zwölf", "Elf")]),
    ],
)
def test_another_number_day_or_share_is_told(sentence, source, differences):
    assert told(sentence, source) == tuple(Difference(*each) for each in differences)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("One in three pupils has a dog.", "A third of the pupils have a dog."),
        ("40 percent of the pupils have a dog.", "Four in ten pupils have a dog."),
        ("The walk takes 160 minutes.", "The walk takes two hours and forty minutes."),
        ("Die Arbeiten dauern dreißig Monate.", "Die Arbeiten dauern zweieinhalb Jahre."),
        (
            "Three of the 23 members were against it.",
            "Three of the twenty-three members were against it.",
        ),
        ("L'UE compte 27 États membres.", "Les 27 États membres de l'UE ont voté."),
        ("Nearly four in ten visitors buy bread.", "Some 38 percent of the visitors buy bread."),
    ],
)
def test_a_number_may_be_written_in_another_way(sentence, source):
    assert not told(sentence, source)


def test_a_number_that_the_passage_lacks_is_told_unless_it_is_beside_it_among_the_same_words():
    source = "The tower of Dunmere has a golden clock and 4 bells."
    sentence = "The tower of Dunmere, which has 17 floors, has a golden clock and 4 bells."
    assert told(sentence, source) == (Difference("number", "17", ""),)
    assert not told(sentence, source, before="It is a tower with 17 floors.")
    assert told(sentence, source, before="In Dunmere 17 dogs bark.") == (
        Difference("number", "17", ""),
    )


def test_a_source_that_is_less_exact_does_not_have_the_number():
    source = "About 24,000 people live in the harbour district of Dunmere."
    assert told("In the harbour district of Dunmere live 24,600 people.", source)
    assert not told("In the harbour district of Dunmere live about 24,000 people.", source)


@pytest.mark.parametrize(
    ("sentence", "source", "only"),
    [
        ("Norway has not joined the union.", "Norway has joined the union.", "draft"),
        ("Norway has joined the union.", "Norway has not joined the union.", "source"),
    ],
)
def test_it_is_told_which_of_the_two_denies(sentence, source, only):
    assert told(sentence, source) == (
        Difference("direction", f"only the {only} has “not joined”", ""),
    )


def test_a_denial_that_the_passage_has_is_not_told_as_lacking():
    sentence = "Ann Lee declined to state when the lander would be ready."
    denied = "Ann Lee, the president, declined later to state when the lander would be ready."
    assert not told(sentence, denied)
    said = "Ann Lee later stated when the lander would be ready."
    assert told(sentence, said) == (Difference("direction", "only the draft has “declined”", ""),)


def test_a_denial_of_something_else_in_the_passage_is_told_apart_by_what_follows():
    sentence = "The harbour of Dunmere is not sold."
    source = "The harbour of Dunmere is sold, but the tower on the hill is not for rent."
    assert told(sentence, source) == (Difference("direction", "only the draft has “not sold”", ""),)


def test_a_day_without_a_year_is_of_the_year_that_is_nearest_to_the_publication():
    source = "The council of Dunmere announced Nov. 18 that it was adding five firms to a contract."
    sentence = "In November 2019 the council of Dunmere added five firms to a contract."
    assert told(sentence, source) == (Difference("date", "2019", ""),)
    assert not told(sentence, source, published="2019-11-19T10:00:00Z")
    assert not told(sentence, source, published="2020-01-07")
    assert told(sentence, source, published="2020-11-19") == (Difference("date", "2019", ""),)
    undated = "The council of Dunmere announced that it was adding five firms to a contract."
    assert told(
        "In 2019 the council of Dunmere added five firms to a contract.",
        undated,
        published="2019-11-19",
    ) == (Difference("date", "2019", ""),)


def test_a_model_may_lack_its_variant():
    source = "Norvik Airline bought some of Lund's 787-9 jets for the route to Dunmere."
    assert not told("Norvik bought some of Lund's 787 jets for the route to Dunmere.", source)
    assert not told("For the route to Dunmere Norvik Airline bought the Lund 787.", source)
    assert told("Norvik bought some of Lund's 787-8 jets for the route to Dunmere.", source) == (
        Difference("number", "8", ""),
    )


def test_a_month_is_the_one_of_a_day_in_it_and_a_day_is_not_said_by_its_month():
    day, month = "The ferry to Dunmere left on 3 May.", "The ferry to Dunmere left in May."
    assert not told(month, day)
    assert told(day, month) == (Difference("date", "3 May", "May"),)
    assert told(month.replace("May", "June"), day) == (Difference("date", "Jun", "3 May"),)


def test_a_day_beside_the_passage_is_no_difference_unless_the_passage_has_another_one():
    plain = "The ferry to Dunmere left the old harbour."
    sentence = "The ferry to Dunmere left the old harbour on 3 May."
    assert told(sentence, plain) == (Difference("date", "3 May", ""),)
    assert not told(sentence, plain, before="It was 3 May.")
    other = "The ferry to Dunmere left the old harbour on 4 May."
    assert told(sentence, other, before="It was 3 May.") == (Difference("date", "3 May", "4 May"),)


def test_a_third_place_that_the_source_lacks_is_told_and_a_second_is_not():
    source = "Ann Lee came to the race of Dunmere in the rain."
    assert told("Ann Lee came third in the race of Dunmere.", source) == (
        Difference("date", "3.", ""),
    )
    assert not told("Ann Lee came second in the race of Dunmere.", source)
    fourth = "Ann Lee came fourth in the race of Dunmere."
    assert told("Ann Lee came second in the race of Dunmere.", fourth) == (
        Difference("date", "2.", "4."),
    )


def test_a_code_that_the_source_lacks_is_told():
    source = "Letters to the harbour of Dunmere need the code 00372."
    sentence = "Letters to the harbour of Dunmere need the code 00373."
    assert told(sentence, source) == (Difference("number", "00373", ""),)
    assert not told("The code of the harbour of Dunmere is 00372.", source)
    assert not told(sentence, source, before="The other code is 00373.")


def test_all_days_that_the_source_lacks_are_told_in_one_order():
    sentence = "The ferry of Dunmere left on 9 June, on 3 May and on a Friday, in 1998 and 1997."
    changes = told(sentence, "The ferry of Dunmere left the harbour.")
    assert [change.draft for change in changes] == [
        "1997", "1998", "3 May", "9 Jun", "Friday",
    ]  # fmt: skip


def test_a_couple_is_no_number_that_the_source_must_have():
    source = "From Dunmere to the old harbour the ways are narrow."
    assert not told("There are a couple of ways from Dunmere to the old harbour.", source)
