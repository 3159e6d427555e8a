def distances(graph, start):
    found = {start: 0}
    for _ in graph:
        for place in list(found):
            for neighbour, length in graph[place].items():
                found[neighbour] = min(found.get(neighbour, float("inf")), found[place] + length)
    return found
