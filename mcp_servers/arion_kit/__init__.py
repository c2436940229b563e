"""What a tool server needs, and nothing else."""
