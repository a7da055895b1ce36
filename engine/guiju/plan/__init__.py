"""The typed plan of a rule pack."""
