"""The limits of the code that ruff, mypy and import-linter cannot check."""

import ast
import importlib
import inspect
import io
import re
import shutil
import subprocess
import tokenize
from collections import Counter
from enum import EnumType
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src" / "annotator").rglob("*.py"))

FACES = {"cli/program.py", "serve/server.py", "tui/app.py"}

MAX_LINES = 600
MAX_STATEMENTS = 40
MAX_DEPTH = 3  # of our own classes in a line of inheritance
MANY_METHODS = 1000  # of our classes, which are imported to look at them
MAX_RE_EXPORTS = 5  # packages that pass on a class one after another
ONE_DEEPER = frozenset({"annotator.tui.dialogs.dialog.Dialog", "annotator.errors.AnnotatorError"})
VAGUE = frozenset({"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"})

LATER = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
WITH_A_REASON = re.compile(r"# noqa: [A-Z]+\d+(?:, [A-Z]+\d+)*(?: -|  ?) \w.*")

FOLDERS = frozenset(
    {
        ".ci",
        ".github",
        "benchmarks",
        "docs",
        "documenting",
        "packaging",
        "sample_articles",
        "src",
        "styles",
        "tests",
    }
)
USUAL_FILE = re.compile(
    r"\.[a-z-]+(\.yaml)?|[A-Z_]+(\.md)?|Makefile|mkdocs\.yml|pyproject\.toml|requirements-.*\.lock"
)
TEXTS = frozenset(
    {".cfg", ".css", ".html", ".json", ".lock", ".md", ".py", ".sh", ".tcss", ".toml", ".txt", ""}
)
A_FOLDER_OF_ONE_MACHINE = re.compile(
    r"(?<![\w.~/-])/(?:(?:home|Users)/(?!me\b|reader\b|someone\b)|root/|work/|tmp/|mnt/)\w[\w/.-]*"
)


