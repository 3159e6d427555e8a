"""Calls of the course's functions that PyTorch can answer too, drawn from a fixed seed.

A row that may attend to nothing is among the samples only where PyTorch's answer comes from
F.scaled_dot_product_attention, which gives zeros since version 2.5; torch.softmax gives NaN.
"""

from typing import Any, NamedTuple

import numpy as np
from drawing import (
    activation_of,
    attention_params,
    batch_axes,
    call,
    choices,
    decoder_block_params,
    emptied,
    encoder_block_params,
    eps_of,
    feed_forward_params,
    mask_of,
    norm_params,
    numbers,
    sizes,
)

SEED = 2017
COUNT = 42  # 2 activations x 3 numbers of batch axes x 7 kinds of mask: each combination once


class Sample(NamedTuple):
    """One call, in the terms of the curriculum."""

    function: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


def samples(exercise):
    """Return `COUNT` calls of every function of `exercise`, the same ones each time."""
    calls = []
    for draw in DRAWS[exercise]:
        rng = np.random.default_rng(SEED)
        for k in range(COUNT):
            args, kwargs = draw(rng, k)
            calls.append(Sample(draw.__name__, args, kwargs))
    return calls


def outputs(result):
    """Return the results of a call as a tuple, be they one or several; a list of ids is one.

    None is no result.
    """
    if result is None:
        return ()
    if isinstance(result, list):
        return (np.array(result),)
    if isinstance(result, dict):
        return tuple(result.values())
    return sum(map(outputs, result), ()) if isinstance(result, tuple) else (result,)


def softmax(rng, k):
    """Draw scores up to 1e4, along any axis; in every fifth sample some are -inf."""
    scores = numbers(rng, *sizes(rng, 1 + k % 4), scale=(1, 30, 10_000)[k % 3])
    axis = int(rng.integers(-scores.ndim, scores.ndim)) if k % 7 else -1
    if k % 5 == 0:
        rows = np.moveaxis(scores, axis, -1)
        rows[~choices(rng, *rows.shape)] = -np.inf
    return call(scores, axis=axis if k % 7 else None)


def dot_scores(rng, k):
    """Draw queries and keys of unequal numbers and of one width."""
    batch, (n_query, n_key, d_k) = batch_axes(rng, k), sizes(rng, 3)
    return call(numbers(rng, *batch, n_query, d_k), numbers(rng, *batch, n_key, d_k))


def scaled_dot_scores(rng, k):
    """Draw the same ones, to be scaled."""
    return dot_scores(rng, k)


def additive_scores(rng, k):
    """Draw queries and keys of unequal numbers and widths; every fifth query is long."""
    batch, (n_query, n_key, d_q, d_k, a) = batch_axes(rng, k), sizes(rng, 5)
    query = numbers(rng, *batch, n_query, d_q, scale=1 if k % 5 else 500)
    weights = numbers(rng, d_q, a), numbers(rng, d_k, a), numbers(rng, a)
    return call(query, numbers(rng, *batch, n_key, d_k), *weights)


def causal_mask(rng, k):
    """Ask for every size in turn."""
    return call(k + 1)


def padding_mask(rng, k):
    """Draw lengths from none to all."""
    n = int(rng.integers(1, 10))
    return call(rng.integers(0, n + 1, size=rng.integers(1, 6)), n)


def masked_softmax(rng, k):
    """Draw a batch of scores and a mask that broadcasts to them."""
    batch, (n_query, n_key) = batch_axes(rng, k), sizes(rng, 2)
    scores = numbers(rng, *batch, n_query, n_key, scale=(1, 1000)[k % 2])
    return call(scores, mask=mask_of(rng, k, batch, n_query, n_key))


def attention(rng, k):
    """Draw as many values as keys, with widths of their own; every fifth query is long."""
    batch, (n_query, n_key, d_key, d_value) = batch_axes(rng, k), sizes(rng, 4)
    query = numbers(rng, *batch, n_query, d_key, scale=1 if k % 5 else 500)
    key, value = numbers(rng, *batch, n_key, d_key), numbers(rng, *batch, n_key, d_value)
    return call(query, key, value, mask=mask_of(rng, k, batch, n_query, n_key))


