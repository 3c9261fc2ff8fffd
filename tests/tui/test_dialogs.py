"""Dialogs and lists by themselves: keys that move, choose, save and cancel."""

import asyncio
import time
from datetime import date
from pathlib import Path

import pytest
from textual.app import App

from annotator.model import Claim
from annotator.settings import Settings
from annotator.store import Library, SpeakerUse
from annotator.tui.dialogs.claim_form import ClaimForm, NoteEditor
from annotator.tui.dialogs.command_palette import CommandPalette, command_row
from annotator.tui.dialogs.details import DetailsDialog
from annotator.tui.dialogs.export import ExportChoice, ExportDialog, ExportProgress
from annotator.tui.dialogs.help import HelpScreen
from annotator.tui.dialogs.link_picker import LinkPicker
from annotator.tui.dialogs.tag_picker import NamePicker, TagPicker
from annotator.tui.keys.groups import keys_of
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.rows import Heading, Remark
from annotator.tui.theming import variables
from annotator.tui.widgets.fields import Cycle
from annotator.usecases.articles.tagging import TagUse
from builders import MOMENT
from viewing import text_of
from waiting import PATIENCE

KEYMAP = Keymap()


class Asking(App):
    """Asks one question and keeps the answer."""

    def __init__(self, dialog) -> None:
        super().__init__()
        self.dialog = dialog
        self.answers = []

    def get_theme_variable_defaults(self):
        return variables(self.current_theme)

    def on_mount(self) -> None:
        self.push_screen(self.dialog, self.answers.append)


async def answers(dialog, *keys, size=(80, 24)):
    app = Asking(dialog)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
    return app.answers


async def test_every_dialog_can_be_left_by_escape_and_by_a_second_key(tmp_path):
    def dialogs():
        return (
            TagPicker(KEYMAP, "Tags", ()),
            NoteEditor(KEYMAP, "words", ""),
            ClaimForm(KEYMAP, "words", None),
            LinkPicker(KEYMAP, {}, "words", lambda _typed: ()),
            CommandPalette(KEYMAP, []),
            HelpScreen(KEYMAP, ()),
            DetailsDialog(KEYMAP, "Card", [("a", "b")]),
            ExportDialog(KEYMAP, [1], tmp_path),
        )

    for key in ("escape", "ctrl+g"):
        for dialog in dialogs():
            assert await answers(dialog, key) == [None]


async def test_the_arrows_move_in_the_list_during_typing():
    commands = [command_row(str(n), f"Command {n}") for n in range(60)]
    assert await answers(CommandPalette(KEYMAP, commands), "down", "down", "up", "enter") == ["1"]
    (far,) = await answers(CommandPalette(KEYMAP, commands), "pagedown", "enter")
    assert int(far) > 5
    assert await answers(CommandPalette(KEYMAP, commands), "pagedown", "pageup", "enter") == ["0"]
    assert await answers(CommandPalette(KEYMAP, commands), "x", "y", "z", "enter") == []


async def test_a_command_is_found_with_a_hyphen_or_a_space():
    for between in ("space", "minus"):
        keys = [*"high", between, *"con", "enter"]
        palette = CommandPalette(
            KEYMAP, [command_row("other", "Other"), command_row("theme", "A high-contrast")]
        )
        assert await answers(palette, *keys) == ["theme"]


async def test_comma_and_tab_select_a_tag_or_deselect_it():
    picker = TagPicker(KEYMAP, "Tags", ("old",))
    assert await answers(picker, "n", "e", "w", "comma", "o", "l", "d", "tab", "enter") == [
        ("new",)
    ]


async def test_typing_a_tag_that_is_set_already_keeps_it():
    picker = TagPicker(KEYMAP, "Tags", ("old",))
    picker.offer([TagUse("old", 1, MOMENT), TagUse("older", 1, MOMENT)])
    assert await answers(picker, "o", "l", "d", "enter") == [("old",)]


