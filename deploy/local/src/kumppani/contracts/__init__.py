"""contracts/: what the services ask and say, from their code, and what may change of it."""
