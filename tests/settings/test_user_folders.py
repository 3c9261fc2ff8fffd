import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.errors import InvalidInput
from annotator.settings import Folders, expanded


@pytest.fixture
def xdg(tmp_path, monkeypatch):
    """Point every folder below tmp_path."""
    for name in ("DATA", "CACHE", "STATE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    return tmp_path


def test_the_xdg_variables_are_honoured(xdg):
    assert Folders.of_user() == Folders(
        data=xdg / "data" / "annotator",
        cache=xdg / "cache" / "annotator",
        state=xdg / "state" / "annotator",
        config=xdg / "config" / "annotator",
    )


def test_settings_and_log_have_their_files(xdg):
    folders = Folders.of_user()
    assert folders.settings_file == xdg / "config" / "annotator" / "settings.toml"
    assert folders.log_file == xdg / "state" / "annotator" / "annotator.log"


def test_asking_for_the_folders_makes_none(xdg):
    Folders.of_user()
    assert list(xdg.iterdir()) == []


def test_without_a_home_the_folders_are_absolute_or_refused_in_words():
    code = (
        "from annotator.errors import SettingsError\n"
        "from annotator.settings import Folders\n"
        "try: print(Folders.of_user().data.is_absolute())\n"
        "except SettingsError as error: print(error)\n"
    )
    env = {key: value for key, value in os.environ.items() if key != "HOME" and "XDG" not in key}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith(("True", "No home folder"))


@pytest.mark.parametrize("name", ["x" * 256, "é" * 128, "a/" + "long " * 300 + "/b"])
def test_a_name_that_no_file_can_have_is_refused(name):
    with pytest.raises(InvalidInput, match="No file has so long a name"):
        expanded(Path(name))
    assert expanded(Path("x" * 255)).name
