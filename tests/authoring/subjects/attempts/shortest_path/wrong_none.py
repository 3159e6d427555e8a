# what: nothing is returned.
def shortest_path(graph, start, goal):
    path = [start]
