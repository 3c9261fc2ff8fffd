"""What a reader decided about passages of a page, whatever the rules say."""

from collections.abc import Iterable, Iterator
from hashlib import blake2b

from msgspec import Struct
from msgspec.structs import replace

from annotator.model.article import Block

_DIGEST_BYTES = 6  # two of the thousand passages of a page alike: once in half a billion pages


class Overrides(Struct, frozen=True):
    """Passages that are of the article, and that are not, by their names (see `name_of`)."""

    kept: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def keeping(self, passages: Iterable[str]) -> "Overrides":
        """Return the choices with these passages in the article."""
        chosen = set(passages)
        if chosen <= set(self.removed):  # by the reader, and not by a rule
            return replace(self, removed=_without(self.removed, chosen))
        return Overrides(_with(self.kept, chosen), _without(self.removed, chosen))

    def removing(self, passages: Iterable[str]) -> "Overrides":
        """Return the choices with these passages taken out of the article."""
        chosen = set(passages)
        if chosen <= set(self.kept):
            return replace(self, kept=_without(self.kept, chosen))
        return Overrides(_without(self.kept, chosen), _with(self.removed, chosen))


NO_OVERRIDES = Overrides()


def numbered(blocks: Iterable[Block]) -> Iterator[tuple[str, int]]:
    """Yield what names each block of a page: its words, and how often they have come by now."""
    counts: dict[str, int] = {}
    for block in blocks:
        words = block.text or block.source or block.label
        counts[words] = counts.get(words, 0) + 1
        yield words, counts[words]


def name_of(words: str, count: int = 1) -> str:
    """Return the name of the passage with these words, the `count`th such of its page.

    It is made of nothing else, and so stays the same when rules change.
    """
    bare = "".join(words.split()).replace("\xad", "")  # as they are before and after being mended
    digest = blake2b(bare.encode("utf-8", "replace"), digest_size=_DIGEST_BYTES).hexdigest()
    return digest if count == 1 else f"{digest}.{count}"


def _with(names: tuple[str, ...], more: set[str]) -> tuple[str, ...]:
    return tuple(sorted({*names, *more}))


def _without(names: tuple[str, ...], fewer: set[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in fewer)
