"""What PyTorch answers to a call of a course function: its own layers, fed the same parameters."""

import math

import layers
import torch
import torch.nn.functional as F  # noqa: N812
from torch import nn
from torch.utils.checkpoint import checkpoint


def oracle(function, args, kwargs):
    """Return PyTorch's answer to `function(*args, **kwargs)`, in NumPy arrays."""
    return _arrays(ORACLES[function](*_tensors(args), **_tensors(kwargs)))


def shares(x):
    """Ask F.normalize for rows whose magnitudes sum to 1."""
    return F.normalize(x, p=1, dim=-1)


def centre(x):
    """Subtract the mean over the axis that is last but one."""
    return x - torch.mean(x, dim=-2, keepdim=True)


def swap_last_two(x):
    """Ask for the transposed matrices."""
    return x.mT


def pair_differences(left, right):
    """Add the axes by name of their place."""
    return left.unsqueeze(-1) - right.unsqueeze(-2)


def divide_by_root(x):
    """Divide by the root that the math module finds."""
    return torch.div(x, math.sqrt(x.shape[-1]))


def softmax(scores, axis=-1):
    """Ask torch.softmax."""
    return torch.softmax(scores, dim=axis)


def dot_scores(query, key):
    """Sum over the features by name."""
    return torch.einsum("...qd,...kd->...qk", query, key)


def scaled_dot_scores(query, key):
    """Take the logarithms of F.scaled_dot_product_attention's weights, but for what is lost.

    With the identity for values it returns its weights. Softmax has taken the same off all scores
    of a row, and that is put back.
    """
    identity = torch.eye(key.shape[-2], dtype=key.dtype).expand(*key.shape[:-1], key.shape[-2])
    logs = F.scaled_dot_product_attention(query, key, identity).log()
    first = (query * key[..., :1, :]).sum(dim=-1, keepdim=True) / math.sqrt(query.shape[-1])
    return logs - logs[..., :1] + first


def additive_scores(query, key, w_query, w_key, v):
    """Let every query meet every key in a loop, by F.linear with column vectors' weights."""
    rows = []
    for i in range(query.shape[-2]):
        asked = F.linear(query[..., i : i + 1, :], w_query.T)
        rows.append(F.linear(torch.tanh(asked + F.linear(key, w_key.T)), v[None])[..., 0])
    return torch.stack(rows, dim=-2)


def causal_mask(n):
    """Take the lower triangle of ones."""
    return torch.ones(n, n).tril().bool()


def padding_mask(lengths, n):
    """Compare every position with every length."""
    return (torch.arange(n) < lengths[:, None])[:, None]


def masked_softmax(scores, mask=None):
    """Ask torch.softmax, with -inf where the mask forbids."""
    allowed = scores if mask is None else scores.masked_fill(~mask, -math.inf)
    return torch.softmax(allowed, dim=-1)


def attention(query, key, value, mask=None):
    """Ask F.scaled_dot_product_attention, which keeps its weights to itself; compute those."""
    output = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
    scores = torch.einsum("...qd,...kd->...qk", query, key) / math.sqrt(query.shape[-1])
    return output, masked_softmax(scores, mask)


def self_attention(x, w_query, w_key, w_value, mask=None):
    """Ask F.scaled_dot_product_attention, with F.linear before it."""
    projected = (F.linear(x, weights.T) for weights in (w_query, w_key, w_value))
    return F.scaled_dot_product_attention(*projected, attn_mask=mask)


def split_heads(x, num_heads):
    """Unflatten the features, then transpose."""
    return x.unflatten(-1, (num_heads, -1)).transpose(-2, -3)


def merge_heads(heads):
    """Transpose, then flatten the features."""
    return heads.transpose(-2, -3).flatten(-2)


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    """Ask nn.MultiheadAttention."""
    layer = layers.attention_layer(params, num_heads)
    forbidden = _forbidden(mask, (*query.shape[:-1], key.shape[-2]), num_heads)
    sequences = (_one_batch_axis(x) for x in (query, key, value))
    output, _ = layer(*sequences, attn_mask=forbidden, need_weights=False)
    return output.reshape(query.shape)


