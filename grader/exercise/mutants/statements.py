"""What may stand in the place of a statement, or become of the way through a function."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.exercise.mutants.slip import Scope, Slip, changed, end_of, instead, start_of, written


def slips_of_statement(node: ast.stmt, scope: Scope) -> Iterator[Slip]:
    """Yield a statement left out, a condition that always or never holds, a loop cut short."""
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.Expr, ast.Raise, ast.For, ast.While)):
        yield Slip(ast.Pass(), start_of(node), end_of(node), "", "")
    if isinstance(node, ast.If):
        yield from _of_condition(node)
    if isinstance(node, (ast.For, ast.While)):
        made = changed(node, body=[*node.body, ast.Break()])
        new = "break after the first round"
        yield Slip(made, start_of(node), end_of(node), new, "leaves a loop after its first round")
    if isinstance(node, ast.AugAssign):
        made = ast.copy_location(ast.Assign([node.target], node.value), node)
        yield instead(node, made, "replaces what it should add to")


def _of_condition(node: ast.If) -> Iterator[Slip]:
    if not node.orelse:
        yield Slip(ast.Pass(), start_of(node), end_of(node), "", "")
    for test in (ast.Constant(True), *[ast.Constant(False)] * bool(node.orelse)):
        made = changed(node, test=test)
        told = "takes the same way whatever a condition says"
        yield Slip(made, start_of(node.test), end_of(node.test), written(test), told)
