"""Features of a passage's own text: how much like prose it reads, and what else it speaks of."""

import re
from math import log1p

from annotator.extract.measure import WIDE
from annotator.extract.passages import Passage
from annotator.extract.scorer.glimpses import WORD, Glimpse
from annotator.extract.scorer.vocabulary import LINE_FAMILIES, STOP_WORDS
from annotator.model.article import Block

HEAD = 400  # characters that are read; a longer text is not another for it
MOST = 10  # of links or line breaks

_URL = re.compile(r"https?://\S+")
_QUOTES = tuple("\"“„«‘'「『")
_OF_WORD = {word: number for number, family in enumerate(LINE_FAMILIES.values()) for word in family}

TEXT_NAMES = (
    "log_length",
    "log_words",
    "link_share",
    "links",
    "bold_share",
    "line_breaks",
    "commas",
    "sentences",
    "ends",
    "ends_in_colon",
    "digit_share",
    "capital_share",
    "starts_small",
    "word_length",
    "stop_word_share",
    "title_case_share",
    "is_address",
    "asks",
    "starts_with_quote",
    "has_separator",
    "is_wide",
    "is_all_capitals",
)
LEXICON_NAMES = (*(f"says_{family}" for family in LINE_FAMILIES), "residue_word_share")


def text_features(glimpse: Glimpse) -> list[float]:
    """Return the features of TEXT_NAMES and LEXICON_NAMES."""
    text = glimpse.passage.text
    head = text[:HEAD]
    words = WORD.findall(head)
    return [
        *_amounts(glimpse, head, len(words) or 1),
        *_letters(head, words),
        *_signs(text),
        *_lexicon(words if glimpse.length <= HEAD else []),
    ]


def _amounts(glimpse: Glimpse, head: str, words: int) -> list[float]:
    text = glimpse.passage.text
    links, bold = _marks(glimpse.passage.block)
    return [
        log1p(glimpse.length),
        log1p(words * glimpse.length / len(head)),
        glimpse.link_share,
        min(links, MOST),
        bold / glimpse.length,
        min(text.count("\n"), MOST),
        text.count(",") + text.count("，"),
        glimpse.sentences,
        glimpse.ends,
        text.endswith((":", "：")),
    ]


def _marks(block: Block) -> tuple[int, int]:
    links = sum(mark.kind == "link" for mark in block.marks)
    bold = sum(len(mark.span) for mark in block.marks if mark.kind == "strong")
    return links, bold


def _letters(head: str, words: list[str]) -> list[float]:
    count = len(words) or 1
    return [
        sum(map(str.isdigit, head)) / len(head),
        sum(map(str.isupper, head)) / len(head),
        head[0].islower(),
        len(head) / count,
        sum(word.lower() in STOP_WORDS for word in words) / count,
        sum(word[0].isupper() for word in words) / count,
    ]


def _signs(text: str) -> list[float]:
    return [
        _URL.fullmatch(text) is not None,
        "?" in text,
        text.startswith(_QUOTES),
        "|" in text or "»" in text or "›" in text,
        WIDE.search(text[:200]) is not None,
        text.isupper(),
    ]


def _lexicon(words: list[str]) -> list[float]:
    counts = [0.0] * len(LEXICON_NAMES)
    for word in words:
        number = _OF_WORD.get(word.lower())
        if number is not None:
            counts[number] += 1
            counts[-1] += 1
    counts[-1] /= len(words) or 1
    return counts


KINDS = (
    "paragraph",
    "heading",
    "list_item",
    "quote",
    "image",
    "code",
    "table",
    "footnote",
    "embed",
)
KIND_NAMES = (*(f"is_{kind}" for kind in KINDS), "level", "depth", "quote_depth", "is_numbered")


def kind_features(passage: Passage) -> list[float]:
    """Return the features of KIND_NAMES."""
    block = passage.block
    kinds = [float(block.kind == kind) for kind in KINDS]
    return [*kinds, block.level, block.depth, block.quote_depth, block.ordinal is not None]
