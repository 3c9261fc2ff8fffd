"""The structure of a page, kept as typed blocks."""

import pytest

from annotator.extract import extract
from annotator.model import Block, Mark, Page, Span


def kinds(blocks):
    return [block.kind for block in blocks]


def texts(blocks):
    return [block.text for block in blocks]


def marks(block):
    return [(mark.kind, mark.span.of(block.text), mark.href) for mark in block.marks]


def test_headings_keep_their_levels(blocks):
    found = blocks("<h2>One</h2><p>Some words of it, with an end.</p><h4>Two</h4><p>And more.</p>")
    assert [(b.level, b.text) for b in found if b.kind == "heading"] == [(2, "One"), (4, "Two")]


def test_lists_keep_depth_and_numbers(blocks):
    html = (
        "<ol start=3><li>three<ul><li>inner</li></ul></li><li value=7>seven</li><li>eight</li></ol>"
    )
    assert [(b.text, b.depth, b.ordinal) for b in blocks(html)] == [
        ("three", 1, 3),
        ("inner", 2, None),
        ("seven", 1, 7),
        ("eight", 1, 8),
    ]


def test_items_keep_their_letters(blocks):
    html = (
        "<ol type=a start=25><li>y</li><li>z</li><li>beyond</li></ol>"
        "<ol type=I start=4><li>four</li></ol>"
        "<ol style='list-style: lower-roman inside'><li>one</li></ol>"
        "<ol type=a start=0><li>before the alphabet</li></ol><ol type=1><li>plain</li></ol>"
    )
    assert [(b.label, b.ordinal) for b in blocks(html)] == [
        *(("y.", 25), ("z.", 26), ("aa.", 27), ("IV.", 4), ("i.", 1), ("", 0), ("", 1)),
    ]


def test_task_items_keep_their_checkboxes(blocks):
    html = (
        "<ul><li><input type=checkbox checked> Buy the bread</li>"
        "<li><p><label><input type='checkbox'> Sell the flour</label></p></li>"
        "<li>Choose <input type=checkbox> this</li><li><input type=text> Name</li></ul>"
    )
    assert [(b.label, b.text) for b in blocks(html)] == [
        ("[x]", "Buy the bread"),
        ("[ ]", "Sell the flour"),
        ("", "Choose this"),
        ("", "Name"),
    ]


def test_reversed_lists_count_down(blocks):
    found = blocks("<ol reversed><li>bronze</li><li>silver</li><li>gold</li></ol>")
    assert [b.ordinal for b in found] == [3, 2, 1]


def test_text_that_continues_an_item_is_a_paragraph_at_its_depth(blocks):
    found = blocks(
        "<ul><li><p>First words of it.</p><p>More of the item.</p></li><li>Next</li></ul>"
    )
    assert [(b.kind, b.depth) for b in found] == [
        ("list_item", 1),
        ("paragraph", 1),
        ("list_item", 1),
    ]


def test_quotations_keep_their_depth(blocks):
    found = blocks(
        "<blockquote><p>Outer words.</p><blockquote>Inner words.</blockquote></blockquote>"
    )
    assert [(b.kind, b.quote_depth, b.text) for b in found] == [
        ("quote", 1, "Outer words."),
        ("quote", 2, "Inner words."),
    ]


def test_a_list_in_a_quotation_keeps_both_depths(blocks):
    (item,) = blocks("<blockquote><ul><li>A thing that somebody said.</li></ul></blockquote>")
    assert (item.kind, item.depth, item.quote_depth) == ("list_item", 1, 1)


def test_code_keeps_its_lines_and_names_its_language(blocks):
    html = '<pre><code class="language-python">def f():\n\treturn 1\n\n\nf()\n</code></pre>'
    assert blocks(html) == (Block("code", "def f():\n    return 1\n\n\nf()", language="python"),)


def test_code_whose_lines_are_elements_keeps_its_lines(blocks):
    html = '<div class="highlight-source-rust"><pre><div>let a;</div><div>let b;</div></pre></div>'
    assert blocks(html) == (Block("code", "let a;\nlet b;", language="rust"),)


def test_line_numbers_beside_code_are_left_out(blocks):
    html = (
        '<table><tr><td class="gutter"><pre>1\n2\n</pre></td>'
        "<td class=code><pre>one()\ntwo()</pre></td></tr></table>"
    )
    assert texts(blocks(html)) == ["one()\ntwo()"]


