"""The workers of the sandbox are those that users have."""

import pytest


@pytest.fixture
def cleaned_here() -> None:
    """Leave the pages to the workers, unlike the other tests."""
