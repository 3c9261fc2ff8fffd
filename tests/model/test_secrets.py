import pytest

from annotator.model.secrets import without_secrets


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://ann:pw@example.org/a timed out", "https://example.org/a timed out"),
        (
            "https://a.org/s?page=2&access_token=abc#x",
            "https://a.org/s?page=2&access_token=hidden#x",
        ),
        ("['add', 'https://a.org/?key=k1']", "['add', 'https://a.org/?key=hidden']"),
        ("Authorization: Bearer abcdefghij0123456789", "Authorization: Bearer hidden"),
        ("a eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.sflKx b", "a hidden b"),
        ("Set-Cookie: sid=31; Path=/\nnext line", "Set-Cookie: hidden\nnext line"),
        ("https://a.org/s?page=2", "https://a.org/s?page=2"),
        ("The token of the key was a basic idea.", "The token of the key was a basic idea."),
    ],
)
def test_secrets_are_hidden_and_the_rest_stays(text, shown):
    assert without_secrets(text) == shown
