"""For authors: begin exercises, prove them, and hand a course out."""
