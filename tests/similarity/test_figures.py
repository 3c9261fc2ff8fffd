"""Numbers in words and digits, as values with units."""

import pytest

from annotator.similarity.figure_reader import figures_of
from annotator.similarity.figures import tokens_of
from annotator.similarity.unspaced_figures import unspaced_figures


def _read(text, language="en"):
    if language in {"zh", "ja"}:
        return unspaced_figures(text).figures
    return figures_of(tokens_of(text), language)


def _values(text, language="en"):
    found = _read(text, language).quantities
    return [(pytest.approx(figure.value, rel=1e-6), figure.unit) for figure in found]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("3 million people", "en"),
        ("three million people", "en"),
        ("3,000,000 people", "en"),
        ("3 Millionen Menschen", "de"),
        ("3.000.000 Menschen", "de"),
        ("3 000 000 personnes", "fr"),
        ("3 millions de personnes", "fr"),
        ("3 millones de personas", "es"),
        ("tre milioni di persone", "it"),
        ("3 milhões de pessoas", "pt"),
        ("3 miljoen mensen", "nl"),
        ("3 миллиона человек", "ru"),
        ("3 млн человек", "ru"),
        ("300万人", "zh"),
        ("３００万人が", "ja"),
    ],
)
def test_a_number_has_the_same_value_in_every_language(text, language):
    assert _values(text.translate(str.maketrans("０３", "03")), language) == [(3_000_000, "")]


@pytest.mark.parametrize(
    ("text", "language", "value", "unit"),
    [
        ("12.5 percent of it", "en", 12.5, "%"),
        ("12,5 Prozent davon", "de", 12.5, "%"),
        ("12,5 pour cent", "fr", 12.5, "%"),
        ("12,5%", "es", 12.5, "%"),
        ("百分之12.5", "zh", 12.5, "%"),
        ("half of them", "en", 50, "%"),
        ("a third of them", "en", 100 / 3, "%"),
        ("two thirds of them", "en", 200 / 3, "%"),
        ("三分之一的人", "zh", 100 / 3, "%"),
        ("$1.5 billion", "en", 1.5e9, "USD"),
        ("1,5 Milliarden Dollar", "de", 1.5e9, "USD"),
        ("1500 millones de dólares", "es", 1.5e9, "USD"),
        ("1.5万亿元", "zh", 1.5e12, "CNY"),
        ("43兆円", "ja", 43e12, "JPY"),
        ("2亿3000万", "zh", 2.3e8, ""),
        ("五十个", "zh", 50, ""),
        ("7.8 kilometres", "en", 7800, "m"),
        ("3 square kilometres", "en", 3e6, "m²"),
        ("9.001 quilômetros quadrados", "pt", 9001e6, "m²"),
        ("3 million cubic metres", "en", 3e6, "m³"),
        ("four times faster", "en", 4, "times"),
        ("it has doubled", "en", 2, "times"),
        ("twenty-five ships", "en", 25, ""),
        ("two hundred ships", "en", 200, ""),
        ("eine Billion Euro: 1 Billion Euro", "de", 1e12, "EUR"),
        ("zehntausend Menschen", "de", 10_000, ""),
        ("one in five passengers", "en", 20, "%"),
        ("jeder vierte Gast", "de", 25, "%"),
        ("quatre bouteilles sur dix", "fr", 40, "%"),
        ("uno de cada tres", "es", 100 / 3, "%"),
        ("3人に1人", "ja", 100 / 3, "%"),
        ("five percentage points", "en", 5, "pp"),
        ("two hours and forty minutes", "en", 160 / 60, "hour"),
        ("2 heures et quart", "fr", 2.25, "hour"),
        ("zweieinhalb Jahre", "de", 30, "month"),
        ("tweeëneenhalf miljoen mensen", "nl", 2.5e6, ""),
        ("anderthalb Millionen Menschen", "de", 1.5e6, ""),
        ("anderhalve kilometer", "nl", 1500, "m"),
        ("в полтора раза больше", "ru", 1.5, "times"),
        ("около полутора миллионов человек", "ru", 1.5e6, ""),
        ("half a million people", "en", 500_000, ""),
        ("one hundred and five men", "en", 105, ""),
        ("two dozen eggs", "en", 24, ""),
        ("zweihundertdreizehn Bäume", "de", 213, ""),
        ("quatre-vingt-dix-sept arbres", "fr", 97, ""),
        ("treinta y cinco barcos", "es", 35, ""),
        ("ventotto navi", "it", 28, ""),
        ("vinte e cinco navios", "pt", 25, ""),
        ("vijfentwintig schepen", "nl", 25, ""),
        ("двадцать пять кораблей", "ru", 25, ""),
        ("40 megawatt-hours", "en", 40e6, "Wh"),
        ("16 Kilometer pro Stunde", "de", 16_000, "m/h"),
        ("31 Millionen Kubikmeter", "de", 31e6, "m³"),
    ],
)
def test_a_quantity_has_a_value_and_a_unit(text, language, value, unit):
    assert (pytest.approx(value, rel=1e-6), unit) in _values(text, language)


