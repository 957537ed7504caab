"""The meeting place of jobseekers and employers: vacancies, seekers, matches, placements."""
