import numpy as np


def replace(ids, pair, new):
    hits = np.flatnonzero((ids[:-1] == pair[0]) & (ids[1:] == pair[1]))
    starts = []
    for hit in hits:
        if not starts or hit > starts[-1] + 1:
            starts.append(hit)
    ids = ids.copy()
    ids[starts] = new
    return np.delete(ids, np.array(starts, dtype=int) + 1)


def train_merges(text, num_merges):
    ids = np.frombuffer(text.encode(), dtype=np.uint8).astype(np.int64)
    merges = []
    while len(merges) < num_merges and ids.size >= 2:
        pairs, counts = np.unique(np.stack([ids[:-1], ids[1:]], axis=1), axis=0, return_counts=True)
        pair = pairs[counts.argmax()]
        ids = replace(ids, pair, 256 + len(merges))
        merges.append((int(pair[0]), int(pair[1])))
    return merges


def encode(text, merges):
    ids = np.frombuffer(text.encode(), dtype=np.uint8).astype(np.int64)
    for k, pair in enumerate(merges):
        if ids.size:
            ids = replace(ids, pair, 256 + k)
    return [int(i) for i in ids]


def decode(ids, merges):
    out = list(ids)
    for k in reversed(range(len(merges))):
        out = [part for i in out for part in (merges[k] if i == 256 + k else (i,))]
    return bytes(out).decode("utf-8", "replace")
