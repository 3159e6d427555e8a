# what: positions begin again where the segment changes
# names: bert.counts_positions_anew_in_the_second_text
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
    places = np.zeros_like(ids)
    for index in np.ndindex(ids.shape[:-1]):
        before = None
        for i, segment in enumerate(segments[index]):
            count = 0 if segment != before else count + 1
            before = segment
            places[index + (i,)] = count
    x = embed(ids, params["token_embedding"]) + embed(segments, params["segment_embedding"])
    x = x + params["position_embedding"][places]
    return layer_norm(x, **params["norm"], eps=eps)
