from annotator.reading.navigation.landmarks import HeadingPlace, headings
from builders import make_article


def test_an_outline_has_the_headings_with_their_levels_and_places():
    article = make_article("# One\n\nText.\n\n### Two")
    assert headings(article) == (HeadingPlace(1, "One", 0), HeadingPlace(3, "Two", 12))
