"""The claims screen: all marks of all articles, narrowed, grouped, judged, and followed."""

import asyncio

import pytest
from msgspec.structs import replace

from annotator.model import Claim, Link
from annotator.tui.claims.mark_list import MarkList
from annotator.tui.claims.screen import ClaimsScreen
from annotator.tui.claims.view import ClaimsLoader, ClaimsView, Listed, ListPlace
from annotator.tui.library.screen import LibraryScreen
from annotator.tui.lists.mark_details import DetailsPane
from annotator.tui.reader.screen import ReaderScreen
from annotator.usecases.marks.links import add_link
from annotator.usecases.queries.saved_queries import saved_queries
from builders import MOMENT, make_annotation

WIND = "Wind met 31 percent of demand in the winter. It was a record, the operator said."
COUNT = "Counted with imports, wind met 24 percent. Nobody had asked the operator before."

SIZES = ((60, 20), (160, 50))


@pytest.fixture
def claims(library, keep):
    """Keep two articles with two marks each, of which one opposes another."""
    wind = keep(WIND, title="A windy winter", url="https://example.org/wind")
    counted = keep(COUNT, title="The count", url="https://example.com/count", days=1)
    share = make_annotation(
        wind,
        "Wind met 31 percent of demand in the winter.",
        tags=("energy",),
        claim=Claim(speaker="Ann Operator", status="disputed"),
        note="Ask for the method.",
    )
    record = make_annotation(wind, "It was a record, the operator said.", kind="highlight")
    imports = make_annotation(
        counted,
        "Counted with imports, wind met 24 percent.",
        claim=Claim(speaker="Bo Counter"),
        links=(Link("opposes", share.id),),
    )
    silence = make_annotation(counted, "Nobody had asked the operator before.", tags=("press",))
    library.put((share, record, imports, silence))
    return share, record, imports, silence


async def test_rows_say_which_marks_the_text_has_reworded_or_lost(claims, keep, visit):
    reworded = WIND.replace("of demand", "of all demand")
    keep(reworded, title="A windy winter", url="https://example.org/wind")
    shorter = COUNT.partition(". ")[0] + ". That is all."
    keep(shorter, title="The count", url="https://example.com/count")
    async with visit() as reader:
        await open_claims(reader)
        await reader.sees("4 marks ·", "reworded  disputed", "not in the text  open")
        assert reader.screen.count("reworded") == reader.screen.count("not in the text") == 1


async def test_a_mark_with_two_tags_is_two_rows_of_the_list(claims, library, visit):
    library.article(claims[0].article_id).revise(
        claims[0].id, lambda mark: replace(mark, tags=("energy", "wind"))
    )
    async with visit() as reader:
        await open_claims(reader)
        await reader.sees("4 marks ·", " 1 of 4")
        await reader.press("w", "t")
        await reader.sees("4 marks ·", "row 4 of 5")


@pytest.fixture
def long_list(library, keep):
    """Keep three articles with more marks than the first part of a list has."""
    lines = [f"Line {number} says so." for number in range(60)]
    for name in "abc":
        article = keep("\n\n".join(lines), url=f"https://example.org/{name}")
        library.put([make_annotation(article, line) for line in lines])


def stored(library, mark):
    return next(
        each for each in library.article(mark.article_id).annotations() if each.id == mark.id
    )


def current(reader):
    lists = reader.app.screen.query(MarkList)
    marked = lists.first().current if lists else None
    return marked.annotation.id if marked else None


async def paste(reader, text: str):
    """Put a text into the input that has the focus, at once."""
    reader.app.screen.focused.value = text
    await reader.pilot.pause()


async def open_claims(reader, *keys: str):
    await reader.press("C")
    await reader.until(lambda: isinstance(reader.app.screen, ClaimsScreen))
    marks = reader.app.screen.query_one(MarkList)
    await reader.until(lambda: marks.current or "No marks" in reader.screen)
    await reader.press(*keys)


