def pieces(i, merges):
    if i < 256:
        return bytes([i])
    left, right = merges[i - 256]
    return pieces(left, merges) + pieces(right, merges)


def fused(ids, pair, new):
    done = []
    for i in ids:
        done.append(i)
        if tuple(done[-2:]) == tuple(pair):
            done[-2:] = [new]
    return done


def train_merges(text, num_merges, ids=None, first=256):
    ids = list(text.encode()) if ids is None else ids
    if num_merges == 0 or len(ids) < 2:
        return []
    pairs = list(zip(ids, ids[1:]))
    pair = min(set(pairs), key=lambda p: (-pairs.count(p), p))
    return [pair] + train_merges(text, num_merges - 1, fused(ids, pair, first), first + 1)


def encode(text, merges):
    ids = list(text.encode())
    for new, pair in enumerate(merges, start=256):
        ids = fused(ids, pair, new)
    return ids


def decode(ids, merges):
    return b"".join(pieces(i, merges) for i in ids).decode(errors="replace")
