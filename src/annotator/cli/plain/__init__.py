"""The whole program line by line: for screen readers, Braille displays, dumb terminals and pipes.

Nothing is drawn or overwritten. A *place* is what a screen is elsewhere: it prints numbered rows,
and takes words from one table, `words.tsv`, with the numbers of rows behind them. Most words run
the command of the same name, so that this package decides as little as a screen does.
"""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.cli.plain import session

__getattr__ = lazy(__name__, __file__)
