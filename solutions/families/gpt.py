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

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.attention.masking import causal_mask
from solutions.attention.multi_head_attention import multi_head_attention
from solutions.attention.softmax import softmax
from solutions.drawing import (
    draw_blocks,
    draw_gain_and_bias,
    in_single_precision,
    neutral,
    plain_block,
    scaled,
    waves,
)
from solutions.text.embedding import embed, unembed
from solutions.transformer.encoder import encoder
from solutions.transformer.feed_forward import feed_forward
from solutions.transformer.layer_norm import layer_norm
from solutions.transformer.positional_encoding import add_positions, sinusoidal_encoding

exercise = Exercise(
    formulas={
        "x = token_embedding": (
            r"x &= \text{token\_embedding}[\text{ids}] + \text{position\_embedding}_{0 \dots n - 1}"
            r" && \text{no } \sqrt d"
        ),
        "x = x + attention": (
            r"x &= x + \text{attention}(\text{norm}_1(x)) && \text{in every block, causal}"
        ),
        "x = x + feed_forward": (
            r"x &= x + \text{feed\_forward}(\text{norm}_2(x)) && \text{with gelu, the exact one}"
        ),
        "logits = final_norm": (
            r"\text{logits} &= \text{final\_norm}(x) \cdot \text{token\_embedding}^\top"
            r" && \text{one table at both ends, and no bias}"
        ),
    },
    tags={
        "blocks": "without blocks and wrong with them",
        "deep": "for one block and wrong for several",
        "places": "unless positions are told apart",
    },
    hints=[
        "Every part has been written in an earlier exercise. Which of them does each of the four"
        " lines of the lesson need?",
        "The entrance: embed looks up the tokens, and add_positions adds the first rows of any"
        " table, be it learned or not.",
        "A block: encoder_block cannot be used, since its norms stand behind the sums. Take"
        " layer_norm, multi_head_attention and feed_forward one by one. What is normalised goes"
        " into the part only; what is added to is x itself.",
        "A block: `**block['norm_1']` hands gain and bias to layer_norm by their names. Give its"
        " result a name of its own: that is query, key and value, with causal_mask(n). x grows by"
        " what attention returns. The second half is alike, with norm_2.",
        "The end: layer_norm of x with final_norm, after the last block only; unembed with the"
        " table of the tokens.",
    ],
)


@exercise.reference
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
    x = embed(ids, params["token_embedding"])
    x = add_positions(x, params["position_embedding"])  # (..., n, d)
    mask = causal_mask(ids.shape[-1])
    for block in params["blocks"]:
        y = layer_norm(x, **block["norm_1"])
        x = x + multi_head_attention(y, y, y, block["attention"], num_heads, mask=mask)
        z = layer_norm(x, **block["norm_2"])
        x = x + feed_forward(z, block["feed_forward"], activation="gelu")
    x = layer_norm(x, **params["final_norm"])
    return unembed(x, params["token_embedding"])  # (..., n, V)


@exercise.picture
def nothing_is_known_of_what_comes():
    """The logits of two texts that begin alike: 2, 0, 3, then 1, 4 or 5, 5.

    The first three rows are the same in both: a position knows only what stands up to it.
    """
    width, words = 8, 6
    params = {
        "token_embedding": waves(words, width),
        "position_embedding": waves(words + 5, width)[words:],
        "blocks": [plain_block(width)] * 2,
        "final_norm": {"gain": np.ones(width), "bias": np.zeros(width)},
    }
    texts = ([2, 0, 3, 1, 4], [2, 0, 3, 5, 5])
    return [
        view(str(ids)[1:-1], inputs(np.array(ids), params, 2), rows=ids, columns=range(words))
        for ids in texts
    ]


