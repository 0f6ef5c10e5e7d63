"""Benchmarks: seconds, megabytes and rates, as JSON. Never a part of the tests."""
