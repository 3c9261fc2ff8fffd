"""Data that is kept beside the code as TOML: names that pages use, wordings of languages."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pkgutil import get_data
from typing import Any


def toml_beside(package: str | None, name: str) -> dict[str, Any]:
    """Return what is in a file of a package."""
    return tomllib.loads((get_data(package or "", name) or b"").decode())


@cache
def wordings(package: str | None, name: str) -> Mapping[str, str]:
    """Return the texts in a file of a package; a line that ends with a bar goes on in the next."""
    texts = toml_beside(package, name).items()
    return {key: text.strip("\n").replace("|\n", "|") for key, text in texts}
