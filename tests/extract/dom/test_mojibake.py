"""Text that was encoded twice, split or run together on its way into the page."""

import pytest

from annotator.extract.dom.mojibake import fix_latin, fix_mojibake


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Itâ€™s a â€œquoteâ€\x9d in a cafÃ©", "It’s a “quote” in a café"),
        ("â€œItâ€™s lateâ€\N{REPLACEMENT CHARACTER}", "“It’s late”"),
        ("MÃ¼nchen â€“ die Stadt", "München – die Stadt"),
        ("the ﬁrst ﬂood and its eﬀects", "the first flood and its effects"),
        ("it&#8217;s Jerry&rsquo;s", "it’s Jerry’s"),
        ("&#8220;The flood&#8221;", "“The flood”"),
        ("Barnes &amp; Noble", "Barnes & Noble"),
    ],
)
def test_certain_damage_is_repaired(broken, whole):
    assert fix_mojibake(broken) == whole


@pytest.mark.parametrize(
    "text",
    [
        "The sign â€™ is what a reader sees.",
        "Use &nbsp; for a space, &amp; for the sign.",
        "It shows &lt;b&gt; as it is.",
        "“ItÃ¢s half broken”, in a text with café",
        "Ãœber already has its own é, and ’ too",
        "El niño comió pâté à São Paulo",
    ],
)
def test_text_that_may_be_meant_stays(text):
    assert fix_mojibake(text) == text


def test_a_page_whose_utf8_was_read_as_latin_1_is_decoded_as_a_whole():
    page = "<p>“The caf\xe9’s gate” – Zoë’s words</p><pre>naïve</pre>"
    assert fix_latin(page.encode().decode("latin-1")) == page
    assert fix_latin(page) == page
    windows = "<p>Du \x96 und \x84ich\x93, \xdcber</p>"
    assert fix_latin(windows) == windows


def test_code_stays_as_it_is(blocks):
    (paragraph,) = blocks("<p>Write <code>it&amp;#8217;s</code> or <code>Itâ€™s</code> here.</p>")
    assert paragraph.text == "Write it&#8217;s or Itâ€™s here."


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            '<span class="dropcap">O</span>On the first day it rained.',
            "On the first day it rained.",
        ),
        ('<span class="dropcap">On</span> On the first day.', "On the first day."),
        ('<span class="dropcap">A</span> long time ago.', "A long time ago."),
        ('<span class="dropcap">I</span> was there then.', "I was there then."),
        ('<span class="dropcap">On</span> the first day.', "On the first day."),
        ('<span class="dropcap">“T</span>he man,” he said.', "“The man,” he said."),
        (
            '<span style="display: block; float: left">O</span>n the first day it rained.',
            "On the first day it rained.",
        ),
        ("TThe river rose once more.", "The river rose once more."),
        ("LLamas have no such letter.", "LLamas have no such letter."),
    ],
)
def test_a_drop_cap_is_not_repeated(blocks, html, text):
    assert blocks(f"<p>{html}</p>")[0].text == text


def test_phrases_that_only_a_style_separates_get_a_space(blocks):
    phrases = ("The first phrase of it", "The second one.", "A third one")
    html = f"<p>{''.join(f'<span>{phrase}</span>' for phrase in phrases)}</p>"
    assert blocks(html)[0].text == "The first phrase of it The second one. A third one"


def test_a_word_in_two_elements_is_one_word(blocks):
    html = "<p>They watched <span>You</span><span>Tube</span> on a <b>Mac</b>Book.</p>"
    assert blocks(html)[0].text == "They watched YouTube on a MacBook."


def test_a_line_break_in_the_source_puts_no_blank_before_the_next_line(blocks):
    assert blocks("<p>Ends here.<br>\n  Begins here.</p>")[0].text == "Ends here.\nBegins here."
