# what: places that cannot be reached are infinitely far, and not left out.
def distances(graph, start):
    found = {place: float("inf") for place in graph} | {start: 0.0}
    for _ in graph:
        for place in graph:
            for neighbour, length in graph[place].items():
                found[neighbour] = min(found[neighbour], found[place] + length)
    return found
