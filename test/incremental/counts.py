"""Counts (kind, name) of the nodes of Python files as CPython reads them.

Reads a JSON list of paths from stdin, writes a JSON list: for each file an object of counts, or
null where this Python's own grammar does not know the file.
"""

import ast
import json
import sys
import warnings
from collections import Counter

KINDS = {
    ast.Call: "call",
    ast.Attribute: "attribute",
    ast.Name: "name",
    ast.FunctionDef: "function",
    ast.AsyncFunctionDef: "function",
    ast.ClassDef: "class",
    ast.Lambda: "lambda",
    ast.ListComp: "comprehension",
    ast.SetComp: "comprehension",
    ast.DictComp: "comprehension",
    ast.GeneratorExp: "comprehension",
    ast.comprehension: "clause",
    ast.Await: "await",
    ast.Yield: "yield",
    ast.YieldFrom: "yield",
    ast.Compare: "compare",
    ast.BinOp: "binary",
    ast.UnaryOp: "unary",
    ast.IfExp: "conditional",
    ast.NamedExpr: "walrus",
    ast.Dict: "dict",
    ast.List: "list",
    ast.Set: "set",
    ast.Subscript: "subscript",
    ast.JoinedStr: "fstring",
    ast.For: "for",
    ast.AsyncFor: "for",
    ast.While: "while",
    ast.Try: "try",
    ast.TryStar: "try",
    ast.ExceptHandler: "handler",
    ast.With: "with",
    ast.AsyncWith: "with",
    ast.withitem: "item",
    ast.Match: "match",
    ast.match_case: "case",
    ast.Assign: "assign",
    ast.AnnAssign: "assign",
    ast.AugAssign: "augassign",
    ast.Return: "return",
    ast.Raise: "raise",
    ast.Delete: "delete",
    ast.Assert: "assert",
    ast.Import: "import",
    ast.ImportFrom: "import-from",
    ast.alias: "alias",
    ast.arg: "parameter",
    ast.keyword: "keyword",
    ast.Pass: "pass",
    ast.Break: "break",
    ast.Continue: "continue",
    ast.Global: "global",
    ast.Nonlocal: "nonlocal",
}


def name_of(node):
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, (ast.keyword, ast.arg)):
        return node.arg or ""
    if isinstance(node, ast.ImportFrom):
        return "." * node.level + (node.module or "")
    if isinstance(node, ast.alias):
        return node.name + (f" as {node.asname}" if node.asname else "")
    return getattr(node, "name", None) or getattr(node, "id", None) or ""


def one_line_end(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")


def visit(node, counts):
    if isinstance(node, ast.pattern):
        for inner in ast.walk(node):
            name = getattr(inner, "rest", None) or getattr(inner, "name", None)
            if name:
                counts[f"capture {name}"] += 1
        return
    if isinstance(node, ast.JoinedStr):
        if any(isinstance(value, ast.FormattedValue) for value in node.values):
            counts["fstring "] += 1
            visit_fields(node, counts)
        else:
            text = "".join(value.value for value in node.values)
            counts[f"string {one_line_end(text)}"] += 1
        return
    if isinstance(node, ast.Constant):
        if isinstance(node.value, (str, bytes)):
            value = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
            counts[f"string {one_line_end(value)}"] += 1
        elif isinstance(node.value, bool) or node.value is None or node.value is ...:
            counts[f"constant {node.value}"] += 1
        else:
            counts["number "] += 1
        return
    kind = KINDS.get(type(node))
    if kind:
        counts[f"{kind} {name_of(node)}"] += 1
    for child in ast.iter_child_nodes(node):
        visit(child, counts)


def visit_fields(joined, counts):
    """The expressions of an f-string and of its formats: its own text is not counted."""
    for value in joined.values:
        if isinstance(value, ast.FormattedValue):
            visit(value.value, counts)
            if value.format_spec is not None:
                visit_fields(value.format_spec, counts)


def count(path):
    with open(path, encoding="utf-8", newline="") as file:
        source = file.read()
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return None
    counts = Counter()
    visit(tree, counts)
    return counts


warnings.simplefilter("ignore")
sys.stdout.reconfigure(encoding="utf-8")
json.dump([count(path) for path in json.load(sys.stdin)], sys.stdout)
