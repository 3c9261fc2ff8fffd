"""No mark is lost when two programs write, a program is killed, or a disk is full."""

import os
import random
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec.structs import replace

from annotator.errors import LibraryBusy
from annotator.store import Library
from annotator.store.access import WriteLock
from builders import make_annotation

pytestmark = pytest.mark.slow

OPERATIONS = 200
KILLS = 10

SETTING = """
import resource, sys
from functools import partial
from msgspec.structs import replace
from pathlib import Path
from builders import MOMENT, make_annotation, make_article, make_extraction, make_page
from annotator.errors import AnnotatorError
from annotator.export.markdown.front_matter import identity_of
from annotator.store import Contents, ExportFolder, Library, Position, new_id
folder = Path(sys.argv[1])
state = folder / (sys.argv[5] if len(sys.argv) > 5 else "state")
library = Library.open(folder / "data", state=state)
article = library.article(sys.argv[2]).extraction().article
"""

BUSY = """
shared, rounds = sys.argv[3], int(sys.argv[4])
for number in range(rounds):
    mark = make_annotation(article, "two three", id=new_id())
    library.put([mark])
    library.article(article.id).revise(shared, lambda now: replace(now, note=now.note + "x"))
    if number % 4 == 3:
        library.article(article.id).remove([mark.id], now=MOMENT)
    else:
        print(mark.id)
    if number % 8 == 0:
        library.article(article.id).update(lambda now: replace(now, tags=(*now.tags, mark.id)))
"""

ENDLESS = """
while True:
    mark = make_annotation(article, "Nine ten", id=new_id(), note="A note of some length. " * 40)
    library.put([mark])
    print(mark.id, flush=True)
"""

LIMITED = """
def export():
    with ExportFolder(
        folder / "out", suffix=".md", identity_of=identity_of, state=folder / "state"
    ) as files:
        files.write("a", Contents("n" * 9_000), stem="name", file=None)

for attempt in (
    lambda: library.put([make_annotation(article, "two", id=new_id(), note="n" * 9_000)]),
    lambda: library.article(article.id).revise(sys.argv[3], partial(replace, note="n" * 9_000)),
    lambda: library.article(article.id).update(partial(replace, excerpt="n" * 9_000)),
    lambda: library.store(
        make_extraction(make_article("word " * 9_000)), make_page("<p>" * 9_000), now=MOMENT
    ),
    lambda: library.store(
        make_extraction(make_article("word " * 9_000, url="")), make_page(), now=MOMENT
    ),
    export,
):
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, resource.RLIM_INFINITY))
    try:
        attempt()
    except AnnotatorError as error:
        print(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
"""

FULL = """
resource.setrlimit(resource.RLIMIT_FSIZE, (4, resource.RLIM_INFINITY))
new = Library.open(folder / "new", state=folder / "state")
try:
    new.store(make_extraction(article), make_page(), now=MOMENT)
except AnnotatorError as error:
    print(new.is_read_only, error)
"""

MOVED = """
import sys
from pathlib import Path
from annotator.errors import LibraryBusy
from annotator.store.access import WriteLock
folder, away, is_replaced = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]

def move(event, _):  # as another program does between opening the folder and locking it
    if event == "fcntl.flock" and folder.exists() and not away.exists():
        folder.rename(away)
        print("moved")
        if is_replaced == "True":
            folder.mkdir()

own, others = (WriteLock(folder.with_name(name), folder=folder, max_wait=0.05) for name in "ab")
sys.addaudithook(move)
with own.held():
    try:
        with others.held():
            print("free")
    except LibraryBusy:
        print("busy")
"""


def leftovers(folder):
    return [path for path in folder.rglob("*") if path.name.endswith(".tmp")]


