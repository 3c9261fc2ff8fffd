import re
import shutil
import time
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from annotator.errors import ExportError, InvalidInput, LibraryError
from annotator.export.markdown.front_matter import Literal
from annotator.export.markdown.note_merge import NoteParts, written
from annotator.model import Link
from annotator.usecases.exporting.digest import export_digest
from annotator.usecases.exporting.export import ExportOptions, export_articles
from annotator.usecases.exporting.vault import Vault
from builders import make_annotation, make_article, make_extraction, make_page

LONGER = (
    "Prices rose by a tenth last year. All is well in the harbour, and the ships are full again."
)
TEXT = "Prices rose by a tenth last year. Wages did not follow them."


@pytest.fixture
def keep(library, moment):
    """Add an article to the library and return it."""

    def kept(url, **metadata):
        article = make_article(TEXT, url=url, **metadata)
        library.store(make_extraction(article), make_page(url=url), now=moment)
        return article

    return kept


@pytest.fixture
def export(library, tmp_path):
    """Export articles into the vault, also those without marks unless told."""

    def exported(*articles, has_unmarked=True, **options):
        of_notes = {
            name: options.pop(name) for name in ExportOptions.__struct_fields__ if name in options
        }
        return export_articles(
            library,
            [article.id for article in articles],
            Vault(tmp_path / "vault", tmp_path / "state", **options),
            options=ExportOptions(has_unmarked=has_unmarked, **of_notes),
        )

    return exported


def outcomes(report):
    return [each.written and each.written.outcome for each in report.exported]


def test_each_article_becomes_a_file_with_its_marks(library, keep, export):
    article = keep("https://a.org/1", title="Bread: costs more?")
    library.put([make_annotation(article, "Wages did not follow", note="Whose?", tags=("pay",))])
    report = export(article)
    assert outcomes(report) == ["new"]
    assert report.first_error is None
    text = report.exported[0].written.path.read_text("utf-8")
    assert f"annotator_id: {article.id}" in text.replace('"', "")
    for words in ("Wages did not follow", "Whose?", "pay", "https://a.org/1"):
        assert words in text


def test_a_second_export_follows_a_file_that_was_renamed(library, keep, export):
    article = keep("https://a.org/1")
    path = export(article).exported[0].written.path
    path.rename(path.with_name("Mine.md"))
    library.put([make_annotation(article, "Wages")])
    written = export(article).exported[0].written
    assert (written.outcome, written.path.name) == ("updated", "Mine.md")


def test_an_edited_file_gets_new_marks_and_keeps_what_the_user_wrote(library, keep, export):
    article = keep("https://a.org/1")
    path = export(article).exported[0].written.path
    assert outcomes(export(article)) == ["unchanged"]
    path.write_text(path.read_text("utf-8") + "Mine.\n", "utf-8")
    library.put([make_annotation(article, "Wages")])
    assert outcomes(export(article)) == ["updated"]
    assert "Mine.\n" in path.read_text("utf-8")
    assert "> Wages" in path.read_text("utf-8")
    assert outcomes(export(article)) == ["unchanged"]


def test_two_articles_of_one_title_are_two_files(keep, export):
    report = export(keep("https://a.org/1"), keep("https://a.org/2"))
    assert outcomes(report) == ["new", "new"]
    assert len({each.written.path for each in report.exported}) == 2


def test_a_damaged_article_does_not_stop_the_others(library, keep, export):
    damaged, sound = keep("https://a.org/1"), keep("https://a.org/2")
    for revision in library.folder.rglob(f"{damaged.id}/revisions/*.json*"):
        revision.write_bytes(b"")
    report = export(damaged, sound)
    assert outcomes(report) == [None, "new"]
    assert isinstance(report.first_error, LibraryError)


def test_a_folder_that_cannot_be_created_is_reported_once(keep, export, tmp_path):
    (tmp_path / "vault").write_text("a file")
    with pytest.raises(ExportError, match="is in the way"):
        export(keep("https://a.org/1"), keep("https://a.org/2"))


@pytest.mark.parametrize("name", ["html", "pdf"])
def test_a_format_that_is_unknown_or_holds_no_marks_is_refused(name, library, tmp_path):
    with pytest.raises(InvalidInput):
        export_articles(library, (), Vault(tmp_path, tmp_path, name))