def sinusoidal_encoding(n, d_model):
    """Compute exp(-ln(10000) 2i/d) first, as PyTorch's tutorial on transformers does."""
    position = torch.arange(n, dtype=torch.float64)[:, None]
    even = torch.arange(0, d_model, 2, dtype=torch.float64)
    div_term = torch.exp(even * (-math.log(10000.0) / d_model))
    encoding = torch.zeros(n, d_model, dtype=torch.float64)
    encoding[:, 0::2] = torch.sin(position * div_term)
    encoding[:, 1::2] = torch.cos(position * div_term)
    return encoding


def add_positions(x, encoding):
    """Add the first rows of the table."""
    return x + encoding.narrow(0, 0, x.shape[-2])


def layer_norm(x, gain, bias, eps=1e-5):
    """Ask F.layer_norm."""
    return F.layer_norm(x, gain.shape, gain, bias, eps)


def relu(x):
    """Ask F.relu."""
    return F.relu(x)


def gelu(x):
    """Ask F.gelu, exact by default."""
    return F.gelu(x)


def feed_forward(x, params, activation="relu"):
    """Ask nn.Linear twice."""
    return layers.feed_forward_layers(params, activation)(x)


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    """Ask nn.LayerNorm about the sum."""
    norm = nn.LayerNorm(x.shape[-1], eps=eps, dtype=x.dtype)
    norm.load_state_dict({"weight": gain, "bias": bias})
    return norm(torch.add(x, sublayer_output))


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    """Ask nn.TransformerEncoderLayer, post-norm and without dropout."""
    layer = layers.encoder_layer(params, num_heads, activation, eps)
    forbidden = _forbidden(mask, (*x.shape[:-1], x.shape[-2]), num_heads)
    return layer(_one_batch_axis(x), src_mask=forbidden).reshape(x.shape)


def encoder(x, blocks, num_heads, mask=None, activation="relu", eps=1e-5):
    """Ask nn.TransformerEncoder, without a norm at its end."""
    stack = layers.encoder_stack(blocks, num_heads, activation, eps)
    forbidden = _forbidden(mask, (*x.shape[:-1], x.shape[-2]), num_heads)
    return stack(_one_batch_axis(x), mask=forbidden).reshape(x.shape)


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    """Ask nn.TransformerDecoderLayer, to which causal has to be said.

    A memory mask that is the same for every query goes in as memory_key_padding_mask.
    """
    layer = layers.decoder_layer(params, num_heads, activation, eps)
    n, n_memory = x.shape[-2], memory.shape[-2]
    if self_mask is None:
        hidden = {"tgt_mask": _causal(n, x.dtype), "tgt_is_causal": True}
    else:
        hidden = {"tgt_mask": _forbidden(self_mask, (*x.shape[:-1], n), num_heads)}
    if memory_mask is not None and memory_mask.shape[-2] == 1:
        keys = _one_batch_axis(memory_mask.expand(*x.shape[:-2], 1, n_memory))
        hidden["memory_key_padding_mask"] = ~keys[:, 0]
    else:
        shape = (*x.shape[:-1], n_memory)
        hidden["memory_mask"] = _forbidden(memory_mask, shape, num_heads)
    return layer(_one_batch_axis(x), _one_batch_axis(memory), **hidden).reshape(x.shape)


def transformer(source, target, params, num_heads, source_lengths=None):
    """Put a model together of PyTorch's own parts: nn.Transformer itself ends in two norms more."""
    n_source, n_target = source.shape[-1], target.shape[-1]
    lower = layers.encoder_stack(params["encoder"], num_heads, "relu", 1e-5)
    upper = layers.decoder_stack(params["decoder"], num_heads, "relu", 1e-5)
    padding = None
    if source_lengths is not None:
        padding = torch.arange(n_source)[None] >= source_lengths[:, None]
    memory = lower(_entered(source, params["source_embedding"]), src_key_padding_mask=padding)
    y = upper(
        _entered(target, params["target_embedding"]),
        memory,
        tgt_mask=_causal(n_target, memory.dtype),
        memory_key_padding_mask=padding,
    )
    return F.linear(y, params["w_logits"].T, params["b_logits"])


