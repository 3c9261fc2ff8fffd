"""What several packages' tests need."""

from datetime import datetime

import pytest
from hypothesis import settings

from builders import MOMENT

# a busy machine is no failure
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture
def moment() -> datetime:
    """Return a fixed time, so that no test depends on the day it runs."""
    return MOMENT


@pytest.fixture
def library(tmp_path):
    """Return an empty library in a folder of its own."""
    from annotator.store import Library

    with Library.open(tmp_path / "data", state=tmp_path / "state") as opened:
        yield opened
