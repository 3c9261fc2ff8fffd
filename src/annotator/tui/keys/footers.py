"""The keys in the status bar."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from annotator.model import Kind
from annotator.tui.keys.groups import FOOTERS
from annotator.tui.keys.key import DIGITS, Key
from annotator.tui.keys.keymap import Keymap

_KINDS_SHOWN = 2  # beside the first kind, which Enter makes; the help has all of them


def footer_keys(name: str, keymap: Keymap, kinds: Sequence[Kind] = ()) -> list[Key]:
    """Return the keys of a status bar as they are set, digits as the kinds that they make."""
    keys: list[Key] = []
    for entry in FOOTERS[name]:
        key_id, brief = (entry, "") if isinstance(entry, str) else entry
        key = keymap.key(key_id)
        keys += _as_kinds(replace(key, brief=brief) if brief else key, kinds)
    return keys


def _as_kinds(key: Key, kinds: Sequence[Kind]) -> Iterator[Key]:
    if key.keys != DIGITS:
        yield key
        return
    for kind in kinds[1 : 1 + _KINDS_SHOWN]:
        yield replace(key, keys=(kind.key,), brief=kind.name.capitalize())
