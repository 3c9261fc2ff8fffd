"""The list of addresses that could not be added."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from annotator.errors import LibraryError
from annotator.store import FailedAddress, Library
from annotator.store.machine import state_files

NOW = datetime(2026, 3, 14, 9, 26, tzinfo=UTC)


def failed(name: str, *, may_pass: bool = True, last: datetime = NOW, tags=()) -> FailedAddress:
    address = f"https://example.org/{name}"
    return FailedAddress(address, "It is slow.", "Wait.", may_pass, last, last, tags=tags)


@pytest.fixture
def failures(tmp_path):
    return Library.open(tmp_path / "library", state=tmp_path / "state").failures


def names(failures) -> list[str]:
    return [each.address.rpartition("/")[2] for each in failures.all()]


def test_an_address_that_fails_again_keeps_its_first_time_and_all_its_tags(failures):
    failures.remember(failed("a", tags=("one",)))
    failures.remember(failed("b"))
    failures.remember(failed("a", last=NOW + timedelta(days=1), tags=("two",), may_pass=False))
    assert names(failures) == ["b", "a"]
    again = failures.all()[1]
    assert (again.first, again.last, again.tries) == (NOW, NOW + timedelta(days=1), 2)
    assert again.tags == ("one", "two")
    assert not again.may_pass
    assert failures.forget([again.address, "https://example.org/other"]) == 1


def test_of_too_many_the_oldest_go_and_those_that_last_first(failures, monkeypatch):
    monkeypatch.setattr(state_files, "MOST_FAILURES", 3)
    for name in "abcde":
        failures.remember(failed(name, may_pass=name != "c"))
    assert names(failures) == ["b", "d", "e"]


def test_programs_that_write_at_once_lose_nothing(tmp_path):
    def remember(name: str) -> None:
        library = Library.open(tmp_path / "library", state=tmp_path / "state")
        library.failures.remember(failed(name))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(remember, map(str, range(12))))
    library = Library.open(tmp_path / "library", state=tmp_path / "state")
    assert len(library.failures.all()) == 12


def test_a_damaged_list_is_begun_again_and_a_folder_in_its_place_is_told(failures, tmp_path):
    failures.remember(failed("a"))
    path = next(tmp_path.rglob("failures.json"))
    path.write_bytes(b"\x00[{")
    assert failures.all() == ()
    path.unlink()
    path.mkdir()
    assert failures.all() == ()
    with pytest.raises(LibraryError):
        failures.remember(failed("b"))
