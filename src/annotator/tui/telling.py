"""What was done to marks and to the text of an article, as a toast names it."""

from annotator.tui.fitting import fit
from annotator.usecases.history import Step
from annotator.usecases.turning import Choice

_QUOTE = 40  # cells of the words that it was done to


def quoted(words: str) -> str:
    """Return words as a short quotation on one line."""
    return f"“{fit(' '.join(words.split()), _QUOTE)}”"


def told(step: Step) -> str:
    """Return what a step did, and to which words."""
    if isinstance(step, Choice):
        return f"{step.name.lower()}, {quoted(step.words)}"
    mark = next(iter((*step.after, *step.before)))
    return f"{step.name.lower()} on {quoted(mark.quote)}"
