"""Attacks by the other side, which is trusted as little as a page.

The attacks are written into the hub without the checks of git, as an evil server would.
"""

import json
import os
import subprocess
from pathlib import Path

import pytest

from annotator.errors import SyncFailed
from annotator.store.format.library_schema import SCHEMA
from annotator.usecases.syncing import git as git_module
from annotator.usecases.syncing import merging
from annotator.usecases.syncing.sync import status, sync
from builders import MOMENT

pytestmark = pytest.mark.slow

ESCAPE = "\x1b]0;pwned\x07"
ID = "ab12cd34ef56ab78"
FOLDER = f"articles/ab/{ID}"
LINK, MODULE, RUNNABLE, FILE = "120000", "160000", "100755", "100644"


class Evil:
    """An evil server: the bare repository of the hub, written without checks."""

    def __init__(self, hub: Path) -> None:
        self.hub = hub

    def git(self, *arguments: str, given: bytes = b"") -> str:
        """Run git in the hub."""
        names = ("-c", "user.name=E", "-c", "user.email=e@example.org")
        command = ["git", "-C", str(self.hub), *names, *arguments]
        return subprocess.run(command, input=given, capture_output=True, check=True).stdout.decode(
            "utf-8", "surrogateescape"
        )

    def blob(self, data: bytes) -> str:
        """Write a blob, and return its name."""
        return self.git("hash-object", "-w", "--stdin", given=data).strip()

    def tree(self, entries: dict[str, tuple[str, str]]) -> str:
        """Write a tree of one folder: modes and objects by any names."""
        data = b"".join(
            f"{mode} {name}\0".encode("utf-8", "surrogateescape") + bytes.fromhex(blob)
            for name, (mode, blob) in sorted(entries.items())
        )
        arguments = ("hash-object", "-t", "tree", "-w", "--literally", "--stdin")
        return self.git(*arguments, given=data).strip()

    def commit(self, tree: str) -> None:
        """Commit a tree on the branch."""
        parent = self.git("rev-parse", "main").strip()
        commit = self.git("commit-tree", tree, "-p", parent, "-m", "evil").strip()
        self.git("update-ref", "refs/heads/main", commit)

    def put(self, path: str, data: bytes, mode: str = FILE) -> None:
        """Commit a file of any path and mode."""
        self.commit(self._with(self.git("rev-parse", "main^{tree}").strip(), path, data, mode))

    def _with(self, tree: str, path: str, data: bytes, mode: str) -> str:
        entries = {}
        for line in filter(None, self.git("ls-tree", "-z", tree).split("\0") if tree else ()):
            head, _, name = line.partition("\t")
            kind_mode, _, blob = head.split(" ")
            entries[name] = (kind_mode.lstrip("0"), blob)
        name, _, rest = path.partition("/")
        if rest:
            below = entries.get(name, ("", ""))
            inner = self._with(below[1] if below[0] == "40000" else "", rest, data, mode)
            entries[name] = ("40000", inner)
        else:
            blob = "1" * 40 if mode == MODULE else self.blob(data)
            entries[name] = (mode, blob)
        return self.tree(entries)


@pytest.fixture
def evil(one):
    """Return the evil server of the hub."""
    return Evil(one.hub)


