"""Whatever ends a sync, or happens while it runs: nothing is lost, and the next one goes on."""

import fcntl
import subprocess
import sys
import threading

import pytest

from annotator.errors import AnnotatorError, LibraryBusy, SyncFailed
from annotator.store import TAG_COLOURS
from annotator.usecases.syncing.sync import set_up, status
from builders import MOMENT

pytestmark = pytest.mark.slow


def settle(*machines):
    for opened in (*machines, *machines):
        opened.sync()


def doing(wanted, act):
    """Return what acts once, when the sync says that it is doing something."""
    left = [act]

    def tell(what):
        if what.startswith(wanted) and left:
            left.pop()()

    return tell


def test_a_computer_without_git_says_so(one, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SyncFailed, match="Git is not installed"):
        one.sync()


def test_a_single_commit_that_is_checked_out_says_how_to_go_back(one):
    one.git("checkout", "-q", "--detach")
    with pytest.raises(SyncFailed, match="checkout -B main"):
        one.sync()
    one.git("checkout", "-q", "-B", "main")
    one.sync()


def test_a_hub_that_is_away_leaves_everything_committed(one, two):
    away = one.hub.with_name("away")
    mark = one.mark(one.article)
    one.hub.rename(away)
    with pytest.raises(SyncFailed, match="git fetch failed"):
        one.sync()
    assert one.git("status", "--porcelain") == ""
    shown = status(one.library)
    assert "git fetch failed" in shown.error
    assert "git fetch failed" in shown.failed
    assert [news.what for news in shown.going.articles] == ["changed"]
    away.rename(one.hub)
    settle(one, two)
    assert mark.id in two.marks(one.article)
    assert status(one.library).failed == ""


def test_a_push_that_is_refused_is_said_and_tried_again_later(one, two):
    config = ["git", "-C", str(one.hub), "config"]
    subprocess.run([*config, "receive.hideRefs", "refs/heads"], check=True)
    mark = one.mark(one.article)
    with pytest.raises(SyncFailed, match="deny updating a hidden ref"):
        one.sync()
    subprocess.run([*config, "--unset", "receive.hideRefs"], check=True)
    settle(one, two)
    assert mark.id in two.marks(one.article)


def test_a_merge_that_was_begun_by_hand_is_taken_over(one, two):
    mark = one.mark(one.article)
    settle(one, two)
    one.edit(mark, tags=("energy",))
    two.edit(mark, note="Who says so?")
    one.sync()
    two.git("add", "-A")
    two.git("commit", "-qm", "by hand")
    with pytest.raises(subprocess.CalledProcessError):
        two.git("pull", "-q", "--no-rebase", "origin", "main")
    settle(two, one)
    for opened in (one, two):
        joined = opened.marks(one.article)[mark.id]
        assert (joined.tags, joined.note) == (("energy",), "Who says so?")


@pytest.mark.parametrize("name", ["index.lock", "HEAD.lock", "refs/heads/main.lock"])
def test_locks_of_a_git_that_was_killed_with_the_sync_are_removed(one, name):
    (one.folder / ".git" / name).touch()
    (one.library.state / "sync.lock").write_text("1")  # as a sync that was killed leaves it
    one.mark(one.article)
    assert one.sync().sent.articles


def test_a_lock_of_a_git_of_the_user_stays(one):
    (one.folder / ".git" / "index.lock").touch()
    one.mark(one.article)
    for _ in range(2):
        with pytest.raises(SyncFailed, match=r"index\.lock"):
            one.sync()


