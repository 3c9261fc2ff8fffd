"""Packages that load a module when it, or one of its names, is first used.

A start is mostly imports. A package whose names are needed by few commands, or
after the first frame, names each of them once, in imports that type checkers read:

    if TYPE_CHECKING:
        from annotator.store.library import Library

    __getattr__ = lazy(__name__, __file__)

Then `from annotator.store import Library` loads `annotator.store.library` and
nothing else, and a module that begins with `from annotator import fetch` loads
the network client at its first call of `fetch.fetch_page`. A package whose modules are
called by name, as in `usecases.articles.refresh.refresh(…)`, imports these in the same way.
"""

from collections.abc import Callable, Iterator
from importlib import import_module

_BLOCK = "\nif TYPE_CHECKING:"
_IMPORT = "\n    from "


def lazy(package: str, file: str) -> Callable[[str], object]:
    """Return the `__getattr__` of a package, whose names are those below its `TYPE_CHECKING`."""
    module_of: dict[str, str] = {}

    def load(name: str) -> object:
        if not module_of:
            with open(file, encoding="utf-8") as source:  # noqa: PTH123 - most starts do without pathlib
                module_of.update(_names_in(source.read()))
        module = module_of.get(name)
        if module is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        if module == package:
            return import_module(f"{package}.{name}")
        return getattr(import_module(module), name)

    return load


def _names_in(source: str) -> Iterator[tuple[str, str]]:
    """Yield each name in the imports for type checkers, and the module that it is from."""
    _, _, block = source.partition(_BLOCK)
    for statement in block.split(_IMPORT)[1:]:
        module, _, rest = statement.partition(" import ")
        is_long = rest.startswith("(")
        names = rest[1:].partition(")")[0] if is_long else rest.partition("\n")[0].partition("#")[0]
        yield from ((name.strip(), module) for name in names.split(",") if name.strip())
