# what: the start is left out.
# names: shortest_path.leaves_out_the_start
def shortest_path(graph, start, goal):
    paths = [[]]
    while True:
        paths = [p + [n] for p in paths for n in graph[p[-1] if p else start]]
        for path in paths:
            if path[-1] == goal:
                return path
