# what: the new row is put in front of the others, not behind them
# names: kv_cache.puts_the_newest_first
import numpy as np

from exercises.attention.attention import attention


def join(new, old):
    return new if old is None else np.concatenate([new, old], axis=-2)


def decode_step(x, cache, w_query, w_key, w_value):
    past = {"key": None, "value": None} if cache is None else cache
    present = {
        "key": join(x @ w_key, past["key"]),
        "value": join(x @ w_value, past["value"]),
    }
    output, _ = attention(x @ w_query, present["key"], present["value"])
    return output, present
