"""Features of the learned judge of lines: the words of a line, and its shape.

The words are taken whole, in pieces of three to six letters, in pairs, and once
more at both ends of the line. So a language that inflects its words, or joins
them, needs no list of forms: `nyhetsbrevet` shares most pieces with `nyhetsbrev`.
Scripts without spaces are taken in runs of up to three characters. The shape is
what can be seen without reading: length, end, prices, times, signs.
"""

import re
from itertools import pairwise
from math import log1p
from unicodedata import normalize

LONGEST_WORD = 12  # characters of the first and last word that count as such
EDGE = 0.5  # weight of the first and last words
PIECES = (3, 4, 5, 6)  # characters
SYLLABLES = (2, 3, 4)  # of Korean
RUNS = (1, 2, 3)  # characters of a script without spaces
LABEL, SENTENCE, CLAUSE, UNENDED = 25, 40, 60, 120  # letters
PARAGRAPH, LONG_PARAGRAPH = 160, 240
NAME_WORDS, LABEL_WORDS = 2, 5
LOG_UNIT = 5
MANY = 4  # signs of a kind; more make no difference
WIDTH = 2.2  # letters that a character of such a script is worth
RUN = "|"  # before a run of such a script
NUMBER, ADDRESS, HANDLE = "0", "anaddress", "ahandle"

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+|[^\w\s]")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_DIGIT = re.compile(r"\d")
IS_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]+")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_MARKS = re.compile(r"[\u0591-\u05bd\u05bf\u05c1\u05c2\u0640\u064b-\u0652\u0670]")  # vowel points
_ALEFS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي"})
_SEMITIC = re.compile(r"[\u0590-\u06ff]")  # Hebrew and Arabic
_DOMAINS = "com|org|net|info|example|co|de|fr|se|no|dk|fi|jp|uk|es|it|nl|pl|ru|ua|cz|tr|kr|il|eu"
_ADDRESS = re.compile(rf"(?<!\S)\S+@\S+\.\w+|https?://\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:{_DOMAINS})\b")
_DOT_WITHIN = re.compile(r"\.\w")  # in every address without `://`
_HANDLE = re.compile(r"(?<!\w)@\w+")
HAS_PRICE = re.compile(
    r"[$€£¥₴₪₽₺₩]\s?\d|(?<![\d.,])[.,]*\d[\d.,]*+\s?(?:[$€£¥₴₪₽₺₩%円元원]|"
    r"(?:kr|kč|zł|euros?|eur|usd|chf|грн|руб|tl|ft|lei)\b)",
    re.IGNORECASE,
)
HAS_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
HAS_DATE = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b(?:19|20)\d\d(?:\b|[年년])")
HAS_COUNT = re.compile(r"\(\d[\d.,]*\)|\b\d+\s?/\s?\d+")
_BETWEEN = re.compile(r"\s[|·•/>›»→–—-]\s|[|·•›»→▶]")
_QUOTE = re.compile('["“”„«»「」『』]')
_SIGN = re.compile("[©®▶►✉★☆✓✕×→»›\U0001f300-\U0001faff]")
_HEAD = re.compile(r".{2,40}:\s?\S")
_END = re.compile(r"[.!?؟](?:\s|$)|。")
_ENDS = (".", "!", "?", "。", "؟", "…", '."', ".”", ".»", "」")

KNOWN = (1 / 6, 1 / 3, 1 / 2, 2 / 3)  # shares of the words that have a topic


def folded(text: str) -> str:
    """Return a text with one form of each letter that has several."""
    if text.isascii():
        return text.strip()
    text = normalize("NFKC", text).replace("’", "'").replace("‘", "'")
    return (_MARKS.sub("", text).translate(_ALEFS) if _SEMITIC.search(text) else text).strip()


def tokens_of(line: str) -> list[str]:
    """Return the words, numbers, addresses and signs of a folded line."""
    text = _ADDRESS.sub(f" {ADDRESS} ", line) if _may_have_address(line) else line
    text = _HANDLE.sub(f" {HANDLE} ", text) if "@" in text else text
    return [NUMBER if t[0].isdigit() else t for t in _TOKEN.findall(text.lower())]


