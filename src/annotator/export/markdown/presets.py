"""The presets of notes: the programs for which they are written.

A preset is plain functions from values to text. Templates replace some of them.
"""

from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct

from annotator.errors import InvalidInput, did_you_mean
from annotator.export.markdown.block_syntax import LOGSEQ, MARKDOWN, ORG, Syntax
from annotator.export.markdown.heads import LOGSEQ_HEAD, ORG_HEAD, YAML_HEAD, Head
from annotator.export.markdown.logseq import logseq_header, logseq_mark
from annotator.export.markdown.mark_text import (
    obsidian_header,
    obsidian_mark,
    plain_header,
    plain_mark,
)
from annotator.export.markdown.note_views import ArticleView, MarkView
from annotator.export.markdown.org import org_header, org_mark
from annotator.export.markdown.property_merge import Value

DEFAULT: Final = "obsidian"


class Preset(Struct, frozen=True, kw_only=True):
    """The parts of a note: its file name, properties, header and marks, and their syntax.

    Without `stem` a file is called after the title of its article.
    `highlight` is around marked passages in the text of the article, where that can be
    in the note. `version` changes with what the functions write.
    """

    name: str
    suffix: str
    syntax: Syntax
    head: Head
    header: Callable[[ArticleView], str]
    mark: Callable[[MarkView, ArticleView], str]
    properties: Callable[[ArticleView], Mapping[str, Value]]
    stem: Callable[[ArticleView], str] | None = None
    version: str = ""
    highlight: str = ""


def note_properties(article: ArticleView) -> Mapping[str, Value]:
    """Return the properties, those of Obsidian's Web Clipper first and in its order."""
    return {
        "title": article.title,
        "source": article.url,
        "author": article.authors,
        "published": article.published,
        "created": article.created,
        "description": article.description,
        "tags": article.tags,
        "site": article.site,
        "access": article.access,
        "kinds": article.kinds,
        "annotator_id": article.id,
    }


def _obsidian_properties(article: ArticleView) -> Mapping[str, Value]:
    """Return the properties with the title as an alias, if the file cannot be called so."""
    own = dict(note_properties(article))
    identity = own.pop("annotator_id")
    return {**own, "aliases": [article.alias] if article.alias else [], "annotator_id": identity}


PRESETS: Final[Mapping[str, Preset]] = {
    preset.name: preset
    for preset in (
        Preset(
            name="obsidian",
            suffix=".md",
            syntax=MARKDOWN,
            head=YAML_HEAD,
            header=obsidian_header,
            mark=lambda mark, _: obsidian_mark(mark),
            properties=_obsidian_properties,
            highlight="==",
        ),
        Preset(
            name="logseq",
            suffix=".md",
            syntax=LOGSEQ,
            head=LOGSEQ_HEAD,
            header=logseq_header,
            mark=lambda mark, _: logseq_mark(mark),
            properties=note_properties,
        ),
        Preset(
            name="org",
            suffix=".org",
            syntax=ORG,
            head=ORG_HEAD,
            header=org_header,
            mark=lambda mark, _: org_mark(mark),
            properties=note_properties,
        ),
        Preset(
            name="plain",
            suffix=".md",
            syntax=MARKDOWN,
            head=YAML_HEAD,
            header=plain_header,
            mark=lambda mark, _: plain_mark(mark),
            highlight="<mark>",
            properties=note_properties,
        ),
    )
}


def preset_named(name: str) -> Preset:
    """Return a preset; raises `InvalidInput` for an unknown one."""
    if name not in PRESETS:
        hint = did_you_mean(name, PRESETS).strip()
        raise InvalidInput(
            f"Unknown preset: {name}.", hint or f"Choose one of: {', '.join(PRESETS)}."
        )
    return PRESETS[name]
