"""Fuzzing: what has to hold for any bytes."""
