"""Exporting one note of all marks that match a query, in groups and with their evidence."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import AnnotatorError
from annotator.export.filenames import file_stem
from annotator.export.markdown import digest
from annotator.export.markdown.note import note_exporter
from annotator.export.markdown.presets import preset_named
from annotator.model import ArticleRecord
from annotator.model.query import Field, MarkedOn, Query, every
from annotator.store import ExportedFile, Library, Marked, questions
from annotator.usecases.articles.open_article import addressed
from annotator.usecases.exporting.export import DIGEST
from annotator.usecases.exporting.report import Exported, ExportReport
from annotator.usecases.exporting.vault import Composed, Vault, bring_up_to_date, usable_name
from annotator.usecases.marks.claims import Grouping, is_shared, list_marks, load_marks
from annotator.usecases.marks.evidence import ENDINGS, summary, walk
from annotator.usecases.marks.links import evidence_tree
from annotator.usecases.queries.selection import split_article

DEPTH = 4  # levels of evidence; deeper ones are in the program

_NOTHING: Mapping[Grouping, str] = {
    "tag": "Without tags",
    "speaker": "Without a speaker",
    "author": "Without an author",
    "status": "Without a status",
    "kind": "Without a kind",
    "site": "Without a site",
    "day": "Without a day",
}


class DigestOptions(Struct, frozen=True):
    """The name of a digest, and how its marks are grouped.

    An empty name is that of the query. With `is_daily` it has the marks of today only, and
    the date in its name. `articles` and `marks` are the ids of those whose marks, or that, can
    be in it, or None for all. `query` is what the words of the query mean, if that is known.
    """

    name: str = ""
    grouping: Grouping = "tag"
    is_daily: bool = False
    articles: Collection[str] | None = None
    marks: Collection[str] | None = None
    query: Query | None = None


USUAL: Final = DigestOptions()


def export_digest(
    library: Library,
    words: Sequence[str],
    vault: Vault,
    *,
    options: DigestOptions = USUAL,
    now: datetime,
) -> ExportReport:
    """Write a note of the marks that match a query, or bring it up to date.

    What the user wrote in it stays. The report is empty if nothing matches and there is no
    such note yet. Raises `ExportError` if the folder cannot be used.
    """
    title = digest_title(options.name, words, now=now, is_daily=options.is_daily)
    identity = f"{DIGEST}{digest.short_hash(title.casefold())}"
    run, exporter = vault.runner(), note_exporter(preset_named(vault.preset))
    with vault.opened(exporter) as files:
        try:
            groups = _groups(library, words, options)
            if not groups and files.find(identity) is None:
                return ExportReport(vault.folder, ())
            if not is_shared(library):
                groups = [_unsigned(group) for group in groups]
            ids = {mark.record.id for group in groups for mark in group.marks}
            source = digest.DigestSource(
                identity=identity,
                title=title,
                query=" ".join(words),
                groups=groups,
                notes={key: name for key in ids if (name := usable_name(files, key))},
                today=f"{now.astimezone():%Y-%m-%d}",
            )

            def compose(file: ExportedFile | None) -> Composed:
                now = replace(source, before=file.text, memory=file.memory) if file else source
                return Composed(run(digest.write_digest, now), title, file_stem(title))

            exported = bring_up_to_date(files, identity, compose)
        except AnnotatorError as error:
            exported = Exported(identity, title, error=error)
    return ExportReport(vault.folder, (exported,))


def digest_title(name: str, words: Sequence[str], *, now: datetime, is_daily: bool) -> str:
    """Return the name of a digest: the one that was given, the day, or the query."""
    if name or not is_daily:
        return name or " ".join(words) or "All marks"
    return f"Marked {now.astimezone():%Y-%m-%d}"


def _groups(
    library: Library, words: Sequence[str], options: DigestOptions
) -> Sequence[digest.DigestGroup]:
    article_id, query = "", options.query
    if query is None:
        article_id, query = split_article(library, words)
    if article_id:
        query = every(Field("article", article_id), query)
    if options.is_daily:
        query = every(query, MarkedOn(last=1))
    listing = list_marks(library, query, grouping=options.grouping)
    numbers = listing.numbers
    loaded = [
        load_marks(library, numbers[group.start : group.start + group.count])
        for group in listing.groups
    ]
    linked = _with_evidence(library, [marked for part in loaded for marked in part])
    known: dict[str, ArticleRecord] = {}

    def record_of(record: ArticleRecord) -> ArticleRecord:
        """Return a record, that of a saved page with the address that this gives."""
        if record.id not in known:
            known[record.id] = addressed(library, record)
        return known[record.id]

    groups, seen = [], set[str]()
    for group, part in zip(listing.groups, loaded, strict=True):
        marks = [
            _mark(library, marked, record_of, has_evidence=marked.annotation.id in linked)
            for marked in part
            if marked.annotation.id not in seen
            and (options.articles is None or marked.record.id in options.articles)
            and (options.marks is None or marked.annotation.id in options.marks)
        ]
        seen.update(of.mark.id for of in marks)
        if marks:
            label = group.label or _NOTHING.get(options.grouping, "Marks")
            if options.grouping == "article":
                label = marks[0].record.title or "Untitled"
            elif options.grouping == "site":
                names = {of.record.site_name for of in marks}
                label = names.pop() if len(names) == 1 and names != {""} else label
            groups.append(digest.DigestGroup(group.key, label, marks))
    return groups


def _unsigned(group: digest.DigestGroup) -> digest.DigestGroup:
    return replace(group, marks=[replace(of, mark=of.mark.unsigned) for of in group.marks])


def _with_evidence(library: Library, marks: Sequence[Marked]) -> Collection[str]:
    """Return the ids of marks that have links, or to which others have some."""
    ids = {marked.annotation.id for marked in marks}
    linked = {marked.annotation.id for marked in marks if marked.annotation.links}
    for _, mark in library.ask(questions.links.linked_marks((), targets=sorted(ids))):
        linked.update(link.target for link in mark.links if link.target in ids)
    return linked


def _mark(
    library: Library,
    marked: Marked,
    record_of: Callable[[ArticleRecord], ArticleRecord],
    *,
    has_evidence: bool,
) -> digest.DigestMark:
    mark, record = marked.annotation, record_of(marked.record)
    if not has_evidence:
        return digest.DigestMark(mark, record)
    tree = evidence_tree(library, mark, depth=DEPTH)
    evidence = []
    for level, node in walk(tree):
        if level:
            at_end = node.marked.record if node.marked else node.page
            evidence.append(
                digest.Evidence(
                    level,
                    node.role,
                    mark=node.marked.annotation if node.marked else None,
                    record=at_end and record_of(at_end),
                    address=node.address,
                    note=node.note,
                    remark=ENDINGS[node.end],
                )
            )
    return digest.DigestMark(mark, record, evidence, summary(tree) if evidence else "")