async def test_a_mark_that_others_link_to_has_the_sign_of_links_too(library, claims, visit):
    share, _, imports, silence = claims
    async with visit() as reader:
        await open_claims(reader)
        await reader.sees("Bo Counter  ⇄", "Ann Operator  ⇄")
        assert "open  ⇄" not in reader.screen
        add_link(library, share, Link("opposes", silence.id), now=imports.created)
        await reader.press("f5")
        await reader.sees("⇄  #press")


@pytest.mark.parametrize("size", SIZES)
async def test_all_marks_are_listed_under_their_articles(claims, visit, size):
    async with visit(size=size) as reader:
        await open_claims(reader)
        await reader.sees("4 marks", "The count", "Counted with imports", "Bo Counter")
        await reader.press("q")
        await reader.until(lambda: isinstance(reader.app.screen, LibraryScreen))


async def test_the_list_is_narrowed_as_one_types(claims, visit):
    async with visit() as reader:
        await open_claims(reader, "slash")
        await reader.type("wi")
        await reader.sees("2 marks")
        await paste(reader, "speaker:ann status:d")
        await reader.sees("1 mark", "Wind met 31 percent")
        assert "Counted with" not in reader.screen.split("│")[0]
        await reader.press("enter")
        await reader.sees("speaker:ann status:d", "1 mark ·")
        await reader.press("escape")
        await reader.sees("4 marks")


async def test_a_wrong_query_is_told_below_it_and_keeps_what_is_understood(claims, visit):
    async with visit() as reader:
        await open_claims(reader, "slash")
        await paste(reader, "kind:highlight colour:red")
        await reader.sees("Choose one of: tag:", "It was a record")
        assert "1 mark" in reader.screen


async def test_a_wrong_query_that_is_kept_says_what_is_left_out(claims, visit):
    async with visit(size=(60, 20)) as reader:
        await open_claims(reader, "slash")
        await paste(reader, "status:wrog")
        await reader.press("enter")
        await reader.sees("Unknown value “status:wrog”", "unverifiable", "This part is left out.")
        assert "4 marks" in reader.screen


async def test_a_query_that_nothing_matches_says_what_to_press(claims, visit):
    async with visit() as reader:
        await open_claims(reader, "slash")
        await paste(reader, "zebra")
        await reader.press("enter")
        await reader.sees("No marks match “zebra”. Press Esc to show all marks.")


async def test_an_empty_library_says_how_to_make_a_mark(keep, visit):
    keep(WIND)
    async with visit() as reader:
        await open_claims(reader)
        await reader.sees("No marks yet.", "marks it as a claim")


async def test_marks_are_grouped_and_sorted_with_the_cursor_on_its_mark(claims, visit):
    async with visit() as reader:
        await open_claims(reader, "j")
        before = current(reader)
        await reader.press("w", "s")
        await reader.sees("Ann Operator", "No speaker", "by speaker")
        assert current(reader) == before
        await reader.press("w", "u")
        await reader.sees("≠ Disputed", "○ Open", "Not a claim")
        await reader.press("greater_than_sign")
        await reader.sees("by status, newest first")
        await reader.press("less_than_sign")
        await reader.sees("by status, oldest first")
        await reader.press("q", "C")
        await reader.sees("by status, oldest first", "4 marks")


async def test_a_key_judges_and_the_row_stays_where_it_is(library, claims, visit):
    share, _, imports, silence = claims
    async with visit() as reader:
        await open_claims(reader, "w", "u")
        await reader.sees("Disputed")
        await reader.press(*"gdrjdsjds")
        await reader.until(lambda: stored(library, share).claim.status == "supported")
        assert stored(library, imports).claim.status == "refuted"
        assert stored(library, silence).claim.status == "supported"
        await reader.sees("✓ Wind met", "≠ Disputed", "✗ Counted with")
        await reader.press("u", "u", "u")
        await reader.until(lambda: stored(library, imports).claim.status == "open")
        await reader.sees("≠ Wind met", "○ Counted with")


