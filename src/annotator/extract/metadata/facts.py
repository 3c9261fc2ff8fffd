"""Facts about an article from one source, and strings of metadata in plain form."""

from msgspec import Struct
from msgspec.structs import replace


class Facts(Struct, frozen=True):
    """Facts from one source, empty where it has none.

    Dates are in ISO 8601. The byline has names of people only; agencies and other
    organisations that sign the article are in `organisations`.
    """

    title: str = ""
    byline: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    site_name: str = ""
    published: str = ""
    modified: str = ""
    language: str = ""
    excerpt: str = ""
    lead_image: str = ""
    canonical_url: str = ""
    doi: str = ""
    is_free: bool | None = None
    paid_parts: tuple[str, ...] = ()  # CSS selectors of the parts that are not free
    kinds: frozenset[str] = frozenset()
    updates: int = 0  # posts of a live blog
    body: str = ""  # the text of the article in the metadata, used only for comparison

    def filled_from(self, other: "Facts") -> "Facts":
        """Return these facts, with gaps filled from a source that is trusted less."""
        missing = {
            name: getattr(other, name)
            for name in self.__struct_fields__
            if getattr(self, name) in ("", (), None, frozenset())
        }
        return replace(self, **missing)


MAX_EXCERPT = 600
