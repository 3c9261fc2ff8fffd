"""Lists of feeds for other programs: tags are folders."""

from xml.etree import ElementTree as ET

from annotator.feeds import write_opml
from annotator.model.feed import Feed
from builders import MOMENT


def test_the_first_tag_of_a_feed_is_its_folder_and_the_others_are_categories():
    feed = Feed(
        "https://river.example/f?a=1&b=2",
        MOMENT,
        title='River "news" <1>',
        site="https://river.example/",
        tags=("world/water", "daily"),
    )
    tree = ET.fromstring(write_opml([feed]))
    water = tree.find("body/outline[@text='world']/outline[@text='water']/outline")
    assert water is not None
    assert water.attrib == {
        "type": "rss",
        "text": 'River "news" <1>',
        "xmlUrl": "https://river.example/f?a=1&b=2",
        "htmlUrl": "https://river.example/",
        "category": "/daily",
    }


def test_a_feed_without_tags_is_in_no_folder():
    tree = ET.fromstring(write_opml([Feed("https://a.example/f", MOMENT)]))
    assert [outline.get("text") for outline in tree.iterfind("body/outline")] == [
        "https://a.example/f"
    ]
