"""Text that would be obeyed if it were taken for markup or sent to a terminal."""

import re

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from annotator.errors import LibraryReadOnly
from annotator.model import Annotation, Claim, Link, Target, TextPositionSelector, TextQuoteSelector
from annotator.model.text import is_clean
from annotator.tui.reader.screen import ReaderScreen
from annotator.tui.terminal.driver import _DANGEROUS, ControlCharFilter
from annotator.usecases.queries.saved_queries import save_query
from builders import MOMENT, make_annotation

HOSTILE = (
    "[/nope]",
    "[@click=app.bell]press me",
    "[ @click=app.quit]read me",
    "x[/b] [link=https://example.org]y",
    "see [1] and [sic]",
)
SEQUENCES = ("\x1b]52;c;UFdORUQ=\x1b\\", "\x1b]0;owned\x07", "\x9b31m", "\u202eevil", "\x1b[2J")


@pytest.mark.parametrize("title", HOSTILE)
async def test_a_title_is_shown_literally_wherever_it_appears(keep, visit, title):
    article = keep(title=title, url="https://example.org/" + str(HOSTILE.index(title)))
    async with visit(size=(120, 30)) as reader:
        await reader.sees(title)
        await reader.press("colon")
        await reader.type("read")
        await reader.sees(f"Read “{title}”")
        await reader.press("ctrl+g", "i")
        await reader.sees("Completeness", title)
        await reader.press("q", "x")
        await reader.until(lambda: f"Moved to bin: “{title}”" in reader.toasts)
        await reader.sees("Your library is empty.")
        await reader.press("u")
        await reader.until(lambda: reader.app.screen.record)
        await reader.sees(title)
        await reader.press("enter")
        await reader.until(lambda: isinstance(reader.app.screen, ReaderScreen))
        await reader.sees(title)
    assert article.title == title


async def test_tags_notes_and_quotes_are_shown_literally(library, keep, visit):
    article = keep("[/nope] is what it says. And [@click=app.bell]more of it.")
    target = Target(TextQuoteSelector("[/nope] is what it says."), TextPositionSelector(0, 24))
    mark = Annotation(
        "01kkhostile000000000000000",
        article.id,
        target,
        kind="[kind]",
        tags=("[@click=app.bell]tag",),
        note="[/b] a note",
        created=MOMENT,
        modified=MOMENT,
    )
    library.put((mark,))
    async with visit(article, size=(160, 40)) as reader:
        await reader.press("tab")
        await reader.sees("[/nope] is what it says.", "[@click=app.bell]tag", "[/b] a note")
        await reader.press("escape", "s", "enter")
        await reader.sees("[kind]", "Made")


async def test_names_are_shown_literally_on_all_lists_of_marks(library, keep, visit):
    article = keep("[/nope] is what it says. And [@click=app.bell]more of it.")
    speaker, tag = "Ann [/b](BBC)", "[@click=app.bell]tag"
    claim = Claim(speaker=speaker, verdict="[/nope]", statement="[bold]x")
    mark = make_annotation(article, "[/nope] is what", tags=(tag,), claim=claim, note="[/b] note")
    more = make_annotation(article, "more of it", links=(Link("opposes", mark.id, "[/i] why"),))
    library.put((mark, more))
    save_query(library, "[/saved]", "has:note", now=MOMENT)
    async with visit(size=(160, 40)) as reader:
        await reader.press("C")
        await reader.sees(speaker, tag, "[/b] note", "[bold]x", "[/i] why")
        await reader.press("apostrophe")
        await reader.sees("[/saved]")
        await reader.type("ann")
        await reader.sees(f'speaker:"{speaker}"')
        await reader.press("enter")
        await reader.sees("1 mark")
        await reader.press("A")
        await reader.sees("[/nope] is what", "more of it")
        await reader.press("q", "T")
        await reader.sees(tag)
        await reader.press("tab")
        await reader.sees(speaker)
        library._access.refuse_changes(LibraryReadOnly, "The library is read-only.", "")
        await reader.press("q", "1")
        await reader.until(lambda: "The library is read-only." in reader.toasts)
        await reader.press("q", "I")
        await reader.sees("speaker", tag)


@pytest.mark.parametrize("sequence", SEQUENCES)
async def test_control_sequences_never_reach_the_terminal_even_if_not_cleaned(
    keep, visit, sequence
):
    keep(f"A text with {sequence} in it.", title=f"Title {sequence} here", site_name=sequence)
    async with visit() as reader:
        await reader.sees("Title ")
        assert not any(character in reader.screen for character in "\x1b\x9b\x07\u202e")
        reader.app.copy_to_clipboard(f"One\ttwo {sequence}\nthree")
        assert reader.app.clipboard.startswith("One\ttwo ")
        assert is_clean(reader.app.clipboard.replace("\t", ""))
        await reader.press("enter")
        await reader.until(lambda: isinstance(reader.app.screen, ReaderScreen))
        await reader.sees("A text with ")
        assert not any(character in reader.screen for character in "\x1b\x9b\x07\u202e")


def test_the_filter_passes_text_and_drops_links_with_control_characters():
    link = Style(link="https://example.org/\x1b]52;c;QQ==\x07")
    safe = Style(link="https://example.org/")
    segments = [Segment("a\x1b[2Jb", link), Segment("b", link), Segment("c\x07", safe)]
    first, second, third = ControlCharFilter().apply(segments, Color(0, 0, 0))
    assert (first.text, first.style.link) == ("a[2Jb", None)
    assert (second.text, second.style.link) == ("b", None)
    assert (third.text, third.style.link) == ("c", "https://example.org/")


def test_everything_that_the_filter_removes_is_unprintable():
    stopped = "".join(re.findall(_DANGEROUS, "".join(map(chr, range(0x110000)))))
    assert len(stopped) > 2000
    assert not any(map(str.isprintable, stopped))
