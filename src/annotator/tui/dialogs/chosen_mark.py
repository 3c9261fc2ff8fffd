"""What a list of marks returns that have to do with another one."""

from msgspec import Struct

from annotator.model import Link
from annotator.model.labels import RELATIONS
from annotator.store import Marked
from annotator.tui.notifications import short_quote


class ChosenMark(Struct, frozen=True):
    """A mark that was chosen, and the link to it; without a link it is to be opened."""

    marked: Marked
    link: Link | None = None

    @property
    def said(self) -> str:
        """A sentence that says what was linked."""
        relation = RELATIONS[self.link.relation] if self.link else ""
        return f"Linked: this mark {relation} {short_quote(self.marked.annotation.quote)}"
