"""What the pages of a PDF are called: by the file itself, by the numbers printed on them."""

from collections.abc import Mapping, Sequence

_NEAR = 3  # pages on either side, whose numbers confirm a number
_ROMANS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

_Number = tuple[bool, int]  # whether it is roman, and its value


def labels_of(own: Sequence[str], printed: Mapping[int, Sequence[str]]) -> dict[int, str]:
    """Return the label of each page: the file's own, else what is printed, else a count.

    Running heads have other numbers, too, such as a year. That of the page counts on from page
    to page. Where some pages have one, others that do not are named after the page before.
    """
    pages = range(len(own))
    counts = [[str(page + first) for page in pages] for first in (0, 1)]
    if any(own) and list(own) not in counts:
        return {page: own[page] or str(page + 1) for page in pages}
    candidates = {
        page: {number for text in texts if (number := _value(text))}
        for page, texts in printed.items()
    }
    sure = {page: number for page in pages if (number := _confirmed(page, candidates))}
    if not sure:
        return {page: str(page + 1) for page in pages}
    labels: dict[int, str] = {}
    last: tuple[int, _Number] | None = None
    for page in pages:
        if number := sure.get(page):
            last = page, number
        if last is None:
            labels[page] = ""
        else:
            before, (is_roman, value) = last
            labels[page] = _written(is_roman, value + page - before)
    return labels


def _confirmed(page: int, candidates: Mapping[int, set[_Number]]) -> _Number | None:
    """Return the number on a page that most pages around it count on from."""
    best, most = None, 0
    for is_roman, value in sorted(candidates.get(page, ())):
        times = sum(
            (is_roman, value + step) in candidates.get(page + step, ())
            for step in range(-_NEAR, _NEAR + 1)
            if step
        )
        if times > most:
            best, most = (is_roman, value), times
    return best


def _value(text: str) -> _Number | None:
    if text.isdecimal():
        return False, int(text)
    total = 0
    digits = [_ROMANS.get(letter, 0) for letter in text]
    for digit, after in zip(digits, [*digits[1:], 0], strict=True):
        total += -digit if digit < after else digit
    return (True, total) if _written(is_roman=True, value=total) == text else None


def _written(is_roman: bool, value: int) -> str:  # noqa: FBT001 - as numbers are kept above
    if not is_roman:
        return str(value)
    text = ""
    for letters, worth in (
        ("c", 100),
        ("xc", 90),
        ("l", 50),
        ("xl", 40),
        ("x", 10),
        ("ix", 9),
        ("v", 5),
        ("iv", 4),
        ("i", 1),
    ):
        times, value = divmod(value, worth)
        text += letters * times
    return text
