"""The limits of the code that ruff, mypy and import-linter cannot check."""

import ast
import io
import re
import shutil
import subprocess
import tokenize
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src" / "annotator").rglob("*.py"))

FACES = {"cli/program.py", "tui/app.py"}

MAX_LINES = 600
MAX_STATEMENTS = 40
MAX_DEPTH = 3  # of our own classes in a line of inheritance; dialogs and errors may have one more
VAGUE = frozenset({"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"})

WITH_A_REASON = re.compile(r"# noqa: [A-Z]+\d+(?:, [A-Z]+\d+)*(?: -|  ?) \w.*")

FOLDERS = frozenset(
    {".ci", ".github", "benchmarks", "docs", "sample_articles", "src", "styles", "tests"}
)
USUAL_FILE = re.compile(
    r"\.[a-z-]+(\.yaml)?|[A-Z_]+(\.md)?|Makefile|pyproject\.toml|requirements-.*\.lock"
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
    bases = {
        node.name: [ast.unparse(base).partition("[")[0] for base in node.bases]
        for _, node in _nodes(ast.ClassDef)
    }
    too_deep = {
        name: line
        for name in bases
        if len(line := _line_of(name, bases))
        > MAX_DEPTH + bool({"Dialog", "AnnotatorError"} & {*line})
    }
    assert too_deep == {}


def test_no_module_has_a_vague_name():
    assert [_name(path) for path in SOURCES if VAGUE & set(path.stem.split("_"))] == []


def test_no_comment_defers_work():
    later = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
    assert [_name(path) for path in SOURCES if later.search(_comments(path))] == []


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


def test_the_lock_file_names_no_index():
    assert "://" not in (ROOT / "requirements-dev.lock").read_text("utf-8")


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


def _line_of(name: str, bases: dict[str, list[str]]) -> list[str]:
    """Return a class and the longest line of our own classes above it."""
    above = [_line_of(base, bases) for base in bases[name] if base in bases and base != name]
    return [name, *max(above, key=len, default=[])]


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def _comments(path: Path) -> str:
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)
    return "\n".join(token.string for token in tokens if token.type == tokenize.COMMENT)


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
