"""Understanding, carrying out and describing one turn."""
