import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from annotator import __version__
from annotator.cli.group import COMMANDS, GROUPS

FULL = Path("/dev/full")


def test_the_version_is_printed(process):
    done = process("--version")
    assert (done.code, done.out, done.err) == (0, f"annotator {__version__}\n", "")


def test_on_windows_a_sentence_says_where_it_runs():
    code = "import sys; sys.platform = 'win32'; import annotator.cli"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)
    assert done.returncode == 1
    assert done.stderr == (
        "annotator runs on Linux and macOS. "
        "On Windows, install it in the Windows Subsystem for Linux (WSL).\n"
    )


def test_help_is_a_word_too(run):
    assert run("help").out == run("--help").out
    assert run("help", "tags", "rename").out == run("tags", "rename", "--help").out
    assert "Unknown command “exprt”. Did you mean “export”?" in run("help", "exprt").err


def test_the_help_lists_every_command_once_in_the_group_of_its_use(run):
    done = run("--help")
    assert done.code == 0
    parts = {
        heading: [line.split()[0] for line in lines]
        for heading, *lines in (part.splitlines() for part in done.out.split("\n\n"))
        if heading.rstrip(":") in GROUPS
    }
    assert [heading.rstrip(":") for heading in parts] == [
        "Read",
        "Mark",
        "Find",
        "Export",
        "Sync",
        "Care",
    ]
    listed = [name for names in parts.values() for name in names]
    assert listed == list(COMMANDS)
    assert len(set(listed)) == len(listed)
    assert "Exit codes" in done.out


@pytest.mark.parametrize("columns", [45, 60])
def test_sentences_and_titles_are_broken_between_words(terminal, run, home, columns):
    title = "An extraordinarily long title of an article about incomprehensibilities"
    (home / "a.txt").write_text(f"{title}\n\nThe text of the article.\n", "utf-8")
    article_id = run("add", home / "a.txt").out.split("\t")[1]
    for command in (["remove", article_id], ["restore", article_id], ["review"]):
        done = terminal(*command, columns=columns, NO_COLOR="1")
        assert max(map(len, done.out.splitlines())) <= columns
        if command != ["review"]:
            assert title in " ".join(done.out.split())
            assert article_id[:8] in done.out
            assert article_id not in done.out  # people see ids of one length
        else:
            words = "A new mark first comes up on the day after it was made."
            assert words in " ".join(done.out.split())


@pytest.mark.parametrize("command", ["read", "notes", "remove", "refresh", "tag", "export"])
def test_an_address_with_bytes_that_are_no_text_is_an_error_of_the_user(run, command):
    done = run(command, "http://127.0.0.1:1/?\udcff")
    assert done.code == (3 if command == "read" else 2)  # `read` asks for any address
    assert "crashed" not in done.err


@pytest.mark.parametrize("command", ["list", "read 12ab34cd"])
@pytest.mark.parametrize("folder", ["notes", "."])
def test_a_folder_below_one_that_is_gone_is_refused(
    run, home, tmp_path, monkeypatch, command, folder
):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    done = run("--library", folder, *command.split())
    monkeypatch.chdir(tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "The current folder does not exist any more." in done.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["lsit"], "Unknown command “lsit”. Did you mean “list”?"),
        (["https://example.org/a"], "To read it: annotator read https://example.org/a"),
        (["list", "--library", "x"], "Put it before the command: annotator --library DIR list"),
        (["list", "--jsn"], "annotator list --help"),
        (["list", "--state", "red"], "red"),
        (["list", "--jsn"], "Unknown option --jsn. Did you mean “--json”?"),
        (["list", "--json=3"], "--json takes no value."),
        (["import", "--service"], "--service needs a value."),
        (["doctor", "week"], "Unexpected “week”."),
        (["backup", "/"], "“/” is a folder."),
        (["completion", "tcsh"], "Unknown SHELL: “tcsh”. Choose one of: bash, zsh, fish."),
        (["mark"], "ARTICLE is missing."),
        (["add"], "No SOURCE is given"),
        (["a\x1b]0;x\x07b"], "Unknown command “ab”"),
    ],
)
def test_usage_errors_say_what_to_do(run, arguments, words):
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Error: ")
    assert words in done.err
    assert "\x1b" not in done.err


def test_without_a_terminal_the_library_is_listed(run, kept):
    assert run().out == run("list").out
    assert kept in run().out


def test_a_library_is_chosen_by_option_or_variable(run, story, tmp_path, monkeypatch):
    run("--library", tmp_path / "other", "add", story)
    assert run("list").out == ""
    assert "The grid at night" in run("--library", tmp_path / "other", "list").out
    monkeypatch.setenv("ANNOTATOR_LIBRARY", str(tmp_path / "other"))
    assert "The grid at night" in run("list").out


