"""Places in an article, and the ways from one to another.

A place is an offset in the text of the article, independent of the layout.

    units          letters, words, sentences and paragraphs
    motions        from one offset to another, by line, letter, edge or words that were typed;
                   the position of the reader, with mode and selection; places to go back to
    landmarks      headings, links and check-worthy sentences, also all of them by score
    article_links  links and footnotes, and the numbers drawn on them
    highlights     marks in the order of the text
"""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.reading.navigation import landmarks

__getattr__ = lazy(__name__, __file__)
