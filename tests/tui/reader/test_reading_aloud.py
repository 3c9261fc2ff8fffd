"""Reading aloud: a program speaks sentence by sentence, the cursor follows, and a key stops it."""

import os
import shlex
import signal
import sys

import pytest

from annotator.settings import Settings
from annotator.tui.reader import aloud
from terminals import Terminal
from waiting import wait_until

TEXT = """# How it began

Costs fell by nine percent[2] in 2023. Dr. Bell called it a triumph.

Die Kosten sind im letzten Jahr gefallen, und das war nicht nur in der Stadt so.

It cost more than https://example.org/figures had said."""
SENTENCES = [
    "en: How it began",
    "en: Costs fell by nine percent in 2023.",
    "en: Dr. Bell called it a triumph.",
    "de: Die Kosten sind im letzten Jahr gefallen, und das war nicht nur in der Stadt so.",
    "en: It cost more than example.org had said.",
]
SPEAKER = """#!/bin/sh
echo "$1: $(cat)" >>"$0.heard"
echo $$ >"$0.process"
if [ -e "$0.slow" ]; then exec sleep 600; fi
"""


class Speaker:
    """A program that records what it is to say, and takes its time when it is slow."""

    def __init__(self, file) -> None:
        self._file = file
        file.write_text(SPEAKER)
        file.chmod(0o755)
        self.settings = Settings(speech_command=f"{shlex.quote(str(file))} {{lang}}")

    def is_slow(self) -> None:
        self._file.with_suffix(".slow").touch()

    def is_quick(self) -> None:
        self._file.with_suffix(".slow").unlink()

    @property
    def heard(self) -> list[str]:
        file = self._file.with_suffix(".heard")
        return file.read_text("utf-8").splitlines() if file.exists() else []

    @property
    def speaks(self) -> bool:
        file = self._file.with_suffix(".process")
        try:
            os.kill(int(file.read_text()), 0)
        except (FileNotFoundError, ProcessLookupError, ValueError):
            return False
        return True


@pytest.fixture
def speaker(tmp_path) -> Speaker:
    return Speaker(tmp_path / "speaker")


async def test_all_sentences_are_spoken_in_order_each_in_its_language(visit, keep, speaker):
    async with visit(keep(TEXT, language="en"), settings=speaker.settings) as reader:
        assert speaker.heard == []
        await reader.press("ctrl+l")
        await reader.until(lambda: speaker.heard[-1:] == SENTENCES[-1:])
        assert speaker.heard == SENTENCES
        text = reader.app.screen._pane.text
        await reader.until(lambda: not speaker.speaks)
        assert text.passage.of(text.article.text).startswith("It cost more")


async def test_the_key_stops_it_at_once_and_goes_on_with_the_same_sentence(visit, keep, speaker):
    speaker.is_slow()
    async with visit(keep(TEXT, language="en"), settings=speaker.settings) as reader:
        await reader.press("s", "j", "ctrl+l")
        await reader.until(lambda: speaker.heard == SENTENCES[1:2] and speaker.speaks)
        await reader.press("ctrl+l")
        await reader.until(lambda: not speaker.speaks)
        assert speaker.heard == SENTENCES[1:2]
        speaker.is_quick()
        await reader.press("ctrl+l")
        await reader.until(lambda: speaker.heard[-1:] == SENTENCES[-1:])
        assert speaker.heard == SENTENCES[1:2] + SENTENCES[1:]


async def test_it_goes_on_from_where_the_cursor_is_moved_to(visit, keep, speaker):
    speaker.is_slow()
    async with visit(keep(TEXT, language="en"), settings=speaker.settings) as reader:
        await reader.press("ctrl+l")
        await reader.until(lambda: speaker.heard == SENTENCES[:1])
        await reader.press("j", "j")
        await reader.until(lambda: speaker.heard[-1:] == SENTENCES[2:3])
        await reader.press("escape")
        await reader.until(lambda: not speaker.speaks)
        assert "SENTENCE" not in reader.screen


async def test_a_sentence_is_marked_while_it_is_spoken(visit, keep, library, speaker):
    speaker.is_slow()
    article = keep(TEXT, language="en")
    async with visit(article, settings=speaker.settings) as reader:
        await reader.press("s", "j", "ctrl+l")
        await reader.until(lambda: speaker.speaks)
        await reader.press("1")
        await reader.until(lambda: library.article(article.id).annotations())
        assert speaker.speaks
        assert speaker.heard == SENTENCES[1:2]


