"""Bringing the library together with its copies on other machines, while the screens are open."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

from annotator import usecases
from annotator.model.labels import count, short_date
from annotator.tui.lists.rows import truncate

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from annotator.store import Library
    from annotator.usecases.syncing.sync import SyncReport

SYNC_FAILED = "sync failed"
_MOST_NAMED = 3  # titles in a notification
_TITLE_WIDTH = 40  # cells


class LibrarySync:
    """One sync at a time. `doing` is what it does, in a few words; empty if none is going on."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._is_ending = False
        self.doing = ""

    def last(self, now: datetime) -> str:
        """Return in a few words when the last sync was; nothing for a library without."""
        if not self._library.has_repository:
            return ""
        known = usecases.syncing.sync.last_sync(self._library)
        if known.failed:
            return SYNC_FAILED
        if known.last is None:
            return "never synced"
        day = short_date(known.last, now)
        return f"synced {f'{known.last.astimezone():%H:%M}' if day == 'today' else day}"

    async def run(self, now: datetime, changed: Callable[[], None]) -> SyncReport:
        """Sync in a thread, and call `changed` when `doing` has. Raises `SyncFailed`."""
        loop = asyncio.get_running_loop()

        def tell(doing: str) -> None:
            loop.call_soon_threadsafe(self._tell, f"sync: {doing.lower()} …", changed)

        self.doing = "sync …"
        try:
            return await asyncio.to_thread(
                usecases.syncing.sync.sync,
                self._library,
                now=now,
                tell=tell,
                goes_on=lambda: not self._is_ending,
            )
        finally:
            self.doing = ""

    def end(self) -> None:
        """Let a sync that is going on end soon; the next one goes on where it was."""
        self._is_ending = True

    def _tell(self, doing: str, changed: Callable[[], None]) -> None:
        if self.doing and not self._is_ending:
            self.doing = doing
            changed()


def summary(report: SyncReport) -> str:
    """Return what a sync did, in sentences: what came, with titles, what was sent and joined."""
    if not report.remote:
        return "Committed. To name another machine: annotator sync --init URL"
    came, lines = report.came.articles, []
    if came:
        numbers = Counter(article.what for article in came)
        what = ", ".join(f"{number:,} {happened}" for happened, number in numbers.items())
        titles = [truncate(one.title, _TITLE_WIDTH) for one in came if one.title][:_MOST_NAMED]
        lines += [f"From other machines: {what}.", *(f"“{title}”" for title in titles)]
    if report.sent.articles:
        lines.append(f"Sent: {count(len(report.sent.articles), 'article')}.")
    if report.joined:
        lines.append(f"Changed on both sides and joined: {len(report.joined):,}.")
    return "\n".join(lines) or "Both sides are the same."


def remarks(report: SyncReport) -> tuple[str, ...]:
    """Return what to look at: texts of which both versions are there, and files left out."""
    files = count(len(report.left_out), "file")
    refused = f"{files} of the other side were left out: annotator sync --json names them."
    return (*report.sentences, *([refused] if report.left_out else []))
