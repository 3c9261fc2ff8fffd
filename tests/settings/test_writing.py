"""One setting is written into the file; what the user wrote in it stays as it was."""

import tomllib

import pytest

from annotator.errors import SettingsError
from annotator.settings import Settings, load
from annotator.settings.readers import SETTING_NAMES, settings_template
from annotator.settings.writing import explanations, with_setting, write_setting

OWN = """# My own file, do not lose it.
theme = 'nord'   # at night

width=66  # narrow

# Seldom used:
export_folder = "~/vault # one"

# Kinds that I use
[[kinds]]
name = "prediction"  # width = 3
key = "6"
colour = "#d05f9e"
glyph = "▲"
"""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "config" / "settings.toml"


def written(text, name, value):
    return with_setting("settings.toml", text, name, value)


def test_a_value_changes_in_its_line_and_nothing_else():
    assert written(OWN, "width", 80) == OWN.replace("width=66", "width=80")
    assert written(OWN, "theme", "paper") == OWN.replace("'nord'", '"paper"')
    assert written(OWN, "export_folder", "/x") == OWN.replace('"~/vault # one"', '"/x"')


def test_a_new_setting_stands_before_the_tables_and_their_comments():
    assert written(OWN, "check_worthy", True) == OWN.replace(
        'one"\n', 'one"\ncheck_worthy = true\n'
    )
    table = '# Mine\n[[kinds]]\nname = "claim"\n'
    assert written(table, "width", 80) == f"width = 80\n{table}"
    assert written("theme = 'nord'", "width", 80) == "theme = 'nord'\nwidth = 80\n"
    assert written("theme = 'a'\r\n", "width", 80) == "theme = 'a'\r\nwidth = 80\r\n"


def test_a_line_is_removed_for_the_default_but_not_a_remark_of_the_user():
    assert written(OWN, "export_folder", None) == OWN.replace(
        'export_folder = "~/vault # one"\n', ""
    )
    assert written(OWN, "width", None) == OWN.replace("width=66", "# width=66")
    assert written(OWN, "pictures", None) == OWN


def test_a_new_file_has_each_setting_below_its_explanation(file):
    assert write_setting(file, "width", 80) == Settings(width=80)
    assert file.read_text() == settings_template().replace(
        "# width = 72\n", "# width = 72\nwidth = 80\n"
    )
    assert write_setting(file, "width", None) == Settings()
    assert file.read_text() == settings_template()


@pytest.mark.parametrize("value", ['a "b" \\ c', "~/véc", "'", "# no comment", "a = 1"])
def test_any_text_comes_back_as_it_was(value):
    assert tomllib.loads(written(OWN, "reviewer_name", value))["reviewer_name"] == value
    again = written(written(OWN, "reviewer_name", value), "reviewer_name", "x")
    assert again == written(OWN, "reviewer_name", "x")


def test_a_value_over_several_lines_is_left_to_its_owner():
    text = 'reviewer_name = """\nThe Desk"""\n'
    with pytest.raises(SettingsError, match="only be changed by hand"):
        written(text, "reviewer_name", "x")
    assert written(text, "width", 80) == f"{text}width = 80\n"


def test_a_line_in_a_string_is_no_setting():
    text = 'reviewer_name = """\nwidth = 3\n"""\n'
    assert tomllib.loads(written(text, "width", 80)) == {
        "reviewer_name": "width = 3\n",
        "width": 80,
    }


def test_a_wrong_value_is_refused_and_the_file_stays(file):
    write_setting(file, "width", 66)
    before = file.read_bytes()
    with pytest.raises(SettingsError, match="width is 3; it must be a whole number from 20 to 200"):
        write_setting(file, "width", 3)
    assert file.read_bytes() == before


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(SettingsError, match=r"Can't write .*taken/settings.toml: "):
        write_setting(tmp_path / "taken" / "settings.toml", "width", 80)


def test_a_linked_file_stays_linked_and_keeps_its_permissions(tmp_path, file):
    real = tmp_path / "dotfiles.toml"
    real.write_text("# mine\n")
    real.chmod(0o640)
    file.parent.mkdir()
    file.symlink_to(real)
    write_setting(file, "theme", "paper")
    assert file.is_symlink()
    assert real.read_text() == '# mine\ntheme = "paper"\n'
    assert real.stat().st_mode & 0o777 == 0o640
    assert load(file) == Settings(theme="paper")


def test_every_setting_that_is_a_line_has_a_sentence():
    tables = {"accounts", "kinds", "keys", "commands", "import_colours"}
    sentences = explanations()
    assert sentences.keys() == {*SETTING_NAMES} - tables
    assert sentences["width"] == "The width of the text, 20 to 200 columns."
    assert sentences["reviewer_url"].startswith("Who signs the fact checks")
    assert all(sentence.endswith(".") for sentence in sentences.values())