def test_line_numbers_that_cannot_be_selected_are_left_out(blocks):
    number = '<span style="white-space:pre;user-select:none">{}</span>'
    html = f"<pre><code>{number.format(1)}one()\n{number.format(2)}two()</code></pre>"
    assert texts(blocks(html)) == ["one()\ntwo()"]


def test_a_copy_button_is_left_out_of_code(blocks):
    html = "<pre>ls<br>pwd<button>Copy</button></pre>"
    assert texts(blocks(html)) == ["ls\npwd"]


def test_plain_text_is_not_a_language_of_code(blocks):
    (code,) = blocks('<pre data-lang="text">plain</pre>')
    assert code.language == ""


def test_tables_keep_rows_cells_and_headers(blocks):
    html = (
        "<table><caption>Heights in metres</caption><thead><tr><th></th><th>May</th></tr></thead>"
        "<tbody><tr><th>North</th><td>1.2</td></tr><tr><td>South</td><td><b>2.0</b></td></tr></table>"
    )
    caption, table = blocks(html)
    assert caption.text == "Heights in metres"
    assert (table.kind, table.text, table.header_rows) == (
        "table",
        "\tMay\nNorth\t1.2\nSouth\t2.0",
        1,
    )
    assert marks(table) == [("strong", "2.0", "")]


def test_spanning_cells_keep_the_columns_aligned(blocks):
    html = (
        "<table><tr><th>a</th><th colspan=2>b</th><th>c</th></tr>"
        "<tr><td rowspan=2>1</td><td>2</td><td>3</td><td>4</td></tr>"
        "<tr><td>5</td><td>6</td><td>7</td></tr></table>"
    )
    assert texts(blocks(html)) == ["a\tb\t\tc\n1\t2\t3\t4\n\t5\t6\t7"]


def test_an_unreasonable_span_is_bounded(blocks):
    html = "<table><tr><th colspan=99999>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>"
    assert len(blocks(html)[0].text) < 120


def test_a_table_with_a_caption_is_data_however_long_its_cells_are(blocks):
    cell = "A cell that is as long as a paragraph of prose is on a page. " * 40
    rows = f"<tr><td>{cell}</td></tr><tr><td>{cell}</td><td>1</td></tr>"
    assert "table" in kinds(blocks(f"<table><caption>What they said</caption>{rows}</table>"))
    assert "table" not in kinds(blocks(f"<table>{rows}</table>"))


def test_a_layout_table_is_read_as_ordinary_blocks(prose):
    rows = "".join(f"<tr><td></td><td><p>{text}</p><p>{text}x</p></td></tr>" for text in prose)
    article = extract(Page("", f"<body><table>{rows}</table></body>")).article
    assert set(kinds(article.blocks)) == {"paragraph"}


def test_figures_become_images_with_caption_and_credit(blocks):
    html = (
        '<figure><img src="/a.jpg" alt="A lake"><figcaption>The lower field on Monday. '
        "Photo: Ann Lee/Reuters</figcaption></figure>"
    )
    assert blocks(html) == (
        Block(
            "image",
            "The lower field on Monday.",
            source="https://herald.example/a.jpg",
            alternative="A lake",
            credit="Ann Lee/Reuters",
        ),
    )


def test_the_label_before_a_credit_is_left_out(blocks):
    (image,) = blocks(
        '<figure><img src="/a.jpg" alt="">'
        "<figcaption>Image source, Getty Images</figcaption></figure>"
    )
    assert (image.text, image.credit) == ("", "Getty Images")


def test_a_credit_in_its_own_element_is_separated_from_the_caption(blocks):
    html = (
        "<figure><img src=/a.jpg><figcaption>The field. "
        "<span class=credit>Ann Lee</span></figcaption></figure>"
    )
    (image,) = blocks(html)
    assert (image.text, image.credit) == ("The field.", "Ann Lee")


def test_a_caption_keeps_its_marks(blocks):
    (image,) = blocks(
        "<figure><img src=/a.jpg><figcaption>The <em>lower</em> field.</figcaption></figure>"
    )
    assert marks(image) == [("emphasis", "lower", "")]


def test_a_figure_of_several_images_shows_each_once(blocks):
    images = "<img src=/a.jpg><img src=/b.jpg><img src=/a.jpg>"
    html = f"<figure>{images}<figcaption>Both.</figcaption></figure>"
    assert [b.source[-5:] for b in blocks(html)] == ["a.jpg", "b.jpg"]


