"""What came of an export, whatever its source and its files."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from annotator.errors import AnnotatorError
from annotator.model.labels import count
from annotator.store import ExportResult

_OUTCOMES = ("new", "updated", "merged", "unchanged", "kept", "failed")


class Exported(Struct, frozen=True):
    """The result for one article: a file or an error.

    `marks` counts what happened to the marks in it, `in_both` has the words of those that were
    changed in the library and in the file, `again` of those of which the user deleted the block;
    `orphans` are those whose passage was
    not found. `kept` names the properties that the user changed, `problems` are sentences
    about what was left as it is. The file was `merged` if the user had edited it; that was
    done `with_care` if it is not known what was exported last.
    """

    article_id: str
    title: str = ""
    written: ExportResult | None = None
    marks: Mapping[str, int] = {}
    in_both: Sequence[str] = ()
    again: Sequence[str] = ()
    orphans: int = 0
    kept: Sequence[str] = ()
    problems: Sequence[str] = ()
    is_merged: bool = False
    with_care: bool = False
    error: AnnotatorError | None = None

    @property
    def outcome(self) -> str:
        """The fate of the file in a word; `merged` is one that the user had edited."""
        if self.written is None:
            return "failed"
        return "merged" if self.is_merged else self.written.outcome

    @property
    def told(self) -> Sequence[str]:
        """Sentences about single marks, and what was left as it is."""
        both, again = count(len(self.in_both), "mark"), count(len(self.again), "block")
        kept = "An emptied block stays empty, if its two comments stay."
        sentences = {
            f"{both} changed in both: {', '.join(self.in_both)}.": self.in_both,
            f"{again} that you deleted, written again: {', '.join(self.again)}. {kept}": self.again,
        }
        return [*(words for words, marks in sentences.items() if marks), *self.problems]


class ExportReport(Struct, frozen=True):
    """The result for each file, those of articles in the order of the ids.

    `left_out` are the ids of articles without marks that have no file. `without_article`
    counts the files in the folder whose article is not in the library. `told` are sentences
    about the whole, such as what the format left out, and `extent` says how much is in a file
    of many articles.
    """

    folder: Path
    exported: Sequence[Exported]
    left_out: Sequence[str] = ()
    without_article: int = 0
    told: Sequence[str] = ()
    extent: str = ""

    @property
    def written(self) -> tuple[ExportResult, ...]:
        """The files, also those that have not changed."""
        return tuple(exported.written for exported in self.exported if exported.written)

    @property
    def changes(self) -> tuple[ExportResult, ...]:
        """The files that were written, or would be."""
        return tuple(
            file
            for file in self.written
            if file.before != file.after or file.outcome in {"new", "updated"}  # of a book
        )

    @property
    def summary(self) -> str:
        """The number of files with each outcome, in a sentence."""
        if not self.exported:
            return f"Nothing to write to {self.folder}."
        if self.extent:
            files = (f"{file.place}: {file.outcome}, {self.extent}." for file in self.written)
            return " ".join(files)
        counts = Counter(exported.outcome for exported in self.exported)
        told = ", ".join(f"{counts[name]:,} {name}" for name in _OUTCOMES if counts[name])
        articles = len({exported.article_id for exported in self.exported})
        return f"{count(articles, 'article')} in {self.folder}: {told}."

    @property
    def remarks(self) -> Sequence[str]:
        """Sentences about conflicts, orphans, and what was left out or written with care."""
        conflicts = sum(exported.marks.get("conflict", 0) for exported in self.exported)
        orphans = sum(exported.orphans for exported in self.exported)
        careful = sum(exported.with_care for exported in self.exported)
        left_out, others = len(self.left_out), self.without_article
        total = len({exported.article_id for exported in self.exported}) + left_out
        told = {
            "What you changed stays, and the new lines are below it.": conflicts,
            f"{count(orphans, 'mark')} not found in the article any more.": orphans,
            f"What was exported last to {count(careful, 'file')} is not known: what differs at "
            "the head was left as it is.": careful,
            f"{left_out:,} of {count(total, 'article')} left out: no marks.": left_out,
            f"{count(others, 'file')} of articles that are not in the library.": others,
        }
        return [sentence for sentence, number in told.items() if number]

    @property
    def problems(self) -> Sequence[str]:
        """Sentences about what was left out, or left as it is in a file, with its name."""
        of_files = (
            f"{exported.written.name}: {problem}"
            for exported in self.exported
            for problem in exported.told
            if exported.written
        )
        return [*self.told, *of_files]

    @property
    def first_error(self) -> AnnotatorError | None:
        """The first error, or `None`."""
        return next((exported.error for exported in self.exported if exported.error), None)
