"""Histories of a folder of notes: a user edits real files, marks change, and all is exported."""

import os
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from export_history import ExportHistory

pytestmark = pytest.mark.slow

IN_MEMORY = "/dev/shm"  # where there is one: each history waits for the disk some hundred times


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 1 << 40))
def test_whatever_a_user_does_to_the_files_nothing_is_lost_and_no_mark_is_doubled(seed):
    with TemporaryDirectory(dir=IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None) as folder:
        ExportHistory(Path(folder), Random(seed)).run()
