"""How to add packages that a part of the program needs, to where it was installed."""

import shlex
import sys
from pathlib import Path


def how_to_install(packages: str, prefix: str = sys.prefix) -> str:
    """Return the command that adds packages to where the program was installed.

    It names the packages, since `annotator-tui` is not known to an index, and a checkout may
    be gone.
    """
    folder = shlex.quote(prefix)
    if Path(prefix, "uv-receipt.toml").exists():
        return f"uv pip install --python {folder} {packages}"
    if Path(prefix, "pipx_metadata.json").exists():
        return f"pipx inject annotator-tui {packages}"
    return f"{folder}/bin/pip install {packages}"