def draw_gpt(rng, depth=1, d=4, f=6, words=5, places=6):
    """Draw a small model: its vectors are so large that no eps can be seen beside them.

    What goes into attention has passed a norm, so queries and keys have large weights.
    """
    gain, bias = draw_gain_and_bias(rng, d)
    return {
        "token_embedding": rng.normal(scale=15, size=(words, d)).round(),
        "position_embedding": rng.normal(scale=15, size=(places, d)).round(),
        "blocks": scaled(draw_blocks(rng, depth, d, f), w_query=40, w_key=40),
        "final_norm": {"gain": gain, "bias": bias},
    }


def draw_text(rng, *shape, words=5):
    """Draw ids without 0, which some take for padding; those side by side differ."""
    steps = rng.integers(1, words - 1, size=shape)
    return 1 + np.cumsum(steps, axis=-1) % (words - 1)


@exercise.case(points=2)
def one_token_without_a_position(rng):
    params = scaled(neutral(draw_gpt(rng, depth=0)), position_embedding=0)
    return inputs(draw_text(rng, 1), params, 1)


@exercise.case(points=2, tags=("places",))
def three_tokens_and_their_positions(rng):
    return inputs(draw_text(rng, 3), neutral(draw_gpt(rng, depth=0)), 1)


@exercise.case(tags=("places", "edge"))
def a_text_as_long_as_the_table_of_positions(rng):
    return inputs(draw_text(rng, 4), neutral(draw_gpt(rng, depth=0, places=4)), 1)


@exercise.case
def a_final_norm_with_gain_and_bias(rng):
    params = scaled(neutral(draw_gpt(rng, depth=0), "final_norm"), position_embedding=0)
    return inputs(draw_text(rng, 1), params, 1)


@exercise.case(tags=("blocks",))
def one_token_and_attention(rng):
    params = scaled(neutral(draw_gpt(rng)), w_out=0, position_embedding=0)
    return inputs(draw_text(rng, 1), params, 1)


@exercise.case(tags=("blocks",))
def one_token_and_feed_forward(rng):
    params = scaled(neutral(draw_gpt(rng)), w_output=0, position_embedding=0)
    return inputs(draw_text(rng, 1), params, 1)


@exercise.case(points=2, tags=("blocks",))
def one_token_and_a_whole_block(rng):
    params = scaled(neutral(draw_gpt(rng)), position_embedding=0)
    return inputs(draw_text(rng, 1), params, 1)


@exercise.case(points=2, tags=("blocks", "places"))
def attention_over_three_tokens(rng):
    return inputs(draw_text(rng, 3), scaled(neutral(draw_gpt(rng)), w_out=0), 1)


@exercise.case(tags=("blocks", "places"))
def attention_with_two_heads(rng):
    return inputs(draw_text(rng, 3), scaled(neutral(draw_gpt(rng)), w_out=0), 2)


@exercise.case(points=2, tags=("blocks", "places"))
def a_whole_block(rng):
    return inputs(draw_text(rng, 3), neutral(draw_gpt(rng)), 2)


@exercise.case(points=2, tags=("blocks", "places", "deep"))
def two_blocks(rng):
    return inputs(draw_text(rng, 3), neutral(draw_gpt(rng, depth=2)), 2)


@exercise.case(tags=("blocks", "places", "deep"))
def three_blocks(rng):
    return inputs(draw_text(rng, 3), neutral(draw_gpt(rng, depth=3)), 2)


@exercise.case(tags=("blocks", "deep"))
def one_token_and_two_blocks(rng):
    params = scaled(neutral(draw_gpt(rng, depth=2)), position_embedding=0)
    return inputs(draw_text(rng, 1), params, 1)


@exercise.case(tags=("blocks",))
def a_first_norm_with_gain_and_bias(rng):
    return inputs(draw_text(rng, 3), scaled(neutral(draw_gpt(rng), "norm_1"), w_out=0), 2)


@exercise.case(tags=("blocks",))
def a_second_norm_with_gain_and_bias(rng):
    return inputs(draw_text(rng, 3), scaled(neutral(draw_gpt(rng), "norm_2"), w_output=0), 2)


@exercise.case(tags=("blocks",))
def biases_in_attention(rng):
    return inputs(draw_text(rng, 3), scaled(neutral(draw_gpt(rng), "attention"), w_out=0), 2)


