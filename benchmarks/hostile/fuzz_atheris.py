"""Atheris, if it is installed, looks for bytes that take new paths through a target of `fuzz.py`.

`python benchmarks fuzz_atheris TARGET [OPTION…]`, with options of libFuzzer such as
`-max_total_time=60`. It stops at the first exception that is not the target's own error.
"""

import sys
from contextlib import suppress
from importlib import import_module


def main() -> None:
    """Fuzz the target that is named."""
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["annotator"]):
        fuzz_targets = import_module("fuzz_targets")
    name, options = sys.argv[1], sys.argv[2:]
    target = next(each for each in fuzz_targets.targets() if each.name == name)

    def check(data: bytes) -> None:
        with suppress(*target.allowed):
            target.run(data)

    atheris.Setup([sys.argv[0], *options], check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
