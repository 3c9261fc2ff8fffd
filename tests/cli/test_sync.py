"""The command that brings the library together with its copies on other machines."""

import json
import subprocess
import sys

import pytest

from terminals import Terminal

SYNC_FAILED = 9


@pytest.fixture
def hub(tmp_path):
    """Return the folder of a bare repository."""
    return tmp_path / "hub.git"


@pytest.fixture
def elsewhere(run, tmp_path):
    """Run the command line on the library of another machine."""
    return lambda *arguments: run("--library", tmp_path / "elsewhere", *arguments)


def test_an_article_goes_to_another_machine_and_its_mark_comes_back(run, kept, hub, elsewhere):
    done = run("sync", "--init", hub)
    assert done.code == 0
    assert done.out == f"sent: added\t{kept}\tThe grid at night\n"
    assert done.err == "The repository there is new or empty: this library is the first in it.\n"
    done = elsewhere("sync", "--init", hub)
    assert (done.out, done.err) == (f"came: added\t{kept}\tThe grid at night\n", "")
    elsewhere("mark", kept, "Ann Lee")
    assert elsewhere("sync").out == f"sent: changed\t{kept}\tThe grid at night\n"
    assert run("sync").out == f"came: changed\t{kept}\tThe grid at night\n"
    assert "Ann Lee" in run("notes").out
    done = run("sync")
    assert (done.out, done.err) == ("", "Both sides are the same.\n")


def test_a_library_without_a_repository_says_how_to_make_it_one(run, kept):
    done = run("sync")
    assert done.code == SYNC_FAILED
    assert "annotator sync --init [URL]" in done.err
    assert "annotator sync --init" in run("sync", "--status").err


def test_a_repository_without_another_side_says_so(run, kept):
    run("sync", "--init")
    assert run("sync", "--status").err.splitlines() == [
        "There is no other side. To name one:  annotator sync --init URL"
    ]


def test_a_folder_that_is_not_there_is_asked_about(run, kept, hub):
    run("sync", "--init", hub)
    hub.rename(hub.parent / "unplugged")
    told = run("sync").err
    assert "does not appear to be a git repository" in told
    assert "Is the disk or the server there?" in told
    assert "access rights" not in told


def test_the_status_is_for_people_and_programs(run, kept, hub):
    run("sync", "--init", hub)
    run("mark", kept, "Ann Lee")
    shown = run("sync", "--status").out.splitlines()
    assert shown[0] == "engine\tgit"
    assert shown[1] == f"other side\t{hub}"
    assert shown[-1] == f"would send: changed\t{kept}\tThe grid at night"
    value = json.loads(run("sync", "--status", "--json").out)
    assert value["going"]["articles"][0]["what"] == "changed"
    assert value["last"]


def test_a_dry_run_changes_nothing(run, kept, hub):
    run("sync", "--init", hub)
    run("mark", kept, "Ann Lee")
    before = subprocess.run(["git", "-C", hub, "log"], capture_output=True, check=True).stdout
    assert run("sync", "--dry-run").out == f"would send: changed\t{kept}\tThe grid at night\n"
    assert (
        subprocess.run(["git", "-C", hub, "log"], capture_output=True, check=True).stdout == before
    )


def test_the_report_is_json_for_programs(run, kept, hub):
    value = json.loads(run("sync", "--init", hub, "--json").out)
    assert [article["id"] for article in value["sent"]["articles"]] == [kept]
    assert value["left_out"] == []


@pytest.mark.parametrize(
    "arguments", [["hub.git"], ["--without-pages"], ["--init", "--status"], ["--init", "--dry-run"]]
)
def test_options_that_make_no_sense_together_are_refused(run, arguments):
    assert run("sync", *arguments).code == 2


@pytest.mark.parametrize(
    "url",
    [
        "ext::sh -c 'touch pwned'",
        "ext::sh%20-c%20touch%20pwned",
        "fd::7",
        "--upload-pack=touch pwned",
        "-oProxyCommand=touch pwned",
        "https://example.org/a b",
    ],
)
def test_an_address_that_could_run_a_program_is_refused(run, kept, url, tmp_path):
    assert run("sync", "--init", "--", url).code == SYNC_FAILED
    assert not list(tmp_path.rglob("pwned"))


def test_the_password_of_an_address_is_never_shown(run, kept):
    url = "https://me:topsecret@127.0.0.1:9/library.git"
    done = run("sync", "--init", url)
    assert done.code == SYNC_FAILED
    assert "127.0.0.1" in done.err
    assert "topsecret" not in done.err + run("sync", "--status", "--json").out


def test_it_syncs_when_the_program_ends_if_the_settings_say_so(run, kept, hub, elsewhere):
    run("sync", "--init", hub)
    elsewhere("sync", "--init", hub)
    elsewhere("mark", kept, "Ann Lee")
    elsewhere("sync")
    run("config", "set", "sync_on", "exit")
    with Terminal([sys.executable, "-m", "annotator"]) as terminal:
        assert terminal.until("grid").type(b"q").ended() == 0
    assert "Ann Lee" in run("notes").out


def test_a_sync_at_the_end_that_fails_says_why(run, kept, hub):
    run("sync", "--init", hub)
    hub.rename(hub.with_name("away"))
    run("config", "set", "sync_on", "start, exit")
    with Terminal([sys.executable, "-m", "annotator"], stderr=subprocess.PIPE) as terminal:
        assert terminal.until("grid").type(b"q").ended() == 0
        told = terminal.child.communicate()[1].decode()
    assert "Error: The library was not synced:" in told


def test_another_moment_is_refused_in_words(run):
    done = run("config", "set", "sync_on", "always")
    assert done.code != 0
    assert '"start", "exit" or "start,exit"' in done.err
