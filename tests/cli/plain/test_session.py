"""A session line by line: its places, its rows, what is wrong, and how it ends."""

import json
import os
import signal
import subprocess
import sys
import threading

import pytest

from annotator.cli.commands.tour import _STEPS
from annotator.cli.output import console
from feeding import item, rss
from serving import serve
from terminals import Terminal
from waiting import PATIENCE


@pytest.fixture
def claim(run, kept):
    """Mark a sentence, and return the id of the mark."""
    words = "“It’s a milestone,” said Ann Lee"
    return run("mark", kept, words, "--tag", "coal", "--speaker", "Lee").out.split("\t")[0]


@pytest.fixture
def many(run, home):
    """Add a dozen articles."""
    for number in range(12, 0, -1):
        file = home / f"{number}.txt"
        file.write_text(f"Story {number}\n\nIt says the number {number}.\n")
    run("add", *(home / f"{number}.txt" for number in range(1, 13)))


def test_a_session_begins_with_the_library_and_how_to_get_help(told, kept):
    done = told("quit")
    assert done.err == "Type help for what can be typed, and quit to end.\n"
    assert done.out == "Library: 1 article.\n1. The grid at night, 1 min, unread\n> "


def test_a_long_line_is_refused_as_fast_as_a_short_one(told, kept):
    line = ("annotator x " * 3_000).strip()
    assert f"Error: Unexpected “{line}”.\n" in told(f"back {line}").err


def test_a_number_with_thousands_of_digits_is_one_that_no_row_has(told, kept):
    digits = "1" * 5_000
    done = told(digits, f"open {digits}", "1", digits, f"open {digits}", "back", "quit")
    assert done.code == 0
    assert done.err.count(digits) <= 2
    assert done.err.count("Error: ") == 4


def test_advice_for_a_shell_is_left_out_and_the_sentences_around_it_stay(capsys):
    advice = "Name it in settings.toml. `annotator open ID` and “annotator list” help. Then go on."
    with console.session():
        console.tell(advice)
        console.tell("annotator notes lists the ids.")
    assert capsys.readouterr().err == "Name it in settings.toml. Then go on.\n"


def test_an_empty_library_says_how_to_add_something(told):
    assert told().out.startswith("Library. No article is here. add and an address or a file adds")


def test_long_lists_come_in_pages_and_keep_their_numbers(told, many):
    out = told("sort title", "", "", "find 11", "1", "back", "list").out.split("> ")[1:]
    assert out[0].startswith("Library: 12 articles.\n1. Story 1, 1 min, unread\n2. Story 10, ")
    assert out[0].count("\n") == 12
    assert out[0].endswith("2 more: press Enter.\n")
    assert out[1].startswith("11. Story 8,")
    assert out[2] == "That was the last. list begins again.\n"
    assert out[3].startswith("Library, 11: 1 article.\n1. Story 11, ")
    assert out[4].startswith("Story 11\n")
    assert out[5] == "Back: Library.\n"


def test_articles_are_sorted_and_turned_round(told, many):
    out = told("sort title", "sort", "sort size").out.split("> ")
    assert out[1].splitlines()[1].startswith("1. Story 1,")
    assert out[2].splitlines()[1].startswith("1. Story 9,")
    assert "Choose one of: added, title, site, date, minutes, marks." in told("sort size").err


def test_one_word_names_several_rows(told, many, run):
    tagged = ("sort title", "tag 1,3-4 coal", "archive all", "undo")
    out = told(*tagged, "find tag:coal", "remove all").out
    assert "> Story 1; coal\nStory 11; coal\nStory 12; coal\n" in out
    assert "Archive: Story 1, Story 10, Story 11" in out
    assert "Undid: archive, 12 articles.\n" in out
    assert "Library, tag:coal: 3 articles.\n" in out
    assert out.count("Removed: Story") == 3
    assert run("list").out.count("\n") == 9


def test_what_was_removed_is_in_the_bin_and_restored_or_deleted_for_good(told, kept, claim, run):
    typed = ("remove 1", "bin", "restore 1", "back", "list", "marks", "d 1", "bin", "d 1", "no")
    out = told(*typed).out
    assert "Removed: The grid at night\n" in out
    assert "Bin: 1 article or mark.\n1. The grid at night, 1 mark, deleted " in out
    assert "Restored: The grid at night\n" in out
    assert "1. claim, “It’s a milestone,” said Ann Lee, deleted " in out
    assert "> Delete 1 mark for good? Type yes to do it: " in out
    assert run("restore").out.startswith("0")
    assert "Bin. It is empty.\n" in told("bin", "empty", "yes", "list").out


