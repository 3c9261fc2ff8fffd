"""Groups of values that pairs connect, such as marks that say the same."""

from collections.abc import Iterable, Mapping


def joined(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Return for each name the first of those that pairs connect it with, near or far."""
    parent = {name: name for name in names}
    order = {name: at for at, name in enumerate(parent)}

    def first(name: str) -> str:
        while parent[name] != name:
            parent[name] = name = parent[parent[name]]
        return name

    for pair in pairs:
        one, other = sorted(map(first, pair), key=order.__getitem__)
        parent[other] = one
    return {name: first(name) for name in parent}
