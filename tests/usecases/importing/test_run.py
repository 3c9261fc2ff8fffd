"""Files of other programs become articles with their marks, and nothing is done twice."""

import asyncio
import zipfile
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from annotator.errors import ImportFailed
from annotator.export.collections.library_json import write_json
from annotator.fetch import FetchOptions
from annotator.importing.item import ImportedHighlight, ImportedItem, ItemText
from annotator.model import HTML
from annotator.store import ImportMemory, Library, RememberedItem
from annotator.usecases.articles.lookup import articles
from annotator.usecases.articles.open_article import open_article
from annotator.usecases.importing import plan as plan_module
from annotator.usecases.importing.plan import _JoinedItems, make_plan
from annotator.usecases.importing.report import last_report
from annotator.usecases.importing.restore import restore_article
from annotator.usecases.importing.run import ImportOptions, local_items, run_import
from annotator.usecases.marks.annotate import Changes, change, delete
from annotator.usecases.marks.reattach import waiting_in
from builders import set_state
from collecting import varied_article, varied_collection
from serving import serve

BREAD = """<!doctype html><html lang="en"><head><title>Bread costs more</title></head><body>
<article><h1>Bread costs more</h1>
<p>The price of bread rose by a tenth within a year, the office for statistics said on Friday.</p>
<p>Bakers blame “the price of flour”, which rose by a third,<sup>2</sup> and that of gas.</p>
<p>Nobody knows how the price of rice will develop in the coming months, the office added.</p>
</article></body></html>""".encode()
LATER = datetime(2026, 5, 1, tzinfo=UTC)  # the moment of a second import
AT_ONCE = FetchOptions(waits=())

pytestmark = pytest.mark.asyncio(loop_scope="module")  # so that all share the cleaning processes


