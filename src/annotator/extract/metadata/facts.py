"""What one source says of an article; what it does not say is empty."""

from msgspec import Struct
from msgspec.structs import replace


class Facts(Struct, frozen=True):
    """The statements of one source. Dates are ISO 8601 already, names people's only."""

    title: str = ""
    byline: tuple[str, ...] = ()
    site_name: str = ""
    published: str = ""
    modified: str = ""
    language: str = ""
    excerpt: str = ""
    lead_image: str = ""
    canonical_url: str = ""
    is_free: bool | None = None
    kinds: frozenset[str] = frozenset()
    body: str = ""  # the text of the article as a source tells it, only ever to check by

    def filled_from(self, other: "Facts") -> "Facts":
        """Return these facts, with what they lack from another source that is trusted less."""
        missing = {
            name: getattr(other, name)
            for name in self.__struct_fields__
            if getattr(self, name) in ("", (), None, frozenset())
        }
        return replace(self, **missing)
