"""The settings, changed inside the program: used at once, and written into their file."""

import pytest

from annotator.settings import Settings, load
from annotator.settings.choices import remember
from annotator.tui.reader.article.view import ArticleView
from annotator.tui.settings import SettingsScreen

LONG = "Costs fell by nine percent in 2023, and the mayor of the town called it a triumph again."


@pytest.fixture
def file(tmp_path):
    return tmp_path / "settings.toml"


async def open_settings(reader, at="settings"):
    await reader.press("colon")
    await reader.sees("Commands")
    await reader.type(at)
    await reader.press("enter")
    await reader.until(lambda: isinstance(reader.app.screen, SettingsScreen))
    await reader.sees("Settings  in ", "Enter Change")


async def test_the_width_is_typed_and_a_wrong_one_explained(keep, visit, file):
    file.write_text("# mine\nwidth = 66  # narrow\n")
    async with visit(keep(LONG), settings=load(file)) as reader:
        await open_settings(reader)
        await reader.sees("66", "The width of the text, 20 to 200 columns.", "Settings  in ")
        await reader.press("enter", "end", *["backspace"] * 3, "3")
        await reader.sees("width is 3; it must be a whole number from 20 to 200.")
        await reader.press("enter")
        assert file.read_text() == "# mine\nwidth = 66  # narrow\n"
        await reader.press("0", "enter")
        await reader.until(lambda: file.read_text() == "# mine\nwidth = 30  # narrow\n")
        await reader.until(lambda: isinstance(reader.app.screen, SettingsScreen))
        await reader.sees("Width               30")
        await reader.press("q")
        await reader.sees("Costs fell by nine percent in")
        assert "percent in 2023, and" not in reader.screen
        assert reader.app.screen.query_one(ArticleView).article.text == LONG
        assert "reloaded" not in reader.toasts


async def test_a_theme_is_chosen_from_a_list_and_holds_over_one_of_the_palette(keep, visit, file):
    keep()
    async with visit() as reader:
        remember(reader.app.context.state, "theme", "", "nord")
        await open_settings(reader, "colours")
        await reader.sees("Theme               nord")
        await reader.press("enter")
        await reader.sees("Type a part of it")
        await reader.type("paper")
        await reader.press("enter")
        await reader.until(lambda: reader.app.theme == "paper")
        assert load(file) == Settings(theme="paper")
        await reader.sees("Theme               paper")
        await reader.press("enter")
        await reader.sees("Type a part of it")
        await reader.type("auto")
        await reader.press("enter")
        await reader.until(lambda: reader.app.theme == "night")
        assert load(file) == Settings()


async def test_what_is_on_or_off_turns_round(visit, file):
    async with visit() as reader:
        await open_settings(reader, "export on change")
        await reader.press("enter")
        await reader.until(lambda: file.is_file() and load(file).export_on_change)
        await reader.sees("Export on change    on")
        await reader.press("enter")
        await reader.sees("Export on change    off")
        assert load(file) == Settings()


async def test_keys_change_at_once(keep, visit, file):
    keep()
    async with visit() as reader:
        await open_settings(reader, "keymap")
        await reader.press("enter")
        await reader.sees("Type a part of it")
        await reader.type("vim")
        await reader.press("enter")
        await reader.until(lambda: reader.app.context.settings.keymap == "vim")
        assert load(file).keymap == "vim"


async def test_an_empty_line_is_the_usual_value(visit, file):
    file.write_text("daily_marks = 30\n")
    async with visit(settings=load(file)) as reader:
        await open_settings(reader, "daily marks")
        await reader.press("enter")
        await reader.sees("for the usual one: 10.")
        await reader.press("end", "backspace", "backspace", "enter")
        await reader.until(lambda: file.read_text() == "")
        await reader.sees("Daily marks         10")


async def test_a_file_that_cannot_be_written_is_said_and_nothing_changes(visit, file):
    async with visit() as reader:
        await open_settings(reader, "export on change")
        file.mkdir()
        await reader.press("enter")
        await reader.until(lambda: "settings.toml" in reader.toasts)
        await reader.sees("Export on change    off")


async def test_cookies_that_cannot_be_read_are_said(visit, file, tmp_path):
    async with visit() as reader:
        await open_settings(reader, "cookies")
        await reader.press("enter")
        await reader.sees("Netscape's format")
        await reader.type(f"{tmp_path}/none.txt")
        await reader.press("enter")
        await reader.until(lambda: "none.txt" in reader.toasts)
        assert load(file).cookies == tmp_path / "none.txt"


async def test_a_folder_of_downloads_that_is_missing_is_said(visit, file, tmp_path):
    async with visit() as reader:
        await open_settings(reader, "setting download")
        await reader.press("enter")
        await reader.sees("your browser saves pages")
        await reader.type(f"{tmp_path}/none")
        await reader.press("enter")
        await reader.until(lambda: "which download_folder names" in reader.toasts)
        assert load(file).download_folder == tmp_path / "none"


async def test_a_folder_is_typed_and_the_usual_one_named(visit, file):
    async with visit(settings=Settings()) as reader:
        await open_settings(reader, "export folder")
        await reader.press("enter")
        await reader.sees("annotator.")
        await reader.press("end", "ctrl+u")
        await reader.press(*("tilde", "slash", *"vault", "enter"))
        await reader.sees("Export folder       ~/vault")
        assert 'export_folder = "~/vault"' in file.read_text()


async def test_the_folder_of_the_last_export_is_saved_by_enter_and_typed_over_as_a_whole(
    visit, file, tmp_path
):
    async with visit(settings=Settings()) as reader:
        remember(reader.app.context.state, "export_folder", "", str(tmp_path / "vault"))
        await open_settings(reader, "setting: export folder")
        await reader.press("enter")
        await reader.sees("The folder that exports are written to")
        await reader.press("enter")
        await reader.until(lambda: file.exists() and load(file).export_folder == tmp_path / "vault")
        await reader.until(lambda: isinstance(reader.app.screen, SettingsScreen))
        await reader.press("enter")
        await reader.sees("The folder that exports are written to")
        await reader.press("slash")
        line = reader.app.screen.query_one("#new-name")
        assert line.value == "/"
        line.value = str(tmp_path / "vault" / "~" / "notes")
        await reader.press("enter")
        await reader.sees("export_folder is")
        assert load(file).export_folder == tmp_path / "vault"
