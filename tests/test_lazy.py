"""Packages whose names are loaded when they are first used."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[1] / "src" / "annotator"
PACKAGES = sorted(
    ".".join(("annotator", *path.parent.relative_to(SOURCES).parts))
    for path in SOURCES.rglob("__init__.py")
    if "= lazy(" in path.read_text("utf-8")
)


def imported(package):
    """Return the names that a package imports for type checkers."""
    tree = ast.parse(Path(importlib.import_module(package).__file__).read_text("utf-8"))
    blocks = [node for node in tree.body if isinstance(node, ast.If)]
    imports = [node for block in blocks for node in block.body if isinstance(node, ast.ImportFrom)]
    return [alias.name for node in imports for alias in node.names]


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_offers_all_that_it_imports_for_type_checkers(package):
    names = imported(package)
    assert names
    module = importlib.import_module(package)
    assert all(getattr(module, name) is not None for name in names)


def test_a_name_that_is_not_there_is_said_to_be_missing():
    module = importlib.import_module("annotator.model")
    with pytest.raises(AttributeError, match=r"annotator\.model' has no attribute 'Artcle'"):
        _ = module.Artcle


def test_a_name_loads_its_own_module_alone():
    code = (
        "import sys; from annotator import fetch;"
        "before = 'annotator.fetch.options' in sys.modules;"
        "fetch.DEFAULT_OPTIONS;"
        "print(before, 'annotator.fetch.options' in sys.modules, 'httpx' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True", "False"]
