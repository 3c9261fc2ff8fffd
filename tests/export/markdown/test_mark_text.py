"""The words of a mark in a note, and its links."""

from msgspec.structs import replace

from annotator.export.markdown.mark_text import plain_link
from annotator.export.markdown.note_facts import LinkFacts


def test_a_link_to_a_mark_without_words_still_has_words_to_click():
    here = LinkFacts("supports", "", id="01bb", block="a-01bb", is_here=True)
    assert plain_link(here) == "[the mark](#a-01bb)"
    assert plain_link(replace(here, is_here=False, file="Other")) == "[the mark](Other.md#a-01bb)"