def test_undo_and_redo_take_the_changes_of_all_places_in_turn(told, kept, claim, run):
    changes = ("tag 1 power", "marks", "status 1 refuted", "note 1 as she said")
    done = told(*changes, "u", "u", "u", "u")
    undone = [line for line in done.out.splitlines() if "Undid" in line or "Nothing" in line]
    assert [line.removeprefix("> ").split(" “")[0] for line in undone] == [
        "Undid: edit",
        "Undid: edit",
        "Undid: tag",
        "Nothing more to undo here.",
    ]
    assert "Redid: edit" in told("marks", "status 1 refuted", "u", "r").out
    assert "refuted" in run("notes").out
    assert run("undo").out.startswith("Undid: edit")  # after the session too


def test_marks_are_found_grouped_sorted_and_saved(told, kept, claim, run):
    run("mark", kept, "Coal made two thirds of the power", "--speaker", "Bo", "--tag", "power")
    done = told(
        *("marks", "group speaker", "sort date", "group none", "find speaker:bo", "save Of Bo"),
        *("find", "queries", "find of bo", "group nothing"),
    )
    out = done.out.split("> ")
    assert out[1].startswith("Marks: 2 marks.\nThe grid at night:\n1. claim, Lee, #coal; “It’s")
    assert "\nBo:\n1. claim, Bo, #power; “Coal made two thirds of the power”, The grid at" in out[2]
    assert out[5].startswith("Marks, speaker:bo: 1 mark.")
    assert "Of Bo: speaker:bo\n" in out[8]
    assert out[9].startswith("Marks, speaker:bo: 1 mark.")
    assert "Choose one of: " in done.err


def test_a_link_is_made_by_numbers_and_heard_as_a_tree(told, kept, claim, run):
    run("mark", kept, "Coal made two thirds of the power", "--speaker", "Bo")
    page = "https://example.org/study"
    done = told(
        *("marks", "link 2 opposes 1 : in 1990", "links 1", "evidence 1", "unlink 2", "list"),
        *("back", f"link 1 supports {page}", f"unlink 1 {page}"),
    )
    assert "“Coal made two thirds of the power” opposes “" in done.out
    assert "is opposed by\n“Coal made two thirds of the power”\n" in done.out
    assert "1. “It’s a milestone,” said Ann Lee, open, Lee, The grid at night\n" in done.out
    assert "2.   level 1, opposes: “Coal made two thirds of the power”, open, Bo" in done.out
    assert "note: in 1990" in done.out
    assert "The link is removed.\n" in done.out
    assert "Nothing supports or opposes it yet." in done.out
    assert "Removed 1 link." in done.err


def test_similar_claims_are_listed_and_linked(told, run, home):
    for words in ("The price of bread rose by 10 percent.", "Bread prices fell by 10 percent."):
        file = home / f"{words[:5]}.txt"
        file.write_text(f"{words[:5]}\n\n{words}\n")
        run("mark", run("add", file).out.split("\t")[1], words)
    out = told("marks", "similar 1", "accept 1", "list").out
    assert "Similar claims: 1 mark.\n1. may " in out
    assert "10 percent.” opposes “" in out
    assert "Nothing similar in other articles" in out


def test_the_daily_review_is_answered_by_words(told, claim, run, home):
    assert "No mark is due today. review more begins another round." in told("review").out


def test_marks_that_lost_their_words_are_accepted_moved_or_deleted(told, run, home):
    page = home / "page.txt"
    page.write_text("Prices\n\nBread costs 3 euros now.\n\nNobody expects that it will fall.\n")
    article = run("add", page).out.split("\t")[1]
    run("mark", article, "Bread costs 3 euros now.")
    run("mark", article, "Nobody expects that it will fall.")
    page.write_text("Prices\n\nBread costs 4 euros now.\n\nThe harvest was good everywhere.\n")
    run("refresh", article)
    done = told("reattach", "accept 1", "list", "move 1", "move 2 2", "back", "list", "M")
    assert "1. claim in Prices. Then: “Bread costs 3 euros now.” Perhaps now: “Bread" in done.out
    assert "Accepted: “Bread costs 4 euros now.”\n" in done.out
    assert "It is not in the text any more." in done.out
    assert "Moved to sentence 2: The harvest was good" in done.out
    assert "Marks to reattach. All marks are on their words.\n" in done.out


def test_what_is_new_in_feeds_is_kept_read_and_dismissed(told, run, home):
    with serve({"/feed": rss(item("One"), item("Two"), item("Three"))}) as site:
        done = told(
            *("inbox", f"add {site.url('/feed')} #water", "list", "feeds", "x 1", "undo", "list"),
            *("find two", "dismiss 1", "find", "unfollow 1", "list", "check"),
        )
    assert "Inbox. Nothing new. check asks the feeds" in done.out
    assert "Added: River news" in done.out
    assert "Inbox: 3 entries.\n1. " in done.out
    assert "Dismissed: 1 entry.\n" in done.out
    assert "Undid: dismiss" in done.out
    assert "Removed: River news" in done.out
    assert "0 feeds asked" in done.err