@exercise.case(tags=("blocks",))
def biases_in_the_feed_forward_part(rng):
    params = scaled(neutral(draw_gpt(rng), "feed_forward"), w_output=0)
    return inputs(draw_text(rng, 3), params, 2)


@exercise.case(tags=("blocks",))
def values_that_are_their_bias(rng):
    params = scaled(neutral(draw_gpt(rng), "b_value"), w_value=0, w_out=0)
    return inputs(draw_text(rng, 3), params, 2)


@exercise.case(tags=("blocks",))
def a_first_layer_that_returns_its_bias(rng):
    params = scaled(neutral(draw_gpt(rng), "b_in"), w_in=0, w_output=0)
    return inputs(draw_text(rng, 3), params, 2)


@exercise.case(tags=("blocks",))
def a_feed_forward_part_that_returns_its_bias(rng):
    params = scaled(neutral(draw_gpt(rng), "b_out"), w_out=0, w_output=0)
    return inputs(draw_text(rng, 3), params, 2)


@exercise.case(tags=("blocks",))
def a_block_whose_norms_return_zeros(rng):
    params = neutral(draw_gpt(rng))
    params["blocks"] = scaled(params["blocks"], gain=0)
    return inputs(draw_text(rng, 3), params, 2)


@exercise.case(tags=("blocks",))
def a_final_norm_that_returns_its_bias(rng):
    params = neutral(draw_gpt(rng), "final_norm")
    params["final_norm"] = scaled(params["final_norm"], gain=0)
    return inputs(draw_text(rng, 3), params, 2)


@exercise.case(tags=("blocks", "places"))
def the_id_zero_is_a_token_like_any_other(rng):
    ids = draw_text(rng, 4)
    ids[1] = 0
    return inputs(ids, neutral(draw_gpt(rng)), 2)


@exercise.case(tags=("blocks", "places", "batch", "oblong"))
def several_texts(rng):
    return inputs(draw_text(rng, 2, 4), neutral(draw_gpt(rng, d=6, words=7)), 3)


@exercise.case(tags=("blocks", "places", "batch", "oblong"))
def texts_under_two_batch_axes(rng):
    return inputs(draw_text(rng, 2, 3, 4), neutral(draw_gpt(rng, places=9)), 2)


@exercise.case(tags=("blocks", "places", "batch", "edge"))
def texts_of_one_token(rng):
    return inputs(draw_text(rng, 3, 1), neutral(draw_gpt(rng)), 2)


@exercise.case(tags=("small",))
def a_tiny_spread_is_held_down_by_eps(rng):
    params = neutral(draw_gpt(rng, depth=0))
    params["token_embedding"] = 0.0002 * params["token_embedding"]
    return inputs(draw_text(rng, 3), scaled(params, position_embedding=0.0002), 1)


@exercise.case(tags=("small", "blocks"))
def a_tiny_spread_within_a_block(rng):
    params = scaled(neutral(draw_gpt(rng)), w_output=0.0001, token_embedding=0.0002)
    return inputs(draw_text(rng, 3), scaled(params, position_embedding=0.0002), 2)


@exercise.case(tags=("edge", "blocks"))
def vectors_of_zeros(rng):
    params = scaled(neutral(draw_gpt(rng), "norm_1", "feed_forward"), position_embedding=0)
    params["token_embedding"][0] = 0
    return inputs(np.zeros(2, dtype=int), params, 2)


@exercise.case(tags=("large", "blocks", "places"))
def embeddings_of_large_magnitude(rng):
    params = scaled(neutral(draw_gpt(rng)), token_embedding=100, position_embedding=100)
    return inputs(draw_text(rng, 3), scaled(params, w_output=100, w_out=100), 2)


@exercise.case(tags=("float32", "blocks", "places"))
def float32_parameters(rng):
    return inputs(draw_text(rng, 4), in_single_precision(neutral(draw_gpt(rng, depth=2))), 2)


