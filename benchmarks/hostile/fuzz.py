"""Fuzzing: random and mutated bytes for everything that reads what others wrote.

`python benchmarks fuzz [TARGET…] [--seconds 10] [--seed N]` gives each target so much time and
prints executions, the slowest one, and what was found, with the smallest bytes that show it. It
exits with 1 for an exception that is not the target's own error, and for one execution of more
than `SLOW` seconds. `fuzz_atheris.py` looks for new paths through one target.
"""

import argparse
import sys
import time
from contextlib import suppress
from dataclasses import dataclass

from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from fuzz_targets import Target, targets

SLOW = 5.0  # processor seconds for one execution
ROUND = 300  # examples between two looks at the clock
LARGEST = 20_000  # bytes of a mutated seed
MOST_REPEATS = 3_000  # of a piece, which shows what grows with the square


@dataclass
class Tally:
    """The executions of a target."""

    executions: int = 0
    slowest: float = 0.0
    largest: int = 0
    worst: bytes = b""


def main() -> int:
    """Fuzz the targets, print their rows, and return the exit code."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("targets", nargs="*", help="names, or how they begin")
    parser.add_argument("--seconds", type=float, default=10.0, help="for each target")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    names = tuple(options.targets) or ("",)
    print(f"{'target':22}{'executions':>11}{'s':>7}{'slowest s':>11}{'bytes':>8}  found")
    found, executions = 0, 0
    for target in targets():
        if target.name.startswith(names):
            tally, problem = fuzz(target, options.seconds, options.seed)
            found, executions = found + bool(problem), executions + tally.executions
    print(f"{executions:,} executions, {found} problems")
    return 1 if found else 0


def fuzz(target: Target, seconds: float, seed: int) -> tuple[Tally, str]:
    """Fuzz a target for so long or until something is found, and print its row."""
    tally, problem, start = Tally(), "", time.monotonic()
    while not problem and time.monotonic() - start < seconds:
        problem = _round(target, tally, seed, until=start + seconds)
        seed += 1
    spent = time.monotonic() - start
    figures = f"{tally.executions:>11,}{spent:>7.0f}{tally.slowest:>11.2f}{tally.largest:>8,}"
    print(f"{target.name:22}{figures}  {problem}", flush=True)
    return tally, problem


def _round(target: Target, tally: Tally, seed: int, *, until: float) -> str:
    """Run some examples; return what is wrong, with the smallest bytes that show it."""
    last, is_wrong = [b""], False

    @seeded(seed)
    @settings(
        max_examples=ROUND,
        database=None,
        deadline=None,
        verbosity=Verbosity.quiet,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=[*HealthCheck],
    )
    @given(bytes_for(target))
    def check(data: bytes) -> None:
        nonlocal is_wrong
        if time.monotonic() > until and not is_wrong:
            return  # some targets start a program for each example
        last[0], was_wrong, is_wrong = data, is_wrong, True
        _timed(target, tally, data)
        is_wrong = was_wrong

    try:
        check()
    except Exception as error:  # noqa: BLE001 - it is what was sought
        return f"{type(error).__name__}: {str(error)[:200]} from {last[0][:300]!r}"
    return ""


def _timed(target: Target, tally: Tally, data: bytes) -> None:
    start = time.process_time()
    tally.executions += 1
    with suppress(*target.allowed):
        target.run(data)
    spent = time.process_time() - start
    if spent > tally.slowest:
        tally.slowest, tally.largest, tally.worst = spent, len(data), data
    if spent > SLOW:
        raise TimeoutError(f"{spent:.1f} s for {len(data):,} bytes")


def bytes_for(target: Target) -> st.SearchStrategy[bytes]:
    """Return a strategy for bytes: any, pieces of a kind, and seeds in which something changed."""
    piece = st.sampled_from(target.parts).map(lambda text: text.encode("utf-8", "surrogatepass"))
    pieces = st.lists(st.one_of(piece, st.binary(max_size=8)), max_size=40).map(b"".join)
    repeats = st.tuples(pieces, st.integers(1, MOST_REPEATS)).map(_repeated)
    mutated = st.builds(
        _mutated, st.sampled_from(target.seeds), st.lists(_change(piece), max_size=8)
    )
    text = st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
    return st.one_of(mutated, mutated, pieces, repeats, text, st.binary(max_size=400))


def _repeated(drawn: tuple[bytes, int]) -> bytes:
    return (drawn[0] * drawn[1])[:LARGEST]


Change = tuple[float, int, bytes]


def _change(piece: st.SearchStrategy[bytes]) -> st.SearchStrategy[Change]:
    """Return a strategy for a change: where, how many bytes go, and what comes in their place."""
    added = st.one_of(piece, st.binary(max_size=4), st.just(b""))
    return st.tuples(st.floats(0, 1), st.integers(0, 60), added)


def _mutated(seed: bytes, changes: list[Change]) -> bytes:
    for share, dropped, added in changes:
        at = int(share * len(seed))
        seed = seed[:at] + added + seed[at + dropped :]
    return seed[:LARGEST]


if __name__ == "__main__":
    sys.exit(main())
