"""Live blogs: every post with its time."""

from annotator.extract import extract

POSTS = {
    "18:40 CEST": "The gauge at the old bridge shows four metres ten, less than at noon.",
    "17:05 CEST": "The school at Marl stays closed tomorrow, and parents were told by telephone.",
    "14:55 CEST": "Pumps arrive. The first of six lorries has reached the market square.",
    "12:00 CEST": "We report on the flood in the valley from here, all day and all night.",
}
TYPE = '<script type="application/ld+json">{"@type": "LiveBlogPosting"}</script>'


def posts() -> str:
    return "<h1>Flood in the valley</h1>" + "".join(
        f"<article class='entry n{number}'><div class=meta><time>{time}</time></div><p>{text}</p>"
        "<div class=share-bar><a href=#>Share</a></div></article>"
        for number, (time, text) in enumerate(POSTS.items())
    )


def test_the_time_of_a_post_is_its_heading_and_the_oldest_post_stays(page):
    extraction = extract(page(posts(), head=TYPE))
    blocks = [(block.kind, block.text) for block in extraction.article.blocks]
    wanted = [(("heading", time), ("paragraph", text)) for time, text in POSTS.items()]
    assert blocks == [block for pair in wanted for block in pair]
    assert extraction.completeness.evidence == ("Read as a live blog of 4 posts.",)


def test_the_address_says_that_a_page_is_a_live_blog(page):
    url = "https://herald.example/live/flood"
    assert "12:00 CEST" in extract(page(posts(), url=url)).article.text


def test_a_list_of_stories_with_times_is_no_live_blog(page):
    assert not extract(page(posts())).completeness.evidence


def test_the_author_beside_the_time_stays_without_it(page):
    body = posts().replace("</time></div>", "</time>Ann Weir</div>")
    texts = [block.text for block in extract(page(body, head=TYPE)).article.blocks]
    assert texts.count("Ann Weir") == len(POSTS)


def test_a_page_that_lists_more_posts_than_it_has_is_partial(page):
    listed = ",".join(['{"@type": "BlogPosting"}'] * 40)
    head = TYPE.replace('"}', f'", "headline": "Flood", "liveBlogUpdate": [{listed}]}}')
    completeness = extract(page(posts(), head=head)).completeness
    assert completeness.access == "partial"
    assert completeness.evidence[0] == "The page lists 40 posts, and has 4 of them."
