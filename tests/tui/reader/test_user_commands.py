"""Commands of the user's own, run on what is at hand in the reader."""

import json
import sys
from pathlib import Path

import pytest

from annotator.model import Claim
from annotator.settings import Settings
from annotator.settings.settings import UserCommand
from annotator.tui.keys.keymap import Keymap
from annotator.tui.reader.screen import ReaderScreen
from annotator.usecases.marks.proposals import waiting
from builders import make_annotation

FIRST = "Costs fell by nine percent in 2023."


def sh(name: str, line: str, **rest) -> UserCommand:
    return UserCommand(name=name, command=(line,), shell=True, **rest)


def settings(*commands: UserCommand) -> Settings:
    return Settings(commands=commands)


async def test_what_a_command_prints_of_a_passage_is_shown(keep, visit):
    loud = sh("Loud", "tr a-z A-Z", key="f9")
    async with visit(keep(), settings=settings(loud)) as reader:
        await reader.press("f9")
        await reader.until(lambda: "needs a passage" in reader.toasts)
        await reader.press("s", "j", "f9")
        await reader.sees("Loud", "COSTS FELL BY NINE PERCENT")
        await reader.press("q")
        await reader.until(lambda: isinstance(reader.app.screen, ReaderScreen))


async def test_what_a_command_prints_is_appended_to_the_note_of_the_mark(library, keep, visit):
    article = keep()
    library.put((make_annotation(article, FIRST, note="Mine.", claim=Claim(speaker="Ann")),))
    told = sh("Ask", "cat; echo end", what="mark", input="json", output="note")
    async with visit(article, settings=settings(told)) as reader:
        await reader.press("right_square_bracket", "vertical_line")
        await reader.sees("Pass to a command", "mark → note")
        await reader.press("enter")
        await reader.until(lambda: library.article(article.id).annotations()[0].note != "Mine.")
        note = library.article(article.id).annotations()[0].note
        assert note.startswith("Mine.\n\n{")
        assert json.loads(note[len("Mine.") : -len("end")])["mark"]["claim"]["speaker"] == "Ann"
        await reader.until(lambda: "Ask" in reader.toasts)
        await reader.press("u")
        await reader.until(lambda: library.article(article.id).annotations()[0].note == "Mine.")


async def test_the_note_of_a_passage_makes_a_mark(library, keep, visit):
    article = keep()
    count = sh("Count", "wc -w", key="f9", output="note")
    async with visit(article, settings=settings(count)) as reader:
        await reader.press("s", "j", "f9")
        await reader.until(lambda: library.article(article.id).annotations())
    (mark,) = library.article(article.id).annotations()
    assert (mark.quote, mark.note) == (FIRST, "7")


async def test_a_command_is_cancelled(keep, visit):
    slow = sh("Slow", "sleep 20", key="f9", what="article", output="nothing")
    async with visit(keep(), settings=settings(slow)) as reader:
        await reader.press("f9")
        await reader.sees("Running …")
        await reader.press("ctrl+g")
        await reader.until(lambda: "“Slow” was cancelled." in reader.toasts)
        assert isinstance(reader.app.screen, ReaderScreen)


async def test_a_failure_is_told_with_what_the_command_says(keep, visit):
    broken = sh("Broken", "echo no network >&2; exit 4", what="article")
    async with visit(keep(), settings=settings(broken)) as reader:
        await reader.press("colon")
        await reader.type("broken")
        await reader.press("enter")
        await reader.until(
            lambda: "“Broken” ended with code 4. It says: no network" in reader.toasts
        )


async def test_without_commands_it_says_where_to_add_one(keep, visit):
    async with visit(keep()) as reader:
        await reader.press("vertical_line")
        await reader.until(lambda: "annotator config edit" in reader.toasts)


@pytest.mark.parametrize(
    ("key", "words"),
    [("s", "s is already the key of “Sentence mode, to mark”"), ("hyper", "unknown key “hyper”")],
)
def test_a_key_that_is_taken_or_unknown_is_told(key, words):
    keymap = Keymap({}, (sh("Mine", "true", key=key), sh("Other", "true", key="f9")))
    assert words in keymap.command_problems["commands[0].key"]
    assert [each.keys for each in keymap.commands] == [("f9",)]


async def test_the_script_of_the_manual_proposes_marks(library, keep, visit, tmp_path):
    manual = Path(__file__).parents[3] / "docs" / "manual" / "agents.md"
    script = tmp_path / "find_shares.py"
    script.write_text(manual.read_text("utf-8").partition("```python\n")[2].partition("```")[0])
    command = UserCommand(
        name="Find shares",
        command=(sys.executable, str(script)),
        key="f9",
        what="article",
        input="json",
        output="proposals",
    )
    article = keep("It rained. Costs fell by 9 percent in 2023. Nobody asked why.")
    async with visit(article, settings=settings(command)) as reader:
        await reader.press("f9")
        await reader.until(lambda: "1 new proposal of “Find shares”." in reader.toasts)
        (one,) = waiting(library)
        assert (one.mark.quote, one.mark.proposed) == (
            "Costs fell by 9 percent in 2023.",
            "Find shares",
        )
        await reader.press("f9")
        await reader.until(lambda: "0 new proposals of “Find shares”." in reader.toasts)
        assert len(waiting(library)) == 1


async def test_what_is_no_proposal_is_refused_with_the_reason(library, keep, visit):
    wrong = json.dumps({"proposals": [{"quote": "Costs rose.", "reason": "Invented."}]})
    commands = (
        sh("Invent", f"echo '{wrong}'", key="f8", what="article", output="proposals"),
        sh("Chat", "echo Sure, here they are:", key="f9", what="article", output="proposals"),
    )
    async with visit(keep(), settings=settings(*commands)) as reader:
        await reader.press("f8")
        await reader.until(lambda: "1 refused: The quote is not in the stored" in reader.toasts)
        await reader.press("f9")
        await reader.until(lambda: "did not print proposals" in reader.toasts)
        assert waiting(library) == []
