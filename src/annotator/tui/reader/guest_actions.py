"""The marks of others on the open article: showing them beside one's own, and adopting one."""

import asyncio
from functools import partial

from annotator.tui.frame.notifications import short_quote
from annotator.tui.reader.ui import SessionActions
from annotator.usecases.marks.guests import PlacedGuest, adopt, guests_of
from annotator.usecases.marks.mark_edit import creation


class GuestActions(SessionActions):
    """Shows and hides the marks of others, and adopts them."""

    async def toggle(self) -> None:
        """List the marks of others, and show them in the text; or hide them."""
        pane = self._ui.pane
        if pane.guests and (pane.listed_subject == "guests" or not pane.has_panel_keys):
            pane.show_guests(())
            return
        if not await self._read():
            self._ui.hint("No marks of others are known here: annotator publish --pull asks.")
            return
        await pane.action_panel("guests")

    async def adopt(self, placed: PlacedGuest) -> None:
        """Make a mark of somebody else one's own, and go on showing the others."""
        article, now = self._session.article, self._now()
        make = partial(asyncio.to_thread, adopt, self._library, article, placed, now=now)
        annotation = await self._edits.run_async(make)
        self._edits.record(creation(annotation))
        await self._session.written()
        await self._read()
        self._ui.tell(f"Adopted: {short_quote(annotation.quote)}")

    async def _read(self) -> bool:
        marks = [placed.annotation for placed in self._session.marks.all]
        read = partial(guests_of, self._library, self._session.article, marks)
        guests = await asyncio.to_thread(read)
        self._ui.pane.show_guests(guests)
        return bool(guests)
