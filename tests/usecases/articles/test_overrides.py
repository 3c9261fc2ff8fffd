"""The reader's choices about passages: saved, undone, and in effect after the next cleaning."""

import shutil

import pytest
from msgspec.structs import replace

from annotator.errors import Conflict, InvalidInput
from annotator.extract import extract
from annotator.model import Anchored, Page, Removal
from annotator.model.overrides import NO_OVERRIDES, Overrides
from annotator.store import Library
from annotator.usecases.articles import refresh as refreshing
from annotator.usecases.articles.add import add
from annotator.usecases.articles.open_article import open_article
from annotator.usecases.articles.overrides import place_of_restored, put_back, take_out
from annotator.usecases.articles.sources import Source
from annotator.usecases.library.undo import History
from annotator.usecases.marks.annotate import Draft, mark
from builders import find_span

URL = "https://herald.example/flood"
METER = "You have 3 free articles left."
PROSE = (
    "The river had risen in the night, and by morning the lower field was a lake with posts in it.",
    "My uncle looked at it for a while, then went back into the house to make the coffee, as ever.",
    "Nobody in the valley could remember the water as high as that, though the church wall could.",
)
HTML = "<title>The flood</title><article><h1>The flood</h1>{}</article>".format(
    "".join(f"<p>{text}</p>" for text in (PROSE[0], METER, *PROSE[1:]))
)


@pytest.fixture
def article_id(library, moment):
    page = Page(URL, HTML, fetched_at=moment)
    return library.store(extract(page), page, now=moment).record.id


def texts(library, article_id):
    return [block.text for block in library.article(article_id).extraction().article.blocks]


def meter_in(library, article_id):
    removals = library.article(article_id).extraction().removals
    return next(each for each in removals if each.text == METER)


async def test_a_restored_passage_makes_a_new_revision(library, article_id, moment, later):
    before = library.article(article_id).record()
    choice = await put_back(library, article_id, [meter_in(library, article_id)], now=later)
    record = library.article(article_id).record()
    assert texts(library, article_id) == [PROSE[0], METER, *PROSE[1:]]
    assert (record.revision, record.revisions) == (choice.after, (before.revision, choice.after))
    assert record.word_count == before.word_count + 6
    assert record.modified == later
    assert (
        library.article(article_id).extraction(before.revision).article.revision == before.revision
    )


async def test_a_block_is_taken_out_even_if_it_is_most_of_the_article(library, article_id, later):
    for _ in range(2):
        await take_out(library, article_id, 0, now=later)
    assert texts(library, article_id) == [PROSE[2]]


async def test_a_block_is_meant_as_it_was_shown_even_if_another_was_taken_out_since(
    library, article_id, later
):
    shown = library.article(article_id).extraction().article.revision
    for block in range(2):
        await take_out(library, article_id, block, revision=shown, now=later)
    assert texts(library, article_id) == [PROSE[2]]


async def test_marks_are_found_again(library, article_id, moment, later):
    article = library.article(article_id).extraction().article
    made = mark(library, article, find_span(article.text, PROSE[1]), Draft(), now=moment)
    await put_back(library, article_id, [meter_in(library, article_id)], now=later)
    (placed,) = open_article(library, article_id).placed
    assert placed.annotation == made
    assert isinstance(placed.place, Anchored)
    assert placed.span.of(library.article(article_id).extraction().article.text) == PROSE[1]


async def test_several_passages_are_restored_in_one_revision_and_undone_at_once(
    library, moment, later
):
    posts = [f"Post {number}. {text}" for number, text in enumerate(PROSE)]
    boxes = "".join(f"<div class=comment><p>{post}</p></div>" for post in posts)
    page = Page(URL, HTML.replace("</article>", f"</article>{boxes}"), fetched_at=moment)
    article_id = library.store(extract(page), page, now=moment).record.id
    removals = library.article(article_id).extraction().removals
    chosen = [removal for removal in removals if removal.text in posts]
    stack = History()
    stack.record(await put_back(library, article_id, chosen, now=later))
    article = library.article(article_id).extraction().article
    assert texts(library, article_id)[-3:] == posts
    places = [place_of_restored(article, removal) for removal in chosen]
    assert places == [find_span(article.text, post).start for post in posts]
    assert len(library.article(article_id).record().revisions) == 2
    step = stack.undo(library, now=later)
    assert (step.name, step.extent) == ("Restore box", "3 passages")
    assert texts(library, article_id) == list(PROSE)


