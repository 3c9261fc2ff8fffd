"""The dialogs that set the tags of an article or a mark, or a name, completed from those in use.

Enter takes what was typed, which comes first and is marked as new. The names in use that it may be
short for follow, and the right arrow takes the first of them, which is shown behind the cursor, so
that `Xi` need not become a second name of `Xi Jinping`.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from annotator.errors import InvalidTag
from annotator.model import tags
from annotator.store import SpeakerUse
from annotator.tui.dialogs.dialog import Hints
from annotator.tui.dialogs.picker import MAX_ROWS, Picker
from annotator.tui.frame.context import AppContext
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.rows import ChoiceRow, Piece, Row
from annotator.usecases.articles.tagging import TagUse, matching
from annotator.usecases.tags.speakers import speaker_uses

if TYPE_CHECKING:
    from annotator.tui.dialogs.claim_form import ClaimForm

_SEPARATORS = (",", ";")
_NOBODY = "\0"  # the key of the row that removes the name; no name is like it
_AT_WORD, _WITHIN = 1, 2


class TagPicker(Picker[tuple[str, ...]]):
    """Returns the tags that are selected.

    For several articles or marks, `shared` are the tags that only some of them have.
    Afterwards, `shared` has those that were left as they are.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "toggle_tag", show=False, priority=True)
    ]
    HINTS: ClassVar[Hints] = (
        ("enter", "save"),
        ("tab", "add another"),
        ("right", "complete"),
        ("dialog.leave", "cancel"),
    )

    def __init__(
        self, keymap: Keymap, title: str, selected: Sequence[str], *, shared: Sequence[str] = ()
    ) -> None:
        super().__init__(keymap, title, "Type a tag, for example energy/grid", self._matching)
        self._selected = self._before = tuple(selected)
        self.shared = tuple(shared)
        self._uses: tuple[TagUse, ...] = ()

    def offer(self, uses: Sequence[TagUse]) -> None:
        """Offer the tags in use, most likely first."""
        is_first = not self._uses
        self._uses = tuple(uses)
        self.refill(at="" if is_first else None)

    def narrow(self, typed: str) -> None:
        """List completions; a comma, which no tag contains, selects what was typed before it."""
        super().narrow(typed)
        if typed.endswith(_SEPARATORS):
            self.action_toggle_tag()

    def completion(self, typed: str) -> str:
        """Return the most likely tag in use that what was typed may be short for."""
        key = tags.key(typed.strip().lstrip("#"))
        names = (use.name for use in matching(self._uses, typed))
        return next((name for name in names if tags.key(name) != key), "")

    def chosen(self, key: str) -> None:  # noqa: ARG002  the cursor is on it
        """Select the tag that was clicked on, or deselect it."""
        self.action_toggle_tag()

    def action_toggle_tag(self) -> None:
        """Select the tag under the cursor, or deselect it, and empty the input for another."""
        self._toggle(self.key)
        self.query_one(Input).value = ""
        self.refill()

    def typed_texts(self) -> Mapping[str, str]:
        """Return the tags that were selected, and what was typed, if either was changed."""
        if not self.typed and self._selected == self._before:
            return {}
        return {"typed": self.typed, "selected": _SEPARATORS[0].join(self._selected)}

    def type_again(self, texts: Mapping[str, str]) -> None:
        names = texts.get("selected", "").split(_SEPARATORS[0])
        self._selected = tuple(filter(None, names))
        super().type_again(texts)
        self.refill(at="")

    def action_submit(self) -> None:
        """Return the selected tags and the one that was typed."""
        if self.typed and tags.key(self.key) not in map(tags.key, self._selected):
            self._toggle(self.key)
        self.dismiss(self._selected)

    def _matching(self, typed: str) -> Sequence[Row]:
        return tag_rows(self._selected, self._uses, typed, shared=self.shared)

    def _toggle(self, name: str) -> None:
        self.shared = tuple(tag for tag in self.shared if tags.key(tag) != tags.key(name))
        others = tuple(tag for tag in self._selected if tags.key(tag) != tags.key(name))
        is_new = bool(name) and len(others) == len(self._selected)
        self._selected = (*others, name) if is_new else others


async def offer_speakers(dialog: "NamePicker | ClaimForm", context: AppContext) -> None:
    """Offer the speakers in the library."""
    dialog.offer(await asyncio.to_thread(speaker_uses, context.library))


async def offer_tags(picker: TagPicker, context: AppContext) -> None:
    """Offer the tags that were in use when last read, then those that are in use now."""
    if context.tags.latest:
        picker.offer(context.tags.latest)
    picker.offer(await asyncio.to_thread(context.tags.read))


