"""python -m assessments serve | api | listen | migrate."""

from kit.run import main

from assessments.app import make_app
from assessments.settings import Settings

if __name__ == "__main__":
    main("assessments", Settings, make_app)
