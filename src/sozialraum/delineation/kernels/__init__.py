"""The compiled inner loops of the search. Imported late: the compiler takes most of a second."""
