"""The library by the keyboard: from the first start to the bin and back."""

import asyncio

from textual.widgets import TextArea

from annotator.errors import LibraryReadOnly
from annotator.export.exporters import possible_formats
from annotator.settings import Settings, load
from annotator.tui.frame.list_screen import ListHead
from annotator.tui.frame.workers import run_action
from annotator.tui.library.screen import LibraryScreen
from annotator.tui.reader.screen import ReaderScreen
from annotator.usecases.articles import article_edits
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Draft
from builders import MOMENT, find_span, make_annotation

PAGE = """<!doctype html><html lang=en>
<head><title>A page of one's own</title></head><body><article>
<h1>A page of one's own</h1>
<p>Every page has an author, and this one was written for the test that reads it.</p>
<p>It has two paragraphs, so that there is something to keep and something to lose by it.</p>
<p>A third one makes sure that the words are enough for an article of its own kind.</p>
</article></body></html>"""

READ_ONLY = (LibraryReadOnly, "The library is read-only.", "Check its permissions.")


def titles(reader):
    return [record.title for record in reader.app.screen.records]


async def test_an_empty_library_names_the_ways_from_the_browser_on_a_small_screen(visit):
    async with visit(size=(60, 20)) as reader:
        capture = "From your browser: annotator serve --help"
        await reader.sees("Your library is empty.", capture, "q  quits")


async def test_an_empty_library_tells_a_newcomer_what_to_press(visit):
    async with visit() as reader:
        await reader.sees("Your library is empty.", "a  adds a web page", "?  shows all keys")
        await reader.press("a")
        await reader.sees("Add articles")


async def test_an_empty_library_offers_the_tour_and_ends_for_it(visit):
    async with visit() as reader:
        await reader.sees("Q  shows you round, in two minutes")
        await reader.press("Q")
        await reader.until(lambda: not reader.app.is_running)
        assert reader.app.wants_tour


async def test_a_newcomer_tries_the_program_on_sample_articles(library, visit):
    async with visit() as reader:
        await reader.press("Y")
        await reader.until(lambda: len(library.records()) == 3)
        await reader.until(lambda: len(titles(reader)) == 3)
        await reader.until(lambda: "Added 3 articles." in reader.toasts)
        await reader.press("Y")  # with articles there, only after a confirmation
        await reader.sees("Add articles", "opinion--metered.html")


async def test_a_file_is_added_by_the_dialog_and_opened(library, visit, tmp_path):
    (tmp_path / "page.html").write_text(PAGE)
    async with visit() as reader:
        await reader.press("a")
        await reader.sees("Add articles")
        await reader.type(str(tmp_path / "page.html"))
        await reader.press("enter")
        await reader.sees("1 of 1 added")
        await reader.press("enter")
        await reader.until(lambda: "Added:" in reader.toasts)
        await reader.until(lambda: titles(reader))
        assert "Added: “A page of one's own”" in reader.toasts
        await reader.press("enter")
        await reader.until(lambda: isinstance(reader.app.screen, ReaderScreen))
        await reader.sees("this one was written for the test")


async def test_a_source_that_cannot_be_added_is_reported_and_stays_typed(visit, tmp_path):
    (tmp_path / "page.html").write_text(PAGE)
    async with visit() as reader:
        await reader.press("a")
        await reader.sees("Add articles")
        await reader.type(str(tmp_path / "pag.html"))
        await reader.press("enter")
        await reader.sees("✗", "failed", "No such file:")
        area = reader.app.screen.query_one(TextArea)
        await reader.until(lambda: area.has_focus and area.text == str(tmp_path / "pag.html"))
        await reader.press(*["left"] * len(".html"), "e", "enter")
        await reader.sees("1 of 1 added")
        await reader.press("enter")
        await reader.until(lambda: "Added: “A page of one's own”" in reader.toasts)


async def test_an_unknown_home_folder_is_reported(keep, visit):
    keep()
    async with visit() as reader:
        await reader.press("a")
        await reader.sees("Add articles")
        await reader.press("tilde")
        await reader.type("nobody9/page.html")
        await reader.press("enter")
        await reader.sees("Unknown user: ~nobody9.")
        await reader.press("ctrl+g", "E", "tab", "ctrl+u", "tilde")
        await reader.type("nobody9")
        await reader.press("enter")
        await reader.until(lambda: "Unknown user: ~nobody9." in reader.toasts)
        await reader.sees("Export 1 article")


