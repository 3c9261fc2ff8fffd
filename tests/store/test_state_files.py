"""Small files of the state folder: places, failures, the changes to undo, and first frames."""

import json
import os
from datetime import UTC, datetime, timedelta

import pytest
from msgspec import Raw
from msgspec.structs import replace

from annotator.model.library_file import Place
from annotator.store.machine import state_files
from annotator.store.machine.state_files import FailedAddress, FirstFrames, JournalEntry

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
FAILED = FailedAddress("https://a.example/", "It is gone.", "Look.", True, NOON, NOON, tags=("x",))


def test_places_are_kept_by_article_and_letter(library):
    one, other = Place(4, "grid"), Place(9, "coal")
    library.places.save("a", "q", one, is_only=False)
    library.places.save("b", "q", other, is_only=False)
    library.places.save("b", "r", one, is_only=False)
    assert library.places.all() == {"a": {"q": one}, "b": {"q": other, "r": one}}


def test_a_place_that_is_the_only_one_of_its_letter_takes_it_from_other_articles(library):
    one = Place(4, "grid")
    library.places.save("a", "Q", one, is_only=False)
    library.places.save("b", "r", one, is_only=False)
    library.places.save("b", "Q", one, is_only=True)
    assert library.places.all() == {"b": {"r": one, "Q": one}}


def test_an_address_that_fails_again_keeps_when_it_first_did_and_all_tags(library):
    library.failures.remember(FAILED)
    later = replace(FAILED, reason="Busy.", first=NOON + timedelta(1), last=NOON + timedelta(1),
                    tags=("y", "x"))  # fmt: skip
    library.failures.remember(later)
    [failed] = library.failures.all()
    assert (failed.tries, failed.first, failed.last) == (2, NOON, NOON + timedelta(1))
    assert (failed.reason, failed.tags) == ("Busy.", ("x", "y"))


def test_the_reason_of_a_failure_is_one_short_line(library):
    library.failures.remember(replace(FAILED, reason="a\nb\x1b" * 1_000, hint="c\nd " * 1_000))
    [failed] = library.failures.all()
    assert failed.reason.startswith("a b")
    assert max(len(failed.reason), len(failed.hint)) <= 500
    assert failed.reason.isprintable()


def test_addresses_are_forgotten_and_counted_and_the_file_goes_with_the_last(library):
    path = library.state / "failures.json"
    assert library.failures.forget(["https://a.example/"]) == 0
    assert not path.exists()
    library.failures.remember(FAILED)
    library.failures.remember(replace(FAILED, address="https://b.example/"))
    assert library.failures.forget(["https://a.example/", "https://c.example/"]) == 1
    assert [failed.address for failed in library.failures.all()] == ["https://b.example/"]
    assert library.failures.forget(["https://b.example/"]) == 1
    assert not path.exists()


def test_of_too_many_failures_those_of_no_use_go_first_then_the_oldest(library, monkeypatch):
    monkeypatch.setattr(state_files, "MOST_FAILURES", 3)
    for name, may_pass in (("a", True), ("b", False), ("c", True), ("d", True), ("e", True)):
        library.failures.remember(
            replace(FAILED, address=f"https://{name}.example/", may_pass=may_pass)
        )
    assert [failed.address[8] for failed in library.failures.all()] == ["c", "d", "e"]


def entry(name, *steps):
    return JournalEntry(name, tuple(Raw(json.dumps(step).encode()) for step in steps))


def names(journal):
    return [change.name for change in journal.all()]


def test_the_last_changes_are_kept_and_the_newest_is_dropped_when_it_is_undone(library):
    journal = library.journal
    for name in "abc":
        journal.add(entry(name, {"step": name}))
    assert names(journal) == ["a", "b", "c"]
    last = journal.all()[-1]
    assert [json.loads(bytes(step)) for step in journal.steps(last)] == [{"step": "c"}]
    journal.drop(journal.all()[0])
    assert names(journal) == ["a", "b", "c"]
    journal.drop(last)
    assert names(journal) == ["a", "b"]


def test_only_so_many_changes_are_kept(library, monkeypatch):
    monkeypatch.setattr(state_files, "MOST_CHANGES", 2)
    for name in "abc":
        library.journal.add(entry(name, 1))
    assert names(library.journal) == ["b", "c"]


def test_a_large_change_has_a_file_of_its_own_that_goes_with_it(library, monkeypatch):
    monkeypatch.setattr(state_files, "MOST_BYTES", 100)
    monkeypatch.setattr(state_files, "MOST_APART", 1_000)
    library.journal.add(entry("large", "x" * 300))
    [large] = library.journal.all()
    folder = library.state / "undo"
    assert (large.steps, large.size) == ((), 302)
    assert [path.name for path in folder.iterdir()] == [large.file]
    assert json.loads(bytes(library.journal.steps(large)[0])) == "x" * 300
    library.journal.add(entry("too large", "x" * 2_000))
    huge = library.journal.all()[-1]
    assert (huge.file, library.journal.steps(huge)) == ("", ())
    library.journal.drop(huge)
    library.journal.drop(large)
    assert list(folder.iterdir()) == []
    assert library.journal.steps(large) == ()


def test_the_oldest_changes_go_when_all_are_too_large(library, monkeypatch):
    monkeypatch.setattr(state_files, "MOST_BYTES", 100)
    for name in "abc":
        library.journal.add(entry(name, "x" * 40))
    assert names(library.journal) == ["b", "c"]


def test_a_change_never_reads_a_file_outside_of_its_folder(library):
    (library.state / "secret.json").write_text("[1]")
    assert library.journal.steps(JournalEntry("a", file="../secret.json")) == ()


def test_the_oldest_frames_go_when_there_are_too_many(tmp_path, monkeypatch):
    monkeypatch.setattr(state_files, "MAX_FRAMES", 4)
    monkeypatch.setattr(state_files, "REMOVED_AT_ONCE", 2)
    frames = FirstFrames(tmp_path / "pages")
    for number in range(5):
        frames.save(f"{number}", b"frame")
        os.utime(tmp_path / "pages" / f"{number}", (number, number)) if number < 4 else None
    left = sorted(path.name for path in (tmp_path / "pages").iterdir())
    assert left == ["3", "4"]
    assert (tmp_path / "pages" / "4").read_bytes() == b"frame"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_frame_that_cannot_be_written_does_no_harm(tmp_path):
    tmp_path.chmod(0o500)
    FirstFrames(tmp_path / "pages").save("a", b"frame")
