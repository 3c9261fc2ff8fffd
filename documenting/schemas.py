"""The JSON Schemas of what commands print with `--json`; `make docs` runs this to write them.

The types are those of `json_shapes.py`, and the words those of `json_fields.toml`: a section for
each class, and one, `any`, for fields that mean the same wherever they are. `make promise` gives it
`--release`: then the schemas are kept as those of a release, and a test refuses to lose a field.
"""

import json
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from inspect import cleandoc
from pathlib import Path
from typing import Any, get_args

import msgspec

from documenting import ROOT
from documenting.json_shapes import SHAPES
from documenting.shape import OneOf, Shape

VERSION = 1
WORDS = Path(__file__).with_name("json_fields.toml")
FOLDER = ROOT / "src" / "annotator" / "schemas"
RELEASED = ROOT / "tests" / "cli" / "released_schemas" / f"{VERSION}.json"
SITE = "https://annotator-tui.github.io/annotator/schema"

Schema = dict[str, Any]


class Writer:
    """Makes schemas, and remembers which words of the file it used, and which it missed."""

    def __init__(self, words: Mapping[str, Mapping[str, str]]) -> None:
        self._words = words
        self.used: set[tuple[str, str]] = set()
        self.missing: set[str] = set()

    def schema(self, name: str, shape: Shape) -> Schema:
        """Return the schema of a shape."""
        kinds = shape.kind.kinds if isinstance(shape.kind, OneOf) else [shape.kind]
        roots, parts = msgspec.json.schema_components(
            kinds, ref_template="#/$defs/{name}", schema_hook=lambda _any: {"$comment": "any JSON"}
        )
        root: Schema = {"anyOf": [*roots]} if len(roots) > 1 else roots[0]
        if isinstance(shape.kind, OneOf) and shape.kind.is_list:
            root = {"type": "array", "items": root}
        for kind in structs_in(kinds):
            self._describe(parts[kind.__name__], kind)
        reference = root.get("$ref", "").rpartition("/")[2]
        if reference:
            root = parts.pop(reference)
        comment = "; ".join(map(_in_full, shape.commands))
        head: Schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": f"{SITE}/{VERSION}/{name}.json",
            "title": shape.title,
            **({"$comment": comment} if comment else {}),
        }
        return {**head, **root, **({"$defs": parts} if parts else {})}

    def unused(self) -> Iterator[str]:
        """Yield the words that describe nothing."""
        for section, fields in self._words.items():
            yield from (f"{section}.{name}" for name in fields if (section, name) not in self.used)

    def _describe(self, schema: Schema, kind: type[msgspec.Struct]) -> None:
        """Add what msgspec does not know: words, and which fields are always there."""
        del schema["title"]
        schema["description"] = " ".join(cleandoc(kind.__doc__ or "").partition("\n\n")[0].split())
        omits = kind.__struct_config__.omit_defaults
        always = []
        for field in msgspec.structs.fields(kind):
            part = schema["properties"][field.encode_name]
            part.pop("default", None)
            part["description"] = self._word(kind, field.name)
            may_lack = msgspec.UnsetType in get_args(field.type) or (omits and not field.required)
            always += [] if may_lack else [field.encode_name]
        schema.pop("required", None)
        schema.update({"required": always} if always else {})

    def _word(self, kind: type[msgspec.Struct], name: str) -> str:
        for place in kind.__mro__:
            if words := self._words.get(place.__name__, {}).get(name):
                self.used.add((place.__name__, name))
                return words
        self.used.add(("any", name))
        if name not in self._words["any"]:
            self.missing.add(f"{kind.__name__}.{name}")
        return self._words["any"].get(name, "")


def _in_full(command: str) -> str:
    has_option = not command.endswith(("mcp", " json", " jsonl"))
    return f"annotator {command} --json" if has_option else f"annotator {command}"


def structs_in(kinds: Iterable[object]) -> list[type[msgspec.Struct]]:
    """Return the classes of which types are made."""
    seen: dict[type, None] = {}
    waiting = [*kinds]
    while waiting:
        part = waiting.pop()
        if isinstance(part, type) and issubclass(part, msgspec.Struct):
            if part not in seen:
                seen[part] = None
                waiting += [field.type for field in msgspec.structs.fields(part)]
        else:
            waiting += get_args(part)
    return [*seen]


def schemas() -> Mapping[str, str]:
    """Return the text of each schema by its name."""
    words = tomllib.loads(WORDS.read_text("utf-8"))
    writer = Writer(words)
    made = {
        name: json.dumps(writer.schema(name, shape), indent=1, ensure_ascii=False) + "\n"
        for name, shape in SHAPES.items()
    }
    unused = [*writer.unused()]
    if writer.missing or unused:
        told = f"not described: {sorted(writer.missing)}; describes nothing: {unused}"
        raise SystemExit(f"documenting/json_fields.toml: {told}")
    return made


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in schemas().items():
        (FOLDER / f"{name}.json").write_text(text, "utf-8")
    if "--release" in sys.argv:
        kept = {path.stem: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")}
        lines = [f"{json.dumps(name)}: {json.dumps(kept[name])}" for name in sorted(kept)]
        RELEASED.parent.mkdir(exist_ok=True)
        RELEASED.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
