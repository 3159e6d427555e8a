# what: takes the most common pairs of the bytes, without counting again
# names: tokenization.counts_once_and_for_all
from collections import Counter

def merge(ids, pair, new_id):
    out = []
    i = 0
    while i < len(ids):
        if i + 1 < len(ids) and ids[i] == pair[0] and ids[i + 1] == pair[1]:
            out.append(new_id)
            i += 2
        else:
            out.append(ids[i])
            i += 1
    return out


def train_merges(text, num_merges):
    ids = text.encode("utf-8")
    counts = Counter(zip(ids, ids[1:]))
    ranked = sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))
    return [pair for pair, _ in ranked[:num_merges]]


def encode(text, merges):
    ids = list(text.encode("utf-8"))
    for k in range(len(merges)):
        ids = merge(ids, merges[k], 256 + k)
    return ids


def decode(ids, merges):
    vocab = {i: bytes([i]) for i in range(256)}
    for k, (a, b) in enumerate(merges):
        vocab[256 + k] = vocab[a] + vocab[b]
    return b"".join([vocab[i] for i in ids]).decode("utf-8", errors="replace")
