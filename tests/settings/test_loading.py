import pytest

from annotator.errors import SettingsError
from annotator.model import DEFAULT_KINDS, Kind
from annotator.settings import Settings, load


@pytest.fixture
def settings(tmp_path):
    """Write settings and load them."""

    def write_and_load(text):
        path = tmp_path / "settings.toml"
        path.write_text(text, "utf-8")
        return load(path)

    return write_and_load


def complaint(settings, text):
    with pytest.raises(SettingsError) as caught:
        settings(text)
    return caught.value.message


def test_no_file_means_the_defaults(tmp_path):
    assert load(tmp_path / "none" / "settings.toml") == Settings()


def test_an_empty_file_means_the_defaults(settings):
    assert settings("") == Settings()


def test_a_file_may_set_everything(settings, monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    loaded = settings(
        'width = 66\ntheme = "nord"\nexport_folder = "~/vault"\ncookies = "/etc/cookies.txt"\n'
        "check_worthy = true\n"
        '[import_colours]\nRED = "Claim"\n'
        '[keys]\n"view.top" = ["g", "home"]\nview.sentence-mode = "z"\n'
    )
    assert loaded.width == 66
    assert loaded.theme == "nord"
    assert loaded.check_worthy
    assert loaded.export_folder == tmp_path / "vault"
    assert str(loaded.cookies) == "/etc/cookies.txt"
    assert dict(loaded.import_colours) == {"red": "claim"}
    assert dict(loaded.keys) == {"view.top": ("g", "home"), "view.sentence-mode": ("z",)}


def test_a_byte_order_mark_is_allowed(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xef\xbb\xbfwidth = 60\r\n")
    assert load(path).width == 60


def test_a_kind_is_added_after_the_usual_ones(settings):
    loaded = settings('[[kinds]]\nname = "Rumour"\nkey = "6"\ncolour = "#aa3355"\nglyph = "~"\n')
    assert loaded.kinds == (*DEFAULT_KINDS, Kind("rumour", "6", "#aa3355", "~"))
    assert loaded.kind("RUMOUR") == loaded.kinds[-1]
    assert loaded.kind("gossip") is None


def test_a_usual_kind_is_changed_in_part_and_keeps_its_place(settings):
    loaded = settings('[[kinds]]\nname = "claim"\ncolour = "#000000"\n')
    assert loaded.kinds[0] == Kind("claim", "1", "#000000", "◆")
    assert loaded.kinds[1:] == DEFAULT_KINDS[1:]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("width = 10", "width is 10; it must be a whole number from 20 to 200"),
        ("width = true", "width is true; it must be a whole number"),
        ('width = "72"', 'width is "72"; it must be a whole number'),
        ("theme = 3", "theme is 3; it must be a name"),
        ("check_worthy = 1", "check_worthy is 1; it must be true or false"),
        ("pictures = true", "pictures is true; it must be one of auto, kitty, sixel, blocks, off"),
        ("export_folder = []", "export_folder is []; it must be a path"),
        ("download_folder = 3", "download_folder is 3; it must be a path"),
        ("import_colours = 3", "it must be a table, headed [import_colours]"),
        ("[import_colours]\nred = 1", 'it must be the name of a kind, such as "claim"'),
        ('[import_colours]\nred = "clam"', "it must be one of claim, evidence"),
        ('cookies = ""', 'cookies is ""; it must be a path'),
        ("keys = 3", "keys is 3; it must be a table"),
        ("[keys]\na = 3", 'keys."a" is 3; it must be a key'),
        ('[keys]\na = ["x", ""]', "it must be a key"),
        ("[keys]\na = []", "it must be a key"),
        ("kinds = 3", "kinds is 3; it must be a list of tables"),
        ('[[kinds]]\nkey = "6"', "A kind's name is missing; it must be text of 1 to 30"),
        (f'[[kinds]]\nname = "{"x" * 31}"', "it must be text of 1 to 30"),
        ('[[kinds]]\nname = "x"', 'The kind "x" lacks a key, a colour and a glyph'),
        ('[[kinds]]\nname = "claim"\nkey = "0"', 'key of the kind "claim" is "0"; it must be a'),
        ('[[kinds]]\nname = "claim"\nkey = 1', 'key of the kind "claim" is 1; it must be a digit'),
        ('[[kinds]]\nname = "claim"\ncolour = "red"', 'colour of the kind "claim" is "red"'),
        ('[[kinds]]\nname = "claim"\nglyph = "漢"', "it must be one character of one cell"),
        ('[[kinds]]\nname = "claim"\nmotivation = "x"', "unknown"),
        (
            '[[kinds]]\nname = "claim"\nkey = "2"',
            'The kinds "claim" and "evidence" both have key 2',
        ),
        ('[[kinds]]\nname = "claim"\ncolor = "#000000"', 'did you mean "colour"?'),
        ("widht = 72", 'unknown setting "widht" (did you mean "width"?)'),
        ("zzz = 1", 'unknown setting "zzz" (choose one of: width, theme, export_folder'),
    ],
)
def test_a_mistake_is_reported_with_its_name_and_what_is_allowed(settings, text, words):
    assert words in complaint(settings, text)


