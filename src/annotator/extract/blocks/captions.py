"""Captions of pictures: joined with them where a page has them as text, and parted from credits."""

import re
from itertools import pairwise

from msgspec.structs import replace

from annotator.extract.blocks.cuts import marks_within
from annotator.extract.dom.elements import folded
from annotator.extract.passages import ArticleDraft, Passage
from annotator.model.article import Block
from annotator.model.data_file import wordings

LONGEST = 160  # characters of a credit
LONGEST_CAPTION = 2_000

_WORDINGS = wordings(__package__, "wordings.toml")
_AGENCIES = _WORDINGS["agencies"]
_WORD = _WORDINGS["credit"]
_NAMED = re.compile(
    rf"(?:{_WORD}\s?[:：＝=/|]\s?|©\s?|{_WORD} (?:by|courtesy of|via|von|"
    r"par) |(?:image|photo|picture|media) (?:source|copyright), )(?P<name>\S.{0,118})",
    re.IGNORECASE,
)
# A name cannot end with a separator, so a text is split into names in only one way.
_NAME = r"[^\W\d_][\w.’'&-]*"
_JOINT = r"(?:\s?(?:/|—|–|\||,)\s?| (?:via|for) )"
_BY_AGENCY = re.compile(
    rf"(?P<name>(?:(?:{_NAME}[ ,]{{1,2}}){{0,6}}|{_NAME}(?: {_NAME}){{0,5}}{_JOINT}){_AGENCIES}"
    rf"(?:{_JOINT}(?:{_AGENCIES}|{_NAME}(?: {_NAME}){{0,2}})){{0,3}})"
)
_BY_SLASH = re.compile(rf"(?P<name>{_NAME}(?: {_NAME}){{0,4}} ?/ ?{_NAME}(?: {_NAME}){{0,3}})")
_MAY_BREAK = re.compile(r"\A|(?<=[.!?…”\"'’)。])\s+|\s(?=©)|\n|\s[|–—-]\s")
_BRACKETED = re.compile(r"\s*[\[(（](?P<inside>[^\[\]()（）]{2,120})[\])）]\.?\s*\Z")
_LAST_SENTENCE = re.compile(_WORDINGS["last-sentence"])

LONGEST_JOINED = 400  # characters
LEAST_REPEATED = 20  # letters

_NAMES = re.compile(_WORDINGS["caption-names"])


def split_credit(caption: str) -> tuple[str, str]:
    """Return a caption without its credit, and the name in the credit; either may be empty."""
    bracket = _BRACKETED.search(caption)
    if bracket and (name := credit_in(bracket["inside"])):
        return caption[: bracket.start()].rstrip(), name
    # What may be the last sentence, longest first.
    starts = [match.start() for match in _MAY_BREAK.finditer(caption[:LONGEST_CAPTION])]
    for start in starts[-8:]:
        sentence = _LAST_SENTENCE.match(caption, start)
        if sentence and (name := _named(sentence["inside"])):
            return caption[:start].rstrip(), name
    return caption, ""


def has_bracketed_credit(line: str) -> bool:
    """Return whether a line ends with a credit in brackets, as captions do."""
    bracket = _BRACKETED.search(line)
    return bool(bracket and credit_in(bracket["inside"]))


def credit_in(text: str) -> str:
    """Return the name in a text that is a credit as a whole, else empty."""
    if len(text) > LONGEST:
        return ""
    if name := _named(text):
        return name
    matches = (shape.fullmatch(text.strip()) for shape in (_BY_AGENCY, _BY_SLASH))
    return next((match["name"].strip() for match in matches if match), "")


def _named(text: str) -> str:
    match = _NAMED.fullmatch(text.strip())
    return match["name"].strip(" .") if match else ""


def join_stray_captions(passages: list[Passage]) -> None:
    """Join each caption with the picture above it, where it is not in its figure."""
    for picture, caption in pairwise(p for p in passages if not p.region.hidden):
        if caption.region.tag == "figcaption" and _lacks_caption(picture.block):
            _join(picture, caption)


def join_captions(draft: ArticleDraft) -> None:
    """Turn a paragraph next to a picture into its caption.

    Its name or a credit says so, or it repeats the alternative text of the picture.

    Two passages become one and no word is lost, so there is no removal to list.
    """
    kept = draft.kept
    for index, passage in enumerate(kept):
        # A picture before or after it that still lacks a caption.
        beside = (kept[at] for at in (index - 1, index + 1) if 0 <= at < len(kept))
        picture = next((other for other in beside if _lacks_caption(other.block)), None)
        if picture is not None and _may_be_caption(passage, picture.block.alternative):
            _join(picture, passage)


def _may_be_caption(passage: Passage, alternative: str) -> bool:
    block = passage.block
    if block.kind != "paragraph" or not 0 < len(block.text) <= LONGEST_JOINED or "\n" in block.text:
        return False
    region = passage.region
    holders = [region, region.parent] if region.parent else [region]
    is_named = any(_NAMES.search(one.names) or one.tag == "figcaption" for one in holders)
    said = folded(alternative)
    repeats = len(said) >= LEAST_REPEATED and said == folded(block.text) and not passage.linked
    return is_named or repeats or bool(split_credit(block.text)[1])


def _lacks_caption(block: Block) -> bool:
    return block.kind == "image" and block.text in {"", block.alternative} and not block.credit


def _join(picture: Passage, caption: Passage) -> None:
    block = caption.block
    name = credit_in(block.text)
    text, credit = ("", name) if name else split_credit(block.text)
    marks = marks_within(block.marks, len(text))
    text = text or picture.block.alternative
    picture.block = replace(picture.block, text=text, marks=marks, credit=credit)
    picture.linked = 0
    caption.block = Block("paragraph", "")
