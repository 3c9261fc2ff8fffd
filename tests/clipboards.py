"""Programs in the place of those that read the clipboard."""

import os
from collections.abc import Mapping
from pathlib import Path

WAYLAND = {"WAYLAND_DISPLAY": "wayland-0"}
X11 = {"DISPLAY": ":0"}
TYPES, TEXT = "--list-types", "-n -t text"  # what wl-paste is asked for


def put_program(folder: Path, name: str, answers: Mapping[str, bytes]) -> dict[str, str]:
    """Write a program that answers to its arguments, and return the variables that find it."""
    cases = ""
    for number, (arguments, data) in enumerate(answers.items()):
        (folder / f"{name}.{number}").write_bytes(data)
        cases += f'"{arguments}") cat "{folder}/{name}.{number}" ;;\n'
    program = folder / name
    program.write_text(f'#!/bin/sh\ncase "$*" in\n{cases}*) exit 1 ;;\nesac\n')
    program.chmod(0o755)
    return {"PATH": os.pathsep.join((str(folder), "/bin", "/usr/bin"))}


def put_copied(folder: Path, text: bytes, html: bytes = b"", url: bytes = b"") -> dict[str, str]:
    """Copy something under Wayland, and return the variables that find it."""
    typed = {"text": text, "text/html": html, "chromium/x-source-url": url}
    types = "\n".join(name for name, data in typed.items() if data).encode()
    answers = {f"-n -t {name}": data for name, data in typed.items() if data}
    return put_program(folder, "wl-paste", {TYPES: types, **answers}) | WAYLAND
