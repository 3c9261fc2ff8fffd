"""The values of fields that have a fixed set of them."""

from datetime import UTC, datetime
from typing import Literal

Access = Literal["full", "partial", "paywalled", "consent_wall", "error_page", "no_article"]
ReadState = Literal["unread", "reading", "read", "archived"]

Status = Literal["open", "checking", "supported", "disputed", "refuted", "unverifiable"]
ClaimType = Literal["fact", "statistic", "quotation", "causal", "prediction", "value"]
Confidence = Literal["low", "medium", "high"]
Relation = Literal["supports", "opposes", "same-as", "informs", "source-of"]
Side = Literal["supports", "opposes"]
Fit = Literal["exact", "moved", "changed"]

MarkGrouping = Literal[
    "none", "article", "tag", "speaker", "author", "status", "kind", "site", "day"
]
MarkOrder = Literal["place", "created", "modified", "status", "speaker", "quote"]


SIDES: tuple[Side, ...] = ("supports", "opposes")  # of a claim
SAME: Literal["same-as"] = "same-as"

NO_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)  # of a value that was never stored
