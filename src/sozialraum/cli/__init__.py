"""The commands, for those who like a terminal; everything here is on a page too."""
