"""PyTorch's own layers, filled with the course's parameters: without dropout, mostly post-norm."""

import torch
from torch import nn


def attention_layer(params, num_heads):
    """Return an nn.MultiheadAttention."""
    w_query = params["w_query"]
    options = {"batch_first": True, "dtype": w_query.dtype}
    return _filled(nn.MultiheadAttention(len(w_query), num_heads, **options), _attention(params))


def feed_forward_layers(params, activation):
    """Return two nn.Linear with an activation between them."""
    d, f = params["w_in"].shape
    between = nn.GELU() if activation == "gelu" else nn.ReLU()
    layers = nn.Sequential(nn.Linear(d, f), between, nn.Linear(f, d)).to(params["w_in"].dtype)
    return _filled(layers, _feed_forward(params, "0", "2"))


def encoder_layer(params, *options):
    """Return an nn.TransformerEncoderLayer; `options` are those of `_layer`."""
    layer = _layer(nn.TransformerEncoderLayer, params, *options)
    parts = {"self_attn": "attention"}
    return _filled(layer, _block(params, parts, norms=2))


def decoder_layer(params, *options):
    """Return an nn.TransformerDecoderLayer; `options` are num_heads, activation and eps."""
    layer = _layer(nn.TransformerDecoderLayer, params, *options)
    parts = {"self_attn": "self_attention", "multihead_attn": "cross_attention"}
    return _filled(layer, _block(params, parts, norms=3))


def encoder_stack(blocks, *options):
    """Return an nn.TransformerEncoder without a norm at its end."""
    layers = [encoder_layer(params, *options) for params in blocks]
    stack = nn.TransformerEncoder(layers[0], 0, enable_nested_tensor=False)
    stack.layers, stack.num_layers = nn.ModuleList(layers), len(layers)
    return stack


def decoder_stack(blocks, *options):
    """Return an nn.TransformerDecoder without a norm at its end."""
    layers = [decoder_layer(params, *options) for params in blocks]
    stack = nn.TransformerDecoder(layers[0], 0)
    stack.layers, stack.num_layers = nn.ModuleList(layers), len(layers)
    return stack


def _layer(kind, params, num_heads, activation, eps, norm_first=False):
    w_in = params["feed_forward"]["w_in"]
    options = {"activation": activation, "layer_norm_eps": eps, "dtype": w_in.dtype}
    options["norm_first"] = norm_first
    return kind(w_in.shape[0], num_heads, w_in.shape[1], dropout=0.0, batch_first=True, **options)


def _filled(layer, state):
    layer.load_state_dict(state)
    return layer


def _attention(params):
    """Return attention parameters by PyTorch's names: (d_out, d_in), the three inputs stacked."""
    parts = ("query", "key", "value")
    return {
        "in_proj_weight": torch.cat([params[f"w_{part}"].T for part in parts]),
        "in_proj_bias": torch.cat([params[f"b_{part}"] for part in parts]),
        "out_proj.weight": params["w_output"].T,
        "out_proj.bias": params["b_output"],
    }


def _feed_forward(params, first, second):
    return {
        f"{first}.weight": params["w_in"].T,
        f"{first}.bias": params["b_in"],
        f"{second}.weight": params["w_out"].T,
        f"{second}.bias": params["b_out"],
    }


def _block(params, attentions, norms):
    """Return a block's parameters; `attentions` maps PyTorch's names of them to the course's."""
    state = _feed_forward(params["feed_forward"], "linear1", "linear2")
    for theirs, ours in attentions.items():
        attention = _attention(params[ours])
        state |= {f"{theirs}.{name}": tensor for name, tensor in attention.items()}
    for i in range(1, norms + 1):
        norm = params[f"norm_{i}"]
        state |= {f"norm{i}.weight": norm["gain"], f"norm{i}.bias": norm["bias"]}
    return state