async def test_the_palette_asks_for_a_status(library, claims, visit):
    async with visit() as reader:
        await open_claims(reader, "colon")
        await reader.sees("Commands")
        await paste(reader, "refuted")
        await reader.press("enter")
        await reader.sees("≠ Disputed")
        await reader.press("r")
        await reader.until(lambda: stored(library, claims[2]).claim.status == "refuted")


async def test_a_mark_that_no_longer_matches_says_so_and_stays(library, claims, visit):
    async with visit() as reader:
        await open_claims(reader, "slash")
        await paste(reader, "status:disputed")
        await reader.press("enter", "d", "s")
        await reader.sees("no longer matches", "✓ Wind met")
        await reader.press("f5")
        await reader.sees("No marks match")


async def test_selected_marks_are_changed_in_one_step(library, claims, visit):
    async with visit() as reader:
        await open_claims(reader, "V")
        await reader.sees("4 SELECTED")
        await reader.press("d", "c")
        await reader.until(lambda: "Checking: 4 marks" in reader.toasts)
        assert {stored(library, each).claim.status for each in claims} == {"checking"}
        await reader.press("d", "c")
        await reader.until(lambda: "Checking already." in reader.toasts)
        await reader.press("t")
        await reader.sees("Tags: 4 marks")
        await paste(reader, "grid")
        await reader.press("enter")
        await reader.until(lambda: stored(library, claims[0]).tags == ("energy", "grid"))
        await reader.press("u", "u")
        await reader.until(lambda: stored(library, claims[1]).claim is None)
        assert stored(library, claims[0]).tags == ("energy",)
        await reader.press("escape")
        await reader.until(lambda: "SELECTED" not in reader.screen)


async def test_selected_marks_go_to_their_new_group_at_once(claims, visit):
    async with visit() as reader:
        await open_claims(reader, "w", "s")
        await reader.sees("No speaker")
        await reader.press("V")
        await reader.sees("4 SELECTED")
        await reader.press("p")
        await reader.sees("Who said it: 4 marks")
        await paste(reader, "Cy Third")
        await reader.press("enter")
        await reader.sees("Cy Third")
        await reader.until(lambda: "No speaker" not in reader.screen)


async def test_a_list_is_waited_for_while_another_one_is_read(library, claims):
    shown: list[Listed] = []
    loader = ClaimsLoader(library, shown.append)
    first = asyncio.create_task(loader.list(ClaimsView()))
    await asyncio.sleep(0)
    await loader.list(ClaimsView().typed("is:unread"), ListPlace())  # as “select all” does
    assert shown[-1].listing.is_whole
    assert shown[-1].view.text == "is:unread"
    await first


async def test_the_cursor_stays_on_the_mark_that_it_was_moved_to_while_the_list_was_read(
    library, claims
):
    shown: list[Listed] = []
    loader = ClaimsLoader(library, shown.append)
    await loader.list(ClaimsView())
    numbers = shown[-1].listing.numbers
    await loader.list(ClaimsView(), ListPlace(numbers[1], row=1))
    assert shown[-1].row_for(numbers[1]) == 1
    assert shown[-1].row_for(numbers[3]) == 3
    assert shown[-1].row_for(max(numbers) + 1) == 1  # it is not listed any more


async def test_a_long_list_is_shown_in_two_parts(library, long_list):
    shown: list[Listed] = []
    await ClaimsLoader(library, shown.append).list(ClaimsView())
    assert [len(listed.listing.numbers) for listed in shown] == [120, 180]
    assert [listed.continues for listed in shown] == [False, True]


async def test_the_rest_of_a_long_list_is_dropped_once_another_one_is_wanted(library, long_list):
    shown: list[Listed] = []
    later: list[asyncio.Task] = []

    def show(listed: Listed) -> None:
        if not shown:
            wish = loader.list(ClaimsView().typed("is:read"))
            later.append(asyncio.create_task(wish))
        shown.append(listed)

    loader = ClaimsLoader(library, show)
    await loader.list(ClaimsView())
    await later[0]
    assert [listed.view.text for listed in shown] == ["", "is:read"]


