"""Numbers in words, magnitudes and units, in ten languages.

A word that ends with `*` stands for all words with this beginning. Words are folded:
no capitals, no accents.
"""

NUMERALS: dict[float, str] = {
    2: "two zwei deux dos due dois duas twee два две двух",
    3: "three drei trois tres tre drie три трех",
    4: "four vier quatre cuatro quattro quatro четыре четырех",
    5: "five funf cinq cinco cinque vijf пять пяти",
    6: "six sechs seis sei zes шесть шести",
    7: "seven sieben sept siete sette sete zeven семь семи",
    8: "eight acht huit ocho otto oito восемь восьми",
    9: "nine neun neuf nueve nove negen девять девяти",
    10: "ten zehn dix diez dieci dez tien десять десяти dozen",
    11: "eleven elf onze once undici одиннадцать",
    12: "twelve zwolf douze doce dodici doze twaalf двенадцать",
    13: "thirteen dreizehn treize trece tredici treze dertien тринадцать",
    14: "fourteen vierzehn quatorze catorce quattordici veertien четырнадцать",
    15: "fifteen funfzehn quinze quince quindici vijftien пятнадцать",
    16: "sixteen sechzehn seize dieciseis sedici dezesseis zestien шестнадцать",
    17: "seventeen siebzehn diecisiete diciassette dezessete zeventien семнадцать",
    18: "eighteen achtzehn dieciocho diciotto dezoito achttien восемнадцать",
    19: "nineteen neunzehn diecinueve diciannove dezenove negentien девятнадцать",
    20: "twenty zwanzig vingt veinte venti vinte twintig двадцать",
    30: "thirty dreissig trente treinta trenta trinta dertig тридцать",
    40: "forty vierzig quarante cuarenta quaranta quarenta veertig сорок",
    50: "fifty funfzig cinquante cincuenta cinquanta cinquenta vijftig пятьдесят",
    60: "sixty sechzig soixante sesenta sessanta sessenta zestig шестьдесят",
    70: "seventy siebzig setenta settanta zeventig семьдесят",
    80: "eighty achtzig ochenta ottanta oitenta tachtig восемьдесят",
    90: "ninety neunzig noventa novanta negentig девяносто",
    100: "hundred hundert cent cien cento cem honderd сто einhundert",
    1000: "eintausend",
    2000: "zweitausend duemila",
    3000: "dreitausend tremila",
    5000: "funftausend cinquemila",
    10_000: "zehntausend diecimila tienduizend",
    100_000: "hunderttausend centomila",
}

# What a number before it is multiplied by.
MAGNITUDES: dict[float, str] = {
    1e2: "hundred hundert hundreds",
    1e3: "thousand thousands tausend tsd mille mil mila duizend тысяч* тыс k",
    1e6: "million* mio mln millon* millions milion* milhao milhoes miljoen* миллион* млн",
    1e9: "billion billions bn milliarde* mrd milliard* miliard* bilhao bilhoes miljard* миллиард* "
    "млрд",
    1e12: "trillion trillions trilhao trilhoes триллион* трлн biljoen",
}
LONG_SCALE = frozenset({"de", "fr", "es", "it", "nl"})  # where a billion is a million millions

UNSPACED_MAGNITUDES = {
    "十": 10,
    "百": 1e2,
    "千": 1e3,
    "万": 1e4,
    "萬": 1e4,
    "億": 1e8,
    "亿": 1e8,
    "兆": 1e12,
}
UNSPACED_DIGITS = {
    **{digit: value for value, digit in enumerate("〇一二三四五六七八九")},
    "两": 2,
    "両": 2,
}

# A share or a multiple in one word, with its unit.
SHARES: dict[tuple[float, str], str] = {
    (50.0, "%"): "half halb halfte moitie mitad meta metade helft половин*",
    (100 / 3, "%"): "thirds drittel tiers tercio terzo terco derde треть",
    (2.0, "times"): "doubled double doubles twice doppelt* verdoppel* double* doubl* duplic* doble "
    "raddopp* doppi* dobro dobr* verdubbel* dubbel* вдвое удво*",
    (
        3.0,
        "times",
    ): "tripled triple trebled verdreifach* tripl* triplic* verdrievoudig* втрое утро*",
}
UNSPACED_SHARES: dict[str, tuple[float, str]] = {
    "一半": (50.0, "%"),
    "半数": (50.0, "%"),
    "半分": (50.0, "%"),
    "三分之一": (100 / 3, "%"),
    "3分の1": (100 / 3, "%"),
    "翻一番": (2.0, "times"),
    "倍増": (2.0, "times"),
}