@exercise.case(hidden=True, tags=("blocks", "places", "deep", "batch", "oblong"))
def a_whole_model(rng):
    params = draw_gpt(rng, depth=3, d=12, f=20, words=11, places=16)
    return inputs(rng.integers(0, 11, size=(2, 9)), params, 3)


@exercise.mistake
def normalises_behind_the_sums(ids, params, num_heads):
    """You normalise the sums, as a block of 2017 does, and not what goes into each part.

    From GPT-2 on it is x + attention(norm_1(x)): a norm stands before each part, and x itself runs
    past it.
    """
    x = add_positions(embed(ids, params["token_embedding"]), params["position_embedding"])
    mask = causal_mask(ids.shape[-1])
    x = encoder(x, params["blocks"], num_heads, mask=mask, activation="gelu")
    return unembed(layer_norm(x, **params["final_norm"]), params["token_embedding"])


@exercise.mistake
def normalises_behind_the_sums_and_not_at_the_end(ids, params, num_heads):
    """You normalise the sums, as a block of 2017 does, and nothing at the end.

    Here a norm stands before each part, nothing normalises the sums, and so final_norm has to do it
    in the end.
    """
    x = add_positions(embed(ids, params["token_embedding"]), params["position_embedding"])
    mask = causal_mask(ids.shape[-1])
    x = encoder(x, params["blocks"], num_heads, mask=mask, activation="gelu")
    return unembed(x, params["token_embedding"])


@exercise.edit('layer_norm(x, **params["final_norm"])', "x")
def forgets_the_final_norm():
    """You leave the final norm out.

    In pre-norm blocks no norm ever touches x itself. Each part adds to it, so it grows with every
    block, and the logits with it.
    """


@exercise.edit('x = layer_norm(x, **params["final_norm"])', 'x = x * params["final_norm"]["gain"]')
def multiplies_by_the_final_gain_only():
    """You multiply by the gain of the final norm, and normalise nothing."""


@exercise.edit(
    'feed_forward"], activation="gelu")',
    'feed_forward"])\n        x = layer_norm(x, **params["final_norm"])',
)
def normalises_after_every_block():
    """You apply the final norm after every block.

    It stands at the end, once. Between blocks x goes on as it is; is the line indented too far?
    """


@exercise.edit(
    'activation="gelu")\n    x = layer_norm(x, **params["final_norm"])',
    'activation="gelu")\n        x = layer_norm(x, **params["final_norm"])',
)
def has_the_final_norm_within_the_loop():
    """You apply the final norm within the loop, after each block, and no more behind it.

    Between blocks x goes on as it is. The norm stands at the end, once: the line is indented too
    far.
    """


@exercise.edit(
    "    mask = causal_mask(ids.shape[-1])",
    '    x = layer_norm(x, **params["final_norm"])\n    mask = causal_mask(ids.shape[-1])',
)
def normalises_at_the_entrance_too():
    """You normalise the embeddings before the first block, as BERT does.

    In GPT the first norm is norm_1 of the first block, and x itself goes past it unchanged.
    """


@exercise.edit(', activation="gelu"', "")
def leaves_relu_inside():
    """You use relu in the feed-forward parts. It is the default; GPT has gelu."""


@exercise.mistake
def approximates_gelu_with_tanh(ids, params, num_heads):
    """You approximate gelu with tanh.

    OpenAI's GPT-2 does that, and the two differ by up to 0.0005. Here it is x · Phi(x), exactly,
    and your feed_forward has it.
    """
    x = add_positions(embed(ids, params["token_embedding"]), params["position_embedding"])
    mask = causal_mask(ids.shape[-1])
    for block in params["blocks"]:
        y = layer_norm(x, **block["norm_1"])
        x = x + multi_head_attention(y, y, y, block["attention"], num_heads, mask=mask)
        layers = block["feed_forward"]
        u = layer_norm(x, **block["norm_2"]) @ layers["w_in"] + layers["b_in"]
        u = u / 2 * (1 + np.tanh((2 / np.pi) ** 0.5 * (u + 0.044715 * u**3)))
        x = x + u @ layers["w_out"] + layers["b_out"]
    return unembed(layer_norm(x, **params["final_norm"]), params["token_embedding"])