def tag_rows(
    selected: Sequence[str], uses: Sequence[TagUse], typed: str, *, shared: Sequence[str] = ()
) -> list[Row]:
    """Return the tag that `typed` spells, in use or new, and the tags that it may be short for.

    If nothing is typed, the selected tags come first, then those that only some have; otherwise
    the other selected tags are below. Each has a box, which is ticked or half full for these, and
    how often it is in use.
    """
    keys, some = ({tags.key(name) for name in names} for names in (selected, shared))
    known = {tags.key(use.name) for use in uses}
    names = [(use.name, f"{use.count} ") for use in matching(uses, typed, limit=MAX_ROWS)]
    names += [
        (name, "")
        for name in (*selected, *shared)
        if tags.key(name) not in known and tags.key(typed.strip()) in tags.key(name)
    ]

    def row(name: str, remark: str) -> ChoiceRow:
        is_selected, is_shared = tags.key(name) in keys, tags.key(name) in some
        sign = "◐" if is_shared else "◉" if is_selected else "○"
        box = Piece(f" {sign} ", "chosen" if is_selected or is_shared else "quiet")
        remark = f"some  {remark}" if is_shared else remark
        return ChoiceRow(name, name, remark, (box,), "strong" if is_selected else "")

    if not typed:
        names.sort(key=lambda pair: (tags.key(pair[0]) not in keys, tags.key(pair[0]) not in some))
        return [row(*pair) for pair in names]
    with suppress(InvalidTag):
        spelled = tags.normalise(typed)
        names.sort(key=lambda pair: tags.key(pair[0]) != tags.key(spelled))
        if not names or tags.key(names[0][0]) != tags.key(spelled):
            names.insert(0, (spelled, "new "))
    listed = {tags.key(name) for name, _ in names}
    names += [(name, "") for name in selected if tags.key(name) not in listed]
    return [row(*pair) for pair in names]


class NamePicker(Picker[str]):
    """Returns a name, empty to remove the `current` one. The `authors` are offered first."""

    HINTS: ClassVar[Hints] = (("enter", "save"), ("right", "complete"), ("dialog.leave", "cancel"))

    def __init__(
        self, keymap: Keymap, title: str, current: str = "", *, authors: Sequence[str] = ()
    ) -> None:
        super().__init__(keymap, title, "Type a name", self._matching)
        self._current, self._authors = current, authors
        self._uses: tuple[SpeakerUse, ...] = ()

    def offer(self, uses: Sequence[SpeakerUse]) -> None:
        """Offer the names in use."""
        self._uses = tuple(uses)
        self.refill(at="")

    def _matching(self, typed: str) -> Sequence[Row]:
        return name_rows(self._uses, typed, self._current, authors=self._authors)

    def completion(self, typed: str) -> str:
        """Return the name in use of which a word begins with what was typed."""
        names = (row.key for row in name_rows(self._uses, typed, authors=self._authors))
        wanted = " ".join(typed.split())
        return next((name for name in names if _rank(name, wanted) == _AT_WORD), "")

    def action_submit(self) -> None:
        """Return the name under the cursor."""
        if self.key:
            self.dismiss("" if self.key == _NOBODY else self.key)


def name_rows(
    uses: Sequence[SpeakerUse], typed: str, current: str = "", *, authors: Sequence[str] = ()
) -> list[Row]:
    """Return the typed name, those that it may be short for, and those that contain it."""
    wanted = " ".join(typed.split())
    if not wanted:
        return [*_all(uses, current, authors)][:MAX_ROWS]
    counts = dict.fromkeys(authors, 0) | {use.name: use.count for use in uses}
    ranked = [(rank, name) for name in counts if (rank := _rank(name, wanted)) is not None]
    ranked.sort(key=lambda pair: (pair[0], -counts[pair[1]]))
    rows = [_name_row(name, counts[name], authors) for _, name in ranked]
    if not ranked or ranked[0][0]:  # the name itself is not in use
        rows.insert(0, ChoiceRow(wanted, wanted, "new"))
    return [*rows[:MAX_ROWS]]


def _name_row(name: str, times: int, authors: Sequence[str]) -> ChoiceRow:
    """Return the row of a name: how often it is in use, and whether it wrote the article."""
    used, wrote = f"{times:,}" if times else "", "author" * (name in authors)
    return ChoiceRow(name, name, "  ".join(filter(None, (wrote, used))))


def _all(uses: Sequence[SpeakerUse], current: str, authors: Sequence[str]) -> Iterator[Row]:
    if current:
        count = next((use.count for use in uses if use.name == current), 0)
        yield ChoiceRow(current, current, f"{count:,}" if count else "", role="chosen")
        yield ChoiceRow(_NOBODY, "No name", "remove", role="quiet")
    counts = dict.fromkeys(authors, 0) | {
        use.name: use.count for use in sorted(uses, key=lambda use: -use.count)
    }
    for name, times in counts.items():
        if name != current:
            yield _name_row(name, times, authors)


def _rank(name: str, wanted: str) -> int | None:
    """Return 0 for the name itself, 1 if a word of it begins so, 2 if it contains it."""
    folded, key = name.casefold(), wanted.casefold()
    if folded == key:
        return 0
    if f" {folded}".find(f" {key}") >= 0:
        return _AT_WORD
    return _WITHIN if key in folded else None
