import pytest

from annotator.usecases.guesses import whole
from builders import find_span, make_article

TEXT = (
    "Nobody knows. The ministry will not say why. A shop sells bread.\n\n東京は晴れた。風が強い。"
)


@pytest.mark.parametrize(
    ("guess", "quote", "found"),
    [
        (
            ". The ministry will not say why. A",
            "It promised more.",
            "The ministry will not say why.",
        ),
        (". The ministry will not say why. A", "“It promised”", "The ministry will not say why. A"),
        ("inistry will no", "ministry may", "ministry will not"),
        ("京は晴れた。風", "大阪は晴れた。", "東京は晴れた。"),
        (" A shop", "It promised more.", "A shop"),
    ],
)
def test_a_guess_is_whole_sentences_or_words_as_the_quote_was(guess, quote, found):
    article = make_article(TEXT)
    assert whole(article, find_span(article.text, guess), quote).of(article.text) == found
