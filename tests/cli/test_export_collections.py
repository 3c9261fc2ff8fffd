"""`annotator export` with formats for many articles in one file."""

import csv
import json
import zipfile
from io import StringIO

import pytest


@pytest.fixture
def marked(run, kept):
    """Mark some words of the article, and return its id."""
    done = run("mark", kept, "ran without coal", "--kind", "claim", "--tag", "energy")
    assert done.code == 0, done.err
    return kept


@pytest.mark.parametrize("target", [(), ("--to", "-")])
def test_a_collection_goes_to_standard_output(run, marked, target):
    done = run("export", "--format", "csv", *target)
    assert (done.code, done.err) == (0, "")
    [row] = csv.DictReader(StringIO(done.out.removeprefix("\ufeff"), newline=""))
    assert (row["article"], row["quote"], row["tags"]) == (marked, "ran without coal", "energy")


def test_a_collection_goes_to_a_file_or_into_a_folder(run, marked, home):
    done = run("export", "--format", "json", "--to", home / "all.json")
    assert done.out == f"new\t{home / 'all.json'}\n"
    assert done.err == "1 article, 1 mark.\n"
    whole = json.loads((home / "all.json").read_text("utf-8"))
    assert whole["articles"][0]["record"]["id"] == marked
    done = run("export", "--format", "json", "--to", "~/all.json", "--json")
    assert json.loads(done.out) == {
        "outcome": "unchanged",
        "path": str(home / "all.json"),
        "articles": 1,
        "marks": 1,
        "orphaned": 0,
        "problems": [],
        "failed": [],
    }
    assert run("export", "--format", "tsv", "--to", home).out == f"new\t{home / 'annotator.tsv'}\n"


def test_each_article_becomes_a_book_whose_name_ends_with_its_id(run, marked, home):
    done = run("export", "--format", "epub", "--to", f"{home}/books/")
    [book] = (home / "books").iterdir()
    assert done.out == f"new\t{book}\n"
    assert book.name.endswith(f"--{marked}.epub")
    assert zipfile.is_zipfile(book)
    again = run("export", "--format", "epub", "--to", home / "books", "--check")
    assert (again.out, again.code) == (f"unchanged\t{book}\n", 0)


def test_a_book_keeps_its_name_and_is_brought_up_to_date(run, marked, home):
    run("export", "--format", "epub", "--to", f"{home}/books/")
    [book] = (home / "books").iterdir()
    kept = book.rename(home / "books" / f"mine--{marked}.epub")
    assert "was not exported" in run("export", "--format", "epub", "--to", home / "books").err
    kept.unlink()
    run("export", "--format", "epub", "--to", f"{home}/books/")
    run("mark", marked, "a milestone")
    assert run("export", "--format", "epub", "--to", home / "books", "--check").code == 1
    done = run("export", "--format", "epub", "--to", home / "books")
    assert done.out == f"updated\t{book}\n"


def test_a_book_of_all_articles_is_one_file_and_no_text(run, marked, home):
    done = run("export", "--format", "epub", "--to", home / "all.epub")
    assert (done.out, done.err) == (f"new\t{home / 'all.epub'}\n", "1 article, 1 mark.\n")
    done = run("export", "--format", "epub")
    assert (done.code, done.out) == (2, "")
    assert "--to DIR/" in done.err


def test_only_marks_that_match_are_exported(run, marked):
    run("mark", marked, "a milestone", "--kind", "question")
    done = run("export", "--format", "tsv", "kind:question")
    assert [line.split("\t")[8] for line in done.out.splitlines()[1:]] == ["a milestone"]
    assert run("export", "--format", "tsv", "-kind:question", "-kind:claim").code == 5
    assert run("export", "--format", "jsonl", "tag:none").code == 5


def test_a_file_of_the_user_is_not_overwritten(run, marked, home):
    (home / "mine.csv").write_text("mine")
    done = run("export", "--format", "csv", "--to", home / "mine.csv")
    assert done.code == 6
    assert "is already there" in done.err
    assert (home / "mine.csv").read_text() == "mine"


