"""Whatever the program reads it understands, or refuses with an error of its own."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import seed as seeded

from fuzz import bytes_for
from fuzz_targets import targets

pytestmark = pytest.mark.slow

EXAMPLES = 5  # for each target; `benchmarks/hostile/fuzz.py` tries thousands


def test_no_bytes_make_anything_fail_that_reads_them():
    for target in targets():
        try_some(target)


def try_some(target):
    @seeded(1)
    @settings(max_examples=EXAMPLES, database=None, suppress_health_check=[*HealthCheck])
    @given(bytes_for(target))
    def is_read(data):
        with suppress(*target.allowed):
            target.run(data)

    is_read()
