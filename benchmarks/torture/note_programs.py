"""What other programs make of a note that they write again: no word of it changes.

Prettier and mdformat are those of this machine, if they are installed (`node` finds Prettier
through NODE_PATH; mdformat needs `mdformat-frontmatter`). Obsidian's properties and Logseq's
outline are rewritten by the rules that these programs follow.
"""

import json
import re
import subprocess
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from io import StringIO
from random import Random

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

_SERVER = """
const prettier = require("prettier");
require("readline").createInterface({input: process.stdin}).on("line", async (line) => {
  let text = null;
  try { text = await prettier.format(JSON.parse(line), {parser: "markdown"}); } catch {}
  process.stdout.write(JSON.stringify(text) + "\\n");
});
process.stdout.write("ready\\n");
"""
_HEAD = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
_BULLET = re.compile(r"(\s*)- ")
_PAGE_OF_LOGSEQ = re.compile(r"^annotator_id:: ", re.MULTILINE)
_PROPERTY = re.compile(r"\s*[\w-]+:: ")


def is_outline(text: str) -> bool:
    """Return whether a note is one of Logseq's."""
    return not text.startswith("---") and _PAGE_OF_LOGSEQ.search(text) is not None


def prettier(text: str) -> str:
    """Return a note as Prettier writes it; as it is without Prettier, or if that refuses it."""
    server = _prettier()
    if server is None or server.stdin is None or server.stdout is None:
        return text
    server.stdin.write(json.dumps(text) + "\n")
    server.stdin.flush()
    return json.loads(server.stdout.readline()) or text


@cache
def _prettier() -> "subprocess.Popen[str] | None":
    try:
        server = subprocess.Popen(
            ["node", "-e", _SERVER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
    except OSError:
        return None
    if server.stdout and server.stdout.readline() == "ready\n":
        return server
    server.communicate()  # it has ended
    return None


def mdformat(text: str) -> str:
    """Return a note as mdformat writes it; as it is without mdformat, or if that refuses it."""
    if not _has_mdformat():
        return text
    try:
        return str(import_module("mdformat").text(text, extensions={"frontmatter"}))
    except Exception:  # noqa: BLE001 - it is no matter of ours
        return text


@cache
def _has_mdformat() -> bool:
    return find_spec("mdformat") is not None and find_spec("mdformat_frontmatter") is not None


def obsidian(text: str) -> str:
    """Return a note whose properties Obsidian wrote: no comments, quotes only where needed."""
    match = _HEAD.match(text)
    if match is None:
        return text
    yaml = YAML(typ="safe", pure=True)
    vars(yaml).update(default_flow_style=False, width=10**6, sort_base_mapping_type_on_output=False)
    try:
        properties = yaml.load(match[1])
    except (YAMLError, ValueError):
        return text
    if not isinstance(properties, dict):
        return text
    written = StringIO()
    yaml.dump(properties, written)
    return f"---\n{written.getvalue()}---\n{text[match.end() :]}"


def logseq(text: str) -> str:
    """Return an outline that Logseq wrote: tabs, no empty lines, properties below the bullet."""
    head: list[str] = []
    widths: list[int] = []  # of the bullets around a line
    blocks: list[tuple[int, list[str]]] = []
    for line in text.split("\n"):
        if bullet := _BULLET.match(line):
            width = len(bullet[1].expandtabs(2))
            while widths and widths[-1] >= width:
                widths.pop()
            widths.append(width)
            blocks.append((len(widths) - 1, [line[bullet.end() :].rstrip()]))
        elif line.strip() and blocks:
            content = line.expandtabs(2).rstrip()
            own = min(len(content) - len(content.lstrip()), widths[-1] + 2)
            blocks[-1][1].append(content[own:])
        elif line.strip():
            head.append(line.strip())
    lines = [*head, ""] if head else []
    for level, (first, *rest) in blocks:
        indent = "\t" * level
        rest.sort(key=lambda line: _PROPERTY.match(line) is None)
        lines += (f"{indent}- {first}", *(f"{indent}  {line}" for line in rest))
    return "\n".join((*lines, ""))


def rewritten(text: str, random: Random, *, with_others: bool = False) -> str:
    """Return a note as a program that may open it writes it, `with_others` also real ones."""
    if is_outline(text):
        return logseq(text)
    return random.choice((prettier, mdformat, obsidian))(text) if with_others else obsidian(text)
