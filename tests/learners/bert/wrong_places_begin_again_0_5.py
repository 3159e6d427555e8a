# slip: places begin again at 0 with the second text -> bert.counts_positions_anew_in_the_second_text
# slip: the eps of the norm is not passed on -> bert.keeps_eps_to_itself
import numpy as np


def mask_tokens(ids, draws, replacements, mask_id, special):
    selected = draws[..., 0] < 0.15
    selected[special] = False
    inputs = ids.copy()
    targets = np.full_like(ids, -100)
    targets[selected] = ids[selected]
    fate = draws[..., 1]
    hide = selected & (fate < 0.8)
    swap = selected & ~hide & (fate < 0.9)
    inputs[hide] = mask_id
    inputs[swap] = replacements[swap]
    return inputs, targets


def bert_embed(ids, segments, params, eps=1e-5):
    n = ids.shape[-1]
    x = (params["token_embedding"][ids] + params["position_embedding"][np.where(segments == 1, np.cumsum(segments == 1, axis=-1) - 1, np.arange(n))]
         + params["segment_embedding"][segments])
    x = x - x.mean(axis=-1, keepdims=True)
    x = x / np.sqrt((x ** 2).mean(axis=-1, keepdims=True) + 1e-5)
    return x * params["norm"]["gain"] + params["norm"]["bias"]
