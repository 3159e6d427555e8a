"""Decoding: from logits to a text, one token after another.

A language model gives a logit to every token that could come next. One of them has to be chosen,
and put at the end of the text; then the model is asked again. Greedy decoding takes the largest
logit. Sampling draws: lay the probabilities end to end from 0 to 1, take a random number in
[0, 1), and see in whose piece it falls.

    logits [0, ln 2, 0]  ->  probabilities [1/4, 2/4, 1/4]  ->  cumulative [0.25, 0.75, 1]

    draw 0.1 -> id 0     draw 0.25 -> id 1     draw 0.7 -> id 1     draw 0.9 -> id 2
    the first id whose cumulative probability exceeds the draw; 0.25 does not exceed 0.25

Two ways to steer it. Logits divided by a temperature before the softmax: below 1 the likely tokens
gain, above 1 the unlikely ones do. And top-k: all but the k largest logits become -inf, which no
draw can hit.

    top_k_filter([3, 1, 2], 2)  ->  [3, -inf, 2]

The smallest language model is a table (V, V): row i holds the logits for what comes after token i.
It looks at the last token only, and is called a bigram model. Generating ends after so many new
tokens, or as soon as the new one is the stop token, which stays at the end of the text.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade decoding        (stuck? grader hint decoding)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.
#
# What is imported from `exercises` is your own, from the files of those names; while one of them is
# wrong, the grader uses a right one in its place.

import numpy as np

from exercises.attention.softmax import softmax


def greedy(logits):
    """Choose the token with the largest logit.

    Parameters
    ----------
    logits : (V,)
        Any finite numbers, or -inf for tokens that may not come.

    Returns
    -------
    id : int
        The first one, where several are the largest.
    """
    raise NotImplementedError


def sample(logits, draw, temperature=1.0):
    """Choose a token by a random number.

    Parameters
    ----------
    logits : (V,)
        Any finite numbers, or -inf for tokens that may not come, of which at least one may.
    draw : float
        A random number in [0, 1).
    temperature : float
        Above 0. What the logits are divided by before the softmax.

    Returns
    -------
    id : int
        The first one whose cumulative probability exceeds the draw. By rounding, the last of them
        may fall short of 1: where none exceeds the draw, the last id whose probability is not 0.
    """
    raise NotImplementedError


def top_k_filter(logits, k):
    """Keep the k largest logits of each row, and let no other token come.

    Parameters
    ----------
    logits : (..., V)
        Any finite numbers. No two are equal where it would matter which of them stays.
    k : int
        How many stay, 1 or more. All do if k is V or more.

    Returns
    -------
    filtered : (..., V)
        The k largest as they are, in their places; the rest of each row is -inf.

    Notes
    -----
    Source: Fan et al. 2018, on top-k sampling.
    """
    raise NotImplementedError


def generate(table, prompt, max_new, stop_id, draws=None):
    """Continue a text with a bigram model.

    Parameters
    ----------
    table : (V, V)
        Row i holds the logits of what comes after token i.
    prompt : list of int
        The ids that the text begins with, at least one.
    max_new : int
        How many tokens may be added at most, 0 or more.
    stop_id : int
        The new token that ends the text. In the prompt it does nothing.
    draws : (max_new,) or None
        draws[t] chooses the new token t, counted from 0, at temperature 1. None: greedily.

    Returns
    -------
    ids : list of int
        The prompt, and behind it the new ids, the stop included if it came.
    """
    raise NotImplementedError
