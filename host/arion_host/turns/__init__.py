"""One turn, from what the person says to what is answered."""
