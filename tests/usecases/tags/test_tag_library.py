import pytest
from msgspec.structs import replace

from annotator.errors import Conflict, InvalidInput, InvalidTag, NotInLibrary
from annotator.store import TAG_COLOURS, Library
from annotator.usecases.articles.tagging import tag_article
from annotator.usecases.library.undo import History
from annotator.usecases.tags.tag_library import (
    colour_tags,
    delete_tags,
    merge_tags,
    move_tags,
    tag_colours,
    tag_tree,
)
from builders import make_annotation, make_article, make_extraction, make_page


@pytest.fixture
def tagged(library, moment):
    """Return two articles with tags of their own and on their marks."""
    found = []
    for name, on_article, on_marks in (
        ("a", ["energy"], [["energy/grid", "Prices"], ["energy/grid/Germany", "energy/wind"]]),
        ("b", ["law"], [["Energy/grid"], ["war"]]),
    ):
        url = f"https://example.org/{name}"
        article = make_article("Prices rose by a tenth. Wages did not.", url=url)
        library.store(make_extraction(article), make_page(url=url), now=moment)
        tag_article(library, article.id, add=on_article, now=moment)
        quotes = ("Prices rose", "Wages did not")
        library.put(
            [
                make_annotation(article, quote, tags=names)
                for quote, names in zip(quotes, on_marks, strict=True)
            ]
        )
        found.append(article)
    return found


def tags_of(library: Library) -> list[tuple[str, ...]]:
    """Return the tags of each article and its marks, in order."""
    records = sorted(library.records(), key=lambda record: record.url)
    found = []
    for record in records:
        found += [record.tags, *(mark.tags for mark in library.article(record.id).annotations())]
    return found


def counts(library: Library) -> dict[str, tuple[int, int, int, int]]:
    return {
        each.name.lower(): (each.marks, each.articles, each.all_marks, each.all_articles)
        for each in tag_tree(library)
    }


def test_the_tree_counts_marks_and_articles_with_a_tag_and_with_one_below_it(library, tagged):
    assert counts(library) == {
        "energy": (0, 1, 3, 1),
        "energy/grid": (2, 0, 3, 0),
        "energy/grid/germany": (1, 0, 1, 0),
        "energy/wind": (1, 0, 1, 0),
        "law": (0, 1, 0, 1),
        "prices": (1, 0, 1, 0),
        "war": (1, 0, 1, 0),
    }


def test_a_tag_that_only_those_below_it_make_is_in_the_tree(library, annotation, later):
    merge_tags(library, ["prices"], "food/prices", now=later)
    assert counts(library) == {"food": (0, 0, 1, 0), "food/prices": (1, 0, 1, 0)}
    assert [(each.depth, each.label) for each in tag_tree(library)] == [(0, "food"), (1, "prices")]


def test_an_empty_library_has_no_tags(library):
    assert tag_tree(library) == ()


def test_a_tag_is_renamed_with_everything_below_it_in_marks_and_articles(library, tagged, later):
    step = merge_tags(library, ["energy"], "Power", now=later)
    assert tags_of(library) == [
        ("Power",),
        ("Power/grid", "Prices"),
        ("Power/grid/Germany", "Power/wind"),
        ("law",),
        ("Power/grid",),
        ("war",),
    ]
    assert (step.name, step.extent) == ("Rename tag", "3 marks and 1 article")


def test_one_undo_restores_marks_and_articles_and_one_redo_does_it_again(library, tagged, later):
    before = tags_of(library)
    stack = History()
    stack.make(lambda: merge_tags(library, ["energy"], "power", now=later))
    renamed = tags_of(library)
    stack.undo(library, now=later)
    assert tags_of(library) == before
    stack.redo(library, now=later)
    assert tags_of(library) == renamed


def test_undo_brings_the_spelling_of_a_tag_back(library, tagged, later):
    tag_article(library, tagged[0].id, add=["Law"], now=later)
    tag_article(library, tagged[1].id, add=["energy/grid"], now=later)
    before = [node.name for node in tag_tree(library)]
    assert before[1] == "energy/grid"  # which is so twice, and Energy/grid once
    delete_tags(library, ["energy", "law"], now=later).undo(library, now=later)
    assert [node.name for node in tag_tree(library)] == before


def test_undo_leaves_an_article_whose_tags_were_changed_elsewhere(
    library, elsewhere, tagged, later
):
    stack = History()
    stack.make(lambda: merge_tags(library, ["energy"], "power", now=later))
    tag_article(elsewhere, tagged[0].id, add=["theirs"], now=later)
    undone = stack.undo(library, now=later)
    assert undone.left == 1
    assert tags_of(library)[0] == ("power", "theirs")
    assert tags_of(library)[1] == ("energy/grid", "Prices")


def test_undo_takes_tags_that_are_back_already_for_its_own(library, tagged, later):
    before = tags_of(library)
    step = merge_tags(library, ["energy"], "power", now=later)
    library.article(tagged[0].id).update(lambda record: replace(record, tags=before[0]))
    undone = step.undo(library, now=later)
    assert undone.left == 0
    assert tags_of(library) == before


