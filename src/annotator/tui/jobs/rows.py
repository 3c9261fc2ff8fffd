"""Jobs as rows of a list, and their outcomes in words."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from annotator.model.labels import ACCESS, count
from annotator.store import Outcome
from annotator.tui.dialogs.refresh import describe_outcome
from annotator.tui.lists.rows import Line, Piece
from annotator.tui.lists.text_fit import pad, truncate, wrap
from annotator.usecases.articles.add import AddedArticle
from annotator.usecases.articles.jobs import Job, JobState
from annotator.usecases.articles.refresh import RefreshAttempt, Refreshed

_GLYPHS: Mapping[JobState, tuple[str, str]] = {  # with the role of its style
    "waiting": ("·", "quiet"),
    "working": ("…", "chosen"),
    "done": ("✓", "chosen"),
    "failed": ("✗", "warning"),
    "stopped": ("–", "quiet"),
}
_INDENT = 3  # cells: a margin, the glyph, a space
_MOST_LINES = 3  # of the reason why one failed
_MIN_LABEL = 20  # cells

_ADDED: Mapping[Outcome, str] = {
    "added": "added",
    "unchanged": "already there",
    "revised": "newer version added",
    "kept": "saved copy is better",
}


class JobRow(Struct, frozen=True):
    """A job: its glyph, what it is on, and what it does or came to; below, why it failed."""

    job: Job[Any]
    words: str

    @property
    def key(self) -> str:
        """The key of the job."""
        return self.job.key

    def lines(self, width: int) -> Sequence[Line]:
        """Return the job on one line, and the reason on those below."""
        glyph, role = _GLYPHS[self.job.state]
        words = truncate(self.words, max(1, width - _INDENT - _MIN_LABEL))
        result = self.job.result
        name = (result.record.title if result else "") or self.job.label
        label = pad(name, max(1, width - _INDENT - len(words) - 3))
        first = (Piece(f" {glyph} ", role), Piece(label), Piece(f"  {words} ", role))
        error = self.job.error
        reason = f"{error.message} {error.hint}" if error else ""
        wrapped = wrap(reason, max(1, width - _INDENT - 1), lines=_MOST_LINES)
        return (first, *((Piece(" " * _INDENT), Piece(line, "quiet")) for line in wrapped))


def job_row(job: Job[Any], outcome: Callable[[Any], str]) -> JobRow:
    """Return the row of a job; `outcome` gives the words for a result."""
    if job.state == "working":
        words = f"{job.step or 'starting'} …"
    elif job.state == "done":
        words = outcome(job.result)
    else:
        words = job.state
    return JobRow(job, words)


def added_words(added: AddedArticle) -> str:
    """Return what became of a source in a few words."""
    words = _ADDED[added.outcome]
    lacks = ACCESS[added.completeness.access].short
    return f"{words}, {lacks}" if lacks else words


def refreshed_words(refreshed: Refreshed) -> str:
    """Return what became of an article that was refreshed in a few words."""
    return describe_outcome(RefreshAttempt(refreshed.record, refreshed))


def progress_words(counts: Counter[JobState], done: str) -> str:
    """Return how far the jobs are, in one line: “3 of 10 added, 1 failed”."""
    total = counts.total()
    words = [f"{counts['done']:,} of {total:,} {done}"]
    words += [f"{counts[state]:,} {state}" for state in ("failed", "stopped") if counts[state]]
    return ", ".join(words)


def number_of(articles: int) -> str:
    """Return a number of articles."""
    return count(articles, "article")
