"""Files as other services export them, with awkward contents, and what an import must find.

`files/FORMAT` has the file of a format, or its files, and `files/FORMAT.truth.json` what must
come of it. The texts, names and addresses are made up, in thirteen languages; every kind of
fault that exports have is in them: broken addresses and dates, items that are there twice,
quotations over several lines, foreign characters, missing columns.
"""

from pathlib import Path

from import_truth import Truth, read_truth

FILES = Path(__file__).with_name("files")
FORMS = tuple(sorted(path.name for path in FILES.iterdir() if path.is_dir()))


def path_of(name: str) -> Path:
    """Return the file of a format, or the folder of its files."""
    files = [path for path in (FILES / name).rglob("*") if path.is_file()]
    return files[0] if len(files) == 1 else FILES / name


def truth_of(name: str) -> Truth:
    """Return what an import of a format must find."""
    return read_truth(FILES / f"{name}.truth.json")
