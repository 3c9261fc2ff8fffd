"""Differences between a sentence of a draft and the passage that it restates."""

import pytest

from annotator.citing.differences import Difference, Numbers, compared, is_said, said_near
from annotator.citing.restating import _is_about_it, restated
from annotator.citing.source_text import SourcePassage, SourceText
from annotator.model import Span
from annotator.similarity import Wording
from annotator.similarity.comparison import compare
from annotator.similarity.figures import Figure
from annotator.similarity.reading import read

HAIR = 0.001


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


def numbers(draft, source, *, is_sure=False):
    """Return the numbers that are equal, and those that differ."""
    pairs = compared(read(Wording(draft)), read(Wording(source)), is_sure=is_sure)
    equal = [(one.text, two.text) for one, two in pairs.equal]
    return equal, [(one.text, two.text) for one, two in pairs.other]


@pytest.mark.parametrize(
    ("draft", "source", "pairs"),
    [
        ("It has 640 cars.", "There were 640 cars.", [("640", "640")]),
        ("It has 600 cars and 640 boats.", "640 were there.", [("640", "640")]),
        ("It took ten minutes.", "It took ten seconds.", []),
        ("The ten cars came.", "The ten boats came.", []),
        ("It cost 7 euros for cars.", "For boats it was 7 euros.", [("7 euros", "7 euros")]),
        ("The 13 cars came.", "The 13 boats came.", []),
        ("The 968 cars came.", "The 968 boats came.", [("968", "968")]),
    ],
)
def test_a_number_is_the_same_if_it_counts_the_same_or_is_long(draft, source, pairs):
    assert numbers(draft, source)[0] == pairs


@pytest.mark.parametrize(
    ("draft", "source", "pairs"),
    [
        ("It has 640 cars.", "There were 460 cars.", [("640", "460")]),
        ("It has 640 cars.", "There were 460 boats.", []),
        ("It cost 83 euros.", "It cost 38 euros.", [("83 euros", "38 euros")]),
        ("It has 5 cars.", "It has 250 cars.", [("5", "250")]),
        ("It has 5 cars.", "It has 300 cars.", []),
    ],
)
def test_a_number_that_counts_the_same_replaces_another_of_its_size(draft, source, pairs):
    assert numbers(draft, source)[1] == pairs


def test_the_only_numbers_that_are_left_differ_in_sentences_about_the_same():
    draft, source = "It has 640 cars.", "There were 460 boats."
    assert numbers(draft, source, is_sure=True)[1] == [("640", "460")]
    assert numbers(f"{draft} And 77 dogs.", f"{source} And 99 cats.", is_sure=True)[1] == []


def test_a_number_has_one_partner_and_turned_digits_come_first():
    draft, source = "It has 640 cars.", "It had 460 cars, or 650 cars."
    assert numbers(draft, source)[1] == [("640", "460")]
    draft, source = "It has 640 cars, or 700 cars.", "It had 640 cars."
    assert numbers(draft, source) == ([("640", "640")], [])


def figure(value, digits=3):
    return Figure(value, "", digits, is_rough=False, text=str(value))


@pytest.mark.parametrize(("one", "two", "answer"), [(3, 3, True), (3, 2, False), (2, 3, False)])
def test_a_number_of_three_digits_on_both_sides_is_no_chance(one, two, answer):
    assert Numbers(((figure(640, one), figure(640, two)),), ()).is_precise == answer


@pytest.mark.parametrize(
    ("draft", "source", "answer"),
    [
        (figure(640), figure(460), True),
        (figure(640), figure(461), False),
        (figure(64, 2), figure(46, 2), False),
        (figure(640, 3), figure(460, 2), False),
    ],
)
def test_turned_digits_are_a_slip(draft, source, answer):
    assert Numbers((), ((draft, source),)).is_slip == answer


def test_a_number_that_is_beside_the_passage_does_not_differ():
    mine = read(Wording("It has 640 cars."))
    numbers = compared(mine, read(Wording("There were 460 cars.")), is_sure=False)
    assert numbers.without(mine, read(Wording("Of 640 cars, 460 were red."))).other == ()
    assert numbers.without(mine, read(Wording("Of 641 cars, 460 were red."))) == numbers


