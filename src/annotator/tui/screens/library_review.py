"""The review of a whole library: its marks are taken to their articles, and it goes on after."""

from annotator.tui.desk import Desk
from annotator.tui.screens.asking import begin
from annotator.tui.screens.carrying import Errand
from annotator.tui.screens.edits import Edits
from annotator.tui.screens.opening import open_reader
from annotator.tui.screens.review import ReviewScreen
from annotator.usecases.reviewing import articles_to_review


class LibraryReview(ReviewScreen):
    """The marks that wait in any article."""

    def __init__(self, desk: Desk) -> None:
        library = desk.library
        edits = Edits(library, now=desk.now)
        super().__init__(desk, edits, find=lambda: articles_to_review(library), are_titled=True)

    def leave_to(self, errand: Errand) -> None:
        """Open the mark's article over the review; what is done there can be undone here."""
        begin(self, self._visit, errand)

    async def _visit(self, errand: Errand) -> None:
        await open_reader(
            self, self._desk, errand.mark.article_id, history=self._edits.history, errand=errand
        )
