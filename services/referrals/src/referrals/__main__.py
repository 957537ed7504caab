"""python -m referrals serve | api | listen | migrate."""

from kit.run import main

from referrals.app import make_app
from referrals.settings import Settings

if __name__ == "__main__":
    main("referrals", Settings, make_app)
