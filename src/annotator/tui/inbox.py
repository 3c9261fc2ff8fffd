"""The inbox: what is new in feeds, as rows that are kept and read, or dismissed."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import ClassVar

from textual import events, on

from annotator.errors import AnnotatorError
from annotator.model import ArticleRecord
from annotator.model.labels import count, short_date
from annotator.tui.actions.articles import fetch_options
from annotator.tui.dialogs.choice import LineDialog
from annotator.tui.frame.context import AppContext
from annotator.tui.frame.list_screen import ListScreen, Status
from annotator.tui.frame.notifications import hint, short_quote, tell, tell_error, warn
from annotator.tui.frame.workers import as_action, as_opening, run_action
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.rows import (
    ChoiceRow,
    Heading,
    Line,
    Piece,
    Remark,
    Row,
    pad,
    selection_sign,
)
from annotator.usecases.articles.add import FROM_FEED
from annotator.usecases.feeds.inbox import InboxEdit, InboxEntry, dismiss, inbox
from annotator.usecases.feeds.subscriptions import (
    Subscription,
    subscribe,
    subscriptions,
    unsubscribe,
)
from annotator.usecases.feeds.sync import keep, sync

_NO_FEEDS = "  You follow no feeds. Press {add} to add one: its address, or that of its site."
_NOTHING = "  Nothing is new. Press {sync} to check your feeds."
_ASKED = "The address of a feed, or of a page of its site."
_FEED, _DATE = 22, 8  # cells
_FEED_FROM = 70  # cells of the line; below, the title needs them


class InboxScreen(ListScreen[None], keys="inbox"):
    """Lists the entries of all feeds, newest first or by their feeds."""

    PLACEHOLDER: ClassVar = "Part of a title or of the name of a feed"

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._entries: tuple[InboxEntry, ...] = ()
        self._feeds: tuple[Subscription, ...] = ()
        self._is_grouped = self._is_loaded = False
        self._going_on: dict[str, str] = {}  # words for what is being fetched, by its key

    async def read(self) -> None:
        library, now = self._library, self._now()
        self._entries = await asyncio.to_thread(inbox, library, now=now)
        self._feeds = await asyncio.to_thread(
            subscriptions, library, now=now, entries=self._entries
        )
        self._is_loaded = True

    def head(self, width: int) -> Line:  # noqa: ARG002  it is short
        return (Piece("  Inbox", "heading"),)

    def rows(self) -> Sequence[Row]:
        if not self._is_loaded:
            return [Remark("  Loading …")]
        if not self._matching:
            empty = _NOTHING if self._feeds else _NO_FEEDS
            add, ask = map(self._keymap.shown, ("inbox.add", "inbox.reload"))
            return [
                Remark("  Nothing matches." if self._typed else empty.format(add=add, sync=ask))
            ]
        now = self._now()
        if not self._is_grouped:
            return [self._row(entry, now, entry.feed.name) for entry in self._matching]
        rows: list[Row] = []
        for name, entries in groupby(self._matching, lambda entry: entry.feed.name):
            rows.append(Heading(f"  {name}", air=1 if rows else 0))
            rows += (self._row(entry, now, "") for entry in entries)
        return rows

    def listed(self) -> Collection[str]:
        return [entry.id for entry in self._matching]

    def status(self) -> Status:
        number, failed = len(self._selected), sum(bool(feed.problem) for feed in self._feeds)
        listed = count(len(self._matching), "entry", "entries")
        place = f"{listed}, {failed:,} failed" if failed else listed
        if self._going_on:
            place = next(reversed(self._going_on.values()))
        if number:
            return Status("inbox-selected", f"{number:,} selected", place)
        return Status("inbox" if self._entries else "inbox-empty", "", place, listed)

    @on(events.Resize)
    def _fit(self) -> None:
        self.refill()

    def chosen(self, row: Listing.Chosen) -> None:
        """Keep the entry, or all that are selected, and open them in turn."""
        wanted = self._selected.or_at(row.key)
        entries = [
            entry
            for entry in self._matching
            if entry.id in wanted and entry.id not in self._going_on
        ]
        self._selected.clear()
        self.refill()
        run_action(self.app, self._keep_all, entries)  # which goes on when this screen is left

    def action_browse(self) -> None:
        """Open the page of the entry under the cursor in the browser."""
        if (entry := self._at(self.listing.key)) is not None:
            run_action(self, self._ui.browse, entry.row.link)

    def action_group(self) -> None:
        """List the entries by their feeds, or all of them with the newest first."""
        self._is_grouped = not self._is_grouped
        self.refill()

    def action_reload(self) -> None:
        """Ask all feeds for what is new."""
        run_action(self.app, self._sync)

    @property
    def _matching(self) -> Sequence[InboxEntry]:
        listed = [entry for entry in self._entries if entry.has(self._typed)]
        return sorted(listed, key=lambda entry: entry.feed.name) if self._is_grouped else listed

    def _row(self, entry: InboxEntry, now: datetime, feed: str) -> ChoiceRow:
        is_selected, is_wide = entry.id in self._selected, self.size.width >= _FEED_FROM
        date = pad(short_date(entry.row.date, now), _DATE, "right")
        remark = f"  {pad(feed, _FEED)}  {date}" if feed and is_wide else f"  {date}"
        head = (selection_sign(is_selected=is_selected),)
        return ChoiceRow(entry.id, entry.row.name, remark, head, "chosen" * is_selected)

    def _at(self, key: str) -> InboxEntry | None:
        return next((entry for entry in self._entries if entry.id == key), None)

    def _show_going_on(self, key: str, words: str = "") -> None:
        self._going_on.pop(key, None)
        if words:
            self._going_on[key] = words
        if self.display:
            self.show_status()

    async def _keep_all(self, entries: Sequence[InboxEntry]) -> None:
        """Keep entries, say what failed, and open the first unless another screen is in front."""
        context, records, errors = self._app_context, list[ArticleRecord](), list[AnnotatorError]()
        for entry in entries:
            try:
                added = await keep(
                    context.library,
                    entry,
                    now=context.now(),
                    options=fetch_options(context),
                    report=partial(self._show_stage, entry),
                )
                records.append(added.record)
                if added.completeness.evidence[:1] == (FROM_FEED,):
                    warn(self.app, " ".join(added.completeness.evidence[:2]))
            except AnnotatorError as error:
                errors.append(error)
            finally:
                self._show_going_on(entry.id)
        if len(errors) > 1:
            warn(self.app, f"{len(errors)} of {len(entries)} failed: {errors[0].message}")
        elif errors:
            tell_error(self.app, errors[0])
        if records and self.is_active:
            await self._ui.open_article(records[0].id, among=records)
        elif records:
            tell(self.app, f"Added: {', '.join(short_quote(record.title) for record in records)}")

    def _show_stage(self, entry: InboxEntry, stage: str) -> None:
        self._show_going_on(entry.id, f"{stage} {short_quote(entry.row.name)} …")

    @as_action
    async def action_delete(self) -> None:
        """Dismiss what is selected, or else what is under the cursor."""
        wanted = self._selected.or_at(self.listing.key)
        ids = [entry.id for entry in self._entries if entry.id in wanted]
        if not ids:
            hint(self, "Nothing is selected.")
            return
        self._entries = tuple(entry for entry in self._entries if entry.id not in wanted)
        self._selected.clear()
        self.refill()  # the disk follows
        await self._change("Dismissed", dismiss, ids)

    @as_action
    async def action_remove(self) -> None:
        """Follow the feed of the entry under the cursor no longer."""
        if (entry := self._at(self.listing.key)) is not None:
            await self._change("No longer followed", unsubscribe, [entry.row.feed])

    async def _change(
        self, done: str, edit: Callable[..., InboxEdit], names: Sequence[str]
    ) -> None:
        try:
            step = await self._edits.make(edit, names)
        finally:
            await self.load()
        named = short_quote(step.words) if step.size == 1 else step.extent
        undo = self._key_of("inbox.undo")
        tell(self, f"{done}: {named}. Press {undo} to undo.")

    @as_opening
    async def action_add(self, typed: str = "", told: str = _ASKED) -> None:
        """Ask for the address of a feed, and follow it; after an error, ask again and show it."""
        dialog = LineDialog(
            self._keymap,
            "Follow a feed",
            typed,
            explain=lambda text: told if text == typed else _ASKED,
            does="follow",
            wrong=lambda text: "" if text else "Type an address.",
            is_name=False,
        )
        address = await self._ui.show_dialog(dialog)
        if address is None:
            return
        self._show_going_on(address, "looking for the feed …")
        try:
            options = fetch_options(self._app_context)
            added = await subscribe(self._library, address, now=self._now(), options=options)
        except AnnotatorError as error:
            self.action_add(address, f"{error.message} {error.hint}")  # to be corrected
            return
        finally:
            self._show_going_on(address)
        await self.load()
        entries = count(added.checked.new, "entry", "entries") if added.checked.new else "nothing"
        done = "Followed" if added.is_new else "Followed already"
        tell(self, f"{done}: {short_quote(added.checked.feed.name)}, {entries} new.")

    async def _sync(self) -> None:
        if "" in self._going_on:
            return
        self._show_going_on("", "asking the feeds …")
        context, app = self._app_context, self.app
        try:
            checked = await sync(
                context.library, now=context.now(), options=fetch_options(context), is_forced=True
            )
        finally:
            self._show_going_on("")
        await self.load()
        failed = sum(bool(check.error) for check in checked)
        told = count(sum(check.new for check in checked), "new entry", "new entries")
        tell(app, f"{told}, {count(failed, 'feed')} failed." if failed else f"{told}.")