def test_all_mistakes_are_reported_at_once(settings):
    said = complaint(settings, 'width = 1\ntheme = 2\nnonsense = "x"\n')
    assert "width is 1" in said
    assert "theme is 2" in said
    assert 'unknown setting "nonsense"' in said


def test_each_mistake_is_reported_with_its_line(settings):
    said = complaint(
        settings,
        '# mine\nwidth = 1\n\n[keys]\nview.top = 3\n"view.bottom" = []\n[keys.read]\nline-up = 4\n'
        '[[kinds]]\nname = "claim"\n\n[[kinds]]\nname = "doubt"\nkey = "1"\ncolour = "red"\n'
        'glyph = "?"\n[[kinds]]\nname = "hope"\nkey = "1"\ncolour = "#00aa00"\nglyph = "+"\n',
    )
    assert "Line 2: width is 1;" in said
    assert 'Line 5: keys."view.top" is 3;' in said
    assert 'Line 8: keys."read.line-up" is 4;' in said
    assert 'Line 15: colour of the kind "doubt" is "red";' in said
    assert 'Line 19: The kinds "claim" and "hope" both have key 1.' in said
    assert said.index("Line 2:") < said.index("Line 15:")


def test_a_mistake_in_an_inline_table_has_the_line_of_the_table(settings):
    said = complaint(settings, '\nkeys = { "view.top" = 3 }\n')
    assert 'Line 2: keys."view.top" is 3;' in said


def test_invalid_toml_is_reported_with_its_line(settings):
    assert "is not valid TOML: " in complaint(settings, "width = \n")
    assert "line 1" in complaint(settings, "width = \n")


def test_a_deeply_nested_file_is_reported(settings):
    assert "is not valid TOML" in complaint(settings, "width = " + "[" * 20_000)


def test_bytes_that_are_not_utf8_are_reported(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_bytes(b'theme = "\xff"')
    with pytest.raises(SettingsError, match="byte 10 is not UTF-8"):
        load(path)


def test_a_huge_file_is_not_read(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_bytes(b"#" * 1_000_001)
    with pytest.raises(SettingsError, match="too large"):
        load(path)


def test_a_folder_in_place_of_the_file_is_reported(tmp_path):
    with pytest.raises(SettingsError, match="cannot be read: Is a directory"):
        load(tmp_path)


def test_escape_sequences_in_a_value_are_not_repeated(settings):
    assert "\x1b" not in complaint(settings, '"\\u001b]0;x\\u0007widht" = 1')


def test_commands_are_read_with_their_words(settings):
    loaded = settings(
        """
        [[commands]]
        name = "Count words"
        command = "wc -w"
        what = "article"
        [[commands]]
        name = "Ask"
        key = "f9"
        command = "ask | tail"
        shell = true
        output = "note"
        """
    ).commands
    assert loaded[0].command == ("wc", "-w")
    assert (loaded[1].command, loaded[1].what) == (("ask | tail",), "passage")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('name = "A"\ncommand = ""', "command is"),
        ('name = "A"\ncommand = "x \'"', "quotation marks are closed"),
        ('name = "A"\ncommand = ["x"]\nshell = true', "since shell is true"),
        ('name = "A"\ncommand = "x"\nwhat = "page"', "one of passage, mark, article"),
        ('name = "A"\ncommand = "x"\nwhat = "article"\noutput = "note"', "set what to passage"),
        ('name = "A"\ncommand = "x"\ntimeout = 0', "a whole number of seconds"),
        ('name = ""\ncommand = "x"', "A command's name"),
        ('name = "A"\ncommand = "x"\nkeys = "f9"', 'did you mean "key"'),
    ],
)
def test_a_mistake_in_a_command_is_reported(settings, text, words):
    with pytest.raises(SettingsError, match=words):
        settings(f"[[commands]]\n{text}")
