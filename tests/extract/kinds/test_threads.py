"""Threads of forums: every post, with its author and date in a heading above it."""

import pytest

from annotator.extract import extract
from annotator.model import Page

POSTS = (
    ("heron", "3 May 2031", "The gate of the upper lock no longer closes. Has anyone seen why?"),
    ("ada lim", "4 May 2031", "A beam is lying across the sill. I saw it when the water was low."),
    ("heron", "6 May 2031", "Thank you"),
)
FORUM = "https://locks.example/threads/the-upper-gate.17"


def thread(post: str, url: str = FORUM, *, around: str = "{}", head: str = "") -> Page:
    posts = "".join(post.format(author, date, text) for author, date, text in POSTS)
    menu = "<nav><a href=/>Home</a> <a href=/new>New posts</a></nav>"
    foot = "<p>You must log in or register to reply here.</p>"
    body = around.format(f"<h1>The upper gate</h1>{posts}")
    return Page(url, f"<title>The upper gate</title>{head}<body>{menu}{body}{foot}</body>")


XENFORO = (
    "<article class='message message--post' data-author='{0}'><div class='message-user'>"
    "<h4 class='message-name'><a href='/members/1/'>{0}</a></h4><h5>Lock keeper</h5>"
    "<dl><dt>Joined</dt><dd>7 June 2019</dd></dl></div><time class='u-dt'>{1}</time>"
    "<div class='message-body'><div class='bbWrapper'>{2}</div></div>"
    "<a class='actionBar-action'>Reply</a></article>"
)
PHPBB = (
    "<div class='post bg2'><dl class='postprofile'><dt><a class='username'>{0}</a></dt>"
    "<dd><strong>Joined:</strong> 7 June 2019</dd></dl><div class='postbody'>"
    "<h3>Re: The upper gate</h3><p class='author'>by <b>{0}</b> » {1}</p>"
    "<div class='content'>{2}</div><div class='signature'>Keep to the left.</div></div></div>"
)
SCHEMA = (
    "<section itemscope itemtype='https://schema.org/Comment'><b itemprop='author'>{0}</b>"
    "<span itemprop='datePublished'>{1}</span><div itemprop='text'><p>{2}</p></div>"
    "<div>3 likes</div></section>"
)
HACKERS = (
    "<table><tr class='athing comtr'><td><span class='comhead'><a class='hnuser'>{0}</a> "
    "<span class='age'>{1}</span></span><div class='comment'>{2}</div></td></tr></table>"
)
DRUPAL = (
    "<article class='node-forum'><a class='username'>{0}</a> <time>{1}</time><a href='/r'>Reply</a>"
    "<div class='field field--name-comment-body'><p>{2}</p></div></article>"
)
GAMESPOT = (
    "<table><tr><td class=msg><div class=msg_infobox><a class=name data-username='{0}'>{0}</a>"
    "<span class=post_time>{1}</span></div><div class=msg_body><div class=msg_text>{2}</div>"
    "<div class=signature>Keep to the left.</div></div></td></tr></table>"
)
OF_A_FORUM = "<main itemscope itemtype='https://schema.org/DiscussionForumPosting'>{}</main>"


@pytest.mark.parametrize(
    ("post", "around"),
    [
        (XENFORO, "{}"),
        (PHPBB, "{}"),
        (SCHEMA, OF_A_FORUM),
        (HACKERS, "{}"),
        (DRUPAL, "{}"),
        (GAMESPOT, "{}"),
    ],
    ids=["xenforo", "phpbb", "schema.org", "hacker news", "drupal", "gamespot"],
)
def test_each_post_is_below_a_heading_with_its_author_and_date(post, around):
    article = extract(thread(post, around=around)).article
    told = [(block.kind, block.text) for block in article.blocks]
    assert told == [
        line
        for author, date, text in POSTS
        for line in (("heading", f"{author}, {date}"), ("paragraph", text))
    ]


def test_the_first_post_says_who_wrote_the_thread_and_when():
    article = extract(thread(XENFORO)).article
    assert (article.title, article.byline) == ("The upper gate", ("heron",))
    assert article.published == "2031-05-03"


def test_a_prompt_below_a_thread_is_no_wall():
    assert extract(thread(XENFORO)).completeness.access == "full"