def self_attention(rng, k):
    """Draw a sequence with queries, keys and values of widths of their own."""
    batch, (n, d, d_k, d_v) = batch_axes(rng, k), sizes(rng, 4)
    weights = (numbers(rng, d, width) for width in (d_k, d_k, d_v))
    mask = emptied(mask_of(rng, k, batch, n, n), k)
    return call(numbers(rng, *batch, n, d), *weights, mask=mask)


def split_heads(rng, k):
    """Draw a sequence whose features divide among the heads."""
    n, h, d_head = sizes(rng, 3)
    return call(numbers(rng, *batch_axes(rng, k), n, h * d_head), h)


def merge_heads(rng, k):
    """Draw the narrow sequences of some heads."""
    return call(numbers(rng, *batch_axes(rng, k), *sizes(rng, 3)))


def multi_head_attention(rng, k):
    """Draw queries and keys of unequal numbers, and weights with every bias."""
    batch, (n_query, n_key, h, d_head) = batch_axes(rng, k), sizes(rng, 4, most=4)
    query = numbers(rng, *batch, n_query, h * d_head)
    key, value = numbers(rng, 2, *batch, n_key, h * d_head)
    mask = mask_of(rng, k, batch, n_query, n_key)
    return call(query, key, value, attention_params(rng, h * d_head), h, mask=mask)


def sinusoidal_encoding(rng, k):
    """Draw a length and an even width."""
    return call(int(rng.integers(1, 21)), 2 * int(rng.integers(1, 9)))


def add_positions(rng, k):
    """Draw a table that is long enough for the sequence, or longer."""
    n, spare, d = sizes(rng, 3)
    table = numbers(rng, n + spare - 1, d)
    return call(numbers(rng, *batch_axes(rng, k), n, d), table)


def layer_norm(rng, k):
    """Draw vectors off centre, and an eps that is not always the default."""
    n, d = sizes(rng, 2, most=7)
    x = numbers(rng, *batch_axes(rng, k), n, d, scale=3) + numbers(rng, n, 1, scale=3)
    return call(x, *norm_params(rng, d).values(), eps=eps_of(k))


def relu(rng, k):
    """Draw numbers around zero in one to four axes."""
    return call(numbers(rng, *sizes(rng, 1 + k % 4), scale=(1, 10)[k % 2]))


def gelu(rng, k):
    """Draw numbers from where the curve bends to where it is straight."""
    return call(numbers(rng, *sizes(rng, 1 + k % 4), scale=(1, 4)[k % 2]))


def feed_forward(rng, k):
    """Draw a layer that is wider, or narrower, inside."""
    n, d, f = sizes(rng, 3, most=7)
    x = numbers(rng, *batch_axes(rng, k), n, d)
    return call(x, feed_forward_params(rng, d, f), activation=activation_of(k))


def add_norm(rng, k):
    """Draw what went into a part and what came out, off centre."""
    n, d = sizes(rng, 2, most=7)
    x, sublayer_output = numbers(rng, 2, *batch_axes(rng, k), n, d, scale=2)
    return call(x, sublayer_output, *norm_params(rng, d).values(), eps=eps_of(k))


def encoder_block(rng, k):
    """Draw a whole block: any mask, either activation, several eps."""
    batch, (n, h, d_head, f) = batch_axes(rng, k), sizes(rng, 4, most=4)
    params = encoder_block_params(rng, h * d_head, 2 * f)
    options = {
        "mask": mask_of(rng, k, batch, n, n),
        "activation": activation_of(k),
        "eps": eps_of(k),
    }
    return call(numbers(rng, *batch, n, h * d_head), params, h, **options)


def encoder(rng, k):
    """Draw a stack of one to three blocks."""
    batch, (n, h, d_head, f) = batch_axes(rng, k), sizes(rng, 4, most=4)
    blocks = [encoder_block_params(rng, h * d_head, 2 * f) for _ in range(1 + k % 3)]
    options = {
        "mask": emptied(mask_of(rng, k, batch, n, n), k),
        "activation": activation_of(k),
        "eps": eps_of(k),
    }
    return call(numbers(rng, *batch, n, h * d_head), blocks, h, **options)


