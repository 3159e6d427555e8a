"""What runs beside the learner's code. Nothing of ours is imported here but the wire."""
