"""Refreshing pages that change, from a real server."""

import asyncio
import threading
from datetime import timedelta
from functools import partial

import pytest
from msgspec.structs import replace

from annotator.errors import NotInLibrary, ServerAnswered
from annotator.store import Library
from annotator.usecases.articles import jobs
from annotator.usecases.articles.add import add
from annotator.usecases.articles.changes import changes
from annotator.usecases.articles.refresh import reclean, refresh, refresh_all
from annotator.usecases.articles.sources import Source
from annotator.usecases.marks.annotate import Draft, mark
from builders import find_span, make_article, make_extraction, make_page
from serving import PATIENCE, serve

RISE = "The price of bread rose by 3 percent within a year, the office for statistics said."
BLAME = "Bakers blame the price of flour, which rose by a third, and that of gas as well."
HOPE = "Nobody expects that it will fall again before the next harvest is in, in late summer."
OTHER = "The museum opens its new wing on Sunday, with paintings that were never shown before."


def html(*paragraphs: str, title: str = "Bread costs more") -> bytes:
    text = "".join(f"<p>{each}</p>" for each in paragraphs)
    head = f"<!doctype html><html lang=en><head><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1>{text}</article></body></html>".encode()


STORY = html(RISE, BLAME, HOPE)


@pytest.fixture
def site(monkeypatch):
    """Serve the story about bread at /bread."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with serve({"/bread": STORY}) as served:
        yield served


@pytest.fixture
async def bread(library, site, moment):
    """Return the record of the story about bread."""
    return (await add(library, site.url("/bread"), now=moment)).record


@pytest.fixture
def later(moment):
    return moment + timedelta(days=1)


def marked(library: Library, article_id: str, words: str, now):
    article = library.article(article_id).extraction().article
    return mark(library, article, find_span(article.text, words), Draft("claim"), now=now)


async def test_a_page_that_did_not_change_is_unchanged(library, bread, later):
    refreshed = await refresh(library, bread.id, now=later)
    assert refreshed.outcome == "unchanged"
    assert refreshed.record == bread


async def test_a_page_with_an_entity_tag_is_sent_only_once(library, site, moment, later):
    site.stamps["/bread"] = '"v1"'
    record = (await add(library, site.url("/bread"), now=moment)).record
    assert (await refresh(library, record.id, now=later)).outcome == "unchanged"
    assert site.statuses == [200, 304]
    site.pages["/bread"], site.stamps["/bread"] = html(BLAME, RISE, HOPE), '"v2"'
    assert (await refresh(library, record.id, now=later)).outcome == "revised"
    assert site.statuses == [200, 304, 200]


@pytest.mark.parametrize("more", [b"", b"<!-- made by another program -->"])
async def test_a_new_entity_tag_for_the_same_text_is_remembered(library, site, moment, later, more):
    site.stamps["/bread"] = '"v1"'
    record = (await add(library, site.url("/bread"), now=moment)).record
    site.pages["/bread"] += more
    site.stamps["/bread"] = '"v2"'
    assert (await refresh(library, record.id, now=later)).outcome == "unchanged"
    assert (await refresh(library, record.id, now=later)).outcome == "unchanged"
    assert site.statuses == [200, 200, 304]


async def test_a_page_that_changed_is_revised_and_the_old_version_stays(
    library, site, bread, later
):
    site.pages["/bread"] = html(RISE.replace("3", "5"), BLAME, HOPE)
    refreshed = await refresh(library, bread.id, now=later)
    assert refreshed.outcome == "revised"
    assert refreshed.record.modified == later
    assert "rose by 5 percent" in library.article(bread.id).extraction().article.text
    assert "rose by 3 percent" in library.article(bread.id).extraction(bread.revision).article.text


async def test_a_reworded_passage_is_reported_with_changed_numbers_first(
    library, site, bread, moment, later
):
    rise, blame, hope = (marked(library, bread.id, each, moment) for each in (RISE, BLAME, HOPE))
    site.pages["/bread"] = html(
        RISE.replace("bread", "all bread"), BLAME.replace("a third", "a half"), HOPE
    )
    refreshed = await refresh(library, bread.id, now=later)
    assert refreshed.changes
    marks = refreshed.changes.marks
    assert [each.annotation for each in marks.reworded] == [blame, rise]
    [change] = marks.reworded[0].changes
    assert (change.then.strip(), change.now.strip()) == ("third", "half")
    assert [each.annotation for each in marks.moved] == [hope]
    assert marks.lost == ()
    assert library.article(bread.id).annotations() == (rise, blame, hope)


async def test_an_earlier_rewording_is_not_reported_again(library, site, bread, moment, later):
    marked(library, bread.id, RISE, moment)
    site.pages["/bread"] = html(RISE.replace("3", "5"), BLAME, HOPE)
    await refresh(library, bread.id, now=later)
    site.pages["/bread"] = html(RISE.replace("3", "5"), BLAME.replace("third", "half"), HOPE)
    told = (await refresh(library, bread.id, now=later)).changes
    assert told
    assert told.marks.reworded == ()
    assert told.paragraphs.count("reworded") == 1
    assert len(changes(library, bread.id).marks.reworded) == 1


async def test_a_copy_with_less_text_is_saved_and_does_not_become_current(
    library, site, bread, later
):
    site.pages["/bread"] = html(OTHER)
    refreshed = await refresh(library, bread.id, now=later)
    assert refreshed.outcome == "kept"
    assert refreshed.record.revision == bread.revision
    assert len(refreshed.record.revisions) == 2
    assert not changes(library, bread.id).has_any


@pytest.mark.parametrize("status", [404, 410])
async def test_a_deleted_page_is_reported_and_nothing_is_lost(library, site, bread, later, status):
    site.refusals["/bread"] = status
    refreshed = await refresh(library, bread.id, now=later)
    assert refreshed.outcome == "gone"
    assert str(status) in refreshed.reason
    assert library.article(bread.id).record() == bread
    assert "rose by 3 percent" in library.article(bread.id).extraction().article.text


async def test_any_other_failure_is_an_error(library, site, bread, later):
    site.refusals["/bread"] = 403
    with pytest.raises(ServerAnswered):
        await refresh(library, bread.id, now=later)


async def test_nothing_is_stored_if_the_site_cannot_be_reached(library, site, moment, later):
    record = kept_by_older_rules(library, moment, url=site.url("/bread"))
    site.refusals["/bread"] = 403
    with pytest.raises(ServerAnswered):
        await refresh(library, record.id, now=later)
    assert library.article(record.id).record() == record


async def test_a_page_that_moved_stays_the_same_article(library, site, bread, later):
    site.pages["/2026/bread"] = html(RISE.replace("3", "5"), BLAME, HOPE)
    site.moves["/bread"] = "/2026/bread"
    refreshed = await refresh(library, bread.id, now=later)
    assert refreshed.outcome == "revised"
    assert (refreshed.record.id, refreshed.record.url) == (bread.id, bread.url)
    assert len(library.records()) == 1
    assert library.article(bread.id).page().url == site.url("/2026/bread")


@pytest.mark.parametrize("place", ["/", "/museum"])
async def test_an_address_that_leads_to_another_page_is_gone(library, site, bread, later, place):
    site.pages[place] = html(*[OTHER] * 5, title="The museum")
    site.moves["/bread"] = place
    refreshed = await refresh(library, bread.id, now=later)
    assert refreshed.outcome == "gone"
    assert library.article(bread.id).record() == bread


async def test_an_article_that_is_removed_meanwhile_stays_removed(library, bread, site, later):
    site.pages["/bread"] = html(RISE, BLAME)
    site.meeting = threading.Barrier(2)

    def remove() -> None:
        library.trash(bread.id)
        site.meeting.wait(PATIENCE)

    with pytest.raises(NotInLibrary):
        await asyncio.gather(refresh(library, bread.id, now=later), asyncio.to_thread(remove))
    assert library.records() == ()


async def test_a_file_is_read_again(library, tmp_path, moment, later):
    path = tmp_path / "a story.txt"
    path.write_text(f"Bread\n\n{RISE}\n\n{BLAME}\n", "utf-8")
    record = (await add(library, str(path), now=moment)).record
    assert (await refresh(library, record.id, now=later)).outcome == "unchanged"
    path.write_text(f"Bread\n\n{RISE.replace('3', '5')}\n\n{BLAME}\n", "utf-8")
    refreshed = await refresh(library, record.id, now=later)
    assert (refreshed.outcome, refreshed.record.id) == ("revised", record.id)
    assert len(library.records()) == 1
    path.unlink()
    assert (await refresh(library, record.id, now=later)).outcome == "gone"


async def test_a_text_without_a_url_cannot_be_refreshed(library, moment, later):
    record = (await add(library, Source("-", stdin=RISE.encode()), now=moment)).record
    assert (await refresh(library, record.id, now=later)).outcome == "no-url"


def kept_by_older_rules(library, moment, *, url: str):
    """Save the story about bread as older rules cleaned it, with a newsletter prompt."""
    article = make_article(
        f"# Bread costs more\n\n{RISE}\n\n{BLAME}\n\n{HOPE}\n\nShare this!", url=url
    )
    page = make_page(STORY.decode(), url=url, fetched_at=moment)
    return library.store(make_extraction(article, extractor="0"), page, now=moment).record


async def test_an_article_cleaned_by_older_rules_is_cleaned_again_offline(library, moment, later):
    record = kept_by_older_rules(library, moment, url="https://nowhere.invalid/bread")
    lasting = marked(library, record.id, RISE, moment)
    lost = marked(library, record.id, "Share this!", moment)
    refreshed = await reclean(library, record.id, now=later)
    assert refreshed.outcome == "recleaned"
    assert refreshed.record.revisions == (record.revision, refreshed.record.revision)
    assert "Share this" not in library.article(record.id).extraction().article.text
    assert refreshed.changes
    assert refreshed.changes.is_extracted_again
    assert [each.annotation for each in refreshed.changes.marks.lost] == [lost]
    assert library.article(record.id).annotations() == (lasting, lost)
    assert (await reclean(library, record.id, now=later)).outcome == "unchanged"


async def test_newer_rules_may_find_the_same_page_less_complete(library, moment, later):
    page = replace(make_page(STORY.decode()), is_truncated=True)
    before = make_extraction(make_article(f"{RISE} Share this!"), extractor="0")
    record = library.store(before, page, now=moment).record
    refreshed = await reclean(library, record.id, now=later)
    assert (record.access, refreshed.record.access) == ("full", "partial")
    assert refreshed.outcome == "recleaned"
    assert library.article(record.id).record().access == "partial"


async def test_changes_of_the_rules_are_not_attributed_to_the_page(library, site, moment, later):
    record = kept_by_older_rules(library, moment, url=site.url("/bread"))
    assert (await refresh(library, record.id, now=later)).outcome == "recleaned"
    record = kept_by_older_rules(library, later, url=site.url("/bread?again"))
    site.pages["/bread?again"] = html(RISE.replace("3", "5"), BLAME, HOPE)
    refreshed = await refresh(library, record.id, now=later)
    assert refreshed.outcome == "revised"
    assert refreshed.changes
    assert [each.kind for each in refreshed.changes.paragraphs.changes] == ["reworded"]
    assert len(refreshed.record.revisions) == 3


async def test_articles_cleaned_by_newer_rules_are_left_alone(library, moment, later):
    article = make_article(RISE)
    page = make_page(STORY.decode())
    record = library.store(make_extraction(article, extractor="999"), page, now=moment).record
    assert (await reclean(library, record.id, now=later)).outcome == "unchanged"


async def test_a_damaged_page_is_fetched_again(library, site, bread, later):
    [packed] = (library.folder / "articles").rglob("*.zst")
    packed.write_bytes(b"nonsense")
    assert (await refresh(library, bread.id, now=later)).outcome == "unchanged"
    assert "rose by 3 percent" in library.article(bread.id).page().html


async def test_a_failure_does_not_stop_the_others(library, site, moment, later):
    paths = [f"/{number}" for number in range(4)]
    for path in paths:
        site.pages[path] = html(RISE, BLAME, f"{HOPE} Or the one after, in {path[1:]} years.")
    records = [(await add(library, site.url(path), now=moment)).record for path in paths]
    site.refusals["/0"] = 403
    site.refusals["/1"] = 410
    site.pages["/2"] = html(RISE, BLAME, OTHER)
    heard = []

    async def visit(opened, article_id):
        return await refresh(opened, article_id, now=later)

    attempts = await refresh_all(library, records, visit, report=heard.append)
    assert isinstance(attempts[0].error, ServerAnswered)
    outcomes = [each.refreshed.outcome for each in attempts if each.refreshed]
    assert outcomes == ["gone", "revised", "unchanged"]
    assert sorted(each.record.id for each in heard) == sorted(each.id for each in records)
    assert site.most_at_once <= 2


async def test_a_host_that_is_asked_too_often_is_asked_again(
    library, site, bread, later, monkeypatch
):
    monkeypatch.setattr(jobs, "FIRST_GAP", 0.0)
    limits = jobs.Hosts()
    site.busy["/bread"] = 4
    visit = partial(refresh, now=later, hosts=limits)
    (attempt,) = await refresh_all(library, [bread], visit, report=lambda _: None, hosts=limits)
    assert attempt.refreshed.outcome == "unchanged"
    assert site.statuses[-5:] == [429] * 4 + [200]
