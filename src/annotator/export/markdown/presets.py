"""The presets of notes: the programs for which they are written.

A note looks as its templates say. Those of a preset are in the folder `templates`, and users
begin with them; a template of theirs takes the place of one. Everything that a template
cannot say is here: the syntax of the properties and of the blocks.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from math import isfinite
from pkgutil import get_data
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from msgspec import Struct
from msgspec.structs import asdict, replace
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from annotator.errors import InvalidInput, SettingsError, did_you_mean
from annotator.export import markdown
from annotator.export.filenames import file_stem
from annotator.export.markdown.block_syntax import LOGSEQ, MARKDOWN, ORG, Syntax
from annotator.export.markdown.front_matter import Literal, day
from annotator.export.markdown.heads import LOGSEQ_HEAD, ORG_HEAD, YAML_HEAD, Head
from annotator.export.markdown.note_facts import ArticleFacts, DigestEntry, MarkFacts
from annotator.export.markdown.property_merge import Value
from annotator.model.text import clean_line

if TYPE_CHECKING:
    from annotator.export.markdown.template_engine import TemplateEngine

DEFAULT: Final = "obsidian"

FILE_NAME, PROPERTIES, HEADER, MARK, DIGEST = (
    "file-name.jinja",
    "properties.jinja",
    "header.jinja",
    "mark.jinja",
    "digest.jinja",
)

_PROPERTIES: Final[Mapping[str, str]] = {  # those of Obsidian's Web Clipper first, in its order
    "title": "title",
    "source": "url",
    "doi": "doi",
    "author": "authors",
    "published": "published",
    "created": "created",
    "description": "description",
    "tags": "tags",
    "site": "site",
    "access": "access",
    "kinds": "kinds",
}
_DAYS: Final = frozenset({"published", "created"})
_ABOUT_PROPERTIES = """\
{# The properties, as YAML: values, or lists of values. Empty ones are left out.
   The filter yaml makes a text; what has no quotation marks can be a number or a date.
   annotator_id is always added. #}
"""
_ALIASES = """\
{% if article.alias %}
aliases: {{ [article.alias] | yaml }}
{% endif %}
"""


class Preset(Struct, frozen=True, kw_only=True, dict=True):
    """A program for which notes are written, and the user's own templates for it, if any.

    `own` are these by the names of their files. `has_aliases` says that a title which cannot
    name a file is an alias of the note. `highlight` is around marked passages in the text of
    the article, where that can be in the note.
    """

    name: str
    suffix: str
    syntax: Syntax
    head: Head
    has_aliases: bool = False
    highlight: str = ""
    own: Mapping[str, str] = {}

    @property
    def version(self) -> str:
        """The name, and what changes with the templates of the user."""
        if not self.own:
            return self.name
        texts = "\0".join(f"{name}\0{self.own[name]}" for name in sorted(self.own))
        return f"{self.name}.{crc32(texts.encode()):x}"

    @property
    def templates(self) -> Mapping[str, str]:
        """The templates that users begin with, by their names: they write what the preset does."""
        lines = (
            f"{name}: {{{{ article.{of} | {'day | ' if of in _DAYS else ''}yaml }}}}\n"
            for name, of in _PROPERTIES.items()
        )
        properties = (_ABOUT_PROPERTIES, *lines, _ALIASES if self.has_aliases else "")
        texts = {FILE_NAME: _template("", FILE_NAME), PROPERTIES: "".join(properties)}
        return texts | {name: _template(self.name, name) for name in (HEADER, MARK, DIGEST)}

    def stem(self, article: ArticleFacts) -> str:
        """Return the name of a new file; it can have no folder in it."""
        is_own = FILE_NAME in self.own
        return file_stem(self._render(FILE_NAME, article=article) if is_own else article.title)

    def properties(self, article: ArticleFacts) -> Mapping[str, Value]:
        """Return the properties of a note, its identity last."""
        if PROPERTIES in self.own:
            own = read_yaml(self._render(PROPERTIES, article=article), PROPERTIES)
            return {**own, "annotator_id": article.id}
        own = {name: getattr(article, field) for name, field in _PROPERTIES.items()}
        own |= {name: day(str(own[name])) for name in _DAYS}
        if self.has_aliases:
            own["aliases"] = [article.alias] if article.alias else []
        return {**own, "annotator_id": article.id}

    def header(self, article: ArticleFacts) -> str:
        """Return the text above the marks."""
        return self._render(HEADER, article=article).strip("\n")

    def mark(self, mark: MarkFacts, article: ArticleFacts) -> str:
        """Return the contents of the block of a mark."""
        return self._render(MARK, article=article, mark=mark).strip("\n")

    def digest_mark(self, entry: DigestEntry) -> str:
        """Return the contents of the block of a mark in a digest."""
        return self._render(DIGEST, **asdict(entry)).strip("\n")

    def _render(self, name: str, **values: object) -> str:
        return self._engine.render(name, values)

    @cached_property
    def _engine(self) -> "TemplateEngine":
        built_in = {name: _template(self.name, name) for name in (HEADER, MARK, DIGEST)}
        return markdown.template_engine.TemplateEngine(self.name, built_in, self.own)


def _template(preset: str, name: str) -> str:
    path = f"templates/{preset}/{name}" if preset else f"templates/{name}"
    return (get_data(__package__, path) or b"").decode().replace("\r\n", "\n")


PRESETS: Final[Mapping[str, Preset]] = {
    preset.name: preset
    for preset in (
        Preset(
            name="obsidian",
            suffix=".md",
            syntax=MARKDOWN,
            head=YAML_HEAD,
            has_aliases=True,
            highlight="==",
        ),
        Preset(name="logseq", suffix=".md", syntax=LOGSEQ, head=LOGSEQ_HEAD),
        Preset(name="org", suffix=".org", syntax=ORG, head=ORG_HEAD),
        Preset(name="plain", suffix=".md", syntax=MARKDOWN, head=YAML_HEAD, highlight="<mark>"),
    )
}


def preset_named(name: str, own: Mapping[str, str] | None = None) -> Preset:
    """Return a preset, with templates of the user in place of some of its own.

    Raises `InvalidInput` for an unknown one.
    """
    if name not in PRESETS:
        hint = did_you_mean(name, PRESETS).strip()
        raise InvalidInput(
            f"Unknown preset: {name}.", hint or f"Choose one of: {', '.join(PRESETS)}."
        )
    return replace(PRESETS[name], own=own) if own else PRESETS[name]


def read_yaml(text: str, name: str) -> Mapping[str, Value]:
    """Return the properties in a text that the template `name` wrote.

    Raises `SettingsError` if it is not YAML, or holds more than values and lists of values.
    """
    try:
        values = YAML(typ="safe", pure=True).load(text) or {}
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SettingsError(
            f"Template {name} does not make YAML: {error.problem}, in line {line} of "
            "what it writes.",
            "Write texts with the filter yaml: {{ article.title | yaml }}.",
        ) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise SettingsError(f"Template {name} does not make YAML.", "") from error
    if not isinstance(values, dict):
        raise SettingsError(
            f"Template {name} does not make properties.", "Write each on a line:  name: value"
        )
    properties: dict[str, Value] = {}
    for key, value in values.items():
        place = f"{name}: {clean_line(str(key))}"
        properties[str(key)] = (
            [_scalar(item, place) for item in value if item is not None]
            if isinstance(value, list | tuple)
            else _scalar(value, place)
        )
    return properties


def _scalar(value: Any, place: str) -> str:  # noqa: ANN401 - whatever YAML can hold
    """Return a text, or what is one without quotation marks: numbers, dates, true and false."""
    if isinstance(value, list | tuple | dict):
        raise SettingsError(
            f"Template {place} has more than a value or a list of values.",
            "Write it as properties of their own, or as a text.",
        )
    if isinstance(value, bool | int) or (isinstance(value, float) and isfinite(value)):
        return Literal(json.dumps(value))
    if isinstance(value, date) and not isinstance(value, datetime):
        return Literal(value.isoformat())
    return "" if value is None else str(value)
