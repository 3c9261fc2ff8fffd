"""Forms in which few commands show something: each is loaded when it is used."""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.cli.output.forms import article_table, article_text, collections, mark_text

__getattr__ = lazy(__name__, __file__)