def embed(ids, table):
    """Ask F.embedding."""
    return F.embedding(ids, table)


def unembed(x, table):
    """Ask F.linear, whose weights are rows already."""
    return F.linear(x, table)


def log_probabilities(logits):
    """Ask F.log_softmax."""
    return F.log_softmax(logits, dim=-1)


def cross_entropy(logits, targets, ignore_id=-100):
    """Ask F.cross_entropy, with all positions in a row."""
    rows = logits.reshape(-1, logits.shape[-1])
    return F.cross_entropy(rows, targets.reshape(-1), ignore_index=ignore_id)


def greedy(logits):
    """Ask torch.argmax."""
    return torch.argmax(logits)


def sample(logits, draw, temperature=1.0):
    """Ask torch.searchsorted for the place behind all sums that do not exceed the draw."""
    sums = torch.softmax(logits / temperature, dim=-1).cumsum(dim=-1)
    return torch.searchsorted(sums, draw, right=True)


def top_k_filter(logits, k):
    """Ask torch.topk, and put what it finds back into rows of minus infinity."""
    values, places = torch.topk(logits, min(k, logits.shape[-1]))
    return torch.full_like(logits, -math.inf).scatter(-1, places, values)


def generate(table, prompt, max_new, stop_id, draws=None):
    """Write one token after another, each chosen as above."""
    ids = torch.tensor(prompt)
    for t in range(max_new):
        row = table[ids[-1]]
        new = greedy(row) if draws is None else sample(row, float(draws[t]))
        ids = torch.cat([ids, new.reshape(1)])
        if int(new) == stop_id:
            break
    return ids


def decode_step(x, cache, w_query, w_key, w_value):
    """Ask F.scaled_dot_product_attention about one query and all keys."""
    query, key, value = (F.linear(x, weights.T) for weights in (w_query, w_key, w_value))
    if cache is not None:
        key = torch.cat([cache["key"], key], dim=-2)
        value = torch.cat([cache["value"], value], dim=-2)
    return F.scaled_dot_product_attention(query, key, value), key, value


def global_norm(grads):
    """Ask the utility that clips for its norm; here it is a number of Python's."""
    return nn.utils.get_total_norm(list(grads.values())).double()


def clip_by_global_norm(grads, max_norm):
    """Ask nn.utils.clip_grad_norm_, which clips parameters' gradients in place."""
    parameters = {name: nn.Parameter(torch.zeros_like(grad)) for name, grad in grads.items()}
    for name, grad in grads.items():
        parameters[name].grad = grad.clone()
    nn.utils.clip_grad_norm_(list(parameters.values()), max_norm)
    return {name: parameter.grad for name, parameter in parameters.items()}


def warmup_rate(step, d_model, warmup_steps):
    """Let LambdaLR step so often, with the schedule as the annotated transformer writes it."""

    def rate(step):
        step = max(step, 1)
        return d_model ** (-0.5) * min(step ** (-0.5), step * warmup_steps ** (-1.5))

    optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=1.0)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lr_lambda=rate)
    for _ in range(step):
        optimizer.step()
        schedule.step()
    return torch.tensor(schedule.get_last_lr()[0], dtype=torch.float64)


def smooth_targets(targets, num_classes, epsilon):
    """Fill the smallest part in, and add the rest where a class is right."""
    smooth = torch.full((*targets.shape, num_classes), epsilon / num_classes, dtype=torch.float64)
    rest = torch.full((*targets.shape, 1), 1 - epsilon, dtype=torch.float64)
    return smooth.scatter_add(-1, targets[..., None], rest)


