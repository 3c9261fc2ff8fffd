from annotator.reading.navigation.landmarks import Heading, headings
from builders import make_article


def test_an_outline_has_the_headings_with_their_levels_and_places():
    article = make_article("# One\n\nText.\n\n### Two")
    assert headings(article) == (Heading(1, "One", 0), Heading(3, "Two", 12))