def test_a_box_with_an_image_and_a_caption_is_a_figure(blocks):
    html = '<div class="wp-caption"><img src=/a.jpg><p class="wp-caption-text">The mill.</p></div>'
    (image,) = blocks(html)
    assert (image.kind, image.text) == ("image", "The mill.")


def test_a_caption_beside_an_image_belongs_to_it(blocks):
    html = "<p><img src=/a.jpg></p><p>Suzanne Schulting, skater. © AFP / WANG ZHAO</p>"
    (image,) = blocks(html)
    assert (image.text, image.credit) == ("Suzanne Schulting, skater.", "AFP / WANG ZHAO")


CREDIT = "<span class=credit> (<div class=camera><span></span>Image:</div>Ann Lee/Post)</span>"


@pytest.mark.parametrize(
    "html",
    [
        f"<figure><img src=/a.jpg></figure><figcaption><b>The mill</b>{CREDIT}</figcaption>",
        f"<div class=image><img src=/a.jpg><figcaption>The mill{CREDIT}</figcaption></div>",
    ],
)
def test_a_caption_whose_credit_is_in_a_box_stays_whole(blocks, html):
    (image,) = blocks(html)
    assert (image.text, image.credit) == ("The mill", "Ann Lee/Post")


@pytest.mark.parametrize("place", ["amid", "below"])
def test_a_caption_that_is_the_alternative_text_too_is_shown_or_listed(clean, place):
    caption = "The mill of Askwold"
    html = f"<figure><img src=/a.jpg alt='{caption}'><figcaption>{caption}</figcaption></figure>"
    teaser = f"<aside class=related-stories>{html}</aside>"
    extraction = clean(html) if place == "amid" else clean(below=teaser)
    told = [removal.text for removal in extraction.removals]
    assert (caption in extraction.article.text) == (place == "amid")
    assert any(caption in text for text in told) == (place == "below")


def test_code_in_a_figure_is_not_counted_as_its_text(blocks):
    code = "window.load = function () { return 1 };" * 40
    (image,) = blocks(
        f"<figure><img src=/a.jpg><script>{code}</script><style>{code}</style>"
        "<figcaption>The mill</figcaption><span class=credit>Ana Reyes</span></figure>"
    )
    assert (image.text, image.credit) == ("The mill", "Ana Reyes")


def test_a_figure_around_a_table_stays_a_table(blocks):
    html = (
        "<figure><table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table></figure>"
    )
    assert kinds(blocks(html)) == ["table"]


def test_an_image_without_a_caption_has_only_alternative_text(blocks):
    (image,) = blocks('<img src="pics/b.png" alt="A heron in the reeds">')
    assert (image.text, image.alternative) == ("", "A heron in the reeds")
    assert image.source == "https://herald.example/2024/05/pics/b.png"


def test_a_file_name_is_not_an_alternative_text(blocks):
    (image,) = blocks('<img src="/b.png" alt="IMG_2953.jpg">')
    assert image.alternative == ""


def test_lazy_images_are_found_behind_their_placeholders(blocks):
    html = (
        '<img src="data:image/gif;base64,R0" data-src="/lazy.jpg">'
        '<picture><source srcset="/s.jpg 400w, /l.jpg 1200w">'
        '<img src="data:image/gif;base64,R1"></picture>'
        '<noscript><img src="/plain.jpg"></noscript>'
    )
    assert [b.source.rpartition("/")[2] for b in blocks(html)] == ["lazy.jpg", "l.jpg", "plain.jpg"]


def test_the_first_of_images_with_the_same_width_is_taken(blocks):
    (image,) = blocks('<img srcset="/a.jpg 800w, /b.jpg 800w, /c.jpg 400w">')
    assert image.source.endswith("/a.jpg")


def test_icons_portraits_and_tracking_pixels_are_left_out(blocks):
    html = (
        '<img src="/a.png" width=16 height=16><img src="/b.png" class="avatar">'
        '<img src="/pixel.gif"><img alt="no source">'
    )
    assert blocks(html) == ()


def test_an_image_of_an_emoji_is_the_emoji(blocks):
    (paragraph,) = blocks('<p>Well done <img class="emoji" src="/e.png" alt="🎉"> all of you.</p>')
    assert paragraph.text == "Well done 🎉 all of you."


def test_an_image_inside_a_paragraph_follows_it(blocks):
    found = blocks("<p>Some words come first. <img src=/a.jpg> And some come after.</p>")
    assert [(b.kind, b.text) for b in found] == [
        ("paragraph", "Some words come first. And some come after."),
        ("image", ""),
    ]


