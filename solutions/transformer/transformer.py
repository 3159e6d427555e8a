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

import math

import numpy as np

from grader.exercise import Exercise, inputs
from solutions.attention.masking import padding_mask
from solutions.attention.softmax import softmax
from solutions.drawing import (
    draw_ids,
    draw_model,
    in_single_precision,
    neutral,
    scaled,
    without_gain,
)
from solutions.transformer.decoder_block import decoder_block
from solutions.transformer.encoder import encoder
from solutions.transformer.positional_encoding import add_positions, sinusoidal_encoding

exercise = Exercise(
    formulas={
        "x = source_embedding": (
            r"x &= \sqrt d\;\text{source\_embedding}[\text{source}] + \text{positions}"
            r" && \text{memory} = \text{encoder}(x)"
        ),
        "y = target_embedding": (
            r"y &= \sqrt d\;\text{target\_embedding}[\text{target}] + \text{positions}"
            r" && \text{then every decoder block}"
        ),
        "logits = y": (
            r"\text{logits} &= y\,w_\text{logits} + b_\text{logits}"
            r" && \text{softmax is left to the caller}"
        ),
    },
    hints=[
        "Follow one source and one target through the model and write the shape at each step."
        " Which steps have you written already, and what is left between them?",
        "The entrance: source and target enter in the same way, each through its own table. A"
        " small function of ids and table saves you from writing it twice. An array of ids is"
        " an index: `table[ids]` has a vector for every id.",
        "The entrance: multiply the looked-up vectors by the root of the table's width, with"
        " math.sqrt. Only then add_positions, with a sinusoidal_encoding for as many positions"
        " as there are ids.",
        "The mask: only the source has padding, and padding_mask makes one mask from its"
        " lengths. Who looks at the words of the source? Where there are no lengths there is no"
        " mask.",
        "The mask: the encoder takes it as `mask`, every decoder block as `memory_mask`. The"
        " decoder blocks hide the future by themselves, so they need no self_mask.",
        "The decoder: a loop like that of your encoder, over params['decoder'], with the memory"
        " as a second argument, the same one in each turn.",
        "The end: after the loop comes one linear layer, w_logits and b_logits, and nothing"
        " after it: no norm, no softmax.",
    ],
)


def enter(ids, table):
    """Look the ids up, scale their vectors, and tell each where it stands: (..., n, d)."""
    n, d = ids.shape[-1], table.shape[-1]
    return add_positions(table[ids] * math.sqrt(d), sinusoidal_encoding(n, d))


@exercise.reference
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
    mask = None if source_lengths is None else padding_mask(source_lengths, source.shape[-1])
    x = enter(source, params["source_embedding"])  # (batch, n_source, d)
    memory = encoder(x, params["encoder"], num_heads, mask=mask)  # (batch, n_source, d)
    y = enter(target, params["target_embedding"])  # (batch, n_target, d)
    for block in params["decoder"]:
        y = decoder_block(y, memory, block, num_heads, memory_mask=mask)
    return y @ params["w_logits"] + params["b_logits"]  # (batch, n_target, V)


exercise.equivalent("source.shape[-1]", "source.shape[1]", "Ids have two axes.")
exercise.equivalent("ids.shape[-1]", "ids.shape[1]", "Ids have two axes.")
exercise.equivalent("table.shape[-1]", "table.shape[1]", "A table has two axes.")


def draw_loud_model(rng, *but, **sizes):
    """Draw a model whose norms return vectors so large that no eps of a later one can be seen.

    Only what is in `but` has biases.
    """
    return neutral(draw_model(rng, **sizes), *but, gain=30.0)


@exercise.case(points=2, tags=("edge",))
def no_blocks_at_all(rng):
    return inputs(*draw_ids(rng, 1, (2, 2)), neutral(draw_model(rng, depths=(0, 0))), 1)


@exercise.case
def a_bias_of_the_logits(rng):
    params = neutral(draw_model(rng), "b_logits")
    params["decoder"] = [without_gain(block, "norm_3") for block in params["decoder"]]
    return inputs(*draw_ids(rng, 1, (2, 2)), params, 1)


@exercise.case(tags=("edge",))
def a_source_and_a_target_of_one_word(rng):
    return inputs(*draw_ids(rng, 1, (1, 1)), neutral(draw_model(rng)), 2)


@exercise.case(points=2)
def one_block_in_each_stack(rng):
    return inputs(*draw_ids(rng, 1, (3, 3)), neutral(draw_model(rng)), 2)


