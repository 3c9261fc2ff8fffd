"""The questions that the index answers: each module has those about one thing."""

from typing import TYPE_CHECKING

from annotator.lazy import lazy_modules

if TYPE_CHECKING:
    from annotator.store.questions import activity, names, rounds, shared_words

__all__ = ["activity", "names", "rounds", "shared_words"]

__getattr__ = lazy_modules(__name__, __all__)
