"""Syncthing and rclone themselves: two machines change one library while they are apart.

Where the programs are not installed, nothing is tested.
"""

import json
import os
import shutil
import subprocess
import urllib.request
from contextlib import contextmanager, suppress
from functools import partial

import pytest
from msgspec.structs import replace

from annotator.store import TAG_COLOURS, Library
from asking import free_port
from builders import MOMENT, make_annotation, make_article, make_extraction, make_page
from waiting import PATIENCE, wait_until

ARTICLES = [
    make_article(f"One two three. Text {number} goes on.", url=f"https://example.org/{number}")
    for number in range(3)
]
NAMES = ("ann", "bo")
KEPT_AT_HOME = (".bak", ".merged")
HIDDEN = (".stfolder", ".stignore")


class Machine:
    """A library in a home of its own, with the name of its user."""

    def __init__(self, home, name):
        self.home, self.name = home / name, name
        self.folder = self.home / "library"
        self.folder.mkdir(parents=True)

    @contextmanager
    def opened(self):
        with Library.open(
            self.folder, state=self.home / "state", author=lambda: self.name
        ) as library:
            yield library

    def change(self, article, mark_id, **values):
        with self.opened() as library:
            library.article(article.id).revise(mark_id, partial(replace, **values))

    def look(self):
        """Open the library as the program does, which merges the copies in it."""
        with self.opened() as library:
            library.maintenance.tidy()
            return library.notices

    def files(self):
        """Return the files that all machines share."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
            and not path.name.endswith(KEPT_AT_HOME)
            and path.relative_to(self.folder).parts[0] not in HIDDEN
        }

    def named(self, words):
        return sorted(path.name for path in self.folder.rglob(f"*{words}*"))


@pytest.fixture
def machines(tmp_path):
    """Return two machines, of which the first has a library with a mark in each article."""
    first, second = (Machine(tmp_path, name) for name in NAMES)
    with first.opened() as library:
        for number, article in enumerate(ARTICLES):
            library.store(make_extraction(article), make_page(url=article.url), now=MOMENT)
            mark = make_annotation(article, "two", id=f"01a{number}", note="Base.")
            library.put([replace(mark, created=MOMENT)])
        library.catalog.put(TAG_COLOURS, {"energy": "#5fb36a"}, now=MOMENT)
    return first, second


def change_both(first, second):
    """Change the same two articles on both machines, and another thing on each."""
    first.change(ARTICLES[0], "01a0", note="Ann's.")
    first.change(ARTICLES[1], "01a1", kind="evidence")
    second.change(ARTICLES[0], "01a0", tags=("bo",))
    with second.opened() as library:
        mark = make_annotation(ARTICLES[0], "three", id="01bb")
        library.put([replace(mark, created=MOMENT)])
        library.article(ARTICLES[1].id).remove(["01a1"], now=MOMENT)
        library.catalog.put(TAG_COLOURS, {"press": "#112233"}, now=MOMENT)
    with first.opened() as library:
        library.catalog.put(TAG_COLOURS, {"water": "#334455"}, now=MOMENT)


def check_all_is_there(machine):
    with machine.opened() as library:
        first, new = sorted(library.article(ARTICLES[0].id).annotations(), key=lambda mark: mark.id)
        assert (first.note, first.tags, new.id) == ("Ann's.", ("bo",), "01bb")
        assert (first.author, new.author) == ("ann", "bo")
        assert set(dict(first.editors).values()) == {"bo"}
        [changed] = library.article(ARTICLES[1].id).annotations()
        assert changed.kind == "evidence"  # which the one that deleted it did not know
        colours = library.catalog.values(TAG_COLOURS)
        assert colours.keys() == {"energy", "press", "water"}
        assert len(library.records()) == len(ARTICLES)


# Syncthing

SETTINGS = """<configuration version="37">
<folder id="library" path="{folder}" type="sendreceive" rescanIntervalS="3600"
    fsWatcherEnabled="false" markerName=".stfolder">
  <device id="{ids[0]}"/><device id="{ids[1]}"/><maxConflicts>10</maxConflicts>
</folder>
<device id="{ids[0]}" compression="never"><address>tcp://127.0.0.1:{ports[0]}</address></device>
<device id="{ids[1]}" compression="never"><address>tcp://127.0.0.1:{ports[1]}</address></device>
<gui enabled="true" tls="false"><address>127.0.0.1:{gui}</address><apikey>key</apikey></gui>
<options>
  <listenAddress>tcp://127.0.0.1:{port}</listenAddress>
  <globalAnnounceEnabled>false</globalAnnounceEnabled>
  <localAnnounceEnabled>false</localAnnounceEnabled>
  <relaysEnabled>false</relaysEnabled><natEnabled>false</natEnabled>
  <reconnectionIntervalS>1</reconnectionIntervalS><startBrowser>false</startBrowser>
  <urAccepted>-1</urAccepted><crashReportingEnabled>false</crashReportingEnabled>
  <autoUpgradeIntervalH>0</autoUpgradeIntervalH><stunKeepaliveStartS>0</stunKeepaliveStartS>