@exercise.case(points=2)
def two_blocks_in_each_stack(rng):
    return inputs(*draw_ids(rng, 1, (3, 3)), neutral(draw_model(rng, depths=(2, 2))), 2)


@exercise.case(tags=("edge",))
def an_encoder_without_blocks(rng):
    return inputs(*draw_ids(rng, 1, (3, 1)), neutral(draw_model(rng, depths=(0, 1))), 2)


@exercise.case(tags=("edge", "oblong"))
def source_embeddings_of_zeros(rng):
    params = scaled(neutral(draw_model(rng)), source_embedding=0)
    return inputs(*draw_ids(rng, 1, (3, 1)), params, 2)


@exercise.case(tags=("edge", "oblong"))
def target_embeddings_of_zeros(rng):
    params = scaled(neutral(draw_model(rng)), target_embedding=0)
    return inputs(*draw_ids(rng, 1, (3, 1)), params, 2)


@exercise.case
def cross_attentions_that_return_zeros(rng):
    params = neutral(draw_model(rng, depths=(1, 2)))
    for block in params["decoder"]:
        block["cross_attention"] = scaled(block["cross_attention"], w_output=0)
    return inputs(*draw_ids(rng, 1, (3, 1)), params, 2)


@exercise.case
def decoder_blocks_that_forget_the_target(rng):
    params = neutral(draw_model(rng, depths=(1, 2)))
    params["decoder"] = [without_gain(block, "norm_1") for block in params["decoder"]]
    return inputs(*draw_ids(rng, 1, (3, 1)), params, 2)


@exercise.case
def decoder_blocks_that_forget_both(rng):
    params = neutral(draw_model(rng, depths=(1, 2)), "feed_forward")
    params["decoder"] = [without_gain(block, "norm_2") for block in params["decoder"]]
    return inputs(*draw_ids(rng, 1, (3, 1)), params, 2)


@exercise.case(tags=("oblong",))
def stacks_of_unequal_height(rng):
    words = (4, 9)
    params = draw_loud_model(rng, d=6, f=5, words=words, depths=(1, 3))
    return inputs(*draw_ids(rng, 1, (2, 4), words), params, 3)


@exercise.case
def norms_with_gains_and_biases(rng):
    params = neutral(draw_model(rng), "norm_1", "norm_2", "norm_3")
    return inputs(*draw_ids(rng, 1, (3, 1)), params, 2)


@exercise.case
def biases_in_every_attention(rng):
    params = neutral(draw_model(rng), "attention", "self_attention", "cross_attention")
    return inputs(*draw_ids(rng, 1, (3, 1)), params, 2)


@exercise.case
def biases_in_every_feed_forward_part(rng):
    return inputs(*draw_ids(rng, 1, (3, 1)), neutral(draw_model(rng), "feed_forward"), 2)


@exercise.case
def the_id_zero_is_a_word_like_any_other(rng):
    source, target = draw_ids(rng, 1, (3, 1))
    source[:, 1:] = 0
    return inputs(source, target, neutral(draw_model(rng)), 2)


@exercise.case
def the_id_zero_in_a_target(rng):
    source, target = draw_ids(rng, 1, (3, 3))
    target[:, 1] = 0
    return inputs(source, target, neutral(draw_model(rng)), 2)


@exercise.case(tags=("batch",))
def a_batch(rng):
    return inputs(*draw_ids(rng, 3, (5, 5)), neutral(draw_model(rng)), 2)


@exercise.case(tags=("batch", "mask", "option"))
def padding_that_only_cross_attention_could_see(rng):
    lengths, params = rng.permutation([2, 3]), neutral(draw_model(rng, depths=(0, 1)))
    return inputs(*draw_ids(rng, 2, (4, 1)), params, 2, source_lengths=lengths)


@exercise.case(tags=("batch", "mask", "broadcast", "option"))
def sources_of_unequal_lengths(rng):
    lengths, params = rng.permutation([1, 3, 4]), draw_loud_model(rng, depths=(2, 2))
    return inputs(*draw_ids(rng, 3, (4, 4)), params, 2, source_lengths=lengths)


@exercise.case(tags=("batch", "option"))
def sources_without_any_padding(rng):
    lengths = np.array([3, 3])
    return inputs(*draw_ids(rng, 2, (3, 1)), neutral(draw_model(rng)), 2, source_lengths=lengths)