@pytest.mark.parametrize(
    ("url", "pager", "said"),
    [
        (FORUM, "<a href='{}/page-2'>2</a><a href='{}/page-3'>3</a>", "2 more parts"),
        (FORUM, "<div class=forum-replies><a href='{}/page/2/'>2</a></div>", "one more part"),
        ("https://locks.example/thread-1717.html", "<a href='{}'>2</a>", "one more part"),
        (
            "https://locks.example/viewtopic.php?t=17",
            "<a href='{}&sid=0f&start=15'>2</a><a href='{}&sid=0f&start=30' rel=next>3</a>",
            "2 more parts",
        ),
    ],
    ids=["XenForo", "bbPress", "MyBB", "phpBB"],
)
def test_a_thread_of_several_pages_says_how_many_follow(url, pager, said):
    address = url.replace(".html", "-page-2.html")
    around = "{}" + pager.format(address, address).replace("{", "{{").replace("}", "}}")
    label = extract(thread(XENFORO, url, around=around)).completeness
    assert label.access == "partial"
    assert said in label.evidence[0]


def test_what_is_beside_the_posts_is_in_the_ledger():
    removed = {entry.text for entry in extract(thread(PHPBB)).removals}
    assert {"Re: The upper gate", "Keep to the left."} <= removed


def test_posts_that_are_only_shown_without_scripts_are_read():
    post = (
        "<div class='topic-body crawler-post'><span class='creator'>{0}</span>"
        "<time class='post-time'>{1}</time><div class='post'><p>{2}</p></div></div>"
    )
    page = thread(post * 3, around="<section id=splash></section><noscript>{}</noscript>")
    assert extract(page).article.text.startswith("heron, 3 May 2031\n\nThe gate of the upper lock")


def test_a_long_quotation_of_an_earlier_post_is_not_shown_again():
    long = "The sill has three cracks, and the beam lies right across the longest of them. " * 5
    first = XENFORO.format("heron", "3 May 2031", long)
    quoted = f"<blockquote>{long}</blockquote>Then we need a diver."
    page = Page(FORUM, f"<body>{first}{XENFORO.format('ada', '4 May 2031', quoted)}</body>")
    extraction = extract(page)
    assert extraction.article.text.count("three cracks") == 5
    assert "Then we need a diver." in extraction.article.text
    assert "quoted-post" in [entry.rule for entry in extraction.removals]


def test_comments_below_an_article_are_no_thread(prose):
    comments = "".join(SCHEMA.format(*post) for post in POSTS)
    story = "".join(f"<p>{text}</p>" for text in prose)
    page = Page(
        "https://herald.example/flood",
        f"<title>The flood</title><body><article><h1>The flood</h1>{story}</article>"
        f"<div id=comments>{comments * 4}</div></body>",
    )
    article = extract(page).article
    assert article.text.startswith("\n\n".join(prose))
    assert "heading" not in [block.kind for block in article.blocks]
    assert article.byline == ()


def test_remarks_of_users_stay_whatever_they_sound_like():
    remark = "Subscribe to our newsletter is what the lock keeper says to everyone."
    post = XENFORO.format("ada lim", "7 May 2031", remark)
    page = thread(XENFORO, around="{}" + post)
    assert remark in extract(page).article.text


UNKNOWN = (
    "<div class='entry {0}'><div class=head><a href='/user/{0}'>{0}</a> <time>{1}</time></div>"
    "<div class=words>{2}</div><div class=foot><a href=/report>Report</a></div></div>"
)


def test_boxes_alike_are_posts_where_the_address_is_that_of_a_forum():
    post = UNKNOWN.replace(" {0}'", "'")
    page = thread(post, "https://talk.locks.example/topic/17")
    told = [block.text for block in extract(page).article.blocks]
    assert told == [line for a, date, text in POSTS for line in (f"{a}, {date}", text)]
    elsewhere = extract(thread(post, "https://herald.example/gate")).article
    assert "heading" not in [block.kind for block in elsewhere.blocks]


def test_a_forum_without_a_text_is_no_thread():
    empty = SCHEMA.replace("<p>{2}</p>", "")
    assert extract(thread(empty, around=OF_A_FORUM)).article.byline == ()


def test_frequent_questions_are_no_thread():
    answer = (
        "<div itemscope itemtype='https://schema.org/Question'><h3>Who is it?</h3>"
        "<div itemscope itemtype='https://schema.org/Answer'>"
        "<div itemprop='text'>{2}, whoever it may have been that day.</div></div>"
        "</div>"
    )
    article = extract(thread(answer)).article
    assert [b.text for b in article.blocks if b.kind == "heading"] == ["Who is it?"] * 3


