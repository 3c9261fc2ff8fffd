import pytest

from annotator.errors import SettingsError
from annotator.settings import Settings
from annotator.settings.loading import SettingsWatch


def test_settings_are_returned_once_after_each_change(tmp_path):
    path = tmp_path / "settings.toml"
    watch = SettingsWatch(path)
    assert watch.changed() is None
    path.write_text("width = 30\n")
    assert watch.changed() == Settings(width=30)
    assert watch.changed() is None
    path.unlink()
    assert watch.changed() == Settings()


def test_an_error_in_the_file_is_raised_once(tmp_path):
    path = tmp_path / "settings.toml"
    watch = SettingsWatch(path)
    path.write_text("width = 3\n")
    with pytest.raises(SettingsError, match="width is 3"):
        watch.changed()
    assert watch.changed() is None