def test_tags_and_speakers_get_other_names_everywhere(told, kept, claim, run):
    run("tag", kept, "--add", "gas")
    done = told(
        *("tags", "rename 1 energy/coal", "list", "merge 3 1", "list", "sort number"),
        *("colour 1 blue", "1", "back", "speakers", "rename 1 Ann Lee", "list", "1"),
    )
    assert "Tags: 2 tags.\n1. coal, 1 mark, 0 articles\n2. gas, 0 marks, 1 article\n" in done.out
    assert "2. energy/coal, 1 mark, 0 articles\n" in done.out
    assert "Speakers: 1 speaker.\n1. Ann Lee, 1 mark\n" in done.out
    assert 'Marks, speaker:"Ann Lee": 1 mark.\n' in done.out


def test_settings_are_told_and_changed_also_in_the_file(told, home):
    done = told("settings", "find preset", "1", "logseq", "list", "set 1 word", "1", "", "1", "-")
    assert "Settings, preset: 1 setting.\n1. Export preset: obsidian\n" in done.out
    assert "It can be obsidian, logseq, org, plain.\n" in done.out
    assert "1. Export preset: logseq\n" in done.out
    assert "export_preset" in done.err
    assert "\nexport_preset = " not in (home / ".config/annotator/settings.toml").read_text()


def test_every_command_of_the_program_can_be_typed(told, kept):
    done = told(*(f"annotator {words}" for words in ("doctor", "config path", "x", "list --nope")))
    assert "1 article, 0 marks" in done.out
    assert "settings.toml\n" in done.out
    assert "Unknown command." in done.err
    assert "Unknown option --nope." in done.err


def test_an_article_is_about_its_facts_and_its_page_is_named(told, kept):
    done = told("about 1", "browse 1", "done 1", "search coal", "statistics month")
    assert "Title: The grid at night\n" in done.out
    assert "It has no address on the web." in done.err
    assert "Mark as read: The grid at night.\n" in done.out
    assert "The grid at night\n" in done.out
    assert "0 marks made, 1 article added, 1 finished" in done.out


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("frob", "Unknown word “frob”.\nhelp tells what can be typed."),
        ("arcive 1", "Unknown word “arcive”. Did you mean “archive”?"),
        ("quit now", "Unexpected “now”.\nquit: ends the program, from everywhere."),
        ("tag", "Which one?\nType the number of a row behind the word."),
        ("tag 7 coal", "No number 7 here.\nThe last one is 1."),
        ("99", "No number 99 here."),
        ("find tag:", "tag:"),
        ("help frob", "Unknown word “frob”."),
        ("add", "No SOURCE is given."),
        ("restore 1", "“restore” is not typed here.\nIts places are: bin."),
    ],
)
def test_a_mistake_says_what_can_be_typed_and_the_session_goes_on(told, kept, line, words):
    done = told(line, "about 1")
    assert words in done.err
    assert "Title: The grid at night\n" in done.out


def test_help_tells_what_is_typed_here_and_what_is_typed_everywhere(told, kept):
    out = told("help", "help tag", "1", "help", "help all").out
    assert "> Here: find, list, save, open, add, paste" in out
    assert "> tag NUMBER TAG -TAG, or t or #: adds tags; with a - before it" in out
    assert out.count("Everywhere: help, back, quit, undo, redo, next, library, marks") == 3
    assert "\nmark SENTENCES [“WORDS”] [KIND] [#TAG] [: NOTE], or m: marks sentences" in out


@pytest.mark.parametrize("how", ["q", "back", "quit", "", "1\nquit", "marks\nreview\nbin\nquit"])
def test_it_ends_by_words_and_with_the_input_and_keeps_what_was_done(told, kept, run, how):
    told("1", "mark 1", *how.split("\n"))
    assert run("notes").out.count("\n") == 1


def test_ctrl_c_leaves_the_prompt_and_not_the_program(spoken, kept, home):
    with spoken() as terminal:
        terminal.until("> ").interrupt()
        terminal.until("> ").type("1\n").until("> ").type("m 2\n")
        terminal.until("> ").type("edit 1\n").until("Kind, now claim")
        terminal.interrupt()
        terminal.until("Nothing was changed.").until("> ").type("quit\n")
        assert terminal.ended() == 0
        assert "Marked sentence 2" in terminal.shown