@pytest.fixture
def site(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with serve({"/bread": BREAD}) as served:
        yield served


def plan_of(*items):
    """Return a plan of items as a file of a service would give them."""
    collected = _JoinedItems()
    for number, item in enumerate(items, 1):
        collected._join("list", "file.csv", replace(item, line=item.line or number))
    return collected.plan()


def mark(quote, **values):
    return ImportedHighlight(quote=quote, **values)


async def import_all(library, *items, now, **options):
    choices = ImportOptions(**{"may_reach_network": True, **options})
    return await run_import(library, plan_of(*items), choices, now=now, fetch_options=AT_ONCE)


def contents(library):
    """Return all that an import writes, but for times of changes."""
    return {
        record.url or record.title: (
            record.title,
            record.tags,
            record.state,
            record.added,
            library.article(record.id).extraction().article.text,
            [
                (m.id, m.quote, m.note, m.tags, m.kind, m.created)
                for m in library.article(record.id).annotations()
            ],
        )
        for record in library.records()
    }


async def test_a_page_is_fetched_and_its_highlights_are_on_their_words(library, site, moment):
    item = ImportedItem(
        url=site.url("/bread"),
        title="What the file calls it",
        tags=("Food Prices",),
        state="archived",
        progress=0.5,
        added=datetime(2020, 1, 2, tzinfo=UTC),
        note="Ask the baker.",
        highlights=(
            mark("rose by a tenth  within…", note="How much?", tags=("price",), colour="red"),
            mark('Bakers blame "the price of flour", which rose by a third, and that of gas.'),
            mark("These words were never there, not even nearly."),
        ),
    )
    report = await import_all(library, item, now=moment, tags=("new",), colours={"red": "question"})
    [record] = library.records()
    assert (record.title, record.state) == ("Bread costs more", "archived")
    assert record.tags == ("Food-Prices", "new")
    assert record.added == item.added
    assert library.positions.get(record.id).progress == 0.5
    opened = open_article(library, record.id)
    found = {
        each.span.of(opened.article.text): each.annotation for each in opened.placed if each.span
    }
    assert found["rose by a tenth within"].kind == "question"
    assert found["rose by a tenth within"].note == "How much?"
    assert any(words.startswith("Bakers blame “the") and words.endswith("gas.") for words in found)
    assert any(each.note == "Ask the baker." for each in found.values())
    assert [each.annotation.quote for each in waiting_in(library, record.id)] == [
        "These words were never there, not even nearly."
    ]
    assert (report.added, report.exact, report.not_found, report.fetched) == (1, 3, 1, 1)
    [line] = report.lines
    assert (line.what, line.line, line.article_id) == ("not-found", 1, record.id)


async def test_articles_without_a_date_are_listed_in_the_order_of_the_file(library, moment):
    items = [ImportedItem(title=f"Book {number}", medium="book", note="A") for number in "4213"]
    await import_all(library, *items, now=moment)
    assert [record.title for record in articles(library)] == [item.title for item in items]


async def test_the_same_file_twice_changes_nothing_and_asks_for_nothing(library, site, moment):
    items = [
        ImportedItem(url=site.url("/bread"), highlights=(mark("rose by a third"),)),
        ImportedItem(url=site.url("/gone"), title="Gone", highlights=(mark("Lost words."),)),
        ImportedItem(title="A book", medium="book", highlights=(mark("First."), mark("First."))),
    ]
    await import_all(library, *items, now=moment)
    before, asked = contents(library), len(site.statuses)
    report = await import_all(library, *items, now=LATER)
    assert contents(library) == before
    assert len(site.statuses) == asked
    assert (report.unchanged, report.added, report.updated, report.known) == (3, 0, 0, 3)


async def test_without_the_memory_nothing_is_there_twice_either(library, site, moment):
    item = ImportedItem(
        url=site.url("/bread"), tags=("a",), note="All of it", highlights=(mark("rose by a third"),)
    )
    await import_all(library, item, now=moment)
    before = contents(library)
    (library.state / "imports" / "memory.db").unlink()
    await import_all(library, item, now=LATER)
    assert contents(library) == before


async def test_a_newer_file_adds_and_changes_what_the_user_has_not_changed(library, site, moment):
    marks = (
        mark("rose by a tenth", note="one", tags=("x",), source_id="1"),
        mark("rose by a third", note="two", source_id="2"),
        mark("the price of rice", note="three", source_id="3"),
    )
    item = ImportedItem(url=site.url("/bread"), tags=("a", "b"), state="unread", highlights=marks)
    await import_all(library, item, now=moment)
    [record] = library.records()
    by_quote = {each.quote: each for each in library.article(record.id).annotations()}
    change(library, [by_quote["rose by a third"]], Changes(note="my own"), now=moment)
    change(library, [by_quote["rose by a tenth"]], Changes(added=["mine"]), now=moment)
    delete(library, [by_quote["the price of rice"]], now=moment)
    set_state(library, record.id, "read", now=moment)
    newer = replace(
        item,
        tags=("b", "c"),
        state="archived",
        highlights=(
            replace(marks[0], note="one, changed", tags=("y",)),
            replace(marks[1], note="two, changed"),
            replace(marks[2], note="three, changed"),
            mark("Nobody knows", source_id="4"),
        ),
    )
    report = await import_all(library, newer, now=LATER)
    found = {each.quote: each for each in library.article(record.id).annotations()}
    assert found["rose by a tenth"].note == "one, changed"
    assert set(found["rose by a tenth"].tags) == {"mine", "y"}
    assert found["rose by a third"].note == "my own"
    assert "the price of rice" not in found
    assert "Nobody knows" in found
    [record] = library.records()
    assert record.tags == ("b", "c")
    assert record.state == "read"
    assert {each.what for each in report.lines} == {"kept", "removed"}


async def test_an_article_that_was_removed_here_does_not_come_back(library, site, moment):
    item = ImportedItem(url=site.url("/bread"))
    await import_all(library, item, now=moment)
    [record] = library.records()
    library.trash(record.id)
    report = await import_all(library, replace(item, tags=("new",)), now=LATER)
    assert library.records() == ()
    assert report.removed == 1


async def test_text_in_the_file_is_used_and_nothing_is_fetched(library, site, moment):
    html = (
        "<p>Prices <em>rose</em> by a tenth, he wrote in May of that year.</p><p>Nobody knew.</p>"
    )
    items = [
        ImportedItem(
            url=site.url("/bread"),
            title="From the file",
            authors=("Ann Lee",),
            text=ItemText(html, HTML),
            highlights=(mark("prices rose by a tenth"),),
        ),
        ImportedItem(title="Note", text=ItemText("Only a few words.", "text/plain")),
        ImportedItem(title="Broken", url="", text=ItemText("<p></p>", HTML), note="kept"),
    ]
    report = await import_all(library, *items, now=moment)
    assert site.statuses == []
    found = {each.title: each for each in library.records()}
    assert found["From the file"].byline == ("Ann Lee",)
    [marked] = library.article(found["From the file"].id).annotations()
    assert marked.quote == "Prices rose by a tenth"
    assert "Only a few words." in library.article(found["Note"].id).extraction().article.text
    assert [each.note for each in library.article(found["Broken"].id).annotations()] == ["kept"]
    assert (report.added, report.exact) == (3, 2)


async def test_what_has_no_text_becomes_an_article_of_its_highlights(library, moment):
    book = ImportedItem(
        title="On Bread",
        authors=("Kim Roe",),
        medium="book",
        highlights=(
            mark("The second passage.", location="page 9", order=9, note="Check"),
            mark("The first passage,\nover two lines.", location="page 2", order=2),
        ),
    )
    await import_all(library, book, now=moment)
    [record] = library.records()
    article = library.article(record.id).extraction().article
    assert [(each.kind, each.text) for each in article.blocks] == [
        ("quote", "The first passage,\nover two lines."),
        ("paragraph", "— page 2"),
        ("quote", "The second passage."),
        ("paragraph", "— page 9"),
    ]
    opened = open_article(library, record.id)
    assert [each.span.of(article.text) for each in opened.placed] == [
        "The first passage,\nover two lines.",
        "The second passage.",
    ]
    more = replace(
        book, highlights=(*book.highlights, mark("Between them.", location="page 4", order=4))
    )
    report = await import_all(library, more, now=LATER)
    assert (report.updated, report.exact, report.known) == (1, 1, 2)
    article = library.article(record.id).extraction().article
    quotes = [each.text for each in article.blocks if each.kind == "quote"]
    assert quotes == ["The first passage,\nover two lines.", "Between them.", "The second passage."]
    placed = open_article(library, record.id).placed
    assert [each.span.of(article.text) for each in placed] == quotes
    assert waiting_in(library, record.id) == ()


async def test_a_page_that_is_gone_keeps_what_the_file_had_and_takes_the_text_later(
    library, site, moment
):
    site.refusals["/bread"] = 503
    item = ImportedItem(
        url=site.url("/bread"), title="Bread", highlights=(mark("rose by a third"), mark("of RICE"))
    )
    report = await import_all(library, item, now=moment)
    [record] = library.records()
    assert record.access == "error_page"
    assert report.exact == 2
    assert [line.what for line in report.lines] == ["no-text"]
    del site.refusals["/bread"]
    report = await import_all(library, item, now=LATER)
    [record] = library.records()
    assert record.access == "full"
    text = library.article(record.id).extraction().article.text
    placed = open_article(library, record.id).placed
    assert [each.span.of(text) for each in placed if each.span] == ["rose by a third", "of rice"]
    assert (report.updated, report.fetched) == (1, 1)


async def test_a_page_that_is_gone_comes_from_the_archive_if_one_is_named(library, site, moment):
    url = site.url("/gone")
    site.pages[f"/web/{url}"] = BREAD
    item = ImportedItem(url=url, highlights=(mark("rose by a third"),))
    await import_all(library, item, now=moment)
    report = await import_all(library, item, now=moment, archive=site.url("/web/"))
    [record] = library.records()
    assert (record.url, record.title, record.access) == (url, "Bread costs more", "full")
    assert open_article(library, record.id).placed[0].span is not None
    [line] = report.lines
    assert (line.what, report.fetched) == ("remark", 1)
    assert "404 (not found). This is the copy of 127.0.0.1" in line.reason


async def test_a_host_that_fails_again_and_again_is_left_alone(library, site, moment):
    pages = [f"/{number}" for number in range(9)]
    site.refusals |= dict.fromkeys(pages, 500)
    items = [ImportedItem(url=site.url(each)) for each in pages]
    report = await import_all(library, *items, now=moment)
    assert report.added == 9
    assert any("left alone" in line.reason for line in report.lines)


async def _stopped_after(count, library, plan, *, now):
    """Import, and stop when so many items are done."""

    def stop(progress):
        if progress.done >= count:
            task.cancel()

    work = run_import(
        library, plan, ImportOptions(may_reach_network=True), now=now, show_progress=stop
    )
    task = asyncio.create_task(work)
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_an_import_that_is_killed_goes_on_and_ends_as_an_undisturbed_one(
    library, site, moment, tmp_path
):
    site.pages |= {f"/{n}": BREAD.replace(b"a tenth", b"%d percent" % n) for n in range(12)}
    items = [
        ImportedItem(
            url=site.url(f"/{n}"), tags=("x",), highlights=(mark(f"{n} percent", note=str(n)),)
        )
        for n in range(12)
    ]
    plan = plan_of(*items)
    for stop_after in (2, 5, 9):
        await _stopped_after(stop_after, library, plan, now=moment)
        assert not last_report(library).is_complete
    report = await run_import(library, plan, ImportOptions(may_reach_network=True), now=moment)
    assert report.is_complete
    assert report.unchanged >= 9
    with Library.open(tmp_path / "other", state=tmp_path / "other-state") as other:
        await run_import(other, plan, ImportOptions(may_reach_network=True), now=moment)
        assert contents(other) == contents(library)


async def test_an_item_that_was_written_in_part_is_written_to_the_end(library, site, moment):
    item = ImportedItem(
        url=site.url("/bread"),
        added=datetime(2020, 1, 2, tzinfo=UTC),
        state="archived",
        highlights=(mark("rose by a third"),),
    )
    await import_all(library, item, now=moment)
    [record] = library.records()
    [planned] = plan_of(item).items
    library.article(record.id).update(lambda it: replace(it, added=LATER, state="unread"))
    with ImportMemory(library.state) as memory:
        memory.remember("list", planned.key, RememberedItem.begun(record.id))
    await import_all(library, item, now=moment)
    [record] = library.records()
    assert (record.added, record.state) == (item.added, "archived")


async def test_a_trial_writes_nothing_and_asks_for_nothing(library, site, moment):
    item = ImportedItem(url=site.url("/bread"), highlights=(mark("rose by a third"),))
    report = await import_all(library, item, now=moment, is_dry_run=True)
    assert (report.added, report.is_dry_run, site.statuses) == (1, True, [])
    assert library.records() == ()
    assert last_report(library) is None


async def test_without_fetching_pages_come_later(library, site, moment):
    item = ImportedItem(url=site.url("/bread"), title="Bread")
    await import_all(library, item, now=moment, may_fetch=False)
    assert site.statuses == []
    await import_all(library, item, now=LATER)
    [record] = library.records()
    assert record.title == "Bread costs more"


async def test_items_that_are_there_twice_are_joined():
    one = ImportedItem(url="http://example.org/a?utm_source=x", title="A", tags=("x",))
    other = ImportedItem(
        url="https://example.org/a#part", tags=("y",), state="archived", highlights=(mark("w"),)
    )
    plan = plan_of(one, other, replace(other, url="https://example.org/b"))
    assert plan.merged == 1
    assert [(each.item.title, each.item.tags) for each in plan.items] == [
        ("A", ("x", "y")),
        ("", ("y",)),
    ]
    assert plan.items[0].item.state == "archived"
    assert len(plan.items[0].highlights) == 1


async def test_files_that_cannot_be_read_are_refused_in_words(tmp_path):
    (tmp_path / "pipe").write_bytes(b"%PDF-1.4")
    plan = make_plan([tmp_path / "pipe", tmp_path / "missing"])
    pdf, missing = (failure.message for failure in plan.failures)
    assert "is a PDF" in pdf
    assert "missing: No such file" in missing
    assert [line.file for line in plan.lines] == ["pipe", "missing"]


async def test_equal_highlights_with_other_ids_are_one():
    item = ImportedItem(
        url="https://example.org/a",
        highlights=(
            mark("Words.", note="Why", source_id="1", line=1),
            mark("Words.", note="Why", source_id="2", line=2),
            mark("Words.", note="Other", source_id="3", line=3),
        ),
    )
    [planned] = plan_of(item, item).items
    assert list(planned.highlights) == ["1", "3"]


async def test_files_in_a_folder_that_hold_nothing_are_named(tmp_path):
    folder = tmp_path / "exports"
    folder.mkdir()
    with zipfile.ZipFile(folder / "pocket.zip", "w") as archive:
        archive.writestr("part_000000.csv", "title,url,time_added\nA,https://example.org/a,1\n")
    (folder / "diary.txt").write_text("Dear diary", "utf-8")
    plan = make_plan([folder])
    assert [each.item.url for each in plan.items] == ["https://example.org/a"]
    assert [(x.file, x.reason) for x in plan.lines if x.what == "skipped"] == [
        ("exports", "It is of no known format.")
    ]


async def test_a_file_of_which_nothing_is_imported_is_a_failure_with_its_reasons(tmp_path):
    path = tmp_path / "links.csv"
    path.write_text("title,url,time_added\nA,http://,1600322788\n", "utf-8")
    plan = make_plan([path])
    assert plan.lines[0].reason == "“http://” is not a web address."
    assert plan.failures[0].exit_code == 8


async def test_pages_that_failed_are_tried_again_after_the_others(library, site, moment):
    failing = [f"/{number}" for number in range(6)]
    site.refusals |= dict.fromkeys(failing, 500)
    items = [ImportedItem(url=site.url(each)) for each in (*failing, "/bread")]
    await import_all(library, *items[:6], now=moment)
    report = await import_all(library, *items, now=LATER)
    assert report.fetched == 1


async def test_addresses_of_this_network_are_fetched_only_if_the_user_says_so(
    library, site, moment
):
    item = ImportedItem(url=site.url("/bread"), title="Bread")
    plan = plan_of(item)
    assert local_items(plan) == 1
    report = await import_all(library, item, now=moment, may_reach_network=False)
    assert site.statuses == []
    assert "--local" in report.lines[0].reason
    report = await import_all(library, item, now=LATER)
    assert report.fetched == 1


async def test_an_import_that_is_too_large_for_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr(plan_module, "MAX_ITEMS", 3)
    with pytest.raises(ImportFailed, match="more than 3 items"):
        plan_of(*(ImportedItem(url=f"https://example.org/{n}") for n in range(9)))


@pytest.mark.parametrize("title", ["Bread costs more", "BREAD COSTS MORE – The Daily Loaf"])
async def test_highlights_without_an_address_go_to_the_article_that_has_their_words(
    library, site, moment, title
):
    """Such as those of Readwise, also if the article comes with the same import."""
    page = ImportedItem(url=site.url("/bread"), title="Something")
    rows = ImportedItem(
        title=title, highlights=(mark("rose by a third"), mark("Nobody knows how the price"))
    )
    report = await import_all(library, rows, page, now=moment)
    [record] = library.records()
    assert record.url == page.url
    assert len(library.article(record.id).annotations()) == 2
    assert (report.added, report.updated) == (1, 1)
    again = await import_all(library, rows, page, now=LATER)
    assert (again.unchanged, len(list(library.records()))) == (2, 1)


async def test_highlights_whose_words_are_elsewhere_are_an_article_of_their_own(
    library, site, moment
):
    page = ImportedItem(url=site.url("/bread"))
    other = ImportedItem(title="Bread costs more", highlights=(mark("Other words entirely."),))
    await import_all(library, page, other, now=moment)
    assert len(list(library.records())) == 2


async def test_an_article_of_a_file_is_connected_with_it_only_if_the_user_says_so(
    library, moment, tmp_path
):
    """Others wrote the import: `refresh` would read that file."""
    article = varied_article()
    url = "file:///etc/passwd"
    stored = replace(
        article, stored=replace(article.stored, record=replace(article.record, url=url))
    )
    file = tmp_path / "library.json"
    file.write_text("".join(write_json(varied_collection(stored))), "utf-8")
    for number, is_local in enumerate((False, True)):
        with Library.open(tmp_path / f"{number}", state=tmp_path / f"state{number}") as other:
            report = await run_import(
                other, make_plan([file]), ImportOptions(may_reach_network=is_local), now=moment
            )
            [record] = other.records()
            assert record.url == (url if is_local else "")
            told = [line.reason for line in report.lines]
            assert any("--local" in reason and url in reason for reason in told) is not is_local


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:alert(1)", "/etc/passwd"])
async def test_a_list_never_names_a_file_of_this_computer(library, moment, tmp_path, url):
    file = tmp_path / "list.json"
    file.write_text(f'[{{"url": "{url}", "title": "A"}}, {{"url": "https://example.org/b"}}]')
    options = ImportOptions(may_fetch=False, may_reach_network=True)
    report = await run_import(library, make_plan([file]), options, now=moment)
    assert [record.url for record in library.records()] == ["https://example.org/b"]
    assert [(line.what, line.title) for line in report.lines][:1] == [("skipped", "A")]


async def test_a_description_of_an_article_that_is_here_is_its_summary_or_in_the_report(
    library, moment
):
    page = ImportedItem(url="https://example.org/a", text=ItemText("<p>The words of a page.</p>"))
    await import_all(library, page, now=moment)
    described = [replace(page, text=None, excerpt=words) for words in ("First.", "Second.")]
    reports = []
    for service, item in zip(("json", "bookmarks"), described, strict=True):
        collected = _JoinedItems()
        collected._join(service, "file.csv", item)
        options = ImportOptions(may_fetch=False)
        reports.append(await run_import(library, collected.plan(), options, now=moment))
    [record] = library.records()
    assert record.excerpt == "First."
    assert [[line.reason for line in report.lines] for report in reports] == [
        [],
        ["The article keeps the summary that it has; that of the file is “Second.”."],
    ]


async def test_an_article_that_is_here_is_imported_though_an_old_copy_is_in_the_bin(
    library, moment, tmp_path
):
    article = varied_article()
    file = tmp_path / "library.json"
    file.write_text("".join(write_json(varied_collection(article))), "utf-8")
    restore_article(library, article.stored, now=moment)
    library.trash(article.record.id)
    restore_article(library, article.stored, now=moment)
    assert library.trashed() == (article.record.id,)
    report = await run_import(library, make_plan([file]), ImportOptions(), now=LATER)
    assert (report.removed, report.updated + report.unchanged) == (0, 1)


async def test_a_trial_says_that_an_article_of_a_backup_is_in_the_bin(library, moment, tmp_path):
    article = varied_article()
    file = tmp_path / "library.json"
    file.write_text("".join(write_json(varied_collection(article))), "utf-8")
    restore_article(library, article.stored, now=moment)
    library.trash(article.record.id)
    trial = await run_import(library, make_plan([file]), ImportOptions(is_dry_run=True), now=LATER)
    real = await run_import(library, make_plan([file]), ImportOptions(), now=LATER)
    assert (trial.removed, trial.added) == (real.removed, real.added) == (1, 0)
