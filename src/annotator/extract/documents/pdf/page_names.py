"""What the pages of a PDF are called: by the file itself, by the numbers printed on them."""

from collections.abc import Mapping, Sequence

_NEAR = (-3, -2, -1, 1, 2, 3)  # pages on either side, whose numbers confirm a number
_TENS = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")
_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMANS = [tens + ones for tens in _TENS for ones in _ONES]

_Number = tuple[bool, int]  # whether it is roman, and its value


def labels_of(own: Sequence[str], printed: Mapping[int, Sequence[str]]) -> list[str]:
    """Return the label of each page: the file's own, else what is printed, else a count.

    Running heads have other numbers, too, such as a year. That of the page counts on from page
    to page. Where some pages have one, others that do not are named after the page before.
    """
    count = [str(page + 1) for page in range(len(own))]
    if any(own) and [*own] not in (count, ["0", *count[:-1]]):
        return [label or name for label, name in zip(own, count, strict=True)]
    candidates = {page: {*map(_value, numbers)} for page, numbers in printed.items()}
    labels: list[str] = []
    is_roman, value, last = False, 0, -1
    for page in range(len(own)):
        if number := _confirmed(page, candidates):
            (is_roman, value), last = number, page
        value_here = value + page - last
        is_named = last >= 0 and (not is_roman or value_here < len(_ROMANS))
        name = _ROMANS[value_here] if is_named and is_roman else str(value_here)
        labels.append(name if is_named else "")
    return labels if any(labels) else count


def _confirmed(page: int, candidates: Mapping[int, set[_Number]]) -> _Number | None:
    """Return the number on a page that most pages around it count on from."""
    times = {
        (is_roman, value): sum(
            (is_roman, value + step) in candidates.get(page + step, ()) for step in _NEAR
        )
        for is_roman, value in sorted(candidates.get(page, ()))
        if value >= 0
    }
    best = max(times, key=times.__getitem__, default=None)
    return best if best and times[best] else None


def _value(text: str) -> _Number:
    is_roman = not text.isdecimal()
    return is_roman, _ROMANS.index(text) if text in _ROMANS else -1 if is_roman else int(text)