async def test_articles_are_listed_with_their_facts(library, keep, visit):
    article = keep(title="Bridges", site_name="The Courier", access="partial")
    annotate.mark(library, article, find_span(article.text, "wages fell"), Draft(), now=MOMENT)
    async with visit(size=(120, 20)) as reader:
        await reader.sees("Bridges  partial", "today", "1 article")
        await reader.press("tab")  # hides the preview
        await reader.sees("The Courier")
        await reader.until(lambda: reader.screen.splitlines()[2].rstrip().endswith("1"))


async def test_typing_filters_and_escape_shows_all_again(keep, visit):
    keep(title="Bridges", url="https://example.org/1", site_name="The Courier")
    keep(title="Tunnels", url="https://example.org/2")
    async with visit() as reader:
        await reader.press("slash")
        await reader.type("courier")
        await reader.until(lambda: titles(reader) == ["Bridges"])
        await reader.sees("“courier”: 1 article")
        await reader.press("ctrl+g")
        await reader.until(lambda: len(titles(reader)) == 2)
        await reader.press("slash")
        await reader.type("nothing of the kind")
        await reader.sees("No articles match “nothing of the kind”")
        await reader.press("enter", "escape")
        await reader.until(lambda: len(titles(reader)) == 2)


async def test_columns_sort_and_reverse(keep, visit):
    for number, title in enumerate(("Middle", "Alpha", "Zeta")):
        keep(title=title, url=f"https://example.org/{number}")
    async with visit() as reader:
        await reader.pilot.click("ListHead", offset=(4, 0))
        await reader.until(lambda: titles(reader) == ["Alpha", "Middle", "Zeta"])
        await reader.sees("Title ↑")
        await reader.press("less_than_sign")
        assert titles(reader) == ["Zeta", "Middle", "Alpha"]


async def test_an_article_is_moved_to_the_bin_and_brought_back(library, keep, visit):
    article = keep()
    async with visit() as reader:
        await reader.press("x")
        await reader.until(lambda: not library.records())
        await reader.sees("Your library is empty.")
        assert library.trashed() == (article.id,)
        await reader.press("u")
        await reader.until(lambda: titles(reader))
        assert "Undid: move to bin “The story of a bridge”" in reader.toasts
        await reader.press("U")
        await reader.until(lambda: not library.records())


async def test_an_article_is_tagged_and_the_tags_are_undone(library, keep, visit):
    article = keep()
    async with visit(size=(140, 20)) as reader:
        await reader.press("t")
        await reader.sees("Tags of this article")
        await reader.type("city planning")
        await reader.press("enter")
        await reader.until(lambda: library.article(article.id).record().tags == ("city-planning",))
        await reader.sees("#city-planning")
        await reader.press("u")
        await reader.until(lambda: not library.article(article.id).record().tags)


async def test_the_cursor_stays_on_its_article_after_a_dialog_and_after_reading(
    library, keep, visit
):
    for number, title in enumerate(("Oldest", "Middle", "Newest")):
        keep(title=title, url=f"https://example.org/{number}", days=number)
    async with visit(size=(140, 20)) as reader:
        table = reader.app.screen
        await reader.press("j", "t")
        await reader.sees("Tags of this article")
        await reader.type("food")
        await reader.press("enter")
        await reader.sees("#food")
        assert table.record.title == "Middle"
        await reader.press("enter")
        await reader.until(lambda: isinstance(reader.app.screen, ReaderScreen))
        await reader.press("q")
        await reader.until(lambda: isinstance(reader.app.screen, LibraryScreen))
        await reader.until(lambda: reader.app.screen._loading.is_finished)
        assert table.record.title == "Middle"
        await reader.press("x")
        await reader.until(lambda: titles(reader) == ["Newest", "Oldest"])


async def test_the_cursor_goes_to_an_article_even_if_the_list_is_read_again(keep, visit):
    keep()
    keep(url="https://example.org/other", title="Another story")
    async with visit() as reader:
        await reader.until(lambda: len(titles(reader)) == 2)
        screen = reader.app.screen
        away = next(record for record in screen.records if record.id != screen.record.id)
        screen.reload(away.id)
        screen.reload()  # as the watch does when it sees what was added
        await reader.until(lambda: screen.record.id == away.id)


async def test_archived_articles_are_hidden_until_shown(library, keep, visit):
    article = keep()
    async with visit() as reader:
        await reader.press("z")
        await reader.sees("All articles are archived")
        assert "Press u to undo, Z to show archived articles." in reader.toasts
        assert library.article(article.id).record().state == "archived"
        await reader.press("Z")
        await reader.sees("The story of a bridge")
        await reader.press("z")
        await reader.until(lambda: library.article(article.id).record().state == "read")