def tracked() -> list[Path]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("this is not a git checkout")
    listed = subprocess.run(
        [git, "-C", str(ROOT), "ls-files", "-z"], capture_output=True, text=True, check=True
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def test_no_module_is_too_long():
    assert _beyond(MAX_LINES, {_name(path): _lines(path) for path in SOURCES}) == {}


def test_no_function_is_too_long():
    counts = {
        f"{_name(path)}:{node.lineno} {node.name}": _statements(node)
        for path, node in _nodes(ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert _beyond(MAX_STATEMENTS, counts) == {}


def test_inheritance_is_shallow():
    bases = _bases_of_classes()
    too_deep = {
        name: line
        for name in bases
        if len(line := _line_of(name, bases)) > MAX_DEPTH + bool(ONE_DEEPER & {*line})
    }
    assert too_deep == {}


def test_inheritance_is_followed_through_modules_and_imports():
    bases = _bases_of_classes()
    assert bases.keys() >= ONE_DEEPER
    dialogs = [name for name in bases if "annotator.tui.dialogs.dialog.Dialog" in bases[name]]
    assert len({name.rpartition(".")[0] for name in dialogs}) > 1
    assert _line_of("annotator.errors.InvalidTag", bases)[-1] == "annotator.errors.AnnotatorError"


@pytest.mark.parametrize(
    ("code", "base"),
    [
        ("class A: ...\nclass B(A): ...", "annotator.here.there.A"),
        ("from annotator.store import A\nclass B(A[int]): ...", "annotator.store.A"),
        ("from annotator import store as s\nclass B(s.A): ...", "annotator.store.A"),
        ("import annotator.store\nclass B(annotator.store.A): ...", "annotator.store.A"),
        ("import annotator.store as s\nclass B(s.A): ...", "annotator.store.A"),
        ("if True:\n    from annotator.store import A\nclass B(A): ...", "annotator.store.A"),
        ("class B(ValueError): ...", "annotator.here.there.ValueError"),
    ],
)
def test_a_base_is_named_with_its_module(code, base):
    tree = ast.parse(code)
    [*_, made] = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    assert _absolute(made.bases[0], "annotator.here.there", _imported(tree)) == base


def test_a_class_name_means_one_thing():
    names = [node.name for _, node in _nodes(ast.ClassDef) if not node.name.startswith("_")]
    assert _beyond(1, Counter(names)) == {}


def test_every_public_method_is_described_where_it_or_what_it_overrides_is_declared():
    modules = [
        importlib.import_module(_module(path)) for path in SOURCES if path.stem != "__main__"
    ]
    classes = {
        value
        for module in modules
        for value in [*vars(module).values()]
        if isinstance(value, type) and value.__module__ == module.__name__
    }
    protocols = [value for value in classes if getattr(value, "_is_protocol", False)]
    described = {name for protocol in protocols for name in vars(protocol)}
    methods = {
        f"{value.__module__}.{value.__qualname__}.{name}": getattr(value, name)
        for value in classes
        for name, member in vars(value).items()
        if not name.startswith("_")
        and not value.__name__.startswith("_")
        and name not in described
        and not isinstance(value, EnumType)
        and (inspect.isroutine(member) or isinstance(member, property))
    }
    assert len(methods) > MANY_METHODS
    assert [name for name, method in methods.items() if not inspect.getdoc(method)] == []


def test_no_module_has_a_vague_name():
    assert [_name(path) for path in SOURCES if VAGUE & set(path.stem.split("_"))] == []


def test_no_comment_defers_work():
    assert [_name(path) for path in SOURCES if LATER.search(_comments(path))] == []


def test_no_docstring_defers_work():
    assert [_name(path) for path in SOURCES if LATER.search(_docstrings(path))] == []


def test_only_a_face_catches_every_exception():
    handlers = _nodes(ast.ExceptHandler)
    catching = {_name(path) for path, handler in handlers if _catches_everything(handler)}
    assert catching <= FACES


def test_a_lint_rule_is_silenced_by_name_and_with_a_reason():
    notes = [note for path in SOURCES for note in re.findall(r"# noqa.*", path.read_text("utf-8"))]
    assert [note for note in notes if not WITH_A_REASON.fullmatch(note)] == []


def test_every_package_has_its_tests():
    packages = {path.parent.name for path in SOURCES if path.parent.parent.name == "annotator"}
    assert packages - {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()} == set()


def test_the_top_level_has_the_usual_folders_and_files():
    inside = {path.relative_to(ROOT).parts for path in tracked()}
    folders = {parts[0] for parts in inside if len(parts) > 1}
    files = {parts[0] for parts in inside if len(parts) == 1}
    assert folders <= FOLDERS
    assert [name for name in files if not USUAL_FILE.fullmatch(name)] == []


def test_no_file_contains_a_path_of_the_authors_machine():
    found = {
        str(path.relative_to(ROOT)): match[0]
        for path in tracked()
        if path.suffix in TEXTS
        and (match := A_FOLDER_OF_ONE_MACHINE.search(path.read_text("utf-8", "replace")))
    }
    assert found == {}


@pytest.mark.parametrize("name", ["requirements-dev.lock", "requirements-site.lock"])
def test_a_lock_file_names_no_index(name):
    assert "://" not in (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("name", ["requirements-dev.lock", "requirements-site.lock"])
def test_a_lock_file_names_no_extras(name):
    """With hashes, pip before 24 looks further for the libraries of an extra, and gives up."""
    lines = (ROOT / name).read_text("utf-8").splitlines()
    assert [line for line in lines if "[" in line.partition(";")[0]] == []


def test_a_sample_is_named_after_its_family_and_case():
    names = [path.name for path in (ROOT / "sample_articles").iterdir()]
    assert [name for name in names if not re.fullmatch(r"[a-z]+--[a-z-]+\.(html|txt)", name)] == []


def _name(path: Path) -> str:
    return path.relative_to(ROOT / "src" / "annotator").as_posix()


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _nodes(kind: type) -> list[tuple[Path, ast.AST]]:
    return [
        (path, node) for path in SOURCES for node in ast.walk(_tree(path)) if isinstance(node, kind)
    ]


def _beyond(bound: int, counts: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count > bound}


def _bases_of_classes() -> dict[str, list[str]]:
    """Return the bases of every class of ours, all named with their modules."""
    return {
        f"{_module(path)}.{node.name}": [
            _first_name(_absolute(base, _module(path), _imported(_tree(path))))
            for base in node.bases
        ]
        for path, node in _nodes(ast.ClassDef)
    }


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT / "src").with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def _imported(tree: ast.Module) -> dict[str, str]:
    """Return the full names of what a module imports, by the names that it has there."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
        elif isinstance(node, ast.Import):
            found |= {each.asname: each.name for each in node.names if each.asname}
            found |= {
                (first := each.name.partition(".")[0]): first
                for each in node.names
                if not each.asname
            }
    return found


def _absolute(base: ast.expr, module: str, imported: dict[str, str]) -> str:
    """Return the name of a base with its module: its own if the name is not imported."""
    first, dot, rest = ast.unparse(base).partition("[")[0].partition(".")
    return imported.get(first, f"{module}.{first}") + dot + rest


def _first_name(name: str) -> str:
    """Follow a class that a package only passes on to the module that defines it."""
    for _ in range(MAX_RE_EXPORTS):
        module, _, own = name.rpartition(".")
        path = ROOT / "src" / Path(*module.split("."), "__init__.py")
        if not path.exists():
            break
        name = _imported(_tree(path)).get(own, name)
    return name


def _line_of(name: str, bases: dict[str, list[str]]) -> list[str]:
    """Return a class and the longest line of our own classes above it."""
    above = [_line_of(base, bases) for base in bases[name] if base in bases and base != name]
    return [name, *max(above, key=len, default=[])]


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def _comments(path: Path) -> str:
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)
    return "\n".join(token.string for token in tokens if token.type == tokenize.COMMENT)


def _docstrings(path: Path) -> str:
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = (node for node in ast.walk(_tree(path)) if isinstance(node, kinds))
    return "\n".join(ast.get_docstring(node) or "" for node in nodes)


def _statements(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return sum(isinstance(node, ast.stmt) for node in ast.walk(function)) - 1


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    """Whether it catches every exception and does not raise it again."""
    last, caught = handler.body[-1], handler.type
    if isinstance(last, ast.Raise) and last.exc is None:
        return False
    kinds = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(
        kind is None or (isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"})
        for kind in kinds
    )
