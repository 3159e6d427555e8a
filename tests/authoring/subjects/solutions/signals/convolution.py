"""Convolution: a signal, smeared by a kernel.

Every sample of the signal leaves a copy of the kernel behind, scaled by that sample. Where copies
overlap, they add up:

    y_k = sum over i of signal_i kernel_(k - i)

    signal  (n,)          kernel  (m,)          y  (n + m - 1,)
"""

import numpy as np

from grader.exercise import Exercise, inputs

exercise = Exercise(
    hints=[
        "How long is the result, when the last sample leaves a whole kernel behind?",
        "Begin with zeros. Sample i adds signal[i] times the kernel to the places from i on.",
    ],
    without=["numpy.convolve"],
)


@exercise.reference
def convolve(signal, kernel):
    """Convolve two rows of numbers.

    Returns
    -------
    y : (n + m - 1,)
        The sum of the kernel's copies, one for each of the n samples.
    """
    y = np.zeros(len(signal) + len(kernel) - 1)
    for i, sample in enumerate(signal):
        y[i : i + len(kernel)] += sample * kernel
    return y


@exercise.case
def an_impulse_gives_the_kernel_back(rng):
    return inputs(np.array([0.0, 1.0, 0.0]), rng.normal(size=2).round(1))


@exercise.case
def two_samples_overlap(rng):
    return inputs(rng.normal(size=2).round(1), rng.normal(size=3).round(1))


@exercise.case(tags=["long"])
def a_long_signal(rng):
    return inputs(rng.normal(size=20), rng.normal(size=4))


@exercise.mistake
def correlates(signal, kernel):
    """You slide the kernel along without turning it round: that is a correlation.

    Look at the index in the formula: as i grows, k - i falls.
    """
    return np.correlate(kernel, signal, "full")[::-1]


@exercise.mistake
def keeps_the_length_of_the_signal(signal, kernel):
    """You cut the result to the length of the signal.

    The last sample leaves a whole kernel behind, too. Where does that end?
    """
    return np.convolve(signal, kernel)[: len(signal)]
