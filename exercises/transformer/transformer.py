"""Transformer: from the ids of a source and a target to a guess at every next word.

The encoder reads the source and makes a memory of it. The decoder goes through the target, and at
each position it scores all V words of the vocabulary (V is a number here, not the values): these
logits are its guess at the next word, made from all of the source and the target up to there, for a
causal mask hides the rest. So one pass over a target answers as many questions as it has words.

    x      = source_embedding[source] * sqrt(d) + positions        memory = encoder(x)
    y      = target_embedding[target] * sqrt(d) + positions        then through every decoder block
    logits = y w_logits + b_logits                                 softmax is for whoever reads them

    source  int (batch, n_source)             source_embedding  (V_source, d)
    target  int (batch, n_target)             target_embedding  (V, d)
    logits      (batch, n_target, V)          w_logits (d, V),  b_logits (V,)
    source_lengths  int (batch,), or None     what stands behind them in the source is padding

    No blocks, d = 4, V = 1:  target [[0, 0]], target_embedding [[0, 1, 0, -1]]
    times sqrt(4): [0, 2, 0, -2] in both places;   positions [0, 1, 0, 1] and [.84, .54, .01, 1.00]
    y = [0, 3, 0, -1] and [.84, 2.54, .01, -1.00]; w_logits [[1], [1], [0], [0]], b_logits [5]
    logits [[[8], [8.38]]]

The paper does not say why it multiplies by sqrt(d). Embeddings often begin with entries of about
1 / sqrt(d), and the factor lifts them to the size of the positions. Padding in the source is hidden
twice: from the encoder's attention and from every cross-attention. No norm follows the last block.
Source: Vaswani et al. 2017, sections 3.1, 3.4 and 3.5.
"""

# Every function leaves its arguments as they came and, unless its docstring says otherwise, gives
# back the floating dtype that it was given: float32 in, float32 out.

import math

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
        The ids of the words written so far.
    params : dict
        `source_embedding` (V_source, d), `target_embedding` (V, d), `encoder` and `decoder`: lists
        with the parameters of each block, `w_logits` (d, V) and `b_logits` (V,); d is even.
        Every block has relu as its activation, and eps = 1e-5.
    num_heads : int
        The number of heads of all attentions; d must be divisible by it.
    source_lengths : int (batch,) or None
        How many ids of each source are real, from 0 to n_source; what stands behind them is
        padding. None means all.

    Returns
    -------
    logits : (batch, n_target, V)
        Of the dtype of the embeddings; any real numbers, the larger the likelier.

    Notes
    -----
    Source: Vaswani et al. 2017, sections 3.1, 3.4 and 3.5, without dropout.
    """
    raise NotImplementedError
