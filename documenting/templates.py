"""The page of templates: their files, and the variables and filters that they can use."""

import tomllib
from pathlib import Path
from typing import Final

from annotator.export.markdown.presets import DIGEST, PRESETS
from annotator.export.markdown.template_engine import JINJA_FILTERS, filters_of
from annotator.export.markdown.template_trial import variables
from documenting.tables import cell, table

_HEAD: Final = """# Templates

A template writes a part of a note, in the language of
[Jinja](https://jinja.palletsprojects.com/en/stable/templates/).
[The manual](../manual/templates.md) says where the files are and what each of them writes;
`annotator export templates` lists them.

## Presets

Each preset has these templates, which `annotator export templates --init --preset NAME` writes.

"""
_FILTERS: Final = """
## Filters

Texts are plain: a filter writes one so that nothing in it becomes a link or a tag. The filters
write the language of the preset.

"""
_VARIABLES: Final = f"""
## Variables

`mark.fields` has items such as `field`, `mark.links` and `mark.backlinks` such as `link`. Those
without a point are in `{DIGEST}` alone.

"""


def page() -> str:
    """Return the page."""
    presets = [
        (f"`{name}`", ", ".join(f"`{file}`" for file in preset.templates))
        for name, preset in PRESETS.items()
    ]
    words = tomllib.loads(Path(__file__).with_name("template_filters.toml").read_text("utf-8"))
    known = sorted({name for preset in PRESETS for name in filters_of(preset)})
    filters = [(f"`{name}`", cell(words[name])) for name in known]
    listed = [(f"`{one.name}`", one.description) for one in variables()]
    of_jinja = ", ".join(f"`{name}`" for name in JINJA_FILTERS)
    return "".join(
        (
            _HEAD,
            table(("preset", "templates"), presets),
            _FILTERS,
            table(("filter", "what it makes"), filters),
            f"\nOf Jinja's own there are {of_jinja}.\n",
            _VARIABLES,
            table(("variable", "what it is"), listed),
        )
    )