async def test_marks_far_below_are_judged_and_deleted_with_the_others(library, keep, visit):
    words = [f"Claim {number} of many." for number in range(400)]
    article = keep("\n\n".join(words))
    library.put([make_annotation(article, each) for each in words])
    async with visit() as reader:
        await open_claims(reader, "V", "d", "s")
        await reader.until(lambda: "Supported: 400 marks" in reader.toasts)
        await reader.press("G")
        await reader.sees("✓ Claim 399 of many.", "supported")
        await reader.press("x")
        await reader.sees("No marks yet.")


async def test_a_speaker_is_completed_from_the_library(library, claims, visit):
    silence = claims[3]
    async with visit() as reader:
        await open_claims(reader, "j", "p")
        await reader.sees("Who said it", "Ann Operator")
        await paste(reader, "ann")
        await reader.sees("new")
        await reader.press("down", "enter")
        await reader.until(lambda: stored(library, silence).claim)
        assert stored(library, silence).claim.speaker == "Ann Operator"


async def test_kind_note_and_fields_are_edited_in_place(library, claims, visit):
    imports = claims[2]
    async with visit() as reader:
        await open_claims(reader, "2")
        await reader.until(lambda: stored(library, imports).kind == "evidence")
        await reader.press("a")
        await reader.sees("Note")
        await reader.type("seen")
        await reader.press("ctrl+s")
        await reader.until(lambda: stored(library, imports).note == "seen")
        await reader.press("e")
        await reader.sees("Statement")
        await paste(reader, "less")
        await reader.press("enter")
        await reader.until(lambda: stored(library, imports).claim.statement == "less")


async def test_a_deleted_mark_leaves_the_list_and_comes_back(library, claims, visit):
    async with visit() as reader:
        await open_claims(reader, "x")
        await reader.sees("3 marks", "1 of 3")
        assert current(reader) == claims[3].id
        await reader.press("u")
        await reader.sees("4 marks")
        assert len(library.article(claims[2].article_id).annotations()) == 2


async def test_enter_opens_the_article_at_the_mark_and_q_returns_to_the_row(claims, visit):
    async with visit() as reader:
        await open_claims(reader, "j", "j", "enter")
        await reader.until(lambda: isinstance(reader.app.screen, ReaderScreen))
        await reader.sees("A windy winter")
        await reader.press("q")
        await reader.until(lambda: isinstance(reader.app.screen, ClaimsScreen))
        await reader.sees("3 of 4")
        assert current(reader) == claims[0].id


async def test_the_reader_opens_the_list_at_its_mark(library, claims, keep, visit):
    wind = library.article(claims[0].article_id).extraction().article
    async with visit(wind) as reader:
        await reader.press("right_square_bracket", "right_square_bracket", "C")
        await reader.until(lambda: isinstance(reader.app.screen, ClaimsScreen))
        await reader.until(lambda: current(reader) == claims[1].id)


async def test_the_details_show_the_paragraph_and_what_opposes_the_claim(claims, visit):
    async with visit() as reader:
        await open_claims(reader, "j", "j")
        await reader.sees("Ask for the method.", "Opposed by", "Counted with imports")
        await reader.press("tab", "j", "j", "enter")
        await reader.until(lambda: isinstance(reader.app.screen, ReaderScreen))
        await reader.sees("The count")


async def test_marks_of_the_same_claim_tell_their_number(library, claims, visit):
    share, _, imports, silence = claims
    for mark, other in ((share, imports), (silence, share)):
        add_link(library, stored(library, mark), Link("same-as", other.id), now=MOMENT)
    async with visit() as reader:
        await open_claims(reader)
        await reader.until(lambda: reader.screen.count("in 3 places") == 3)


async def test_tab_shows_the_details_in_place_of_the_list_on_a_narrow_screen(claims, visit):
    async with visit(size=(60, 20)) as reader:
        await open_claims(reader, "j", "j")
        assert "Ask for the method." not in reader.screen
        await reader.press("tab")
        await reader.sees("Ask for the method.", "Opposed by")
        await reader.press("q")
        await reader.until(lambda: "Opposed by" not in reader.screen)
        assert reader.app.screen.marks.index == 2
        await reader.until(lambda: "Opposed by" not in reader.screen)


