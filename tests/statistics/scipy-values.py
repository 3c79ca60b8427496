"""Writes scipy-values.json: what SciPy says of the distributions we use, for scipy.test.ts to compare with.

    python3 tests/statistics/scipy-values.py > tests/statistics/scipy-values.json && npm run format

Each row is the arguments, in the order our functions take them, and the value last.
"""

import json
import platform
import random

import numpy
import scipy
from scipy import stats

random.seed(2026)
POINTS = 150


def uniform(low, high):
    return round(random.uniform(low, high), 6)


def chance():
    """A probability, often one that an interval is made of."""
    return random.choice([0.01, 0.025, 0.05, 0.5, 0.85, 0.95, 0.975, 0.99, uniform(0.001, 0.999)])


def shape():
    """Half a count, as posterior distributions have them, or any positive number."""
    return random.choice([random.randint(0, 400) + 0.5, uniform(0.5, 30)])


def beta_cdf():
    a, b = shape(), shape()
    x = uniform(0.001, 0.999) if random.random() < 0.3 else round(float(stats.beta.ppf(uniform(0.001, 0.999), a, b)), 8)
    return [x, a, b, stats.beta.cdf(x, a, b)]


def beta_quantile():
    p, a, b = chance(), shape(), shape()
    return [p, a, b, stats.beta.ppf(p, a, b)]


def binomial_cdf():
    n, p = random.randint(1, 300), uniform(0.01, 0.99)
    k = random.randint(0, n)
    return [k, n, p, stats.binom.cdf(k, n, p)]


def binomial_quantile():
    p, n, q = chance(), random.randint(1, 300), random.choice([0.5, 0.7, 0.85, 0.9, 0.95, uniform(0.01, 0.99)])
    return [p, n, q, float(stats.binom.ppf(p, n, q))]


def chisquare_quantile():
    p, k = chance(), random.randint(1, 400)
    return [p, k, stats.chi2.ppf(p, k)]


def gamma_cdf():
    a, rate = shape(), uniform(0.2, 30)
    x = round(float(stats.gamma.ppf(uniform(0.001, 0.999), a, scale=1 / rate)), 8)
    return [x, a, rate, stats.gamma.cdf(x, a, scale=1 / rate)]


def gamma_quantile():
    p, a, rate = chance(), shape(), uniform(0.2, 30)
    return [p, a, rate, stats.gamma.ppf(p, a, scale=1 / rate)]


def negative_binomial_cdf():
    r, p = uniform(0.3, 80), uniform(0.02, 0.98)
    k = random.randint(0, int(3 * r * (1 - p) / p) + 3)
    return [k, r, p, stats.nbinom.cdf(k, r, p)]


def normal_quantile():
    p, mean, deviation = chance(), uniform(-20, 20), uniform(0.1, 20)
    return [p, mean, deviation, stats.norm.ppf(p, mean, deviation)]


def t_quantile():
    p, freedom = chance(), random.randint(1, 200)
    return [p, freedom, stats.t.ppf(p, freedom)]


def large_shape():
    """From where the library is left, evenly over orders of magnitude; at times so close to the border as can be."""
    return random.choice([500.5, random.randint(500, 3000) + 0.5, round(10 ** random.uniform(2.7, 6), 3)])


def large_gamma_cdf():
    a, rate = large_shape(), uniform(0.2, 30)
    x = round(float(stats.gamma.ppf(chance(), a, scale=1 / rate)), 8)
    return [x, a, rate, stats.gamma.cdf(x, a, scale=1 / rate)]


def large_gamma_quantile():
    p, a, rate = random.choice([1e-6, chance(), chance()]), large_shape(), uniform(0.2, 30)
    return [p, a, rate, stats.gamma.ppf(p, a, scale=1 / rate)]


def large_chisquare_quantile():
    p, k = chance(), int(2 * large_shape())
    return [p, k, stats.chi2.ppf(p, k)]


FUNCTIONS = {
    "beta-cdf": beta_cdf,
    "beta-quantile": beta_quantile,
    "binomial-cdf": binomial_cdf,
    "binomial-quantile": binomial_quantile,
    "chisquare-quantile": chisquare_quantile,
    "gamma-cdf": gamma_cdf,
    "gamma-quantile": gamma_quantile,
    "negative-binomial-cdf": negative_binomial_cdf,
    "normal-quantile": normal_quantile,
    "t-quantile": t_quantile,
    "large-gamma-cdf": large_gamma_cdf,
    "large-gamma-quantile": large_gamma_quantile,
    "large-chisquare-quantile": large_chisquare_quantile,
}

versions = {"python": platform.python_version(), "numpy": numpy.__version__, "scipy": scipy.__version__}
print('{\n  "versions": ' + json.dumps(versions) + ',\n  "values": {')
for at, (name, point) in enumerate(FUNCTIONS.items()):
    rows = ",\n      ".join(json.dumps([float(x) if isinstance(x, numpy.floating) else x for x in point()]) for _ in range(POINTS))
    print(f'    "{name}": [\n      {rows}\n    ]' + ("," if at < len(FUNCTIONS) - 1 else ""))
print("  }\n}")