def smoothed_cross_entropy(logits, targets, epsilon):
    """Ask F.cross_entropy, with all positions in a row."""
    rows = logits.reshape(-1, logits.shape[-1])
    return F.cross_entropy(rows, targets.reshape(-1), label_smoothing=epsilon)


def xavier_uniform(draws, fan_in, fan_out):
    """Find the limit of nn.init.xavier_uniform_ from what it makes of draws, and stretch these."""
    made = torch.empty(fan_out, fan_in, dtype=torch.float64)
    drawn = torch.empty_like(made)
    with torch.random.fork_rng():
        torch.manual_seed(1)
        nn.init.xavier_uniform_(made)
        torch.manual_seed(1)
        drawn.uniform_(-1, 1)
    place = drawn.abs().argmax()
    return torch.lerp(-torch.ones_like(draws), torch.ones_like(draws), draws) * float(
        made.flatten()[place] / drawn.flatten()[place]
    )


def score_std(query_std, key_std, d_k):
    """Spread all scores of features that are plus or minus their standard deviation, in turn."""
    signs = torch.cartesian_prod(*[torch.tensor([-1.0, 1.0], dtype=torch.float64)] * d_k)
    query = query_std * signs.reshape(2**d_k, d_k)
    return torch.std(query @ (key_std * signs.reshape(2**d_k, d_k)).mT, correction=0)


def dropout(x, draws, rate):
    """Ask F.dropout for what it makes of what it keeps, and keep what the draws say."""
    with torch.random.fork_rng():
        torch.manual_seed(1)
        scale = F.dropout(torch.ones(10_000, dtype=x.dtype), rate).max()
    return torch.where(draws < rate, torch.zeros_like(x), x * scale)


def softmax_backward(weights, grad):
    """Send a gradient back through torch.softmax, from logarithms of the weights.

    A row without any weight comes from no softmax; it is left out.
    """
    scores = weights.log().requires_grad_()
    torch.softmax(scores, dim=-1).backward(grad)
    return scores.grad


def attention_backward(query, key, value, grad_output, mask=None):
    """Send a gradient back through F.scaled_dot_product_attention."""
    arrays = [each.clone().requires_grad_() for each in (query, key, value)]
    F.scaled_dot_product_attention(*arrays, attn_mask=mask).backward(grad_output)
    return tuple(each.grad for each in arrays)


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    """Let a GradScaler of that scale unscale, step and update; it wants float32 for float16."""
    parameters = {
        name: nn.Parameter(grad.float() if grad.dtype is torch.half else grad.clone())
        for name, grad in grads.items()
    }
    for parameter in parameters.values():
        parameter.grad = parameter.detach().clone()
    optimizer = torch.optim.SGD(parameters.values(), lr=0.0)
    scaler = torch.amp.GradScaler("cpu", init_scale=scale, growth_interval=growth_interval)
    scaler.scale(torch.zeros(1))
    scaler.load_state_dict(scaler.state_dict() | {"_growth_tracker": good_steps})
    scaler.unscale_(optimizer)
    steps = []
    optimizer.register_step_post_hook(lambda *_: steps.append(True))
    scaler.step(optimizer)
    scaler.update()
    state = scaler.state_dict()
    unscaled = {name: parameter.grad for name, parameter in parameters.items()} if steps else None
    counts = (
        torch.tensor(state["scale"], dtype=torch.float64),
        torch.tensor(state["_growth_tracker"]),
    )
    return unscaled, *counts


def forward_and_back(x, weights, segment, grad):
    """Ask torch.utils.checkpoint to forget what each segment computes, and send `grad` back."""
    layers = [weight.clone().requires_grad_() for weight in weights]

    def run(x, *segment_layers):
        for weight in segment_layers:
            x = torch.tanh(F.linear(x, weight.T))
        return x

    y = x
    for start in range(0, len(layers), segment):
        y = checkpoint(run, y, *layers[start : start + segment], use_reentrant=False)
    y.backward(grad)
    return (y, *(weight.grad for weight in layers))


