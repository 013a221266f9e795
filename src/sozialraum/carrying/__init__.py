"""Carrying (Übertragung): counts of any geography brought onto blocks and areas by weights that sum to 1."""