@exercise.edit(", mask=mask", "")
def forgets_the_mask():
    """You let every position see those after it.

    There stands the very token that it has to guess. In training the loss would fall to nothing,
    and in use there is no future to look at.
    """


@exercise.edit("causal_mask(ids.shape[-1])", "causal_mask(ids.shape[-1]).T")
def sees_only_the_future():
    """Your mask is turned round: a position sees itself and what comes after it.

    True says "may attend", with a row for each query. Key j is in the past of query i where j <= i.
    """


@exercise.edit("causal_mask(ids.shape[-1])", "~causal_mask(ids.shape[-1])")
def inverts_the_mask():
    """You hide what may be seen, and let the positions attend to the rest.

    Some libraries mark what is forbidden. In this course True says "may attend".
    """


@exercise.edit("causal_mask(ids.shape[-1])", "np.tri(ids.shape[-1], k=-1, dtype=bool)")
def hides_every_token_from_itself():
    """Your mask hides the token at a position from the position itself.

    What is guessed there is the next token. The one that stands there is known, and says the most
    about what follows.
    """


@exercise.edit("mask=mask", "mask=mask & (ids != 0)[..., None, :]")
def takes_the_id_zero_for_padding():
    """You take the id 0 for padding, and hide it.

    No length was given, so nothing here is padding, and 0 is a token like any other.
    """


@exercise.edit(
    'embed(ids, params["token_embedding"])',
    'embed(ids, params["token_embedding"]) * params["token_embedding"].shape[-1] ** 0.5',
)
def scales_by_the_root_of_d():
    """You multiply the embeddings by the square root of d.

    The transformer of 2017 does that, and GPT does not: its positions are learned, and are as large
    as training makes them.
    """


@exercise.edit('x = add_positions(x, params["position_embedding"])', "pass")
def forgets_the_positions():
    """You leave the position embeddings out.

    Without them a word is the same wherever it stands, and attention sees a bag of words before it.
    """


@exercise.mistake
def takes_sines_for_positions(ids, params, num_heads):
    """You add sines and cosines, as the transformer of 2017 does.

    GPT learns its positions: the table is `position_embedding`.
    """
    table = params["token_embedding"]
    sines = sinusoidal_encoding(ids.shape[-1], table.shape[-1]).astype(table.dtype)
    return gpt(ids, params | {"position_embedding": sines}, num_heads)


@exercise.edit(
    'add_positions(x, params["position_embedding"])',
    'x + params["position_embedding"][-ids.shape[-1]:]',
)
def takes_the_last_positions():
    """You take the last rows of the position table. The first token stands at place 0."""


@exercise.edit(
    'params["position_embedding"])',
    'params["position_embedding"] * params["position_embedding"].shape[-1] ** 0.5)',
)
def scales_the_positions():
    """You multiply the positions by the square root of d. Both tables are used as they are."""


@exercise.edit(
    'add_positions(x, params["position_embedding"])',
    'x + params["position_embedding"][ids % len(params["position_embedding"])]',
)
def looks_positions_up_by_id():
    """You look the position embeddings up with the ids.

    A position is where a token stands, counted from 0, whichever token it is: 0, 1, 2, ...
    """


@exercise.edit(
    "y = layer_norm(x,",
    'x = x if block is params["blocks"][0] else add_positions(x, params["position_embedding"])\n'
    "        y = layer_norm(x,",
)
def adds_positions_to_every_block():
    """You add the positions again before every block. They are added once, at the entrance."""


@exercise.edit("x = x + multi_head_attention", "x = multi_head_attention")
def forgets_the_residual_around_attention():
    """You let attention replace x, and do not add to it.

    A position then knows what it looked at and no longer what it was.
    """