@exercise.case(tags=("batch", "mask", "empty_row", "option"))
def a_source_that_is_all_padding(rng):
    lengths = rng.permutation([0, 2])
    return inputs(*draw_ids(rng, 2, (3, 1)), draw_loud_model(rng), 2, source_lengths=lengths)


@exercise.case(tags=("small",))
def a_tiny_spread_is_held_down_by_eps(rng):
    params = scaled(neutral(draw_model(rng), gain=0.01), w_output=0.01, w_out=0.01)
    params |= {name: 0.001 * params[name] for name in ("source_embedding", "target_embedding")}
    return inputs(*draw_ids(rng, 1, (3, 1)), params, 2)


@exercise.case(tags=("large",))
def embeddings_of_large_magnitude(rng):
    params = draw_loud_model(rng)
    params |= {name: 50 * params[name] for name in ("source_embedding", "target_embedding")}
    return inputs(*draw_ids(rng, 1, (3, 1)), params, 2)


@exercise.case(tags=("float32",))
def float32_inputs(rng):
    return inputs(*draw_ids(rng, 1, (4, 1)), in_single_precision(neutral(draw_model(rng))), 2)


@exercise.case(tags=("float32", "batch", "mask", "option"))
def float32_inputs_with_padding(rng):
    lengths, params = rng.permutation([2, 4]), neutral(draw_model(rng, 6, 8))
    params = in_single_precision(params)
    return inputs(*draw_ids(rng, 2, (4, 5)), params, 3, source_lengths=lengths)


@exercise.case(tags=("batch", "mask", "oblong", "option"))
def a_whole_model(rng):
    lengths, params = rng.permutation([2, 4]), draw_model(rng, depths=(2, 2))
    source, target = draw_ids(rng, 2, (4, 3))
    source[:, 0] = target[:, 1] = 0
    return inputs(source, target, params, 2, source_lengths=lengths)


@exercise.case(hidden=True, tags=("batch", "mask", "empty_row", "oblong", "option"))
def a_larger_model(rng):
    words, lengths = (20, 30), rng.permutation([0, 4, 9])
    params = scaled(draw_model(rng, 12, 20, words, depths=(3, 2)), w_output=0.1, w_out=0.1)
    return inputs(*draw_ids(rng, 3, (9, 7), words), params, 3, source_lengths=lengths)


def decode(y, memory, params, num_heads, **masks):
    """Return the logits of a target that has entered, for mistakes that are made before that."""
    for block in params["decoder"]:
        y = decoder_block(y, memory, block, num_heads, **masks)
    return y @ params["w_logits"] + params["b_logits"]


@exercise.mistake
def forgets_the_root_of_the_width(source, target, params, num_heads, source_lengths=None):
    """You do not multiply the embeddings by the root of d.

    Beside the positions they are then weaker than the model is used to. A factor stands between
    looking up and adding.
    """
    scale = math.sqrt(params["target_embedding"].shape[-1])
    tables = {name: params[name] / scale for name in ("source_embedding", "target_embedding")}
    return transformer(source, target, params | tables, num_heads, source_lengths)


@exercise.mistake
def lifts_the_source_only(source, target, params, num_heads, source_lengths=None):
    """You multiply the embedding of the source by the root of d, and not that of the target.

    The two enter the model in the same way, each through its own table.
    """
    table = params["target_embedding"]
    params = params | {"target_embedding": table / math.sqrt(table.shape[-1])}
    return transformer(source, target, params, num_heads, source_lengths)


@exercise.mistake
def lifts_the_target_only(source, target, params, num_heads, source_lengths=None):
    """You multiply the embedding of the target by the root of d, and not that of the source.

    The two enter the model in the same way, each through its own table.
    """
    table = params["source_embedding"]
    params = params | {"source_embedding": table / math.sqrt(table.shape[-1])}
    return transformer(source, target, params, num_heads, source_lengths)


@exercise.mistake
def lifts_by_the_whole_width(source, target, params, num_heads, source_lengths=None):
    """You multiply the embeddings by d, and not by its root.

    Beside them the positions are then weaker than the model is used to.
    """
    scale = math.sqrt(params["target_embedding"].shape[-1])
    tables = {name: params[name] * scale for name in ("source_embedding", "target_embedding")}
    return transformer(source, target, params | tables, num_heads, source_lengths)


@exercise.mistake
def divides_by_the_root(source, target, params, num_heads, source_lengths=None):
    """You divide the embeddings by the root of d, where the model multiplies.

    In attention the root tames scores that grew too large. Here it lifts embeddings that began
    small.
    """
    d = params["target_embedding"].shape[-1]
    tables = {name: params[name] / d for name in ("source_embedding", "target_embedding")}
    return transformer(source, target, params | tables, num_heads, source_lengths)


