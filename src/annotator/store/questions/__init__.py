"""The questions that `Library.ask` answers: each module has those about one thing.

A question is a function with `@question()` that reads the index. It is asked without the index:

    library.ask(questions.marks.find_marks(parse("tag:energy")))
    library.ask(questions.links.linked_marks(["01jz…"]))

A module is loaded when one of its questions is first asked.
"""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.store.questions import (
        activity,
        articles,
        links,
        mark_table,
        marks,
        names,
        search,
        shared_words,
    )

__getattr__ = lazy(__name__, __file__)