@pytest.mark.parametrize("states", [("state", "state"), ("state", "another")])
def test_two_programs_that_write_to_one_article_lose_nothing(
    library, kept, start, tmp_path, states
):
    shared = make_annotation(kept, "Six")
    library.put([shared])
    programs = [
        start(SETTING + BUSY, tmp_path, kept.id, shared.id, OPERATIONS // 2, state)
        for state in states
    ]
    outputs = [program.communicate(timeout=60) for program in programs]
    assert [program.returncode for program in programs] == [0, 0], outputs

    said = {line for output, _ in outputs for line in output.split()}
    marks = {mark.id: mark for mark in library.article(kept.id).annotations()}
    assert marks.keys() == said | {shared.id}
    assert marks[shared.id].note == "x" * OPERATIONS
    assert len(library.article(kept.id).record().tags) == 2 * len(range(0, OPERATIONS // 2, 8))
    assert library.notices == ()


def test_a_version_that_comes_while_a_mark_is_edited_is_merged(library, other, kept, file):
    mark, theirs = make_annotation(kept, "Six"), make_annotation(kept, "Nine ten", id="7zzz")
    library.put([mark])
    other.put([theirs])
    coming = other.folder / file.relative_to(library.folder)

    def edited(before):
        coming.replace(file)  # as a sync program does, which knows no locks
        return replace(before, note="Mine")

    library.article(kept.id).revise(mark.id, edited)
    marks = {mark.id: mark for mark in library.article(kept.id).annotations()}
    assert marks.keys() == {mark.id, theirs.id}
    assert marks[mark.id].note == "Mine"


def test_programs_with_other_state_folders_wait_for_each_other(tmp_path):
    own, others = (
        WriteLock(tmp_path / state / "a.lock", folder=tmp_path / "articles", max_wait=0.05)
        for state in ("own", "others")
    )
    with own.held():
        with own.held():
            pass
        with pytest.raises(LibraryBusy), others.held():
            pass
    with others.held():
        pass
    assert list((tmp_path / "articles").iterdir()) == []


@pytest.mark.parametrize("is_replaced", [True, False])
def test_of_a_folder_that_is_moved_while_it_is_locked_the_new_one_is_locked(
    tmp_path, finish, is_replaced
):
    said = finish(MOVED, tmp_path / "article", tmp_path / "bin", is_replaced)
    assert said.split() == ["moved", "busy"]


def test_a_program_that_is_killed_while_it_writes_loses_nothing(library, kept, start, tmp_path):
    chance, said = random.Random(7), set()
    for _ in range(KILLS):
        program = start(SETTING + ENDLESS, tmp_path, kept.id)
        for _ in range(chance.randrange(1, 40)):
            said.add(program.stdout.readline().strip())
        program.send_signal(signal.SIGKILL)
        rest = program.stdout.read()  # not communicate(), which forgets what readline() read ahead
        program.wait()
        said.update(rest.split("\n")[:-1])  # the last line may be cut
        written = {mark.id for mark in library.article(kept.id).annotations()}
        assert said <= written
        assert len(written) <= len(said) + KILLS  # a mark is written before it is reported
    assert library.notices == ()
    assert program.returncode == -signal.SIGKILL


def test_a_full_disk_is_reported_and_changes_nothing(library, kept, finish, tmp_path):
    mark = make_annotation(kept, "two three")
    library.put([mark])
    before = library.article(kept.id).record(), library.article(kept.id).extraction()
    output = finish(SETTING + LIMITED, tmp_path, kept.id, mark.id)
    assert output.count("Not enough disk space for") == 5
    assert output.count("Free some space on the disk") == 5
    assert output.count("See whether the disk is full") == 1  # as SQLite says it
    assert (library.article(kept.id).record(), library.article(kept.id).extraction()) == before
    assert library.article(kept.id).annotations() == (mark,)
    assert [record.id for record in library.records()] == [kept.id]
    folders = [path for path in (library.folder / "articles").glob("*/*") if path.is_dir()]
    assert [path.name for path in folders] == [kept.id]
    assert list((tmp_path / "out").iterdir()) == []
    assert leftovers(tmp_path) == []


def test_a_library_on_a_full_disk_opens_read_only(kept, finish, tmp_path):
    output = finish(SETTING + FULL, tmp_path, kept.id)
    assert output.startswith("True Not enough disk space for")


def test_temporary_files_of_dead_programs_are_removed(library, kept, file, tmp_path):
    old = file.with_name(".annotator-1.tmp"), file.parent / "revisions" / ".annotator-2.tmp"
    new = file.with_name(".annotator-3.tmp")
    for path in (*old, new):
        path.write_bytes(b"half")
    for path in old:
        os.utime(path, (0, 0))
    again = Library.open(tmp_path / "data", state=tmp_path / "state")
    again.put([make_annotation(kept, "two")])
    assert leftovers(library.folder) == [new]


def test_waiting_too_long_for_another_program_is_an_error(library, kept, file):
    lock = library._access.state / "locks" / f"articles-{kept.id[:2]}.lock"
    patient, hasty = WriteLock(lock), WriteLock(lock, max_wait=0.02)
    library.put([make_annotation(kept, "two")])
    with (
        patient.held(),
        pytest.raises(LibraryBusy, match="Another program has been writing"),
        hasty.held(),
    ):
        pass
    with hasty.held(), hasty.held():
        pass


def test_waiting_too_long_for_another_thread_is_an_error(tmp_path):
    lock, was_busy = WriteLock(tmp_path / "lock", max_wait=0.02), []

    def try_it():
        try:
            with lock.held():
                pass
        except LibraryBusy:
            was_busy.append(True)

    with lock.held(), ThreadPoolExecutor(1) as pool:
        pool.submit(try_it).result()
    assert was_busy == [True]


def test_threads_of_one_program_lose_nothing(library, kept):
    shared = make_annotation(kept, "Six")
    library.put([shared])

    def work(_):
        library.article(kept.id).revise(shared.id, lambda now: replace(now, note=now.note + "x"))
        return library.article(kept.id).annotations()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(80)))
    assert library.article(kept.id).annotations()[0].note == "x" * 80