def test_ctrl_c_stops_a_command_and_not_the_program(spoken, home):
    held = threading.Event()
    with serve({"/slow": b""}) as site, spoken() as terminal:
        site.holds["/slow"] = held
        terminal.until("> ").type(f"add {site.url('/slow')}\n").until("Adding")
        terminal.interrupt()
        terminal.until("Stopped").until("> ").type("help add\n").until("adds pages").type("quit\n")
        held.set()
        assert terminal.ended() == 0


@pytest.mark.parametrize("how", ["option", "variable", "terminal", "setting"])
@pytest.mark.parametrize("arguments", [(), ("read",)])
def test_the_whole_program_is_line_by_line_if_it_is_to_be(kept, home, how, arguments):
    if how == "setting":
        (home / ".config" / "annotator").mkdir(parents=True)
        (home / ".config" / "annotator" / "settings.toml").write_text("plain = true  # for Orca\n")
    environment = os.environ | {
        "variable": {"ANNOTATOR_PLAIN": "1"},
        "terminal": {"TERM": "dumb"},
    }.get(how, {})
    command = [sys.executable, "-m", "annotator", *(["--plain"] if how == "option" else [])]
    words = [*arguments, kept] if arguments else []
    with Terminal([*command, *words], environment=environment) as terminal:
        terminal.until("> ").type("help\n").until("Everywhere").until("> ").type("quit\n")
        assert terminal.ended() == 0
        assert "The grid at night" in terminal.shown
        assert not set("\x1b\x07\t") & set(terminal.shown)
        assert "\r" not in terminal.shown.replace("\r\n", "")


def test_a_zero_in_the_environment_wins_over_the_setting(kept, home):
    (home / ".config" / "annotator").mkdir(parents=True)
    (home / ".config" / "annotator" / "settings.toml").write_text("plain = true\n")
    command = [sys.executable, "-m", "annotator"]
    with Terminal(command, environment=os.environ | {"ANNOTATOR_PLAIN": "0"}) as terminal:
        terminal.sees("The grid at night")
        assert "\x1b[?1049h" in terminal.shown
        terminal.type("q")
        assert terminal.ended() == 0


def test_the_tour_is_taken_line_by_line(spoken, home):
    typed = ("", "m 2", "list", "tag 1 sea", "status 1 disputed", "edit 1\n.", "marks", "back", "u")
    with spoken("tour") as terminal:
        for (said, _), line in zip(_STEPS, typed, strict=False):
            terminal.until(f"Tour: {said}").until("> ").type(f"{line}\n")
        terminal.until("That is all.").until("> ").type("quit\n")
        assert terminal.ended() == 0
        assert "The tour has ended." in terminal.shown
        assert "\x1b" not in terminal.shown


def test_what_the_screens_need_is_not_loaded(kept):
    code = (
        "import sys; from annotator.cli import main; sys.argv[1:] = ['--plain']; main(); "
        "print('textual' in sys.modules)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, input=b"1\nquit\n", capture_output=True, check=True)
    assert done.stdout.endswith(b"False\n")


def test_what_was_changed_is_exported_and_synced_at_the_end_if_the_settings_say_so(
    told, kept, run, home, tmp_path
):
    run("sync", "--init", tmp_path / "hub.git")
    (home / ".config" / "annotator").mkdir(parents=True)
    (home / ".config" / "annotator" / "settings.toml").write_text(
        f"export_on_change = true\nexport_folder = '{home}/vault'\nsync_on = 'start,exit'\n"
    )
    done = told("1", "m 4", "back", "annotator show nothing-like-it", "quit")
    assert f"New: {home}/vault/The grid at night.md" in done.out
    assert "one hundredth of it" in (home / "vault" / "The grid at night.md").read_text("utf-8")
    assert json.loads(run("sync", "--status", "--json").out)["going"]["articles"] == []


def test_a_session_that_cannot_begin_ends_with_its_error(run, kept):
    assert run("read", "--plain", "ffff").code == run("show", "ffff").code == 5
    assert run("--plain", "--library", "/dev/null/x", stdin=b"quit\n").code == 5


def test_a_terminal_that_is_closed_ends_it_and_nothing_is_lost(home, kept, run):
    command = [sys.executable, "-m", "annotator", "read", "--plain", kept]
    with Terminal(command, start_new_session=True) as terminal:
        terminal.until("> ").type("m 4\n").until("Marked").until("> ").type("\n").until("> ")
        terminal.hang_up()
        terminal.child.send_signal(signal.SIGHUP)
        terminal.child.wait(PATIENCE)
    assert "\treading\t" in run("list").out
    assert run("undo").out.startswith("Undid: mark")
