"""The rules of vacancies, seekers, matches and placements."""