@exercise.mistake
def scales_the_positions_too(source, target, params, num_heads, source_lengths=None):
    """You multiply by the root of d after the positions have been added, so they grow as well.

    The factor is for the embeddings alone. Which comes first, the product or the sum?
    """
    d = params["target_embedding"].shape[-1]

    def enter_all(ids, table):
        return add_positions(table[ids], sinusoidal_encoding(ids.shape[-1], d)) * math.sqrt(d)

    mask = None if source_lengths is None else padding_mask(source_lengths, source.shape[-1])
    x = enter_all(source, params["source_embedding"])
    memory = encoder(x, params["encoder"], num_heads, mask=mask)
    y = enter_all(target, params["target_embedding"])
    return decode(y, memory, params, num_heads, memory_mask=mask)


@exercise.mistake
def forgets_the_positions(source, target, params, num_heads, source_lengths=None):
    """You add no positions, neither to the source nor to the target.

    Without them the encoder has no sense of order: the source would be a bag of words. Look at what
    is added to the embedding in the formula.
    """
    scale = math.sqrt(params["target_embedding"].shape[-1])
    mask = None if source_lengths is None else padding_mask(source_lengths, source.shape[-1])
    x = params["source_embedding"][source] * scale
    memory = encoder(x, params["encoder"], num_heads, mask=mask)
    y = params["target_embedding"][target] * scale
    return decode(y, memory, params, num_heads, memory_mask=mask)


@exercise.edit(
    'enter(target, params["target_embedding"])',
    'params["target_embedding"][target] * math.sqrt(params["target_embedding"].shape[-1])',
)
def places_the_source_only():
    """You add positions to the source, and none to the target.

    The two enter the model in the same way, each through its own table.
    """


@exercise.edit(
    'enter(source, params["source_embedding"])',
    'params["source_embedding"][source] * math.sqrt(params["source_embedding"].shape[-1])',
)
def places_the_target_only():
    """You add positions to the target, and none to the source.

    The encoder then has no sense of order: the source would be a bag of words. The two enter the
    model in the same way, each through its own table.
    """


@exercise.edit('params["target_embedding"]', 'params["source_embedding"]')
def looks_both_up_in_one_table():
    """You look the target up in the table of the source.

    The same id means another word in another language, and the vocabularies may differ in size. The
    target has a table of its own, `target_embedding`.
    """


@exercise.edit('params["source_embedding"]', 'params["target_embedding"]')
def looks_both_up_in_the_table_of_the_target():
    """You look the source up in the table of the target.

    The same id means another word in another language, and the vocabularies may differ in size. The
    source has a table of its own, `source_embedding`.
    """


@exercise.edit('encoder(x, params["encoder"], num_heads, mask=mask)', "x")
def skips_the_encoder():
    """You give the decoder the embedded source for a memory, and the encoder is never used.

    Its words have not looked at each other yet. The memory is what the encoder returns.
    """


@exercise.mistake
def pairs_the_stacks_block_by_block(source, target, params, num_heads, source_lengths=None):
    """You give each decoder block the output of the encoder block at its own height.

    That is an easy misreading of figure 1 in the paper. Every decoder block reads the same memory:
    what the last encoder block has written. So the stacks need not be equally high.
    """
    mask = None if source_lengths is None else padding_mask(source_lengths, source.shape[-1])
    memory = enter(source, params["source_embedding"])
    y = enter(target, params["target_embedding"])
    for lower, upper in zip(params["encoder"], params["decoder"], strict=False):
        memory = encoder(memory, [lower], num_heads, mask=mask)
        y = decoder_block(y, memory, upper, num_heads, memory_mask=mask)
    return y @ params["w_logits"] + params["b_logits"]


@exercise.mistake
def reads_the_encoder_block_beside_it(source, target, params, num_heads, source_lengths=None):
    """You let decoder block k read what encoder block k has written, where there is such a block.

    That is an easy misreading of figure 1 in the paper. Every decoder block reads the same memory:
    what the last encoder block has written.
    """
    mask = None if source_lengths is None else padding_mask(source_lengths, source.shape[-1])
    x = enter(source, params["source_embedding"])
    y = enter(target, params["target_embedding"])
    for k, block in enumerate(params["decoder"]):
        memory = encoder(x, params["encoder"][: k + 1], num_heads, mask=mask)
        y = decoder_block(y, memory, block, num_heads, memory_mask=mask)
    return y @ params["w_logits"] + params["b_logits"]