async def test_what_a_speaker_said_that_is_disputed_is_four_keys_away(claims, visit):
    async with visit() as reader:
        await open_claims(reader, "apostrophe")
        await reader.sees("Find")
        await reader.until(lambda: True)
        await paste(reader, "ann")
        await reader.sees("Ann Operator, disputed")
        await reader.press("down", "enter")
        await reader.sees('speaker:"Ann Operator" status:disputed', "1 mark", "Opposed by")


async def test_a_query_is_saved_with_a_name_and_found_again(library, claims, visit):
    async with visit() as reader:
        await open_claims(reader, "slash")
        await paste(reader, "tag:press status:ope")
        await reader.press("enter", "m")
        await reader.sees("Save this query", "tag:press status:open", "A name for it")
        await paste(reader, "silence")
        await reader.press("enter")
        await reader.until(lambda: "Saved as “silence”" in reader.toasts)
        await reader.press("escape", "apostrophe")
        await reader.sees("silence")
        await reader.press("enter")
        await reader.sees("tag:press status:open", "1 mark")
        await reader.press("apostrophe", "ctrl+x", "escape", "apostrophe")
        await reader.sees("Find")
        assert not saved_queries(library)


async def test_changes_by_other_programs_appear(library, claims, keep, visit):
    async with visit() as reader:
        await open_claims(reader)
        await reader.sees("4 marks")
        other = keep("Hydro met the rest.", title="The rest", url="https://example.org/r", days=2)
        library.put((make_annotation(other, "Hydro met the rest."),))
        await reader.until(lambda: "5 marks" in reader.screen)
        assert current(reader) == claims[2].id


async def test_a_click_selects_a_row(claims, visit):
    async with visit() as reader:
        await open_claims(reader)
        await reader.pilot.click(MarkList, offset=(10, 3))
        await reader.until(lambda: current(reader) == claims[3].id)
        await reader.sees("Marked")
        await reader.pilot.click(DetailsPane, offset=(5, 4))
        await reader.sees("Enter Follow", "Tab Back")
        await reader.press("q")
        await reader.sees("Enter Read")
        assert isinstance(reader.app.screen, ClaimsScreen)


@pytest.mark.parametrize("reloads", [(), ("f5",)])
@pytest.mark.parametrize(
    ("query", "keys", "speaker"),
    [("-has:speaker", ("p",), "Eve"), ("status:supported", ("d", "d"), "")],
)
async def test_undo_brings_all_marks_back_into_a_filtered_list(
    library, keep, visit, query, keys, speaker, reloads
):
    for place in range(6):
        words = [f"Claim {number} of article {place}." for number in range(3)]
        article = keep("\n\n".join(words), url=f"https://example.org/{place}")
        claim = Claim(status="supported")
        library.put([make_annotation(article, quote, claim=claim) for quote in words])
    async with visit() as reader:
        await open_claims(reader, "slash")
        await paste(reader, query)
        await reader.press("enter")
        await reader.sees(f"{query}  ", "18 marks")
        await reader.press("V", *keys)
        if speaker:
            await reader.sees("Who said it")
            await paste(reader, speaker)
            await reader.press("enter")
        await reader.until(lambda: ": 18 marks." in reader.toasts)
        if reloads:
            await reader.press(*reloads)
            await reader.sees("No marks match")
        await reader.press("u")
        await reader.sees("18 marks", "Claim 0 of article 5.")
        await reader.until(lambda: "no longer matches" not in reader.screen)
        assert len(reader.app.screen.query_one(MarkList).listing.numbers) == 18


async def test_escape_clears_the_filter_then_leaves_the_list(claims, visit):
    async with visit() as reader:
        await reader.press("C", "slash")
        await reader.type("costs")
        await reader.press("enter", "escape")
        await reader.until(lambda: not reader.app.screen._view.is_filtered)
        await reader.press("escape")
        await reader.until(lambda: isinstance(reader.app.screen, LibraryScreen))


