"""Outputs that are kept in files, so that no change of them goes unnoticed.

Programs and files go by the version of an output: where the output changes and its version
does not, users keep what is out of date. So the version is kept beside the outputs, and an
output that differs at the same version fails, with a sentence that says what to do.
"""

from collections.abc import Mapping
from pathlib import Path

import pytest

VERSION = "VERSION"  # the name of the file with the version


def check_goldens(
    request: pytest.FixtureRequest,
    folder: Path,
    outputs: Mapping[str, str],
    *,
    version: str = "",
    numbers: str = "",
) -> None:
    """Fail if outputs, by the names of their files, are not those that are kept in `folder`.

    `numbers` says which numbers make the `version`. Without them the outputs may change as
    they like, as long as somebody has looked at the difference; and so may new ones be added
    at any version. With `--snapshot-update` the
    files are written again, unless a number must be raised first.
    """
    kept = {path.name: _read(path) for path in folder.iterdir()} if folder.is_dir() else {}
    known = kept.pop(VERSION, "").strip()
    named = {*kept, *outputs}
    changed = sorted(name for name in named if kept.get(name) != outputs.get(name))
    update = f"python -m pytest {_test_of(request)} --snapshot-update"
    look = "Look at the difference of the files with git diff, line by line."
    if numbers and known == version and not kept.keys().isdisjoint(changed):
        pytest.fail(
            f"Changed at version {version}: {', '.join(changed)}. If that is meant, raise "
            f"{numbers}, so that what users have is brought up to date. Then run\n"
            f"    {update}\n{look}"
        )
    if not changed and known == version:
        return
    if not request.config.getoption("--snapshot-update"):
        said = f"Changed: {', '.join(changed)}" if changed else f"The version is {version} now"
        pytest.fail(f"{said}. If that is meant, run\n    {update}\n{look}")
    folder.mkdir(parents=True, exist_ok=True)
    for name in changed:
        if name in outputs:
            (folder / name).write_bytes(outputs[name].encode())
        else:
            (folder / name).unlink()
    if version:
        (folder / VERSION).write_text(f"{version}\n", "utf-8")


def _read(path: Path) -> str:
    return path.read_bytes().decode()


def _test_of(request: pytest.FixtureRequest) -> str:
    return str(request.path.relative_to(request.config.rootpath))
