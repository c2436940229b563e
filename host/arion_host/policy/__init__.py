"""What may happen, decided by code and never by a model."""
