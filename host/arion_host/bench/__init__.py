"""What the benchmarks need of the host: a stage to run it on, sets to judge it by."""
