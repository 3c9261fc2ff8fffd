"""Times in files: a time without its zone is refused, since it cannot be compared with others."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

Moment = Annotated[datetime, Meta(tz=True)]