def test_check_says_whether_the_file_would_change(run, marked, home):
    export = ("export", "--format", "csv", "--to", home / "marks.csv")
    assert run(*export, "--check").code == 1
    assert run(*export, "--dry-run").out.startswith("new\t")
    assert not (home / "marks.csv").exists()
    run(*export)
    assert run(*export, "--check").code == 0
    assert run("export", "--format", "csv", "--check").code == 2


def test_the_output_stays_as_it_is_in_any_locale(process, marked):
    done = process("export", "--format", "tsv", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.code == 0
    assert "ran without coal" in done.out
    done = process("export", "--format", "csv", PYTHONIOENCODING="latin-1")
    assert done.out.startswith('\ufeff"id","article"')


def test_a_terminal_gets_no_byte_order_mark(terminal, marked):
    assert terminal("export", "--format", "csv").out.startswith('"id","article"')


def test_an_article_that_cannot_be_read_is_reported(run, marked, home, site):
    run("add", site.url("/bread"))
    [text] = home.glob(f".local/share/annotator/articles/*/{marked}/revisions/*.json")
    text.write_text("{}")
    done = run("export", "--format", "jsonl")
    assert done.code == 5
    assert "The grid at night" in done.err
    assert len(done.out.splitlines()) == 2
    done = run("export", "--format", "json", "--to", home / "all.json", "--json")
    assert done.code == 5
    assert [each["id"] for each in json.loads(done.out)["failed"]] == [marked]


def test_marks_that_are_not_found_in_the_text_are_counted(run, site, home):
    added = run("add", site.url("/bread")).out.split("\t")[1]
    run("mark", added, "Bakers blame the price of flour")
    site.pages["/bread"] = site.pages["/bread"].replace(
        b"Bakers blame the price of flour, which rose by a third, and that of gas",
        b"The minister opened a new bridge over the river in the north of the country",
    )
    assert run("refresh", added).code == 0
    done = run("export", "--format", "csv", "--to", home / "marks.csv")
    assert done.err == "1 article, 1 mark, 1 of them not found in the text.\n"
    assert ',"lost",' in (home / "marks.csv").read_text("utf-8")


def test_an_empty_library_is_exported_as_an_empty_file(run):
    done = run("export", "--format", "jsonl")
    assert (done.code, done.err) == (0, "There is nothing to export yet.\n")
    assert len(done.out.splitlines()) == 1


def test_pruning_is_for_notes(run, marked):
    assert run("export", "--format", "csv", "--prune").code == 2


def test_what_a_format_leaves_out_is_reported(run, marked):
    done = run("export", "--format", "hypothesis")
    assert json.loads(done.out)["annotations"] == []
    assert done.err == "1 mark left out: Hypothesis knows only pages on the web, no files.\n"


def test_a_terminal_shows_the_file_and_the_summary(terminal, marked, home):
    done = terminal("export", "--format", "csv", "--to", "marks.csv")
    assert done.out.splitlines() == [f"new\t{home.parent / 'marks.csv'}", "1 article, 1 mark."]


def test_claims_without_a_rating_are_reported(run, marked, home):
    done = run("export", "--format", "claimreview")
    assert json.loads(done.out)["@graph"] == []
    assert "Left out: 1 claim without a verdict" in done.err
    done = run("export", "--format", "claimreview", "--to", home, "--json")
    [problem] = json.loads(done.out)["problems"]
    assert problem.startswith("Left out: 1 claim")


def test_a_query_chooses_the_sources_of_a_bibliography(run, marked):
    assert run("export", "--format", "bibtex", "tag:energy").out.startswith("@")
    assert run("export", "--format", "csl-json", "tag:other").code == 5


def test_html_shows_an_article_with_its_marks(run, marked):
    shown = run("show", marked, "--format", "html")
    assert shown.code == 0
    assert '<mark class="k0" data-marks="a-' in shown.out
    done = run("export", "--format", "html", marked)
    assert done.out.rstrip("\n") == shown.out.rstrip("\n")


def test_an_article_without_marks_is_a_page_too(run, kept):
    shown = run("show", kept, "--format", "html")
    assert shown.code == 0
    assert "ran without coal" in shown.out
    assert "<mark" not in shown.out
