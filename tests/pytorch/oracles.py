"""What PyTorch answers to a call of a course function: its own layers, fed the same parameters."""

import math

import torch
import torch.nn.functional as F  # noqa: N812
from torch import nn


def oracle(function, args, kwargs):
    """Return PyTorch's answer to `function(*args, **kwargs)`, in NumPy arrays."""
    result = ORACLES[function](*_tensors(args), **_tensors(kwargs))
    return tuple(map(_array, result)) if isinstance(result, tuple) else _array(result)


def softmax(scores, axis=-1):
    """Ask torch.softmax."""
    return torch.softmax(scores, dim=axis)


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


def split_heads(x, num_heads):
    """Unflatten the features, then transpose."""
    return x.unflatten(-1, (num_heads, -1)).transpose(-2, -3)


def merge_heads(heads):
    """Transpose, then flatten the features."""
    return heads.transpose(-2, -3).flatten(-2)


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    """Ask nn.MultiheadAttention."""
    layer = nn.MultiheadAttention(query.shape[-1], num_heads, batch_first=True, dtype=query.dtype)
    layer.load_state_dict(_attention_state(params))
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
    d, f = params["w_in"].shape
    layers = nn.Sequential(nn.Linear(d, f), nn.GELU() if activation == "gelu" else nn.ReLU())
    layers = layers.append(nn.Linear(f, d)).to(x.dtype)
    layers.load_state_dict(_feed_forward_state(params, "0", "2"))
    return layers(x)


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    """Ask nn.TransformerEncoderLayer, post-norm and without dropout."""
    d, f = params["feed_forward"]["w_in"].shape
    options = {"activation": activation, "layer_norm_eps": eps, "dtype": x.dtype}
    layer = nn.TransformerEncoderLayer(
        d, num_heads, f, dropout=0.0, norm_first=False, batch_first=True, **options
    )
    layer.load_state_dict(_encoder_state(params))
    forbidden = _forbidden(mask, (*x.shape[:-1], x.shape[-2]), num_heads)
    return layer(_one_batch_axis(x), src_mask=forbidden).reshape(x.shape)


FUNCTIONS = (
    *(softmax, causal_mask, padding_mask, masked_softmax, attention),
    *(split_heads, merge_heads, multi_head_attention),
    *(sinusoidal_encoding, add_positions, layer_norm, relu, gelu, feed_forward, encoder_block),
)
ORACLES = {function.__name__: function for function in FUNCTIONS}


def _tensors(value):
    """Return `value` with every array in it as a tensor."""
    if isinstance(value, dict):
        return {name: _tensors(entry) for name, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_tensors(entry) for entry in value]
    return torch.from_numpy(value) if hasattr(value, "dtype") else value


def _array(tensor):
    return tensor.detach().contiguous().numpy()


def _one_batch_axis(x):
    return x.reshape(-1, *x.shape[-2:])


def _forbidden(mask, shape, num_heads):
    """Return a mask as PyTorch's layers want it: True forbids, heads beside their batch."""
    if mask is None:
        return None
    every = _one_batch_axis(mask.expand(shape))
    return ~every.repeat_interleave(num_heads, dim=0)


def _attention_state(params):
    """Return attention parameters by PyTorch's names: (d_out, d_in), the three inputs stacked."""
    parts = ("query", "key", "value")
    return {
        "in_proj_weight": torch.cat([params[f"w_{part}"].T for part in parts]),
        "in_proj_bias": torch.cat([params[f"b_{part}"] for part in parts]),
        "out_proj.weight": params["w_output"].T,
        "out_proj.bias": params["b_output"],
    }


def _feed_forward_state(params, first, second):
    return {
        f"{first}.weight": params["w_in"].T,
        f"{first}.bias": params["b_in"],
        f"{second}.weight": params["w_out"].T,
        f"{second}.bias": params["b_out"],
    }


def _encoder_state(params):
    attention = _attention_state(params["attention"])
    state = {f"self_attn.{name}": tensor for name, tensor in attention.items()}
    for norm in ("norm_1", "norm_2"):
        name = norm.replace("_", "")
        state[f"{name}.weight"], state[f"{name}.bias"] = params[norm]["gain"], params[norm]["bias"]
    return state | _feed_forward_state(params["feed_forward"], "linear1", "linear2")
