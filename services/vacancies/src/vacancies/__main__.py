"""python -m vacancies serve | api | listen | migrate."""

from kit.run import main

from vacancies.app import make_app
from vacancies.settings import Settings

if __name__ == "__main__":
    main("vacancies", Settings, make_app)
