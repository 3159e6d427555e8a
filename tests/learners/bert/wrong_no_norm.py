# what: returns the sum
# names: bert.forgets_the_norm
import numpy as np

from exercises.text.embedding import embed
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.positional_encoding import add_positions



def mask_tokens(ids, draws, replacements, mask_id, special):
    selected = (draws[..., 0] < 0.15) & ~special
    inputs, targets = ids.copy(), np.full(ids.shape, -100)
    targets[selected] = ids[selected]
    inputs[selected & (draws[..., 1] < 0.8)] = mask_id
    random = selected & (draws[..., 1] >= 0.8) & (draws[..., 1] < 0.9)
    inputs[random] = replacements[random]
    return inputs, targets


def bert_embed(ids, segments, params, eps=1e-5):
    tok = params["token_embedding"][ids]
    pos = params["position_embedding"][np.arange(ids.shape[-1])]
    seg = params["segment_embedding"][segments]
    return tok + pos + seg
