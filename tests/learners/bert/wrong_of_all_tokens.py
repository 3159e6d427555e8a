# what: 80/10/10 of all that is not special
# names: bert.divides_all_tokens
import numpy as np

from exercises.text.embedding import embed
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions


def mask_tokens(ids, draws, replacements, mask_id, special):
    inputs, targets = ids.copy(), np.full_like(ids, -100)
    for i in np.ndindex(ids.shape):
        if special[i]:
            continue
        if draws[i][0] < 0.15:
            targets[i] = ids[i]
        if draws[i][1] < 0.8:
            inputs[i] = mask_id
        elif draws[i][1] < 0.9:
            inputs[i] = replacements[i]
    return inputs, targets


def bert_embed(ids, segments, params, eps=1e-5):
    x = embed(ids, params["token_embedding"])
    x = x + embed(segments, params["segment_embedding"])
    x = add_positions(x, params["position_embedding"])
    return layer_norm(x, **params["norm"], eps=eps)
