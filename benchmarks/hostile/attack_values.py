"""Cases of the attacks that say what a function makes of a text, and not what the program does."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import yaml
from markdown_it import MarkdownIt

from annotator.errors import AnnotatorError
from annotator.export.collections.mark_table import safe_cell
from annotator.export.filenames import file_stem
from annotator.export.hyperlinks import safe_href
from annotator.export.markdown.escaping import escape
from annotator.export.markdown.front_matter import front_matter
from annotator.fetch.failures import retry_after
from annotator.fetch.urls import check_address
from annotator.model.text import clean_line, clean_text

_PLAIN = {"paragraph_open", "inline", "paragraph_close", "text", "text_special", "softbreak"}


def _is_round(text: str) -> bool:
    head = front_matter({"title": text}).strip().strip("-")
    return bool(yaml.safe_load(head) == {"title": clean_line(text)})


def _is_plain(text: str) -> bool:
    tokens = (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(escape(clean_text(text)))
    )
    inside = [child for token in tokens for child in token.children or ()]
    return {token.type for token in [*tokens, *inside]} <= _PLAIN


def _is_safe(address: str) -> bool:
    return not re.search(r"[<>()\"`\s]", safe_href(address))


# By the kind of a case: what the expectation is called, and what gives the value for it.
FUNCTIONS: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "text": ("equals", clean_text),
    "line": ("equals", clean_line),
    "url": ("equals", check_address),
    "href": ("safe", _is_safe),
    "filename": ("equals", file_stem),
    "yaml": ("roundtrip", _is_round),
    "markdown": ("plain", _is_plain),
    "csv": ("equals", safe_cell),
    "retry-after": ("equals", lambda value: retry_after(value, now=datetime.now(UTC))),
}


def wrong_value(kind: str, text: str, expected: Mapping[str, object]) -> tuple[str, bool]:
    """Return what is wrong with the value of a case, and whether its text was refused."""
    name, function = FUNCTIONS[kind]
    try:
        value = function(text)
    except AnnotatorError as error:
        return ("" if expected.get("refused") else f"refused: {error}"), True
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
        return f"a crash: {error!r}", False
    if expected.get("refused"):
        return f"taken as {value!r}, and should be refused", False
    is_right = name not in expected or value == expected[name]
    return ("" if is_right else f"{value!r}, and should be {expected[name]!r}"), False
