"""Every promised Python on every system installs the program from wheels alone.

A package without a wheel would be compiled where it is installed, which needs a compiler, and is
what stops most people. The resolver is `uv`, or the one that `ANNOTATOR_UV` names.
"""

import os
import re
import shutil
import subprocess
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PYTHONS = re.findall(r"Python :: (3\.\d+)$", "\n".join(PROJECT["classifiers"]), re.MULTILINE)
SYSTEMS = {  # what uv calls it: sys_platform, platform_machine
    "x86_64-unknown-linux-gnu": ("linux", "x86_64"),
    "aarch64-unknown-linux-gnu": ("linux", "aarch64"),
    "x86_64-unknown-linux-musl": ("linux", "x86_64"),
    "aarch64-unknown-linux-musl": ("linux", "aarch64"),
    "x86_64-apple-darwin": ("darwin", "x86_64"),
    "aarch64-apple-darwin": ("darwin", "arm64"),
    "x86_64-pc-windows-msvc": ("win32", "AMD64"),
    "aarch64-pc-windows-msvc": ("win32", "ARM64"),
}
EXTRAS = PROJECT["optional-dependencies"]
# An extra whose package has wheels for some systems only: on the others it is compiled.
SOMEWHERE = {
    "bidi": {*SYSTEMS} - {"aarch64-pc-windows-msvc"},
    "meaning": {
        "x86_64-unknown-linux-gnu",
        "aarch64-unknown-linux-gnu",
        "aarch64-apple-darwin",
    },
}
REQUIREMENTS = [*PROJECT["dependencies"], *(line for lines in EXTRAS.values() for line in lines)]


def test_every_promised_python_may_install_the_program():
    assert [
        version for version in PYTHONS if version not in SpecifierSet(PROJECT["requires-python"])
    ] == []
    assert [f"3.{minor}" for minor in range(11, 11 + len(PYTHONS))] == PYTHONS


def test_every_promised_python_runs_the_tests():
    workflow = (ROOT / ".github" / "workflows" / "check.yml").read_text("utf-8")
    assert yaml.safe_load(workflow)["jobs"]["check"]["strategy"]["matrix"]["python"] == PYTHONS


@pytest.mark.parametrize("line", REQUIREMENTS)
def test_a_requirement_is_the_same_on_all_systems_and_pythons(line):
    marker = Requirement(line).marker
    wanted = {
        (version, system)
        for version in PYTHONS
        for system, machine in SYSTEMS.values()
        if marker is None
        or marker.evaluate(
            {"python_version": version, "sys_platform": system, "platform_machine": machine}
        )
    }
    everywhere = {system for system, _ in SYSTEMS.values()}
    # only the library that joined the standard one in 3.14 depends on the version
    pythons = [v for v in PYTHONS if v not in {"3.14", "3.15"}] if "zstd" in line else PYTHONS
    assert wanted == {(version, system) for version in pythons for system in everywhere}


@pytest.fixture(scope="module")
def resolver(tmp_path_factory) -> list[str]:
    """Return a command that resolves to wheels, once the index has answered it."""
    program = os.environ.get("ANNOTATOR_UV") or shutil.which("uv")
    if not program:
        pytest.skip("needs uv, on the path or named by ANNOTATOR_UV")
    cache = tmp_path_factory.mktemp("cache")
    command = [program, "--cache-dir", str(cache), "--quiet", "pip", "compile", "--no-header"]
    command += ["--no-annotate", "--only-binary", ":all:", "--no-python-downloads"]
    command += [str(ROOT / "pyproject.toml"), "--python-version"]
    first = resolved(command, PYTHONS[0], next(iter(SYSTEMS)))
    if "error sending request" in first.lower() or "failed to fetch" in first.lower():
        pytest.skip(f"the index does not answer: {first.splitlines()[0]}")
    return command


def resolved(command: list[str], python: str, system: str) -> str:
    """Return what the resolver said: packages with versions, or why there is no solution."""
    extras = [name for name in EXTRAS if system in SOMEWHERE.get(name, SYSTEMS)]
    whole = [*command, python, "--python-platform", system]
    whole += [f"--extra={name}" for name in extras]
    answer = subprocess.run(whole, capture_output=True, text=True, check=False, timeout=240)
    return answer.stdout if answer.returncode == 0 else answer.stderr or "no answer"


@pytest.mark.timeout(300)
@pytest.mark.parametrize("python", PYTHONS)
def test_all_requirements_and_extras_have_wheels(resolver, python):
    with ThreadPoolExecutor(len(SYSTEMS)) as threads:
        told = dict(
            zip(
                SYSTEMS,
                threads.map(lambda system: resolved(resolver, python, system), SYSTEMS),
                strict=True,
            )
        )
    for system, answer in told.items():
        packages = re.findall("(?m)^[a-z0-9-]+==", answer)
        print(f"{python} {system}: {len(packages)} packages")  # noqa: T201 - shown with -rP
    assert {system: answer for system, answer in told.items() if "textual==" not in answer} == {}
