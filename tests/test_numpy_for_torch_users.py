"""The tables between PyTorch and NumPy: every row is run, and both sides give the same."""

from __future__ import annotations

import re
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "docs/numpy-for-torch-users.md").read_text("utf-8")
_, TO_NUMPY, REST = PAGE.split("\n## ", 2)
TO_TORCH = REST.partition("\n## ")[0]


def rows(table: str) -> list[tuple[str, str]]:
    """Return the two sides of each row."""
    return re.findall(r"^\| `([^`]+)` \| `([^`]+)` \|$", table, re.MULTILINE)


ROWS = [(numpy, torch) for torch, numpy in rows(TO_NUMPY)] + rows(TO_TORCH)


def arrays() -> dict[str, Any]:
    """Return what the page says that its rows are about."""
    rng = np.random.default_rng(1)
    x, y, m = rng.normal(size=(2, 3, 4)), rng.normal(size=(2, 3, 4)), rng.normal(size=(3, 4))
    return {"x": x, "y": y, "m": m, "mask": m > 0}


def on_numpy(code: str) -> Any:
    """Return what a row's NumPy comes to."""
    return eval(code, {"np": np} | arrays())


def on_torch(torch: ModuleType, code: str) -> Any:
    """Return what a row's PyTorch comes to, as NumPy has it."""
    tensors = {name: torch.from_numpy(array) for name, array in arrays().items()}
    value = eval(code, {"torch": torch} | tensors)
    return value.numpy() if isinstance(value, torch.Tensor) else value


def test_the_tables_are_read_whole() -> None:
    """No row is passed over for how it is written."""
    assert len(ROWS) + 4 == len(re.findall(r"^\|", TO_NUMPY + TO_TORCH, re.MULTILINE))


@pytest.mark.parametrize("numpy", [numpy for numpy, _ in ROWS])
def test_the_side_of_numpy_runs(numpy: str) -> None:
    """Each is an expression of the names that the page gives."""
    assert on_numpy(numpy) is not None


@pytest.mark.parametrize(("numpy", "torch"), ROWS)
def test_both_sides_give_the_same(numpy: str, torch: str) -> None:
    """In shape and in values, but for the dtype that either begins with."""
    found = on_torch(pytest.importorskip("torch", minversion="2.0"), torch)
    wanted = on_numpy(numpy)
    assert np.shape(found) == np.shape(wanted)
    np.testing.assert_allclose(found, wanted, rtol=1e-6)


def test_the_traps_are_as_they_are_told() -> None:
    """What the list at the end says of NumPy holds."""
    x, m = (arrays()[name] for name in "xm")
    assert (m.transpose(-2, -1) == m).all()
    assert x.T.shape == (4, 3, 2) and x.size == 24
    assert (m.repeat(2, axis=0) == np.repeat(m, 2, axis=0)).all()
    assert x.var() == pytest.approx(x.var(ddof=1) * 23 / 24)
    assert x.view(np.int64).dtype == np.int64 and np.zeros(1).dtype == np.float64
