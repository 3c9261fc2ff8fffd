"""Only a tag of the version that everything names is published, once built and without a token."""

import shutil
import subprocess
import sys
from pathlib import Path

import check_release
import pytest
import yaml

from annotator import __version__

ROOT = Path(__file__).parents[2]
WORKFLOWS = ROOT / ".github" / "workflows"
READ = (
    "pyproject.toml",
    "CHANGELOG.md",
    "src/annotator/__init__.py",
    "packaging/share/man/man1/annotator.1",
    "packaging/nix/package.nix",
)


@pytest.fixture
def project(tmp_path) -> Path:
    """Return a copy of what is checked, whose version has a day."""
    for name in READ:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "CHANGELOG.md").write_text(f"## {__version__} – 2026-12-01\n", "utf-8")
    return tmp_path


def test_the_tag_of_a_version_with_a_day_is_published(project):
    assert list(check_release.problems(f"v{__version__}", project)) == []


@pytest.mark.parametrize("tag", ["", "v9.9.9", __version__, f"v{__version__}rc1"])
def test_another_tag_is_refused(project, tag):
    (told,) = check_release.problems(tag, project)
    assert told.startswith("The tag is")


def test_a_version_without_a_day_is_refused(project):
    (project / "CHANGELOG.md").write_text(f"## {__version__} – unreleased\n", "utf-8")
    assert list(check_release.problems(f"v{__version__}", project)) == [
        f"CHANGELOG.md has no heading of {__version__} with a day."
    ]


def test_a_version_that_was_raised_in_one_place_only_is_refused(project):
    raised = (project / "pyproject.toml").read_text("utf-8").replace(__version__, "7.0.0", 1)
    (project / "pyproject.toml").write_text(raised, "utf-8")
    told = "\n".join(check_release.problems("v7.0.0", project))
    for place in ("The program says", "CHANGELOG.md", "manual pages", "recipes"):
        assert place in told


def test_the_script_of_the_workflow_fails_for_a_wrong_tag():
    command = [sys.executable, "packaging/check_release.py", "v9.9.9"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert "The tag is v9.9.9" in answer.stdout


def test_the_workflow_checks_builds_once_and_publishes_that():
    workflow = yaml.safe_load((WORKFLOWS / "release.yml").read_text("utf-8"))
    build, publish = workflow["jobs"]["build"], workflow["jobs"]["publish"]
    ran = [step["run"] for step in build["steps"] if "run" in step]
    assert ran == ['python packaging/check_release.py "$GITHUB_REF_NAME"', "make build"]
    assert (build["needs"], publish["needs"]) == ("check", "build")
    assert not [step for step in publish["steps"] if "run" in step]


def test_only_the_job_that_publishes_may_sign_and_no_token_is_used():
    text = (WORKFLOWS / "release.yml").read_text("utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {"contents": "read"}
    granted = {name: job.get("permissions") for name, job in workflow["jobs"].items()}
    assert granted == {"check": None, "build": None, "publish": {"id-token": "write"}}
    assert workflow["jobs"]["publish"]["environment"]["name"] == "pypi"
    assert "secrets." not in text
    assert "password" not in text


def test_what_is_built_is_checked_as_the_index_does():
    (target,) = (ROOT / "Makefile").read_text("utf-8").split("\nbuild: ")[1:]
    recipe = target.partition("\n\n")[0]
    for part in ("-m build", "twine check --strict", "check-wheel-contents", "write_recipes.py"):
        assert part in recipe