@pytest.mark.parametrize(
    ("text", "language", "years", "days"),
    [
        ("In 2022, 74,000 died", "en", {2022}, set()),
        ("between 2015 and 2022", "en", {2015, 2022}, set()),
        ("born in 1872", "en", {1872}, set()),
        ("on 12 May 2023", "en", {2023}, {(5, 12)}),
        ("on May 12, 2023", "en", {2023}, {(5, 12)}),
        ("am 12. Mai 2023", "de", {2023}, {(5, 12)}),
        ("el 12 de mayo de 2023", "es", {2023}, {(5, 12)}),
        ("12 мая 2023 года", "ru", {2023}, {(5, 12)}),
        ("2023年5月12日", "ja", {2023}, {(5, 12)}),
        ("opens in March 2026", "en", {2026}, {(3, 0)}),
        ("prices fell in July", "en", set(), {(7, 0)}),
        ("they may leave", "en", set(), set()),
    ],
)
def test_years_and_days_are_no_quantities(text, language, years, days):
    found = _read(text, language)
    assert (found.years, found.days) == (years, days)
    assert {figure.value for figure in found.quantities} <= {74_000}


@pytest.mark.parametrize(
    ("text", "language", "minutes"),
    [
        ("at 9:15 pm", "en", 1275),
        ("um 21.15 Uhr", "de", 1275),
        ("à 18 h 30", "fr", 1110),
        ("at midnight", "en", 0),
        ("下午3点", "zh", 900),
    ],
)
def test_a_time_of_the_day_is_no_quantity(text, language, minutes):
    figures = _read(text, language)
    assert [time.minutes for time in figures.times] == [minutes]
    assert figures.quantities == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("on Thursday", "en"),
        ("am Donnerstagabend", "de"),
        ("jeudi", "fr"),
        ("quinta-feira", "pt"),
        ("в четверг", "ru"),
        ("星期四", "zh"),
        ("木曜日", "ja"),
    ],
)
def test_weekdays_are_known(text, language):
    assert _read(text, language).weekdays == {4}


@pytest.mark.parametrize(
    "text",
    [
        "the Airbus A220",
        "the G7",
        "once more",
        "a mile away",
        "2. The end",
        "at 8:48 p.m.",
        "the iPhone 11",
        "licence Version 4.0",
        "00372 Warsaw",
    ],
)
def test_digits_of_a_name_and_words_of_other_languages_are_no_numbers(text):
    assert _read(text).quantities == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("der Mensch", "de"),
        ("weshalb Menschen", "de"),
        ("einhalb Menschen", "de"),
        ("een ander mens", "nl"),
        ("allerhande vormen", "nl"),
        ("ему пора", "ru"),
    ],
)
def test_a_part_of_the_word_of_a_number_is_none(text, language):
    assert _read(text, language).quantities == ()


@pytest.mark.parametrize(
    ("one", "other", "is_equal"),
    [
        ("3 million", "3.02 million", True),
        ("about 3 million", "2.9 million", True),
        ("12,000 people", "12,034 people", True),
        ("12 percent", "12.4 percent", True),
        ("11.2 percent", "13.1 percent", False),
        ("40 percent", "38 percent", False),
        ("900 people", "886 people", False),
        ("12 percent", "12 people", False),
        ("2 km", "2,000 metres", True),
    ],
)
def test_a_rounded_number_is_the_same_and_another_is_not(one, other, is_equal):
    [left], [right] = _read(one).quantities, _read(other).quantities
    assert left.is_equal(right) == right.is_equal(left) == is_equal


@pytest.mark.parametrize(
    ("one", "other", "is_comparable"),
    [
        ("60 million euros", "85 million", True),
        ("60 million euros", "85", False),
        ("60 euros", "85 million", False),
        ("60 million euros", "85 million kilometres", False),
    ],
)
def test_only_a_large_amount_may_lack_its_currency(one, other, is_comparable):
    [left], [right] = _read(one).quantities, _read(other).quantities
    assert left.is_comparable(right) == right.is_comparable(left) == is_comparable