async def test_listed_articles_are_exported(keep, visit, tmp_path):
    keep(title="Bridges", url="https://example.org/1")
    keep(title="Tunnels", url="https://example.org/2")
    async with visit() as reader:
        await reader.press("slash")
        await reader.type("tunnels")
        await reader.press("enter", "E")
        await reader.sees("Export 1 article")
        await reader.press("enter")
        await reader.until(lambda: "1 article in" in reader.toasts)
    assert [path.stem for path in (tmp_path / "notes").iterdir()] == ["Tunnels"]


async def test_archived_articles_with_marks_are_exported_as_in_the_shell(
    keep, library, visit, tmp_path
):
    articles = [keep(title=title, url=f"https://example.org/{title}") for title in ("One", "Two")]
    library.put([make_annotation(each, "nine percent") for each in articles])
    async with visit() as reader:
        await reader.press("z")
        await reader.sees("Archived:", "1 article")
        await reader.press("E")
        await reader.sees("Export 2 articles, 1 archived")
        await reader.press("enter")
        await reader.until(lambda: "2 articles in" in reader.toasts)
    assert {path.stem for path in (tmp_path / "notes").iterdir()} == {"One", "Two"}


async def test_export_on_change_is_turned_on_where_one_exports(keep, library, visit, tmp_path):
    library.put([make_annotation(keep(), "nine percent")])
    file = tmp_path / "settings.toml"
    file.write_text(f"export_folder = '{tmp_path / 'notes'}'\n")
    async with visit(settings=load(file)) as reader:
        await reader.press("E")
        await reader.sees("Export on change")
        reader.app.screen.query_one("#when").focus()
        await reader.press("right", "enter")
        await reader.until(lambda: reader.app.context.settings.export_on_change)
        await reader.press("enter", "s", "enter", "escape", "q")
        await reader.until(lambda: "Exported: The story of a bridge.md." in reader.toasts)
    assert load(file).export_on_change


async def test_where_to_export_and_for_which_program_is_asked_once(keep, visit, tmp_path):
    keep(title="Tunnels", url="https://example.org/2")
    async with visit() as reader:
        await reader.press("E")
        await reader.sees("Export 1 article")
        dialog = reader.app.screen
        dialog.query_one("#target").value = str(tmp_path / "graph")
        dialog.query_one("#preset").focus()
        await reader.press("right")
        await reader.until(lambda: dialog.query_one("#preset").value == "logseq")
        await reader.press("enter")
        await reader.until(lambda: "1 article in" in reader.toasts)
    async with visit() as reader:
        await reader.press("E")
        await reader.sees("Export 1 article", "logseq")
        assert reader.app.screen.query_one("#target").value == str(tmp_path / "graph")
        await reader.press("enter")
        await reader.until(lambda: "1 unchanged" in reader.toasts)


async def test_a_digest_and_a_file_of_the_listed_articles_are_exported(
    keep, library, visit, tmp_path
):
    articles = [
        keep(title=title, url=f"https://example.org/{title}") for title in ("Bridges", "Tunnels")
    ]
    library.put([make_annotation(each, "nine percent") for each in articles])
    async with visit() as reader:
        await reader.press("slash")
        await reader.type("tunnels")
        await reader.press("enter", "E", "right")
        await reader.sees("Groups", "One note, with the evidence")
        await reader.press("enter")
        await reader.until(lambda: "tunnels.md: new." in reader.toasts)
        await reader.press("E")
        await reader.sees("Export 1 article")
        for _ in possible_formats("collection"):
            if reader.app.screen.query_one("#format").value != "csv":
                await reader.press("right")
        await reader.sees("A row for each mark", "annotator.csv")
        await reader.press("enter")
        await reader.until(lambda: "annotator.csv: new, 1 article, 1 mark." in reader.toasts)
    for name in ("tunnels.md", "annotator.csv"):
        text = (tmp_path / "notes" / name).read_text("utf-8")
        assert "Tunnels" in text
        assert "Bridges" not in text


async def test_exports_and_failures_are_both_reported(keep, library, visit, tmp_path):
    sound = keep(title="Bridges", url="https://example.org/1")
    broken = keep(title="Tunnels", url="https://example.org/2")
    library.put([make_annotation(each, "nine percent") for each in (sound, broken)])
    async with visit() as reader:
        await reader.sees("Tunnels")
        for path in library.folder.glob(f"articles/*/{broken.id}/revisions/*"):
            path.unlink()
        await reader.press("E")
        await reader.sees("Export 2 articles")
        await reader.press("enter")
        await reader.until(lambda: "1 new, 1 failed" in reader.toasts)
        assert [each.severity for each in reader.app._notifications] == ["error", "warning"]
    assert [path.stem for path in (tmp_path / "notes").iterdir()] == ["Bridges"]