def contents(folder):
    """Return all files of a library but those of git."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


REFUSED = {
    "a path above": ("../evil", b"x", FILE),
    "a path above, inside": ("articles/../../evil", b"x", FILE),
    "the folder of git": (".git/hooks/post-checkout", b"#!/bin/sh\ntouch pwned", RUNNABLE),
    "the folder of git in capitals": (".GIT/config", b"[core]\nfsmonitor=touch pwned", FILE),
    "the folder of git for a Mac": (".g\u200cit/config", b"x", FILE),
    "the folder of git for Windows": ("git~1/config", b"x", FILE),
    "a folder of git inside": ("articles/ab/.git/config", b"x", FILE),
    "a link in place of a folder": ("articles", b"/etc", LINK),
    "a link in place of a shard": ("articles/ab", b"/etc", LINK),
    "a link in place of a file": (f"{FOLDER}/annotations.json", b"/etc/passwd", LINK),
    "a link beside the library": ("README.md", b"/etc/passwd", LINK),
    "a module": ("articles/module", b"", MODULE),
    "modules with a program": (".gitmodules", b'[submodule "a"]\n\turl=--upload-pack=x\n', FILE),
    "a newer schema": ("library.json", b'{\n  "schema": 99\n}\n', FILE),
}


@pytest.mark.parametrize("attack", REFUSED)
def test_it_is_refused_and_nothing_is_changed(one, evil, attack, tmp_path):
    before = contents(one.folder), one.tree()
    if attack == "modules with a program":
        evil.put("module", b"", MODULE)
    evil.put(*REFUSED[attack])
    with pytest.raises(SyncFailed) as refused:
        one.sync()
    assert "\x1b" not in str(refused.value)
    assert (contents(one.folder), one.tree()) == before
    assert not (tmp_path / "evil").exists()
    assert not list(tmp_path.rglob("pwned"))


REVISION = f"{FOLDER}/revisions/{ID}"
LEFT_OUT = {
    "another name among the articles": (f"{FOLDER}/run.sh", b"touch pwned", RUNNABLE),
    "an article outside of its shard": (f"articles/cd/{ID}/annotations.json", b"{}", FILE),
    "an id that is too short": ("articles/ab/ab12/annotations.json", b"{}", FILE),
    "a name with an escape sequence": (f"articles/{ESCAPE}", b"x", FILE),
    "a name with lines": ("articles/ab/a\nb\tc", b"x", FILE),
    "a name that is not UTF-8": ("articles/\udcff", b"x", FILE),
    "a section in capitals": ("catalog/Evil.json", b"{}", FILE),
    "a section that is damaged": ("catalog/evil.json", b"{", FILE),
    "an article that is damaged": (f"{FOLDER}/annotations.json", b"{", FILE),
    "an article that is too deep": (f"{FOLDER}/annotations.json", b"[" * 200_000, FILE),
    "an article that is a number": (f"{FOLDER}/annotations.json", b"1e999999", FILE),
    "a text that is damaged": (f"{REVISION}.json", b'{"article": null}', FILE),
    "a page that is damaged": (f"{REVISION}.html.zst", b"no page", FILE),
    "attributes of git in a folder": ("articles/.gitattributes", b"* filter=evil\n", FILE),
    "settings of git lfs": ("articles/.lfsconfig", b"[lfs]\nurl=ext::sh\n", FILE),
    "a file that is too large": (f"{FOLDER}/annotations.json", b" " * 2_000_000, FILE),
    "a second copy": (f"{FOLDER}/annotations.json.bak", b"{}", FILE),
    "a conflict copy": (f"{FOLDER}/annotations 2.json", b"{}", FILE),
}


@pytest.mark.parametrize("attack", LEFT_OUT)
def test_it_is_not_written_and_is_named(one, evil, attack, monkeypatch, tmp_path):
    monkeypatch.setattr(merging, "MAX_FILE", 1_000_000)
    one.git("config", "filter.evil.clean", "touch pwned; cat")
    one.git("config", "filter.evil.smudge", "touch pwned; cat")
    before = contents(one.folder)
    evil.put(*LEFT_OUT[attack])
    report = one.sync()
    assert len(report.left_out) == 1
    assert "\x1b" not in report.left_out[0]
    assert "\n" not in report.left_out[0]
    assert contents(one.folder) == before
    one.add(2)
    assert one.sync().left_out == ()
    assert one.git("status", "--porcelain") == ""
    assert not list(tmp_path.rglob("pwned"))


def test_attributes_and_ignored_names_of_the_other_side_are_not_taken(one, evil, tmp_path):
    one.git("config", "filter.evil.clean", "touch pwned; cat")
    evil.put(".gitattributes", b"* filter=evil\n")
    evil.put(".gitignore", b"*\n")
    before = contents(one.folder)
    article = one.add(2)
    one.sync()
    assert before.items() <= contents(one.folder).items()
    assert f"{article.id}/annotations.json" in one.git("ls-files")
    assert not list(tmp_path.rglob("pwned"))


def test_a_damaged_version_of_an_article_loses_nothing(one, two, evil):
    mark = one.mark(one.article, note="Mine")
    one.sync()
    path = str(one.file(one.article).relative_to(one.folder))
    evil.put(path, one.file(one.article).read_bytes()[:-40])
    report = one.sync()
    assert report.left_out == (path,)
    assert mark.id in one.marks(one.article)
    assert list(one.file(one.article).parent.glob("*.damaged-*"))
    two.sync()
    assert mark.id in two.marks(one.article)
    assert ".damaged" not in one.git("ls-files")


def test_a_mark_that_is_left_out_of_a_file_stays(one, evil):
    before = one.file(one.article).read_bytes()
    mark = one.mark(one.article)
    one.sync()
    evil.put(str(one.file(one.article).relative_to(one.folder)), before)
    one.sync()
    assert mark.id in one.marks(one.article)


def test_an_article_of_another_id_is_not_written(one, evil):
    evil.put(f"{FOLDER}/annotations.json", one.file(one.article).read_bytes())
    assert one.sync().left_out == (f"{FOLDER}/annotations.json",)
    assert one.ids() == [one.article.id]


def test_a_damaged_schema_of_the_other_side_is_not_taken(one, evil):
    evil.put("library.json", b"{")
    one.sync()
    assert json.loads((one.folder / "library.json").read_bytes())["schema"] == SCHEMA


def test_a_file_in_place_of_the_folder_of_articles_is_no_end(one, evil):
    for number in range(2, 14):
        one.add(number)
    one.sync()
    before = contents(one.folder)
    evil.put("articles", b"x")
    with pytest.raises(SyncFailed, match="13 of 13 articles were deleted for good"):
        one.sync()
    assert contents(one.folder) == before
    sync(one.library, now=MOMENT, accepts_deletions=True)
    assert one.ids() == []


def test_a_folder_that_is_endless_is_refused(one, evil, monkeypatch):
    monkeypatch.setattr(git_module, "MAX_OUTPUT", 3_000_000)
    tree = evil.tree({"a": (FILE, evil.blob(b"x"))})
    for _ in range(12):
        tree = evil.tree({f"{name}": ("40000", tree) for name in "abcdefghij"})
    evil.commit(tree)
    with pytest.raises(SyncFailed, match="more files than any library"):
        one.sync()
    assert one.ids() == [one.article.id]


def test_no_hook_and_no_setting_of_a_hub_in_a_folder_is_run(one, evil, tmp_path):
    program = tmp_path / "run-me"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/pwned\n")
    program.chmod(0o755)
    hooks = one.hub / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("pre-receive", "update", "post-receive", "post-update", "reference-transaction"):
        (hooks / name).symlink_to(program)
    for name in ("core.fsmonitor", "core.alternateRefsCommand", "uploadpack.packObjectsHook"):
        evil.git("config", name, str(program))
    one.add(2)
    one.sync()
    status(one.library)
    assert not (tmp_path / "pwned").exists()
    assert one.sync().sent.articles == ()


def test_no_hook_of_the_library_is_run(one, tmp_path):
    hooks = one.folder / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("pre-commit", "post-commit", "pre-push", "post-index-change", "post-merge"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {tmp_path}/pwned\n")
        (hooks / name).chmod(0o755)
    one.git("config", "core.fsmonitor", f"touch {tmp_path}/pwned")
    one.add(2)
    one.sync()
    assert not (tmp_path / "pwned").exists()


def test_what_git_says_is_shown_without_escape_sequences_and_passwords(one, tmp_path, monkeypatch):
    fake = tmp_path / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text(
        """#!/bin/sh
case "$*" in
    *" fetch --"*) ;;
    *) PATH="$REAL" exec git "$@" ;;
esac
printf 'remote: \\033]0;pwned\\007\\033[31mhttps://me:topsecret@example.org/x failed\\n' >&2
exit 128
"""
    )
    fake.chmod(0o755)
    monkeypatch.setenv("REAL", os.environ["PATH"])
    monkeypatch.setenv("PATH", f"{fake.parent}:{os.environ['PATH']}")
    with pytest.raises(SyncFailed) as failed:
        one.sync()
    assert "example.org/x failed" in failed.value.message
    for word in ("\x1b", "\x07", "pwned", "topsecret"):
        assert word not in str(failed.value)
    shown = status(one.library)
    assert "topsecret" not in shown.error + shown.failed


@pytest.mark.parametrize("url", ["ext::touch pwned", "ext::touch%20pwned", "fd::3", "evil::x"])
def test_an_address_in_the_settings_of_git_that_runs_a_program_is_refused(one, url, tmp_path):
    one.git("config", "remote.origin.url", url)
    one.git("config", "protocol.ext.allow", "always")
    with pytest.raises(SyncFailed, match="is not an address to synchronise with"):
        one.sync()
    assert not list(tmp_path.rglob("pwned"))
