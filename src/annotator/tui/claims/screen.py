"""The claims screen: all marks of all articles, with the details of the one under the cursor."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from msgspec.structs import replace
from textual import events, on
from textual.containers import Horizontal
from textual.widget import Widget

from annotator import usecases
from annotator.model import Annotation
from annotator.model.query import Field
from annotator.store import Marked, questions
from annotator.tui.actions.marks import MarkActions
from annotator.tui.claims.mark_list import MarkList
from annotator.tui.claims.rows import ClaimsHead, RowStyle, empty_rows
from annotator.tui.claims.view import (
    GROUPINGS,
    QUERIES,
    ClaimsLoader,
    ClaimsView,
    Listed,
    ListPlace,
)
from annotator.tui.dialogs.choice import ChoiceDialog, Option
from annotator.tui.dialogs.saved_queries import find_query, name_query
from annotator.tui.frame.context import AppContext
from annotator.tui.frame.edits import Change
from annotator.tui.frame.list_screen import ListScreen, Status, watch_library
from annotator.tui.frame.notifications import hint
from annotator.tui.frame.workers import as_action, as_opening, run_action, run_opening
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.mark_details import DetailsPane
from annotator.tui.messages import SettingsChanged
from annotator.tui.widgets.typed_query import finished
from annotator.usecases.marks.links import claim_places

_WIDE = 100  # columns from which the details are beside the list

if TYPE_CHECKING:
    from annotator.tui.actions.export import ChangedArticles
    from annotator.usecases.marks.claims import Grouping

_OFTEN = 0.2  # seconds between two looks at how far an edit is
_OUTSIDE = "no longer matches"
_FITS = {"reworded": "reworded", "orphaned": "not in the text"}  # remarks, by the word of `is:`
_EDITED_GROUPS = ("kind", "speaker", "status", "tag")  # groupings by what can be edited here


class ClaimsScreen(ListScreen[None], keys="claims", styles=("claims/screen", "widgets/find_bar")):
    """All marks, or those that a query finds.

    The cursor is on the mark `at`, if it is given, or else on the first.
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012  as Textual declares it

    def __init__(
        self, context: AppContext, *, at: Annotation | None = None, query: str = ""
    ) -> None:
        super().__init__(context)
        self.marks = MarkList(context.keymap, id="claims-list")
        self._start = ListPlace(mark=at) if at else None
        # at a mark, it is grouped by articles, among which the mark can be found
        last = None if at else context.views.get("claims")
        view = last if isinstance(last, ClaimsView) else ClaimsView()
        self._view = view.typed(query) if query else view
        self._loader = ClaimsLoader(context.library, self._show)
        role = context.tags.role
        self._details = DetailsPane(
            context.keymap, context.library, context.kinds, role, id="claims-details"
        )
        self._actions = MarkActions(self._ui, context, read=self._read)
        self._has_written = False
        self._changed: ChangedArticles | None = None

    def parts(self) -> Sequence[Widget]:
        return (ClaimsHead(), Horizontal(self.marks, self._details, id="claims-body"))

    def on_mount(self) -> None:
        """List the marks, and start to watch for changes by other programs."""
        self.marks.focus()
        run_action(self, self._begin)
        if self._app_context.settings.export_on_change:
            from annotator.tui.actions.export import ChangedArticles  # late: only if wanted

            self._changed = ChangedArticles(self._app_context)
            run_action(self, self._changed.begin)
        library, is_outdated = self._library, self._is_outdated
        run_action(self, watch_library, self, library, is_outdated, changed=self.reload)
        self.set_interval(_OFTEN, self._show_progress)

    def resume(self) -> None:
        """Leave the list as it is: what opens another screen reads it again."""

    @on(SettingsChanged)
    def _follow_settings(self) -> None:
        self.reload()

    # What is listed

    async def action_filter(self) -> None:
        """Let the query be typed."""
        await self.query_one(ClaimsHead).open(self._view.text)
        self._update()

    def action_clear(self) -> None:
        """Leave the details, or deselect, or show all marks, or else go back."""
        if self._edits.stop():
            return
        if self.has_class("-details"):
            self.action_details()
        elif self.marks.selected:
            self.marks.deselect()
            self._update()
        elif self._view.is_filtered:
            self._list(self._view.typed(""), keeps_place=True)
        else:
            self.action_back()

    @as_opening
    async def action_group(self) -> None:
        """Ask how to group the marks."""
        options = [Option(name, letter, words) for name, letter, words in GROUPINGS]
        keymap, grouping = self._keymap, self._view.grouping
        wanted = await self._ui.show_dialog(ChoiceDialog(keymap, "Group by", options, grouping))
        if wanted is not None:
            view = replace(self._view, grouping=cast("Grouping", wanted))
            self._list(view, keeps_place=True)

    def action_sort(self, step: int) -> None:
        """Sort in the next order, or for a negative step in reverse."""
        self._list(self._view.sorted_next(step), keeps_place=True)

    @as_opening
    async def action_queries(self) -> None:
        """Offer saved queries, speakers and tags."""
        query = await find_query(self._ui, self._app_context, QUERIES)
        if query is not None:
            self._list(self._view.typed(query))

    def action_save_query(self) -> None:
        """Save the query with a name."""
        view, save = self._view, partial(name_query, find="claims.queries")
        run_opening(self, save, self._ui, self._app_context, view.text, view.problem)

    @as_opening
    async def action_all_tags(self) -> None:
        """Show all tags and speakers, to list the marks of one of them."""
        wanted = await self._ui.open_screen("tags", places=("marks",))
        if isinstance(wanted, tuple):
            _, query = wanted
            self._list(self._view.typed(query))
        else:
            await self.load()

    def narrow(self, typed: str) -> None:
        """List the marks that match what was typed."""
        self._list(self._view.typed(typed))

    def end_filter(self, *, is_kept: bool) -> None:
        """List the marks that the query finds with its last value written out, or all."""
        self.query_one(ClaimsHead).close()
        self.marks.focus()
        if self._view.is_filtered:
            kept = finished(self._view.text) if is_kept else ""
            if kept != self._view.text:
                self._list(self._view.typed(kept))
        self._update()

    # Marks

    def action_status(self, number: int = 0) -> None:
        """Give the marks the status with that number, or ask for one."""
        self.action_mark("status", number)

    def action_kind(self, number: int = 0) -> None:
        """Give the marks the kind on the key with that number, or ask for one."""
        self.action_mark("kind", number)

    def action_mark(self, what: str, number: int = 0) -> None:
        """Run an action on the selected marks, or on the one under the cursor."""
        run = run_action if number else run_opening
        run(self, self._with_chosen, partial(self._actions.do, what, number=number), self._chosen)

    def action_select(self) -> None:
        """Select the mark under the cursor, or deselect it."""
        self.marks.toggle()
        self._update()

    @as_action
    async def action_select_all(self) -> None:
        """Select all that are listed, or none."""
        if not self.marks.listing.is_whole:
            await self._loader.list(self._view, ListPlace(self.marks.number, row=self.marks.index))
        self.marks.select_all()
        self._update()

    def action_details(self) -> None:
        """Go to the details, or back to the list."""
        if not self.marks.listing.total:
            return
        self.toggle_class("-details")
        (self._details if self.has_class("-details") else self.marks).focus()
        self._reach()
        self._update()

    def action_back(self) -> None:
        """Leave the details where they cover the list, or else the screen."""
        if self.has_class("-details"):
            self.action_details()
        else:
            self._leave()

    @on(events.DescendantFocus)
    def _follow_focus(self, event: events.DescendantFocus) -> None:
        """Let the keys at the bottom be those of what was clicked on."""
        self.set_class(isinstance(event.widget, DetailsPane), "-details")
        self._update()

    @on(MarkList.Wanted)
    @as_action
    async def _load_rows(self, event: MarkList.Wanted) -> None:
        marks = await self._loader.load(event.numbers)
        if self.display:
            self.marks.put(event.numbers, marks)

    @on(MarkList.Reached)
    def _reached(self) -> None:
        self._reach()
        self._update()

    @as_opening
    async def chosen(self, row: Listing.Chosen) -> None:
        """Open the article at the mark; in the details, follow a link or edit what a row shows."""
        marked = self.marks.current
        if linked := self._details.linked(row.key):
            await self._actions.follow(linked)
        elif marked is not None and (row.listing is self.marks or row.key == DetailsPane.OPEN):
            await self._read(marked)
        elif marked is not None:
            await self._actions.do(row.key, (marked,))

    # Showing

    def _list(self, view: ClaimsView, *, keeps_place: bool = False) -> None:
        self._view = self._app_context.views["claims"] = view
        place = ListPlace(self.marks.number, row=self.marks.index) if keeps_place else None
        self._update()
        run_action(self, self._loader.list, view, place)

    def _show(self, listed: Listed) -> None:
        if not self.display:  # it was closed while the library was read
            return
        marks = self.marks
        if listed.continues:
            marks.extend(listed.listing)
        elif listed.listing.numbers:
            at = listed.row_for(marks.number)
            marks.show_listing(listed.listing, listed.marks, self._row_style(), at=at)
        else:
            marks.show_listing(listed.listing, {}, self._row_style())
            marks.show(empty_rows(self._view.text, self._keymap))
        self._update()

    def _row_style(self) -> RowStyle:
        context = self._app_context
        view = self._view
        return RowStyle(
            context.kinds,
            context.now(),
            view.grouping,
            tag_role=context.tags.role,
            shows_changed=view.order == "modified",
        )

    def _reach(self) -> None:
        """Show the details of the mark under the cursor, if they are in sight."""
        if self.size.width >= _WIDE or self.has_class("-details"):
            run_action(self, self._details.follow, self.marks.current)

    def _update(self) -> None:
        """Show the query, the keys, and the place in the list."""
        total = self.marks.listing.total
        self._details.set_class(not total, "-empty")
        self.query_one(ClaimsHead).show(self._view, total)
        self.show_status()

    def status(self) -> Status:
        marks = self.marks
        total, selected, rows = marks.listing.total, len(marks.selected), len(marks.listing.numbers)
        mode = f"{selected:,} selected" if selected else ""
        if self._edits.progress:
            return Status("claims-running", mode, self._edits.progress)
        keys = "claims-selected" if selected else "claims"
        if self.query_one(ClaimsHead).is_open:
            keys = "claims-filter"
        elif not total:
            keys = "claims-empty" if self._view.is_filtered else "claims-none"
        elif self.has_class("-details"):
            keys = "claims-details"
        what = "" if rows == total else "row "  # a mark with two tags is in two groups
        return Status(keys, mode, f"{what}{marks.index + 1:,} of {rows:,}" if rows else "")

    def _show_progress(self) -> None:
        if self._edits.progress and self.is_active:
            self._update()

    def follow(self, change: Change) -> None:
        """Show a mark that was edited where it is, until the list is read again.

        Several marks of a group go to their new group at once. Undo and redo read the list again:
        of what they changed, other marks may match the query.
        """
        marks = self.marks
        self._has_written = True
        if not self.display:
            return
        is_regrouped = len(change.marks) > 1 and self._view.grouping in _EDITED_GROUPS
        if change.has_new or change.how != "made" or is_regrouped:
            self.reload()
            return
        if change.deleted and not (marks.drop(change.deleted) and marks.listing.numbers):
            self.reload()
        marks.revise(change.marks)
        self._reach()
        self._update()
        if any(mark.links for mark in change.marks):
            run_action(self, self._show_linked)
        if self._view.is_filtered or len(change.marks) > 1:
            # This also brings the marks up to date that are not loaded yet.
            run_action(self, self._tell_outside)

    # Work

    async def _begin(self) -> None:
        await self._loader.list(self._view, self._start)
        await self._show_linked()
        # In small steps at first, between which keys are answered; later there is little to do.
        await asyncio.to_thread(self._library.bring_up_to_date, lambda: self.display)
        await self._show_fits()

    async def _show_linked(self) -> None:
        library = self._library
        places = await asyncio.to_thread(claim_places, library)
        targets = await asyncio.to_thread(library.ask, questions.links.linked_targets())
        await asyncio.to_thread(self._app_context.tags.read_colours)
        if self.display:
            self.marks.show_linked(places, targets)

    async def _show_fits(self) -> None:
        """Say in the rows which marks the text has reworded or lost."""
        remarks: dict[str, str] = {}
        for state, remark in _FITS.items():
            question = questions.marks.find_marks(Field("is", state))
            marks = await asyncio.to_thread(self._library.ask, question, "soon")
            remarks |= {mark.annotation.id: remark for mark in marks}
        if self.display:
            self.marks.show_fits(remarks)

    async def load(self, at: str | None = None) -> None:  # noqa: ARG002  it stays where it is
        """Read the library again, with the cursor where it is."""
        place = ListPlace(self.marks.number, row=self.marks.index)
        # a list that is narrowed as one types does not look for changes each time
        await asyncio.to_thread(self._library.ask, questions.marks.mark_counts())
        await self._loader.list(self._view, place)
        await self._show_linked()
        await self._show_fits()
        self._details.forget()
        self._reach()

    @property
    def _chosen(self) -> Sequence[int]:
        """The numbers of the selected marks, or that of the one under the cursor."""
        marks = self.marks
        return marks.selected or (() if marks.number is None else (marks.number,))

    async def _with_chosen(
        self, action: Callable[[Sequence[Marked]], Awaitable[None]], numbers: Sequence[int]
    ) -> None:
        """Run an action on marks that were chosen when its key was pressed."""
        marks = self.marks
        loaded = marks.marked(numbers)
        if missing := [number for number in numbers if number not in loaded]:
            loaded |= await self._loader.load(missing)
        wanted = [loaded[number] for number in numbers if number in loaded]
        if wanted:
            await action(wanted)
        else:
            hint(self, "No mark here.")

    async def _tell_outside(self) -> None:
        """Say softly which of the edited marks the query does not match any more."""
        revised = self.marks.revised
        outside = await self._loader.outside(self._view, revised)
        if self.display:
            self.marks.remark({number: _OUTSIDE if number in outside else "" for number in revised})

    async def _read(self, marked: Marked) -> None:
        """Open the article at a mark; the list is read again when it is left."""
        await self._ui.open_article(marked.record.id, mark_id=marked.annotation.id)
        await self.load()

    @as_opening
    async def action_export(self) -> None:
        """Export a digest of the selected marks, or of all that are listed."""
        from annotator.tui.actions.export import ArticleExport  # few export in each run

        marks, view = self.marks, self._view
        total, ids = marks.listing.total, None
        if chosen := marks.selected:
            loaded = await self._loader.load(chosen)
            ids = frozenset(marked.annotation.id for marked in loaded.values())
            total = len(ids)
        if not total:
            hint(self, "Nothing to export: no marks are listed.")
            self._ui.pass_keys()
            return
        options = usecases.exporting.digest.DigestOptions(
            grouping=view.grouping, marks=ids, query=view.query
        )
        await ArticleExport(self._ui, self._app_context).run_of_marks(total, view.text, options)

    @as_action
    async def _leave(self) -> None:
        await self._edits.settled()
        if self._changed:
            self._changed.export(self.app)
        if self.is_active:
            self.dismiss()

    def _is_outdated(self) -> bool:
        """Return whether another program has changed what is listed."""
        is_own, self._has_written = self._has_written, False
        marks = self.marks
        return not is_own and self._loader.is_outdated(
            Listed(self._view, marks.listing, marks.loaded)
        )
