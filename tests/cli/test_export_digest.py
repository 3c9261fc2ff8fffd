"""One note of a query, the note of the day, and exports that go on."""

import os
import signal
import subprocess
import sys
import time

import pytest

from waiting import PATIENCE, wait_until


def marks_of(run, article):
    return [line.split("\t")[0] for line in run("notes", article).out.splitlines()]


@pytest.fixture
def linked(run, kept):
    """Mark two passages of an article, of which the second opposes the first."""
    run("mark", kept, "ran without coal", "--tag", "coal", "--speaker", "Ann Lee")
    run("mark", kept, "Coal made two thirds of the power", "--tag", "power")
    first, second = marks_of(run, kept)
    run("link", second, "opposes", first, "--note", "in 1990")
    return first, second


def test_a_digest_has_groups_with_evidence_and_sources(run, linked, home):
    done = run("export", "kind:claim", "--digest", "--name", "Of coal", "--to", home / "vault")
    assert done.out == f"new\t{home / 'vault' / 'Of coal.md'}\n"
    text = (home / "vault" / "Of coal.md").read_text("utf-8")
    parts = (
        "2 marks of 1 article for “kind:claim”.",
        "## coal\n",
        "> ran without coal\n",
        "- [speaker:: Ann Lee]\n",
        "- **opposed by** “Coal made two thirds of the power”",
        "(in 1990)",
        "## power\n",
        "## Sources\n",
    )
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    done = run("export", "kind:claim", "--digest", "--name", "Of coal", "--to", home / "vault")
    assert done.out == f"unchanged\t{home / 'vault' / 'Of coal.md'}\n"


def test_a_digest_is_merged_with_what_its_reader_wrote(run, linked, home):
    def export():
        return run("export", "kind:claim", "--digest", "--group", "status", "--to", home / "vault")

    export()
    [path] = (home / "vault").iterdir()
    text = path.read_text("utf-8").replace("> ran without coal", "Mine.\n> ran without coal")
    path.write_text(text.replace("## Sources", "## My sources") + "\nAt the end.\n", "utf-8")
    run("edit", linked[1], "--status", "refuted")
    assert export().out.startswith("merged\t")
    text = path.read_text("utf-8")
    for words in ("Mine.\n> ran without coal", "## My sources", "At the end.", "## refuted\n"):
        assert words in text
    assert text.count("> Coal made two thirds of the power\n") == 1
    run("edit", linked[0], "--status", "refuted")
    export()
    assert "Mine.\n> ran without coal" in path.read_text("utf-8")
    assert "*Not in this digest any more, " in path.read_text("utf-8")
    assert export().out.startswith("unchanged\t")
    path.rename(path.with_name("Renamed.md"))
    assert export().out == f"unchanged\t{path.with_name('Renamed.md')}\n"


def test_a_digest_links_to_the_notes_of_articles_and_leaves_their_marks_alone(run, linked, home):
    run("export", "--to", home / "vault")
    run("export", "--digest", "--name", "All", "--to", home / "vault")
    text = (home / "vault" / "All.md").read_text("utf-8")
    assert f"[[The grid at night#^a-{linked[0]}|The grid at night]]" in text
    done = run("export", "--to", home / "vault")
    assert "1 unchanged" in done.err or done.out.startswith("unchanged\t")
    assert "not in the library" not in done.err


def test_a_plain_digest_has_no_links_between_notes(run, linked, home):
    plain = ("--preset", "plain", "--to", home / "vault")
    run("export", *plain)
    run("export", "--digest", "--name", "All", "--group", "site", *plain)
    text = (home / "vault" / "All.md").read_text("utf-8")
    assert f"[The grid at night](<The grid at night.md#a-{linked[0]}>)" in text
    assert "- **Speaker:** Ann Lee\n" in text
    assert "[its marks](<The grid at night.md>)" in text
    assert "[[" not in text


