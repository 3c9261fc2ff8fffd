"""Sets of keys for users of other programs."""

from collections.abc import Mapping

from annotator.settings import Settings
from annotator.tui.keys.keymap import KeyOverrides

_VIM: KeyOverrides = {
    "read.line-down": ("j", "down", "ctrl+e"),
    "read.line-up": ("k", "up", "ctrl+y"),
    "read.page-down": ("space", "pagedown", "ctrl+f"),
    "read.page-up": ("b", "pageup", "ctrl+b"),
    "sentence.down": ("j", "down", "right_parenthesis"),
    "sentence.up": ("k", "up", "left_parenthesis"),
    "sentence.heading": ("h",),
    "sentence.heading-back": ("H",),
    "sentence.page-down": ("space", "pagedown", "ctrl+f"),
    "sentence.page-up": ("b", "pageup", "ctrl+b"),
    "caret.page-down": ("space", "pagedown", "ctrl+f"),
    "caret.page-up": ("pageup", "ctrl+b"),
    "mark.delete": ("d", "x"),
    "reader.redo": ("ctrl+r", "U"),
    "reader.refresh": ("f5",),
    "library.redo": ("ctrl+r", "U"),
    "library.reload": ("f5",),
    "library.delete": ("d", "x"),
    "library.daily": ("D",),
    "claims.redo": ("ctrl+r", "U"),
    "claims.daily": ("D",),
    "daily.redo": ("ctrl+r", "U"),
    "claims.reload": ("f5",),
    "tags.delete": ("d", "x"),
    "tags.redo": ("ctrl+r", "U"),
    "list.page-down": ("space", "pagedown", "ctrl+d", "ctrl+f"),
    "list.page-up": ("pageup", "ctrl+u", "ctrl+b"),
}

_LESS: KeyOverrides = {
    "read.line-down": ("j", "down", "ctrl+e"),
    "read.line-up": ("k", "up", "y", "ctrl+y"),
    "read.page-down": ("space", "f", "pagedown", "ctrl+f", "ctrl+v"),
    "read.page-up": ("b", "pageup", "ctrl+b"),
    "view.half-page-down": ("d", "ctrl+d"),
    "view.half-page-up": ("u", "ctrl+u"),
    "view.top": ("g", "less_than_sign", "home"),
    "view.bottom": ("G", "greater_than_sign", "end"),
    "read.links": ("L",),
    "sentence.links": ("L",),
    "read.slide-right": ("right",),
    "read.slide-left": ("left",),
    "sentence.slide-right": ("right",),
    "sentence.slide-left": ("left",),
    "mark.copy": ("Y",),
    "reader.removed": ("X",),
    "reader.undo": ("ctrl+underscore",),
    "claims.queries": ("Q",),
    "list.page-down": ("space", "f", "pagedown", "ctrl+d", "ctrl+f", "ctrl+v"),
    "list.page-up": ("b", "pageup", "ctrl+u", "ctrl+b"),
}

PRESETS: Mapping[str, KeyOverrides] = {"default": {}, "vim": _VIM, "less": _LESS}


def key_overrides(settings: Settings) -> KeyOverrides:
    """Return the keys to change: those of the preset, then the reader's own."""
    return {**PRESETS[settings.keymap], **settings.keys}