def local_attention(query, key, value, window):
    """Ask F.scaled_dot_product_attention, with a mask that is cut out of the full table."""
    n = query.shape[-2]
    band = torch.ones(n, n).tril(window).triu(-window).bool()
    return F.scaled_dot_product_attention(query, key, value, attn_mask=band)


def strided_mask(n, stride):
    """Put diagonals together: the last ones, and each that is so many strides back."""
    mask = torch.ones(n, n).triu(1 - stride).tril()
    for back in range(0, n, stride):
        mask += torch.diag(torch.ones(n - back), -back)
    return mask.bool()


def block_sparse_attention(query, key, value, block_size, layout):
    """Ask F.scaled_dot_product_attention, with each entry of the layout as large as a block."""
    mask = torch.kron(layout, torch.ones(block_size, block_size, dtype=torch.bool))
    return F.scaled_dot_product_attention(query, key, value, attn_mask=mask)


def linear_attention(query, key, value, causal=False):
    """Make the whole table of weights from F.elu, each row divided by its sum."""
    weights = (F.elu(query) + 1) @ (F.elu(key) + 1).mT
    return F.normalize(weights.tril() if causal else weights, p=1, dim=-1, eps=0.0) @ value


def memory_efficient_attention(query, key, value, block_size, causal=False):
    """Ask F.scaled_dot_product_attention, which is what comes of blocks of any size."""
    return F.scaled_dot_product_attention(query, key, value, is_causal=causal)


FUNCTIONS = (
    *(shares, centre, swap_last_two, pair_differences, divide_by_root),
    *(softmax, dot_scores, scaled_dot_scores, additive_scores),
    *(causal_mask, padding_mask, masked_softmax, attention, self_attention),
    *(split_heads, merge_heads, multi_head_attention),
    *(sinusoidal_encoding, add_positions, layer_norm, relu, gelu, feed_forward, add_norm),
    *(encoder_block, encoder, decoder_block, transformer),
    *(embed, unembed, log_probabilities, cross_entropy),
    *(greedy, sample, top_k_filter, generate, decode_step),
    *(global_norm, clip_by_global_norm, warmup_rate, smooth_targets, smoothed_cross_entropy),
    *(xavier_uniform, score_std, dropout, softmax_backward, attention_backward),
    *(loss_scale_step, forward_and_back, local_attention),
    *(strided_mask, block_sparse_attention, linear_attention, memory_efficient_attention),
)
ORACLES = {function.__name__: function for function in FUNCTIONS}


def _tensors(value):
    """Return `value` with every array in it as a tensor."""
    if isinstance(value, dict):
        return {name: _tensors(entry) for name, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_tensors(entry) for entry in value]
    return torch.from_numpy(value) if hasattr(value, "dtype") else value


def _arrays(result):
    """Return a result with every tensor in it as an array."""
    if isinstance(result, dict):
        return {name: _arrays(entry) for name, entry in result.items()}
    if isinstance(result, tuple):
        return tuple(map(_arrays, result))
    return None if result is None else result.detach().contiguous().numpy()


def _one_batch_axis(x):
    return x.reshape(-1, *x.shape[-2:])


def _forbidden(mask, shape, num_heads):
    """Return a mask as PyTorch's layers want it: True forbids, heads beside their batch."""
    if mask is None:
        return None
    every = _one_batch_axis(mask.expand(shape))
    return ~every.repeat_interleave(num_heads, dim=0)


def _entered(ids, table):
    """Return the vectors of ids as the tutorial on translation makes them."""
    embedding = nn.Embedding.from_pretrained(table)
    n, d = ids.shape[-1], table.shape[-1]
    return embedding(ids) * math.sqrt(d) + sinusoidal_encoding(n, d).to(table.dtype)


def _causal(n, dtype):
    return nn.Transformer.generate_square_subsequent_mask(n, dtype=dtype)