</options>
</configuration>
"""


class Syncthing:
    """Two of them, which know each other by their addresses on the loopback alone."""

    def __init__(self, machines):
        self._machines = machines
        self._homes = [machine.home / "syncthing" for machine in machines]
        ports = [free_port() for _ in machines]
        self._guis = [free_port() for _ in machines]
        for home in self._homes:
            self._run("generate", "--no-default-folder", "--skip-port-probing", home=home)
        ids = [self._run("serve", "--device-id", home=home).strip() for home in self._homes]
        for number, (machine, home) in enumerate(zip(machines, self._homes, strict=True)):
            (machine.folder / ".stfolder").mkdir()
            settings = SETTINGS.format(
                folder=machine.folder,
                ids=ids,
                ports=ports,
                port=ports[number],
                gui=self._guis[number],
            )
            (home / "config.xml").write_text(settings)

    def _run(self, *words, home):
        command = ["syncthing", *words, f"--home={home}"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    @contextmanager
    def running(self):
        """Run both, and stop them at the end."""
        programs = []
        for home in self._homes:
            with (home / "log").open("a") as log:
                command = ["syncthing", "serve", "--no-browser", "--no-restart", "--no-upgrade"]
                command.append(f"--home={home}")
                programs.append(subprocess.Popen(command, stdout=log, stderr=log))
        try:
            yield
        finally:
            for program in programs:
                program.terminate()
            for program in programs:
                program.wait(PATIENCE)

    def exchange(self):
        """Let both look at their folders, and wait until both have the same."""
        for number in range(len(self._guis)):
            wait_until(partial(self._asked, number, "system/ping"))
        for number in range(len(self._guis)):
            self._ask(number, "db/scan?folder=library", b"")
        wait_until(self._is_done)

    def _is_done(self):
        states = [self._asked(number, "db/status?folder=library") for number in (0, 1)]
        known = [self._asked(number, "system/connections") for number in (0, 1)]
        is_connected = all(
            each and any(one["connected"] for one in each["connections"].values()) for each in known
        )
        is_idle = all(
            state and state["state"] == "idle" and not state["needTotalItems"] for state in states
        )
        return is_connected and is_idle and _same_known(states)

    def _asked(self, number, path):
        with suppress(OSError):
            return self._ask(number, path)
        return None

    def _ask(self, number, path, data=None):
        url = f"http://127.0.0.1:{self._guis[number]}/rest/{path}"
        request = urllib.request.Request(url, data, {"X-API-Key": "key"})
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            body = answer.read()
        return json.loads(body) if body else True


def _same_known(states):
    facts = [(state["globalFiles"], state["globalBytes"], state["localFiles"]) for state in states]
    return facts[0] == facts[1] and all(fact[0] == fact[2] for fact in facts)


@pytest.mark.skipif(shutil.which("syncthing") is None, reason="no Syncthing here")
def test_two_machines_that_syncthing_joins_have_the_same_bytes_and_all_changes(machines):
    first, second = machines
    programs = Syncthing(machines)
    with programs.running():
        programs.exchange()
    assert first.files() == second.files()
    second.look()
    change_both(first, second)
    assert first.files() != second.files()
    with programs.running():
        programs.exchange()
        assert len(first.named("sync-conflict")) == len(second.named("sync-conflict")) == 3
        notices = [first.look()]
        programs.exchange()
        notices.append(second.look())
        programs.exchange()
    assert len(notices[0]) == 3
    assert first.files() == second.files()
    for machine in machines:
        check_all_is_there(machine)
        assert not [name for name in machine.named("sync-conflict") if ".bak" in name]
    assert len(first.named(".merged")) == 3
    assert second.named(".merged") == []  # the copies stay where they were merged


# rclone


@contextmanager
def webdav(folder):
    """Serve a folder by WebDAV, and yield its address."""
    folder.mkdir()
    address = f"127.0.0.1:{free_port()}"
    command = ["rclone", "serve", "webdav", folder, "--addr", address]
    program = subprocess.Popen(
        command, env=_alone(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_until(partial(_answers, f"http://{address}/"))
        yield f"http://{address}"
    finally:
        program.terminate()
        program.wait(PATIENCE)


def _answers(address):
    with suppress(OSError), urllib.request.urlopen(address, timeout=PATIENCE):
        return True
    return False


def _alone():
    return os.environ | {"RCLONE_CONFIG": os.devnull}


def bisync(machine, address, *options):
    """Bring a machine's library together with the one on the server."""
    command = [
        "rclone", "bisync", machine.folder, ":webdav:/", "--webdav-url", address,
        "--webdav-vendor", "rclone", "--workdir", machine.home / "bisync",
        *(f"--exclude=*{end}" for end in KEPT_AT_HOME), "--exclude=.st*", *options,
    ]  # fmt: skip
    done = subprocess.run(command, env=_alone(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]


@pytest.mark.skipif(shutil.which("rclone") is None, reason="no rclone here")
def test_two_machines_that_rclone_joins_over_webdav_have_the_same_bytes_and_all_changes(
    machines, tmp_path
):
    first, second = machines
    with webdav(tmp_path / "server") as address:
        for machine in machines:
            bisync(machine, address, "--resync")
        assert first.files() == second.files()
        change_both(first, second)
        bisync(first, address)
        bisync(second, address)
        conflicts = second.named(".conflict")
        assert len(conflicts) == 6  # of three files, both versions under other names
        second.look()
        bisync(second, address)
        bisync(first, address)
        first.look()
        bisync(first, address)
        bisync(second, address)
    assert first.files() == second.files()
    for machine in machines:
        check_all_is_there(machine)
        assert [name for name in machine.named(".conflict") if ".merged" not in name] == []
