"""The parts of notes that users can write themselves, as templates.

`DEFAULTS` write what the preset for Obsidian writes, and are what users begin with.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from math import isfinite
from typing import Any, Final
from zlib import crc32

from msgspec import Struct
from msgspec.inspect import Metadata, StructType, type_info
from msgspec.structs import asdict, replace
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from annotator.errors import SettingsError
from annotator.export.exporters import NoteSource
from annotator.export.filenames import file_stem
from annotator.export.markdown.digest import DigestEntry
from annotator.export.markdown.front_matter import Literal
from annotator.export.markdown.note_views import (
    ArticleView,
    FieldView,
    LinkView,
    MarkView,
    article_view,
)
from annotator.export.markdown.presets import DEFAULT, PRESETS, Preset
from annotator.export.markdown.property_merge import Value
from annotator.export.markdown.template_engine import Sandbox, render
from annotator.model import (
    Anchored,
    AnchoredMark,
    Annotation,
    Article,
    ArticleRecord,
    Block,
    Claim,
    Link,
    Orphan,
    Span,
    Target,
    TextPositionSelector,
    TextQuoteSelector,
)
from annotator.model.text import clean_line

FILE_NAME, PROPERTIES, HEADER, MARK, DIGEST = (
    "file-name.jinja",
    "properties.jinja",
    "header.jinja",
    "mark.jinja",
    "digest.jinja",
)

DEFAULTS: Final[Mapping[str, str]] = {
    FILE_NAME: """\
{# The name of a new file, without .md. What cannot be in the name of a file is removed. #}
{{ article.title }}
""",
    PROPERTIES: """\
{# The properties, as YAML: values, or lists of values. Empty ones are left out.
   The filter yaml makes a text; what has no quotation marks can be a number or a date.
   annotator_id is always added. #}
title: {{ article.title | yaml }}
source: {{ article.url | yaml }}
author: {{ article.authors | yaml }}
published: {{ article.published | yaml }}
created: {{ article.created | yaml }}
description: {{ article.description | yaml }}
tags: {{ article.tags | yaml }}
site: {{ article.site | yaml }}
access: {{ article.access | yaml }}
kinds: {{ article.kinds | yaml }}
{% if article.alias %}
aliases: {{ [article.alias] | yaml }}
{% endif %}
""",
    HEADER: """\
{# The text above the marks, of a new file: it is yours afterwards. #}
# {{ article.title | line or "Untitled" }}

{{ [article.source_line, article.minutes ~ (" minute" if article.minutes == 1 else " minutes")]
   | select | join(" · ") }}
{% if article.completeness %}

> [!warning] {{ article.completeness }}
{% endif %}
""",
    MARK: """\
{# A mark. The text between its two comments; keep the line with ^ for links to it. #}
> [!{{ mark.callout }}] {{ [mark.kind | capitalize, mark.status] | select | join(" · ") | line }}
{{ mark.markdown | quote }}
{% set tags = "#" ~ mark.tags | join(" #") if mark.tags else "" %}
{% set below = [mark | source, tags] | select | join(" · ") %}
{% if below %}
>
> {{ below }}
{% endif %}

^{{ mark.block }}

{% if mark.now %}
{{ mark | now_reads }}

{% endif %}
{% if mark.note %}
{{ mark.note | own }}

{% endif %}
{% for field in mark.fields %}
- {{ field.key }}:: {{ field.value | line }}
{% endfor %}
{% for link in mark.links + mark.backlinks %}
- {{ link.relation }}:: {{ link | wiki }}{{ " — " ~ link.note | line if link.note }}
{% endfor %}
""",
    DIGEST: """\
{# A mark in a digest: the text between its two comments. #}
{{ mark.markdown | quote }}

{% set kind = "**" ~ mark.kind | line ~ "**" if mark.kind else "" %}
{% set tags = "#" ~ mark.tags | join(" #") if mark.tags else "" %}
{{ [kind, place, tags] | select | join(" · ") }}

{% if mark.note %}
{{ mark.note | own }}

{% endif %}
{% if mark.fields %}
{% for field in mark.fields %}
- {{ field.key }}:: {{ field.value | line }}
{% endfor %}

{% endif %}
{% if backing %}
{{ backing }}

{% endif %}
{{ evidence }}
""",
}

_BLOCK = re.compile(r"(?=<!-- annotator:)")


class Variable(Struct, frozen=True):
    """A variable of templates and what it holds."""

    name: str
    description: str


def variables() -> Iterator[Variable]:
    """Yield every variable that templates can use, those of lists by the name of an item."""
    for name, kind in (
        ("article", ArticleView),
        ("mark", MarkView),
        ("field", FieldView),
        ("link", LinkView),
        ("", DigestEntry),
    ):
        found = type_info(kind)
        assert isinstance(found, StructType)  # noqa: S101 - what msgspec returns for a Struct
        for field in found.fields:
            extra = field.type.extra_json_schema if isinstance(field.type, Metadata) else None
            description = (extra or {}).get("description", "")
            if description:
                yield Variable(f"{name}.{field.name}".lstrip("."), description)


def digest_template(sources: Mapping[str, str]) -> Callable[[DigestEntry], str] | None:
    """Return the function that writes a mark of a digest, if there is a template for that."""
    if DIGEST not in sources:
        return None
    templates = _Templates(PRESETS[DEFAULT], Sandbox(sources))
    return templates.digest_mark


def templated(preset: Preset, sources: Mapping[str, str]) -> Preset:
    """Return a preset of which some parts are written by templates, by the names of their files."""
    if not sources:
        return preset
    templates = _Templates(preset, Sandbox(sources))
    digest = crc32("\0".join(f"{name}\0{sources[name]}" for name in sorted(sources)).encode())
    return replace(
        preset,
        stem=templates.stem if FILE_NAME in sources else preset.stem,
        properties=templates.properties if PROPERTIES in sources else preset.properties,
        header=templates.header if HEADER in sources else preset.header,
        mark=templates.mark if MARK in sources else preset.mark,
        version=f"{preset.version}.{digest:x}",
    )


class _Templates(Struct, frozen=True):
    """The functions of a preset, of which each renders a template."""

    preset: Preset
    sandbox: Sandbox

    def stem(self, article: ArticleView) -> str:
        """Return the name of a file; it can have no folder in it."""
        return file_stem(self._render(FILE_NAME, article=article).strip())

    def properties(self, article: ArticleView) -> Mapping[str, Value]:
        """Return the properties that the YAML of a template has."""
        text = self._render(PROPERTIES, article=article)
        try:
            found = YAML(typ="safe", pure=True).load(text) or {}
        except MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise SettingsError(
                f"Template {PROPERTIES} does not make YAML: {error.problem}, in line {line} of "
                "what it writes.",
                "Write texts with the filter yaml: {{ article.title | yaml }}.",
            ) from error
        except (YAMLError, ValueError, RecursionError) as error:
            raise SettingsError(f"Template {PROPERTIES} does not make YAML.", "") from error
        if not isinstance(found, dict):
            raise SettingsError(
                f"Template {PROPERTIES} does not make properties.",
                "Write each on a line:  name: value",
            )
        own = {str(name): _value(value, str(name)) for name, value in found.items()}
        return {**own, "annotator_id": article.id}

    def header(self, article: ArticleView) -> str:
        """Return the text above the marks."""
        return self._render(HEADER, article=article)

    def mark(self, mark: MarkView, article: ArticleView) -> str:
        """Return the contents of the block of a mark."""
        return self._render(MARK, article=article, mark=mark).strip("\n")

    def digest_mark(self, entry: DigestEntry) -> str:
        """Return the contents of the block of a mark in a digest."""
        return self._render(DIGEST, **asdict(entry)).strip("\n")

    def _render(self, name: str, **values: object) -> str:
        return _BLOCK.sub(r"\\", render(self.sandbox, name, values))


def _value(value: Any, name: str) -> Value:  # noqa: ANN401 - whatever YAML can hold
    if isinstance(value, list | tuple):
        return [_scalar(each, name) for each in value if each is not None]
    return _scalar(value, name)


def _scalar(value: Any, name: str) -> str:  # noqa: ANN401 - as above
    """Return a text, or what is one without quotation marks: numbers, dates, true and false."""
    if isinstance(value, list | tuple | dict):
        raise SettingsError(
            f"Template {PROPERTIES}: {clean_line(name)} has more than a value or a list of values.",
            "Write it as properties of their own, or as a text.",
        )
    if isinstance(value, bool | int) or (isinstance(value, float) and isfinite(value)):
        return Literal(json.dumps(value))
    if isinstance(value, date) and not isinstance(value, datetime):
        return Literal(value.isoformat())
    return "" if value is None else str(value)


def try_templates(sources: Mapping[str, str]) -> None:
    """Render every template with an article that has all that it can have, and one with nothing.

    Raises `SettingsError` for the first mistake.
    """
    preset, digest = templated(PRESETS[DEFAULT], sources), digest_template(sources)
    for article in (_FULL, _EMPTY):
        if preset.stem:
            preset.stem(article)
        preset.properties(article)
        preset.header(article)
        for mark in article.marks:
            preset.mark(mark, article)
            if digest:
                digest(DigestEntry(mark, article, "[[a]]", "", "- supported by b"))


def _sample(*, is_full: bool) -> ArticleView:
    """Return an article that was never stored, to try templates with."""
    text = "Prices rose by a tenth."
    target = Target(TextQuoteSelector(text), TextPositionSelector(0, len(text)))
    mark = Annotation("01aa", "1", target)
    record = ArticleRecord("1", "", "")
    if is_full:
        links = (Link("supports", "https://example.org/", "a note"), Link("opposes", "01aa"))
        claim = Claim("Prices rose.", "Ada", "2024-05-01", "fact", "open", "low", "True.")
        mark = replace(mark, kind="claim", tags=("a",), note="A note.", claim=claim, links=links)
        record = ArticleRecord(
            "1", "https://example.org/a", "A: title", ("Ada",), "Site", "2024-05-01", "en", "About"
        )
        record = replace(record, access="partial", tags=("a",))
    article = Article("1", record.url, record.title, blocks=(Block("paragraph", text),))
    place = Anchored(Span(0, len(text)), "changed") if is_full else Orphan()
    placed = [AnchoredMark(mark, place)]
    return article_view(NoteSource(article=article, placed=placed, record=record))


_FULL, _EMPTY = _sample(is_full=True), _sample(is_full=False)
