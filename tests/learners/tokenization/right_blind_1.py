"""Tokenization, with plain loops and dicts."""


def replace(ids, first, second, new):
    out = []
    i = 0
    while i < len(ids):
        if i + 1 < len(ids) and ids[i] == first and ids[i + 1] == second:
            out.append(new)
            i = i + 2
        else:
            out.append(ids[i])
            i = i + 1
    return out


def train_merges(text, num_merges):
    ids = []
    for b in text.encode("utf-8"):
        ids.append(b)
    merges = []
    for step in range(num_merges):
        if len(ids) < 2:
            break
        counts = {}
        for i in range(len(ids) - 1):
            pair = (ids[i], ids[i + 1])
            if pair in counts:
                counts[pair] = counts[pair] + 1
            else:
                counts[pair] = 1
        best = None
        for pair in counts:
            if best is None:
                best = pair
            elif counts[pair] > counts[best]:
                best = pair
            elif counts[pair] == counts[best] and pair < best:
                best = pair
        merges.append(best)
        ids = replace(ids, best[0], best[1], 256 + step)
    return merges


def encode(text, merges):
    ids = list(text.encode("utf-8"))
    new = 256
    for first, second in merges:
        ids = replace(ids, first, second, new)
        new += 1
    return ids


def decode(ids, merges):
    table = {}
    for b in range(256):
        table[b] = bytes([b])
    for k in range(len(merges)):
        first, second = merges[k]
        table[256 + k] = table[first] + table[second]
    all_bytes = bytearray()
    for i in ids:
        all_bytes += table[i]
    return all_bytes.decode("utf-8", errors="replace")
