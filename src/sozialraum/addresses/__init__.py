"""Addresses: how they are written, where they lie, how lists are placed and registers carried on."""
