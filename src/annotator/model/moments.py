"""The moment that stands where there is none."""

from datetime import UTC, datetime

NO_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)  # of what was never kept
