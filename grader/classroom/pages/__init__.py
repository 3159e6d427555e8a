"""Pages about a class: a report for whoever teaches it, and feedback for each who is in it."""