def test_footnotes_and_their_references_are_linked(blocks):
    html = (
        '<p>He said so<sup><a href="#fn1" id="ref1">[1]</a></sup> at the time.</p>'
        '<ol class="footnotes"><li id="fn1"><p>1. In a letter. <a href="#ref1">↩</a></p></li></ol>'
    )
    paragraph, note = blocks(html)
    assert ("footnote_reference", "[1]", "1") in marks(paragraph)
    assert (note.kind, note.label, note.text) == ("footnote", "1", "In a letter.")


def test_footnotes_that_start_with_their_anchor_are_found(blocks):
    html = (
        '<p>As before.<a name="_ftnref2" href="#_ftn2">[2]</a> And so on.</p>'
        '<p><a name="_ftn2" href="#_ftnref2">[2]</a> See the register of 1911.</p>'
    )
    paragraph, note = blocks(html)
    assert marks(paragraph) == [("footnote_reference", "[2]", "2")]
    assert (note.kind, note.label, note.text) == ("footnote", "2", "See the register of 1911.")


def test_a_second_paragraph_belongs_to_its_footnote(blocks):
    html = (
        '<p>Words<sup><a href="#n1">1</a></sup> here.</p>'
        '<aside id="n1"><p>First part.</p><p>Second part.</p></aside>'
    )
    assert [(b.kind, b.label) for b in blocks(html)][1:] == [("footnote", "1"), ("footnote", "")]


def test_a_link_within_the_page_is_not_a_reference_unless_to_a_footnote(blocks):
    (paragraph,) = blocks('<p>See <a href="#methods">the methods</a> for more of this.</p>')
    assert paragraph.marks == ()


def test_posts_and_videos_become_labelled_embeds(blocks):
    html = (
        '<blockquote class="twitter-tweet"><p>It is still rising.</p>&mdash; Ann '
        '<a href="https://twitter.com/ann/status/1">May 3</a></blockquote>'
        '<iframe src="https://www.youtube.com/embed/x" title="The flood from above"></iframe>'
        '<video><source src="/v.mp4"></video>'
    )
    post, tube, video = blocks(html)
    assert (post.kind, post.label) == ("embed", "Post on X")
    assert post.source == "https://twitter.com/ann/status/1"
    assert "It is still rising." in post.text
    assert (tube.label, tube.text) == ("Video", "The flood from above")
    assert video.source == "https://herald.example/v.mp4"


def test_frames_from_unknown_sites_are_left_out(blocks):
    assert blocks('<iframe src="https://ads.example/frame"></iframe>') == ()


def test_rules_are_only_between_blocks(clean):
    article = clean("<hr><hr>", below="<hr>").article
    assert kinds(article.blocks).count("rule") == 1
    assert article.blocks[-1].kind == "paragraph"


def test_definitions_keep_term_and_depth(blocks):
    term, meaning = blocks("<dl><dt>Silt</dt><dd>What the river leaves behind.</dd></dl>")
    assert marks(term) == [("strong", "Silt", "")]
    assert (meaning.kind, meaning.depth) == ("paragraph", 1)


def test_verse_keeps_its_lines_and_an_empty_one_ends_a_stanza(blocks):
    html = "<p>The water came,<br>the water went.<br><br>It left us all<br>its fine cement.</p>"
    assert texts(blocks(html)) == [
        "The water came,\nthe water went.",
        "It left us all\nits fine cement.",
    ]


def test_marks_keep_what_the_page_marks(blocks):
    html = (
        "<p>It is <b>bold</b>, <em>slanted</em>, <code>x</code>, 10<sup>3</sup>, H<sub>2</sub>O, "
        '<s>gone</s> and <a href="/b?q=1#c">linked</a>.</p>'
    )
    (paragraph,) = blocks(html)
    assert marks(paragraph) == [
        ("strong", "bold", ""),
        ("emphasis", "slanted", ""),
        ("code", "x", ""),
        ("superscript", "3", ""),
        ("subscript", "2", ""),
        ("strike", "gone", ""),
        ("link", "linked", "https://herald.example/b?q=1#c"),
    ]


def test_marks_do_not_include_blanks_at_their_ends(blocks):
    (paragraph,) = blocks("<p>There is<b> a word </b>here, and then some more.</p>")
    assert paragraph.marks == (Mark("strong", Span(9, 15)),)


