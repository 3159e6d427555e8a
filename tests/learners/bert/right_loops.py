import numpy as np

from exercises.text.embedding import embed
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions


def mask_tokens(ids, draws, replacements, mask_id, special):
    inputs = np.zeros_like(ids)
    targets = np.zeros_like(ids)
    for place in np.ndindex(ids.shape):
        choose, how = draws[place]
        inputs[place] = ids[place]
        targets[place] = -100
        if special[place] or choose >= 0.15:
            continue
        targets[place] = ids[place]
        if how < 0.8:
            inputs[place] = mask_id
        elif how < 0.9:
            inputs[place] = replacements[place]
    return inputs, targets


def bert_embed(ids, segments, params, eps=1e-5):
    out = np.zeros((*ids.shape, params["token_embedding"].shape[1]), params["token_embedding"].dtype)
    for place in np.ndindex(ids.shape):
        out[place] = (
            params["token_embedding"][ids[place]]
            + params["position_embedding"][place[-1]]
            + params["segment_embedding"][segments[place]]
        )
    return layer_norm(out, params["norm"]["gain"], params["norm"]["bias"], eps)
