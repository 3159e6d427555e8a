"""Running untrusted code: what crosses the border, who runs it, and who waits for it."""
