"""Files and folders of the disk: atomic and durable, with errors in sentences."""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.store.disk import compression

__getattr__ = lazy(__name__, __file__)
