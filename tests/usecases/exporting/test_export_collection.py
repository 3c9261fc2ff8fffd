"""Exporting many articles at once: what is chosen, what is read, and what failed."""

import pytest
from msgspec.structs import replace

from annotator.codec import decode
from annotator.errors import InvalidInput, NotInLibrary
from annotator.export import exporters
from annotator.export.collection import linked_ends
from annotator.export.exporters import Exporter
from annotator.model import Claim, Link
from annotator.model.library_file import FoundAt, LibraryFile, Place, StoredMark
from annotator.store import TAG_COLOURS, Library, Position, questions
from annotator.usecases.exporting.export_collection import CollectionExport, collection_export
from annotator.usecases.importing.plan import make_plan
from annotator.usecases.importing.run import ImportOptions, run_import
from annotator.usecases.marks.daily import answer
from builders import MOMENT, make_annotation, make_article, make_extraction, make_page


@pytest.fixture
def keep(library):
    """Return a function that stores an article with marks on some of its words."""

    def store(text, *words, url, **fields):
        article = make_article(text, url=url, title=text)
        library.store(make_extraction(article), make_page(url=url), now=MOMENT)
        marks = [make_annotation(article, each, **fields) for each in words]
        library.put(marks)
        return article, marks

    return store


def collect(library, *words, unit="marks", reads="marks", follows=False):
    """Return the articles of an export, and the export."""
    found = []

    def write(collection):
        found.extend(collection.articles)
        yield f"{collection.saved_queries}"

    exporter = Exporter(
        name="test",
        suffix=".txt",
        write_collection=write,
        unit=unit,
        reads=reads,
        follows_evidence=follows,
    )
    export = CollectionExport(library, exporter, words)
    assert list(export.pieces()) == ["{}"]
    return found, export


def quotes(articles):
    return sorted(mark.annotation.quote for article in articles for mark in article.marks)


def test_a_format_of_marks_holds_the_marks_that_match(library, keep):
    keep("Gas is dear.", "Gas", "dear", url="https://a.example/1", kind="claim")
    keep("Coal is not.", "Coal", url="https://a.example/2", kind="question")
    keep("Wind is free.", url="https://a.example/3")
    found, export = collect(library)
    assert quotes(found) == ["Coal", "Gas", "dear"]
    assert (export.articles, export.marks) == (2, 3)
    assert quotes(collect(library, "kind:claim")[0]) == ["Gas", "dear"]
    assert quotes(collect(library, "kind:claim", "dear")[0]) == ["dear"]


def test_a_format_of_articles_holds_all_marks_of_those_that_match(library, keep):
    keep("Gas is dear.", "Gas", "dear", url="https://a.example/1")
    keep("Wind is free.", url="https://a.example/3")
    found, export = collect(library, unit="articles")
    assert (export.articles, export.marks) == (2, 2)
    found, _ = collect(library, "dear", unit="articles")
    assert quotes(found) == ["Gas", "dear"]


def test_articles_and_marks_are_chosen_by_their_ids(library, keep):
    gas, [first, second] = keep("Gas is dear.", "Gas", "dear", url="https://a.example/1")
    coal, _ = keep("Coal is not.", "Coal", url="https://a.example/2")
    assert quotes(collect(library, gas.id, coal.id)[0]) == ["Coal", "Gas", "dear"]
    assert quotes(collect(library, second.id)[0]) == ["dear"]
    assert quotes(collect(library, first.id, gas.id)[0]) == ["Gas", "dear"]
    assert quotes(collect(library, gas.id, "dear")[0]) == ["dear"]


@pytest.mark.parametrize("unit", ["marks", "articles"])
def test_nothing_that_matches_is_an_error_and_an_empty_library_is_none(library, unit):
    assert collect(library, unit=unit)[0] == []
    with pytest.raises(NotInLibrary):
        collect(library, "tag:none", unit=unit)


def test_links_have_both_of_their_ends(library, keep):
    _, [old] = keep("Gas is dear.", "Gas", url="https://a.example/1")
    links = [Link("supports", old.id, "why"), Link("opposes", "https://b.example/")]
    _, [new] = keep("Coal is not.", "Coal", url="https://a.example/2", links=links)
    [first, second] = sorted(collect(library)[0], key=lambda it: it.record.url)
    [back] = linked_ends(old, first.linked)
    assert (back.relation, back.note, back.is_back) == ("supports", "why", True)
    assert back.end.annotation == new
    assert back.end.record.url == "https://a.example/2"
    assert second.linked[old.id].annotation == old
    assert second.linked[old.id].record.title == "Gas is dear."
    assert (list(first.linked), list(second.linked)) == ([new.id], [old.id])