def test_a_mark_around_several_blocks_marks_each(blocks):
    found = blocks("<b><div>First part of it.</div><div>Second part of it.</div></b>")
    assert [marks(b)[0][:2] for b in found] == [
        ("strong", "First part of it."),
        ("strong", "Second part of it."),
    ]


def test_quotation_elements_show_their_quotation_marks(blocks):
    (paragraph,) = blocks("<p>He said <q>not yet</q> and no more.</p>")
    assert paragraph.text == "He said “not yet” and no more."
    (paragraph,) = blocks("<p>Er sagte: „<q>Noch <q>nicht</q></q>“, mehr nicht.</p>")
    assert paragraph.text == "Er sagte: „Noch “nicht”“, mehr nicht."


def test_what_a_note_shows_under_the_pointer_is_not_in_its_line(blocks):
    tip = "<span class=footnote_tooltip>By boat. <a href=#n>Continue reading</a></span>"
    (paragraph,) = blocks(f"<p>They left at night{tip}, all of them.</p>")
    assert paragraph.text == "They left at night, all of them."


def test_ruby_text_is_in_brackets(blocks):
    (paragraph,) = blocks("<p>その<ruby>糊<rp>(</rp><rt>のり</rt><rp>)</rp></ruby>は弱い。</p>")
    assert paragraph.text == "その糊（のり）は弱い。"


def test_formulas_are_kept_as_their_source(blocks):
    html = (
        '<p>So <math><semantics><mi>x</mi><annotation encoding="application/x-tex">x^2'
        '</annotation></semantics></math> grows, and <script type="math/tex">y</script> does not; '
        '<span class="katex-html">noise</span>z.</p>'
        '<p><math display="block" alttext="a+b"></math></p>'
    )
    assert texts(blocks(html)) == ["So $x^2$ grows, and $y$ does not; z.", "$$a+b$$"]


def test_a_drop_cap_is_part_of_its_word(blocks):
    (paragraph,) = blocks('<p><span class="drop-cap">L</span> ater that day it rained again.</p>')
    assert paragraph.text == "Later that day it rained again."


def test_white_space_is_folded(blocks):
    (paragraph,) = blocks("<p>  Some \n\n\t words\u00a0\u00a0 that  wander. </p>")
    assert paragraph.text == "Some words that wander."


def test_images_of_amp_pages_are_images(blocks):
    html = "<amp-img src=/a.jpg></amp-img><figure><amp-img src=/b.jpg></amp-img></figure>"
    assert [b.source.rpartition("/")[2] for b in blocks(html)] == ["a.jpg", "b.jpg"]


@pytest.mark.parametrize(
    "html",
    [
        (
            "<blockquote><p>We shall see.</p>"
            "<footer>Ann Lee, <cite>The Book</cite></footer></blockquote>"
        ),
        "<blockquote><p>We shall see.</p><cite>— Ann Lee, <i>The Book</i></cite></blockquote>",
        "<blockquote><p>We shall see.</p><p>— Ann Lee, <i>The Book</i></p></blockquote>",
        (
            "<figure><blockquote><p>We shall see.</p></blockquote>"
            "<figcaption>Ann Lee, <cite>The Book</cite></figcaption></figure>"
        ),
    ],
)
def test_the_source_of_a_quotation_follows_it_after_a_dash(blocks, html):
    quote, source = blocks(html)
    assert (quote.kind, quote.text) == ("quote", "We shall see.")
    assert (source.kind, source.text, source.quote_depth) == ("quote", "— Ann Lee, The Book", 1)
    assert ("emphasis", "The Book", "") in marks(source)


@pytest.mark.parametrize(
    "html",
    [
        '<pre class="wp-block-verse">The water came,\n  the <em>water</em> went.\n\nIt left.</pre>',
        (
            '<div class="poem"><p>The water came,<br>&nbsp;&nbsp;the <em>water</em> went.</p>'
            "<p>It left.</p></div>"
        ),
    ],
)
def test_verse_keeps_its_lines_indents_and_stanzas(blocks, html):
    found = blocks(html)
    assert texts(found) == ["The water came,\n  the water went.", "It left."]
    assert marks(found[0]) == [("emphasis", "water", "")]


def test_lines_of_verse_in_elements_are_one_stanza(blocks):
    html = '<div class="stanza"><div>The water came,</div><div>the water went.</div></div>'
    assert texts(blocks(html)) == ["The water came,\nthe water went."]


