"""Tool servers: where they are, connections to them, what they can do."""
