"""The house keeps its size: modules, functions and parameter lists stay small."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
MODULES = sorted((ROOT / "bot").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST_MODULE = 250
LONGEST_FUNCTION = 40
MOST_PARAMETERS = 5

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, Function):
            yield node


def parameters(function: Function) -> int:
    """Positional parameters that a caller must keep in order; `self` and `cls` do not count."""
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    return len([name for name in names if name not in ("self", "cls")])


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_fits_the_budget(path: Path) -> None:
    """A module has at most 250 lines, its functions at most 40 and five parameters."""
    long = [
        f"{function.name}: {function.end_lineno - function.lineno + 1} lines"
        for function in functions(path)
        if function.end_lineno and function.end_lineno - function.lineno >= LONGEST_FUNCTION
    ]
    wide = [
        function.name
        for function in functions(path)
        if parameters(function) > MOST_PARAMETERS
        and path.name != "cli.py"  # click passes options by name
    ]

    assert len(path.read_text().splitlines()) <= LONGEST_MODULE
    assert long == []
    assert wide == []


def test_no_test_uses_a_mock() -> None:
    """Fakes for ports and the sandbox for the rest: `unittest.mock` is nowhere."""
    guilty = [
        path.name
        for path in TESTS
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and "mock" in (getattr(node, "module", None) or node.names[0].name)
    ]

    assert guilty == []