@pytest.mark.parametrize("folder", ["", "~nobody-of-that-name/library"])
def test_an_impossible_library_folder_is_refused(run, folder):
    done = run("--library", folder, "list")
    assert (done.code, done.out) == (2, "")
    assert "Error: " in done.err


def test_a_crash_is_reported_on_one_line_with_its_traceback_in_the_log(run, home, monkeypatch):
    def fail(*_):
        raise RuntimeError("Nobody foresaw \x1b[31mthis")

    monkeypatch.setattr("annotator.cli.commands.list.article_lines", fail)
    done = run("list")
    log = home / ".local" / "state" / "annotator" / "annotator.log"
    assert (done.code, done.out) == (70, "")
    assert done.err.count("\n") == 1
    assert "Traceback" not in done.err
    assert str(log) in done.err
    assert "RuntimeError" in log.read_text("utf-8")
    assert "\x1b" not in log.read_text("utf-8")
    assert log.stat().st_mode & 0o077 == 0


def test_a_crash_is_reported_when_no_log_can_be_written(run, monkeypatch, tmp_path):
    def fail(*_):
        raise RuntimeError

    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr("annotator.cli.commands.list.article_lines", fail)
    done = run("list")
    assert done.code == 70
    assert done.err.endswith("The details could not be saved.\n")


def test_mistakes_in_settings_are_reported_with_the_name_of_the_file(run, home):
    folder = home / ".config" / "annotator"
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text("widht = 3\n")
    done = run("mark", "abcdef12", "words")
    assert done.code == 7
    assert 'unknown setting "widht" (did you mean "width"?)' in done.err
    assert run("list").code == 0


def test_a_closed_pipe_ends_the_program_quietly(run, process, home, kept):
    done = subprocess.run(
        f"{sys.executable} -m annotator show {kept} | head -c 5; exit ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        check=False,
    )
    assert done.stdout == b"The g"
    assert done.stderr == b""
    assert done.returncode in {0, 141}


def test_a_pipe_that_is_closed_before_the_first_line(kept, home):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "annotator", "list"],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_do_no_harm(kept, home, closed):
    done = subprocess.run(
        f"{sys.executable} -m annotator list {closed}",
        shell=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not FULL.exists(), reason="the system has no /dev/full")
def test_a_full_disk_is_reported(kept, home):
    with FULL.open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "annotator", "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith(b"Error: Can't write the output: No space left on device.")


def test_an_old_encoding_shows_question_marks_and_exact_json(process, kept):
    old = {"PYTHONIOENCODING": "ascii"}
    shown = process("show", kept, **old)
    assert shown.code == 0
    assert "?It?s a milestone,?" in shown.out
    text = json.loads(process("show", kept, "--json", **old).out)["text"]
    assert "“It’s a milestone,”" in text


def test_json_has_paths_that_are_not_utf_8_with_their_bytes_escaped(process, tmp_path):
    path = os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.txt")
    Path(path).write_text("A title\n\nWords of an article that is kept.\n")
    done = process("add", "--json", path)
    assert done.code == 0
    assert json.loads(done.out)[0]["source"] == path


def test_without_a_home_folder_there_is_no_traceback(process, home):
    done = process("--library", home / "library", "list", HOME="/nonexistent")
    assert "Traceback" not in done.err
    assert done.out == ""


def test_an_interrupted_run_ends_quietly(interruptible):
    child = interruptible("show", "-")
    child.stdin.write(b"some text that does not end")
    child.stdin.flush()
    _wait_until_it_reads(child)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=60)
    assert (child.returncode, out, err.strip()) == (130, b"", b"")


def _wait_until_it_reads(child):
    """Wait until the program has read its standard input."""
    import fcntl
    import termios
    from array import array

    left = array("i", [1])
    while left[0]:
        fcntl.ioctl(child.stdin, termios.FIONREAD, left)
        assert child.poll() is None


def test_debug_writes_what_happens_to_the_log_and_says_where_it_is(process, home, tmp_path):
    page = tmp_path / "story.txt"
    page.write_text("A title\n\nThe river ran past the mill, slow and brown, all day long.\n")
    log = home / ".local" / "state" / "annotator" / "annotator.log"
    process("add", page)
    assert not log.exists()
    done = process("--debug", "add", page)
    assert done.err.startswith(f"Logging to {log}\n")
    written = log.read_text("utf-8")
    assert "Worker" in written
    assert f"{page}" in written.partition("\n")[0]
    assert log.stat().st_mode & 0o077 == 0


def test_debug_after_the_command_says_where_it_belongs(run):
    done = run("list", "--debug")
    assert done.code == 2
    assert "annotator --debug list" in done.err
