"""The ledger of everything Arion changed."""
