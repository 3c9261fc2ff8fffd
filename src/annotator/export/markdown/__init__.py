"""Notes and articles as Markdown."""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.export.markdown import template_engine  # jinja2 takes long to load

__getattr__ = lazy(__name__, __file__)
