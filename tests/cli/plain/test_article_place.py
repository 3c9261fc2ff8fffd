"""Reading and marking line by line."""

import os
import sys

import pytest

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
    assert "sentences. 0 marks.\n1. The national grid" in out


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
    assert out[3].startswith("claim\n“The national grid ran without coal")
    assert out[4].startswith("1. claim; sentence 4")
    assert [line.split(",")[0] for line in out[5:7]] == [
        "Undid: delete “The national grid ran without coal for the first time in a…”\n",
        "Undid: mark “It makes one hundredth of it now.”\n",
    ]
    assert out[7].startswith("1. claim; sentence 1")
    assert out[9].count("; sentence") == 2


def test_a_mark_of_the_list_is_changed_and_told(told, run):
    out = told(
        "m 2 evidence", "e 1 speaker Ann Lee", "e 1 status disputed", "e 1 tag #coal", "about 1"
    ).out
    assert "evidence, Ann Lee\n" in out
    assert "claim, disputed, Ann Lee, #coal\n" in out  # only claims have a status
    assert "Speaker: Ann Lee\nStatus: disputed\nTags: coal\nFrom: The grid at night" in out
    assert f"Id: {run('notes').out[:26]}\n" in out
    assert run("undo").out.startswith("Undid: edit")


def test_a_detail_without_a_value_is_asked_for_and_only_a_dash_removes_it(told, run):
    out = told("m 2", "e 1 status disputed", "e 1 status", "", "speaker 1", "Ann Lee").out
    assert "> Status, now disputed (open, checking, supported, disputed, " in out
    assert "): Nothing was changed.\n" in out
    assert "> Speaker, now none (who said it): claim, disputed, Ann Lee\n" in out
    assert "Status: open\n" in told("status 1 -", "about 1").out
    assert "\tAnn Lee\t" in run("notes").out


def test_all_details_are_asked_for_one_after_another_until_a_dot(told, run):
    out = told("m 2", "e 1", "evidence", "", "Bo Hu", "2026-03", "").out
    assert "Enter keeps what is there, - removes it, a dot ends.\n" in out
    assert "Date, now none (YYYY-MM-DD): " in out
    assert "\nevidence, Bo Hu, 2026-03\n" in out  # though the input has ended amid the questions
    assert told("e 1", ".").out.count("Nothing was changed.") == 1
    assert "\tBo Hu\t" in run("notes").out


def test_a_part_of_a_sentence_is_marked_by_its_words(told):
    done = told("m 3 “two thirds” question #coal: how many", "l", "m 3 'nowhere'", 'm 1 "gas"')
    assert "Marked words of sentence 3 as a question: two thirds\n" in done.out
    assert "1. question, #coal, note: how many; sentence 3: two thirds\n" in done.out
    assert "“gas” is not in sentence 1." in done.err


def test_the_next_sentences_are_marked_as_the_last_ones(told):
    assert "Marked sentence 4 as evidence" in told("m 1 evidence #coal", "repeat 4", "l").out
    assert "evidence, #coal; sentence 4" in told("l").out


def test_a_mark_is_moved_to_other_sentences_and_back(told):
    out = told("m 1", "move 1 3-4", "l", "u", "l").out
    assert "Moved to sentences 3–4: Coal made two thirds" in out
    assert "1. claim; sentences 3–4: Coal" in out
    assert "Undid: move" in out
    assert out.rstrip("\n> ").rpartition("\n")[2].startswith("> 1. claim; sentence 1: The national")


def test_a_jump_leads_back_and_places_have_names(told):
    out = told("name a", "end", "return", "end", "go a", "go", "top").out
    assert "go a leads here now.\n" in out
    assert out.count("1. The national grid") == 4
    assert "a: The national grid" in out


def test_what_is_worth_a_check_and_headings_are_gone_to(told):
    done = told("contents", "worthy", "worthy", "follow", "removed", "guests")
    assert "It has no headings.\n" in done.out
    assert "3. Coal made two thirds of the power" in done.out
    assert "This paragraph has no links.\n" in done.out
    assert "Nothing was removed.\n" in done.out
    assert "There are no marks of others here.\n" in done.out