def _may_have_address(line: str) -> bool:
    return "://" in line or _DOT_WITHIN.search(line) is not None


def words_of(tokens: list[str]) -> list[str]:
    """Return the words of a line, with runs of scripts without spaces in their parts."""
    if not IS_WIDE.search("".join(tokens)):
        return tokens
    return [word for token in tokens for word in _words(token)]


def pairs_of(words: list[str], tokens: list[str]) -> tuple[list[str], list[str]]:
    """Return the pairs of words of a line, and the words at its ends.

    A long line is not more certain than a short one: the weight of a word or a pair falls with
    the number of words, and that of an end is `EDGE`.
    """
    pairs = [f"{word} {after}" for word, after in pairwise(words) if word[0] != RUN]
    first = tokens[0][:LONGEST_WORD]
    edges = [f"^{first}", f"{tokens[-1][-LONGEST_WORD:]}$"]
    if len(tokens) > 1:
        edges.append(f"^{first} {tokens[1][:LONGEST_WORD]}")
    return pairs, edges


def pieces(term: str) -> list[str]:
    """Return a term and, if it is a word, the pieces of it."""
    if not term.replace("'", "").isalpha():
        return [term]
    whole = f"<{term}>"
    sizes = SYLLABLES if _HANGUL.search(term) else PIECES
    return [term] + [
        whole[at : at + size]
        for size in sizes
        if size < len(whole)
        for at in range(len(whole) - size + 1)
    ]


def _words(token: str) -> list[str]:
    if not IS_WIDE.fullmatch(token):
        return [token]
    return [RUN + token[at : at + size] for size in RUNS for at in range(len(token) - size + 1)]


def number_of_sentences(line: str) -> int:
    """Return how many sentences end in a line."""
    return len(_END.findall(line))


def shape(line: str, known: float) -> tuple[float, ...]:
    """Return what the shape of a folded line says, in the order of `shape_names.toml`.

    `known` is the share of its words that have a topic.
    """
    count = len(line)
    words = _WORD.findall(line)
    is_ascii = line.isascii()
    has_digit = _DIGIT.search(line) is not None
    number = max(1, len(words))
    length = count * WIDTH if not is_ascii and IS_WIDE.search(line) else count
    ends = line.endswith(_ENDS)
    return (
        log1p(length) / LOG_UNIT,
        length < LABEL,
        LABEL <= length < CLAUSE,
        length > PARAGRAPH,
        length > LONG_PARAGRAPH,
        ends,
        0 if ends else min(length, UNENDED) / UNENDED,
        line.endswith("!"),
        line.endswith(("?", "؟", ";")),
        "?" in line,
        "!" in line,
        line.endswith(":"),
        ":" in line and _HEAD.match(line) is not None,
        line[:1] in {"–", "—", "-"},
        '"' in line if is_ascii else _has(line, _QUOTE),
        line[:1] in {'"', "“", "„", "«", "”", "–", "—"},
        has_digit and _has(line, HAS_PRICE),
        has_digit and _has(line, HAS_CLOCK),
        has_digit and _has(line, HAS_DATE),
        has_digit and _has(line, HAS_COUNT),
        _share(len(_BETWEEN.findall(line))),
        not is_ascii and _has(line, _SIGN),
        "." in line and _may_have_address(line) and _has(line, _ADDRESS),
        "@" in line and _has(line, _HANDLE),
        sum([word[0].isupper() for word in words[1:]]) / number,
        sum([word.isupper() and len(word) > NAME_WORDS for word in words]) / number,
        _share(sum(map(line.count, ",、،"))),
        _share(number_of_sentences(line)),
        sum(map(str.isdigit, line)) / max(1, count) if has_digit else 0,
        line[:1] in {"*", "※"},
        "+" in line,
        number <= NAME_WORDS,
        number <= LABEL_WORDS,
        not ends and length < CLAUSE,
        ends and length < SENTENCE,
        *(known >= share for share in KNOWN),
    )


def _share(number: int) -> float:
    return min(MANY, number) / MANY


def _has(line: str, pattern: re.Pattern[str]) -> bool:
    return pattern.search(line) is not None
