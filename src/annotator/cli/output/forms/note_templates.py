"""The output of `annotator export templates`: the templates of notes, and their variables."""

from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.export.markdown.presets import preset_named
from annotator.export.markdown.template_trial import variables
from annotator.usecases.exporting.note_templates import check_templates, write_templates

_USES = {True: "yours", False: "not written"}


def show_templates(context: CliContext, *, is_init: bool, preset: str | None, as_json: bool) -> int:
    """Write the templates to begin with, or print which there are and what they can use."""
    folder = context.folders.templates_folder
    preset = preset or context.settings.export_preset
    if is_init:
        written = write_templates(folder, preset)
        if as_json:
            console.echo_json([{"path": str(path), "new": is_new} for path, is_new in written])
            return 0
        for path, is_new in written:
            console.echo_fields("new" if is_new else "kept", str(path))
        return 0
    own = check_templates(folder, preset)
    known = preset_named(preset).templates
    names = [*known, *(name for name in own if name not in known)]
    if as_json:
        console.echo_json(
            {
                "folder": str(folder),
                "templates": {name: name in own for name in names},
                "variables": {variable.name: variable.description for variable in variables()},
            }
        )
        return 0
    for name in names:
        console.echo_fields(_USES[name in own], str(folder / name))
    known_variables = list(variables())
    width = max(len(variable.name) for variable in known_variables)
    for variable in known_variables:
        if console.is_terminal():
            console.echo(f"{variable.name:<{width}}  {variable.description}")
        else:
            console.echo_fields(variable.name, variable.description)
    if not own:
        console.tell("`annotator export templates --init` writes them, to be edited.")
    return 0
