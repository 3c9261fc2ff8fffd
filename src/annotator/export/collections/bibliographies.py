"""The sources as bibliographies, with an entry for each article: for biblatex, and as CSL JSON.

In biblatex addresses are written as they are, since it takes them verbatim; all other text is
escaped, so that no title can be a command of TeX. CSL JSON is what Zotero, pandoc and other
citation programs read.

See https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html.
"""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import starmap
from typing import Final

from annotator.export.citation import Author, Reference, ReferenceType, reference_of
from annotator.export.collection import Collection

TYPES: Final[Mapping[ReferenceType, tuple[str, str]]] = {  # of biblatex, and of CSL
    "newspaper": ("article", "article-newspaper"),
    "magazine": ("article", "article-magazine"),
    "blog": ("online", "post-weblog"),
    "encyclopedia": ("online", "entry-encyclopedia"),
    "journal": ("article", "article-journal"),
    "webpage": ("online", "webpage"),
    "document": ("misc", "document"),
}
_LANGUAGES: Final = (  # of babel and polyglossia, by BCP 47 tag
    "ca:catalan cs:czech da:danish de:ngerman el:greek en:english en-gb:british es:spanish "
    "fi:finnish fr:french hr:croatian hu:magyar it:italian nb:norsk nl:dutch nn:nynorsk "
    "no:norsk pl:polish pt:portuguese pt-br:brazilian ro:romanian ru:russian sk:slovak "
    "sl:slovene sv:swedish tr:turkish uk:ukrainian"
)
LANGUAGES: Final[Mapping[str, str]] = dict(re.findall(r"(\S+):(\S+)", _LANGUAGES))

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}",
    **{sign: f"\\{sign}" for sign in "$&#_%"},
}
_PAIRED = str.maketrans(_ESCAPES | {"{": r"\{", "}": r"\}"})
_UNPAIRED = str.maketrans(  # \{ alone would count as a brace that is never closed
    _ESCAPES | {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
)
_LIGATURES = re.compile(r"([-'<>,])(?=\1)")  # a dash is made of two hyphens
_WORD_OR_REST = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|[\W_]+")
_LONG_WORD = 4  # letters; shorter ones are not capitalised in any title

_MARKUP = re.compile(r"<(?=/?(?:i|b|sc|su[bp]|span)\b)", re.IGNORECASE)
_UNBREAKABLE = "<\u2060"  # a word joiner, which is not seen: CSL has no escape for a bracket


def write_bibtex(collection: Collection) -> Iterator[str]:
    """Yield an entry for each article."""
    yield from starmap(_entry, _references(collection))


def _references(collection: Collection) -> Iterator[tuple[str, Reference]]:
    """Yield the articles as sources, each with a key that no other has."""
    keys: set[str] = set()
    for article in collection.articles:
        reference = reference_of(article.record)
        key = reference.key if reference.key not in keys else f"{reference.key}-{article.record.id}"
        keys.add(key)
        yield key, reference


def escape(text: str) -> str:
    """Return text that TeX prints as it is, on one line."""
    line = " ".join(text.split())
    return _escape_piece(line, _escapes(line))


def _entry(key: str, reference: Reference) -> str:
    kind = TYPES[reference.type][0]
    is_in_print = kind == "article"
    fields = {
        "author": " and ".join(map(_author, reference.authors)),
        "title": _title(reference.title) or "Untitled",
        "journaltitle" if is_in_print else "organization": escape(reference.site),
        "entrysubtype": reference.type if is_in_print and reference.type != "journal" else "",
        "date": _date(reference.issued),
        "doi": reference.doi,
        "url": reference.url,
        "urldate": _date(reference.accessed) if reference.url else "",
        "langid": _language(reference.language),
        "abstract": escape(reference.abstract),
        "keywords": ", ".join(map(escape, reference.tags)),
    }
    lines = (f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n\n"


def _author(author: Author) -> str:
    """Return a name as `particle Family, Suffix, Given`, or in braces as a whole."""
    if author.literal:
        return f"{{{escape(author.literal)}}}"
    family = f"{author.particle} {author.family}".strip()
    parts = (family, author.suffix, author.given) if author.suffix else (family, author.given)
    return ", ".join(map(_part_of_name, parts))


def _part_of_name(part: str) -> str:
    """Return a part of a name, in braces if it could be taken for two names or for two parts."""
    is_apart = "," in part or "and" in part.lower().split()
    return f"{{{escape(part)}}}" if is_apart else escape(part)


def _title(title: str) -> str:
    """Return a title in which styles that use small letters leave names their capitals.

    In a title in which most words have capitals, they do not tell which ones are names.
    """
    pieces = _WORD_OR_REST.findall(" ".join(title.split()))
    words = [piece for piece in pieces if piece[0].isalnum()]
    later = [word for word in words[1:] if len(word) >= _LONG_WORD]
    are_names = sum(word[0].isupper() for word in later) * 2 <= len(later)
    first = words[0] if words else ""
    escapes = _escapes(title)
    return "".join(
        f"{{{piece}}}"
        if piece[0].isalnum() and _keeps(piece, are_names=are_names and piece is not first)
        else _escape_piece(piece, escapes)
        for piece in pieces
    )


def _escapes(text: str) -> Mapping[int, str]:
    """Return the escapes for a text: those of braces depend on whether all are in pairs."""
    depth = 0
    for sign in re.findall("[{}]", text):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            break
    return _UNPAIRED if depth else _PAIRED


def _escape_piece(piece: str, escapes: Mapping[int, str]) -> str:
    return _LIGATURES.sub(r"\1{}", piece.translate(escapes))


def _keeps(word: str, *, are_names: bool) -> bool:
    has_inner_capital = any(letter.isupper() for letter in word[1:])
    return has_inner_capital or (are_names and word[0].isupper())


def _date(parts: tuple[int, ...]) -> str:
    widths = (4, 2, 2)
    return "-".join(f"{part:0{width}}" for part, width in zip(parts, widths, strict=False))


def _language(tag: str) -> str:
    lower = tag.lower().replace("_", "-")
    return LANGUAGES.get(lower) or LANGUAGES.get(lower.partition("-")[0], "")


def write_csl_json(collection: Collection) -> Iterator[str]:
    """Yield a list with an item for each article."""
    gap = "[\n"
    for key, reference in _references(collection):
        yield gap + json.dumps(_item(key, reference), ensure_ascii=False, indent=2)
        gap = ",\n"
    yield "[]\n" if gap == "[\n" else "\n]\n"


def _item(identity: str, reference: Reference) -> Mapping[str, object]:
    values: Mapping[str, object] = {
        "id": identity,
        "type": TYPES[reference.type][1],
        "title": _plain(reference.title),
        "author": [_csl_name(author) for author in reference.authors],
        "container-title": _plain(reference.site),
        "DOI": reference.doi,
        "URL": reference.url,
        "issued": _csl_date(reference.issued),
        "accessed": _csl_date(reference.accessed) if reference.url else None,
        "language": reference.language,
        "abstract": _plain(reference.abstract),
        "keyword": ", ".join(reference.tags),
    }
    return {name: value for name, value in values.items() if value}


def _csl_name(author: Author) -> Mapping[str, str]:
    if author.literal:
        return {"literal": _plain(author.literal)}
    parts = {
        "family": author.family,
        "given": author.given,
        "non-dropping-particle": author.particle,
        "suffix": author.suffix,
    }
    return {name: _plain(value) for name, value in parts.items() if value}


def _csl_date(parts: tuple[int, ...]) -> Mapping[str, object] | None:
    return {"date-parts": [list(parts)]} if parts else None


def _plain(text: str) -> str:
    """Return text without the tags that citation programs take for bold or italic."""
    return _MARKUP.sub(_UNBREAKABLE, text)
