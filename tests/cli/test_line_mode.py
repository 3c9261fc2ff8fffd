"""Reading and marking line by line."""

import os
import sys

import pytest

from annotator.cli.output.forms.line_mode import HELP
from terminals import Terminal


@pytest.fixture
def told(run, kept):
    """Return the output of the program for these input lines."""

    def tell(*lines):
        typed = "".join(f"{line}\n" for line in lines)
        done = run("read", "--plain", kept, stdin=typed.encode())
        assert done.code == 0
        return done

    return tell


def test_it_starts_with_the_title_and_the_first_paragraph(told):
    out = told("q").out
    assert out.startswith("The grid at night\n")
    assert "sentences. 0 marks.\nType ? and Enter for help.\n1. The national grid" in out


def test_enter_reads_paragraph_by_paragraph_to_the_end(told):
    out = told("", "", "", "").out
    assert "2. “It’s a milestone,” said Ann Lee" in out
    assert "4. It makes one hundredth of it now.\n" in out
    assert "End of the article." in out


def test_nothing_is_drawn(told):
    out = told("m 1", "l", "?", "q").out
    assert "\x1b" not in out
    assert not {"│", "─", "▌", "◆", "•"} & set(out)


def test_several_sentences_are_marked_by_the_first_and_the_last(told):
    assert "Marked sentences 3–4 as a question: Coal made" in told("m 3-4 question").out


def test_a_sentence_is_marked_by_its_number_with_kind_tags_and_note(told, run):
    out = told("m 4 evidence #Energy/Coal #uk: half of it", "l", "4").out
    assert "Marked sentence 4 as evidence: It makes one hundredth of it now.\n" in out
    assert "1. evidence, #Energy/Coal, #uk, note: half of it; sentence 4: It makes one" in out
    assert "of it now. [evidence, #Energy/Coal, #uk, note: half of it]\n" in out
    assert "half of it" in run("notes").out


def test_a_passage_of_several_sentences_is_one_mark(told):
    out = told("m3-4", "l").out
    assert "sentences 3–4: Coal made two thirds of the power as late as 1990. It makes one" in out


def test_deleting_a_mark_can_be_undone_and_redone(told):
    out = told("m 1", "m 4", "d 1", "l", "u", "u", "l", "r", "l").out.split("> ")
    assert out[3].startswith("Deleted: claim: The national grid ran without coal")
    assert out[4].startswith("1. claim; sentence 4")
    assert [line.split(",")[0] for line in out[5:7]] == [
        "Undid: delete “The national grid ran without coal for the first time in a…”\n",
        "Undid: mark “It makes one hundredth of it now.”\n",
    ]
    assert out[7].startswith("1. claim; sentence 1")
    assert out[9].count("; sentence") == 2


def test_a_mark_of_the_list_is_changed_and_told(told, run):
    out = told(
        "m 2 evidence", "e 1 speaker Ann Lee", "e 1 status disputed", "e 1 tag #coal", "e 1"
    ).out
    assert "Changed: evidence, Ann Lee.\n" in out
    assert "Changed: claim, disputed, Ann Lee, #coal.\n" in out  # only claims have a status
    assert "Speaker: Ann Lee; Status: disputed; id: " in out
    assert f"id: {run('notes').out[:26]}\n" in out
    assert run("undo").out.startswith("Undid: edit")


def test_a_detail_without_a_value_is_told_and_only_a_dash_removes_it(told, run):
    out = told("m 2", "e 1 status disputed", "e 1 status", "e 1 speaker", "e 1 status -", "e 1").out
    assert "Status: disputed. Choose one of: open, checking, " in out
    assert "Speaker: none. e 1 speaker - removes it." in out
    assert "id: " in out.rpartition("Changed: claim.")[2]
    assert "disputed" not in run("notes").out


def test_help_has_lines_that_fit_a_terminal(told):
    assert "Type ? and Enter for help." in told("?").out
    assert max(map(len, HELP.splitlines())) <= 80


def test_the_same_mark_is_not_made_twice(told, run):
    done = told("m 4", "m 4", "m 4 question")
    assert "Sentence 4: marked as a claim already. To change that mark: e 1" in done.err.replace(
        "\n", " "
    )
    assert run("notes").out.count("\n") == 2


