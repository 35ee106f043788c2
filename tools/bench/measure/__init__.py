"""What tools/bench/run measures, by subject."""
