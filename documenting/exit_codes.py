"""The page of exit codes, from the table of them."""

from typing import Final

from annotator.cli.group import EXIT_CODES
from documenting.tables import cell, table

_HEAD: Final = """# Exit codes

A command that did what it should exits with 0. If one of several sources fails, the others are done
all the same, and the code is that of the first failure. With `--json` an error is [a line of
JSON](json.md#error) on standard error, whose `code` is one of these words.

"""
_EXAMPLE: Final = """
```console
$ annotator show 0000; echo "exit code $?"
$ annotator list status:nearly --json; echo "exit code $?"
```
"""


def page() -> str:
    """Return the page."""
    rows = [
        (f"`{code}`", " ".join(f"`{word}`" for word in words.split()), cell(in_full))
        for code, (words, _, in_full) in EXIT_CODES.items()
    ]
    return _HEAD + table(("code", "in JSON", "meaning"), rows) + _EXAMPLE
