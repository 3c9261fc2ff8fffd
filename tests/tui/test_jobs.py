"""The rows of articles that are added and refreshed."""

import pytest

from annotator.errors import CleaningError
from annotator.tui.jobs import JobRow
from annotator.usecases.articles.jobs import Job


@pytest.mark.parametrize("width", [60, 100])
def test_below_a_job_that_failed_are_the_reason_and_what_to_do(width):
    error = CleaningError("The page has no article.", "Open it in a browser, and save it.")
    job = Job("a", "https://example.org/a", state="failed", error=error)
    first, *below = JobRow(job, str).lines(width)
    assert "https://example.org/a" in "".join(text for text, _ in first)
    told = " ".join("".join(text for text, _ in line).strip() for line in below)
    assert told == f"{error.message} {error.hint}"