@pytest.mark.parametrize(
    ("preset", "parts"),
    [
        (
            "logseq",
            (
                "- ## coal <!-- annotator:begin ",
                "speaker:: Ann Lee\n",
                "\t- **opposed by** “",
                "[[The grid at n",
            ),
        ),
        ("org", ("** coal\n", ":SPEAKER: Ann Lee\n", "- *opposed by* “", "[[file:The grid at n")),
        ("plain", ("## coal\n", "- **Speaker:** Ann Lee\n", "](<The grid at night.md#a-")),
    ],
)
def test_a_digest_is_written_and_merged_for_every_preset(run, linked, home, preset, parts):
    def export():
        return run("export", "--digest", "--name", "A", "--preset", preset, "--to", home / "vault")

    run("export", "--preset", preset, "--to", home / "vault")
    assert export().out.startswith("new\t")
    [path] = (home / "vault").glob("A.*")
    text = path.read_text("utf-8")
    for part in parts:
        assert part in text
    assert export().out.startswith("unchanged\t")
    path.write_text(text.replace("> ran without", "> it ran without") + "At the end.\n", "utf-8")
    run("edit", linked[1], "--note", "A new note.")
    assert export().out.startswith("merged\t")
    text = path.read_text("utf-8")
    assert "A new note." in text
    assert text.endswith("At the end.\n")


def test_a_digest_can_be_a_page_of_a_name_in_a_folder_that_is_made(run, linked, home):
    options = ("--digest", "--format", "html", "--name", "Of coal", "--to", f"{home}/new/pages/")
    assert run("export", "kind:claim", *options).out == f"new\t{home}/new/pages/Of coal.html\n"
    text = (home / "new" / "pages" / "Of coal.html").read_text("utf-8")
    assert '<h1 dir="auto">Of coal</h1>' in text
    assert '<h2 id="claims">Claims</h2>' in text
    daily = run("export", "--daily", "--format", "html", "--to", home / "new" / "pages")
    assert daily.out.endswith(f"Marked {time.strftime('%Y-%m-%d')}.html\n")


def test_a_mark_with_two_tags_is_in_the_first_of_its_groups(run, linked, home):
    run("tag", linked[0], "--add", "a-first-tag")
    run("export", "kind:claim", "--digest", "--name", "Of coal", "--to", home / "vault")
    text = (home / "vault" / "Of coal.md").read_text("utf-8")
    assert text.count("> ran without coal\n") == 1
    assert text.index("## a-first-tag") < text.index("> ran without coal") < text.index("## power")
    assert "## coal" not in text


def test_the_note_of_the_day_has_what_was_marked_today(run, linked, home):
    done = run("export", "--daily", "--to", home / "vault")
    [path] = (home / "vault").iterdir()
    assert done.out == f"new\t{path}\n"
    assert path.stem == f"Marked {time.strftime('%Y-%m-%d')}"
    assert "## The grid at night\n" in path.read_text("utf-8")


def test_a_digest_of_nothing_is_not_written(run, kept, home):
    assert run("export", "--digest", "tag:none", "--to", home / "vault").code == 5
    assert run("export", "--daily", "--to", home / "vault").code == 0
    assert list((home / "vault").iterdir()) == []


@pytest.mark.parametrize(
    "options",
    [
        ("--name", "x"),
        ("--digest", "--format", "json"),
        ("--preset", "plain", "--format", "csv"),
        ("--full-text", "--preset", "logseq"),
        ("--digest", "--format", "html", "--group", "tag"),
        ("--digest", "--prune"),
        ("--format", "html", "--name", "x"),
        ("--watch", "--check"),
        ("--watch", "--json"),
    ],
)
def test_options_that_do_not_go_together_are_refused(run, kept, home, options):
    assert run("export", *options, "--to", home / "vault").code == 2


def test_a_watched_library_is_exported_when_a_mark_is_made_until_it_is_stopped(run, kept, home):
    vault = home / "vault"
    watch = subprocess.Popen(
        [sys.executable, "-m", "annotator", "export", "--watch", "--to", str(vault)],
        env=os.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_until(vault.is_dir)
        run("mark", kept, "ran without coal")
        out = watch.stdout.readline()
        watch.send_signal(signal.SIGINT)
        _, err = watch.communicate(timeout=PATIENCE)
    finally:
        watch.kill()
    assert (watch.returncode, out) == (0, f"new\t{vault / 'The grid at night.md'}\n")
    assert err.endswith("Stopped.\n")
