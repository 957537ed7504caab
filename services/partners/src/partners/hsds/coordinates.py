"""Finland's plane coordinates on the globe."""

from math import asin, atan, atanh, cos, cosh, degrees, radians, sin, sinh, sqrt, tanh

# GRS 80, and the projection ETRS-TM35FIN (EPSG:3067), by the recommendation JHS 197.
A, F = 6378137.0, 1 / 298.257222101
SCALE, MERIDIAN, EASTING = 0.9996, radians(27.0), 500_000.0
N = F / (2 - F)
RADIUS = A / (1 + N) * (1 + N**2 / 4 + N**4 / 64)
E = sqrt(2 * F - F**2)
INVERSE = (
    N / 2 - 2 * N**2 / 3 + 37 * N**3 / 96 - N**4 / 360,
    N**2 / 48 + N**3 / 15 - 437 * N**4 / 1440,
    17 * N**3 / 480 - 37 * N**4 / 840,
    4397 * N**4 / 161280,
)


def from_tm35fin(north: float, east: float) -> tuple[float, float]:
    """Give latitude and longitude in degrees (WGS 84) of a point in metres; to a millimetre."""
    xi, eta = north / (RADIUS * SCALE), (east - EASTING) / (RADIUS * SCALE)
    terms = [(h, 2 * (n + 1)) for n, h in enumerate(INVERSE)]
    xi0 = xi - sum(h * sin(k * xi) * cosh(k * eta) for h, k in terms)
    eta0 = eta - sum(h * cos(k * xi) * sinh(k * eta) for h, k in terms)
    beta = asin(sin(xi0) / cosh(eta0))
    longitude = MERIDIAN + asin(tanh(eta0) / cos(beta))
    q = isometric = atanh(sin(beta))
    q = isometric + E * atanh(E * tanh(q))
    for _ in range(4):
        q = isometric + E * atanh(E * tanh(q))
    return degrees(atan(sinh(q))), degrees(longitude)
