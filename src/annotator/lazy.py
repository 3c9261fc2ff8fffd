"""Packages that load a module when it, or one of its names, is first used.

A start is mostly imports. A package whose names are needed by few commands, or
after the first frame, lists them once:

    __getattr__ = lazy_names(__name__, {"library": "Library", "ids": "new_id"})

Then `from annotator.store import Library` loads `annotator.store.library` and
nothing else, and a module that begins with `from annotator import fetch` loads
the network client at its first call of `fetch.fetch_page`. Type checkers read the
imports below `if TYPE_CHECKING` in the same package.

A package whose modules are called by name, as in `usecases.articles.refresh.refresh(…)`, does
the same with `lazy_modules`.
"""

from collections.abc import Callable, Collection, Mapping
from importlib import import_module
from types import ModuleType


def lazy_names(package: str, modules: Mapping[str, str]) -> Callable[[str], object]:
    """Return the `__getattr__` of a package.

    `modules` maps each of its modules to the names that it defines, separated by spaces.
    """
    module_of = {name: module for module, names in modules.items() for name in names.split()}

    def load(name: str) -> object:
        if name not in module_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{module_of[name]}"), name)

    return load


def lazy_modules(package: str, modules: Collection[str]) -> Callable[[str], ModuleType]:
    """Return the `__getattr__` of a package that loads each of `modules` on its first use."""

    def load(name: str) -> ModuleType:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return import_module(f"{package}.{name}")

    return load
