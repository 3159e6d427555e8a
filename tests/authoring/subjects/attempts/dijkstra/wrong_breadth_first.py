# what: the number of steps is returned.
# names: dijkstra.counts_the_steps
from collections import deque


def distances(graph, start):
    found, waiting = {start: 0}, deque([start])
    while waiting:
        place = waiting.popleft()
        for neighbour in graph[place]:
            if neighbour not in found:
                found[neighbour] = found[place] + 1
                waiting.append(neighbour)
    return found