@exercise.edit("x = x + feed_forward", "x = feed_forward")
def forgets_the_residual_around_feed_forward():
    """You let the feed-forward part replace x, and do not add to it.

    All that attention gathered has then to pass through two layers.
    """


@exercise.edit("x = x + multi_head_attention", "x = y + multi_head_attention")
def adds_attention_to_what_was_normalised():
    """You add what attention found to the normalised vectors.

    The residual connection carries x itself, as it was before norm_1. A name for what was
    normalised keeps the two apart.
    """


@exercise.edit("x = x + feed_forward", "x = z + feed_forward")
def adds_feed_forward_to_what_was_normalised():
    """You add what the feed-forward part returns to the normalised vectors.

    The residual connection carries x itself, as it was before norm_2.
    """


@exercise.mistake
def adds_to_what_was_normalised(ids, params, num_heads):
    """You add what each part returns to the normalised vectors.

    `x = norm(x)` loses what x was. The residual connection carries x itself past norm and part, so
    what is normalised needs a name of its own.
    """
    x = add_positions(embed(ids, params["token_embedding"]), params["position_embedding"])
    mask = causal_mask(ids.shape[-1])
    for block in params["blocks"]:
        x = layer_norm(x, **block["norm_1"])
        x = x + multi_head_attention(x, x, x, block["attention"], num_heads, mask=mask)
        x = layer_norm(x, **block["norm_2"])
        x = x + feed_forward(x, block["feed_forward"], activation="gelu")
    return unembed(layer_norm(x, **params["final_norm"]), params["token_embedding"])


@exercise.mistake
def takes_the_eps_of_bert(ids, params, num_heads):
    """You give the norms an eps of 1e-12, as BERT does. GPT has 1e-5, your layer_norm's default."""
    x = add_positions(embed(ids, params["token_embedding"]), params["position_embedding"])
    mask = causal_mask(ids.shape[-1])
    for block in params["blocks"]:
        y = layer_norm(x, **block["norm_1"], eps=1e-12)
        x = x + multi_head_attention(y, y, y, block["attention"], num_heads, mask=mask)
        z = layer_norm(x, **block["norm_2"], eps=1e-12)
        x = x + feed_forward(z, block["feed_forward"], activation="gelu")
    x = layer_norm(x, **params["final_norm"], eps=1e-12)
    return unembed(x, params["token_embedding"])


@exercise.edit('layer_norm(x, **block["norm_1"])', "x")
def forgets_the_norm_before_attention():
    """You give attention x as it is.

    norm_1 stands before it: query, key and value all come from the normalised vectors.
    """


@exercise.edit('layer_norm(x, **block["norm_2"])', "x")
def forgets_the_norm_before_feed_forward():
    """You give the feed-forward part x as it is. norm_2 stands before it."""


@exercise.edit("attention(y, y, y", "attention(y, x, x")
def normalises_queries_only():
    """You normalise the queries, and take keys and values from x as it is.

    It is self-attention: all three come from the same normalised vectors.
    """


@exercise.edit("attention(y, y, y", "attention(y, y, x")
def takes_values_that_are_not_normalised():
    """You take the values from x as it is.

    It is self-attention: query, key and value come from the same normalised vectors.
    """


@exercise.edit('layer_norm(x, **block["norm_2"])', 'layer_norm(y, **block["norm_2"])')
def normalises_what_was_normalised():
    """You give norm_2 what came out of norm_1, and not the new x.

    The feed-forward part then knows nothing of what attention has found.
    """


@exercise.edit('z = layer_norm(x, **block["norm_2"])', "z = y")
def works_beside_attention():
    """You give both parts the same normalised vectors, so that they work side by side.

    Some later models do that. Here the second part works on the sum after the first, with norm_2.
    """


BETWEEN = 'z = layer_norm(x, **block["norm_2"])'
ATTEND = 'x = x + multi_head_attention(y, y, y, block["attention"], num_heads, mask=mask)'


