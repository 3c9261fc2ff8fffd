"""Write keys.md from the groups of keys. `make docs` runs this script."""

from pathlib import Path

from annotator.tui.keys.key import Key
from annotator.tui.keys.keymap import Keymap, digit_range, shown_name

PAGE = Path(__file__).with_name("keys.md")

_TABLE = "| keys | action | id |\n|---|---|---|"
_HEAD = """# Keys

`?` shows this list in the program, and `:` opens the command palette. The keys of a mark work when
a mark is under the cursor, jumped to, or clicked on; in caret mode `e` and `l` move the caret.

To change a key, give its id in the settings (`annotator config edit` opens them). An unknown id, or
a key that would mean two things, is reported and ignored. `keymap` selects a set of keys for those
who know `vim` or `less`:

```toml
keymap = "vim"

[keys]
"reader.find" = "f"
"read.page-down" = ["space", "ctrl+f"]
```

"""


def page() -> str:
    """Return the page."""
    return _HEAD + "\n".join(map(_group, Keymap().groups()))


def _group(group: tuple[str, tuple[Key, ...]]) -> str:
    title, keys = group
    return "\n".join((f"## {title}", "", _TABLE, *map(_row, keys), ""))


def _row(key: Key) -> str:
    first, last = key.keys[0], key.keys[-1]
    names = (
        [f"`{first}` … `{last}`"]
        if digit_range(key)
        else [f"`{shown_name(name)}`" for name in key.keys]
    )
    return f"| {' '.join(names)} | {key.label} | `{key.id}` |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
