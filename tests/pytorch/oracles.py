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


def gpt(ids, params, num_heads):
    """Put a model together of nn.TransformerEncoderLayer, told to normalise first."""
    n = ids.shape[-1]
    x = F.embedding(ids, params["token_embedding"])
    x = _one_batch_axis(x + F.embedding(torch.arange(n), params["position_embedding"]))
    for block in params["blocks"]:
        layer = layers.encoder_layer(block, num_heads, "gelu", 1e-5, True)
        x = layer(x, src_mask=_causal(n, x.dtype), is_causal=True)
    norm = params["final_norm"]
    x = F.layer_norm(x, norm["gain"].shape, norm["gain"], norm["bias"])
    logits = F.linear(x, params["token_embedding"])
    return logits.reshape(*ids.shape, logits.shape[-1])


def mask_tokens(ids, draws, replacements, mask_id, special):
    """Change a copy step by step, as collators of batches do."""
    chances = draws[..., 0].masked_fill(special, 1.0)
    selected = chances < 0.15
    targets = ids.masked_fill(~selected, -100)
    masked = selected & (draws[..., 1] < 0.8)
    inputs = ids.masked_fill(masked, mask_id)
    random = selected & ~masked & (draws[..., 1] < 0.9)
    inputs[random] = replacements[random]
    return inputs, targets


def bert_embed(ids, segments, params, eps=1e-5):
    """Ask nn.Embedding three times, and nn.LayerNorm once."""
    places = torch.arange(ids.shape[-1]).expand(ids.shape)
    parts = {"token": ids, "position": places, "segment": segments}
    total = sum(
        nn.Embedding.from_pretrained(params[f"{name}_embedding"])(index)
        for name, index in parts.items()
    )
    norm = params["norm"]
    return F.layer_norm(total, norm["gain"].shape, norm["gain"], norm["bias"], eps)


def patchify(image, patch):
    """Ask F.unfold, which puts the channels first, both outside and inside of a patch."""
    *batch, _, _, channels = image.shape
    columns = F.unfold(_channels_first(image), patch, stride=patch)
    patches = columns.mT.unflatten(-1, (channels, patch * patch)).mT.flatten(-2)
    return patches.reshape(*batch, *patches.shape[-2:])


def vit_embed(image, params, patch):
    """Let nn.Conv2d with a stride of a patch do both: cut, and multiply."""
    d, channels = len(params["class_token"]), image.shape[-1]
    layer = nn.Conv2d(channels, d, patch, stride=patch, dtype=image.dtype)
    kernels = params["w_patch"].reshape(patch, patch, channels, d).permute(3, 2, 0, 1)
    layer.load_state_dict({"weight": kernels, "bias": params["b_patch"]})
    x = layer(_channels_first(image)).flatten(-2).mT
    x = torch.cat([params["class_token"].expand(len(x), 1, d), x], dim=1)
    x = x + params["position_embedding"]
    return x.reshape(*image.shape[:-3], *x.shape[-2:])


def clip_loss(image_features, text_features, log_scale):
    """Ask F.cosine_similarity about every pair, and F.cross_entropy in both directions."""
    cosines = F.cosine_similarity(image_features[:, None], text_features[None], dim=-1, eps=0.0)
    logits = cosines * math.exp(log_scale)
    own = torch.arange(len(logits))
    return (F.cross_entropy(logits, own) + F.cross_entropy(logits.mT, own)) / 2


def rms_norm(x, gain, eps=1e-6):
    """Ask F.rms_norm."""
    return F.rms_norm(x, gain.shape, gain, eps)


def rotary(x, positions, base=10000.0):
    """Multiply complex numbers, the first half of the features real, by others of length 1."""
    pairs = torch.complex(*x.double().chunk(2, dim=-1))
    exponents = torch.arange(0, x.shape[-1], 2, dtype=torch.float64) / x.shape[-1]
    angles = torch.outer(positions.double(), torch.pow(base, -exponents))
    turned = pairs * torch.polar(torch.ones_like(angles), angles)
    return torch.cat([turned.real, turned.imag], dim=-1).to(x.dtype)


