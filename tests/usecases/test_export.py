import pytest

from annotator.errors import ExportError, InvalidInput, LibraryError
from annotator.usecases.export import ExportOptions, export_articles
from builders import make_annotation, make_article, make_extraction, make_page

TEXT = "Prices rose by a tenth last year. Wages did not follow them."


@pytest.fixture
def keep(library, moment):
    """Add an article to the library and return it."""

    def kept(url, **metadata):
        article = make_article(TEXT, url=url, **metadata)
        library.store(make_extraction(article), make_page(url=url), now=moment)
        return article

    return kept


@pytest.fixture
def export(library, tmp_path):
    """Export articles into the vault, also those without marks unless told."""

    def exported(*articles, has_unmarked=True, **options):
        return export_articles(
            library,
            [article.id for article in articles],
            tmp_path / "vault",
            state=tmp_path / "state",
            options=ExportOptions(has_unmarked=has_unmarked, **options),
        )

    return exported


def outcomes(report):
    return [each.written and each.written.outcome for each in report.exported]


def test_each_article_becomes_a_file_with_its_marks(library, keep, export):
    article = keep("https://a.org/1", title="Bread: costs more?")
    library.put([make_annotation(article, "Wages did not follow", note="Whose?", tags=("pay",))])
    report = export(article)
    assert outcomes(report) == ["new"]
    assert report.first_error is None
    text = report.exported[0].written.path.read_text("utf-8")
    assert f"annotator_id: {article.id}" in text.replace('"', "")
    for words in ("Wages did not follow", "Whose?", "pay", "https://a.org/1"):
        assert words in text


def test_a_second_export_follows_a_file_that_was_renamed(library, keep, export):
    article = keep("https://a.org/1")
    path = export(article).exported[0].written.path
    path.rename(path.with_name("Mine.md"))
    library.put([make_annotation(article, "Wages")])
    written = export(article).exported[0].written
    assert (written.outcome, written.path.name) == ("updated", "Mine.md")


def test_an_edited_file_gets_new_marks_and_keeps_what_the_user_wrote(library, keep, export):
    article = keep("https://a.org/1")
    path = export(article).exported[0].written.path
    assert outcomes(export(article)) == ["unchanged"]
    path.write_text(path.read_text("utf-8") + "Mine.\n", "utf-8")
    library.put([make_annotation(article, "Wages")])
    assert outcomes(export(article)) == ["updated"]
    assert "Mine.\n" in path.read_text("utf-8")
    assert "> Wages" in path.read_text("utf-8")
    assert outcomes(export(article)) == ["unchanged"]


def test_two_articles_of_one_title_are_two_files(keep, export):
    report = export(keep("https://a.org/1"), keep("https://a.org/2"))
    assert outcomes(report) == ["new", "new"]
    assert len({each.written.path for each in report.exported}) == 2


def test_a_damaged_article_does_not_stop_the_others(library, keep, export):
    damaged, sound = keep("https://a.org/1"), keep("https://a.org/2")
    for revision in library.folder.rglob(f"{damaged.id}/revisions/*.json*"):
        revision.write_bytes(b"")
    report = export(damaged, sound)
    assert outcomes(report) == [None, "new"]
    assert isinstance(report.first_error, LibraryError)


def test_a_folder_that_cannot_be_created_is_reported_once(keep, export, tmp_path):
    (tmp_path / "vault").write_text("a file")
    with pytest.raises(ExportError, match="is in the way"):
        export(keep("https://a.org/1"), keep("https://a.org/2"))


@pytest.mark.parametrize("name", ["html", "pdf"])
def test_a_format_that_is_unknown_or_holds_no_marks_is_refused(name, library, tmp_path):
    with pytest.raises(InvalidInput):
        export_articles(library, (), tmp_path, state=tmp_path, options=ExportOptions(name))
