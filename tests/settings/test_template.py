"""The settings that a person is given to begin with."""

from annotator.settings import Settings, load
from annotator.settings.readers import SETTING_NAMES, settings_template


def test_nothing_in_it_is_in_force(tmp_path):
    (tmp_path / "settings.toml").write_text(settings_template(), "utf-8")
    assert load(tmp_path / "settings.toml") == Settings()


def test_all_settings_are_in_it_and_are_right_without_the_mark_before_them(tmp_path):
    lines = [line.removeprefix("# ") for line in settings_template().splitlines()]
    settings = "\n".join(line for line in lines if "=" in line or line.startswith("["))
    (tmp_path / "settings.toml").write_text(settings, "utf-8")
    loaded = load(tmp_path / "settings.toml")
    assert loaded.kind("prediction") is not None
    assert dict(loaded.keys)["read.page-down"] == ("space", "ctrl+v")
    assert all(name in settings for name in SETTING_NAMES)