@exercise.edit('params["decoder"]', 'params["decoder"][::-1]')
def passes_the_decoder_from_the_top():
    """You pass the blocks of the decoder in reverse, the last one first.

    Each block has been trained on what the one before it in the list makes.
    """


@exercise.edit('params["decoder"]', 'params["decoder"][:1] * len(params["decoder"])')
def uses_the_first_decoder_block_for_all():
    """You use the parameters of the first decoder block for all of them.

    The blocks are alike in form, but each has learned something else. Which parameters belong to
    this turn of the loop?
    """


@exercise.edit('params["decoder"]', 'params["decoder"][:-1]')
def forgets_the_last_decoder_block():
    """You leave the last block of the decoder out.

    range(len(blocks) - 1) is one short, because the end of a range is not part of it. You need no
    numbers to go through a list.
    """


@exercise.edit('params["decoder"]', 'params["decoder"][:1]')
def stops_after_the_first_decoder_block():
    """You use only the first block of the decoder.

    The encoder goes through its list by itself. The decoder's list is for you to go through.
    """


@exercise.edit('params["decoder"]', 'params["decoder"][-1:]')
def gives_every_decoder_block_the_embedded_target():
    """You give every decoder block the embedded target, so only the last one has an effect.

    What the blocks below have found is computed and dropped. Each reads what the one before it has
    written; only the memory stays the same.
    """


@exercise.edit("padding_mask(source_lengths, source.shape[-1])", "None")
def ignores_the_lengths():
    """You take source_lengths and do nothing with them.

    The model reads the padding as if it were words. padding_mask makes a mask of the lengths.
    """


@exercise.edit(", memory_mask=mask", "")
def hides_the_padding_from_the_encoder_only():
    """You hide the padding from the encoder and not from the cross-attention.

    The memory still has a row for every id of the padding, and the target looks at it. The same
    mask serves both.
    """


@exercise.edit(", mask=mask", "")
def hides_the_padding_from_the_decoder_only():
    """You hide the padding from the cross-attention and not from the encoder.

    By then the words of the source have looked at it, and carry it in their own vectors. The same
    mask serves both.
    """


@exercise.edit(
    "None if source_lengths is None else padding_mask(source_lengths, source.shape[-1])",
    "(source != 0)[:, None, :]",
)
def takes_the_id_zero_for_padding():
    """You take every id of 0 in the source for padding.

    Many vocabularies have it so, but this model is told the lengths, and 0 is a word like any
    other. Without lengths nothing is padding.
    """


@exercise.mistake
def takes_the_id_zero_for_padding_in_both(source, target, params, num_heads, source_lengths=None):
    """You take every id of 0 for padding, in the source and in the target.

    Many vocabularies have it so, but here 0 is a word like any other. The lengths tell what is
    padding in the source; a target needs none.
    """
    mask = (source != 0)[:, None, :]
    own = (target != 0)[:, None, :] & np.tri(target.shape[-1], dtype=bool)
    x = enter(source, params["source_embedding"])
    memory = encoder(x, params["encoder"], num_heads, mask=mask)
    y = enter(target, params["target_embedding"])
    return decode(y, memory, params, num_heads, self_mask=own, memory_mask=mask)


@exercise.edit("memory_mask=mask", "self_mask=mask")
def hands_the_padding_to_the_self_attention():
    """You hand the mask of the source to the self-attention, and not to the cross-attention.

    There it takes the place of the causal mask, and hides words of the target. decoder_block has a
    name for the mask of the memory.
    """


@exercise.edit("memory_mask=mask", "self_mask=mask, memory_mask=mask")
def hands_the_padding_to_both_attentions():
    """You hand the mask of the source to both attentions of the decoder.

    In the self-attention it takes the place of the causal mask, and hides words of the target. Only
    the cross-attention looks at the source.
    """


@exercise.edit("block, num_heads", "block, num_heads, np.ones((target.shape[-1],) * 2, dtype=bool)")
def lets_the_target_see_its_future():
    """You let every position of the target see those after it.

    There stands the very word that is asked for. A self_mask that allows everything takes the place
    of the causal one: give decoder_block none.
    """


@exercise.edit(
    ", mask=mask", ", mask=np.tri(source.shape[-1], dtype=bool) & (True if mask is None else mask)"
)
def hides_the_future_of_the_source():
    """You use a causal mask in the encoder as well.

    The source is there from the beginning, so its words may look both ways. Only the target has a
    future to hide.
    """