async def test_what_is_typed_is_the_tag_and_a_longer_one_is_chosen_with_the_arrows():
    def picker():
        made = TagPicker(KEYMAP, "Tags", ())
        made.offer([TagUse("lawsuit", 3, MOMENT), TagUse("uk/economy", 2, MOMENT)])
        return made

    assert await answers(picker(), *"law", "enter") == [("law",)]
    assert await answers(picker(), *"econ", "enter") == [("econ",)]
    assert await answers(picker(), *"law", "comma", "enter") == [("law",)]
    assert await answers(picker(), *"law", "down", "enter") == [("lawsuit",)]
    assert await answers(picker(), *"econ", "down", "tab", "enter") == [("uk/economy",)]
    assert await answers(picker(), *"Lawsuit", "enter") == [("lawsuit",)]
    assert await answers(picker(), *"law", "right", "enter") == [("lawsuit",)]
    assert await answers(picker(), *"econ", "right", "enter") == [("uk/economy",)]
    assert await answers(picker(), *"new", "right", "enter") == [("new",)]


async def test_a_form_completes_speakers_that_were_offered_before_it_was_drawn():
    form = ClaimForm(KEYMAP, "words", None)
    form.offer([SpeakerUse("Yann LeCun", 1, "yann lecun")])
    (claim,) = await answers(form, "tab", "Y", "right", "enter")
    assert claim.speaker == "Yann LeCun"


async def test_the_right_arrow_completes_a_name_and_enter_takes_what_was_typed():
    def picker():
        made = NamePicker(KEYMAP, "Who said it", authors=("Ann Author",))
        made.offer([SpeakerUse("Çelik Nimani", 1, "çelik nimani")])
        return made

    assert await answers(picker(), "Ç", "enter") == ["Ç"]
    assert await answers(picker(), "Ç", "right", "enter") == ["Çelik Nimani"]
    assert await answers(picker(), *"aut", "right", "enter") == ["Ann Author"]


async def test_enter_saves_a_claim_from_each_of_its_fields():
    for field in range(7):
        tabs = ["tab"] * field
        form = ClaimForm(KEYMAP, "words", Claim("It fell"))
        assert await answers(form, *tabs, "enter") == [Claim("It fell")], field


async def test_a_claim_that_is_not_changed_comes_back_as_it_was():
    claim = Claim(
        statement="It fell",
        speaker="The mayor",
        said_on="2024-05-12",
        type="statistic",
        status="disputed",
        confidence="low",
        verdict="No.",
    )
    assert await answers(ClaimForm(KEYMAP, "words", claim), "ctrl+o") == [claim]


async def test_a_speaker_is_completed_by_the_right_arrow_and_never_by_enter():
    def form():
        return ClaimForm(KEYMAP, "words", None)

    async def spoken(*keys):
        app = Asking(form())
        async with app.run_test() as pilot:
            await pilot.pause()
            app.dialog.offer([SpeakerUse("Xi Jinping", 3, "xi jinping")])
            await pilot.press("tab", *keys)
            await pilot.pause()
        return app.answers[0].speaker

    assert await spoken(*"xi", "enter") == "xi"
    assert await spoken(*"xi", "right", "enter") == "Xi Jinping"
    assert await spoken(*"jin", "right", "enter") == "Xi Jinping"
    assert await spoken(*"ann", "right", "enter") == "ann"


async def test_a_speaker_typed_before_the_names_are_read_is_completed_once_they_are():
    app = Asking(ClaimForm(KEYMAP, "words", None))
    async with app.run_test() as pilot:
        await pilot.press("tab", *"jin")
        await pilot.pause()
        assert "→ Xi Jinping" not in text_of(app)
        app.dialog.offer([SpeakerUse("Xi Jinping", 3, "xi jinping")])
        await pilot.pause()
        assert "jin  → Xi Jinping" in text_of(app)


async def test_the_date_of_the_article_is_filled_in_by_the_right_arrow_only():
    def form():
        return ClaimForm(KEYMAP, "words", None, published="2024-05-12T10:00:00Z")

    (filled,) = await answers(form(), "tab", "tab", "right", "enter")
    assert filled.said_on == "2024-05-12"
    (empty,) = await answers(form(), "tab", "tab", "enter")
    assert empty.said_on == ""
    async with (app := Asking(form())).run_test() as pilot:
        await pilot.pause()
        assert "→ 2024-05-12, the article’s date" in text_of(app)


async def test_a_form_stays_open_while_its_date_is_none_and_says_what_to_write():
    app = Asking(ClaimForm(KEYMAP, "words", None))
    async with app.run_test(notifications=True) as pilot:
        await pilot.pause()
        await pilot.press("tab", "tab", *"3/5/2024", "shift+tab", "enter")
        await pilot.pause()
        assert [each.message for each in app._notifications] == [
            "“3/5/2024” could be two dates.\nWrite 2024-03-05 or 2024-05-03."
        ]
        assert app.focused.id == "said-on"
        await pilot.press("ctrl+u", *"12", "space", *"May", "space", *"2024", "enter")
        await pilot.pause()
    assert [each.said_on for each in app.answers] == ["2024-05-12"]


