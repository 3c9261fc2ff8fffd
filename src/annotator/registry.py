"""Parts of the program that are known by a name, and loaded when they are used.

A registry is a table of names with the place of each part, as `module:name`:

    SCREENS = Registry({"daily": "annotator.tui.daily:DailyScreen"})
    SCREENS.load("daily")

No module imports a part that is in a registry, so that a part can be added with one line,
costs nothing until it is used, and is missed by nothing when it is not there. Other
packages can add parts to a registry that has a group of entry points:

    [project.entry-points."annotator.exporters"]
    opml = "annotator_opml:OPML"
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from annotator.errors import InvalidInput

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

Part = TypeVar("Part")


class Registry(Generic[Part]):
    """Parts by their names: those of the program in their order, then those of other packages.

    `places` are the program's own, as `module:name`. Parts of other packages are the entry
    points of `group`, which must be of the type `kind`; one with the name of an own part is
    left out.
    """

    def __init__(
        self, places: Mapping[str, str], *, kind: type[Any] = object, group: str = ""
    ) -> None:
        self._places = places
        self._kind = kind
        self._group = group

    def names(self) -> tuple[str, ...]:
        """Return the names of all parts; none is loaded."""
        return (*self._places, *self._plugins())

    def names_of_plugins(self) -> tuple[str, ...]:
        """Return the names of parts of other packages; none is loaded."""
        return tuple(self._plugins())

    def load(self, name: str) -> Part:
        """Return the part of that name.

        Raises `KeyError` for an unknown one, and `InvalidInput` for one of another package
        that is broken.
        """
        if name in self._places:
            return cast("Part", load_part(self._places[name]))
        return cast("Part", _load_plugin(self._plugins()[name], self._kind))

    def parts(self) -> Iterator[Part]:
        """Yield every part that is there: a plug-in that cannot be loaded is left out.

        So is a part of the program whose module does not exist.
        """
        for name, place in self._places.items():
            try:
                part = self.load(name)
            except ModuleNotFoundError as error:
                if not _is_part_of(place, error.name or place):
                    raise
            else:
                yield part
        for name in self._plugins():
            try:
                yield self.load(name)
            except InvalidInput:
                continue

    def _plugins(self) -> "Mapping[str, EntryPoint]":
        if not self._group:
            return {}
        from importlib.metadata import entry_points  # takes 20 ms, which only plug-ins need

        plugins: dict[str, EntryPoint] = {}
        for plugin in entry_points(group=self._group):
            if plugin.name not in self._places:
                plugins.setdefault(plugin.name, plugin)
        return plugins


def _is_part_of(place: str, package: str) -> bool:
    return f"{place}.".startswith((f"{package}.", f"{package}:"))


def load_part(place: str) -> object:
    """Return what is at a place, such as `annotator.tui.daily:DailyScreen`, or a whole module."""
    module, _, name = place.partition(":")
    return getattr(import_module(module), name) if name else import_module(module)


def _load_plugin(plugin: "EntryPoint", kind: type[Any]) -> object:
    """Return the part of another package; its mistakes must not look like ours."""
    article = "an" if kind.__name__[:1] in "AEIOU" else "a"
    problem = f"{plugin.value} is not {article} {kind.__name__}"
    try:
        part = plugin.load()
    except (ImportError, AttributeError, SyntaxError) as error:
        part, problem = None, str(error)
    if isinstance(part, kind):
        return part
    package = plugin.dist.name if plugin.dist else plugin.module
    raise InvalidInput(
        f"The format {plugin.name} cannot be loaded: {problem}.",
        f"Update or remove the package {package}.",
    )