async def test_a_digest_of_what_is_listed_is_exported(library, claims, visit, tmp_path):
    async with visit() as reader:
        await open_claims(reader, "slash")
        await paste(reader, "speaker:operator")
        await reader.press("enter", "E")
        await reader.sees("Export 1 mark", "Folder", "Name", "Groups")
        assert "Format" not in reader.screen
        await paste(reader, str(tmp_path / "vault"))
        await reader.press("enter")
        await reader.until(lambda: "speaker" in reader.toasts)
        (note,) = (tmp_path / "vault").glob("*.md")
        text = note.read_text("utf8")
        assert "Wind met 31 percent" in text
        assert "It was a record" not in text


async def test_a_digest_of_the_selected_marks_is_exported(library, claims, visit, tmp_path):
    async with visit() as reader:
        await open_claims(reader, "v", "v", "E")
        await reader.sees("Export 2 marks", "Chosen marks")
        await paste(reader, str(tmp_path / "vault"))
        await reader.press("enter")
        await reader.until(lambda: list((tmp_path / "vault").glob("Chosen marks.md")))
        text = (tmp_path / "vault" / "Chosen marks.md").read_text("utf8")
        assert "Counted with imports" in text
        assert "Nobody had asked" in text
        assert "It was a record" not in text


async def test_nothing_is_exported_of_an_empty_list(library, claims, visit):
    async with visit() as reader:
        await open_claims(reader, "slash")
        await paste(reader, "zebras")
        await reader.press("enter", "E")
        await reader.until(lambda: "no marks are listed" in reader.toasts)


async def test_the_filter_and_the_grouping_are_there_again_after_the_screen_was_left(claims, visit):
    async with visit() as reader:
        await open_claims(reader, "w", "s", "/")
        await paste(reader, "status:disputed")
        await reader.press("enter", "q")
        await reader.until(lambda: isinstance(reader.app.screen, LibraryScreen))
        await open_claims(reader)
        await reader.sees("Marks  status:disputed", "1 mark · by speaker")


async def test_claims_are_the_first_view_of_the_marks(claims, visit):
    async with visit() as reader:
        await open_claims(reader)
        await reader.sees("Marks", "4 marks")
        await reader.press("apostrophe")
        await reader.sees("Open claims")
        await reader.press("enter")
        await reader.sees("has:claim", "3 marks")


async def test_a_judged_claim_has_its_status_again_when_it_is_a_claim_again(library, claims, visit):
    share = claims[0]
    async with visit() as reader:
        await open_claims(reader, "/")
        await paste(reader, "speaker:ann")
        await reader.press("enter", "2")
        await reader.sees("Evidence, without a status.")
        evidence = stored(library, share)
        assert (evidence.kind, evidence.status) == ("evidence", None)
        await reader.press("1")
        await reader.until(lambda: stored(library, share).status == "disputed")
        assert stored(library, share).claim.speaker == "Ann Operator"


async def test_evidence_that_is_judged_becomes_a_claim(library, claims, visit):
    record = claims[1]
    async with visit() as reader:
        await open_claims(reader, "/")
        await paste(reader, "kind:highlight")
        await reader.press("enter", "d", "r")
        await reader.sees("Refuted: the highlight is a claim now.")
        judged = stored(library, record)
        assert (judged.kind, judged.status) == ("claim", "refuted")


async def test_the_details_say_who_else_made_a_mark_and_the_list_is_grouped_by_them(
    claims, library, visit
):
    share, _, imports, _ = claims
    library.ask_author(lambda: "Ann")
    library.put((replace(share, id="01aa", author="Ann"), replace(imports, id="01ab", author="Bo")))
    async with visit(size=SIZES[1]) as reader:
        await open_claims(reader, "w", "b", "slash")
        await paste(reader, "by:bo")
        await reader.press("enter")
        await reader.sees("1 mark", "2026 by Bo")
        await reader.press("slash")
        await paste(reader, "by:ann")
        await reader.press("enter")
        await reader.sees("Marks  by:ann", "1 mark", "Wind met 31 percent")
        assert " by Ann" not in reader.screen
