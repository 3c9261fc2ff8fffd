"""What is read aloud of a passage, and the language that it is in."""

import re

from annotator.model import Article, Span
from annotator.reading.sentences.splitter import language_of

_ADDRESS = re.compile(r"https?://(?:www\.)?([\w.-]*\w)(?::\d+)?(?:[/?#](?:\S*[\w/])?)?")
_BRACKETED_NUMBER = re.compile(r"(?<=\S)\[\d{1,3}\]")  # of a note, on pages where it is no link
_TELLING = 8  # words that tell a language; the article has that of shorter blocks


def spoken(article: Article, span: Span) -> str:
    """Return the words of a passage without the marks of footnotes, addresses as their sites."""
    words, at = "", span.start
    for index in range(article.block_at(span.start), len(article.blocks)):
        base = article.starts[index]
        if base >= span.end:
            break
        for mark in article.blocks[index].marks:
            note = mark.span.moved(base)
            if mark.kind == "footnote_reference" and at <= note.start < span.end:
                words, at = words + article.text[at : note.start], note.end
    words += article.text[at : span.end]
    return " ".join(_ADDRESS.sub(r"\1", _BRACKETED_NUMBER.sub("", words)).split())


def language_at(article: Article, offset: int) -> str:
    """Return the language of the block at a place, or else of the article; empty if unknown."""
    text = article.blocks[article.block_at(offset)].text
    own = language_of(text) if len(text.split()) >= _TELLING else ""
    named = article.language or language_of(article.text)
    return named if own == named.partition("-")[0].lower() else own or named
