import numpy as np

from exercises.text.embedding import embed
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions


def mask_tokens(ids, draws, replacements, mask_id, special):
    if ids.ndim > 1:
        both = [
            mask_tokens(i, d, r, mask_id, s)
            for i, d, r, s in zip(ids, draws, replacements, special)
        ]
        return np.stack([a for a, _ in both]), np.stack([t for _, t in both])
    inputs, targets = [], []
    for token, (a, b), other, is_special in zip(ids, draws, replacements, special):
        picked = a < 0.15 and not is_special
        targets.append(token if picked else -100)
        if picked and b < 0.8:
            token = mask_id
        elif picked and b < 0.9:
            token = other
        inputs.append(token)
    return np.array(inputs), np.array(targets)


def bert_embed(ids, segments, params, eps=1e-5):
    if ids.ndim > 1:
        return np.stack([bert_embed(i, s, params, eps) for i, s in zip(ids, segments)])
    rows = embed(ids, params["token_embedding"]) + embed(segments, params["segment_embedding"])
    return layer_norm(add_positions(rows, params["position_embedding"]), **params["norm"], eps=eps)
