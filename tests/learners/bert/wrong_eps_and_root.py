# slip: the root of d -> bert.scales_tokens_by_the_root_of_d
# slip: eps is not handed on -> bert.keeps_eps_to_itself
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
    d = params["token_embedding"].shape[1]
    x = embed(ids, params["token_embedding"]) * d**0.5
    x = x + params["segment_embedding"][segments] + params["position_embedding"][: ids.shape[-1]]
    return layer_norm(x, **params["norm"])
