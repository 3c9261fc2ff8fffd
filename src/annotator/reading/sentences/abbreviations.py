"""Abbreviations by language, and words that decide what a full stop after them means.

All are in lower case and without their last full stop. `abbreviations.tsv` has those of each
language, and the words that begin its sentences.
"""

from functools import cache

from msgspec import Struct

from annotator.model.word_table import WordTable, word_table


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


class Abbreviations(Struct, frozen=True):
    """The abbreviations of a language.

    Those in `followed` never end a sentence, those in `last` may. `ambiguous` ones
    are also words, unless they have a capital or come before a number. `numbered`
    ones are abbreviations only before a number. `starters` are words that begin
    sentences far more often than they follow an abbreviation; languages are guessed
    by them too.
    """

    followed: frozenset[str]
    last: frozenset[str]
    ambiguous: frozenset[str]
    numbered: frozenset[str]
    starters: frozenset[str]
    all: frozenset[str]


TITLES = _words(
    "mr mrs ms mx dr prof st hon rev sr sra srta dra mme mlle mm mgr sig dott ing dipl hr fr dhr "
    "mevr gen col maj capt lt sgt cpl adm cmdr brig gov sen rep reps sens pres supt det insp "
    "messrs atty amb ven mons"
)
COMPANIES = _words("inc corp ltd llc plc bros gmbh cía ltda srl")
LETTERED = _words(
    "plan vitamin group grupo groupe gruppe hepatitis type typ class part section appendix "
    "exhibit point option version team model and or"
)
SPOKEN_AFTER_A_DASH = _words("pl ru uk fr es pt it cs ca")
DOTTED_ORDINALS = _words("de da nb nn no fi cs sk hu hr sl et is lv")
BEFORE_ORDINALS = _words(
    "am im vom zum zur beim der die das dem den des ab bis seit und oder bei nach in von mit sein "
    "ihr unser jeder jedes jeden"
)
AFTER_ORDINALS = _words(
    "januar jänner februar märz april mai juni juli august september oktober november dezember "
    "jahrhundert jahrhunderts jahrestag geburtstag mal platz auflage kapitel klasse stock "
    "weltkrieg bundestag tag runde spieltag minute lebensjahr schwangerschaftswoche"
)
AFTER_TIMES = _words(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri "
    "sat sun january february march april may june july august september october november "
    "december jan feb mar apr jun jul aug sep sept oct nov dec et est edt ct cst cdt mt mst mdt "
    "pt pst pdt gmt utc bst cet cest eastern central mountain pacific"
)
SAYING = (
    "said says say asked asks told wrote writes added adds replied testified tweeted shouted "
    "continued explained argued recalled noted demanded cried joked insisted warned announced "
    "concluded wondered quipped declared whispered answered sagte fragte rief schrieb"
)


@cache
def abbreviations_of(language: str) -> Abbreviations:
    """Return the abbreviations of a language; of all languages for an unknown one."""
    table = _table()
    chosen = [table[language]] if language in table else list(table.values())
    columns = ("followed", "last", "ambiguous", "numbered", "starters")
    followed, last, ambiguous, numbered, starters = (
        _words(" ".join(row[column] for row in chosen)) for column in columns
    )
    every = followed | last | numbered | TITLES | COMPANIES
    return Abbreviations(followed, last, ambiguous, numbered, starters, every)


@cache
def starters() -> dict[str, frozenset[str]]:
    """Return the words that often begin sentences, by language."""
    return {language: _words(row["starters"]) for language, row in _table().items()}


@cache
def _table() -> WordTable:
    return word_table(__package__ or "", "abbreviations.tsv")
