"""The end of cleaning: headings and quotations that a page does not mark up, and split words.

Headings are paragraphs in bold, such as `<p><strong>The mills</strong></p>`. Quotations
have only a class name, such as the pull quotes of some editors.

Split words have a detached drop cap, a doubled capital or spaced letters. A repair only
removes characters, and only where nothing else can be meant: `W hen` becomes `When`,
`TThe` becomes `The`, `C H A P T E R` becomes `CHAPTER`.
"""

import re
from collections import Counter
from itertools import groupby, islice, pairwise

from msgspec.structs import replace

from annotator.extract.blocks.cuts import without
from annotator.extract.blocks.spacing import CERTAIN_AFTER_A_WORD, OPENERS
from annotator.extract.dom.elements import folded
from annotator.extract.passages import Passage
from annotator.model.article import Block
from annotator.model.span import Span

LONGEST = 80  # characters
MOST_WORDS = 12
LEAST = 2  # of an article; a single bold line may be a remark
MOST_BOLD = 2  # such lines in a row
LEAST_BELOW = 60  # characters of the paragraph below
LEVEL, LOWEST = 2, 6  # of headings, if there are no others above them, and at most

_ENDS = re.compile(r"[.!?…:;,)\]。！？：”\"'»*-]\s*\Z")
_BEGINS = re.compile(r"\w|[“\"„«‘'¿¡]\w")

LONGEST_BOX = 600  # characters of a box; a longer one is a part of the text

_QUOTATION = re.compile(
    r"(?<![\w-])(?:[\w-]+-)?(?:pull-?quote|block-?quote|citation|zitat|quotation)"
    r"(?:-(?:text|body|content|box|widget|wrapper|left|right))*(?![\w-])"
)

_SPLIT_CAPITAL = re.compile(
    r"(?P<open>[\"“”„«»‘’'¿¡(]{0,2}\s?)(?P<letter>[^\W\d_])(?P<gap> )(?P<rest>[^\W\d_]+)"
)
_DOUBLED_CAPITAL = re.compile(
    r"[\"“„«‘'¿¡(]{0,2}(?P<letter>[^\W\d_])(?P<word>(?P=letter)[^\W\d_A-Z]+)\b"
)
_SPACED_LETTERS = re.compile(r"(?:[^\W\d_] ){4,}[^\W\d_]")
_VOWELS = frozenset("aeiouyäöüáéíóúàèìòùâêîôûаеиоуыэюяαεηιουω")


def read_bold_headings(passages: list[Passage]) -> None:
    """Turn short bold paragraphs into headings where several divide a text.

    Each stands below the first paragraph and above another one, ends without a mark
    and is there once. So the questions of an interview stay paragraphs, and so do
    the names of speakers, the lines of a table, and a line below the title. There may be
    two, as in “BASKETBALL” and the score, and a picture below. Its level is one below
    that of the page's own heading above it.
    """
    lines = [passage for passage in passages if passage.block.kind != "image"]
    counts = Counter(folded(passage.text) for passage in passages)
    begun = next((at for at, passage in enumerate(lines) if _is_text(passage.block)), 0)
    headings: set[int] = set()
    runs = [list(run) for _, run in groupby(lines[begun + 1 :], key=_is_heading)]
    for run, below in pairwise(runs):
        is_once = all(counts[folded(passage.text)] == 1 for passage in run)
        if _is_heading(run[0]) and len(run) <= MOST_BOLD and is_once and _is_text(below[0].block):
            headings.update(map(id, run))
    if len(headings) < LEAST:
        return
    level = LEVEL
    for passage in passages:
        block = passage.block
        if block.kind == "heading":
            level = min(LOWEST, block.level + 1)
        elif id(passage) in headings:
            passage.block = replace(block, kind="heading", level=level, marks=())


def _is_heading(passage: Passage) -> bool:
    block, text = passage.block, passage.text
    if (
        passage.region.tag == "dt"
        or block.kind != "paragraph"
        or block.depth
        or block.quote_depth
        or "\n" in text
    ):
        return False
    if len(text) > LONGEST or len(text.split()) > MOST_WORDS or not _BEGINS.match(text):
        return False
    is_bold = any(m.kind == "strong" and len(m.span) == len(text) for m in block.marks)
    is_more = any(m.kind not in {"strong", "emphasis"} for m in block.marks)
    return is_bold and not is_more and not _ENDS.search(text)


def _is_text(block: Block) -> bool:
    return block.kind == "paragraph" and len(block.text) >= LEAST_BELOW


def read_named_quotes(passages: list[Passage]) -> None:
    """Turn paragraphs in small boxes that are named after quotations into quotations."""
    for passage in passages:
        block = passage.block
        is_text = block.kind == "paragraph" and not block.depth
        if is_text and any(
            box.characters <= LONGEST_BOX and _QUOTATION.search(box.names)
            for box in islice(passage.region.chain(), 3)
        ):
            passage.block = replace(block, kind="quote", quote_depth=max(1, block.quote_depth))


def repair_block(block: Block) -> Block:
    """Return the block with its split words joined."""
    if block.kind in {"code", "table", "rule"}:
        return block
    text = block.text
    extra: list[tuple[int, int]] = []
    # A drop cap with a space after it: `W hen`.
    match = _SPLIT_CAPITAL.match(text)
    if match and match["letter"].isupper() and _is_split(match["letter"], match["rest"]):
        extra.append(match.span("gap"))
    # A drop cap that is repeated in the word after it: `TThe`.
    match = _DOUBLED_CAPITAL.match(text)
    if match and match["letter"].isupper() and match["word"].casefold() in OPENERS:
        extra.append(match.span("letter"))
    # Letters that a designer has set apart: `C H A P T E R`, but no alphabet and no initials.
    if text.isupper() and _SPACED_LETTERS.fullmatch(text) and _spell_a_word(text):
        extra += [(at, at + 1) for at in range(1, len(text), 2)]
    return without(block, [Span(*place) for place in extra])


def repair_line(text: str) -> str:
    """Return a line of text with its split words joined."""
    return repair_block(Block("paragraph", text)).text


def _is_split(letter: str, rest: str) -> bool:
    """Return whether a capital and the text after it can only be one word.

    `A t` can; `A long` and `T cells` may be two words.
    """
    word = letter.casefold() + rest.casefold()
    if letter in CERTAIN_AFTER_A_WORD:
        return word in CERTAIN_AFTER_A_WORD[letter]
    return word in OPENERS


def _spell_a_word(text: str) -> bool:
    """Return whether letters with spaces between them are a word."""
    letters = text.casefold().split(" ")
    in_order = [chr(ord(letters[0]) + step) for step in range(len(letters))]
    has_vowel = not _VOWELS.isdisjoint(letters)
    return letters != in_order and has_vowel and len(set(letters)) >= len(letters) // 2
