"""The dialogs that change what is listed: how marks are grouped, and saved queries."""

import asyncio
from collections.abc import Callable
from functools import partial

from annotator.tui.claims.query_picker import QueryNameDialog, QueryPicker, offer_queries
from annotator.tui.claims.view import GROUPINGS, ClaimsView
from annotator.tui.context import AppContext
from annotator.tui.dialogs.choice import ChoiceDialog, Option
from annotator.tui.frame.screen_ui import ScreenUI
from annotator.tui.keys.keymap import shown
from annotator.usecases.queries.saved_queries import forget_query, save_query

Show = Callable[[ClaimsView], None]


class ViewActions:
    """Groups the marks, finds them by a query, and saves queries."""

    def __init__(self, ui: ScreenUI, context: AppContext) -> None:
        self._ui = ui
        self._app_context = context

    async def group(self, view: ClaimsView, show: Show) -> None:
        """Ask how to group the marks, and show them so."""
        options = [Option(name, letter, words) for name, letter, words in GROUPINGS]
        dialog = ChoiceDialog(self._app_context.keymap, "Group by", options, view.grouping)
        grouping = await self._ui.show_dialog(dialog)
        if grouping is not None:
            show(view.grouped(grouping))

    async def find(self, view: ClaimsView, show: Show) -> None:
        """Offer saved queries, speakers and tags, and show the marks of the one that is chosen."""
        context = self._app_context
        picker = QueryPicker(context.keymap)
        fill = partial(offer_queries, picker, context)
        query = await self._ui.show_dialog(picker, fill=fill)
        for name in picker.forgotten:
            await asyncio.to_thread(forget_query, context.library, name, now=context.now())
        if query is not None:
            show(view.typed(query))

    async def save(self, view: ClaimsView) -> None:
        """Ask for a name, and save the query."""
        context = self._app_context
        if not view.is_filtered or view.problem:
            why = f"This query is not finished. {view.problem}"
            self._ui.hint(why if view.problem else "Nothing to save: filter the marks first.")
            self._ui.pass_keys()
            return
        name = await self._ui.show_dialog(QueryNameDialog(context.keymap, view.text))
        if name is not None:
            await asyncio.to_thread(save_query, context.library, name, view.text, now=context.now())
            find = shown(context.keymap.key("claims.queries"))
            self._ui.tell(f"Saved as “{name}”. Press {find} to find it.")
