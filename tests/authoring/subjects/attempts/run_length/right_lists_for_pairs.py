def encode(text):
    runs = []
    for character in text:
        if not runs or runs[-1][0] != character:
            runs.append([character, 0])
        runs[-1][1] += 1
    return runs
