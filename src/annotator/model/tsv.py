"""Values as tab-separated fields, one line each, for other programs to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.model.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.model import Annotation, ArticleRecord, PassageDecision


def article_fields(record: ArticleRecord) -> tuple[str, ...]:
    """Return the fields of an article: id, title, site, date, minutes, state, access, tags."""
    return (
        record.id,
        record.title,
        record.site_name,
        record.published,
        str(record.minutes),
        record.state,
        record.access,
        ",".join(record.tags),
    )


def mark_fields(annotation: Annotation) -> tuple[str, ...]:
    """Return the fields of a mark: two ids, kind, tags, quote, note, speaker, status.

    The ids are its own and that of its article.
    """
    return (
        annotation.id,
        annotation.article_id,
        annotation.kind,
        ",".join(annotation.tags),
        annotation.quote,
        annotation.note,
        annotation.claim.speaker if annotation.claim else "",
        annotation.status or "",
    )


def decision_fields(decision: PassageDecision) -> tuple[str, ...]:
    """Return the fields of a decision: kept or dropped, probability, rule, reason, text."""
    return (
        "kept" if decision.is_kept else "dropped",
        "" if decision.score is None else f"{decision.score:.2f}",
        f"{decision.step}/{decision.rule}",
        decision.reason,
        clean_line(decision.text),
    )


def as_line(fields: Sequence[str]) -> str:
    """Return the fields joined with tabs, each sanitised and on one line."""
    line = "\t".join(fields)
    if line.count("\t") == len(fields) - 1 and line.replace("\t", "").isprintable():
        return line  # one check for all fields, since there may be a hundred thousand lines
    return "\t".join(
        field if field.isprintable() else clean_line(field, limit=len(field)) for field in fields
    )
