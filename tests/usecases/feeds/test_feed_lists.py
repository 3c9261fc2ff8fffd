"""Lists of feeds of other programs, and for them."""

import pytest

from annotator.errors import ImportFailed
from annotator.usecases.feeds.subscriptions import as_opml, feeds_in, follow, subscriptions

OPML = """<?xml version="1.0"?><opml version="2.0"><body>
<outline text="News"><outline text="Water"><outline type="rss" text="River" title="River news"
 xmlUrl="https://river.example/feed.xml" category="/daily"/></outline></outline>
<outline text="Run me" xmlUrl="exec:rm -rf /"/><outline text="A page" url="https://x.example/"/>
<outline type="rss" text="Script" xmlUrl="javascript:alert(1)"/></body></opml>"""


def test_folders_are_tags_and_commands_are_no_feeds(tmp_path, moment):
    path = tmp_path / "feeds.opml"
    path.write_text(OPML, "utf-8")
    (feed,) = feeds_in(path, now=moment)
    assert (feed.title, feed.address) == ("River news", "https://river.example/feed.xml")
    assert feed.tags == ("News/Water", "daily")


def test_a_list_that_is_written_is_read_as_it_was(library, tmp_path, moment):
    path = tmp_path / "feeds.opml"
    path.write_text(OPML, "utf-8")
    feeds = feeds_in(path, now=moment)
    follow(library, feeds, now=moment)
    path.write_text(as_opml(subscriptions(library, now=moment)), "utf-8")
    assert feeds_in(path, now=moment) == feeds


def test_the_password_in_an_address_is_not_kept(tmp_path, moment):
    path = tmp_path / "feeds.opml"
    path.write_text(OPML.replace("river.example", "joe:secret@river.example"), "utf-8")
    (feed,) = feeds_in(path, now=moment)
    assert feed.address == "https://river.example/feed.xml"


@pytest.mark.parametrize("text", ["", "<opml><body/></opml>", "just words"])
def test_a_file_without_feeds_is_refused(tmp_path, moment, text):
    path = tmp_path / "feeds.opml"
    path.write_text(text, "utf-8")
    with pytest.raises(ImportFailed):
        feeds_in(path, now=moment)
