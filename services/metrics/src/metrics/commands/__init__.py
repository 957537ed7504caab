"""What may be asked: a verb is a file."""