def test_renaming_to_a_tag_in_use_merges_them_in_its_spelling(library, tagged, later):
    step = merge_tags(library, ["energy/grid"], "prices", now=later)
    assert step.name == "Merge tags"
    assert tags_of(library)[1:3] == [("Prices",), ("Prices/Germany", "energy/wind")]


def test_several_tags_are_merged_in_one_step(library, tagged, later):
    step = merge_tags(library, ["law", "war"], "conflict", now=later)
    assert (step.name, step.extent) == ("Merge tags", "1 mark and 1 article")
    assert [names for names in tags_of(library) if "conflict" in names] == [("conflict",)] * 2


def test_a_tag_is_moved_below_another_or_below_itself(library, tagged, later):
    merge_tags(library, ["war"], "LAW/war", now=later)
    assert tags_of(library)[-1] == ("law/war",)
    merge_tags(library, ["law"], "law/world", now=later)
    assert tags_of(library)[3::2] == [("law/world",), ("law/world/war",)]


def test_several_tags_are_moved_below_another_or_to_the_top_in_one_step(library, tagged, later):
    step = move_tags(library, ["law", "energy/grid"], "WAR", now=later)
    assert [*tags_of(library)[1:4]] == [
        ("war/grid", "Prices"),
        ("war/grid/Germany", "energy/wind"),
        ("war/law",),
    ]
    step.undo(library, now=later)
    move_tags(library, ["energy/grid"], "", now=later)
    assert tags_of(library)[2] == ("grid/Germany", "energy/wind")


def test_only_the_case_of_a_tag_can_be_changed(library, tagged, later):
    merge_tags(library, ["WAR"], "War", now=later)
    assert tags_of(library)[-1] == ("War",)


def test_a_tag_is_deleted_with_everything_below_it(library, tagged, later):
    step = delete_tags(library, ["energy/grid"], now=later)
    assert tags_of(library)[:3] == [("energy",), ("Prices",), ("energy/wind",)]
    step.undo(library, now=later)
    assert tags_of(library)[2] == ("energy/grid/Germany", "energy/wind")


def test_an_unknown_tag_or_a_name_that_is_none_is_refused(library, tagged, later):
    with pytest.raises(NotInLibrary, match="“grid”"):
        merge_tags(library, ["grid"], "net", now=later)
    with pytest.raises(InvalidTag):
        merge_tags(library, ["energy"], " / ", now=later)
    with pytest.raises(InvalidTag, match="more than 100 characters"):
        merge_tags(library, ["energy"], "e" * 95, now=later)


def test_a_rename_can_be_cancelled_between_two_articles(library, tagged, later):
    step = merge_tags(library, ["energy"], "power", now=later, progress=lambda done, _: done < 1)
    assert len(step.article_ids) == 1
    step.undo(library, now=later)
    assert counts(library)["energy"] == (0, 1, 3, 1)


def test_a_colour_is_given_by_name_and_those_below_have_it_too(library, tagged, later):
    step = colour_tags(library, ["Energy"], "blue", now=later)
    colour_tags(library, ["energy/wind"], "#00FF00", now=later)
    colours = {each.name: each.colour for each in tag_tree(library)}
    assert colours["energy/grid/Germany"] == colours["energy"] == "#4c9ed9"
    assert (colours["energy/wind"], colours["war"]) == ("#00ff00", "")
    step.undo(library, now=later)
    assert next(iter(tag_tree(library))).colour == ""
    step.redo(library, now=later)
    assert next(iter(tag_tree(library))).colour == "#4c9ed9"


def test_undo_leaves_a_colour_that_was_changed_elsewhere(library, elsewhere, tagged, later):
    step = colour_tags(library, ["war", "law"], "red", now=later)
    colour_tags(elsewhere, ["war"], "blue", now=later)
    with pytest.raises(Conflict, match="The colour of war, law was left as it is"):
        step.undo(library, now=later)


def test_what_is_no_colour_is_refused_and_not_read_from_the_file(library, tagged, later):
    with pytest.raises(InvalidInput, match="“mauve” is not a colour"):
        colour_tags(library, ["war"], "mauve", now=later)
    library.catalog.put(TAG_COLOURS, {"war": "\x1b[31m"}, now=later)
    assert tag_tree(library)[-1].colour == ""


def test_a_renamed_tag_keeps_its_colour_and_so_does_the_old_name_after_undo(library, tagged, later):
    colour_tags(library, ["war"], "red", now=later)
    step = merge_tags(library, ["war"], "wars", now=later)
    assert tag_tree(library)[-1].colour == "#d9534f"
    step.undo(library, now=later)
    assert tag_tree(library)[-1].colour == "#d9534f"
    assert set(tag_colours(library)) == {"war"}
    step.redo(library, now=later)
    assert set(tag_colours(library)) == {"war", "wars"}
