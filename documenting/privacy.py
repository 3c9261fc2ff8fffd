"""The page of what is kept and sent, from the table of `annotator doctor --privacy`."""

from typing import Final

from annotator.model.data_file import toml_beside
from annotator.usecases import library
from documenting.tables import cell, table

TABLE: Final = toml_beside(library.__name__, "privacy.toml")
_PLACES: Final = {  # what the table calls folders, and `annotator config path` prints
    "library": "library",
    "own_state": "state/libraries/…",
    "own_cache": "cache/…",
    "other_states": "state/libraries/…",
    "other_caches": "cache/…",
    "state": "state",
    "config": "config",
    "log": "state/annotator.log",
    "exported": "the folder of exports",
    "cookies": "the file of cookies",
}
_HEAD: Final = """# Privacy

Everything is on your own disk, in files that only you can read. `annotator doctor --privacy` prints
these tables with the paths and sizes on your computer, `annotator config path library` where the
library is, `config path state` and `config path cache` the other folders.

## What is sent

"""


def page() -> str:
    """Return the page."""
    rows = [
        (
            kind["kind"],
            "<br>".join(f"`{_place(path)}`" for path in kind["paths"]),
            cell(kind["holds"]),
            cell(kind["delete"]),
        )
        for kind in TABLE["kept"]
    ]
    sent = "".join(f"- {cell(sentence)}\n" for sentence in TABLE["sent"])
    kept = table(("what", "where", "what is in it", "how to delete it"), rows)
    return f"{_HEAD}{sent}\n## What is kept\n\n{kept}"


def _place(template: str) -> str:
    name, _, rest = template.removeprefix("{").partition("}")
    return f"{_PLACES[name]}{rest}"
