"""Instances, peers and runs of the comparison that `benchmarks/delineation.py` prints."""
