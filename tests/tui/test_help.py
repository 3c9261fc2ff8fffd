"""The help, found by typing, and the commands of vim in the palette."""

from annotator.tui.dialogs.help import HelpScreen, help_rows
from annotator.tui.keys.keymap import Keymap
from annotator.tui.library.screen import LibraryScreen
from annotator.tui.reader.screen import ReaderScreen

LONG = "\n\n".join(f"Paragraph {number} says there were {number}." for number in range(80))


def found(typed: str, width: int = 70) -> list[str]:
    rows = help_rows(Keymap({"mark.note": ("ctrl+e",)}), ("sentence", "mark"), (), typed=typed)
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


def test_signs_are_explained():
    assert found("statuses disputed") == ["Statuses of claims", "≠ disputed"]
    assert "⇄ a mark with links ends here" in found("links")


def test_in_a_narrow_frame_the_id_has_a_line_of_its_own():
    assert found("mark.note", 50)[1:] == ["Ctrl+E Edit note", "mark.note"]


async def test_the_help_of_the_reader_follows_its_mode_and_is_narrowed_by_typing(keep, visit):
    async with visit(keep()) as reader:
        await reader.press("c", "question_mark")
        await reader.sees("Caret mode (c)")
        await reader.press("slash")
        await reader.type("bottom")
        await reader.until(lambda: "Caret mode" not in reader.screen)
        await reader.press("escape")
        await reader.sees("Caret mode (c)")
        assert isinstance(reader.app.screen, HelpScreen)
        await reader.press("escape")
        await reader.until(lambda: isinstance(reader.app.screen, ReaderScreen))


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
