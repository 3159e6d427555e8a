"""The course's solutions against outputs that PyTorch gave when they were recorded."""

from collections import Counter

import numpy as np
import recordings
from samples import outputs


def test_solutions_agree_with_recorded_outputs(exercise, references):
    """Every recorded call gives what PyTorch gave, to ten digits, in its shape and dtype."""
    _, answered = recordings.read(exercise)
    for number, (call, expected) in enumerate(answered):
        got = outputs(references[call.function](*call.args, **call.kwargs))
        for yours, wanted in zip(got, expected, strict=True):
            np.testing.assert_allclose(
                yours,
                wanted,
                rtol=1e-10,
                atol=1e-10,
                strict=True,
                err_msg=f"{call.function}, sample {number}",
            )


def test_every_function_is_recorded_thirty_times(exercise, references):
    """Each function of the exercise has thirty recorded calls or more."""
    _, answered = recordings.read(exercise)
    counts = Counter(call.function for call, _ in answered)
    assert {name: counts[name] >= 30 for name in references} == dict.fromkeys(references, True)


def test_recorded_outputs_are_numbers(exercise):
    """No recorded output is NaN: rows that PyTorch cannot answer are not among the samples."""
    _, answered = recordings.read(exercise)
    assert not any(np.isnan(array).any() for _, expected in answered for array in expected)


def test_file_names_the_torch_it_came_from(exercise):
    """A file says which version of PyTorch answered."""
    version, _ = recordings.read(exercise)
    assert int(version.split(".")[0]) >= 2
