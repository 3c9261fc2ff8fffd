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


def test_the_variant_of_a_model_is_no_number_and_a_score_is_one():
    assert [one.value for one in _read("Boeing's 787-9 jets").quantities] == [787]
    assert [one.value for one in _read("a vote of 120-6 in the house").quantities] == [120, 6]
    assert [one.value for one in _read("a 120-6 vote").quantities] == [120, 6]


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


def told(text, language):
    """Return all numbers of a text in words: `>40`, `~12 km`, `in 2023`, `5-12`, `Mo`, `9:15?`."""
    figures = _read(text, language)
    signs = {1: ">", -1: "<", 0: ""}
    parts = [
        f"{signs[figure.bound] or '~' * figure.is_rough}{figure.value:.6g} {figure.unit}".strip()
        for figure in figures.quantities
    ]
    parts += [f"in {year}" for year in sorted(figures.years)]
    parts += [f"{month}-{day}" for month, day in sorted(figures.days)]
    parts += [
        ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")[day - 1] for day in sorted(figures.weekdays)
    ]
    parts += [f"no. {rank}" for rank in sorted(figures.ranks)]
    for time in figures.times:
        hour, minute = divmod(time.minutes, 60)
        parts.append(f"{hour}:{minute:02}{'' if time.is_certain else '?'}")
    return "; ".join([*parts, *(f"code {code}" for code in sorted(figures.codes))])


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        ("en", "on 15.9.2023 it rained", "in 2023; 9-15"),
        ("en", "on 2023-09-15 it rained", "in 2023; 9-15"),
        ("en", "version 1.45.2000 came", "code 1452000"),
        ("en", "It is 5 feet long.", "1.524 m"),
        ("en", "Dec. 23 was cold", "12-23"),
        ("en", "the 12th of May", "5-12"),
        ("en", "in May 1923", "in 1923; 5-0"),
        ("en", "the year 1640", "in 1640"),
        ("en", "1640 people in 1640", "1640; in 1640"),
        ("en", "2020 metres away", "2020 m"),
        ("en", "2020 was bad", "in 2020"),
        ("en", "$2020 was paid", "2020 USD"),
        ("en", "at 7 a.m. on Monday", "Mo; 7:00"),
        ("en", "at 12 a.m.", "0:00"),
        ("en", "at 12 p.m.", "12:00"),
        ("en", "at 9:15", "9:15?"),
        ("en", "at 21:15", "21:15"),
        ("en", "at noon", "12:00"),
        ("en", "every third child", "33.3333 %"),
        ("en", "the third child", "no. 3"),
        ("en", "a third of the children", "33.3333 %"),
        ("en", "one third of them", "33.3333 %"),
        ("en", "two thirds", "66.6667 %"),
        ("en", "the second of May", "5-0; no. 2"),
        ("en", "half an hour", "0.5 hour"),
        ("en", "half a percent", "0.5 %"),
        ("en", "a quarter of a million people", "250000"),
        ("en", "three quarters of an hour", "0.75 hour"),
        ("en", "one percent", "1 %"),
        ("en", "one percentage point", "1 pp"),
        ("en", "one million", "1e+06"),
        ("en", "a hundred people", "100"),
        ("en", "two and a half years", "30 month"),
        ("en", "5 and a half hours", "5.5 hour"),
        ("en", "twice as many", "2 times"),
        ("en", "it tripled", "3 times"),
        ("en", "three times as many", "3 times"),
        ("en", "one in three", "33.3333 %"),
        ("en", "one in a thousand", "0.1 %"),
        ("en", "3 out of 23", "13.0435 %"),
        ("en", "three out of ten people", "30 %"),
        ("en", "more than 40 people", ">40"),
        ("en", "less than 40 people", "<40"),
        ("en", "at least 40 people", ">40"),
        ("en", "about 40 people", "~40"),
        ("en", "nearly forty people", "~40"),
        ("en", "both men", "~2"),
        ("en", "a couple of men", "~2"),
        ("en", "$16M", "1.6e+07 USD"),
        ("en", "$16m", "1.6e+07 USD"),
        ("en", "£3bn", "3e+09 GBP"),
        ("en", "3 bn pounds", "3e+09 GBP"),
        ("en", "5 km", "5000 m"),
        ("en", "5 km² of land", "5e+06 m²"),
        ("en", "5 square miles", "1.29444e+07 m²"),
        ("en", "5 m³", "5 m³"),
        ("en", "60 km per hour", "60000 m/h"),
        ("en", "60 km an hour", "60000 m/h"),
        ("en", "60 km/h", "60000 m/h"),
        ("en", "three hundred and five men", "305"),
        ("en", "two thousand three hundred men", "2300"),
        ("en", "twenty five men", "25"),
        ("en", "five twenty men", "5; 20"),
        ("en", "1,234.5 men", "1234.5"),
        ("en", "0.5 men", "0.5"),
        ("en", "1.5 men", "1.5"),
        ("en", "1,5 men", "1.5"),
        ("en", "12,345 men", "12345"),
        ("en", "two hours forty minutes", "2.66667 hour"),
        ("en", "two hours and 3 men", "2 hour; 3"),
        ("en", "5 feet and 3 inches", "1.6002 m"),
        ("en", "-5 degrees", "5 °"),
        ("en", "5°", "5 °"),
        ("en", "5% of 40", "5 %; 40"),
        ("en", "5 million tonnes of rice", "5e+06 t"),
        ("en", "99999999999999999999 men", ""),
        ("en", "the first man", ""),
        ("en", "one man and two women", "2"),
        ("en", "one of them", ""),
        ("en", "dozens of men", ""),
        ("en", "a dozen men", "12"),
        ("en", "5 cents", "5 cent"),
        ("en", "Boeing 737", "code 737"),
        ("en", "more than a million people", ">1e+06"),
        ("en", "a year and a half", "18 month"),
        ("en", "an hour and a half of talks", "1.5 hour"),
        ("en", "half of one percent", "0.5 %"),
        ("en", "two million and half of them", "2e+06; 50 %"),
        ("en", "5 million and a half", "5.5e+06"),
        ("en", "half a percentage point", "0.5 pp"),
        ("en", "a quarter of a percent", "0.25 %"),
        ("en", "in 2023 5 men came", "5; in 2023"),
        ("en", "a million people", "1e+06"),
        ("en", "about one third of them", "~33.3333 %"),
        ("en", "1,000 and 200 men", "1000; 200"),
        ("de", "am 3. Mai", "5-3"),
        ("de", "im Mai", "5-0"),
        ("de", "Ende Mai 2020", "in 2020; 5-0"),
        ("de", "um 9 Uhr", "9:00"),
        ("de", "um 9.15 Uhr", "9:15"),
        ("de", "ein Drittel der Leute", "33.3333 %"),
        ("de", "jeder Dritte", "33.3333 %"),
        ("de", "das dritte Kind", "no. 3"),
        ("de", "zwei von drei Kindern", "66.6667 %"),
        ("de", "1,5 Millionen", "1.5e+06"),
        ("de", "1.500 Leute", "1500"),
        ("de", "eineinhalb Jahre", "18 month"),
        ("de", "zweieinhalb Millionen", "2.5e+06"),
        ("de", "dreimal so viele", "3 times"),
        ("de", "mehr als 40 Leute", ">40"),
        ("de", "rund 40 Leute", "~40"),
        ("de", "fünfundzwanzig Leute", "25"),
        ("de", "hundert Leute", "100"),
        ("de", "tausend Leute", "1000"),
        ("de", "ein Prozent", "1 %"),
        ("de", "60 km pro Stunde", "60000 m/h"),
        ("de", "ein halbes Prozent", "0.5 %"),
        ("de", "eine Million Euro", "1e+06 EUR"),
        ("de", "eine halbe Million", "500000"),
        ("fr", "le 1er mai", "5-1"),
        ("fr", "le 3 mai 2020", "in 2020; 5-3"),
        ("fr", "à 18h30", "18:30"),
        ("fr", "quatre-vingts arbres", "80"),
        ("fr", "soixante-dix arbres", "70"),
        ("fr", "quatre-vingt-dix-neuf arbres", "99"),
        ("fr", "dix-neuf arbres", "19"),
        ("fr", "un tiers des gens", "33.3333 %"),
        ("fr", "les deux tiers", "66.6667 %"),
        ("fr", "trois personnes sur vingt", "15 %"),
        ("fr", "plus de 40 personnes", ">40"),
        ("fr", "environ 40 personnes", "~40"),
        ("fr", "une heure et demie", "1.5 hour"),
        ("fr", "1 234,5 personnes", "1234.5"),
        ("fr", "mille personnes", "1000"),
        ("fr", "plus d'un million de personnes", ">1e+06"),
        ("fr", "12 345 678,25 euros", "1.23457e+07 EUR"),
        ("es", "el 3 de mayo", "5-3"),
        ("es", "treinta y cinco años", "420 month"),
        ("es", "un tercio de la gente", "33.3333 %"),
        ("es", "más de 40 personas", ">40"),
        ("es", "dos millones y medio", "2.5e+06"),
        ("es", "veinticinco personas", "25"),
        ("es", "ciento cinco personas", "105"),
        ("es", "un año y medio", "18 month"),
        ("es", "dos millones y medio de euros", "2e+06; 0.5 EUR"),
        ("it", "il 3 maggio", "5-3"),
        ("it", "ventuno navi", "21"),
        ("it", "due terzi", "66.6667 %"),
        ("it", "circa 40 persone", "~40"),
        ("it", "mille persone", "1000"),
        ("pt", "3 de maio", "5-3"),
        ("pt", "vinte e cinco", "25"),
        ("pt", "mais de 40 pessoas", ">40"),
        ("nl", "op 3 mei", "5-3"),
        ("nl", "vijfentwintig mensen", "25"),
        ("nl", "anderhalf jaar", "18 month"),
        ("nl", "meer dan 40 mensen", ">40"),
        ("nl", "een derde van de mensen", "33.3333 %"),
        ("ru", "3 мая", "5-3"),
        ("ru", "двадцать пять", "25"),
        ("ru", "более 40 человек", ">40"),
        ("ru", "треть людей", "33.3333 %"),
        ("ru", "около 40 человек", "~40"),
        ("zh", "5月12日", "5-12"),
        ("zh", "2020年", "in 2020"),
        ("zh", "3月", "3-0"),
        ("zh", "星期天", "Su"),
        ("zh", "下午3点20分", "15:20"),
        ("zh", "上午9点", "9:00"),
        ("zh", "15点", "15:00"),
        ("zh", "3点", "3:00?"),
        ("zh", "第三", "no. 3"),
        ("zh", "约40人", "~40"),
        ("zh", "一个人", ""),
        ("zh", "十分之三", "30 %"),
        ("zh", "3万5000人", "35000"),
        ("zh", "1,234人", "1234"),
        ("zh", "百分之五", "5 %"),
        ("zh", "5公里", "5000 m"),
        ("zh", "百分之三十五", "35 %"),
        ("ja", "3人に1人", "33.3333 %"),
        ("ja", "午後3時", "15:00"),
        ("ja", "水曜日", "We"),
        ("ja", "約40人", "~40"),
        ("ja", "3分の1", "33.3333 %"),
        ("ja", "1億2000万円", "1.2e+08 JPY"),
        ("ja", "5キロ", "5000 m"),
    ],
)
def test_every_number_of_a_sentence_is_read_as_what_it_is(language, text, numbers):
    assert told(text, language) == numbers


