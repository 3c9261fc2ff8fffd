"""The help, found by typing, and the commands of vim in the palette."""

import pytest

from annotator.tui.dialogs.help import HelpScreen, card_rows, help_rows
from annotator.tui.keys.groups import FOOTERS
from annotator.tui.keys.keymap import Keymap
from annotator.tui.library.screen import LibraryScreen
from annotator.tui.reader.screen import ReaderScreen

LONG = "\n\n".join(f"Paragraph {number} says there were {number}." for number in range(80))


def found(typed: str, width: int = 70, *, has_ids: bool = True) -> list[str]:
    keymap, places = Keymap({"mark.note": ("ctrl+e",)}), ("sentence", "mark")
    rows = help_rows(keymap, places, (), typed=typed, has_ids=has_ids)
    return [
        " ".join("".join(text for text, _ in line).split()) for r in rows for line in r.lines(width)
    ]


def test_the_help_begins_with_the_place_one_is_in():
    assert found("")[0] == "Sentence mode (s)"
    assert found("")[1].startswith("j ↓ Next sentence sentence.down")


def test_words_keys_and_ids_find_a_key():
    assert "Ctrl+E Edit note mark.note" in found("edit note")
    assert "Ctrl+E Edit note mark.note" in found("mark.note")
    assert "Ctrl+E Edit note mark.note" in found("ctrl+e")
    assert found("no such thing") == []


def test_ids_are_found_by_typing_also_if_they_are_not_shown():
    assert found("mark.note", has_ids=False)[1:] == ["Ctrl+E Edit note"]


def test_what_only_the_palette_has_says_so():
    assert "palette Write a report of a bad page" in found("report", has_ids=False)


@pytest.mark.parametrize("footer", FOOTERS)
def test_a_card_has_few_keys_the_way_out_among_them(footer):
    rows = [
        "".join(text for text, _ in line).strip()
        for row in card_rows(Keymap(), footer)
        for line in row.lines(53)
    ]
    assert 2 <= len(rows) <= 12
    assert rows[-2].startswith(":")


def test_signs_are_explained():
    assert found("statuses disputed") == ["Statuses of claims", "≠ disputed"]
    assert "⇄ a mark with links ends here" in found("links")


def test_in_a_narrow_frame_the_id_has_a_line_of_its_own():
    assert found("mark.note", 50)[1:] == ["Ctrl+E Edit note", "mark.note"]


async def test_the_help_of_the_reader_follows_its_mode_and_is_narrowed_by_typing(keep, visit):
    async with visit(keep()) as reader:
        await reader.press("c", "question_mark", "question_mark")
        await reader.sees("Caret mode (c)")
        await reader.press("slash")
        await reader.type("bottom")
        await reader.until(lambda: "Caret mode" not in reader.screen)
        await reader.press("escape")
        await reader.sees("Caret mode (c)")
        assert isinstance(reader.app.screen, HelpScreen)
        await reader.press("escape")
        await reader.until(lambda: isinstance(reader.app.screen, ReaderScreen))


async def test_the_help_has_a_card_then_all_keys_then_their_ids(keep, visit):
    async with visit(keep(), size=(60, 20)) as reader:
        await reader.press("s", "question_mark")
        await reader.sees(
            "Mark as a claim", "Edit tags", "Every command, by its name", "? all keys"
        )
        assert "Page down" not in reader.screen
        await reader.press("question_mark")
        await reader.sees("Sentence mode (s)", "Page down", "? ids")
        assert "sentence.down" not in reader.screen
        await reader.press("question_mark")
        await reader.sees("sentence.down", "? hide the ids")
        await reader.press("question_mark")
        await reader.until(lambda: "sentence.down" not in reader.screen)
        await reader.press("q")
        await reader.sees("SENTENCE", "Enter Claim")


async def test_find_in_the_card_finds_among_all_keys(keep, visit):
    keep()
    async with visit() as reader:
        await reader.press("question_mark", "slash")
        await reader.type("check-worthy")
        await reader.sees("Show check-worthy sentences")


async def test_the_commands_of_vim_mean_what_they_mean_there(keep, visit):
    keep(LONG)
    async with visit() as reader:
        await reader.press("enter")
        await reader.until(lambda: isinstance(reader.app.screen, ReaderScreen))
        for command, words in (("120", "Paragraph 58 says"), ("1", "The story of a bridge")):
            await reader.press("colon", *command, "enter")
            await reader.sees(words)
        await reader.press("colon", "w", "enter")
        await reader.until(lambda: "Everything is saved already" in reader.toasts)
        await reader.press("colon", "w", "q", "enter")
        await reader.until(lambda: isinstance(reader.app.screen, LibraryScreen))
        await reader.press("colon", "q", "enter")
        await reader.until(lambda: reader.app._exit)