def edit(path, *changes):
    text = path.read_text("utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    path.write_text(text, "utf-8")


def test_an_updated_highlight_keeps_the_lines_around_and_inside_it(library, keep, export):
    """The example of the thread in which readers ask for it: a highlight gets a note and a tag
    after its reader wrote into the exported file."""
    article = keep("https://a.org/1")
    mark = make_annotation(article, "Prices rose by a tenth")
    library.put([mark, other := make_annotation(article, "Wages did not follow")])
    path = export(article).exported[0].written.path
    edit(
        path,
        (
            "> Prices rose by a tenth\n",
            "> Prices rose by a tenth\n\nBut what of wages? See [[Pay]].\n",
        ),
        (
            f"<!-- annotator:end {mark.id} -->\n",
            f"<!-- annotator:end {mark.id} -->\n\nMy line between the two.\n",
        ),
    )
    library.put([replace(mark, note="Ask the office.", tags=("prices",)), other])
    report = export(article)
    assert report.exported[0].outcome == "merged"
    assert report.exported[0].marks == {"updated": 1, "same": 1}
    text = path.read_text("utf-8")
    start, end = f"<!-- annotator:begin {mark.id}", f"<!-- annotator:end {mark.id} -->"
    block = text[text.index(start) : text.index(end)]
    assert "But what of wages? See [[Pay]].\n" in block
    assert "Newer version" not in block
    assert block.count("Prices rose") == 1
    assert "\nAsk the office.\n" in block
    assert " · #prices\n" in block
    assert "My line between the two.\n" in text
    assert [text.count(f"annotator:begin {each.id} ") for each in (mark, other)] == [1, 1]
    assert export(article).changes == ()


def test_an_emptied_block_stays_empty_and_goes_with_its_mark(library, keep, export, moment):
    article = keep("https://a.org/1")
    library.put([mark := make_annotation(article, "Wages")])
    path = export(article).exported[0].written.path
    text = path.read_text("utf-8")
    start = text.index("-->\n", text.index(f"annotator:begin {mark.id}")) + 4
    path.write_text(text[:start] + text[text.index("<!-- annotator:end") :], "utf-8")
    library.put([replace(mark, note="Which?")])
    assert export(article).exported[0].marks == {"same": 1}
    assert "Wages" not in path.read_text("utf-8").partition("---\n\n")[2]
    library.article(article.id).remove([mark.id], now=moment)
    assert export(article).exported[0].marks == {"same": 1}
    assert export(article, prunes=True).exported[0].marks == {"removed": 1}
    assert mark.id not in path.read_text("utf-8")


@pytest.mark.parametrize("preset", ["obsidian", "logseq", "org"])
def test_a_block_that_was_edited_while_its_mark_was_deleted_is_merged_when_that_is_restored(
    library, keep, export, moment, preset
):
    article = keep("https://a.org/1")
    library.put([mark := make_annotation(article, "Wages did not", note="Whose?")])
    path = export(article, preset=preset).exported[0].written.path
    library.article(article.id).remove([mark.id], now=moment)
    export(article, preset=preset)
    export(article, preset=preset)
    edit(path, ("Whose?", "Whose? I ask the union."))
    if preset != "org":  # as Prettier writes it
        edit(
            path, ("*Deleted in annotator on 2026-03-14.*", "_Deleted in annotator on 2026-03-14._")
        )
        assert not export(article, preset=preset).changes
    library.put([replace(mark, tags=("pay",))])
    assert export(article, preset=preset).exported[0].marks == {"updated": 1}
    text = path.read_text()
    assert "pay" in text
    assert text.count("Whose?") == text.count("I ask the union.") == 1
    assert not re.search(r"Newer version|Deleted in|~~|\+Wages", text)


def test_a_note_that_was_moved_elsewhere_in_the_vault_is_brought_up_to_date_there(
    library, keep, export, tmp_path
):
    one, two = keep("https://a.org/1", title="One"), keep("https://a.org/2", title="Two")
    first, second = make_annotation(one, "Wages"), make_annotation(two, "Prices")
    library.put([first, second])
    (tmp_path / ".obsidian").mkdir()  # the folder `vault` of the exports is in it
    path = export(one, two).exported[0].written.path
    moved = tmp_path / "Read" / "Mine.md"
    moved.parent.mkdir()
    path.rename(moved)
    assert not export(one, two).changes
    library.put(
        [replace(first, note="Whose?"), replace(second, links=(Link("opposes", first.id),))]
    )
    report = export(one, two)
    assert report.exported[0].written.path == moved
    assert "Whose?" in moved.read_text("utf-8")
    assert f"[[Mine#^a-{first.id}" in report.exported[1].written.path.read_text("utf-8")
    assert [each.name for each in path.parent.iterdir()] == ["Two.md"]
    path.write_text(moved.read_text("utf-8"), "utf-8")  # the one in the folder is that of exports
    library.put([replace(first, note="Whose, then?")])
    assert export(one, two).exported[0].written.path == path


def test_a_block_that_the_user_deleted_is_said_to_be_written_again(library, keep, export, moment):
    article = keep("https://a.org/1")
    library.put([mark := make_annotation(article, "Wages did not follow")])
    path = export(article).exported[0].written.path
    block = BLOCK.search(path.read_text("utf-8"))
    edit(path, (block[0], ""))
    report = export(article)
    assert report.exported[0].marks == {"again": 1}
    assert "1 block that you deleted, written again: “Wages did not follow”." in report.problems[0]
    library.article(article.id).remove([mark.id], now=moment)
    export(article, prunes=True)
    library.put([mark])
    assert export(article).exported[0].marks == {"new": 1}  # the user has not deleted it


def test_lines_that_both_sides_only_added_stay_although_it_is_not_known_what_was_exported(
    library, keep, export, tmp_path
):
    article = keep("https://a.org/1")
    library.put([mark := make_annotation(article, "Wages did not follow")])
    path = export(article).exported[0].written.path
    end = f"<!-- annotator:end {mark.id} -->"
    edit(path, (end, f"My own line.\n\n{end}"))
    shutil.rmtree(tmp_path / "state")
    library.put([marked := replace(mark, note="Ask the office.")])
    assert export(article).exported[0].marks == {"updated": 1}
    text = path.read_text("utf-8")
    assert text.count("Ask the office.") == text.count("My own line.") == 1
    assert "Newer version" not in text
    edit(path, ("> Wages did not", "> Wages did never"))
    shutil.rmtree(tmp_path / "state")
    library.put([replace(marked, note="Ask the office.\n\nAnd the union.")])
    report = export(article)
    assert report.problems == [f"{path.name}: 1 mark changed in both: “Wages did not follow”."]
    box = path.read_text("utf-8").partition("> [!note] Newer version in annotator\n")[2]
    assert box.partition("\n\n")[0] == "> > Wages did not follow\n>\n> And the union."


BLOCK = re.compile(r"<!-- annotator:begin.*annotator:end \S+ -->\n", re.DOTALL)


def test_a_block_that_was_moved_to_another_note_is_left_there(library, keep, export):
    one, two = keep("https://a.org/1", title="One"), keep("https://a.org/2", title="Two")
    library.put([mark := make_annotation(one, "Wages"), make_annotation(two, "Prices")])
    first, second = (each.written.path for each in export(one, two).exported)
    block = BLOCK.search(first.read_text())
    edit(first, (block[0], ""))
    second.write_text(f"{second.read_text()}\n{block[0]}")
    for _ in range(2):
        assert not export(one, two).changes
    assert "annotator:begin" not in first.read_text()
    assert second.read_text().count(f"annotator:begin {mark.id} ") == 1
    edit(second, (block[0], ""))
    export(one, two)
    assert first.read_text().count(f"annotator:begin {mark.id} ") == 1


@pytest.mark.parametrize("preset", ["obsidian", "logseq"])
def test_a_block_that_was_moved_to_another_note_is_brought_up_to_date_there(
    library, keep, export, moment, tmp_path, preset
):
    article = keep("https://a.org/1", title="One")
    other = make_annotation(article, "Prices")
    mark = make_annotation(article, "Wages", note="Whose?", links=(Link("supports", other.id),))
    library.put([mark, other])
    path = export(article, preset=preset).exported[0].written.path
    lines = path.read_text().splitlines(keepends=True)
    start, end = (at for at, line in enumerate(lines) if mark.id in line and "annotator" in line)
    mine = tmp_path / "vault" / "deep" / "Mine.md"
    mine.parent.mkdir()
    mine.write_text("".join(("- My thoughts.\n", *lines[start : end + 1], "- The rest.\n")))
    path.write_text("".join((*lines[:start], *lines[end + 1 :])))
    edit(mine, ("Wages", "Wages (of all)"))
    library.put([replace(mark, note="Whose, and where?")])
    assert len(export(article, preset=preset, writes=False).changes) == 1
    report = export(article, preset=preset)
    assert [each.outcome for each in report.exported] == ["unchanged", "merged"]
    assert report.summary.startswith("1 article in")
    text = mine.read_text()
    assert "Whose, and where?" in text
    assert "Wages (of all)" in text
    assert "Newer version" not in text
    assert preset == "logseq" or f"supports:: [[One#^a-{other.id}|Prices]]" in text
    assert text.startswith("- My thoughts.\n")
    assert text.endswith("- The rest.\n")
    assert not export(article, preset=preset).changes
    library.article(article.id).remove([mark.id], now=moment)
    assert export(article, preset=preset).exported[1].marks == {"deleted": 1}
    assert not export(article, preset=preset).changes
    mine.write_text(mine.read_text().replace(f"annotator:end {mark.id}", ""))
    assert "is broken" in export(article, preset=preset).exported[1].problems[0]
    mine.write_text(text)
    mine.chmod(0o444)
    library.put([replace(mark, note="Again.")])
    assert "read-only" in str(export(article, preset=preset).first_error)


def test_a_copy_of_a_block_is_pruned_with_the_block(library, keep, export, moment, tmp_path):
    article = keep("https://a.org/1")
    library.put([mark := make_annotation(article, "Wages")])
    path = export(article).exported[0].written.path
    copy = tmp_path / "vault" / "Mine.md"
    copy.write_text(f"Mine.\n\n{BLOCK.search(path.read_text())[0]}")
    library.article(article.id).remove([mark.id], now=moment)
    assert len(export(article, prunes=True).changes) == 2
    assert not export(article, prunes=True).changes
    assert "annotator:begin" not in path.read_text() + copy.read_text()
    assert copy.read_text().startswith("Mine.\n")


def test_two_files_of_one_article_are_said_and_neither_is_written(library, keep, export):
    article = keep("https://a.org/1")
    path = export(article).exported[0].written.path
    copy = path.with_name("Copy.md")
    copy.write_bytes(path.read_bytes())
    library.put([make_annotation(article, "Wages")])
    report = export(article)
    assert "Two files belong to one article" in str(report.first_error)
    assert path.read_bytes() == copy.read_bytes()


def test_a_file_that_lost_its_id_is_not_written_a_second_time(library, keep, export, tmp_path):
    article = keep("https://a.org/1")
    library.put([make_annotation(article, "Wages")])
    path = export(article).exported[0].written.path
    edit(
        path,
        (
            "---\n",
            "--- \n\n",
        ),
        ("annotator_id", "once_annotator_id"),
    )
    report = export(article)
    assert "has marks of this article, but not its annotator_id" in str(report.first_error)
    assert list((tmp_path / "vault").iterdir()) == [path]


def test_a_mark_that_was_lost_and_found_again_is_in_its_place(library, keep, export, moment):
    article = keep("https://a.org/1")
    first, last = (make_annotation(article, words) for words in ("Prices", "Wages did not follow"))
    library.put([last])
    path = export(article).exported[0].written.path
    url, other = "https://a.org/1", make_article(LONGER, url="https://a.org/1")
    library.store(make_extraction(other), make_page(url=url), now=moment + timedelta(days=1))
    path.unlink()
    report = export(article)
    assert report.exported[0].orphans == 1
    assert "## Marks not found in the article\n\n<!-- annotator:begin" in path.read_text()
    library.store(make_extraction(article), make_page(url=url), now=moment + timedelta(days=2))
    library.put([first])
    report = export(article)
    assert report.exported[0].marks == {"updated": 1, "new": 1}
    text = path.read_text()
    assert text.index(first.id) < text.index(last.id) < text.index("## Marks not found")
    assert text.count(f"annotator:begin {last.id} ") == 1


def test_links_between_marks_lead_to_their_notes_and_follow_renames(library, keep, export):
    one, two = keep("https://a.org/1", title="One"), keep("https://a.org/2", title="Two")
    target = make_annotation(two, "Prices")
    link = Link("supports", target.id)
    library.put([target, make_annotation(one, "Wages", links=(link,))])
    first, second = (each.written.path for each in export(one, two).exported)
    assert f"- supports:: [[Two#^a-{target.id}|Prices]]" in first.read_text()
    assert outcomes(export(one, two)) == ["unchanged", "unchanged"]
    second.rename(second.with_name("Of prices.md"))
    assert outcomes(export(one, two)) == ["updated", "unchanged"]
    assert f"- supports:: [[Of prices#^a-{target.id}|Prices]]" in first.read_text()


def test_a_copy_of_a_note_as_sync_tools_make_them_takes_no_links_away(library, keep, export):
    one, two = keep("https://a.org/1", title="One"), keep("https://a.org/2", title="Two")
    link = Link("supports", (target := make_annotation(two, "Prices")).id)
    library.put([target, make_annotation(one, "Wages", links=(link,))])
    _, second = (each.written.path for each in export(one, two).exported)
    copy = second.with_name("Two (conflict).md")
    copy.write_bytes(second.read_bytes())
    report = export(one, two)
    assert outcomes(report) == ["unchanged", None]
    assert str(report.exported[1].error).startswith("Two files belong")


def test_a_note_that_is_written_later_is_linked_by_the_notes_before_it(library, keep, export):
    one, two = keep("https://a.org/1", title="One"), keep("https://a.org/2", title="Two")
    link = Link("opposes", (target := make_annotation(two, "Prices")).id)
    library.put([target, make_annotation(one, "Wages", links=(link,))])
    path = export(one).exported[0].written.path
    assert "- opposes:: Prices\n" in path.read_text()
    export(one, two)
    assert f"- opposes:: [[Two#^a-{target.id}|Prices]]" in path.read_text()


def test_articles_without_marks_are_left_out_but_their_files_are_kept_up_to_date(
    library, keep, export, moment
):
    one, two = keep("https://a.org/1", title="One"), keep("https://a.org/2", title="Two")
    library.put([mark := make_annotation(one, "Wages")])
    report = export(one, two, has_unmarked=False)
    assert (outcomes(report), report.left_out) == (["new"], [two.id])
    library.article(one.id).remove([mark.id], now=moment)
    report = export(one, two, has_unmarked=False)
    assert (outcomes(report), report.exported[0].marks) == (["updated"], {"deleted": 1})


def test_a_lost_memory_is_said_and_nothing_at_the_head_is_changed(library, keep, export, tmp_path):
    article = keep("https://a.org/1", title="One")
    export(article)
    for path in (tmp_path / "state" / "exports").glob("*.db"):
        path.unlink()
    library.article(article.id).update(lambda record: replace(record, title="Another"))
    report = export(article)
    assert report.exported[0].with_care
    assert 'title: "One"' in report.exported[0].written.path.read_text()
    assert any("is not known" in remark for remark in report.remarks)


def test_a_link_of_another_article_brings_the_note_of_its_target_up_to_date(library, keep, export):
    one, two = keep("https://a.org/1", title="One"), keep("https://a.org/2", title="Two")
    target, holder = make_annotation(one, "Wages"), make_annotation(two, "Prices")
    library.put([target, holder])
    export(one, two)
    library.put([replace(holder, links=(Link("opposes", target.id),))])
    report = export(one, two)
    assert outcomes(report) == ["updated", "updated"]
    note = report.exported[0].written.path.read_text("utf-8")
    assert f"- opposed-by:: [[Two#^a-{holder.id}|Prices]]\n" in note
    assert outcomes(export(one, two)) == ["unchanged", "unchanged"]


def test_a_link_is_brought_up_to_date_when_its_note_or_its_other_end_changes(
    library, keep, export, moment
):
    one, two = keep("https://a.org/1", title="One"), keep("https://a.org/2", title="Two")
    target, holder = make_annotation(one, "Wages"), make_annotation(two, "Prices")
    link = Link("opposes", target.id)
    library.put([target, replace(holder, links=(link,))])
    first, second = (each.written.path for each in export(one, two).exported)
    noted, later = replace(link, note="Much."), moment + timedelta(days=1)
    library.put([replace(holder, links=(noted,), modified=later)])
    assert outcomes(export(one, two)) == ["updated", "updated"]
    assert f"[[Two#^a-{holder.id}|Prices]] — Much.\n" in first.read_text("utf-8")
    library.article(one.id).remove([target.id], now=moment)
    assert outcomes(export(one, two)) == ["updated", "updated"]
    assert "- opposes:: a mark that is gone — Much.\n" in second.read_text("utf-8")


def test_a_saved_page_has_the_address_that_it_gives_for_itself(library, keep, export, tmp_path):
    article = keep("file:///a.html", canonical_url="https://a.example/pay")
    library.put([make_annotation(article, "Wages")])
    text = export(article).exported[0].written.path.read_text("utf-8")
    assert 'source: "https://a.example/pay"' in text
    assert "[in the article](https://a.example/pay#:~:text=" in text
    digest = export_digest(
        library,
        (),
        Vault(tmp_path / "other", tmp_path / "state"),
        now=datetime.now(UTC),
    )
    assert "(https://a.example/pay#:~:text=" in digest.exported[0].written.after


def test_dates_that_were_quoted_once_are_so_no_more_unless_the_user_quotes_them(keep, export):
    article = keep("https://a.org/1", published="2024-05-01")
    path = export(article).exported[0].written.path
    assert "published: 2024-05-01\n" in path.read_text("utf-8")
    edit(path, ("published: 2024-05-01", 'published: "2024-05-01"'))
    keep("https://a.org/1", published="2024-05-01", title="Another")
    export(article)
    assert 'published: "2024-05-01"\n' in path.read_text("utf-8")


def test_dates_of_an_old_note_lose_their_quotation_marks():
    note = NoteParts({"created": "2026-03-14", "title": "A"}, "A.")
    old = written(note, before=None, memory=None, deleted={})
    assert 'created: "2026-03-14"\n' in old.text
    new = NoteParts({"created": Literal("2026-03-14"), "title": "A"}, "A.")
    brought = written(new, before=old.text, memory=old.memory, deleted={})
    assert brought.text == old.text.replace('"2026-03-14"', "2026-03-14")
    mine = old.text.replace('"2026-03-14"', "'2026-03-14'")
    assert written(new, before=mine, memory=old.memory, deleted={}).text == mine


def test_the_day_of_a_note_is_that_of_the_place_where_it_is_written(
    keep, export, library, monkeypatch
):
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")  # 14 hours ahead
    time.tzset()
    try:
        article = keep("https://a.org/1")
        late = datetime(2026, 3, 14, 23, 0, tzinfo=UTC)
        library.article(article.id).update(lambda record: replace(record, added=late))
        text = export(article).exported[0].written.path.read_text("utf-8")
        assert "created: 2026-03-15\n" in text
    finally:
        monkeypatch.undo()
        time.tzset()


def test_no_character_that_a_terminal_obeys_is_in_a_note(library, keep, export):
    article = keep("https://a.org/1")
    mark = make_annotation(article, "Wages", note="a\x1b[31mb\x7fc\u2028- d")
    library.put([mark])
    for path in library.folder.rglob("annotations.json"):
        stored = path.read_text("utf-8")
        path.write_text(stored.replace("Wages", "Wa\\u001bges"), "utf-8")
    text = export(article).exported[0].written.path.read_text("utf-8")
    assert not set("\x1b\x7f\u2028") & set(text)
    assert "[31mb" in text  # the words are there, whatever reading made of the rest


def test_a_block_in_the_properties_that_is_also_below_them_is_told(library, keep, export):
    article = keep("https://a.org/1")
    library.put([make_annotation(article, "Wages")])
    path = export(article).exported[0].written.path
    text = path.read_text("utf-8")
    block = text[text.index("<!-- annotator:begin") :]
    path.write_text(text.replace("site:", f"{block}site:"), "utf-8")
    problems = export(article).exported[0].problems
    assert any("is there twice" in problem for problem in problems)
