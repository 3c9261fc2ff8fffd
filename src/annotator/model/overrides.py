"""The user's decisions about passages of a page, which override the rules of extraction."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annotator.model.article import Block

_DIGEST_BYTES = 6  # two of a thousand passages collide in one of half a billion pages


class Overrides(Struct, frozen=True):
    """Passages to keep in the article and to remove from it, by their names (see `name_of`)."""

    kept: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def keeping(self, passages: Iterable[str]) -> Overrides:
        """Return the overrides with these passages kept in the article."""
        chosen = set(passages)
        if chosen <= set(self.removed):  # the user had removed them: the rules decide again
            return replace(self, removed=_without(self.removed, chosen))
        return Overrides(_with(self.kept, chosen), _without(self.removed, chosen))

    def removing(self, passages: Iterable[str]) -> Overrides:
        """Return the overrides with these passages removed from the article."""
        chosen = set(passages)
        if chosen <= set(self.kept):
            return replace(self, kept=_without(self.kept, chosen))
        return Overrides(_without(self.kept, chosen), _with(self.removed, chosen))

    def changed(self, before: Overrides, after: Overrides) -> Overrides:
        """Return the overrides with what differs between two others changed in them too."""
        return Overrides(
            _changed(self.kept, set(before.kept), set(after.kept)),
            _changed(self.removed, set(before.removed), set(after.removed)),
        )


NO_OVERRIDES = Overrides()


def numbered(blocks: Iterable[Block]) -> Iterator[tuple[str, int]]:
    """Yield the words of each block of a page, and how often they have occurred so far."""
    counts: dict[str, int] = {}
    for block in blocks:
        words = block.text or block.source or block.label
        counts[words] = counts.get(words, 0) + 1
        yield words, counts[words]


def name_of(words: str, count: int = 1) -> str:
    """Return the name of the `count`th passage with these words on its page.

    It depends on nothing else, and so stays the same when rules change.
    """
    bare = "".join(words.split()).replace("\xad", "")  # the same before and after cleanup
    digest = blake2b(bare.encode("utf-8", "replace"), digest_size=_DIGEST_BYTES).hexdigest()
    return digest if count == 1 else f"{digest}.{count}"


def _with(names: tuple[str, ...], more: set[str]) -> tuple[str, ...]:
    return tuple(sorted({*names, *more}))


def _changed(names: tuple[str, ...], before: set[str], after: set[str]) -> tuple[str, ...]:
    return _with(_without(names, before - after), after - before)


def _without(names: tuple[str, ...], fewer: set[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in fewer)