def test_words_do_what_letters_do(told):
    out = told("mark 4", "list", "undo", "redo", "find coal", "next", "back", "help", "quit").out
    assert "Marked sentence 4" in out
    assert "1. claim; sentence 4" in out
    assert "Undid: mark" in out
    assert "Redid: mark" in out
    assert "2 sentences with “coal”" in out
    assert "m NUMBER marks a sentence" in out


def test_lines_on_a_terminal_end_between_words(kept, home):
    command = [sys.executable, "-m", "annotator", "read", "--plain", kept]
    with Terminal(command, size=(24, 40)) as terminal:
        shown = terminal.until("> ").shown.replace("\r", "")
        terminal.type("q\n").ended()
    assert "1. The national grid ran without coal\nfor the first time in a century, its\n" in shown


def test_find_goes_to_the_matches(told):
    out = told("f coal", "f", "f").out
    assert "2 sentences with “coal”.\n1. The national grid ran without coal" in out
    assert "3. Coal made two thirds" in out


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("m", "Which sentence?"),
        ("m 99", "No sentence 99"),
        ("m 1 nonsense", "Unknown kind"),
        ("m 1 claim question", "Unexpected word"),
        ("d", "Which mark?"),
        ("m 1\nd 7", "No mark 7; there are 1."),
        ("99", "No sentence 99"),
        ("f nowhere\nf", "No further match"),
        ("frobnicate", "Unknown command"),
        ("l 3", "Unexpected"),
        ("e", "Which mark?"),
        ("m 1\ne 1 speeker Lee", "Unknown detail “speeker”."),
        ("m 1 claim #coal, who said", "a note with a colon"),
    ],
)
def test_an_error_is_reported_and_the_session_goes_on(told, line, words):
    done = told(line, "4")
    assert words in done.err
    assert done.out.count("4. It makes one hundredth of it now.") >= 1


def test_bytes_in_another_encoding_are_read_as_far_as_they_can_be(run, kept):
    done = run("read", "--plain", kept, stdin="m 1: a rév\nl\n".encode("latin-1"))
    assert done.code == 0
    assert "a r\ufffdv" in done.out


def test_the_position_is_saved_and_the_article_counts_as_read_at_its_end(told, run):
    told("", "q")
    assert "2. “It’s a milestone" in told("q").out
    told("", "", "", "q")
    assert "\tread\t" in run("list").out


def test_a_dumb_terminal_gets_a_list_of_the_library(terminal, kept):
    shown = terminal(TERM="dumb").out
    assert "The grid at night" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize("how", ["option", "variable"])
def test_the_whole_program_is_plain_if_it_is_asked_to_be(kept, home, how):
    command = [sys.executable, "-m", "annotator", *(["--plain"] if how == "option" else [])]
    environment = os.environ | ({"ANNOTATOR_PLAIN": "1"} if how == "variable" else {})
    with Terminal(command, environment=environment) as terminal:
        assert terminal.until("annotator read --plain ID").ended() == 0
        assert "The grid at night" in terminal.shown
    with Terminal([*command, "read", kept], environment=environment) as terminal:
        assert terminal.until("> ").type("q\n").ended() == 0
        assert "1. The national grid" in terminal.shown
        assert "\x1b" not in terminal.shown


def test_marks_are_listed_without_signs_where_they_would_be_read_aloud(run, terminal, kept):
    run("mark", kept, "Ann Lee", "--status", "disputed")
    assert "  ◆ claim  ≠ disputed  " in terminal("claims", NO_COLOR="1").out
    assert "  claim  disputed  " in terminal("claims", TERM="dumb").out


def test_the_option_holds_in_a_pipe_too(process, kept):
    assert "1. The national grid" in process("--plain", "read", kept, stdin=b"q\n").out


def test_a_dumb_terminal_gets_the_line_mode_without_the_option(kept, home):
    command = [sys.executable, "-m", "annotator", "read", kept]
    with Terminal(command, environment=os.environ | {"TERM": "dumb"}) as terminal:
        assert terminal.until("> ").type("q\n").ended() == 0
        assert "1. The national grid" in terminal.shown
        assert "\x1b" not in terminal.shown
