"""Set-up and upkeep: run by make, not part of the installed program."""
