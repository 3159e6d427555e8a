# what: max over the counts: of equals, the first in the text
# names: tokenization.takes_the_first_of_equals
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
    ids = list(text.encode("utf-8"))
    merges = []
    for k in range(num_merges):
        if len(ids) < 2:
            break
        pair, _ = Counter(zip(ids, ids[1:])).most_common(1)[0]
        ids = merge(ids, pair, 256 + k)
        merges.append(pair)
    return merges


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
