"""Formats of other packages, which they offer by entry points."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

from annotator.errors import InvalidInput

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

Format = TypeVar("Format")


def plugins(group: str) -> Iterator["EntryPoint"]:
    """Yield the entry points of a group; nothing is loaded yet."""
    from importlib.metadata import entry_points  # takes 20 ms, which only plug-ins need

    yield from entry_points(group=group)


def load_plugin(found: "EntryPoint", kind: type[Format]) -> Format:
    """Return the format of another package; its mistakes must not look like ours.

    Raises `InvalidInput` if it cannot be loaded or is of another kind.
    """
    article = "an" if kind.__name__[:1] in "AEIOU" else "a"
    problem = f"{found.value} is not {article} {kind.__name__}"
    try:
        plugin = found.load()
    except (ImportError, AttributeError, SyntaxError) as error:
        plugin, problem = None, str(error)
    if isinstance(plugin, kind):
        return plugin
    package = found.dist.name if found.dist else found.module
    raise InvalidInput(
        f"The format {found.name} cannot be loaded: {problem}.",
        f"Update or remove the package {package}.",
    )
