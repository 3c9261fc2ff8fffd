"""Templates of notes: those of a preset, and those of users in a sandbox with limits.

A template gets values and returns text. One of a user can call neither code nor files, one
that would run for long or write without end is stopped, since it may come from anywhere,
and errors name the file and the line.
"""

import json
import re
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from jinja2 import (
    DictLoader,
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from annotator.errors import SettingsError
from annotator.export import org_text
from annotator.export.hyperlinks import safe_href
from annotator.export.markdown.escaping import escape, escape_line, quoted, with_breaks
from annotator.export.markdown.front_matter import note_tag, property_value
from annotator.export.markdown.logseq import (
    block_uuid,
    bullet,
    logseq_link,
    logseq_now_reads,
    logseq_quote,
)
from annotator.export.markdown.mark_text import (
    list_sign,
    now_reads,
    own_markdown,
    plain_link,
    source_link,
    wiki_link,
)
from annotator.export.markdown.org import (
    org_link,
    org_now_reads,
    org_source,
    org_tag,
    own_org,
)
from annotator.model.labels import count
from annotator.model.text import clean_line

SHORT_TITLE: Final = 60  # characters of a quote in a heading
MAX_TEXT: Final = 1_000_000  # characters of any text that a template makes
MAX_STEPS: Final = 200_000  # bodies of loops and conditions that are entered
MAX_DIGITS: Final = 200  # of a number, in bits times the exponent

_OF_JINJA: Final = (
    *("abs", "attr", "capitalize", "count", "d", "default", "dictsort", "escape", "first"),
    *("float", "groupby", "int", "items", "last", "length", "list", "lower", "map", "max", "min"),
    *("reject", "rejectattr", "reverse", "round", "select", "selectattr", "sort", "string"),
    *("striptags", "title", "trim", "truncate", "unique", "upper", "urlencode", "wordcount"),
)
_METHODS: Final = frozenset(  # that make a long text of a short one
    {"center", "expandtabs", "format", "format_map", "join", "ljust", "replace", "rjust"}
    | {"translate", "zfill"}
)
_OBJECT = re.compile(r"'?[\w.]*?(\w+)Facts object'?")
_COMMENT = re.compile(r"(?=<!-- annotator:)")
_TOO_LONG: Final = "it makes more text than a note can have"


def _limited_join(parts: Iterable[str]) -> str:
    texts, length = [], 0
    for part in parts:
        length += len(part)
        if length > MAX_TEXT:
            raise SecurityError(_TOO_LONG)
        texts.append(part)
    return "".join(texts)


class TemplateEngine:
    """The templates of a preset, and `own` ones of the user in place of some, by their names."""

    def __init__(self, preset: str, built_in: Mapping[str, str], own: Mapping[str, str]) -> None:
        filters = filters_of(preset)
        self._built_in = Environment(  # noqa: S701 - it makes no HTML, and each text has a filter
            loader=DictLoader(built_in),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._built_in.filters |= filters
        self._own = own
        self._sandbox = Sandbox(own, filters) if own else None

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """Return what a template makes of some values.

        Raises `SettingsError` for a mistake in one of the user. It cannot write the comments
        that are around blocks.
        """
        if self._sandbox is None or name not in self._own:
            return self._built_in.get_template(name).render(values)
        return _COMMENT.sub(r"\\", _rendered(self._sandbox, name, values))


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for templates without files, code and randomness, and with limits."""

    concat = staticmethod(_limited_join)
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, sources: Mapping[str, str], filters: "_Filters") -> None:
        super().__init__(
            loader=FunctionLoader(lambda name: _source(sources, name)),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.code_generator_class = _Generator
        self.filters = {name: FILTERS[name] for name in _OF_JINJA}
        self.filters |= filters
        self.globals = {"range": _limited_range, "namespace": self.globals["namespace"]}
        self.steps = 0

    def tick(self) -> None:
        """Count a step of a template, and stop one that makes too many."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise SecurityError("it runs too long: does a loop contain another one?")

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 - anything
        """Return whether a template may use an attribute."""
        return attr not in _METHODS and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:  # noqa: ANN401 - of any object
        """Leave `format` to `is_safe_attribute`, which forbids it."""

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - any
        """Return the result of an operation, unless it would be very large."""
        sizes = [len(value) for value in (left, right) if hasattr(value, "__len__")]
        if operator == "+":
            is_large = sum(sizes) > MAX_TEXT
        elif operator == "%":
            is_large = bool(sizes)
        elif sizes:
            count = next((value for value in (left, right) if isinstance(value, int)), 0)
            is_large = max(sizes) * count > MAX_TEXT
        else:
            is_large = operator == "**" and (abs(left) > MAX_DIGITS or abs(right) > MAX_DIGITS)
        if is_large or _is_huge(left) or _is_huge(right):
            raise SecurityError(_TOO_LONG)
        return super().call_binop(context, operator, left, right)


class _Generator(CodeGenerator):
    """Compiles templates so that their steps are counted, and their texts measured."""

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        self.writeline("environment.tick()")
        super().blockvisit(nodes, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - of Jinja
        self.write("environment.concat(map(str, (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write(")))")


def _rendered(sandbox: Sandbox, name: str, values: Mapping[str, object]) -> str:
    sandbox.steps = 0
    try:
        return sandbox.get_template(name).render(values)
    except TemplateSyntaxError as error:
        raise _mistake(error.name or name, error.lineno, error.message or "") from error
    except (TemplateError, ArithmeticError, AttributeError, LookupError) as error:
        raise _mistake(name, _line_of(error), str(error)) from error
    except (TypeError, ValueError, RecursionError, MemoryError) as error:
        raise _mistake(name, _line_of(error), str(error)) from error


def _mistake(name: str, line: int | None, problem: str) -> SettingsError:
    said = _OBJECT.sub(lambda match: match[1].lower(), problem).strip().rstrip(".")
    place = f"{name}, line {line}" if line else name
    return SettingsError(
        f"Template {place}: {said or 'it does not work'}.",
        "`annotator export templates` lists what templates can use.",
    )


def _line_of(error: BaseException) -> int | None:
    frames = reversed(traceback.extract_tb(error.__traceback__))
    return next((frame.lineno for frame in frames if frame.filename.endswith(".jinja")), None)


def _source(sources: Mapping[str, str], name: str) -> tuple[str, str, Callable[[], bool]] | None:
    return (sources[name], name, lambda: True) if name in sources else None


def _limited_range(*limits: int) -> range:
    numbers = range(*limits)
    if max(map(abs, limits), default=0) > MAX_STEPS:
        raise SecurityError(f"a range can have {MAX_STEPS:,} numbers at most")
    return numbers


def _is_huge(value: object) -> bool:
    return isinstance(value, int) and abs(value) > 1 << 64


def _join(values: Iterable[object], between: str = "") -> str:
    """Return texts joined by another one."""
    parts = [part for value in values for part in (between, str(value))]
    return _limited_join(parts[1:])


def _replace(text: str, old: str, new: str) -> str:
    """Return a text with one part replaced by another wherever it is."""
    return _join(text.split(old), new) if old else text


def _indent(text: str, width: int = 4) -> str:
    """Return a text with all lines but the first indented."""
    return text.replace("\n", "\n" + " " * min(max(0, width), 40))


def _yaml(value: str | float | Sequence[str]) -> str:
    """Return a text, a number or a list of texts as YAML, on a line."""
    if isinstance(value, int | float):
        return json.dumps(value)
    return property_value(value) or '""'


_Filters = Mapping[str, Callable[..., str]]

_OF_MARKDOWN: Final[_Filters] = {
    "bullet": lambda text, level=0: bullet(text, "\t" * min(max(0, level), 20)),
    "counted": count,
    "href": safe_href,
    "indent": _indent,
    "join": _join,
    "line": escape_line,
    "list_sign": list_sign,
    "now_reads": now_reads,
    "own": own_markdown,
    "passage": lambda text: with_breaks(escape(text)),
    "quote": lambda text: quoted(text.strip("\n")),
    "replace": _replace,
    "short": lambda text: clean_line(text, limit=SHORT_TITLE),
    "source": source_link,
    "tag": note_tag,
    "uuid": lambda view: block_uuid(view.id),
    "wiki": wiki_link,
    "yaml": _yaml,
}
_OF_PRESETS: Final[Mapping[str, _Filters]] = {
    "plain": {"wiki": plain_link},
    "logseq": {"now_reads": logseq_now_reads, "quote": logseq_quote, "wiki": logseq_link},
    "org": {
        "line": org_text.escape_line,
        "now_reads": org_now_reads,
        "own": own_org,
        "passage": org_text.escape,
        "quote": org_text.quotation,
        "source": org_source,
        "tag": org_tag,
        "wiki": org_link,
    },
}


def filters_of(preset: str) -> dict[str, Callable[..., str]]:
    """Return the filters, those that make Markdown by what makes the language of the preset."""
    return {**_OF_MARKDOWN, **_OF_PRESETS.get(preset, {})}
