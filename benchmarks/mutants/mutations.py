"""The small faults that `mutants` puts into a module, one at a time.

Numbers, comparisons, conditions, signs and results are changed: thresholds of modules as
well as what is in functions. Annotations, docstrings and messages are left alone.
"""

import ast
from collections.abc import Iterator
from typing import NamedTuple

_SWAPPED: dict[type[ast.AST], str] = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
    ast.Add: "-",
    ast.Sub: "+",
    ast.Mult: "/",
    ast.Div: "*",
    ast.FloorDiv: "*",
    ast.Break: "continue",
    ast.Continue: "break",
}
_FIFTH = 1.2  # times: how much larger a threshold is made
_MANY = 10  # a smaller number is one larger


class Mutation(NamedTuple):
    """A fault: the characters from `start` to `end` of a module are replaced by `words`."""

    line: int
    start: int
    end: int
    words: str
    was: str

    def __str__(self) -> str:
        return f"{self.was!r} → {self.words!r}"


def mutations(source: str) -> Iterator[Mutation]:
    """Yield every fault that can be put into a module."""
    text = _Text(source)
    for node in _running(ast.parse(source)):
        for part, words in _changes(node, text):
            start, end = text.span(part)
            yield Mutation(part.lineno, start, end, words, source[start:end])


def mutated(source: str, mutation: Mutation) -> str:
    """Return a module with a fault."""
    return source[: mutation.start] + mutation.words + source[mutation.end :]


class _Text:
    """A module's text, in which nodes are found by characters; the parser counts in bytes."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._lines = source.splitlines(keepends=True)
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or 0
        return self._at(node.lineno, node.col_offset), self._at(end_line, end_column)

    def of(self, node: ast.expr | ast.stmt) -> str:
        start, end = self.span(node)
        return self.source[start:end]

    def _at(self, line: int, column: int) -> int:
        before = self._lines[line - 1].encode()[:column].decode()
        return self._starts[line - 1] + len(before)


def _running(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes below `node` that do something when the program runs."""
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "type_params", "decorator_list"}:
            continue
        if isinstance(node, ast.ClassDef) and name == "keywords":
            continue
        for part in value if isinstance(value, list) else [value]:
            if not isinstance(part, ast.AST) or _is_for_readers(part):
                continue
            yield part
            yield from _running(part)


def _is_for_readers(node: ast.AST) -> bool:
    """Return whether it is a docstring, an import, an f-string, or only there for type checkers."""
    if isinstance(node, ast.If):
        return ast.unparse(node.test) == "TYPE_CHECKING"
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Assign):
        names = " ".join(map(ast.unparse, node.targets))
        return "__all__" in names or "Literal[" in ast.unparse(node.value)
    if isinstance(node, ast.keyword):
        return node.arg == "strict"  # of zip: what it guards against never happens
    return isinstance(node, ast.Import | ast.ImportFrom | ast.JoinedStr | ast.Raise)


def _changes(node: ast.AST, text: _Text) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Yield what can be written in place of a node."""
    if isinstance(node, ast.expr):
        for words in _other_values(node, text):
            yield node, words
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        yield node.test, f"(not ({text.of(node.test)}))"
    elif isinstance(node, ast.Break | ast.Continue):
        yield node, _SWAPPED[type(node)]
    elif isinstance(node, ast.Return) and node.value and text.of(node.value) != "None":
        yield node, "return None"


def _other_values(node: ast.expr, text: _Text) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        yield from _other_constants(node.value)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        yield _with_sign(text, node, (node.left, node.comparators[0]), node.ops[0])
    elif isinstance(node, ast.BinOp) and type(node.op) in _SWAPPED:
        yield _with_sign(text, node, (node.left, node.right), node.op)
    elif isinstance(node, ast.BoolOp):  # without one of the conditions
        word = " and " if isinstance(node.op, ast.And) else " or "
        for left_out in node.values:
            rest = (f"({text.of(value)})" for value in node.values if value is not left_out)
            yield f"({word.join(rest)})"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield f"({text.of(node.operand)})"


def _other_constants(value: object) -> Iterator[str]:
    if isinstance(value, bool):
        yield str(not value)
    elif isinstance(value, int):
        yield str(value + 1 if value < _MANY else int(value * _FIFTH))
    elif isinstance(value, float):
        yield repr(value * _FIFTH or 1.0)


def _with_sign(text: _Text, node: ast.expr, sides: tuple[ast.expr, ast.expr], sign: ast.AST) -> str:
    """Return an expression with another sign between its sides, and its brackets as they were."""
    (start, end), (left, right) = text.span(node), map(text.span, sides)
    between = text.source[left[1] : right[0]]
    closing, opening = between.count(")"), between.count("(")
    other = f"{')' * closing} {_SWAPPED[type(sign)]} {'(' * opening}"
    return text.source[start : left[1]] + other + text.source[right[0] : end]