async def test_a_date_in_the_future_is_kept_when_enter_is_pressed_again():
    def form():
        return ClaimForm(KEYMAP, "words", None, today=date(2024, 5, 12))

    future = ("tab", "tab", *"2024-05-13", "enter")
    assert await answers(form(), *future) == []
    (kept,) = await answers(form(), *future, "enter")
    assert kept.said_on == "2024-05-13"


async def test_a_stored_date_that_is_none_does_not_keep_other_details_from_being_saved():
    old = Claim(said_on="last week")
    (saved,) = await answers(ClaimForm(KEYMAP, "words", old), "tab", *"Ann", "enter")
    assert saved == Claim(speaker="Ann", said_on="last week")


async def test_an_empty_folder_is_not_accepted(tmp_path):
    assert await answers(ExportDialog(KEYMAP, [1, 1], tmp_path), "tab", "ctrl+u", "enter") == []
    [choice] = await answers(ExportDialog(KEYMAP, [1, 1], tmp_path), "enter")
    assert choice == ExportChoice("markdown", tmp_path, name="All marks")


async def test_articles_without_marks_and_the_removal_of_deleted_marks_are_chosen(tmp_path):
    keys = ("tab", "tab", "right", "tab", "right", "enter")
    [choice] = await answers(ExportDialog(KEYMAP, [1, 1], tmp_path), *keys)
    assert (choice.has_unmarked, choice.prunes) == (True, True)


async def test_the_export_says_what_it_will_write():
    app = Asking(ExportDialog(KEYMAP, [9, 1, 2, *[0] * 28], Path("/vault")))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "3 of 31: 28 have no marks. A file for each" in text_of(app)
        await pilot.press("tab", "tab", "right")
        await pilot.pause()
        assert "have no marks" not in text_of(app)
        await pilot.press("shift+tab", "shift+tab", "right")
        await pilot.pause()
        assert "12 marks of 3 articles. One note" in text_of(app)


async def test_the_program_and_the_whole_text_are_chosen(tmp_path):
    keys = ("tab", "tab", "tab", "tab", "left", "tab", "right", "tab", "right", "enter")
    [choice] = await answers(ExportDialog(KEYMAP, [1, 1], tmp_path), *keys)
    assert (choice.preset, choice.has_text, choice.is_automatic) == ("plain", True, True)
    without_texts = Settings(export_preset="logseq")
    dialog = ExportDialog(KEYMAP, [1, 1], tmp_path, without_texts)
    [choice] = await answers(dialog, *("tab",) * 6, "right", "enter")
    assert (choice.preset, choice.has_text, choice.format_name) == ("logseq", False, "digest")


async def test_a_digest_has_a_name_and_groups_and_other_formats_a_file(tmp_path):
    keys = ("right", "tab", "tab", "ctrl+u", "A", "tab", "right", "enter")
    [choice] = await answers(ExportDialog(KEYMAP, [1, 1], tmp_path), *keys)
    assert choice == ExportChoice("digest", tmp_path, name="A", grouping="speaker")
    dialog = ExportDialog(KEYMAP, [1, 1], tmp_path)
    [choice] = await answers(dialog, "right", "right", "right", "enter")
    assert choice == ExportChoice("json", tmp_path / "annotator.json", False, name="All marks")
    [choice] = await answers(
        ExportDialog(KEYMAP, [1, 1], tmp_path), "left", "left", "tab", "end", "x", "enter"
    )
    assert (choice.format_name, choice.target.name) == ("txt", "annotator.txtx")


async def test_an_export_of_many_can_be_stopped():
    def run(note):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            note(1, 60)

    app = Asking(ExportProgress(KEYMAP, 60, run))
    async with app.run_test() as pilot:
        await pilot.press("escape")
        async with asyncio.timeout(PATIENCE):
            while not app.answers:
                await pilot.pause(0.01)
    assert app.answers == [None]


async def test_the_details_return_the_key_that_was_pressed():
    fields = [(f"Field {n}", "words") for n in range(60)]
    assert await answers(
        DetailsDialog(KEYMAP, "Card", fields, keys_of("mark")), "j", "space", "t"
    ) == ["mark.tags"]


