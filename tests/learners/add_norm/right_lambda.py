import numpy as np

from exercises.transformer import layer_norm as module

add_norm = lambda x, sublayer_output, gain, bias, eps=1e-5: module.layer_norm(
    np.sum([x, sublayer_output], axis=0), gain=gain, bias=bias, eps=eps
)
