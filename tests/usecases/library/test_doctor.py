"""Checking a damaged library and repairing it."""

import sqlite3

import pytest

from annotator.errors import LibraryTooNew
from annotator.model import Link
from annotator.store import Library, questions
from annotator.usecases.articles.add import add
from annotator.usecases.library.doctor import examine, repair
from builders import make_annotation

STORY = "The grid at night\n\nThe national grid ran without coal for the first time, it said.\n"


@pytest.fixture
async def kept(library, moment, tmp_path):
    (tmp_path / "story.txt").write_text(STORY)
    added = await add(library, str(tmp_path / "story.txt"), now=moment)
    return added.record


@pytest.fixture
def versions(library, kept):
    return library.folder / "articles" / kept.id[:2] / kept.id / "revisions"


def test_a_sound_library_has_an_empty_report(library, kept):
    report = examine(library)
    assert (report.found, report.repaired, report.kept_aside) == ((), (), ())
    assert (report.articles, report.in_bin, report.versions) == (1, 0, 1)


def test_links_to_marks_that_are_gone_are_listed_and_stay(library, kept, moment):
    article = library.article(kept.id).extraction().article
    gone = make_annotation(article, "without coal")
    page = "https://example.org/"
    links = [Link("supports", gone.id), Link("opposes", page)]
    holder = make_annotation(article, "The national grid", links=links)
    library.put([holder, gone])
    assert examine(library).lost_links == ()
    library.article(article.id).remove([gone.id], now=moment)
    assert examine(library).lost_links == ()  # it is in the bin
    library.article(article.id).empty_bin([gone.id], now=moment)
    report = examine(library)
    assert (report.found, report.lost_links) == ((), ((holder.id, gone.id),))
    assert library.annotation(holder.id).links == tuple(links)


async def test_what_one_machine_deleted_and_another_changed_is_mended(library, kept, moment):
    path = library.article(kept.id).path
    left = (path / "annotations.json").read_bytes()
    library.trash(kept.id)
    library.put_back(kept.id)
    article = library.article(kept.id).extraction().article
    library.put([make_annotation(article, "without coal")])
    library.trash(kept.id)
    path.mkdir()
    (path / "annotations.json").write_bytes(left)
    assert {finding.problem for finding in examine(library).found} >= {"missing"}
    report = await repair(library, now=moment)
    assert report.found == ()
    assert {finding.problem for finding in report.repaired} >= {"missing"}
    assert (report.articles, report.in_bin) == (1, 0)
    assert len(library.article(kept.id).annotations()) == 1
    assert examine(library).found == ()


@pytest.mark.parametrize("inside", ["", "revisions", "revisions/0123456789abcdef.html.zst"])
async def test_the_folder_of_an_article_that_was_never_written_is_removed(
    library, kept, moment, inside
):
    empty = library.folder / "articles" / "ab" / "abcdef0123456789"
    empty.mkdir(parents=True, mode=0o700)
    if inside:
        (empty / "revisions").mkdir(mode=0o700)
    if inside.endswith("zst"):
        (empty / inside).write_bytes(b"a page")
        (empty / inside).chmod(0o600)
    assert {finding.problem for finding in examine(library).found} >= {"missing"}
    report = await repair(library, now=moment)
    assert report.found == ()
    assert (report.articles, report.in_bin) == (1, 0)
    assert not empty.exists()
    assert examine(library).found == ()


async def test_progress_is_reported_article_by_article(library, kept, moment):
    told = []
    examine(library, tell=lambda *numbers: told.append(numbers))
    await repair(library, now=moment, tell=lambda *numbers: told.append(numbers))
    assert told == [(0, 1), (0, 1)]


async def test_a_damaged_version_is_cleaned_again_from_its_page(library, kept, versions, moment):
    before = library.article(kept.id).extraction()
    (versions / f"{kept.revision}.json").write_bytes(b"")
    assert [finding.problem for finding in examine(library).found] == ["damaged"]
    report = await repair(library, now=moment)
    assert report.found == ()
    assert [finding.problem for finding in report.repaired] == ["damaged"]
    assert library.article(kept.id).extraction().article.text == before.article.text


async def test_a_revision_without_its_page_cannot_be_repaired(library, kept, versions, moment):
    for path in versions.iterdir():
        path.write_bytes(b"")
    report = await repair(library, now=moment)
    assert len(report.found) == 2
    assert report.repaired == ()


async def test_a_read_only_library_is_not_repaired(library, kept, moment, tmp_path):
    (library.folder / "library.json").write_text('{"schema": 1000}')
    with Library.open(library.folder, state=tmp_path / "state") as later:
        with pytest.raises(LibraryTooNew):
            await repair(later, now=moment)
        assert examine(later).articles == 1


async def test_an_index_that_does_not_match_is_rebuilt(library, kept, moment, tmp_path):
    article = library.article(kept.id).extraction().article
    cache = tmp_path / "cache"
    with Library.open(library.folder, state=tmp_path / "state", cache=cache) as indexed:
        indexed.put([make_annotation(article, "without coal")])
        indexed.bring_up_to_date()
        assert examine(indexed).found == ()

        (path,) = cache.rglob("*.db")
        connection = sqlite3.connect(path)
        connection.execute("DELETE FROM marks")
        connection.commit()
        connection.close()
        assert [finding.problem for finding in examine(indexed).found] == ["index"]
        report = await repair(indexed, now=moment)
        assert (report.found, [each.problem for each in report.repaired]) == ((), ["index"])
        assert len(indexed.ask(questions.marks.find_marks())) == 1


async def test_a_damaged_text_that_is_nothing_as_a_page_is_read_as_a_text(
    library, moment, tmp_path
):
    path = tmp_path / "tags.txt"
    path.write_text("<script> is the tag for programs\n\nWhat is in it is not shown.\n")
    record = (await add(library, str(path), now=moment)).record
    before = library.article(record.id).extraction()
    (library.article(record.id).path / "revisions" / f"{record.revision}.json").write_bytes(b"")
    report = await repair(library, now=moment)
    assert (report.found, len(report.repaired)) == ((), 1)
    assert library.article(record.id).extraction().article.text == before.article.text
