"""A step changes only the verdicts that its row of the table allows it to change."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator.extract import pipeline
from annotator.extract.passages import ArticleDraft, Passage, Region, Rule
from annotator.extract.steps import CHOICE, CLEANING, Cleaning, CleaningStep, run
from annotator.model import HTML, NO_OVERRIDES, PLAIN_TEXT, Block, Page
from annotator.model.overrides import name_of
from wanted_samples import WANTED

SAMPLES = Path(__file__).parents[2] / "sample_articles"
PAGES = sorted((Path(__file__).parent / "golden_pages").iterdir())
ROWS = (*CHOICE, *CLEANING)
FIRST = Rule("ads", "label", "An advertisement.")
SECOND = Rule("share", "button", "A button.")


def cleaned(page: Page, **given) -> Cleaning:
    cleaning = pipeline.read(page)
    for name, value in given.items():
        setattr(cleaning, name, value)
    pipeline.clean(cleaning)
    return cleaning


@pytest.fixture(params=sorted(WANTED))
def sample(request) -> Page:
    path = SAMPLES / request.param
    media_type = HTML if path.suffix == ".html" else PLAIN_TEXT
    return Page(WANTED[request.param].url, path.read_text("utf-8"), media_type)


def test_no_step_overrules_what_its_row_does_not_name(sample):
    assert cleaned(sample).refused == []


@pytest.mark.parametrize("path", PAGES, ids=[path.name for path in PAGES])
def test_no_step_overrules_more_on_a_page_that_was_written_for_it(path):
    assert cleaned(Page("https://post.example/story", path.read_text("utf-8"))).refused == []


def test_the_reader_may_overrule_every_step(sample):
    cleaning = cleaned(sample)
    removed = [passage.text for passage in cleaning.draft.passages if not passage.is_kept]
    kept = [passage.text for passage in cleaning.draft.kept]
    choices = NO_OVERRIDES.keeping(map(name_of, removed)).removing(map(name_of, kept[:3]))
    assert cleaned(sample, choices=choices).refused == []


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_a_row_names_only_earlier_steps_that_give_verdicts(row):
    earlier = {step.name for step in ROWS[: ROWS.index(row)] if step.removes}
    named = row.restores | row.renames
    assert named - earlier == set()


def test_the_reader_comes_after_all_that_give_verdicts():
    reader = next(row for row in ROWS if row.name == "reader")
    givers = {row.name for row in ROWS if row.removes} - {"reader"}
    assert reader.restores == reader.renames == givers
    assert reader.never == frozenset()


def test_each_step_has_a_name_of_its_own():
    names = [row.name for row in ROWS]
    assert sorted(set(names)) == sorted(names)


def draft() -> ArticleDraft:
    block = Block("paragraph", "The river rose.")
    return ArticleDraft([Passage(block, Region("body", "", 0))], [])


def step(name: str, verdict: Rule | None, **allowed) -> CleaningStep:
    """Return a step that gives the only passage a verdict, or clears it with None."""

    def act(cleaning: Cleaning) -> None:
        cleaning.draft.passages[0].verdict = verdict

    return CleaningStep(name, act, **allowed)


GIVES = step("one", FIRST, removes=True)
ONE = frozenset({"one"})


@pytest.mark.parametrize(
    ("steps", "verdict", "judge"),
    [
        ([GIVES], FIRST, "one"),
        ([GIVES, step("two", None, restores=ONE)], None, "two"),
        ([GIVES, step("two", SECOND, renames=ONE)], SECOND, "two"),
        ([GIVES, step("two", None, restores=ONE, never=frozenset({"share"}))], None, "two"),
    ],
)
def test_a_change_that_a_row_allows_is_made(steps, verdict, judge):
    cleaning = Cleaning(draft())
    run(steps, cleaning)
    (passage,) = cleaning.draft.passages
    assert (passage.verdict, passage.judge, cleaning.refused) == (verdict, judge, [])


@pytest.mark.parametrize(
    "second",
    [
        step("two", None, removes=True, renames=ONE),
        step("two", SECOND, removes=True, restores=ONE),
        step("two", None, restores=frozenset({"other"})),
        step("two", None, restores=ONE, never=frozenset({"ads"})),
    ],
)
def test_a_change_that_a_row_does_not_allow_is_undone_and_listed(second):
    cleaning = Cleaning(draft())
    run([GIVES, second], cleaning)
    (passage,) = cleaning.draft.passages
    assert (passage.verdict, passage.judge) == (FIRST, "one")
    assert [refusal.step for refusal in cleaning.refused] == ["two"]


def test_a_step_that_may_not_remove_leaves_a_kept_passage():
    cleaning = Cleaning(draft())
    run([step("one", FIRST, restores=ONE)], cleaning)
    assert cleaning.draft.passages[0].is_kept
    assert [refusal.verdict for refusal in cleaning.refused] == [FIRST]


def test_a_part_of_a_passage_keeps_the_judge_of_the_whole():
    cleaning = Cleaning(draft())
    run([GIVES], cleaning)
    assert replace(cleaning.draft.passages[0], linked=1).judge == "one"
