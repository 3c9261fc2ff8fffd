"""Choosing tags: type a few letters, Enter; Tab for several."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from annotator.model import tags
from annotator.tui.dialogs.picker import Picker
from annotator.tui.keymap import Keymap
from annotator.tui.rows import Row
from annotator.tui.tag_rows import tag_rows
from annotator.usecases.tagging import TagUse

_SEPARATORS = (",", ";")


class TagPicker(Picker[tuple[str, ...]]):
    """Answers with the tags as they are to be."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "tick", show=False, priority=True),
    ]

    def __init__(self, keymap: Keymap, title: str, chosen: Sequence[str]) -> None:
        super().__init__(keymap, title, "Type a tag, such as energy/grid")
        self._chosen = tuple(chosen)
        self._uses: tuple[TagUse, ...] = ()

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that tick and end."""
        return (("enter", "keep"), ("tab", "tick, go on"), ("dialog.leave", "leave"))

    def rows(self, typed: str) -> Sequence[Row]:
        """Return the tags that are meant, ticked or not, and a new one."""
        return tag_rows(self._chosen, self._uses, typed)

    def offer(self, uses: Sequence[TagUse]) -> None:
        """Offer the tags in use, the likeliest first."""
        self._uses = tuple(uses)
        self.refill(at="")

    def narrow(self, typed: str) -> None:
        """Show what is meant; a comma, which no tag can have, ticks it as Tab does."""
        super().narrow(typed)
        if typed.endswith(_SEPARATORS):
            self.action_tick()

    def chosen(self) -> None:
        """Tick the tag that was clicked on."""
        self.action_tick()

    def action_tick(self) -> None:
        """Tick the tag under the cursor, or untick it, and go on."""
        self._tick(self.key)
        self.query_one(Input).value = ""
        self.refill()

    def action_keep(self) -> None:
        """Answer with the tags that are ticked, and with the one that is typed."""
        if self.typed and tags.key(self.key) not in map(tags.key, self._chosen):
            self._tick(self.key)
        self.dismiss(self._chosen)

    def _tick(self, name: str) -> None:
        kept = tuple(each for each in self._chosen if tags.key(each) != tags.key(name))
        is_new = bool(name) and len(kept) == len(self._chosen)
        self._chosen = (*kept, name) if is_new else kept
