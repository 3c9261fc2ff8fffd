"""The settings, their types and their defaults.

The annotations are the rules: `readers` checks a file against them with msgspec,
and says the description of a type when a value does not fit it.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct, field

from annotator.model import DEFAULT_KINDS, Kind
from annotator.model.daily_round import MAX_SIZE, USUAL_SIZE

KeymapName = Literal["default", "classic", "vim", "less"]
PresetName = Literal["obsidian", "logseq", "org", "plain"]
BidiMode = Literal["terminal", "program"]
PictureMode = Literal["auto", "kitty", "sixel", "blocks", "off"]

KEYMAPS: tuple[str, ...] = get_args(KeymapName)
PRESET_NAMES: tuple[str, ...] = get_args(PresetName)
PICTURES: tuple[str, ...] = get_args(PictureMode)
MIN_WIDTH, MAX_WIDTH = 20, 200  # narrower breaks words, wider loses the next line

Width = Annotated[
    int,
    Meta(ge=MIN_WIDTH, le=MAX_WIDTH, description=f"a whole number from {MIN_WIDTH} to {MAX_WIDTH}"),
]
DailyMarks = Annotated[
    int, Meta(ge=1, le=MAX_SIZE, description=f"a whole number from 1 to {MAX_SIZE}")
]
ThemeName = Annotated[str, Meta(description='a name, such as "nord"')]
ShortName = Annotated[str, Meta(max_length=200, description="a name of at most 200 characters")]
AuthorName = Annotated[str, Meta(max_length=100, description="a name of at most 100 characters")]
WebAddress = Annotated[
    str,
    Meta(
        pattern=r"^https?://[^\s\x00-\x1f]+\Z",
        description='an address of the web, such as "https://example.org/"',
    ),
]
BrowserName = Annotated[str, Meta(description='a program, such as "brave-browser"')]
SpeechCommand = Annotated[
    str, Meta(description='a program with its options, such as "espeak-ng --stdin -v {lang}"')
]
SyncMoments = Annotated[
    str,
    Meta(
        pattern=r"^(start|exit)?(, ?(start|exit))?\Z", description='"start", "exit" or "start,exit"'
    ),
]
UserPath = Annotated[Path, Meta(description='a path, such as "~/notes"')]

CommandSubject = Literal["passage", "mark", "article"]
CommandInput = Literal["text", "json"]
CommandOutput = Literal["nothing", "show", "note", "proposals"]

SentField = Literal["note", "tags", "claim", "links"]
SENT_FIELDS: tuple[SentField, ...] = get_args(SentField)
SentFields = Annotated[
    tuple[SentField, ...], Meta(description=f"a list of some of {', '.join(SENT_FIELDS)}")
]
KindNames = Annotated[
    tuple[str, ...], Meta(description='a list of kinds, such as ["claim", "evidence"]')
]

MAX_TIMEOUT = 3_600  # seconds
DEFAULT_TIMEOUT = 30

Port = Annotated[int, Meta(ge=1024, le=65_535, description="a whole number from 1024 to 65535")]
Timeout = Annotated[
    int,
    Meta(ge=1, le=MAX_TIMEOUT, description=f"a whole number of seconds from 1 to {MAX_TIMEOUT}"),
]


class UserCommand(Struct, frozen=True, kw_only=True):
    """A command that gets `what` on its standard input, as text or JSON.

    `command` has the words of the command; with `shell` it is one line for the shell. `output`
    says what becomes of what it prints: nothing, it is shown, it becomes the note of the mark, or
    it is marks that wait as proposals. With `terminal` the command draws on the terminal, and has
    no time limit.
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


class Account(Struct, frozen=True, kw_only=True):
    """An account with a service that marks can be sent to by `annotator publish`.

    `address` is that of the user's own server. The token is in a file, in a variable of the
    environment, or in the keyring of the system under a name; it is never in the settings.
    `group` is where marks go, in the words of the service, `marks` the kinds that are sent, and
    `fields` what is sent of each.
    """

    name: str
    service: ShortName
    address: WebAddress = ""
    token_file: UserPath | None = None
    token_variable: ShortName = ""
    token_keyring: ShortName = ""
    group: ShortName = ""
    marks: KindNames = ("claim",)
    fields: SentFields = SENT_FIELDS


class Settings(Struct, frozen=True):
    """The user's settings.

    `width` is that of the text, in cells. An empty `theme` leaves the choice to
    the terminal. `keymap` names a preset, and `keys` gives other keys to ids of
    `tui.keys`. `cookies` is a file in Netscape's format, `browser` the program that
    renders pages, `speech_command` the one that reads aloud. `check_worthy` shows check-worthy
    sentences in the margin. `pictures` is how pictures are drawn, `bidi` who puts letters in order
    that run to the left, `plain` whether nothing is drawn at all, `daily_marks` the size of a round
    of the daily review, and `similar_by_meaning` whether the extra `meaning` is used.
    `export_on_change` exports what was changed in a screen when it is left,
    `export_unmarked` also articles without marks, and `export_preset` is the program that notes are
    written for. `reviewer_name` and `reviewer_url` are who signs published fact checks, and
    `author` is who makes marks. `serve_port` is where `annotator serve` takes pages, and
    `download_folder` where others save them. `sync_on` is when the program syncs by itself.
    `import_colours` has the kinds of marks by the colours of highlights that are imported, and
    `accounts` are where marks are published.
    """

    width: Width = 72
    theme: ThemeName = ""
    export_folder: UserPath | None = None
    export_on_change: bool = False
    export_unmarked: bool = False
    export_preset: PresetName = "obsidian"
    author: AuthorName = ""
    reviewer_name: ShortName = ""
    reviewer_url: WebAddress | None = None
    cookies: UserPath | None = None
    browser: BrowserName = ""
    kinds: tuple[Kind, ...] = DEFAULT_KINDS
    keymap: KeymapName = "default"
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    check_worthy: bool = False
    pictures: PictureMode = "auto"
    bidi: BidiMode = "terminal"
    speech_command: SpeechCommand = ""
    commands: tuple[UserCommand, ...] = ()
    accounts: tuple[Account, ...] = ()
    plain: bool = False
    daily_marks: DailyMarks = USUAL_SIZE
    similar_by_meaning: bool = True
    serve_port: Port = 7741
    download_folder: UserPath | None = None
    sync_on: SyncMoments = ""
    import_colours: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def kind(self, name: str) -> Kind | None:
        """Return the kind with that name, whatever its case, or None."""
        wanted = name.strip().casefold()
        return next((kind for kind in self.kinds if kind.name.casefold() == wanted), None)
