"""What people say: time expressions, numbers, particles, in Korean and English."""