def test_prose_in_a_container_named_like_verse_stays_prose(blocks, prose):
    html = f'<div class="verse"><p>{prose[0]} Again.</p><p>{prose[1]} Again.</p></div>'
    assert kinds(blocks(html)) == ["paragraph", "paragraph"]


@pytest.mark.parametrize(
    "html",
    [
        '<pre lang="perl">z</pre>',
        '<pre class="hljs perl">z</pre>',
        '<pre class="src src-perl">z</pre>',
        '<pre><code class="perl">z</code></pre>',
        '<pre class="EnlighterJSRAW" data-enlighter-language="perl">z</pre>',
        '<pre class="crayon lang:perl">z</pre>',
    ],
)
def test_the_language_of_code_is_found_where_pages_name_it(blocks, html):
    assert blocks(html) == (Block("code", "z", language="perl"),)


def test_several_lines_of_code_are_read_without_a_pre(blocks):
    html = '<div><code class="language-sh">ls<br>cd</code></div>'
    assert blocks(html) == (Block("code", "ls\ncd", language="sh"),)


def test_line_numbers_within_code_are_left_out(blocks):
    html = '<pre><code><span class="ln">1</span>a()\n<span class="ln">2</span>b()</code></pre>'
    assert texts(blocks(html)) == ["a()\nb()"]


def test_a_header_may_have_several_rows(blocks):
    html = (
        "<table><tr><th rowspan=2>Name</th><th colspan=2>Year</th></tr><tr><th>2020</th>"
        "<th>2021</th></tr><tr><td>a</td><td>1</td><td>2</td></tr></table>"
    )
    (table,) = blocks(html)
    assert (table.text, table.header_rows) == ("Name\tYear\t\n\t2020\t2021\na\t1\t2", 2)


def test_an_empty_row_ends_the_spans_across_it(blocks):
    html = (
        "<table><tr><th>a</th><th>b</th></tr><tr><td rowspan=2>1</td><td>2</td></tr>"
        "<tr><td></td></tr><tr><td>3</td><td>4</td></tr></table>"
    )
    assert texts(blocks(html)) == ["a\tb\n1\t2\n3\t4"]


def test_a_cell_of_several_paragraphs_does_not_start_with_a_blank(blocks):
    html = (
        "<table><tr><th>a</th><th>b</th></tr><tr><td><p>x</p><p>y</p></td><td>z</td></tr></table>"
    )
    assert texts(blocks(html)) == ["a\tb\nx y\tz"]


def test_players_and_frames_link_to_the_page_of_their_content(blocks):
    html = (
        '<lite-youtube videoid="abcdefghijk" playlabel="The flood"></lite-youtube>'
        '<iframe data-src="//www.youtube.com/embed/abcdefghijk?rel=0"></iframe>'
        '<iframe src="https://player.vimeo.com/video/12"></iframe>'
        '<iframe src="https://www.google.com/maps/embed?pb=1"></iframe>'
    )
    assert [(b.label, b.source, b.text) for b in blocks(html)] == [
        ("Video", "https://www.youtube.com/watch?v=abcdefghijk", "The flood"),
        ("Video", "https://www.youtube.com/watch?v=abcdefghijk", ""),
        ("Video", "https://vimeo.com/12", ""),
        ("Map", "https://www.google.com/maps/embed?pb=1", ""),
    ]


def test_the_caption_of_a_video_is_the_text_of_its_embed(blocks):
    caption = "<figcaption>The <em>lower</em> field.</figcaption>"
    html = f'<figure><video src="/v.mp4"></video>{caption}</figure>'
    (video,) = blocks(html)
    assert (video.kind, video.text) == ("embed", "The lower field.")
    assert marks(video) == [("emphasis", "lower", "")]


def test_of_several_videos_with_one_caption_all_stay(blocks):
    caption = "<figcaption>The lower field.</figcaption>"
    videos = '<video src="/v.mp4"></video><video src="/w.mp4"></video>'
    sources = [block.source for block in blocks(f"<figure>{videos}{caption}</figure>")]
    assert [source.rpartition("/")[2] for source in sources if source] == ["v.mp4", "w.mp4"]


def test_words_beside_the_caption_of_a_video_stay(blocks):
    caption = "<figcaption>The lower field.</figcaption>"
    html = f'<figure><video src="/v.mp4"></video><p>It was under water.</p>{caption}</figure>'
    text = " ".join(block.text for block in blocks(html))
    assert "It was under water." in text
    assert "The lower field." in text