async def test_a_dialog_stops_it_and_so_does_leaving_the_article(visit, keep, speaker):
    speaker.is_slow()
    async with visit(keep(TEXT, language="en"), settings=speaker.settings) as reader:
        await reader.press("ctrl+l")
        await reader.until(lambda: speaker.speaks)
        await reader.press("question_mark")
        await reader.until(lambda: not speaker.speaks)
        await reader.press("escape", "ctrl+l")
        await reader.until(lambda: speaker.speaks)
        await reader.press("q")
        await reader.until(lambda: not speaker.speaks)


async def test_without_a_speaker_it_says_what_to_install(visit, keep, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    async with visit(keep(TEXT)) as reader:
        await reader.press("ctrl+l")
        await reader.until(lambda: "Install speech-dispatcher or espeak-ng" in reader.toasts)


async def test_a_speaker_that_fails_is_reported_once(visit, keep):
    async with visit(keep(TEXT), settings=Settings(speech_command="sh -c 'exit 4'")) as reader:
        await reader.press("ctrl+l")
        await reader.until(lambda: "“Read aloud” ended with code 4." in reader.toasts)
    async with visit(keep(TEXT), settings=Settings(speech_command="say 'x")) as reader:
        await reader.press("ctrl+l")
        await reader.until(lambda: "speech_command has a mistake" in reader.toasts)


@pytest.mark.parametrize("program", ["spd-say", "espeak-ng", "say"])
async def test_a_speaker_that_is_there_is_found(visit, keep, monkeypatch, tmp_path, program):
    (tmp_path / "bin").mkdir()
    file = tmp_path / "bin" / program
    file.write_text('#!/bin/sh\necho "$*" >>"$0.heard"\n')
    file.chmod(0o755)
    monkeypatch.setenv("PATH", f"{file.parent}:/bin:/usr/bin")
    heard = file.with_name(f"{program}.heard")
    asked = {"spd-say": "-w -e -l en", "espeak-ng": "--stdin -v en", "say": "-f -"}[program]
    monkeypatch.setattr(aloud, "_SPEAKERS", tuple(w for w in aloud._SPEAKERS if program in w))
    async with visit(keep("It fell.", language="en")) as reader:
        await reader.press("ctrl+l")
        await reader.until(lambda: heard.exists() and heard.read_text() == f"{asked}\n")


async def test_speech_dispatcher_is_told_to_stop_since_it_goes_on_by_itself(visit, keep, tmp_path):
    file = tmp_path / "spd-say"
    file.write_text('#!/bin/sh\necho "$*" >>"$0.heard"\n[ "$1" = -S ] || exec sleep 600\n')
    file.chmod(0o755)
    heard = tmp_path / "spd-say.heard"
    settings = Settings(speech_command=f"{shlex.quote(str(file))} -w")
    async with visit(keep(TEXT), settings=settings) as reader:
        await reader.press("ctrl+l")
        await reader.until(lambda: heard.exists() and heard.read_text() == "-w\n")
        await reader.press("ctrl+l")
        await reader.until(lambda: heard.read_text() == "-w\n-S\n")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_nothing_speaks_on_when_the_program_is_ended(
    tmp_path, monkeypatch, library, keep, speaker, number
):
    speaker.is_slow()
    article = keep(TEXT, language="en")
    library.close()
    settings = tmp_path / "config" / "annotator" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'speech_command = "{tmp_path / "speaker"} {{lang}}"\n')
    environment = os.environ | {
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "ANNOTATOR_LIBRARY": str(tmp_path / "data"),
        "XDG_STATE_HOME": str(tmp_path),
        "TERM": "xterm-256color",
    }
    command = [sys.executable, "-m", "annotator", "read", article.id]
    with Terminal(command, environment=environment) as terminal:
        terminal.sees("Dr. Bell")
        terminal.type("\x0c")
        wait_until(lambda: speaker.speaks)
        terminal.child.send_signal(number)
        terminal.ended()
        wait_until(lambda: not speaker.speaks)