def test_the_end_of_a_link_is_there_also_if_it_is_not_exported(library, keep):
    _, [old] = keep("Gas is dear.", "Gas", url="https://a.example/1")
    _, [new] = keep("It is.", "It", url="https://a.example/2", links=[Link("supports", old.id)])
    [article] = collect(library, new.id)[0]
    assert article.linked[old.id].annotation == old


def test_marks_are_placed_in_the_current_text(library, keep):
    article, _ = keep("Gas is dear.", "dear", url="https://a.example/1")
    longer = replace(make_article("Today gas is dear.", url=article.url), id=article.id)
    library.store(make_extraction(longer), make_page(url=article.url), now=MOMENT)
    [found] = collect(library)[0]
    assert found.marks[0].span.of(longer.text) == "dear"
    assert found.extraction is None
    [found] = collect(library, reads="text")[0]
    assert found.extraction.article == longer
    assert found.stored is None


def test_everything_is_read_for_a_format_that_wants_it(library, keep):
    article, [mark, gone] = keep("Gas is dear.", "dear", "Gas", url="https://a.example/1")
    longer = replace(make_article("Today gas is dear.", url=article.url), id=article.id)
    library.store(make_extraction(longer), make_page(url=article.url), now=MOMENT)
    library.article(article.id).remove([gone.id], now=MOMENT)
    library.positions.save(article.id, Position(3, 0.25, 0.5))
    library.places.save(article.id, "a", Place(4, "is"), is_only=False)
    answered = answer(library, mark, "good", now=MOMENT)
    [found] = collect(library, unit="articles", reads="everything")[0]
    stored = found.stored
    assert (stored.record, stored.extraction) == (found.record, found.extraction)
    assert [each.article.text for each in stored.earlier] == ["Gas is dear."]
    assert list(stored.deleted) == [gone.id]
    assert stored.marks == [StoredMark(mark, FoundAt(13, 17, "moved"), answered.after)]
    assert (stored.reading.offset, stored.reading.furthest) == (3, 0.5)
    assert stored.places["a"].words == "is"


def test_an_article_that_cannot_be_read_is_reported_and_the_others_are_exported(library, keep):
    article, _ = keep("Gas is dear.", "Gas", url="https://a.example/1")
    keep("Coal is not.", "Coal", url="https://a.example/2")
    [text] = library.folder.glob(f"articles/*/{article.id}/revisions/*.json")
    text.write_text("{}")
    found, export = collect(library, unit="articles", reads="text")
    assert quotes(found) == ["Coal"]
    [failed] = export.failed
    assert failed.article_id == article.id


def test_an_earlier_version_that_cannot_be_read_is_left_out_and_reported(library, keep):
    article, _ = keep("Gas is dear.", "dear", url="https://a.example/1")
    longer = replace(make_article("Today gas is dear.", url=article.url), id=article.id)
    library.store(make_extraction(longer), make_page(url=article.url), now=MOMENT)
    folder = library.folder / "articles" / article.id[:2] / article.id / "revisions"
    (folder / f"{article.revision}.json").write_text("{}")
    [found], export = collect(library, unit="articles", reads="everything")
    assert found.stored.earlier == ()
    assert "an earlier version was left out" in export.told[0]


def test_an_article_whose_marks_cannot_be_read_is_reported(library, keep):
    article, _ = keep("Gas is dear.", "Gas", url="https://a.example/1")
    keep("Coal is not.", "Coal", url="https://a.example/2")
    library.ask(questions.articles.find_articles())
    for file in library.folder.glob(f"articles/*/{article.id}/annotations.json*"):
        file.write_text("{")
    found, export = collect(library, article.id, unit="articles")
    assert (found, [failed.article_id for failed in export.failed]) == ([], [article.id])


def test_json_is_read_back_as_what_the_library_holds(library, keep):
    keep("Gas is dear.", "dear", "Gas", url="https://a.example/1", note="why")
    keep("Wind is free.", url="https://a.example/3")
    text = "".join(collection_export(library, (), format_name="json").pieces())
    read = decode(text, LibraryFile)
    assert {each.record.id for each in read.articles} == {it.id for it in library.records()}
    for each in read.articles:
        assert each.record == library.article(each.record.id).record()
        assert each.extraction == library.article(each.record.id).extraction()
        found = tuple(mark.annotation for mark in each.marks)
        assert found == library.article(each.record.id).annotations()


def test_a_saved_page_has_the_address_that_it_gives_for_itself(library):
    article = make_article(
        "Gas is dear.", url="file:///a.html", canonical_url="https://a.example/gas"
    )
    library.store(make_extraction(article), make_page(url=article.url), now=MOMENT)
    library.put([make_annotation(article, "dear")])
    [found] = collect(library)[0]
    assert found.record.url == "https://a.example/gas"
    page = "".join(collection_export(library, (), format_name="html").pieces())
    assert '<p class="source"><a href="https://a.example/gas"' in page
    [found] = collect(library, unit="articles", reads="everything")[0]
    assert found.record.url == "file:///a.html"


