def shortest_path(graph, start, goal):
    paths = [[start]]
    while True:
        paths = [path + [n] for path in paths for n in reversed(graph[path[-1]])]
        for path in paths:
            if path[-1] == goal:
                return tuple(path)