def test_two_syncs_of_one_library_do_not_run_at_once(one):
    with (one.library.state / "sync.lock").open("r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(LibraryBusy):
            one.sync()
    one.sync()


def test_a_sync_can_be_ended_and_goes_on_later(one, two):
    other = two.add(2)
    two.sync()
    ended = []
    for most in range(1, 30, 2):
        asked = iter(range(most))
        try:
            one.sync(goes_on=lambda asked=asked: next(asked, None) is not None)
        except SyncFailed as error:
            ended.append(error.message)
    assert len(ended) > 3
    assert set(ended) == {"The sync was ended."}
    one.sync()
    assert other.id in one.ids()


@pytest.mark.parametrize("when", ["Looking", "Fetching", "Writing", "Sending"])
def test_what_a_program_changes_while_a_sync_runs_is_not_lost(one, two, when):
    mark = one.mark(one.article)
    settle(one, two)
    two.edit(mark, note="Who says so?")
    two.sync()
    made = []

    def act():
        one.edit(mark, tags=("energy",))
        made.append(one.mark(one.article))
        one.library.catalog.put(TAG_COLOURS, {"energy": "#4c9ed9"}, now=MOMENT)

    one.add(3)  # so that there is something to send
    one.sync(tell=doing(when, act))
    settle(one, two)
    for opened in (one, two):
        joined = opened.marks(one.article)
        assert (joined[mark.id].tags, joined[mark.id].note) == (("energy",), "Who says so?")
        assert made[0].id in joined
        assert opened.library.catalog.values(TAG_COLOURS) == {"energy": "#4c9ed9"}
    assert one.tree() == two.tree()


@pytest.mark.parametrize("when", ["Fetching", "Writing"])
def test_an_article_that_is_moved_to_the_bin_while_a_sync_runs_is_not_lost(one, two, when):
    mark = two.mark(one.article)
    two.sync()
    one.sync(tell=doing(when, lambda: one.library.trash(one.article.id)))
    settle(one, two)
    for opened in (one, two):
        assert opened.ids() == [one.article.id]
        assert mark.id in opened.marks(one.article)
    assert one.tree() == two.tree()


def test_three_machines_at_once_get_everything(one, two, machine):
    three = machine("three")
    three.join()
    machines = (one, two, three)
    marks = {opened.mark(one.article, note=opened.home.name).id for opened in machines}
    failed = []

    def work(opened):
        try:
            opened.sync()
        except AnnotatorError as error:  # five times another one was faster
            failed.append(error)

    threads = [threading.Thread(target=work, args=(opened,)) for opened in machines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    settle(*machines)
    for opened in machines:
        assert marks <= opened.marks(one.article).keys()
    assert one.tree() == two.tree() == three.tree()


FULL_DISK = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from annotator.errors import AnnotatorError
from annotator.store import Library
from annotator.usecases.syncing.sync import sync
home = Path(sys.argv[1])
with Library.open(home / "library", state=home / "state") as library:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
    try:
        sync(library, now=datetime.now(UTC))
    except AnnotatorError as error:
        print(error.message)
        sys.exit(error.exit_code)
"""


@pytest.mark.parametrize("most", [0, 200, 700, 2_000])
def test_a_full_disk_is_said_and_loses_nothing(one, two, most):
    mark = two.mark(one.article)
    other = two.add(2, text="A long story.\n\n" * 40)
    two.sync()
    mine = one.mark(one.article)
    command = [sys.executable, "-B", "-c", FULL_DISK, str(one.home), str(most)]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert done.returncode in {0, 5, 9}, done.stderr
    assert done.returncode == 0 or done.stdout
    settle(one, two)
    for opened in (one, two):
        assert opened.marks(one.article).keys() == {mark.id, mine.id}
        assert opened.library.article(other.id).extraction().article.text
    assert one.tree() == two.tree()


def test_a_library_without_another_side_commits(machine):
    alone = machine("alone")
    assert not alone.library.has_repository
    set_up(alone.library)
    assert alone.library.has_repository
    alone.add(1)
    alone.sync()
    assert alone.git("status", "--porcelain") == ""
    shown = status(alone.library)
    assert (shown.engine, shown.remote) == ("git", "")


def test_a_link_in_place_of_a_folder_is_said(one, tmp_path):
    (one.folder / "articles").rename(tmp_path / "elsewhere")
    (one.folder / "articles").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SyncFailed, match="is a link"):
        one.sync()


def test_files_for_git_that_were_altered_are_put_right(one):
    (one.folder / ".gitattributes").write_text("* text=auto\n")
    (one.folder / ".git" / "info" / "attributes").unlink()
    one.sync()
    assert "annotations.json -merge" in (one.folder / ".gitattributes").read_text()
    assert "-filter" in (one.folder / ".git" / "info" / "attributes").read_text()
    assert "*.bak" in (one.folder / ".gitignore").read_text()


def test_an_article_that_could_not_be_read_is_taken_when_it_can(one, two):
    other = two.add(5)
    good = two.file(other).read_bytes()
    two.sync()
    two.file(other).write_bytes(b"{")
    two.git("add", "-A")
    two.git("commit", "-qm", "by hand")
    two.git("push", "-q", "origin", "HEAD:main")
    assert one.sync().left_out
    assert other.id not in one.ids()
    two.file(other).write_bytes(good)
    two.sync()
    one.sync()
    assert other.id in one.ids()
    assert one.tree() == two.tree()


def test_a_file_that_the_disk_damaged_here_is_repaired_and_harms_nobody(one, two):
    mark = one.mark(one.article)
    settle(one, two)
    one.file(one.article).write_bytes(b"{")
    two.edit(mark, note="Who says so?")
    two.sync()
    one.sync()
    settle(two, one)
    for opened in (one, two):
        assert opened.marks(one.article)[mark.id].note == "Who says so?"
    settle(one, two)
    assert one.tree() == two.tree()


def test_ssh_may_ask_nothing_and_has_no_terminal(one, two, tmp_path, monkeypatch):
    ssh = tmp_path / "my-ssh"
    ssh.write_text(
        f"""#!/bin/sh
echo "$@" >> {tmp_path}/asked
(: < /dev/tty) 2>/dev/null && echo terminal >> {tmp_path}/asked
for last; do :; done
exec sh -c "$last"
"""
    )
    ssh.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(ssh))
    mark = one.mark(one.article)
    one.join(f"ssh://me@example.org{one.hub}")
    two.sync()
    assert mark.id in two.marks(one.article)
    asked = (tmp_path / "asked").read_text()
    assert "-oBatchMode=yes" in asked
    assert "terminal" not in asked
