import re


def as_text(numbers):
    return "".join(map(chr, numbers))


def train_merges(text, num_merges):
    row, merges = as_text(text.encode()), []
    while len(merges) < num_merges and len(row) > 1:
        seen = {}
        for i in range(len(row) - 1):
            seen[row[i : i + 2]] = seen.get(row[i : i + 2], 0) + 1
        pair = sorted(seen, key=lambda p: (-seen[p], p))[0]
        row = row.replace(pair, chr(256 + len(merges)))
        merges.append((ord(pair[0]), ord(pair[1])))
    return merges


def encode(text, merges):
    row = as_text(text.encode())
    for k, pair in enumerate(merges):
        row = re.sub(re.escape(as_text(pair)), chr(256 + k), row)
    return [ord(c) for c in row]


def decode(ids, merges):
    row = as_text(ids)
    for k in range(len(merges) - 1, -1, -1):
        row = row.replace(chr(256 + k), as_text(merges[k]))
    return row.encode("latin-1").decode("utf-8", errors="replace")
