# slip: of equals the largest pair wins -> tokenization.takes_the_largest_of_equals
# slip: decode leaves out bytes that are no UTF-8, with errors="ignore" -> tokenization.drops_what_is_no_text
from collections import Counter
from itertools import pairwise


def merge(ids, pair, new):
    it = iter(range(len(ids)))
    out = []
    for i in it:
        if i + 1 < len(ids) and ids[i] == pair[0] and ids[i + 1] == pair[1]:
            out.append(new)
            next(it)
        else:
            out.append(ids[i])
    return out


def train_merges(text, num_merges):
    ids = list(text.encode())
    merges = []
    for new in range(256, 256 + num_merges):
        stats = Counter(pairwise(ids))
        if not stats:
            break
        pair = max(stats, key=lambda p: (stats[p], p))
        merges.append(pair)
        ids = merge(ids, pair, new)
    return merges


def encode(text, merges):
    ids = list(text.encode())
    for new, pair in enumerate(merges, 256):
        ids = merge(ids, pair, new)
    return ids


def decode(ids, merges):
    vocab = [bytes([i]) for i in range(256)]
    for a, b in merges:
        vocab.append(vocab[a] + vocab[b])
    return b"".join([vocab[i] for i in ids]).decode("utf-8", errors="ignore")
