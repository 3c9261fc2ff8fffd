"""The tree of errors is as its drawing says, and every one of them speaks."""

import re
from collections.abc import Iterator

import pytest

from annotator import errors
from annotator.cli.group import EXIT_CODES
from annotator.errors import AnnotatorError, ServerAnswered

LINE = re.compile(r"^ {4}(?P<branch>[│├└─ ]*)(?P<name>[A-Z]\w+) *(?P<code>\d+)?", re.MULTILINE)


def _tree(kind: type[AnnotatorError], depth: int = 0) -> Iterator[tuple[str, int, int]]:
    yield kind.__name__, depth, kind.exit_code
    for child in kind.__subclasses__():
        if child.__module__ == errors.__name__:
            yield from _tree(child, depth + 1)


def _drawing() -> Iterator[tuple[str, int, int]]:
    codes: list[int] = []
    for line in LINE.finditer(errors.__doc__ or ""):
        depth = len(line["branch"]) // 4
        codes[depth:] = [int(line["code"]) if line["code"] else codes[depth - 1]]
        yield line["name"], depth, codes[depth]


def test_the_diagram_has_every_error_with_its_exit_code():
    assert list(_drawing()) == list(_tree(AnnotatorError))


@pytest.mark.parametrize("kind", [AnnotatorError, errors.InvalidTag, errors.TimedOut])
def test_an_error_says_what_happened_and_then_what_to_do(kind):
    error = kind("The page did not arrive.", "Try again later.")
    assert (error.message, error.hint) == ("The page did not arrive.", "Try again later.")
    assert str(error) == "The page did not arrive. Try again later."


def test_an_error_without_a_hint_says_what_happened():
    assert str(AnnotatorError("The page did not arrive.")) == "The page did not arrive."


def test_an_answer_of_a_server_keeps_its_status_and_retry_time():
    answered = ServerAnswered("It answered 503.", status=503, retry_after=60)
    assert (answered.status, answered.retry_after, answered.exit_code) == (503, 60, 3)


def test_every_error_has_a_word_and_an_exit_code_of_the_table():
    told = {(code, word) for code, (words, *_) in EXIT_CODES.items() for word in words.split()}
    known = {(kind.exit_code, kind.code) for kind in _all(AnnotatorError)}
    assert known == told


def _all(kind: type[AnnotatorError]) -> Iterator[type[AnnotatorError]]:
    yield kind
    for child in kind.__subclasses__():
        if child.__module__ == errors.__name__:
            yield from _all(child)
