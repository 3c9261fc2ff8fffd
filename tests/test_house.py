"""The house is kept: nothing grows past its bounds, nothing stands where it does not belong.

ruff, mypy and import-linter hold the most of it; here is what they cannot say.
"""

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
        pytest.skip("this is no checkout")
    listed = subprocess.run(
        [git, "-C", str(ROOT), "ls-files", "-z"], capture_output=True, text=True, check=True
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def test_a_module_can_be_read_at_a_sitting():
    assert _beyond(MAX_LINES, {_name(path): _lines(path) for path in SOURCES}) == {}


def test_a_function_fits_in_the_head():
    counts = {
        f"{_name(path)}:{node.lineno} {node.name}": _statements(node)
        for path, node in _nodes(ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert _beyond(MAX_STATEMENTS, counts) == {}


def test_a_module_is_named_for_what_it_holds():
    assert [_name(path) for path in SOURCES if VAGUE & set(path.stem.split("_"))] == []


def test_nothing_is_left_for_later():
    later = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
    assert [_name(path) for path in SOURCES if later.search(_comments(path))] == []


def test_only_a_face_may_catch_everything_and_go_on():
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


def test_no_file_speaks_of_the_machine_it_was_written_on():
    found = {
        str(path.relative_to(ROOT)): match[0]
        for path in tracked()
        if path.suffix in TEXTS
        and (match := A_FOLDER_OF_ONE_MACHINE.search(path.read_text("utf-8", "replace")))
    }
    assert found == {}


def test_the_locked_versions_come_from_no_particular_index():
    assert "://" not in (ROOT / "requirements-dev.lock").read_text("utf-8")


def test_a_sample_is_named_for_its_family_and_its_case():
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


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def _comments(path: Path) -> str:
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)
    return "\n".join(token.string for token in tokens if token.type == tokenize.COMMENT)


def _statements(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return sum(isinstance(node, ast.stmt) for node in ast.walk(function)) - 1


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    """Tell whether it catches whatever comes and does not pass it on."""
    last, caught = handler.body[-1], handler.type
    if isinstance(last, ast.Raise) and last.exc is None:
        return False
    kinds = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(
        kind is None or (isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"})
        for kind in kinds
    )
