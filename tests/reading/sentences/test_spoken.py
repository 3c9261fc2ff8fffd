"""What is read aloud is what the sentence says, in its own language."""

from msgspec.structs import replace

from annotator.model import Article, Block, Mark, Span
from annotator.reading.sentences.spoken import language_at, spoken
from builders import make_article


def _spoken(text: str) -> str:
    article = make_article(text)
    return spoken(article, Span(0, len(article.text)))


def test_numbers_and_abbreviations_are_left_to_the_speaker():
    words = "Dr. Lee said in No. 3 that 1,400.5 km² cost about €2.5 m, e.g. in the U.S."
    assert _spoken(words) == words


def test_of_an_address_the_site_is_read():
    assert _spoken("See https://www.example.org/a/b?c=1#d, and (http://b.example:80/).") == (
        "See example.org, and (b.example)."
    )


def test_marks_of_footnotes_are_left_out():
    assert _spoken("It fell[12] twice.[3] So said [the] mayor.") == (
        "It fell twice. So said [the] mayor."
    )
    block = Block("paragraph", "It fell2 twice.", marks=(Mark("footnote_reference", Span(7, 8)),))
    article = replace(make_article("Before."), blocks=(Block("heading", "Costs"), block))
    start = article.starts[1]
    assert spoken(article, Span(start, len(article.text))) == "It fell twice."


def test_only_the_passage_is_read_over_the_ends_of_blocks():
    article = make_article("One is here. Two is there.\n\nThree is nowhere.")
    start = article.text.index("Two")
    assert spoken(article, Span(start, start + 18)) == "Two is there. Thr"


def test_a_block_is_read_in_its_own_language():
    german = "Die Kosten sind im letzten Jahr gefallen, und das war nicht nur in der Stadt so."
    article: Article = make_article(
        f"The costs fell in that year.\n\n{german}\n\nJa.", language="en-GB"
    )
    assert [language_at(article, start) for start in article.starts] == ["en-GB", "de", "en-GB"]


def test_the_language_of_an_article_that_names_none_is_guessed():
    article = make_article("The costs fell in that year, and it was the mayor who said so to us.")
    assert language_at(replace(article, language=""), 0) == "en"
