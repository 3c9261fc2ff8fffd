"""`annotator completion`: completion of commands, ids and tags by a shell."""

from pathlib import Path

import click
from click.shell_completion import get_completion_class

from annotator.cli.group import PROGRAM, annotator
from annotator.cli.output import console
from annotator.errors import AnnotatorError
from annotator.settings import expanded

VARIABLE = "_ANNOTATOR_COMPLETE"
NAMES = (PROGRAM, "annotator-tui")  # of the program in a shell

_FILES = {
    "bash": "~/.local/share/bash-completion/completions/{}",
    "zsh": "~/.zfunc/_{}",
    "fish": "~/.config/fish/completions/{}.fish",
}
_THEN = {
    "bash": "Open a new shell.",
    "zsh": "Put these lines into ~/.zshrc: fpath+=~/.zfunc; autoload -Uz compinit; compinit",
    "fish": "Open a new shell.",
}


@click.command(
    "completion",
    help="""Print or install shell completion.

\b
annotator completion fish --install
""",
)
@click.argument("shell", type=click.Choice(tuple(_FILES)))
@click.option(
    "--install",
    is_flag=True,
    help="Install it where the shell looks for it, also for annotator-tui.",
)
def completion_command(shell: str, *, install: bool) -> None:
    """Print or install shell completion."""
    completion = get_completion_class(shell)
    if completion is None:
        raise AnnotatorError(f"No completion for {shell}.", "Use bash, zsh or fish.")
    scripts = {name: completion(annotator, {}, name, VARIABLE).source() for name in NAMES}
    if not install:
        console.echo(scripts[PROGRAM].rstrip("\n"))
        return
    for name, script in scripts.items():
        _write(expanded(Path(_FILES[shell].format(name))), script)
    console.tell(_THEN[shell])


def _write(path: Path, script: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(script, "utf-8")
    except OSError as error:
        raise AnnotatorError(
            f"Can't write {path}: {error.strerror}.",
            "Print the completion without --install, and save it yourself.",
        ) from error
    console.echo(str(path))