@pytest.mark.parametrize(
    ("sentence", "beside", "known"),
    [
        ("It has 640 cars.", "Nobody knows.", []),
        ("It has 640 cars.", "There were 640 cars.", ["640"]),
        ("It has 640 cars.", "There were 640 boats in the harbour.", []),
        ("It has 12 cars.", "The 12 cars came.", ["12"]),
        ("It cost 7 euros.", "Nobody knows.", []),
    ],
)
def test_a_number_is_known_from_another_place_by_the_words_around_it(sentence, beside, known):
    figures = said_near(read(Wording(sentence)), read(Wording(beside)))
    assert [figure.text for figure in figures] == known


# How much of a sentence an article must have, by what is common.

PAIR = (figure(640), figure(640))

ROUND = (figure(20, 1), figure(20, 1))

OTHER = (figure(640), figure(999))


def is_about_it(sentence, source, numbers, *, covered, shared=3):
    mine, theirs = read(Wording(sentence)), read(Wording(source))
    return _is_about_it(mine, compare(mine, theirs), numbers, (covered, shared))


@pytest.mark.parametrize(
    ("sentence", "source", "numbers", "least"),
    [
        ("It has 640 cars.", "There were 640.", Numbers((PAIR,), ()), 0.34),
        ("It has 20 cars.", "There were 20.", Numbers((ROUND,), ()), 0.45),
        ("Cars came in 2018.", "In 2018 they came.", Numbers((), ()), 0.45),
        ("Cars came.", "They came.", Numbers((), ()), 0.62),
        ("It has 640 cars.", "There were 999.", Numbers((), (OTHER,)), 0.44),
    ],
)
def test_the_share_that_must_be_there_depends_on_the_numbers(sentence, source, numbers, least):
    assert is_about_it(sentence, source, numbers, covered=least)
    assert not is_about_it(sentence, source, numbers, covered=least - HAIR)


@pytest.mark.parametrize(
    ("numbers", "fewest"),
    [
        (Numbers((), ()), 3),
        (Numbers((ROUND,), ()), 2),
        (Numbers((PAIR,), ()), 1),
        (Numbers((), (OTHER,)), 2),
        (Numbers((), ((figure(640), figure(460)),)), 1),
    ],
)
def test_three_things_must_be_common_of_which_numbers_are_some(numbers, fewest):
    sentence, source = "The cars came.", "The cars went."
    assert is_about_it(sentence, source, numbers, covered=1.0, shared=fewest)
    assert not is_about_it(sentence, source, numbers, covered=1.0, shared=fewest - 1)


def test_a_number_that_the_source_lacks_speaks_against_it_unless_it_is_one_or_two():
    nothing, source = Numbers((), ()), "The cars came."
    assert not is_about_it("The 3 cars came.", source, nothing, covered=1.0)
    assert is_about_it("The 2 cars came.", source, nothing, covered=1.0)


def test_two_amounts_that_differ_are_those_of_something_else():
    source, numbers = "The cars came.", Numbers((), (OTHER,))
    assert not is_about_it("The 640 cars had 77 wheels.", source, numbers, covered=1.0)
    assert is_about_it("The 640 cars had 5 wheels.", source, numbers, covered=1.0)


def test_two_equal_amounts_with_a_unit_are_no_coincidence_however_small():
    few, long = figure(5)._replace(unit="km"), figure(7)._replace(unit="h")
    assert Numbers(((few, few), (long, long)), ()).is_several
    assert not Numbers(((few, few), (figure(5), figure(5))), ()).is_several
    assert Numbers(((few, few), (figure(13), figure(13))), ()).is_several


def test_a_share_is_said_by_both_of_its_numbers_and_an_amount_only_with_its_unit():
    share = figure(13)._replace(unit="%", parts=(3, 23))
    assert is_said(share, [figure(3), figure(23)])
    assert not is_said(share, [figure(3)])
    assert not is_said(figure(5)._replace(unit="m"), [figure(5)])
    assert is_said(figure(23), [share])
    assert is_said(figure(5), [figure(5)])
    assert not is_said(figure(5), [])


def test_two_amounts_that_differ_are_of_the_same_if_a_year_is_equal():
    numbers = Numbers((), (OTHER,))
    assert is_about_it(
        "The 640 cars had 77 wheels in 2018.", "The cars came in 2018.", numbers, covered=1.0
    )
    assert not is_about_it("It has 5 km and 7 kg of cars.", "The cars came.", numbers, covered=1.0)
