"""GPT: half of the transformer, trained to go on with any text.

A text needs no second one to be read beside it: the next token is to be guessed from those before
it. So GPT is a stack of blocks without cross-attention, and a causal mask hides the future. From
GPT-2 on its blocks are pre-norm: a norm stands before each part, and the sum stays as it is.

    x      = token_embedding[ids] + the first n rows of position_embedding       no sqrt(d)
    x      = x + attention(norm_1(x))              in every block, causal
    x      = x + feed_forward(norm_2(x))           with gelu, the exact one
    logits = final_norm(x) · token_embeddingᵀ      one table at both ends, and no bias

So x is a stream that runs past all blocks; each adds to it, and none ever normalises it. It grows,
and that is why one more norm stands at the end. Positions are learned like tokens: a table with one
row for each of max_n places.

    ids [0, 1], tables [[3, 0], [0, 1], [1, 1]] and [[1, 0], [0, 3]]   ->   x = [[4, 0], [0, 4]]
    One block: w_query all 0, so all that may be seen has equal weights; w_value, w_output and w_in
    identity matrices, w_out = [[0, 10], [0, 0]], gains 1, biases 0. Eps aside:
    norm_1 [[1, -1], [-1, 1]], attention [[1, -1], [0, 0]]                x = [[5, -1], [0, 4]]
    norm_2 [[1, -1], [-1, 1]], gelu(1) = 0.84, gelu(-1) = -0.16           x = [[5, 7.4], [0, 2.4]]
    final norm [[-1, 1], [-1, 1]]          logits of three tokens: [[-3, 1, 0], [-3, 1, 0]]

logits[..., i, :] scores what comes after ids[..., i]. All norms have an eps of 1e-5.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade gpt        (stuck? grader hint gpt)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.
#
# What is imported from `exercises` is your own, from the files of those names; while one of them is
# wrong, the grader uses a right one in its place.

import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.text.embedding import embed, unembed
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions


def gpt(ids, params, num_heads):
    """Score every token of the vocabulary as the next one, at every position of a text.

    Parameters
    ----------
    ids : int (..., n)
        A text, or several of one length, as ids.
    params : dict
        `token_embedding` (V, d), `position_embedding` (max_n, d) with max_n at least n, `blocks`: a
        list with the parameters of each block, keys as in encoder_block, and `final_norm`: a dict
        with `gain` (d,) and `bias` (d,).
    num_heads : int
        The number of heads in every block; d is divisible by it.

    Returns
    -------
    logits : (..., n, V)
        Of the dtype of the embeddings. Entry i scores the token after `ids[..., i]`, given those up
        to it.

    Notes
    -----
    Source: Radford et al. 2019, section 2.3, without dropout; gelu as in Hendrycks and Gimpel 2016.
    """
    raise NotImplementedError
