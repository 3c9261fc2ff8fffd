"""The terminal's own cursor is on what the user is on, as Braille displays and magnifiers need."""

import sys

import pytest

from terminals import Terminal

pytestmark = pytest.mark.slow


@pytest.fixture
def program(home):
    """Start the program on a terminal."""

    def start(*arguments) -> Terminal:
        return Terminal([sys.executable, "-m", "annotator", *arguments])

    return start


@pytest.fixture
def reads(program, kept):
    """Open the article on a terminal."""
    with program("read", kept) as terminal:
        yield terminal.is_on("The national grid ran without coal")


def test_in_the_library_it_is_on_the_row_and_in_the_filter(run, program, kept, tmp_path):
    (tmp_path / "bread.txt").write_text("Bread costs more\n\nNobody expects that it will fall.\n")
    run("add", "bread.txt")
    with program() as terminal:
        terminal.is_on("  Bread costs more").type("j").is_on("  The grid at night")
        terminal.type("k").is_on("  Bread costs more")
        terminal.type("/gri").is_on("", after="/ gri")
        terminal.sees("1 article")
        terminal.type("\r").is_on("  The grid at night")


def test_while_reading_it_is_on_the_first_line_a_match_or_a_mark(reads):
    reads.type("/hundredth").is_on("", after="/ hundredth")
    reads.sees("1 match")
    reads.type("\r").is_on("hundredth of it now.")
    reads.type("\x1b").is_on("The national grid")
    reads.type("sjjj1").sees("◆ claim")
    reads.type("g").is_on("The national grid")
    reads.type("]").is_on("It makes one")


def test_it_is_on_the_sentence(reads):
    reads.type("s").is_on("The national grid ran without coal", after="▌")
    reads.type("j").is_on("“It’s a milestone,” said Ann Lee")
    reads.type("jj").is_on("It makes one", after="as late as 1990.")
    reads.type("k").is_on("Coal made two thirds")


def test_it_is_on_the_letter_in_caret_mode(reads):
    reads.type("cw").is_on("national grid ran", after="The")
    reads.type("l").is_on("ational grid ran", after="n")
    reads.type("$").is_on("")


def test_it_is_in_the_fields_and_on_the_rows_of_dialogs(reads):
    reads.type("s1").sees("◆ claim")
    reads.type("t").is_on("Type a tag")  # which is shown while nothing is typed
    reads.type("ener").is_on("", after="ener")
    reads.type("\x1b[B").is_on(" ○ ener")
    reads.type("gy").is_on("", after="energy")
    reads.type("\r").is_on("The national grid")
    reads.type("a").sees("Note")
    reads.type("As ever").is_on("", after="As ever")


def test_in_the_palette_it_is_in_the_field_until_the_list_is_moved_in(reads):
    reads.type(":theme").is_on("", after="theme")
    reads.sees("Theme night")
    reads.type("\x1b[B").is_on(" Theme")
    reads.type(" p").is_on("", after="theme p")
    reads.type("\x1b").is_on("The national grid")


def test_in_the_panel_it_is_on_the_row(reads):
    reads.type("s1").sees("◆ claim")
    reads.type("\t").is_on(" ◆ The national grid")
    reads.type("\t").is_on("The national grid")


def test_in_the_marks_of_all_articles_it_is_on_the_mark(reads):
    reads.type("s1").sees("◆ claim")
    reads.type("jj2").sees("● evidence")
    reads.type("C").is_on(" ●   Coal made two thirds")
    reads.type("k").is_on(" ◆ ○ The national grid")


def test_it_stays_hidden(reads):
    reads.type("s").is_on("The national grid", after="▌")
    assert reads.shown.rfind("\x1b[?25h") < reads.shown.rfind("\x1b[?25l")
