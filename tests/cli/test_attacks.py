"""A collection of attacks goes through the doors of the program, also one without a server."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
CASES = [
    {"id": "escape", "kind": "text", "input": "a\x1b[2Jb", "expected": {"equals": "ab"}},
    {"id": "page", "kind": "html", "file": "page.html", "expected": {"ok": True}},
    {
        "id": "long",
        "kind": "html",
        "generate": {"prefix": "<p>", "repeat": "word {i} ", "times": 300, "suffix": "</p>"},
        "expected": {"within_s": 15},
    },
    {"id": "loop", "kind": "fetch", "input": "/redirect/loop", "expected": {"error": "loop"}},
]


def run(folder, *options):
    command = [sys.executable, str(BENCHMARKS), "attacks", str(folder), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def collection(tmp_path, cases):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "page.html").write_text("<title>Rain</title><p>It rained all day, they said.")
    (folder / "manifest.json").write_text(json.dumps({"cases": cases}))
    return folder


def test_a_collection_without_a_server_is_tried(tmp_path):
    collection(tmp_path, CASES)
    done = run(tmp_path, "--door", "add a file .html")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 cases need a server" in done.stdout
    assert "add a file .html" in done.stdout
    assert done.stdout.endswith("0 failed\n")


def test_a_value_that_is_not_as_expected_fails(tmp_path):
    folder = collection(tmp_path, [CASES[0] | {"expected": {"equals": "b"}}])
    done = run(folder, "--door", "value of text")
    assert done.returncode == 1
    assert "! escape: 'ab', and should be 'b'" in done.stdout


def test_a_folder_without_a_collection_is_refused(tmp_path):
    assert "No manifest.json" in run(tmp_path).stderr
