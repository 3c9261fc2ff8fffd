"""What is left of boxes whose other lines were removed."""

TEASERS = "".join(
    f"<h3><a href='/s{n}'>The mills at number {n} were sold by the town</a></h3>" for n in range(3)
)


def test_the_heading_of_a_box_goes_with_what_was_in_it(clean):
    teasers = f"<div class=related-posts>{TEASERS}</div>"
    extraction = clean(f"<div class=flow><div><h2>related news</h2></div>{teasers}</div>")
    assert "related news" not in extraction.article.text
    assert "related news" in [removal.text for removal in extraction.removals]


def test_a_heading_above_text_or_above_a_button_stays(clean, prose):
    box = "<div class=flow><h2>What was found</h2><p>{}</p></div>"
    for text in (prose[0].replace("river", "stream"), "<a href=/m>Learn more</a>"):
        assert "What was found" in clean(box.format(text)).article.text


def test_a_label_goes_with_what_was_behind_it_unless_it_is_likely(clean):
    extraction = clean(below="<dl><dt>Date:</dt><dd>3 May 2031</dd></dl>")
    assert "Date:" not in extraction.article.text
    code = "<p>On Windows, run:</p><div><button>Copy</button><pre>lock --open</pre></div>"
    assert "On Windows, run:" in clean(code).article.text
    extraction = clean("<p>The marks are these:</p><p>a line of nine metres, and a cross.</p>")
    assert "The marks are these:" in extraction.article.text


def test_what_an_offer_says_goes_with_its_heading(clean):
    plans = "<h3>Trial</h3><p>$1 for 4 weeks</p><p>Reading on any device.</p>"
    box = f"<section class=barrier><h2>Subscribe to unlock this article</h2>{plans}<a href=/b>Buy"
    text = clean(below=f"{box}</a></section>").article.text
    assert not any(line in text for line in ("Trial", "$1 for 4 weeks", "any device"))


def test_steps_that_begin_with_an_account_stay(clean):
    steps = "<li>Sign up for our newsletter</li><li>Copy the key of the lock.</li>"
    box = f"<div><ol>{steps}</ol><button>Copy</button></div>"
    assert "Copy the key of the lock." in clean(box).article.text


def test_text_between_offers_stays(clean, prose):
    offer = "<p><a href=/newsletter>Sign up for our newsletter</a></p>"
    text = prose[0].replace("river", "stream")
    assert text in clean(f"<div>{offer}<p>{text}</p></div>").article.text