@exercise.edit(f"{ATTEND}\n        {BETWEEN}", f"{BETWEEN}\n        {ATTEND}")
def feeds_both_parts_the_same_x():
    """You let both parts work on the same x, and add up what they return.

    GPT-J does that. Here they come one after the other: norm_2 and the feed-forward part read the
    sum of x and what attention has found.
    """


@exercise.edit('block["norm_2"]', 'block["norm_1"]')
def uses_the_first_norm_twice():
    """You use the gain and bias of norm_1 before both parts. norm_2 belongs to the second."""


@exercise.edit('block["norm_1"]', 'block["norm_2"]')
def uses_the_second_norm_twice():
    """You use the gain and bias of norm_2 before both parts. norm_1 belongs to the first."""


@exercise.edit(
    'params["final_norm"]',
    'params["blocks"][-1]["norm_2"] if params["blocks"] else params["final_norm"]',
)
def uses_the_last_norm_of_a_block_at_the_end():
    """You use norm_2 of the last block at the end. final_norm has a gain and a bias of its own."""


@exercise.mistake
def exchanges_the_norms(ids, params, num_heads):
    """You use norm_2 before attention and norm_1 before the feed-forward part.

    They are numbered in the order in which x meets them.
    """
    blocks = [b | {"norm_1": b["norm_2"], "norm_2": b["norm_1"]} for b in params["blocks"]]
    return gpt(ids, params | {"blocks": blocks}, num_heads)


@exercise.edit('x = x + feed_forward(z, block["feed_forward"], activation="gelu")', "pass")
def leaves_feed_forward_out():
    """You leave the feed-forward parts out. Each block has two halves."""


@exercise.edit('in params["blocks"]', 'in params["blocks"][:1]')
def stops_after_the_first_block():
    """You stop after the first block. Each block goes on from what the one before it made."""


@exercise.edit('in params["blocks"]', 'in params["blocks"][:1] * len(params["blocks"])')
def uses_the_first_block_for_all():
    """You use the parameters of the first block for all. Each block has its own."""


@exercise.edit('in params["blocks"]', 'in params["blocks"][::-1]')
def climbs_from_the_top():
    """You go through the blocks from the last to the first. The list begins with the first."""


@exercise.edit("num_heads", "1")
def attends_with_one_head():
    """You attend with a single head, whatever num_heads says. It has to be handed on."""


@exercise.mistake
def returns_probabilities(ids, params, num_heads):
    """You return probabilities, after a softmax, and logits are wanted.

    A loss takes the softmax itself, and sampling divides by a temperature first.
    """
    return softmax(gpt(ids, params, num_heads))


@exercise.edit("x = layer_norm(x, **params", "return layer_norm(x, **params")
def returns_the_vectors():
    """You return the vectors of the last layer, (..., n, d), and no logits.

    Their dot products with the rows of token_embedding score each token: unembed does that.
    """


@exercise.edit("return unembed(x, ", "return unembed(x[..., -1:, :], ")
def scores_the_last_position_only():
    """You score the last position only.

    That is enough to write one more token. To train, every position is a question of its own.
    """


@exercise.edit(
    'unembed(x, params["token_embedding"])',
    'unembed(x, params["token_embedding"]) / x.shape[-1] ** 0.5',
)
def divides_the_logits_by_the_root_of_d():
    """You divide the logits by the square root of d. That is done to the scores of attention."""


@exercise.mistake
def empties_the_list_of_blocks(ids, params, num_heads):
    """Your logits are right, but you take the blocks out of the caller's own list.

    `pop` leaves the caller with an empty list, and the model has forgotten everything. A `for` loop
    only looks.
    """
    logits = gpt(ids, params, num_heads)
    params["blocks"].clear()
    return logits


@exercise.mistake
def loses_single_precision(ids, params, num_heads):
    """Your logits are right, but a model in float32 gives float64.

    Something on the way is float64: np.sqrt of a Python int, an array made without a dtype, or a
    conversion. The parts that you have written keep the dtype.
    """
    return gpt(ids, params, num_heads).astype(np.float64)