def test_an_answer_to_an_answer_has_a_heading_of_a_lower_level():
    box = (
        "<li itemscope itemtype='https://schema.org/Comment'><div><b itemprop='author'>{0}</b>"
        "<time>{1}</time><div itemprop='text'><p>{2}</p></div></div><ul>{3}</ul></li>"
    )
    inner = box.format(*POSTS[2], "")
    outer = box.format(*POSTS[0], box.format(*POSTS[1], inner)) + box.format(*POSTS[1], "")
    page = Page(FORUM, f"<body>{OF_A_FORUM.format(f'<ul>{outer}</ul>')}</body>")
    levels = [b.level for b in extract(page).article.blocks if b.kind == "heading"]
    assert levels == [2, 3, 4, 2]


def test_the_indents_of_hacker_news_are_levels():
    row = HACKERS.replace("<td>", "<td class=ind><img src=s.gif width={3}></td><td>")
    rows = "".join(row.format(*post, width) for post, width in zip(POSTS, (0, 40, 80), strict=True))
    levels = [b.level for b in extract(Page(FORUM, rows)).article.blocks if b.kind == "heading"]
    assert levels == [2, 3, 4]


def test_a_post_of_the_forum_itself_is_none():
    sold = XENFORO.format("Advertisement", "3 May 2031", "Hi heron, take a look at these locks!")
    text = extract(thread(XENFORO, around="{}" + sold)).article.text
    assert "A beam is lying across the sill." in text
    assert "take a look" not in text


def test_a_question_is_no_name_of_an_author():
    answer = (
        "<div itemscope itemtype='https://schema.org/Question'><h3 itemprop=author>{0}?</h3>"
        "<div itemscope itemtype='https://schema.org/Answer'><div itemprop='text'>{2}</div></div>"
        "</div>"
    )
    assert extract(thread(answer)).article.byline == ()


def test_posts_with_a_date_and_no_name_are_a_thread():
    post = (
        "<section itemscope itemtype='https://schema.org/Comment'>"
        "<span itemprop='datePublished'>{1}</span><div itemprop='text'><p>{2}</p></div></section>"
    )
    article = extract(thread(post, around=OF_A_FORUM)).article
    headings = [block.text for block in article.blocks if block.kind == "heading"]
    assert headings == [date for _, date, _ in POSTS]


VBULLETIN = (
    "<table id='post{2}'><tr><td class='thead'><a name='post'><img alt='Old'></a> {1}</td>"
    "<td class='thead'>#<a>1</a></td></tr><tr><td><a class='bigusername' href='member.php'>{0}</a>"
    "</td><td><div id='post_message_{2}'>{3}</div></td></tr></table>"
)


@pytest.mark.parametrize("number", [1, 2])
def test_posts_that_are_tables_are_read_even_if_there_is_only_one(number):
    texts = ["The gate of the upper lock no longer closes. Has anyone seen why it does not?", "No."]
    posts = [
        VBULLETIN.format(f"heron{at}", f"{at + 3}th May 2031, 16:26", at + 17, texts[at])
        for at in range(number)
    ]
    page = Page(FORUM, f"<title>The gate</title><body><div id=posts>{''.join(posts)}</div></body>")
    article = extract(page).article
    assert article.byline == ("heron0",)
    told = [block.text for block in article.blocks]
    assert told[::2] == [f"heron{at}, {at + 3}th May 2031, 16:26" for at in range(number)]
    assert told[1::2] == texts[:number]


def test_lines_of_the_program_within_posts_are_not_their_text():
    lines = (
        "Click to shrink...",
        "Edited October 30, 2031 by El Patron (see edit history)",
        "(1.35 KiB) Downloaded 458 times",
    )
    within = "".join(f"<p>{line}</p>" for line in lines)
    text = extract(thread(XENFORO.replace("{2}", f"<p>{{2}}</p>{within}"))).article.text
    assert POSTS[0][2] in text
    assert not any(line in text for line in lines)


def test_the_author_of_a_question_is_who_asked_and_not_who_edited_it():
    signature = "<div class='user-details'{0}><a href='/users/1'>{1}</a> <i>{2}</i></div>"
    medals = "1,197 reputation, 2 gold badges and 17 bronze badges"
    edited = signature.format("", "the editor", medals)
    asked = signature.format(" itemprop='author'", "{0}", medals)
    post = (
        "<section itemscope itemtype='https://schema.org/Question'><div itemprop='text'><p>{2}</p>"
        f"</div>{edited}<time>{{1}}</time>{asked}</section>"
    )
    assert extract(thread(post, around=OF_A_FORUM)).article.byline == ("heron",)
