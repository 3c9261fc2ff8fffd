from concurrent.futures import ThreadPoolExecutor

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


def test_what_the_program_writes_in_a_thread_is_no_change_by_others(tmp_path):
    watch = SettingsWatch(tmp_path / "settings.toml")
    with ThreadPoolExecutor(1) as thread:
        writes = [thread.submit(watch.write, "width", 60 + number) for number in range(40)]
        while not all(write.done() for write in writes):
            assert watch.changed() is None
    assert writes[-1].result().width == 99