async def test_back_in_the_library_the_list_is_up_to_date(library, keep, visit):
    article = keep("\n\n".join(f"Line {n} of many." for n in range(200)))
    async with visit() as reader:
        await reader.press("enter")
        await reader.until(lambda: isinstance(reader.app.screen, ReaderScreen))
        await reader.press("s", "enter", "escape", "G", "q")
        await reader.until(lambda: isinstance(reader.app.screen, LibraryScreen))
        await reader.sees("✓")
        await reader.until(lambda: reader.screen.splitlines()[2].rstrip().endswith("1"))
    assert library.article(article.id).record().state == "read"


async def test_two_clicks_open_an_article_and_reloading_shows_new_ones(keep, visit):
    keep(title="Bridges", url="https://example.org/1")
    async with visit() as reader:
        await reader.sees("Bridges")
        keep(title="Tunnels", url="https://example.org/2")
        await reader.press("f5")
        await reader.sees("Tunnels")
        await reader.pilot.click("Listing", offset=(5, 1))
        assert reader.app.screen.record.title == "Tunnels"
        await reader.pilot.click("Listing", offset=(5, 1), times=2)
        await reader.until(lambda: isinstance(reader.app.screen, ReaderScreen))
        await reader.sees("Tunnels")


async def test_ctrl_c_says_how_to_quit(visit):
    async with visit() as reader:
        await reader.press("ctrl+c")
        assert reader.toasts == "Press q to leave, Ctrl+Q to quit."


async def test_the_help_lists_the_keys_of_this_screen_first(visit):
    async with visit() as reader:
        await reader.press("question_mark", "question_mark")
        await reader.sees("In the library", "Add web pages or files")


async def test_the_palette_finds_a_command_and_runs_it(keep, visit):
    keep()
    async with visit() as reader:
        await reader.press("colon")
        await reader.sees("Commands")
        await reader.type("theme paper")
        await reader.press("enter")
        await reader.until(lambda: reader.app.theme == "paper")
        await reader.press("colon")
        await reader.type("sort by")
        await reader.press("enter")
        await reader.sees("Min ↑")
        await reader.press("colon")
        await reader.type("story of a bridge")
        await reader.press("enter")
        await reader.until(lambda: isinstance(reader.app.screen, ReaderScreen))


async def test_a_read_only_library_opens_with_a_warning(library, keep, visit):
    article = keep()
    library._access.refuse_changes(*READ_ONLY)
    async with visit(article) as reader:
        await reader.until(lambda: "This library is read-only" in reader.toasts)
        await reader.press("s", "enter")
        await reader.until(lambda: "The library is read-only." in reader.toasts)
        assert "0 marks" not in reader.screen
    assert library.article(article.id).annotations() == ()


async def test_errors_in_the_keys_are_reported_at_the_start(visit):
    keys = {"reader.fnid": ("f",), "library.add": ("x",), "library.tags": ("g",)}
    async with visit(settings=Settings(keys=keys)) as reader:
        assert "Unknown key id “reader.fnid”. Did you mean “reader.find”?" in reader.toasts
        assert "“library.add”: x is already" in reader.toasts


async def test_keys_can_be_set(keep, visit):
    keep()
    keys = {"library.add": ("f6",), "view.sentence-mode": ("f2",)}
    async with visit(settings=Settings(keys=keys)) as reader:
        await reader.press("f6")
        await reader.sees("Add articles")
        await reader.press("ctrl+g")
        await reader.press("enter")
        await reader.until(lambda: isinstance(reader.app.screen, ReaderScreen))
        await reader.press("s")
        assert "READ" in reader.screen
        await reader.press("f2")
        await reader.sees("SENTENCE")


async def test_an_unknown_theme_is_reported(visit, monkeypatch):
    monkeypatch.delenv("COLORFGBG", raising=False)
    async with visit(settings=Settings(theme="papre")) as reader:
        assert "Unknown theme “papre”." in reader.toasts
        assert reader.app.theme == "night"


async def test_an_empty_library_is_not_exported(visit):
    async with visit() as reader:
        await reader.sees("Your library is empty.")
        await reader.press("E")
        await reader.until(lambda: "Nothing to export: the library is empty." in reader.toasts)


async def test_what_is_read_while_the_program_ends_is_not_shown_any_more(keep, visit):
    keep()
    async with visit() as reader:
        screen = reader.app.screen

        async def show() -> None:
            while screen.query(ListHead):  # noqa: ASYNC110  Textual tells nobody
                await asyncio.sleep(0)
            screen.query_one(ListHead)

        run_action(screen, show)


