"""Several people on one library: their marks are found, listed and exported by who made them."""

import json
from zipfile import ZipFile

import pytest

GRID = "The national grid ran without coal"
COAL = "Coal made two thirds of the power as late as 1990."


@pytest.fixture
def use(home):
    """Return a function that lets somebody use the program from now on."""

    def used(name):
        file = home / ".config" / "annotator" / "settings.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f'author = "{name}"\n')

    return used


@pytest.fixture
def ann_only(run, kept, use):
    """Mark a claim as Ann, and return its id."""
    use("Ann Lee")
    return json.loads(run("mark", kept, GRID, "--json").out)["id"]


@pytest.fixture
def both(run, kept, ann_only, use):
    """Mark another claim as Bo, and return both ids."""
    use("Bo Chan")
    return ann_only, json.loads(run("mark", kept, COAL, "--json").out)["id"]


def exported(run, form, *words):
    done = run("export", *words, "--format", form, "--to", "-")
    assert done.code == 0, done.err
    return done.out


def test_git_names_who_made_a_mark_if_the_settings_do_not(run, kept):
    mark = json.loads(run("mark", kept, GRID, "--json").out)["id"]
    [found] = json.loads(run("notes", "--json").out)
    assert (found["id"], found["author"]) == (mark, "Ann Reader")


def test_marks_articles_and_claims_are_found_by_who_made_the_mark(run, kept, both):
    ann, bo = both
    assert run("notes", "by:ann").out.split("\t")[0] == ann
    assert run("claims", 'by:"bo chan"').out.count("\n") == 1
    assert bo in run("claims", 'by:"bo chan"').out
    assert kept in run("list", "by:bo").out
    assert run("list", "by:cy").out == ""
    assert run("claims", "by:").code == 2


def test_claims_are_grouped_by_who_made_them(run, both):
    lines = run("claims", "--group", "author").out.splitlines()
    assert [line.split("\t")[-1] for line in lines] == ["Ann Lee", "Bo Chan"]


def test_formats_name_the_authors_if_there_are_several(run, both):
    items = json.loads(exported(run, "w3c"))["first"]["items"]
    assert [item["creator"] for item in items] == [
        {"type": "Person", "name": name} for name in ("Ann Lee", "Bo Chan")
    ]
    head, *rows = [line.split("\t") for line in exported(run, "tsv").splitlines()]
    assert [row[head.index("author")] for row in rows] == ["Ann Lee", "Bo Chan"]
    assert '"Bo Chan"' in exported(run, "csv")
    assert "AUTHOR: Bo Chan" in " ".join(exported(run, "org").split())
    assert exported(run, "w3c", "by:bo").count('"creator"') == 1


def test_pages_and_books_name_who_made_each_mark(run, home, both):
    pages = exported(run, "html"), exported(run, "html", "by:bo")
    names = [
        [f", by <bdi>{name}</bdi>" in page for name in ("Ann Lee", "Bo Chan")] for page in pages
    ]
    assert names == [[True, True], [False, True]]
    assert run("export", "--format", "epub", "by:bo", "--to", home / "all.epub").code == 0
    book = ZipFile(home / "all.epub")
    files = [book.read(name).decode() for name in book.namelist()]
    [chapter] = [file for file in files if "doc-backlink" in file]
    assert ", by <bdi>Ann Lee</bdi></p>" in chapter
    assert ", by <bdi>Bo Chan</bdi></p>" in chapter


def test_formats_name_nobody_if_one_reads_alone(run, ann_only):
    for form in ("w3c", "csv", "tsv", "org", "hypothesis", "html"):
        assert "Ann Lee" not in exported(run, form).replace("said Ann Lee, who", "")


def test_notes_say_who_made_a_mark_from_the_day_on_when_several_do(run, home, kept, ann_only, use):
    folder = home / "notes"
    assert run("export", "--to", folder).code == 0
    [note] = folder.glob("*.md")
    alone = note.read_text()
    assert "Ann Lee" not in alone.replace("said Ann Lee, who", "")
    use("Bo Chan")
    run("mark", kept, COAL)
    run("export", "--to", folder)
    assert "[by:: Ann Lee]" in note.read_text()
    assert "[by:: Bo Chan]" in note.read_text()
    run("export", "--digest", "by:bo", "--to", folder)
    [digest] = folder.glob("by*.md")
    assert "[by:: Bo Chan]" in digest.read_text()
    assert "[by:: Ann Lee]" not in digest.read_text()


def test_the_json_of_the_library_brings_back_who_made_changed_and_deleted_marks(
    run, home, kept, both, use
):
    ann, bo = both
    run("edit", ann, "--note", "Bo's note")
    use("Cy")
    run("unmark", bo, "--yes")
    text = exported(run, "json")
    (home / "library.json").write_text(text)
    folder = home / "other"
    done = run("--library", folder, "import", home / "library.json")
    assert done.code == 0, done.err
    again = run("--library", folder, "export", "--format", "json", "--to", "-").out
    [article], [before] = (json.loads(form)["articles"] for form in (again, text))
    names = ("marks", "deleted", "deleted_by", "deleted_edits", "binned")
    assert [article[name] for name in names] == [before[name] for name in names]
    assert article["deleted_by"] == {bo: "Cy"}
    assert article["binned"][bo]["author"] == "Bo Chan"
    [mark] = [each["annotation"] for each in article["marks"]]
    assert (mark["author"], {who for _, who in mark["editors"]}) == ("Ann Lee", {"Bo Chan"})


def test_undo_takes_back_and_redoes_what_somebody_marked(run, both):
    assert run("undo").code == 0
    assert run("notes", "by:bo").out == ""
    assert run("notes", "by:ann").out.count("\n") == 1


@pytest.mark.parametrize("form", ["csv", "tsv", "w3c", "hypothesis"])
def test_a_file_of_marks_brings_back_who_made_them(run, home, story, use, form):
    done = run("add", story, "--url", "https://example.org/grid")
    for name, words in (("Ann Lee", GRID), ("Bo Chan", COAL)):
        use(name)
        run("mark", done.out.split("\t")[1], words)
    file, other = home / f"marks.{form}", home / "other"
    file.write_text(exported(run, form), newline="")
    done = run("--library", other, "import", file, "--no-fetch")
    found = json.loads(run("--library", other, "notes", "--json").out)
    assert {mark["author"] for mark in found} == {"Ann Lee", "Bo Chan"}, done.err
