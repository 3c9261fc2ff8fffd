"""Copies that sync programs make of second copies go, once the file has all that is in them."""

import pytest
from msgspec.structs import replace

from annotator.store import TAG_COLOURS, Library
from annotator.store.format.library_schema import SYNCTHING_FILE
from builders import MOMENT, make_annotation

BACKUP = "annotations.json.sync-conflict-20260314-092653-ABCDEFG.bak"
MERGED = "annotations 2.json.sync-conflict-20260314-092653-ABCDEFG.merged"


@pytest.fixture
def place(library, kept):
    library.put([make_annotation(kept, "two", id="01aa")])
    [place] = library.maintenance.articles()
    return place


def problems(library, place):
    report = library.maintenance.check(place)
    return [one.path.rpartition("/")[2] for one in report.findings if one.problem == "leftover"]


def test_a_copy_of_an_older_state_is_removed_by_a_repair_alone(library, kept, place):
    older = (place.path / "annotations.json").read_bytes()
    library.put([make_annotation(kept, "Nine", id="01ab")])
    for name in (BACKUP, MERGED):
        (place.path / name).write_bytes(older)
    before = (place.path / "annotations.json").read_bytes()
    assert problems(library, place) == [MERGED, BACKUP]
    assert (place.path / BACKUP).exists()
    library.maintenance.repair(place, now=MOMENT)
    assert not (place.path / BACKUP).exists()
    assert not (place.path / MERGED).exists()
    assert (place.path / "annotations.json").read_bytes() == before
    assert problems(library, place) == []
    assert library.notices == ()


def test_what_only_a_copy_has_is_merged_before_it_goes(library, kept, place):
    article = library.article(kept.id)
    article.revise("01aa", lambda mark: replace(mark, note="Hers.").at(MOMENT))
    library.put([make_annotation(kept, "Nine", id="01ab")])
    hers = (place.path / "annotations.json").read_bytes()
    older = place.path / "annotations.json"
    with Library.open(library.folder, state=library.state.parent.parent) as again:
        again.article(kept.id).remove(["01ab"], now=MOMENT)
    other = older.read_bytes()
    older.write_bytes(hers)
    (place.path / BACKUP).write_bytes(other)  # a deletion, which only this copy knows
    library.maintenance.repair(place, now=MOMENT)
    assert not (place.path / BACKUP).exists()
    [mark] = library.article(kept.id).annotations()
    assert (mark.id, mark.note) == ("01aa", "Hers.")
    assert library.article(kept.id).deleted_marks().keys() == {"01ab"}
    [notice] = library.notices
    assert "had what the file lacked" in notice


@pytest.mark.parametrize("length", [0, 2, 200, -40])
def test_a_copy_that_cannot_be_read_as_a_whole_stays(library, place, length):
    data = (place.path / "annotations.json").read_bytes()[:length]
    (place.path / BACKUP).write_bytes(data)
    assert problems(library, place) == []
    library.maintenance.repair(place, now=MOMENT)
    assert (place.path / BACKUP).read_bytes() == data


def test_a_copy_of_another_articles_file_stays(library, place):
    data = (place.path / "annotations.json").read_bytes()
    other = data.replace(place.article_id.encode(), b"0" * len(place.article_id))
    (place.path / BACKUP).write_bytes(other)
    library.maintenance.repair(place, now=MOMENT)
    assert (place.path / BACKUP).exists()


def test_copies_in_the_catalog_are_treated_alike(library):
    library.catalog.put(TAG_COLOURS, {"energy": "#5fb36a"}, now=MOMENT)
    folder = library.folder / "catalog"
    first = (folder / "tag_colours.json").read_bytes()
    library.catalog.put(TAG_COLOURS, {"press": "#112233"}, now=MOMENT)
    copy = folder / "tag_colours.json.sync-conflict-20260314-092653-ABCDEFG.bak"
    copy.write_bytes(first)
    report = library.maintenance.check_library()
    found = [one.path for one in report.findings if one.problem == "leftover"]
    assert found == [f"catalog/{copy.name}"]
    library.maintenance.repair_library()
    assert not copy.exists()
    assert library.catalog.values(TAG_COLOURS).keys() == {"energy", "press"}
    assert library.maintenance.check_library().findings == ()


def test_syncthing_is_told_what_to_leave_out_when_a_library_is_made(library):
    rules = (library.folder / SYNCTHING_FILE).read_text().splitlines()
    assert {"(?d)*.bak", "(?d)*.merged", "/.git"} < set(rules)


def test_an_older_library_tells_syncthing_once_it_is_there_and_never_twice(library):
    file = library.folder / SYNCTHING_FILE
    file.unlink()
    library.maintenance.tidy()
    assert not file.exists()
    (library.folder / ".stfolder").mkdir()
    library.maintenance.tidy()
    assert "(?d)*.bak" in file.read_text()
    file.write_text("my own\n")
    library.maintenance.tidy()
    library.maintenance.repair_library()
    assert file.read_text() == "my own\n"