def swiglu(x, w_gate, w_up, w_down):
    """Ask F.silu, with F.linear around it."""
    return F.linear(F.silu(F.linear(x, w_gate.T)) * F.linear(x, w_up.T), w_down.T)


def repeat_kv(x, groups):
    """Ask torch.repeat_interleave."""
    return torch.repeat_interleave(x, groups, dim=-3)


def graph_attention(x, adjacency, w, a_source, a_target, slope=0.2):
    """Go along the list of edges, node by node, with the paper's one vector for a pair of nodes."""
    h = F.linear(x, w.T)
    both = torch.cat([a_target, a_source])
    result = torch.zeros_like(h)
    for i in range(len(x)):
        neighbours = torch.nonzero(adjacency[i]).flatten()
        if len(neighbours):
            pairs = torch.cat([h[i].expand(len(neighbours), -1), h[neighbours]], dim=-1)
            weights = torch.softmax(F.leaky_relu(torch.mv(pairs, both), slope), dim=0)
            result[i] = torch.mv(h[neighbours].T, weights)
    return result


def pyramid(x):
    """Let windows of two frames move two frames at a time."""
    return x.unfold(-2, 2, 2).transpose(-2, -1).flatten(-2)


def attend(state, listened, w_state, w_listened):
    """Ask F.scaled_dot_product_attention not to scale, with one query and the identity for values.

    With the identity it returns its weights.
    """
    query, key = F.linear(state, w_state.T).unsqueeze(-2), F.linear(listened, w_listened.T)
    identity = torch.eye(key.shape[-2], dtype=key.dtype).expand(*key.shape[:-1], key.shape[-2])
    context = F.scaled_dot_product_attention(query, key, listened, scale=1.0)
    weights = F.scaled_dot_product_attention(query, key, identity, scale=1.0)
    return context.squeeze(-2), weights.squeeze(-2)


def returns_to_go(rewards):
    """Multiply by a triangle of ones."""
    n = rewards.shape[-1]
    return rewards @ torch.ones(n, n, dtype=rewards.dtype).tril()


def interleave(returns, states, actions):
    """Put every third vector in its place."""
    n, d = states.shape[-2:]
    sequence = torch.zeros(*states.shape[:-2], 3 * n, d, dtype=states.dtype)
    for place, vectors in enumerate((returns, states, actions)):
        sequence[..., place::3, :] = vectors
    return sequence


def previous_token_score(weights):
    """Leave out the first query and the last key: the main diagonal of what is left."""
    return weights[..., 1:, :-1].diagonal(dim1=-2, dim2=-1).mean(dim=-1)


def entropy(weights):
    """Ask torch.special.entr."""
    return torch.special.entr(weights).sum(dim=-1)


def rollout(weights):
    """Send words up through the layers one by one: what is gathered, and what goes around."""
    layers, n = len(weights), weights.shape[-1]
    origin = torch.eye(n, dtype=weights.dtype).expand(*weights.shape[1:-3], n, n)
    for layer in range(layers):
        attended = weights[layer].mean(dim=-3)
        gathered = torch.einsum("...ij,...jk->...ik", attended, origin)
        total = attended.sum(dim=-1, keepdim=True) + 1
        origin = (gathered + origin) / total
    return origin


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
    *(loss_scale_step, forward_and_back, gpt, mask_tokens, bert_embed, patchify, vit_embed),
    clip_loss,
    *(rms_norm, rotary, swiglu, repeat_kv, graph_attention, pyramid, attend, returns_to_go),
    *(interleave, previous_token_score, entropy, rollout),
    local_attention,
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


def _channels_first(image):
    """Return images as PyTorch has them, with one batch axis."""
    return image.reshape(-1, *image.shape[-3:]).permute(0, 3, 1, 2)


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
