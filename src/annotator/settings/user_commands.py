"""The user's own commands, to which a passage, a mark or an article is passed."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

CommandSubject = Literal["passage", "mark", "article"]
CommandInput = Literal["text", "json"]
CommandOutput = Literal["nothing", "show", "note"]

MAX_TIMEOUT = 3_600  # seconds
DEFAULT_TIMEOUT = 30

Timeout = Annotated[
    int,
    Meta(ge=1, le=MAX_TIMEOUT, description=f"a whole number of seconds from 1 to {MAX_TIMEOUT}"),
]


class UserCommand(Struct, frozen=True, kw_only=True):
    """A command that gets `what` on its standard input, as text or JSON.

    `command` has the words of the command; with `shell` it is one line for the shell. `output`
    says what becomes of what it prints: nothing, it is shown, or it becomes the note of the
    mark. With `terminal` the command draws on the terminal, and has no time limit.
    """

    name: str
    command: tuple[str, ...]
    key: str = ""
    what: CommandSubject = "passage"
    input: CommandInput = "text"
    output: CommandOutput = "show"
    shell: bool = False
    terminal: bool = False
    timeout: Timeout = DEFAULT_TIMEOUT
