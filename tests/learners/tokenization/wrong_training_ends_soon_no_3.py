# what: training ends as soon as no pair is there twice
# names: tokenization.stops_at_pairs_that_are_there_once
from collections import defaultdict


def pair_counts(ids):
    counts = defaultdict(int)
    for a, b in zip(ids, ids[1:]):
        counts[a, b] += 1
    return counts


def merge_pair(ids, pair, new_id):
    out, i = [], 0
    while i < len(ids):
        if tuple(ids[i:i + 2]) == tuple(pair):
            out.append(new_id)
            i += 2
        else:
            out.append(ids[i])
            i += 1
    return out


def train_merges(text, num_merges):
    ids = list(text.encode("utf8"))
    merges = []
    for k in range(num_merges):
        counts = pair_counts(ids)
        if not counts:
            break
        count, pair = min((-c, p) for p, c in counts.items())
        if -count < 2:
            break  # nothing repeats any more
        ids = merge_pair(ids, pair, 256 + k)
        merges.append(pair)
    return merges


def encode(text, merges):
    ids = list(text.encode("utf8"))
    for k, pair in enumerate(merges):
        ids = merge_pair(ids, pair, 256 + k)
    return ids


def decode(ids, merges):
    vocab = {i: bytes((i,)) for i in range(256)}
    for k, (a, b) in enumerate(merges, start=256):
        vocab[k] = vocab[a] + vocab[b]
    return b"".join(map(vocab.get, ids)).decode("utf8", "replace")