async def test_the_keys_of_a_dialog_are_visible_on_a_small_screen():
    dialogs = (
        NoteEditor(KEYMAP, "words " * 60, ""),
        ClaimForm(KEYMAP, "words " * 60, None),
        HelpScreen(KEYMAP, ("reader",)),
        DetailsDialog(KEYMAP, "Card", [("Note", "words " * 600)], []),
    )
    for dialog in dialogs:
        async with Asking(dialog).run_test(size=(60, 20)) as pilot:
            await pilot.pause()
            frame, hints = dialog.query_one("#frame"), dialog.query_one("#dialog-hints")
            assert frame.content_region.contains_region(hints.region)


async def test_a_dialog_is_no_higher_than_what_it_shows_of_a_long_list():
    commands = [command_row(str(n), f"Command {n}") for n in range(60)]
    picker = TagPicker(KEYMAP, "Tags", ())
    picker.rows = lambda _: commands
    for dialog in (CommandPalette(KEYMAP, commands), picker):
        async with Asking(dialog).run_test(size=(80, 30)) as pilot:
            await pilot.pause()
            frame, hints = dialog.query_one("#frame"), dialog.query_one("#dialog-hints")
            assert frame.content_region.bottom == hints.region.bottom


async def test_hints_of_a_dialog_break_only_between_keys():
    card = DetailsDialog(KEYMAP, "Card", [("Note", "words")], keys_of("mark"))
    async with Asking(card).run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        said = str(card.query_one("#dialog-hints").render())
        pairs = [pair for line in said.split("\n") for pair in line.split("  ")]
        assert len(said.split("\n")) == 3
        assert all(len(pair.split(" ", 1)) == 2 for pair in pairs)


async def test_a_note_without_changes_is_cancelled_at_once():
    assert await answers(NoteEditor(KEYMAP, "words", "a note"), "escape") == [None]
    assert await answers(NoteEditor(KEYMAP, "words", "a note"), "!", "ctrl+o") == ["a note!"]


async def test_changes_are_discarded_by_a_second_escape_if_nothing_was_typed_between():
    def dialogs():
        return NoteEditor(KEYMAP, "words", "a note"), ClaimForm(KEYMAP, "words", None)

    for dialog in dialogs():
        assert await answers(dialog, "x", "escape") == []
    for dialog in dialogs():
        assert await answers(dialog, "x", "escape", "y", "escape") == []
    for dialog in dialogs():
        assert await answers(dialog, "x", "escape", "escape") == [None]
    assert await answers(ClaimForm(KEYMAP, "words", None), "x", "backspace", "escape") == [None]


@pytest.fixture
def texts(tmp_path):
    return Library.open(tmp_path / "library", state=tmp_path / "state").typed_texts


async def ended_with(dialog, *keys):
    """Type in a dialog, and end the program as a signal does."""
    app = Asking(dialog)
    async with app.run_test() as pilot:
        await pilot.press(*keys)
        dialog.keep_typed()


async def test_a_note_that_was_typed_before_is_put_behind_one_that_was_written_since(texts):
    await ended_with(NoteEditor(KEYMAP, "words", "a note").resuming(texts, "m1"), "!")
    for note, shown in (("a note", "a note!"), ("two", "two\n\na note!")):
        resumed = NoteEditor(KEYMAP, "words", note).resuming(texts, "m1")
        async with Asking(resumed).run_test():
            assert resumed.current() == shown
    assert await answers(NoteEditor(KEYMAP, "words", "").resuming(texts, "m2"), "escape") == [None]
    resumed = NoteEditor(KEYMAP, "words", "a note").resuming(texts, "m1")
    assert await answers(resumed, "ctrl+o") == ["a note!"]
    assert texts.all() == ()


async def test_tags_and_a_name_that_were_typed_before_are_there_again(texts):
    def pickers():
        yield TagPicker(KEYMAP, "Tags", ["old"]).resuming(texts, "m1")
        yield NamePicker(KEYMAP, "Name").resuming(texts, "m1")

    for picker in pickers():
        await ended_with(picker, "a", ",", "b")
    tags, name = pickers()
    assert await answers(tags, "enter") == [("old", "a", "b")]
    assert await answers(name, "enter") == ["a,b"]
    assert texts.all() == ()


