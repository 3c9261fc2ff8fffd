"""Draw the paragraphs of the gold files at random, with a fixed seed.

Prints paragraphs with possible sentence ends numbered, for a reader to decide on; two
of them are not prose and were left out. The paragraphs called disputed in the gold file
were drawn in the same way from those on which the splitters disagreed at the time.
"""

import argparse
import random
import re
from collections import Counter, defaultdict
from itertools import count
from pathlib import Path

from gold_paragraphs import Paragraph, read_paragraphs

SEED = 20261125
QUOTAS = {"en": 150, "de": 110, "fr": 40, "es": 40, "pl": 24, "pt": 20, "it": 14, "nl": 14}
QUOTAS |= {"ja": 14, "zh": 14, "ko": 10, "el": 14, "ru": 12, "ar": 10, "hi": 6, "fi": 8, "cs": 8}
A_PAGE = {"en": 2, "de": 2, "fr": 4, "es": 4, "pl": 4}  # paragraphs at most; otherwise 8
LENGTHS = range(110, 801)  # characters
WIDE_LENGTHS = range(40, 801)
WIDE = {"ja", "zh", "ko"}
END = re.compile(
    r"[。！？｡]|[.!?…؟।]+[”\"’'»)\]›“‘]*(?=\s\S)|[a-zäöüß)][.!?…]+[”\"»“]*(?=[A-ZÄÖÜ„“\"«])"
    r"|[.!?…]+\s?»(?=\s\S)"
)
LEAST_LETTERS = 0.3  # share of the letters of its script in a text; others are digits and names
SCRIPTS = (
    ("ja", "[\u3040-\u30ff]"),
    ("zh", "[\u4e00-\u9fff]"),
    ("ko", "[\uac00-\ud7af]"),
    ("el", "[\u0370-\u03ff]"),
    ("ru", "[\u0400-\u04ff]"),
    ("ar", "[\u0600-\u06ff]"),
    ("hi", "[\u0900-\u097f]"),
)
DECLARED = {"fi", "cs", "id", "vi", "la"}  # taken from the page, since they have no list below
LEAST_WORDS = 0.1  # share of function words in a text of their language
FUNCTION_WORDS = {
    "de": "der die und das ist nicht mit ein zu den von",
    "en": "the of and to is in that for with was",
    "fr": "le les des et est une dans pour que du",
    "es": "el los las y una por con que del para",
    "it": "il di che una per con del della sono gli",
    "pt": "o os um uma não com para que do da",
    "nl": "de het een van en niet dat met voor zijn",
    "pl": "i w na z się nie do że jest to",
    "sv": "och att det är som en på för med inte",
}


def main() -> None:
    """Print the paragraphs drawn."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpora", type=Path)
    for language, paragraph in draw(parser.parse_args().corpora):
        text = _numbered(paragraph.text)
        print(paragraph.corpus, paragraph.page, paragraph.digest, language, text, sep="\t")


def draw(corpora: Path) -> list[tuple[str, Paragraph]]:
    """Return random paragraphs, as many as `QUOTAS` of each language and few of any page."""
    pools = defaultdict(list)
    for paragraph in read_paragraphs(corpora):
        language = _script(paragraph.text)
        lengths = WIDE_LENGTHS if language in WIDE else LENGTHS
        ends = len(END.findall(paragraph.text))
        if len(paragraph.text) in lengths and ends > (language in {"ja", "zh"}):
            pools[language or _language(paragraph)].append(paragraph)
    chance = random.Random(SEED)
    drawn: dict[str, tuple[str, Paragraph]] = {}
    for language, quota in QUOTAS.items():
        chance.shuffle(pools[language])
        pages: Counter[str] = Counter()
        for paragraph in pools[language]:
            if pages.total() == quota:
                break
            if pages[paragraph.page] < A_PAGE.get(language, 8) and paragraph.digest not in drawn:
                pages[paragraph.page] += 1
                drawn[paragraph.digest] = language, paragraph
    return list(drawn.values())


def _numbered(text: str) -> str:
    numbers = count()
    return END.sub(lambda end: f"{end.group()}⟨{next(numbers)}⟩", text)


def _script(text: str) -> str:
    """Return the language of the script of a text, if it is the only one that has it."""
    least = len(text) * LEAST_LETTERS
    return next((name for name, signs in SCRIPTS if len(re.findall(signs, text)) > least), "")


def _language(paragraph: Paragraph) -> str:
    """Return the language of a paragraph, guessed from function words."""
    page = paragraph.language[:2].lower()
    if page in DECLARED:
        return page
    words = re.findall(r"\w+", paragraph.text.lower())
    shares = {
        language: sum(word in small.split() for word in words) / max(1, len(words))
        for language, small in FUNCTION_WORDS.items()
    }
    best = max(shares, key=lambda language: shares[language])
    return best if shares[best] > LEAST_WORDS else "?"


if __name__ == "__main__":
    main()