def test_the_image_in_a_noscript_replaces_a_blurred_placeholder(blocks):
    html = (
        '<figure><img src="/max/60/a.jpg"><noscript><img src="/max/2000/a.jpg"></noscript>'
        "<figcaption>The mill.</figcaption></figure>"
    )
    assert [(b.source, b.text) for b in blocks(html)] == [
        ("https://herald.example/max/2000/a.jpg", "The mill.")
    ]


def test_tags_in_an_alternative_text_are_removed(blocks):
    (image,) = blocks('<img src="/b.png" alt="A heron &lt;br&gt;in the reeds">')
    assert image.alternative == "A heron in the reeds"


def test_the_permalink_sign_of_a_heading_is_left_out(blocks):
    html = '<h2>Silt <a href="#silt">#</a></h2><p>It is grey, and it is fine.</p>'
    assert blocks(html)[0].text == "Silt"


def test_a_heading_that_links_to_itself_is_not_a_link(blocks, prose):
    html = f'<h2><a href="#silt">Silt</a></h2><p>{prose[0]} Again.</p>'
    assert next((b.kind, b.text, b.marks) for b in blocks(html)) == ("heading", "Silt", ())


def test_an_element_with_the_role_of_a_heading_is_a_heading(blocks):
    found = blocks(
        '<div role="heading" aria-level="3">Silt</div><p>It is grey, and it is fine.</p>'
    )
    assert (found[0].kind, found[0].level) == ("heading", 3)


def test_asterisks_between_paragraphs_are_a_rule(blocks):
    assert kinds(blocks("<p>One part ends.</p><p>* * *</p><p>Another begins.</p>")) == [
        "paragraph",
        "rule",
        "paragraph",
    ]


def test_links_are_resolved_against_a_base_that_is_a_folder(clean):
    article = clean('<p>See <a href="x.html">this</a> too.</p>', head='<base href="/dir/">').article
    assert marks(article.blocks[2]) == [("link", "this", "https://herald.example/dir/x.html")]


@pytest.mark.parametrize("name", ["heading-anchor", "anchor-link", "headerlink"])
def test_an_anchor_that_holds_the_words_of_a_heading_is_the_heading(blocks, name):
    (heading, _) = blocks(
        f"<h2 id=mills><a class={name} href=#mills>The nine mills</a></h2><p>They stood idle.</p>"
    )
    assert (heading.kind, heading.text) == ("heading", "The nine mills")
    (heading, _) = blocks(
        f"<h2 id=mills>The nine mills <a class={name} href=#mills>link</a></h2><p>Idle.</p>"
    )
    assert heading.text == "The nine mills"


NOTES = "".join(
    f"<p>{number}. The register of the parish names {number} mills on this side of the river, "
    f"and {number + 3} on the other.</p>"
    for number in range(3)
)


def test_what_is_only_printed_is_shown_if_the_page_has_it_nowhere_else(clean):
    article = clean(below=f"<div class=print-only><h2>Sources</h2>{NOTES}</div>").article
    assert "names 2 mills" in article.text


def test_what_is_printed_as_it_is_shown_stays_hidden(clean, prose):
    copy = "".join(f"<p>{text}</p>" for text in prose)
    article = clean(below=f"<div class=print-only>{copy}</div>").article
    assert texts(article.blocks) == list(prose)
    article = clean(below="<div class=print-only>Printed from herald.example</div>").article
    assert "Printed" not in article.text


def test_the_question_on_a_button_that_unfolds_its_answer_stays(clean):
    question = "Who pays for the repair of a mill?"
    button = f"<button aria-expanded=false aria-controls=a1>{question}</button>"
    answer = (
        "The owner pays for the wheel, and the village for the weir, as it has been since 1840."
    )
    article = clean(f"<h3>{button}</h3><div id=a1><p>{answer}</p></div>").article
    assert [question, answer] == texts(article.blocks)[2:4]
    plain = f"<div><button><div>{question}</div></button><div><p>{answer}</p></div></div>"
    assert [question, answer] == texts(clean(plain).article.blocks)[2:4]
    menu = "<button aria-expanded=false>Products</button>"
    assert "Products" not in clean(menu).article.text
    chat = f"<button>Need help?</button><div><p>{answer}</p></div>"
    assert "help" not in clean(chat).article.text


