"""Write what has changed of docs/reference: `python -m documenting`, which `make docs` runs."""

from documenting import ROOT
from documenting.pages import pages

for name, text in pages().items():
    path = ROOT / "docs" / "reference" / name
    if not path.is_file() or path.read_text("utf-8") != text:
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))  # noqa: T201 - what it is asked for
