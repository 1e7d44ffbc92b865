"""Tests with a real cluster, which need Java and Maven."""
