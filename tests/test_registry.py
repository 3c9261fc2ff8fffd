"""Parts that are known by name."""

import sys
from importlib import invalidate_caches
from types import ModuleType

import pytest

from annotator.errors import InvalidInput
from annotator.registry import Registry

FRACTIONS = {"half": "fractions:Fraction", "gone": "annotator.no_such_part:PART"}


def test_a_part_is_loaded_by_its_name_and_not_before():
    sys.modules.pop("this", None)
    numbers = Registry[type]({"fraction": "fractions:Fraction", "poem": "this:s"})
    assert numbers.load("fraction").__name__ == "Fraction"
    assert numbers.names() == ("fraction", "poem")
    assert "this" not in sys.modules


def test_an_unknown_name_is_a_key_error():
    with pytest.raises(KeyError):
        Registry({}).load("nothing")


def test_a_part_whose_module_is_not_there_is_left_out():
    assert [part.__name__ for part in Registry(FRACTIONS).parts()] == ["Fraction"]


def test_a_part_that_lacks_a_module_of_another_package_is_a_fault(monkeypatch):
    module = "annotator.part_in_need"

    class Needy(ModuleType):
        def __getattr__(self, name):
            raise ModuleNotFoundError("no such library", name="library")

    monkeypatch.setitem(sys.modules, module, Needy(module))
    with pytest.raises(ModuleNotFoundError):
        list(Registry({"needy": f"{module}:PART"}).parts())


@pytest.fixture
def packages(tmp_path, monkeypatch):
    """Return a function that installs a package with an entry point of the group `shelf`."""
    monkeypatch.syspath_prepend(tmp_path)

    def install(name, code, entry_point):
        (tmp_path / f"{name}.py").write_text(code)
        info = tmp_path / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[shelf]\n{entry_point}\n")
        invalidate_caches()  # a folder that changes twice in a moment is read once
        monkeypatch.delitem(sys.modules, name, raising=False)  # that of another test

    return install


def test_a_part_of_another_package_comes_after_those_of_the_program(packages):
    packages("annotator_shelf", "BOOK = 'a book'", "book = annotator_shelf:BOOK")
    shelf = Registry[str]({"own": "string:digits"}, kind=str, group="shelf")
    assert shelf.names() == ("own", "book")
    assert shelf.names_of_plugins() == ("book",)
    assert list(shelf.parts()) == ["0123456789", "a book"]


def test_a_part_of_another_package_cannot_take_the_name_of_one_of_the_program(packages):
    packages("annotator_thief", "OWN = 'stolen'", "own = annotator_thief:OWN")
    shelf = Registry[str]({"own": "string:digits"}, kind=str, group="shelf")
    assert shelf.load("own") == "0123456789"
    assert shelf.names() == ("own",)


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("BOOK = 7", "annotator_broken:BOOK is not a str."),
        ("import no_such_library", "No module named 'no_such_library'."),
        ("BOOK = ", "invalid syntax"),
        ("PAGE = 1", "has no attribute 'BOOK'"),
    ],
)
def test_a_broken_part_of_another_package_names_the_package(packages, code, problem):
    sys.modules.pop("annotator_broken", None)
    packages("annotator_broken", code, "book = annotator_broken:BOOK")
    shelf = Registry[str]({}, kind=str, group="shelf")
    with pytest.raises(InvalidInput) as raised:
        shelf.load("book")
    assert raised.value.message.startswith("The format book cannot be loaded: ")
    assert problem in raised.value.message
    assert raised.value.hint == "Update or remove the package annotator_broken."
    assert list(shelf.parts()) == []
