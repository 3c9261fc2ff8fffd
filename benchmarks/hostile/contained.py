"""What an answer to a program has outside of the places for words of pages."""

from collections.abc import Iterator

from annotator.agents.fences import UNTRUSTED


def outside_of_untrusted(value: object, name: str = "") -> Iterator[str]:
    """Yield all names and texts of an answer, but those in fields for words of pages."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield key
            if key not in UNTRUSTED:
                yield from outside_of_untrusted(part, key)
    elif isinstance(value, list):
        for part in value:
            yield from outside_of_untrusted(part, name)
    else:
        yield str(value)


def outside_of_fences(text: str) -> Iterator[str]:
    """Yield the lines of an answer as text that are not between two lines of its fence.

    An error has no fence, and is outside as a whole.
    """
    token = text.partition("<<<page ")[2][:16]
    is_inside = False
    for line in text.splitlines()[bool(token) :]:
        if token and line == f"{token}>>>":
            assert is_inside
            is_inside = False
        elif not is_inside:
            yield line
        is_inside |= bool(token) and line.endswith(f"<<<page {token}")
