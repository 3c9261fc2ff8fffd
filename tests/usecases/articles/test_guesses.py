import pytest

from annotator.usecases.articles.guesses import likely
from builders import find_span, make_article

TEXT = (
    "Nobody knows. The ministry will not say why. A shop sells bread.\n\n東京は晴れた。風が強い。"
)


@pytest.mark.parametrize(
    ("guess", "quote", "found"),
    [
        (
            ". The ministry will not say why. A",
            "The ministry may say why.",
            "The ministry will not say why.",
        ),
        (
            ". The ministry will not say why. A",
            "The ministry may",
            "The ministry will not say why. A",
        ),
        ("inistry will no", "ministry may", "ministry will not"),
        ("京は晴れた。風", "大阪は晴れた。", "東京は晴れた。"),
        (" A shop", "A shop is open.", "A shop"),
    ],
)
def test_a_guess_is_whole_sentences_or_words_like_the_quote(guess, quote, found):
    article = make_article(TEXT)
    assert likely(article, find_span(article.text, guess), quote).of(article.text) == found


def test_a_passage_with_hardly_a_word_of_the_quote_is_not_a_guess():
    article = make_article(TEXT)
    sentence = find_span(article.text, "The ministry will not say why.")
    assert likely(article, sentence, "We got a ferry, and the river is ours.") is None
