"""From views to themes: pure functions from checked tables to one frozen result."""
