"""What the layers of the view of an article stand on.

Textual looks all of a widget's hundreds of attributes over for every class of
widgets. So the layers are plain classes, and only the whole is a widget.
"""

from typing import TYPE_CHECKING

from annotator.tui.theming.stylesheets import PartStyles

if TYPE_CHECKING:
    from textual.scroll_view import ScrollView as Base
else:
    Base = object


class ArticleLayer(PartStyles, Base):
    """A part of what the view does, for a class that is a `ScrollView` as well."""
