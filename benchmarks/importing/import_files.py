"""Write files as other services export them, with awkward contents, and what an import must find.

    python benchmarks import_files FOLDER [--rows 20] [--seed 7] [FORMAT…]

Each format gets a folder with its file, or files, and FORMAT.truth.json beside it.
"""

import argparse
from pathlib import Path

import import_files_books
import import_files_devices
import import_files_json
import import_files_marked
import import_files_marks
import import_files_tables
import import_files_web
from import_drafts import books, pages
from import_truth import FORMS, Truth

MODULES = (
    import_files_tables,
    import_files_marked,
    import_files_json,
    import_files_web,
    import_files_marks,
    import_files_books,
    import_files_devices,
)


def write(name: str, folder: Path, rows: int, seed: int) -> Path:
    """Write a file of a format below `folder`, with its truth, and return its path."""
    wanted = FORMS[name]
    drafts = (pages if wanted.unit == "pages" else books)(rows, seed)
    inner = folder / name
    inner.mkdir(parents=True)
    truth = Truth(name)
    path = wanted.write(drafts, inner, truth)
    truth.write(folder / f"{name}.truth.json")
    return path


def main() -> None:
    """Write the formats that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("formats", nargs="*")
    parser.add_argument("--rows", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    for name in options.formats or FORMS:
        path = write(name, options.folder, options.rows, options.seed)
        print(f"{name:24} {path}")


if __name__ == "__main__":
    main()
