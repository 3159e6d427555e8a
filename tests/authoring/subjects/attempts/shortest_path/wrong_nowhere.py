# what: the path is set of places that are no places.
def shortest_path(graph, start, goal):
    return [start, "nowhere", goal]