@exercise.edit(
    "y @", "(y - y.mean(-1, keepdims=True)) / np.sqrt(y.var(-1, keepdims=True) + 1e-5) @"
)
def adds_a_final_norm():
    """You normalise what comes out of the decoder before you make logits of it.

    PyTorch's nn.Transformer does that, and pre-norm models need it. Post-norm blocks end in a norm
    already, and there is no gain and no bias for another one.
    """


@exercise.mistake
def normalises_the_ends_of_both_stacks(source, target, params, num_heads, source_lengths=None):
    """You normalise what comes out of the encoder, and what comes out of the decoder.

    PyTorch's nn.Transformer does that, and pre-norm models need it. Post-norm blocks end in a norm
    already, and there is no gain and no bias for other ones.
    """

    def plain_norm(x):
        return (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-5)

    mask = None if source_lengths is None else padding_mask(source_lengths, source.shape[-1])
    x = enter(source, params["source_embedding"])
    memory = plain_norm(encoder(x, params["encoder"], num_heads, mask=mask))
    y = enter(target, params["target_embedding"])
    for block in params["decoder"]:
        y = decoder_block(y, memory, block, num_heads, memory_mask=mask)
    return plain_norm(y) @ params["w_logits"] + params["b_logits"]


@exercise.mistake
def returns_probabilities(source, target, params, num_heads, source_lengths=None):
    """You return probabilities, after a softmax, and not logits.

    A loss takes the logarithm of a softmax in one stable step, and sampling divides by a
    temperature first: both want the logits as they are.
    """
    return softmax(transformer(source, target, params, num_heads, source_lengths))


@exercise.mistake
def returns_log_probabilities(source, target, params, num_heads, source_lengths=None):
    """You return logarithms of probabilities, after a log-softmax, and not logits.

    A loss takes that step itself, and whoever wants probabilities takes a softmax: both begin with
    the logits as they are.
    """
    logits = transformer(source, target, params, num_heads, source_lengths)
    return np.log(softmax(logits))


@exercise.edit('y @ params["w_logits"] + params["b_logits"]', "y")
def returns_the_vectors():
    """You return what the last decoder block made, and no logits.

    These are d features, and a score is wanted for each word of the vocabulary. One linear layer is
    missing, with w_logits and b_logits.
    """


@exercise.edit('y @ params["w_logits"]', 'y[:, -1] @ params["w_logits"]')
def returns_the_last_position_only():
    """You return the logits of the last position only.

    To generate a word they are all one needs. To train, every position of the target is a question
    of its own.
    """


@exercise.edit('params["w_logits"]', 'params["target_embedding"].T')
def makes_logits_with_the_embedding():
    """You make the logits with the transposed table of the target.

    The paper lets the two share their numbers, but here the model has a w_logits of its own.
    """


@exercise.edit(' + params["b_logits"]', "")
def forgets_the_bias_of_the_logits():
    """You leave out b_logits.

    It lets the model prefer frequent words such as "the", whatever it has read. A linear layer is
    x w + b.
    """


@exercise.mistake
def attends_with_one_head(source, target, params, num_heads, source_lengths=None):
    """You attend with a single head, whatever `num_heads` says.

    The weights do not tell how many heads they were trained for. Encoder and decoder blocks both
    have to be told.
    """
    return transformer(source, target, params, 1, source_lengths)


@exercise.mistake
def loses_single_precision(source, target, params, num_heads, source_lengths=None):
    """Your logits are right, but a model in float32 gives float64.

    Two things in the entrance are float64 unless you see to it: np.sqrt of a Python int, and the
    table of positions. math.sqrt and add_positions keep the dtype.
    """
    return transformer(source, target, params, num_heads, source_lengths).astype(np.float64)


@exercise.mistake
def takes_id_zero_for_padding(source, target, params, num_heads, source_lengths=None):
    """You take ids of 0 in the source for padding where no lengths are given.

    Many vocabularies do have such an id. Here None means that every id is real, and 0 is a word
    like any other.
    """
    if source_lengths is not None:
        return transformer(source, target, params, num_heads, source_lengths)
    real = (source != 0)[:, None, :]
    memory = encoder(
        enter(source, params["source_embedding"]), params["encoder"], num_heads, mask=real
    )
    y = enter(target, params["target_embedding"])
    for block in params["decoder"]:
        y = decoder_block(y, memory, block, num_heads, memory_mask=real)
    return y @ params["w_logits"] + params["b_logits"]
