"""A library with text that a terminal would obey, as another program may have written it."""

import json
import subprocess
import sys

import pytest

from annotator.cli.group import COMMANDS
from annotator.store import Library
from hostile_library import EVIL, write_files, write_library
from terminal_bytes import Output

pytestmark = pytest.mark.slow

WORD = EVIL.replace("\0", "")  # no word of a command can have that

ALL_IN_ONE = """
import json, os, sys
from annotator.cli import main
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
for arguments in json.loads(sys.argv[1]):
    sys.argv = ["annotator", *arguments]
    print("#", main(), flush=True)
"""
ON_A_TERMINAL = "import pty, sys; pty.spawn(sys.argv[1:])"


@pytest.fixture
def kept(home):
    """Make a library in which everything is hostile; return an article's id and its marks."""
    share, state = (home / ".local" / kind / "annotator" for kind in ("share", "state"))
    write_library(share, state, "http://127.0.0.1:9")
    write_files(home)
    with Library.open(share, state=state) as library:
        article = library.records()[0].id
        return article, [each.id for each in library.article(article).annotations()]


@pytest.mark.parametrize("plain", ["", "1"])
def test_no_command_passes_on_what_a_terminal_would_obey(home, kept, plain, monkeypatch):
    monkeypatch.setenv("ANNOTATOR_PLAIN", plain)
    article, (mark, second, third, *_) = kept
    commands = [
        *([name] for name in ("list", "notes", "claims", "tags", "speakers", "similar", "stats")),
        *([name, "--json"] for name in ("list", "notes", "claims", "tags", "speakers", "doctor")),
        *(["show", article, option] for option in ("--why", "--removed", "--check-worthy")),
        *(["show", article, "--format", name] for name in ("text", "markdown", "html", "json")),
        *([name, article] for name in ("show", "changes", "tag", "export")),
        *(["export", "--format", name] for name in ("org", "bibtex", "anki", "table")),
        *(["search", "costs"], ["search", WORD], ["review"], ["doctor"], ["cite", article]),
        *(["refresh", WORD], ["empty-bin", "--yes"], ["completion", WORD], ["config", "check"]),
        *(["tour", "--help"], ["feeds"], ["config", "set", "theme", WORD], ["help", WORD]),
        *(["export", "--to", f"folder{WORD}"], ["add", f"/nowhere/{WORD}"], [WORD]),
        *(["serve", "--address", WORD], ["sync", "--status"], ["sync", "--init", WORD], ["mcp"]),
        *(["mcp", "--log"], ["publish", WORD], ["publish", "hypothesis", "--group", WORD]),
        *(["add", "--retry", "--list"], ["doctor", "--privacy"], ["doctor", "--fix"]),
        *(["import", str(home / name), "--no-fetch"] for name in ("a.csv", "b.json")),
        *(["import", "--last"], ["read", "--plain", article], ["mark", article, WORD]),
        *(["edit", mark, "--note", WORD], ["link", mark, "supports", second, "--note", WORD]),
        *(["links", mark], ["links", mark, "--tree"], ["unlink", mark, second]),
        *(["unmark", third, "--yes"], ["tags", "rename", "x", WORD], ["speakers", "suggest"]),
        *(["tag", article, WORD], ["report-page", article], ["config", WORD]),
        *(["backup", f"b{WORD}"[:200]], ["restore-backup", WORD, "--merge"]),
        *(["proposals"], ["proposals", "take", WORD], ["schema", WORD], ["skill"]),
        *(["remove", article], ["restore"], ["restore", article], ["undo"], ["undo"]),
    ]
    arguments = [sys.executable, "-c", ALL_IN_ONE, json.dumps(commands)]
    done = subprocess.run(
        [sys.executable, "-c", ON_A_TERMINAL, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )
    shown = done.stdout.decode()
    assert shown.count("# ") >= len(commands), shown
    assert "# 70" not in shown  # nothing crashed
    if plain:  # only text and line ends, and words that nobody has to be asked for
        assert {each for each in shown.replace("\r\n", "\n") if ord(each) < 32} == {"\n"}
        lines = [line for line in shown.splitlines() if not line.startswith("<")]  # of HTML
        assert [line for line in lines if {*"─│├└█▌●○◆≠✓✎■"} & {*line}] == []
    output = Output()
    output.feed(done.stdout)
    assert output.foreign == []
    assert {words[0] for words in commands} >= COMMANDS.keys()