def test_a_paragraph_is_taken_out_and_comes_back(told):
    out = told("takeout 2", "next", "u", "removed").out
    assert "Remove paragraph: ““It’s a milestone,” said Ann Lee" in out
    assert "> 2. Coal made two thirds" in out
    assert "Undid: remove paragraph" in out
    assert out.rstrip("\n> ").endswith("Nothing was removed.")


def test_the_article_is_called_read_archived_exported_and_told(told, run, home):
    done = told("done", "archive", "facts", "mark 1", f"export {home}/vault", "changes")
    assert "Mark as read: The grid at night.\n" in done.out
    assert "Archive: The grid at night.\n" in done.out
    assert "\nState: archived\n" in done.out
    assert (home / "vault" / "The grid at night.md").exists()
    assert "Nothing has changed.\n" in done.err


def test_the_article_and_its_marks_are_passed_to_a_command_of_the_user(told, home):
    settings = home / ".config" / "annotator" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        "[[commands]]\nname = 'shout'\nwhat = 'mark'\noutput = 'note'\n"
        "command = ['tr', 'a-z', 'A-Z']\n"
    )
    done = told("m 4", "pass shout: 1", "l", "pass whisper")
    assert "note: IT MAKES ONE HUNDREDTH OF IT NOW.; sentence 4" in done.out
    assert "Which command? Yours are: shout." in done.err.replace("\n", " ")


def test_the_same_mark_is_not_made_twice(told, run):
    done = told("m 4", "m 4", "m 4 question")
    assert "Sentence 4: marked as a claim already. To change that mark: e 1" in done.err.replace(
        "\n", " "
    )
    assert run("notes").out.count("\n") == 2


def test_words_do_what_letters_do(told):
    out = told(
        "mark 4", "list", "undo", "redo", "find coal", "next", "previous", "help", "quit"
    ).out
    assert "Marked sentence 4" in out
    assert "1. claim; sentence 4" in out
    assert "Undid: mark" in out
    assert "Redid: mark" in out
    assert "2 sentences with “coal”" in out
    assert ", mark, repeat, list, move, " in out


def test_a_sentence_is_one_line_however_narrow_the_terminal_is(kept, home):
    command = [sys.executable, "-m", "annotator", "read", "--plain", kept]
    with Terminal(command, size=(24, 40)) as terminal:
        shown = terminal.until("> ").shown.replace("\r", "")
        terminal.type("q\n").ended()
    assert "1. The national grid ran without coal for the first time in a century, its op" in shown


def test_find_goes_to_the_matches(told):
    out = told("f coal", "f", "f").out
    assert "2 sentences with “coal”.\n1. The national grid ran without coal" in out
    assert "3. Coal made two thirds" in out


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("m", "Which sentence?"),
        ("m 99", "No number 99 here.\nThe last one is 4."),
        ("m 1 nonsense", "Unknown kind"),
        ("m 1 claim question", "Unexpected word"),
        ("d", "Which one?"),
        ("m 1\nd 7", "No number 7 here.\nThe last one is 1."),
        ("99", "No sentence 99.\nThe last one is 4."),
        ("f nowhere\nf", "No further match"),
        ("frobnicate", "Unknown word “frobnicate”.\nhelp tells"),
        ("l 3", "Unexpected “3”.\nlist, or l: lists the marks of this article"),
        ("e", "Which one?"),
        ("m 1\ne 1 status maybe", "Status cannot be “maybe”."),
        ("move 1", "No number 1 here."),
        ("return", "There was no jump."),
        ("takeout", "Which sentence?"),
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


def test_marks_are_listed_without_signs_where_they_would_be_read_aloud(run, terminal, kept):
    run("mark", kept, "Ann Lee", "--status", "disputed")
    assert "  ◆ claim  ≠ disputed  " in terminal("claims", NO_COLOR="1").out
    assert "\nclaim, disputed, 01" in terminal("claims", TERM="dumb").out


def test_the_option_holds_in_a_pipe_too(process, kept):
    assert "1. The national grid" in process("--plain", "read", kept, stdin=b"q\n").out


def test_a_dumb_terminal_gets_the_line_mode_without_the_option(kept, home):
    command = [sys.executable, "-m", "annotator", "read", kept]
    with Terminal(command, environment=os.environ | {"TERM": "dumb"}) as terminal:
        assert terminal.until("> ").type("q\n").ended() == 0
        assert "1. The national grid" in terminal.shown
        assert "\x1b" not in terminal.shown
