"""Transformer: from the ids of a source and a target to a guess at every next word.

Each word is given by its number in the vocabulary, its id. The encoder reads the source and makes a
memory of it. The decoder reads the target: a start id, which the caller has put there, and after it
the words so far. logits[b, i] scores every word of the vocabulary as the one after target[b, i],
given the source and the target up to there: a causal mask hides the rest. So one pass gives a guess
at every position, and a target needs no lengths: no earlier position sees padding at its end.

    x      = source_embedding[source] * sqrt(d) + positions        memory = encoder(x)
    y      = target_embedding[target] * sqrt(d) + positions        then through every decoder block
    logits = y w_logits + b_logits                                 softmax is left to the caller

    source  int (batch, n_source)             source_embedding  (V_source, d)
    target  int (batch, n_target)             target_embedding  (V, d), V: size of the vocabulary
    logits      (batch, n_target, V)          w_logits (d, V),  b_logits (V,)
    source_lengths  int (batch,), or None     the ids after the first source_lengths[b] are padding

    No blocks, d = 4, V = 1:  target [[0, 0]], target_embedding [[0, 1, 0, -1]]
    times sqrt(4): [0, 2, 0, -2] in both places;   positions [0, 1, 0, 1] and [.84, .54, .01, 1.00]
    y = [0, 3, 0, -1] and [.84, 2.54, .01, -1.00]; w_logits [[1], [1], [0], [0]], b_logits [5]
    logits [[[8], [8.38]]]

The paper gives no reason for sqrt(d); it lifts embeddings, which often begin with entries of about
1 / sqrt(d), to the size of the positions. Padding in the source is hidden twice: in the encoder and
in every cross-attention. No norm follows the last block. Source: sections 3.1, 3.4 and 3.5.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade transformer        (stuck? grader hint transformer)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.
#
# What is imported from `exercises` is your own, from the files of those names; while one of them is
# wrong, the grader uses a right one in its place.

import numpy as np

from exercises.attention.masking import padding_mask
from exercises.transformer.decoder_block import decoder_block
from exercises.transformer.encoder import encoder
from exercises.transformer.positional_encoding import add_positions, sinusoidal_encoding


def transformer(source, target, params, num_heads, source_lengths=None):
    """Score every possible next word at every position of a target, given its source.

    Parameters
    ----------
    source : int (batch, n_source)
        The ids of the words to read.
    target : int (batch, n_target)
        The ids of the words written so far, after a start id that the caller has put in front.
    params : dict
        `source_embedding` (V_source, d), `target_embedding` (V, d), `encoder` and `decoder`: lists
        with the parameters of each block, `w_logits` (d, V) and `b_logits` (V,); d is even.
        Every block has relu as its activation, and eps = 1e-5.
    num_heads : int
        The number of heads of all attentions; d must be divisible by it.
    source_lengths : int (batch,) or None
        How many ids of each source are real, from 0 to n_source; the ids after these are padding.
        None means all.

    Returns
    -------
    logits : (batch, n_target, V)
        Of the dtype of the embeddings; any real numbers, the larger the likelier. Entry b, i scores
        the word after `target[b, i]`.

    Notes
    -----
    Source: Vaswani et al. 2017, sections 3.1, 3.4 and 3.5, without dropout.
    """
    raise NotImplementedError