@pytest.mark.parametrize(
    ("section", "heading"),
    [
        ("<section id=cookies>", "<h2>Cookies</h2>"),
        ("<div>", "<h2 id=share-prices-1>Share prices</h2>"),
    ],
)
def test_an_id_made_of_the_words_of_a_heading_names_no_box(clean, section, heading):
    text = "They are counted every spring, when the water is low enough to see the marks."
    close = section.replace("<", "</", 1).split(" ")[0].rstrip(">") + ">"
    article = clean(f"{section}{heading}<p>{text}</p>{close}").article
    assert text in article.text
    assert heading.split(">")[1].removesuffix("</h2") in texts(article.blocks)


def test_text_below_an_anchor_that_was_not_closed_is_no_link(blocks):
    weir = "The owner pays for the wheel, as <a href=/b>the roll of 1840</a> says, and nobody else."
    (block,) = blocks(f"<a name=weir><p>{weir}</p>")
    assert marks(block) == [("link", "the roll of 1840", "https://herald.example/b")]


ANSWER = "The owner pays for the wheel, and the village for the weir, as it has been since 1840."


@pytest.mark.parametrize(
    "panel",
    [
        "role=tabpanel hidden",
        "aria-labelledby=b1 style='display: none'",
        "class=tab__content hidden",
    ],
    ids=["tab", "accordion", "tab by name"],
)
def test_what_tabs_and_questions_open_is_shown(clean, panel):
    button = "<div><button id=b1 aria-expanded=false>Repairs</button></div>"
    article = clean(f"{button}<div {panel}><p>{ANSWER}</p></div>").article
    assert ANSWER in article.text


def test_a_button_names_the_panel_below_that_refers_to_it(clean):
    button = "<div><button id=b1 aria-expanded=false>Repairs</button></div>"
    panel = f"<div hidden aria-labelledby=b1><p>{ANSWER}</p></div>"
    assert "Repairs" in clean(f"<section>{button}{panel}</section>").article.text


@pytest.mark.parametrize(
    ("button", "is_shown"),
    [
        ("<h3><button aria-expanded=false>Weight</button></h3>", True),
        ("<button aria-expanded=false>Who pays for the weir?</button>", True),
        ("<button aria-expanded=false>Menu</button>", False),
        ("<h3>Weight</h3>", False),
    ],
)
def test_what_is_right_below_the_heading_that_unfolds_it_is_shown(clean, button, is_shown):
    article = clean(f"<section>{button}<div hidden><p>{ANSWER}</p></div></section>").article
    assert (ANSWER in article.text) == is_shown


def test_a_banner_or_a_menu_that_unfolds_stays_hidden(clean):
    banner = f"<div class='accordion__content site-banner' hidden><p>{ANSWER}</p></div>"
    assert ANSWER not in clean(banner).article.text
    folded = f"<div class='accordion__content' hidden><p>{ANSWER}</p></div>"
    assert ANSWER in clean(folded).article.text


def test_what_a_dialog_shows_stays_hidden(clean):
    dialog = f"<div role=dialog aria-labelledby=a hidden><p>{ANSWER}</p></div>"
    assert ANSWER not in clean(dialog).article.text


def test_a_part_that_comes_late_is_shown_in_its_place(clean):
    late = f"<div hidden id='S:1'><p>{ANSWER}</p></div>"
    article = clean('<template id="B:1"></template><p>The end.</p>', below=late).article
    assert texts(article.blocks)[2:4] == [ANSWER, "The end."]


def test_numbers_on_lines_of_their_own_are_no_code(blocks):
    rows = "".join(f"<div>{n}</div><div>{line}</div>" for n, line in enumerate("abc", 1))
    assert blocks(f"<pre>{rows}</pre>")[0].text == "a\nb\nc"
    assert blocks("<pre>1\n2\n3\nfizz\nbuzz\n6\n7\nfizz</pre>")[0].text.startswith("1\n2\n3")
    assert blocks("<pre>1\n2\n3\nLift off!</pre>")[0].text == "1\n2\n3\nLift off!"


def test_an_empty_row_above_the_names_of_the_columns_is_not_counted(blocks):
    html = (
        "<table><thead><tr><th></th><th></th></tr><tr><th>Place</th><th>May</th></tr></thead>"
        "<tr><td>North</td><td>1.2</td></tr><tr><td>South</td><td>2.0</td></tr></table>"
    )
    (table,) = blocks(html)
    assert (table.text, table.header_rows) == ("Place\tMay\nNorth\t1.2\nSouth\t2.0", 1)