@pytest.mark.parametrize(
    ("draft", "source", "is_said"),
    [
        ("about 41 percent", "41.3 percent", True),
        ("41 percent", "41.3 percent", True),
        ("41.3 percent", "41 percent", False),
        ("41.3 percent", "about 41 percent", False),
        ("40 percent", "about 41 percent", False),
        ("about 40 percent", "41 percent", True),
        ("1.83 million people", "1.8 million people", False),
        ("1.8 million people", "1.83 million people", True),
        ("900 people", "886 people", False),
        ("1,000 people", "1,134 people", False),
        ("12,000 people", "12,034 people", True),
        ("12 percent", "12 people", False),
        ("a third of them", "33 percent", True),
        ("5 km", "5,000 metres", True),
        ("about 1,000 people", "1,050 people", True),
        ("about 1,000 people", "1,200 people", False),
    ],
)
def test_a_draft_may_round_its_source_but_not_be_more_exact(draft, source, is_said):
    [mine], [theirs] = _read(draft).quantities, _read(source).quantities
    assert mine.is_said_by(theirs) == is_said


@pytest.mark.parametrize(
    ("one", "other", "is_equal"),
    [
        ("at 9:15", "at 9:15 pm", True),
        ("at 9:15", "at 9:15 am", True),
        ("at 9:15 am", "at 9:15 pm", False),
        ("at 9:15", "at 21:15", True),
        ("at 9:15", "at 9:16", False),
        ("at noon", "at 12 p.m.", True),
        ("at noon", "at midnight", False),
    ],
)
def test_a_time_without_its_half_of_the_day_may_be_in_either(one, other, is_equal):
    [first], [second] = _read(one).times, _read(other).times
    assert first.is_equal(second) == second.is_equal(first) == is_equal