# Units: what a number counts or measures, and how many of the first unit of a kind one of it is.
UNITS: dict[tuple[str, float], str] = {
    ("%", 1): "% percent pct prozent pourcent porcento procent процент* パーセント 百分",
    ("EUR", 1): "€ euro euros eur евро 欧元 ユーロ",
    ("USD", 1): "$ us$ usd dollar* dolar* доллар* 美元 ドル",
    ("GBP", 1): "£ gbp pound pounds pfund libras sterling фунт* 英镑 ポンド",
    ("CNY", 1): "yuan renminbi cny 元 人民币",
    ("JPY", 1): "¥ yen jpy 円 日元",
    ("RUB", 1): "₽ rub руб рубл* rubel* rubl* rouble* ruble* 卢布 ルーブル",
    ("BRL", 1): "r$ reais brl",
    ("INR", 1): "₹ rupee* rupie* rupia*",
    ("CHF", 1): "chf franken francs",
    ("m", 1): "m metre metres meter meters metro metros metri metres метр* 米 メートル",
    ("m", 1000): "km kilomet* kilomet* quilomet* chilomet* километр* 公里 キロ",
    ("m", 1609): "mile miles meilen milles millas miglia milhas mijl мил*",
    ("m²", 1e6): "km² quadratkilomet*",
    ("m²", 1e4): "hectare* hektar* hectarea* ettar* гектар* 公顷 ヘクタール",
    ("t", 1): "t tonne tonnes ton tons tonnen tonelad* tonnellat* тонн* 吨 トン",
    ("t", 0.001): "kg kilo kilos kilogram* килограмм* 公斤 キログラム",
    ("W", 1e6): "mw megawatt* megavatio* мегаватт* 兆瓦 メガワット",
    ("W", 1e9): "gw gigawatt* gigavatio* гигаватт* ギガワット",
    ("°", 1): "° °c grad degree* degre* grado* gradi grau* graden градус* 度",
    ("times", 1): "times fold mal fois veces volte vezes keer раз раза 倍",
    (
        "day",
        1,
    ): "day days tag tage tagen jour jours dia dias giorno giorni dag dagen день дня дней 天",
    ("day", 7): "week weeks woche* semaine* semana* settiman* weken недел* 周 週間",
    ("month", 1): "month months monat* mois mes meses mese mesi mes* maand* месяц* 个月 か月 ヶ月",
    ("month", 12): "years jahre jahren annees ans anos anni jaar лет года years 年间 年間",
    ("clock", 1): "a.m. p.m. pm uhr",
    ("hour", 1): "hour hours stunde* heure* hora* ora ore uur uren час* 小时 時間",
}

PER_CENT = ("per cent", "pour cent", "por ciento", "por cento", "per cento", "pro cent")

MONTHS: tuple[str, ...] = (
    "january jan januar janvier enero gennaio janeiro januari январ*",
    "february feb februar fevrier febrero febbraio fevereiro februari феврал*",
    "march mar marz mars marzo marco maart март*",
    "april apr avril abril aprile апрел*",
    "may mai mayo maggio maio mei мая май",
    "june jun juni juin junio giugno junho июн*",
    "july jul juli juillet julio luglio julho июл*",
    "august aug aout agosto augustus август*",
    "september sep sept septembre septiembre settembre setembro сентябр*",
    "october oct okt oktober octobre octubre ottobre outubro октябр*",
    "november nov novembre noviembre novembro ноябр*",
    "december dec dez dezember decembre diciembre dicembre dezembro декабр*",
)

# Words before a number that make it rough, or a bound.
ROUGHLY = (
    "about around roughly nearly almost some over circa etwa rund fast ungefahr knapp gut "
    "uber environ pres quelque presque unos cerca casi alrededor quasi oltre aproximadamente "
    "quase ongeveer bijna ruim rond около почти примерно более свыше approximately more mehr "
    "plus mas least mindestens moins menos almeno"
)
UNSPACED_ROUGHLY = "约約近超余"

SQUARE = "square carre* cuadrad* quadrat* quadrad* vierkante квадратн*"
CUBIC = "cubic cube* cubic* cubi kubik* kubiek* кубическ*"

# Numbers in words that are everyday words in another language.
NO_NUMERALS: dict[str, str] = {
    "en": "once due elf mil mille dos tres sei dez",
    "de": "sei once due dos",
    "fr": "once due neuf sei",
    "es": "sei elf",
    "it": "elf dos",
    "pt": "elf once sei",
    "nl": "once due sei dos",
}
