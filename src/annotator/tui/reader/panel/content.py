"""The subjects that the side panel can list, and the sources of its lists."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from annotator.model import AnchoredMark
from annotator.usecases.articles.open_article import OpenArticle

if TYPE_CHECKING:
    from annotator.tui.reader.panel.change_rows import ChangeList

ArticleSubject = Literal["marks", "contents", "removed"]  # found in the open article itself
Subject = ArticleSubject | Literal["changes"]


class PanelContent(Struct, frozen=True):
    """The sources of the side panel's lists: an article, its marks, and its changes.

    `targets` are the ids of the marks that others link to.
    """

    opened: OpenArticle
    marks: Sequence[AnchoredMark]
    changes: "ChangeList | None"
    targets: frozenset[str] = frozenset()