async def test_undo_and_redo_switch_revisions(library, article_id, later):
    stack = History()
    stack.record(await put_back(library, article_id, [meter_in(library, article_id)], now=later))
    stack.record(await take_out(library, article_id, 0, now=later))
    assert texts(library, article_id) == [METER, *PROSE[1:]]
    assert stack.undo(library, now=later).name == "Remove paragraph"
    assert texts(library, article_id) == [PROSE[0], METER, *PROSE[1:]]
    stack.undo(library, now=later)
    assert texts(library, article_id) == list(PROSE)
    assert library.article(article_id).extraction().choices == NO_OVERRIDES
    stack.redo(library, now=later)
    assert texts(library, article_id) == [PROSE[0], METER, *PROSE[1:]]


async def test_changes_by_another_program_are_not_undone(library, article_id, later):
    stack = History()
    stack.record(await put_back(library, article_id, [meter_in(library, article_id)], now=later))
    await take_out(library, article_id, 0, now=later)
    with pytest.raises(Conflict, match="Restore passage"):
        stack.undo(library, now=later)


async def test_a_choice_survives_newer_rules(library, article_id, later, monkeypatch):
    await put_back(library, article_id, [meter_in(library, article_id)], now=later)
    await take_out(library, article_id, 0, now=later)
    monkeypatch.setattr("annotator.usecases.articles.refresh.EXTRACTOR", "999")
    await refreshing.reclean(library, article_id, now=later)
    assert texts(library, article_id) == [METER, *PROSE[1:]]


async def test_a_choice_survives_a_longer_page(library, moment, later, tmp_path):
    file = tmp_path / "flood.html"
    file.write_text(HTML)
    article_id = (await add(library, str(file), now=moment)).record.id
    await put_back(library, article_id, [meter_in(library, article_id)], now=later)
    more = "It took nine days to fall, and when it had fallen the field was grey with fine silt."
    file.write_text(HTML.replace("</article>", f"<p>{more}</p></article>"))
    await refreshing.refresh(library, article_id, now=later)
    assert texts(library, article_id) == [PROSE[0], METER, *PROSE[1:], more]


async def test_a_choice_survives_adding_the_page_again(library, moment, later, tmp_path):
    file = tmp_path / "flood.html"
    file.write_text(HTML)
    added = await add(library, Source(str(file), URL), now=moment)
    await put_back(library, added.record.id, [meter_in(library, added.record.id)], now=later)
    again = await add(library, Source(str(file), URL), now=later)
    assert (again.record.id, again.outcome) == (added.record.id, "unchanged")
    assert METER in texts(library, added.record.id)


async def test_a_passage_that_the_page_does_not_have_is_refused(library, article_id, later):
    nowhere = Removal("ads", "label", "It is an advertisement.", "Buy!", 0, ("0123456789ab",))
    with pytest.raises(InvalidInput, match="does not have"):
        await put_back(library, article_id, [nowhere], now=later)
    assert library.article(article_id).record().revisions == (
        library.article(article_id).record().revision,
    )


async def test_choices_of_two_machines_are_both_in_effect_after_cleaning(
    library, article_id, tmp_path, later
):
    shutil.copytree(library.folder, tmp_path / "other")
    name = f"articles/{article_id[:2]}/{article_id}"
    with Library.open(tmp_path / "other", state=tmp_path / "state") as other:
        await put_back(other, article_id, [meter_in(other, article_id)], now=later)
    here = await take_out(library, article_id, 0, now=later)
    there, ours = tmp_path / "other" / name, library.folder / name
    shutil.copytree(there / "revisions", ours / "revisions", dirs_exist_ok=True)
    shutil.copy(there / "annotations.json", ours / "annotations 2.json")

    await refreshing.reclean(library, article_id, now=later)
    assert texts(library, article_id) == [METER, *PROSE[1:]]
    with pytest.raises(Conflict):
        here.undo(library, now=later)


async def test_undoing_a_choice_keeps_those_of_another_machine(library, article_id, later):
    theirs = Overrides(kept=("theirs",))
    choice = await put_back(library, article_id, [meter_in(library, article_id)], now=later)
    both = library.article(article_id).update(lambda now: replace(now, choices=theirs)).choices
    choice.undo(library, now=later)
    assert library.article(article_id).record().choices == both
