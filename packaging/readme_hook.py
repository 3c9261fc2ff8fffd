"""The README for the index, whose links and pictures lead to this version in the repository."""

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

RELATIVE = re.compile(r"(!?)\[([^]]*)\]\((?![a-z]+:|#)([^)]+)\)")


class ReadmeHook(MetadataHookInterface):
    """Gives the project its readme."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the readme, with addresses in place of paths."""
        text = (Path(self.root) / "README.md").read_text("utf-8")
        project, tag = metadata["urls"]["Homepage"], f"v{metadata['version']}"
        metadata["readme"] = {
            "content-type": "text/markdown",
            "text": with_addresses(text, project, tag),
        }


def with_addresses(text: str, project: str, tag: str) -> str:
    """Return Markdown in which paths are addresses of files in the repository at a tag."""
    files = project.replace("github.com", "raw.githubusercontent.com", 1)

    def address(match: re.Match[str]) -> str:
        sign, words, path = match.groups()
        place = f"{files}/{tag}" if sign else f"{project}/blob/{tag}"
        return f"{sign}[{words}]({place}/{path})"

    return RELATIVE.sub(address, text)