async def test_an_article_is_previewed_beside_a_wide_list_until_tab_hides_it(library, keep, visit):
    old = keep("Snow fell on Monday.\n\nIt stayed.", title="Snow")
    article_edits.retag(library, library.records(), add=["weather"], remove=(), now=MOMENT)
    keep("Rain fell.", title="Rain", url="https://example.org/rain", access="partial", days=1)
    library.put([make_annotation(old, "It stayed.", kind="question")])
    async with visit(size=(120, 30)) as reader:
        await reader.sees("Rain fell.", "Only part of the article is available.")
        await reader.press("j")
        await reader.sees("Snow fell on Monday.", "#weather", "1 mark", "? It stayed.")
        await reader.press("tab")
        await reader.until(lambda: "Snow fell on Monday." not in reader.screen)
    async with visit(size=(120, 30)) as reader:  # as it was left
        await reader.sees("Snow", "Rain")
        assert not reader.app.screen.has_class("-preview")
        await reader.press("tab")
        await reader.sees("Rain fell.")


async def test_a_preview_is_not_squeezed_into_a_narrow_window(keep, visit):
    keep("Rain fell on Tuesday.", title="Rain")
    async with visit(size=(100, 30)) as reader:
        await reader.sees("Rain")
        await reader.press("tab")
        await reader.until(lambda: "A preview needs a window of 120 columns." in reader.toasts)


async def test_an_article_that_cannot_be_read_is_previewed_by_what_is_known(library, keep, visit):
    article = keep("Rain fell on Tuesday.", title="Rain", site_name="The Gauge")
    for text in (library.folder / "articles").rglob(f"{article.id}/revisions/*"):
        text.write_bytes(b"no text")
    async with visit(size=(130, 30)) as reader:
        await reader.sees("The Gauge · ")


async def test_a_query_is_saved_in_the_library_and_finds_marks_as_well(library, keep, visit):
    article = keep("Snow fell on Monday.", title="Snow")
    library.put([make_annotation(article, "Snow fell")])
    article_edits.retag(library, library.records(), add=["weather"], remove=(), now=MOMENT)
    keep("Rain fell on Tuesday.", title="Rain", url="https://example.org/rain")
    async with visit() as reader:
        await reader.until(lambda: len(titles(reader)) == 2)
        await reader.press("slash")
        await reader.type("tag:weather")
        await reader.press("enter", "m")
        await reader.sees("Save this query")
        await reader.type("cold")
        await reader.press("enter")
        await reader.until(lambda: "Saved as “cold”. Press ' to find it." in reader.toasts)
        await reader.press("escape", "apostrophe")
        await reader.sees("cold", "Unread articles")
        await reader.press("enter")
        await reader.until(lambda: titles(reader) == ["Snow"])
        await reader.press("C")
        await reader.sees("Marks", "1 mark")
        await reader.press("apostrophe")
        await reader.sees("cold", "Open claims")


async def test_the_filter_is_seen_on_a_narrow_screen_and_a_word_of_a_state_is_explained(
    keep, visit
):
    keep()
    async with visit(size=(60, 20)) as reader:
        await reader.press("slash")
        await reader.type("bridge")
        await reader.press("enter")
        await reader.sees("/bridge: 1")
        await reader.press("slash")
        await reader.type("unread")
        await reader.press("enter")
        await reader.sees("No articles match “unread”. Did you mean is:unread?")
        await reader.press("q")
        await reader.sees("The story of a bridge")
        assert "/unread" not in reader.screen


async def test_after_a_filter_the_cursor_is_seen_and_undo_leads_to_what_it_brought_back(
    library, keep, visit
):
    articles = [
        keep(title=f"Article {n:02}", url=f"https://example.org/{n}", days=n) for n in range(60)
    ]
    async with visit(size=(60, 20)) as reader:
        await reader.sees("Article 59")
        await reader.press("slash")
        await reader.type("article 07")
        await reader.until(lambda: "Article 08" not in reader.screen)
        await reader.press("escape")
        await reader.sees("Article 07", "Article 08")
        await reader.press("x")
        await reader.sees("Moved to bin: “Article 07”")
        await reader.until(lambda: len(library.records()) == 59)
        await reader.press("g", "u")
        await reader.sees("Article 07")
        await reader.until(lambda: reader.app.screen.record.id == articles[7].id)


async def test_archived_articles_look_archived(keep, visit):
    keep()
    async with visit() as reader:
        await reader.press("z", "Z")
        await reader.sees("The story of a bridge  archived")
