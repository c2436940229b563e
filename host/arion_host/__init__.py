"""The host: the one process in which all parts of Arion are joined."""
