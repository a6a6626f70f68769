"""The commands of the program, one module a group; each is a thin shell over stages or pure functions."""