def test_progress_is_shown(library, keep):
    keep("Gas is dear.", "dear", url="https://a.example/1")
    keep("Coal is not.", "Coal", url="https://a.example/2")
    shown = []
    export = collection_export(library, (), format_name="csv", show_progress=shown.append)
    assert "".join(export.pieces())
    assert shown == [2]


def test_a_format_for_single_articles_is_refused(library):
    with pytest.raises(InvalidInput, match="markdown cannot hold several articles"):
        collection_export(library, (), format_name="markdown")


@pytest.mark.parametrize("name", exporters.built_in_formats("collection"))
def test_every_format_is_the_same_when_nothing_changed(library, keep, tmp_path, name):
    claim = Claim(speaker="Ann Lee", status="refuted", verdict="It is not.")
    keep("Gas is dear.", "Gas", "dear", url="https://a.example/1", tags=["x"], claim=claim)

    def write(path):
        export = collection_export(library, (), format_name=name)
        return export.write(path, state=tmp_path / "state").written[0].outcome

    assert write(tmp_path) == "new"
    assert write(tmp_path) == "unchanged"
    rated = Claim(status="refuted")  # a format of fact checks holds no others
    keep("Coal is not.", "Coal", url="https://a.example/2", claim=rated)
    assert write(tmp_path) == "updated"


def test_formats_with_the_same_suffix_have_files_of_their_own(library, keep, tmp_path):
    keep("Gas is dear.", "Gas", url="https://a.example/1")
    names = exporters.built_in_formats("collection")
    for name in names:
        export = collection_export(library, (), format_name=name)
        assert export.write(tmp_path, state=tmp_path / "state").written[0].outcome == "new"
    assert {"annotator.csv", "annotator-readwise.csv"} <= {it.name for it in tmp_path.iterdir()}


def test_evidence_is_followed_over_any_number_of_links(library, keep):
    _, [claim] = keep("Gas is dear.", "Gas", url="https://a.example/1", tags=("price",))
    _, [same] = keep(
        "It costs.", "costs", url="https://a.example/2", links=(Link("same-as", claim.id),)
    )
    _, [near] = keep(
        "A survey.", "survey", url="https://a.example/3", links=(Link("supports", same.id),)
    )
    keep("A check.", "check", url="https://a.example/4", links=(Link("opposes", near.id),))
    keep("A hint.", "hint", url="https://a.example/5", links=(Link("informs", near.id),))
    assert quotes(collect(library, "tag:price")[0]) == ["Gas"]
    found, export = collect(library, "tag:price", follows=True)
    assert quotes(found) == ["Gas", "check", "costs", "survey"]
    assert (export.articles, export.marks) == (4, 4)


def test_what_a_format_reports_is_kept(library, keep):
    keep("Gas is dear.", "Gas", url="https://a.example/1")

    def write(collection):
        collection.tell("Nothing is in it.")
        yield ""

    export = CollectionExport(library, Exporter(name="t", suffix=".t", write_collection=write), [])
    assert list(export.pieces()) == [""]
    assert export.told == ["Nothing is in it."]


def deleted(library, article):
    """Return what is left of deleted marks, with those that are in the bin."""
    marks = library.article(article.id).deleted_marks()
    assert all(tombstone.mark for tombstone in marks.values())
    return marks


async def test_a_library_that_was_exported_is_restored_as_it_was(library, tmp_path, moment):
    article = make_article("Gas is dear.\n\nCoal is not.", title="Prices")
    other = make_article("Gas is cheap.", url="https://example.org/b")
    older = make_article("Gas was dear.", title="Prices")
    for each in (older, article, other):
        library.store(make_extraction(each), make_page(url=each.url), now=moment)
    mark = make_annotation(article, "dear", note="Is it?", tags=["price"])
    library.put([mark, make_annotation(article, "Coal"), make_annotation(other, "cheap")])
    library.article(article.id).remove(
        [library.article(article.id).annotations()[1].id], now=moment
    )
    library.positions.save(article.id, Position(5, 0.25, 0.5))
    library.places.save(article.id, "a", Place(4, "is"), is_only=False)
    library.catalog.put(TAG_COLOURS, {"price": "#5fb36a"}, now=moment)
    for name in ("json", "jsonl"):
        path = tmp_path / f"all.{name}"
        collection_export(library, (), format_name=name).write(path, state=tmp_path / "state")
        with Library.open(tmp_path / name, state=tmp_path / f"{name}-state") as copy:
            for _ in range(2):
                await run_import(copy, make_plan([path]), ImportOptions(), now=moment)
                again = "".join(collection_export(copy, (), format_name=name).pieces())
                assert again == path.read_text("utf-8")
            assert deleted(copy, article) == deleted(library, article)
