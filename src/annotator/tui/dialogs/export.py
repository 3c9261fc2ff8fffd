"""The dialog that asks for a folder to export to."""

from collections.abc import Sequence
from pathlib import Path

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from annotator.errors import InvalidInput
from annotator.model.labels import count
from annotator.settings import expanded
from annotator.tui.dialogs.dialog import Dialog, text_input
from annotator.tui.keys.keymap import Keymap
from annotator.tui.notifications import tell_error

_EXPLANATION = "A Markdown file for each article with marks. What you wrote in a file stays."


class ExportDialog(Dialog[Path]):
    """Returns a folder, with `~` expanded."""

    def __init__(self, keymap: Keymap, articles: int, folder: Path) -> None:
        super().__init__(keymap, f"Export {count(articles, 'article')} as Markdown")
        self._folder = folder

    def parts(self) -> Sequence[Widget]:
        """Return the input and the explanation."""
        return (
            text_input(str(self._folder), placeholder="Folder", id="export-folder"),
            Static(Content(_EXPLANATION), id="export-explanation"),
        )

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that export and cancel."""
        return (("enter", "export"), ("dialog.leave", "cancel"))

    def action_submit(self) -> None:
        """Return the folder."""
        folder = self.query_one(Input).value.strip()
        if not folder:
            return
        try:
            self.dismiss(expanded(Path(folder)))
        except InvalidInput as error:
            tell_error(self, error)
