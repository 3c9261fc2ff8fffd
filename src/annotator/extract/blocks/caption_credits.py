"""Credits of pictures, separated from their captions."""

import re

LONGEST = 160  # characters of a credit
LONGEST_CAPTION = 2_000

_AGENCIES = (
    r"(?:Getty(?: Images)?|Reuters|AFP|AP(?: Photo)?|Associated Press|Shutterstock|"
    r"i?Stock(?:photo)?|dpa|EPA(?:-EFE)?|EFE|ANSA|ANP|PAP|APA|Keystone|TASS|Xinhua|Kyodo|"
    r"Bloomberg|Alamy|Unsplash|"
    r"Pixabay|Pexels|Flickr|imago(?: images)?|picture alliance|Corbis|Magnum(?: Photos)?|Wikimedia"
    r"(?: Commons)?|Creative Commons|CC[ -]BY(?:[ -][\w.-]{1,8})*|NASA|Handout|Archive|"
    r"PA(?: Wire)?)"
)
_WORD = (
    r"(?:(?:photo|picture|image|video|illustration|graphic|screenshot|foto|fotos|bild|bilder|"
    r"grafik|"
    r"photographie|crédit|crédits|imagen|imagem|immagine|fotografía|fotografia|zdjęcie|fot\.?|φωτο|"
    r"фото)(?:s|graph|grapher|grafie)?(?: (?:credit|courtesy|by|von|de|par|di|door|via))?|credits?|"
    r"source|quelle|fuente|fonte|bron|źródło|courtesy(?: of)?|copyright|©|تصوير|صورة|المصدر|"
    r"عدسة|写真(?:提供)?|图片|"
    r"图|撮影|摄影)"
)
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
    rf"(?:{_JOINT}(?:{_AGENCIES}|{_NAME}(?: {_NAME}){{0,2}})){{0,3}})",
)
_BY_SLASH = re.compile(rf"(?P<name>{_NAME}(?: {_NAME}){{0,4}} ?/ ?{_NAME}(?: {_NAME}){{0,3}})")
_MAY_BREAK = re.compile(r"\A|(?<=[.!?…”\"'’)。])\s+|\s(?=©)|\n|\s[|–—-]\s")
_BRACKETED = re.compile(r"\s*[\[(（](?P<inside>[^\[\]()（）]{2,120})[\])）]\.?\s*\Z")
_LAST_SENTENCE = re.compile(
    r"(?:\A|(?<=[.!?…”\"'’)。])\s+|\s+(?=©)|\s*\n\s*|\s+[|–—-]\s+)(?P<inside>[^\n]{3,120})\Z"
)


def split_credit(caption: str) -> tuple[str, str]:
    """Return a caption without its credit, and the name in the credit; either may be empty."""
    bracket = _BRACKETED.search(caption)
    if bracket and (name := credit_in(bracket["inside"])):
        return caption[: bracket.start()].rstrip(), name
    for sentence in _last_sentences(caption):
        if name := _named(sentence["inside"]):
            return caption[: sentence.start()].rstrip(), name
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


def _last_sentences(caption: str) -> list[re.Match[str]]:
    """Return the possible last sentences of a caption, longest first."""
    starts = [match.start() for match in _MAY_BREAK.finditer(caption[:LONGEST_CAPTION])]
    sentences = [_LAST_SENTENCE.match(caption, start) for start in starts[-8:]]
    return [match for match in sentences if match]
