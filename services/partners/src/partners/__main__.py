"""python -m partners serve | api | listen | migrate."""

from kit.run import main

from partners.app import make_app
from partners.settings import Settings

if __name__ == "__main__":
    main("partners", Settings, make_app)
