"""The summaries of actions on several articles."""

from typing import get_args

from annotator.errors import FetchError
from annotator.model import ArticleRecord
from annotator.tui.actions.articles import summarize_attempts
from annotator.usecases.articles.refresh import RefreshAttempt, Refreshed, RefreshOutcome
from builders import MOMENT

RECORD = ArticleRecord("a1", "https://example.org/", "A title", added=MOMENT)
OUTCOMES: tuple[RefreshOutcome, ...] = get_args(RefreshOutcome)


def attempt(outcome: RefreshOutcome) -> RefreshAttempt:
    return RefreshAttempt(RECORD, Refreshed(RECORD, outcome))


def test_a_summary_has_words_for_every_outcome_of_a_refresh():
    failed = RefreshAttempt(RECORD, error=FetchError("No answer."))
    attempts = [attempt("unchanged"), *map(attempt, OUTCOMES), failed]
    assert summarize_attempts(attempts) == (
        "2 unchanged, 1 revised, 1 cleaned better, 1 kept (your saved copy is better), "
        "1 gone, 1 without a URL, 1 failed."
    )


def test_the_summary_of_no_attempt_is_empty():
    assert summarize_attempts([]) == ""
