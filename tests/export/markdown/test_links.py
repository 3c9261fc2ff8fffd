"""Links of marks in each language, and the words in place of one that leads nowhere."""

import pytest

from annotator.export.markdown.logseq import logseq_link, logseq_named_link
from annotator.export.markdown.mark_text import plain_link, wiki_link
from annotator.export.markdown.note_facts import LinkFacts
from annotator.export.markdown.org import org_link

PAGE = LinkFacts("supports", "a [b] *c*", address="https://x.example/")
HERE = LinkFacts("supports", "a [b] *c*", id="01bb", block="a-01bb", is_here=True)
FILE = LinkFacts("supports", "a [b] *c*", id="01bb", block="a-01bb", file="Note")
NOWHERE = LinkFacts("supports", "a [b] *c*", id="01bb", block="a-01bb")
UUID = "9464c526-05eb-52a1-a245-7836a1a3dda2"


@pytest.mark.parametrize(
    ("link", "page", "here", "file", "nowhere"),
    [
        (
            wiki_link,
            "[a \\[b\\] \\*c\\*](https://x.example/)",
            "[[#^a-01bb|a b c]]",
            "[[Note#^a-01bb|a b c]]",
            "a \\[b\\] \\*c\\*",
        ),
        (
            plain_link,
            "[a \\[b\\] \\*c\\*](https://x.example/)",
            "[a \\[b\\] \\*c\\*](#a-01bb)",
            "[a \\[b\\] \\*c\\*](Note.md#a-01bb)",
            "a \\[b\\] \\*c\\*",
        ),
        (
            logseq_link,
            "[a b \\*c\\*](https://x.example/)",
            f"(({UUID}))",
            f"(({UUID}))",
            "a b \\*c\\*",
        ),
        (
            logseq_named_link,
            "[a b \\*c\\*](https://x.example/)",
            f"(({UUID}))",
            f"[a b \\*c\\*](({UUID}))",
            "a b \\*c\\*",
        ),
        (
            org_link,
            "[[https://x.example/][a b *\u200bc*]]",
            "[[#a-01bb][a b *\u200bc*]]",
            "[[file:Note.org::#a-01bb][a b *\u200bc*]]",
            "a [b] *\u200bc*",
        ),
    ],
)
def test_a_link_leads_to_a_page_or_to_a_mark_or_is_its_words(link, page, here, file, nowhere):
    assert [link(to) for to in (PAGE, HERE, FILE, NOWHERE)] == [page, here, file, nowhere]
    assert link(LinkFacts("supports", "", id="01bb", block="a-01bb")) == "a mark that is gone"


@pytest.mark.parametrize("link", [wiki_link, plain_link, org_link])
def test_a_mark_without_words_is_called_the_mark(link):
    assert "the mark" in link(LinkFacts("supports", "", block="a-01bb", is_here=True))
    assert "the mark" in link(LinkFacts("supports", "", block="a-01bb", file="Note"))


@pytest.mark.parametrize("link", [wiki_link, plain_link, logseq_named_link, org_link])
def test_the_address_of_a_page_goes_before_its_note(link):
    to = LinkFacts("supports", "a", address="https://x.example/", file="Note")
    assert "https://x.example/" in link(to)
    assert "Note" not in link(to)