def decoder_block(rng, k):
    """Draw a target and a memory of unequal lengths, half of the targets without a mask."""
    batch, (n, n_memory, h, d_head, f) = batch_axes(rng, k), sizes(rng, 5, most=4)
    d = h * d_head
    options = {
        "self_mask": None if k % 2 else mask_of(rng, k // 2, batch, n, n),
        "memory_mask": emptied(mask_of(rng, k, batch, n, n_memory), k),
        "activation": activation_of(k),
        "eps": eps_of(k),
    }
    sequences = numbers(rng, *batch, n, d), numbers(rng, *batch, n_memory, d)
    return call(*sequences, decoder_block_params(rng, d, 2 * f), h, **options)


def transformer(rng, k):
    """Draw a whole model: stacks of unequal height, sources that are partly or all padding."""
    n_source, n_target, h, f = sizes(rng, 4, most=4)
    batch, (v_source, v) = int(rng.integers(1, 4)), sizes(rng, 2, most=7)
    d = h * 2 * int(rng.integers(1, 3))
    params = {
        "source_embedding": numbers(rng, v_source, d, scale=d**-0.5),
        "target_embedding": numbers(rng, v, d, scale=d**-0.5),
        "encoder": [encoder_block_params(rng, d, 2 * f) for _ in range(1 + k % 3)],
        "decoder": [decoder_block_params(rng, d, 2 * f) for _ in range(1 + k % 2)],
        "w_logits": numbers(rng, d, v),
        "b_logits": numbers(rng, v),
    }
    source = rng.integers(v_source, size=(batch, n_source))
    target = rng.integers(v, size=(batch, n_target))
    lengths = rng.integers(0, n_source + 1, size=batch) if k % 3 else None
    return call(source, target, params, h, source_lengths=lengths)


def shares(rng, k):
    """Draw numbers above 0."""
    return call(1 + np.abs(numbers(rng, *sizes(rng, 1 + k % 4))))


def centre(rng, k):
    """Draw sentences."""
    return call(numbers(rng, *batch_axes(rng, k), *sizes(rng, 2)))


def swap_last_two(rng, k):
    """Draw tables, or stacks of them."""
    return centre(rng, k)


def pair_differences(rng, k):
    """Draw rows of unequal lengths."""
    batch, (n, m) = batch_axes(rng, k), sizes(rng, 2)
    return call(numbers(rng, *batch, n), numbers(rng, *batch, m))


def divide_by_root(rng, k):
    """Draw vectors in one to four axes."""
    return call(numbers(rng, *sizes(rng, 1 + k % 4)))


def embed(rng, k):
    """Draw texts in ids, and a table with a row for each of a small vocabulary."""
    v, d, n = sizes(rng, 3, most=7)
    return call(rng.integers(v, size=(*batch_axes(rng, k), n)), numbers(rng, v, d))


def unembed(rng, k):
    """Draw vectors for each position of a text, and a table as wide."""
    v, d, n = sizes(rng, 3, most=7)
    return call(numbers(rng, *batch_axes(rng, k), n, d), numbers(rng, v, d))


def log_probabilities(rng, k):
    """Draw logits up to 1e4."""
    return call(numbers(rng, *sizes(rng, 1 + k % 4, most=7), scale=(1, 30, 10_000)[k % 3]))


def cross_entropy(rng, k):
    """Draw logits up to 1e4 and targets; of two thirds some are ignored, a half by another id."""
    v, n = int(rng.integers(2, 8)), int(rng.integers(1, 8))
    shape = (*batch_axes(rng, k), n)
    ignore_id = (None, 0, -1, None)[k % 4]
    targets = rng.integers(v, size=shape)
    targets[..., 0] = rng.integers(1, v)  # one that counts
    if k % 3:
        ignored = rng.random(shape) < 0.4
        ignored[..., 0] = False
        targets[ignored] = -100 if ignore_id is None else ignore_id
    logits = numbers(rng, *shape, v, scale=(1, 30, 10_000)[k % 3])
    return call(logits, targets, ignore_id=ignore_id)


def greedy(rng, k):
    """Draw logits of which several may be the largest."""
    return call(rng.integers(-3, 4, size=int(rng.integers(1, 9))) / 2.0)


def sample(rng, k):
    """Draw logits, in some samples with tokens that may not come, and a draw from 0 on."""
    v = int(rng.integers(1, 9))
    logits = numbers(rng, v, scale=(1, 3, 500)[k % 3])
    if k % 4 == 0:
        logits[~choices(rng, v)] = -np.inf
    draw = 0.0 if k % 6 == 0 else float(np.round(rng.random() * 64) / 65)
    return call(logits, draw, temperature=(None, 0.5, 2.0, 1.0)[k % 4])


def top_k_filter(rng, k):
    """Draw rows without equals, and a k that may be larger than they are long."""
    v = int(rng.integers(1, 9))
    rows = np.ones((*batch_axes(rng, k), 1)) * np.arange(v) / 4 - 1
    return call(rng.permuted(rows, axis=-1), int(rng.integers(1, 11)))


def generate(rng, k):
    """Draw a bigram model, and half of the time draws to sample by."""
    v, n, new = int(rng.integers(2, 7)), int(rng.integers(1, 4)), int(rng.integers(0, 9))
    prompt = [int(each) for each in rng.integers(v, size=n)]
    draws = np.round(rng.random(new) * 64) / 65 if k % 2 else None
    return call(numbers(rng, v, v), prompt, new, int(rng.integers(v)), draws=draws)


def decode_step(rng, k):
    """Draw the newest token, and behind every fourth of them no cache."""
    batch, (t, d, d_k, d_v) = batch_axes(rng, k), sizes(rng, 4)
    weights = (numbers(rng, d, width) for width in (d_k, d_k, d_v))
    key, value = (numbers(rng, *batch, t, width) for width in (d_k, d_v))
    x = numbers(rng, *batch, 1, d, scale=1 if k % 5 else 100)
    return call(x, {"key": key, "value": value} if k % 4 else None, *weights)


def global_norm(rng, k):
    """Draw one to four gradients of one to three axes, in every seventh sample zeros."""
    scale = 0 if k % 7 == 0 else (1, 30)[k % 2]
    names = "abcd"[: 1 + k % 4]
    return call(
        {name: numbers(rng, *sizes(rng, 1 + i % 3), scale=scale) for i, name in enumerate(names)}
    )


def clip_by_global_norm(rng, k):
    """Draw the same, and a length that is sometimes enough."""
    (grads,), _ = global_norm(rng, k)
    return call(grads, (0.5, 2.0, 25.0)[k % 3])


def warmup_rate(rng, k):
    """Draw a step before, at or after the peak."""
    warmup_steps = int(rng.integers(1, 60))
    step = (warmup_steps, int(rng.integers(1, warmup_steps + 1)), int(rng.integers(1, 400)))[k % 3]
    return call(step, int(rng.integers(1, 1025)), warmup_steps)


def smooth_targets(rng, k):
    """Draw targets in none to two axes."""
    v, epsilon = int(rng.integers(1, 9)), (0.0, 0.1, 0.25, 1.0)[k % 4]
    return call(np.asarray(rng.integers(v, size=batch_axes(rng, k))), v, epsilon)


def smoothed_cross_entropy(rng, k):
    """Draw logits up to 1e4 for such targets."""
    (targets, v, epsilon), _ = smooth_targets(rng, k)
    return call(
        numbers(rng, *targets.shape, v, scale=(1, 30, 10_000)[k // 3 % 3]), targets, epsilon
    )


def xavier_uniform(rng, k):
    """Draw from [0, 1) in steps of 1/64, for layers of any size."""
    draws = rng.integers(64, size=sizes(rng, 1 + k % 4)) / 64
    return call(draws, *sizes(rng, 2, most=60))


def score_std(rng, k):
    """Draw spreads and a width."""
    query_std, key_std = (rng.integers(1, 200, size=2) / 64).tolist()
    return call(query_std, key_std, 1 + k % 8)


def dropout(rng, k):
    """Draw numbers and draws of one shape, and a rate from 0 to 1."""
    shape = sizes(rng, 1 + k % 4)
    draws = rng.integers(64, size=shape) / 64
    return call(numbers(rng, *shape), draws, (0.0, 0.125, 0.5, 0.75, 1.0)[k % 5])


def softmax_backward(rng, k):
    """Draw weights in sixteenths, and a gradient for each."""
    n = int(rng.integers(1, 9))
    rows = rng.multinomial(16 - n, np.full(n, 1 / n), size=sizes(rng, k % 4)) + 1
    return call(rows / 16, numbers(rng, *rows.shape))


def attention_backward(rng, k):
    """Draw unequal lengths and widths, any mask; in some samples a query may attend to nothing."""
    batch, (n_query, n_key, d_k, d_v) = batch_axes(rng, k), sizes(rng, 4)
    query = numbers(rng, *batch, n_query, d_k, scale=1 if k % 5 else 30)
    key, value = (numbers(rng, *batch, n_key, d) for d in (d_k, d_v))
    mask = emptied(mask_of(rng, k, batch, n_query, n_key), k)
    return call(query, key, value, numbers(rng, *batch, n_query, d_v), mask=mask)


def loss_scale_step(rng, k):
    """Draw gradients of one precision, in a third of the samples one that is not finite."""
    dtype = (np.float64, np.float32, np.float16)[k % 3]
    shapes = {name: sizes(rng, 1 + i) for i, name in enumerate("abc"[: 1 + k % 3])}
    grads = {name: numbers(rng, *shape, scale=30) for name, shape in shapes.items()}
    if k % 4 == 0:
        grads["a"][0] = (np.inf, -np.inf, np.nan)[k // 4 % 3]
    grads = {name: grad.astype(dtype) for name, grad in grads.items()}
    interval = int(rng.integers(1, 5))
    good_steps = int(rng.integers(0, interval))
    scale = 2.0 ** int(rng.integers(0, 20))
    return call(grads, scale, good_steps, growth_interval=interval)


def forward_and_back(rng, k):
    """Draw a stack of one to seven layers, and segments that are sometimes longer than it."""
    batch, widths = batch_axes(rng, k), sizes(rng, 2 + k % 7)
    weights = [numbers(rng, *pair) for pair in zip(widths, widths[1:], strict=False)]
    x, grad = numbers(rng, *batch, widths[0]), numbers(rng, *batch, widths[-1])
    return call(x, weights, int(rng.integers(1, 9)), grad)


def gpt(rng, k):
    """Draw a model of none to three blocks, whose places are enough or more."""
    batch, (n, h, d_head, f, v, spare) = batch_axes(rng, k), sizes(rng, 6, most=4)
    d = h * d_head
    params = {
        "token_embedding": numbers(rng, v, d),
        "position_embedding": numbers(rng, n + spare - 1, d, scale=0.5),
        "blocks": [encoder_block_params(rng, d, 2 * f) for _ in range(k % 4)],
        "final_norm": norm_params(rng, d),
    }
    return call(rng.integers(v, size=(*batch, n)), params, h)


def mask_tokens(rng, k):
    """Draw texts of which half is selected, or less, and some is special."""
    shape = (*batch_axes(rng, k), int(rng.integers(1, 12)))
    ids, replacements = rng.integers(0, 50, size=(2, *shape))
    draws = rng.integers(64, size=(*shape, 2)) / 64
    draws[..., 0] *= (1.0, 0.25)[k % 2]
    return call(ids, draws, replacements, int(rng.integers(50)), rng.random(shape) < 0.2)


def bert_embed(rng, k):
    """Draw two texts as one, and an eps that is not always the default."""
    (v, d, n, spare), batch = sizes(rng, 4, most=7), batch_axes(rng, k)
    rows = {"token": v, "position": n + spare - 1, "segment": 2}
    params = {f"{name}_embedding": numbers(rng, count, d) for name, count in rows.items()}
    ids, segments = (rng.integers(most, size=(*batch, n)) for most in (v, 2))
    return call(ids, segments, params | {"norm": norm_params(rng, d)}, eps=eps_of(k))


def patchify(rng, k):
    """Draw images of one to three patches each way, with one to four channels."""
    patch, rows, columns, channels = sizes(rng, 4, most=3)
    shape = (*batch_axes(rng, k), rows * patch, columns * patch, channels + k % 2)
    return call(numbers(rng, *shape), patch)


def vit_embed(rng, k):
    """Draw such images, and what a Vision Transformer of any width makes of them."""
    (image, patch), _ = patchify(rng, k)
    height, width, channels = image.shape[-3:]
    pixels, d = patch * patch * channels, int(rng.integers(1, 7))
    params = {
        "w_patch": numbers(rng, pixels, d),
        "b_patch": numbers(rng, d),
        "class_token": numbers(rng, d),
        "position_embedding": numbers(rng, 1 + height * width // patch**2, d),
    }
    return call(image, params, patch)


def clip_loss(rng, k):
    """Draw pairs of any number and width, of which none is all zeros, and a scale up to 100."""
    n, d = sizes(rng, 2, most=9)
    image, text = np.copysign(np.abs(numbers(rng, 2, n, d, scale=3)) + 1, numbers(rng, 2, n, d))
    return call(image, text, (0.0, -1.0, 2.5, 4.5)[k % 4])


def rms_norm(rng, k):
    """Draw vectors off centre, and an eps that is not always the default."""
    (x, gain, _), options = layer_norm(rng, k)
    return call(x, gain, **options)


def rotary(rng, k):
    """Draw an even width, positions in any order, and a base that is not always the default."""
    n, pairs = sizes(rng, 2)
    x = numbers(rng, *batch_axes(rng, k), n, 2 * pairs)
    return call(x, rng.integers(100, size=n), base=(None, 500.0, 500_000.0)[k // 3 % 3])


def swiglu(rng, k):
    """Draw a layer that is wider, or narrower, inside; some gates are wide open or shut."""
    n, d, f = sizes(rng, 3, most=7)
    w_gate, w_up = numbers(rng, 2, d, f)
    x = numbers(rng, *batch_axes(rng, k), n, d, scale=(1, 4)[k % 2])
    return call(x, w_gate, w_up, numbers(rng, f, d))


def repeat_kv(rng, k):
    """Draw some heads, each to be shared by one to five."""
    return call(numbers(rng, *batch_axes(rng, k), *sizes(rng, 3)), 1 + k % 5)


def graph_attention(rng, k):
    """Draw a graph in which edges may lead one way, and nodes be alone or their own neighbours."""
    n, d_in, d_out = sizes(rng, 3, most=7)
    adjacency = rng.random((n, n)) < (0.1, 0.4, 0.8)[k % 3]
    a_source, a_target = numbers(rng, 2, d_out, scale=(1, 30)[k % 2])
    arrays = numbers(rng, n, d_in), adjacency, numbers(rng, d_in, d_out), a_source, a_target
    return call(*arrays, slope=(None, 0.5, 0.0, 0.01)[k % 4])


def pyramid(rng, k):
    """Draw recordings of even and odd length."""
    n, d = 2 + k % 9, int(rng.integers(1, 6))
    return call(numbers(rng, *batch_axes(rng, k), n, d))


def attend(rng, k):
    """Draw a state, and frames that are narrower or wider; every fifth state is long."""
    batch, (n, d_s, d_l, a) = batch_axes(rng, k), sizes(rng, 4)
    state = numbers(rng, *batch, d_s, scale=1 if k % 5 else 100)
    listened = numbers(rng, *batch, n, d_l)
    return call(state, listened, numbers(rng, d_s, a), numbers(rng, d_l, a))


def returns_to_go(rng, k):
    """Draw the rewards of episodes."""
    return call(numbers(rng, *batch_axes(rng, k), int(rng.integers(1, 12)), scale=5))


def interleave(rng, k):
    """Draw three vectors for each step."""
    return call(*numbers(rng, 3, *batch_axes(rng, k), *sizes(rng, 2)))


def previous_token_score(rng, k):
    """Draw the weights of a model, in thirty-seconds; in every third sample rows are cut off."""
    n = 2 + k % 6
    shape = (*sizes(rng, 1), *batch_axes(rng, k), *sizes(rng, 1, most=4), n)
    weights = rng.multinomial(32, np.full(n, 1 / n), size=shape) / 32
    if k % 3 == 0:
        weights = np.tril(weights)
    return call(weights)


def entropy(rng, k):
    """Draw the same ones: some are 0, and in some samples whole rows are."""
    return previous_token_score(rng, k)


def rollout(rng, k):
    """Draw the same ones."""
    return previous_token_score(rng, k)


def local_attention(rng, k):
    """Draw queries, keys and values of one length, and a window of none up to more than all."""
    batch, (n, d_k, d_v) = batch_axes(rng, k), sizes(rng, 3, most=9)
    query, key = (numbers(rng, *batch, n, d_k, scale=1 if k % 5 else 30) for _ in range(2))
    return call(query, key, numbers(rng, *batch, n, d_v), int(rng.integers(0, n + 2)))


def strided_mask(rng, k):
    """Draw a length and a stride, which may be longer."""
    return call(*sizes(rng, 2, most=12))


def block_sparse_attention(rng, k):
    """Draw any layout; in it, a block of queries may see nothing."""
    batch, (blocks, block_size, d_k, d_v) = batch_axes(rng, k), sizes(rng, 4)
    n = blocks * block_size
    query, key = (numbers(rng, *batch, n, d_k, scale=1 if k % 5 else 30) for _ in range(2))
    layout = rng.random((blocks, blocks)) < (0.3, 0.6, 1.0)[k % 3]
    return call(query, key, numbers(rng, *batch, n, d_v), block_size, layout)


def linear_attention(rng, k):
    """Draw queries, keys and values of one length, half of them causal."""
    batch, (n, d_k, d_v) = batch_axes(rng, k), sizes(rng, 3, most=9)
    query, key = (numbers(rng, *batch, n, d_k, scale=1 if k % 5 else 3) for _ in range(2))
    return call(query, key, numbers(rng, *batch, n, d_v), causal=(None, True)[k % 2])


def memory_efficient_attention(rng, k):
    """Draw blocks of which the last may be shorter, or the only one; half of them causal."""
    batch, (n, d_k, d_v) = batch_axes(rng, k), sizes(rng, 3, most=9)
    query, key = (numbers(rng, *batch, n, d_k, scale=1 if k % 5 else 30) for _ in range(2))
    block_size = int(rng.integers(1, n + 2))
    return call(query, key, numbers(rng, *batch, n, d_v), block_size, causal=(None, True)[k % 2])


DRAWS = {
    "axes": (shares, centre, swap_last_two, pair_differences, divide_by_root),
    "softmax": (softmax,),
    "attention_scores": (dot_scores, scaled_dot_scores, additive_scores),
    "masking": (causal_mask, padding_mask, masked_softmax),
    "attention": (attention,),
    "self_attention": (self_attention,),
    "multi_head": (split_heads, merge_heads),
    "multi_head_attention": (multi_head_attention,),
    "positional_encoding": (sinusoidal_encoding, add_positions),
    "layer_norm": (layer_norm,),
    "feed_forward": (relu, gelu, feed_forward),
    "add_norm": (add_norm,),
    "encoder_block": (encoder_block,),
    "encoder": (encoder,),
    "decoder_block": (decoder_block,),
    "transformer": (transformer,),
    "embedding": (embed, unembed),
    "next_token": (log_probabilities, cross_entropy),
    "decoding": (greedy, sample, top_k_filter, generate),
    "kv_cache": (decode_step,),
    "gradient_clipping": (global_norm, clip_by_global_norm),
    "warmup": (warmup_rate,),
    "initialization": (xavier_uniform, score_std),
    "dropout": (dropout,),
    "attention_backward": (softmax_backward, attention_backward),
    "mixed_precision": (loss_scale_step,),
    "checkpointing": (forward_and_back,),
    "label_smoothing": (smooth_targets, smoothed_cross_entropy),
    "gpt": (gpt,),
    "bert": (mask_tokens, bert_embed),
    "vit": (patchify, vit_embed),
    "clip": (clip_loss,),
    "llama": (rms_norm, rotary, swiglu, repeat_kv),
    "graph_attention": (graph_attention,),
    "listen_attend_spell": (pyramid, attend),
    "decision_transformer": (returns_to_go, interleave),
    "attention_patterns": (previous_token_score, entropy, rollout),
    "local_attention": (local_attention,),
    "sparse_attention": (strided_mask, block_sparse_attention),
    "linear_attention": (linear_attention,),
    "memory_efficient_attention": (memory_efficient_attention,),
}
EXERCISES = tuple(DRAWS)
