"""What templates of users can use, and trying them before anything is written."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.inspect import Metadata, StructType, type_info
from msgspec.structs import replace

from annotator.export.exporters import NoteSource
from annotator.export.markdown.note_facts import (
    ArticleFacts,
    DigestEntry,
    FieldFacts,
    LinkFacts,
    MarkFacts,
    article_facts,
)
from annotator.export.markdown.presets import DIGEST, FILE_NAME, Preset
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


class Variable(Struct, frozen=True):
    """A variable of templates and what it holds."""

    name: str
    description: str


def variables() -> Iterator[Variable]:
    """Yield every variable that templates can use, those of lists by the name of an item."""
    for name, kind in (
        ("article", ArticleFacts),
        ("mark", MarkFacts),
        ("field", FieldFacts),
        ("link", LinkFacts),
        ("", DigestEntry),
    ):
        described = type_info(kind)
        assert isinstance(described, StructType)  # noqa: S101 - what msgspec returns for a Struct
        for field in described.fields:
            extra = field.type.extra_json_schema if isinstance(field.type, Metadata) else None
            description = (extra or {}).get("description", "")
            if description:
                yield Variable(f"{name}.{field.name}".lstrip("."), description)


def try_templates(preset: Preset) -> None:
    """Render every template of a preset for an article with everything and one with nothing.

    Raises `SettingsError` for the first mistake.
    """
    for article in (_FULL, _EMPTY):
        if FILE_NAME in preset.own:
            preset.stem(article)
        preset.properties(article)
        preset.header(article)
        for mark in article.marks:
            preset.mark(mark, article)
            if DIGEST in preset.own:
                preset.digest_mark(DigestEntry(mark, article, "[[a]]", "", "- supported by b"))


def _sample(*, is_full: bool) -> ArticleFacts:
    """Return an article that was never stored, to try templates with."""
    text = "Prices rose by a tenth."
    target = Target(TextQuoteSelector(text), TextPositionSelector(0, len(text)))
    mark = Annotation("01aa", "1", target)
    record = ArticleRecord("1", "", "")
    if is_full:
        links = (Link("supports", "https://example.org/", "a note"), Link("opposes", "01bb"))
        claim = Claim("Prices rose.", "Ada", "2024-05-01", "fact", "open", "low", "True.")
        mark = replace(mark, kind="claim", tags=("a",), note="A note.", claim=claim, links=links)
        record = ArticleRecord(
            "1", "https://example.org/a", "A: title", ("Ada",), "Site", "2024-05-01", "en", "About"
        )
        record = replace(record, access="partial", tags=("a",))
    article = Article("1", record.url, record.title, blocks=(Block("paragraph", text),))
    place = Anchored(Span(0, len(text)), "changed") if is_full else Orphan()
    placed = [AnchoredMark(mark, place)]
    if is_full:
        other = Annotation("01bb", "1", target, links=(Link("informs", "01aa", "a note"),))
        placed.append(AnchoredMark(other, place))
    return article_facts(NoteSource(article=article, placed=placed, record=record))


_FULL, _EMPTY = _sample(is_full=True), _sample(is_full=False)