async def test_nothing_is_kept_of_a_dialog_that_was_not_typed_in(texts):
    for dialog in (
        NoteEditor(KEYMAP, "words", "a note"),
        ClaimForm(KEYMAP, "words", None),
        TagPicker(KEYMAP, "Tags", ["old"]),
    ):
        await ended_with(dialog.resuming(texts, "m1"))
    assert texts.all() == ()


async def test_what_was_kept_is_forgotten_once_it_was_deleted(texts):
    await ended_with(NoteEditor(KEYMAP, "words", "").resuming(texts, "m1"), "a", "b")
    await ended_with(NoteEditor(KEYMAP, "words", "").resuming(texts, "m1"), *["backspace"] * 2)
    assert texts.all() == ()


async def test_a_note_stays_if_no_editor_can_be_opened():
    app = Asking(NoteEditor(KEYMAP, "words", "a note"))
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("ctrl+t")
        await pilot.pause()
        assert [each.message for each in app._notifications] == ["An editor can’t be opened here."]
        await pilot.press("ctrl+o")
        await pilot.pause()
    assert app.answers == ["a note"]


async def test_a_cycle_wraps_around_shows_its_value_and_takes_clicks():
    choice = Cycle(("one", "two", "three"), "three")

    class Choosing(App):
        def compose(self):
            yield choice

    async with Choosing().run_test(size=(12, 5)) as pilot:
        choice.focus()
        choice.styles.height = 1
        await pilot.pause()
        assert "three" in choice.render_line(0).text
        await pilot.press("right")
        assert choice.value == "one"
        assert choice.render_line(0).text.startswith(" one  two ›")
        await pilot.click(choice, offset=(6, 0))
        assert choice.value == "two"
        await pilot.press("left", "left")
        assert choice.value == "three"


async def test_a_cycle_says_on_which_side_there_are_more_options():
    options = ("supports", "opposes", "says the same as", "gives context to")
    choice = Cycle(options, "says the same as")
    app = App()
    async with app.run_test(size=(24, 5)) as pilot:
        await app.mount(choice)
        await pilot.pause()
        assert choice.render_line(0).text.rstrip() == "‹ says the same as ›"
        await pilot.click(choice, offset=(3, 0))
        assert choice.value == "says the same as"
        choice.action_choose(1)
        assert choice.render_line(0).text.rstrip() == "‹ gives context to"
        choice.action_choose(1)
        assert choice.render_line(0).text.rstrip() == " supports  opposes ›"


class OneList(App):
    """Shows one list and keeps what was chosen from it."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen = []

    def get_theme_variable_defaults(self):
        return variables(self.current_theme)

    def compose(self):
        yield Listing(KEYMAP)

    def on_listing_chosen(self, event) -> None:
        self.chosen.append(event.key)


ROWS = [Heading("All"), *(Remark(f"row {n}", key=str(n)) for n in range(50))]


async def test_a_list_moves_by_rows_by_pages_and_to_its_ends():
    app = OneList()
    async with app.run_test(size=(30, 10)) as pilot:
        listing = app.query_one(Listing)
        listing.show(ROWS)
        listing.focus()
        keys = {"down": "1", "G": "49", "g": "0", "space": "9", "b": "0", "end": "49", "up": "48"}
        for key, row in keys.items():
            await pilot.press(key)
            assert listing.key == row, key
        await pilot.press("enter")
        assert app.chosen == ["48"]


async def test_a_list_keeps_its_row_when_its_rows_change():
    async with OneList().run_test(size=(30, 10)) as pilot:
        listing = pilot.app.query_one(Listing)
        for shown, at, row in (
            (ROWS, "48", "48"),
            (ROWS[20:], None, "48"),
            (ROWS[:3], None, "1"),
            (ROWS, "nowhere", "0"),
        ):
            listing.show(shown, at=at)
            assert listing.key == row


async def test_a_list_takes_clicks_and_may_have_nothing_to_choose():
    app = OneList()
    async with app.run_test(size=(30, 10)) as pilot:
        listing = app.query_one(Listing)
        listing.focus()
        listing.show([Heading("Nothing")])
        await pilot.press("enter", "down", "G", "space")
        await pilot.click(listing, offset=(2, 1))
        assert (listing.key, app.chosen) == ("", [])
        listing.show(ROWS)
        await pilot.click(listing, offset=(2, 3))
        await pilot.pause()
        assert app.chosen == ["1"]
