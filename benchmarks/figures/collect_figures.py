"""Measure what the page of figures quotes, and keep it with its date in `figures.json`.

    python benchmarks collect_figures [NAME …] [--unseen CORPORA] [--corpora CORPORA]
        [--node FOLDER] [--client CHECKOUT --client-version 1.2] [--path FOLDER]

Without names, all are measured for which everything is at hand; of the others the older
figures stay, and what they need is said. `make figures` does that, and writes the page and
its chart from what is kept.

cleaning   pages of sites that nothing was learned from, beside five other programs
anchoring  marks in texts that changed, beside the client of Hypothesis
conflicts  two machines that changed the same article, beside keeping the newest file
reader     start, keys and memory, beside other readers
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from shutil import which
from typing import Any

KEPT = Path(__file__).with_name("figures.json")
BENCHMARKS = Path(__file__).parents[1]
NAMES = ("cleaning", "anchoring", "conflicts", "reader")
OF_PYTHON = ("readability-lxml", "trafilatura", "newspaper4k", "textual")


def main() -> int:
    """Measure, and keep the figures."""
    options = _options()
    kept: dict[str, Any] = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    failed = False
    for name in options.names or NAMES:
        missing, command = _command(name, options)
        if missing:
            print(f"{name}: {missing}")
            continue
        figures = _measured(command)
        failed |= figures is None
        if figures is not None:
            kept[name] = _surroundings() | figures
            print(f"{name}: measured.")
    ordered = {name: kept[name] for name in NAMES if name in kept}
    KEPT.write_text(json.dumps(ordered, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return int(failed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], help="what to measure")
    parser.add_argument("--unseen", type=Path, help="pages of sites that nothing was learned from")
    parser.add_argument("--corpora", type=Path, help="pages whose texts are changed")
    parser.add_argument("--cache", type=Path, help="the file of what other cleaners made of them")
    parser.add_argument("--node", type=Path, help="a folder with the packages of npm")
    parser.add_argument("--client", type=Path, help="a checkout of the client of Hypothesis")
    parser.add_argument("--client-version", default="")
    parser.add_argument("--path", default="", help="a folder with other readers")
    parser.add_argument("--rounds", type=int, default=5, help="of the readers")
    return parser.parse_args()


def _command(name: str, options: argparse.Namespace) -> tuple[str, list[str]]:
    """Return what is missing, or the benchmark with its options."""
    path = os.pathsep.join(filter(None, (options.path, os.environ["PATH"])))
    others: list[object] = [which(program, path=path) for program in ("epy", "w3m")]
    needed: dict[str, tuple[str, list[object]]] = {
        "cleaning": ("--unseen and --node", [options.unseen, options.node]),
        "anchoring": ("--corpora, --client and --node", [options.corpora, options.client]),
        "conflicts": ("", []),
        "reader": ("epy and w3m, in --path", others),
    }
    node = ["--node", str(options.node)]
    client = ["--client", str(options.client), "--client-version", options.client_version]
    cache = ["--cache", str(options.cache)] if options.cache else []
    sizes = ["--words", "10000", "--marks", "0", "--rounds", str(options.rounds)]
    commands = {
        "cleaning": ["bench_extraction", str(options.unseen), *node, *cache],
        "anchoring": ["bench_anchoring", str(options.corpora), *client, *node, "--pages", "5"],
        "conflicts": ["bench_conflicts"],
        "reader": ["bench_reader", *sizes, "--path", options.path],
    }
    words, things = needed[name]
    return ("" if all(things) else f"needs {words}."), commands[name]


def _measured(command: list[str]) -> dict[str, Any] | None:
    """Return the figures of a benchmark; say it if there are none."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "figures.json")
        words = [sys.executable, str(BENCHMARKS), *command, "--json", str(file)]
        done = subprocess.run(words, stdout=subprocess.DEVNULL, check=False)
        if done.returncode or not file.exists():
            print(f"{command[0]} failed with {done.returncode}.")
            return None
        figures = json.loads(file.read_text("utf-8"))
        return {"rows": figures} if isinstance(figures, list) else dict(figures)


def _surroundings() -> dict[str, Any]:
    """Return the day, the machine, and the versions that were measured."""
    return {
        "measured": datetime.now(UTC).date().isoformat(),
        "machine": f"{platform.system()}, {platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "version": version("annotator-tui"),
        "load": round(os.getloadavg()[0], 1),
        "others": _others(),
    }


def _others() -> Mapping[str, str]:
    """Return the versions of other programs that are libraries of this Python."""
    found = {}
    for name in OF_PYTHON:
        try:
            found[name] = version(name)
        except ModuleNotFoundError:
            continue
    return found


if __name__ == "__main__":
    sys.exit(main())
