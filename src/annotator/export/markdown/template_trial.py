"""The parts of notes that users can write themselves, as templates."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from math import isfinite
from typing import Any
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
from annotator.export.markdown.presets import DEFAULT, Preset, preset_named
from annotator.export.markdown.property_merge import Value
from annotator.export.markdown.template_engine import Sandbox, render
from annotator.export.markdown.template_texts import DIGEST, FILE_NAME, HEADER, MARK, PROPERTIES
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


def digest_template(
    preset: Preset, sources: Mapping[str, str]
) -> Callable[[DigestEntry], str] | None:
    """Return the function that writes a mark of a digest, if there is a template for that."""
    if DIGEST not in sources:
        return None
    templates = _Templates(preset, Sandbox(sources, preset.name))
    return templates.digest_mark


def templated(preset: Preset, sources: Mapping[str, str]) -> Preset:
    """Return a preset of which some parts are written by templates, by the names of their files."""
    if not sources:
        return preset
    templates = _Templates(preset, Sandbox(sources, preset.name))
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


def try_templates(sources: Mapping[str, str], preset_name: str = DEFAULT) -> None:
    """Render every template for a preset, of an article with everything and of one with nothing.

    Raises `SettingsError` for the first mistake.
    """
    preset = templated(preset_named(preset_name), sources)
    digest = digest_template(preset, sources)
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
