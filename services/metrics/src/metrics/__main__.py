"""python -m metrics serve | api | listen | migrate."""

from kit.run import main

from metrics.app import make_app
from metrics.settings import Settings

if __name__ == "__main__":
    main("metrics", Settings, make_app)
