"""The referrals' service without its disclosure log: for a measurement, and for nothing else.

python -m tests.bench.unlogged serve --port PORT
"""

from kit.edge import ServiceRoute
from kit.run import main
from referrals.api.logged import LoggedRoute
from referrals.app import make_app
from referrals.settings import Settings

if __name__ == "__main__":
    LoggedRoute.leave = ServiceRoute.leave  # type: ignore[method-assign]
    main("referrals", Settings, make_app)
