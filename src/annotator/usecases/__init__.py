"""Everything that users can do with the program, independent of a face.

One folder for each kind of thing, with one module for each operation: a chain of
fetching, extracting, storing and so on. A module can be imported as usual;
`usecases.articles.refresh.refresh(…)` loads it when it is used.
"""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.usecases import (
        articles,
        exporting,
        feeds,
        importing,
        library,
        marks,
        page_report,
        queries,
        syncing,
        tags,
    )

__getattr__ = lazy(__name__, __file__)
