"""The regressions of `alphadistill bench teacher` in statsmodels and numpy: one fit for each line on standard input.

Arguments: "statsmodels" or "numpy" and sizes, or "ipca", a file of its panel and sizes. Data are read or made, of the
benchmark's shapes, before the clock starts. Prints the library and its version once it is ready, then the seconds of each fit.
"""
import sys
import time

import numpy as np


def statsmodels(assets, days, factors, window):
    import statsmodels
    from statsmodels.regression.rolling import RollingOLS

    x, y = market(assets, days, factors)

    def fit():
        for i in range(assets):
            result = RollingOLS(y[:, i], x, window=window).fit()
            result.params, result.bse, result.rsquared

    return fit, "statsmodels " + statsmodels.__version__


def rolling(assets, days, factors, window):
    """All windows at once: running sums of products, one batched solve, errors from the sums."""
    x, y = market(assets, days, factors)
    k = factors + 1

    def windows(terms):
        sums = np.cumsum(terms, axis=0)
        sums[window:] -= sums[:-window].copy()
        return sums[window - 1:]

    def fit():
        gram = windows(np.einsum("ti,tj->tij", x, x))
        cross = windows(x[:, :, None] * y[:, None, :])
        squares = windows(y * y)
        total = windows(y)
        beta = np.linalg.solve(gram, cross)
        residual = squares - np.einsum("tka,tka->ta", beta, cross)
        variance = residual / (window - k)
        error = np.sqrt(np.diagonal(np.linalg.inv(gram), axis1=1, axis2=2)[:, :, None] * variance[:, None, :])
        share = 1 - residual / (squares - total * total / window)
        return beta, error, share

    return fit, "numpy " + np.__version__


def ipca(file, assets, periods, characteristics, factors):
    """Alternating least squares on managed portfolios, batched over periods, to the benchmark's tolerance."""
    tolerance = 1e-8
    panel = np.fromfile(file, dtype=">f8").astype(float).reshape(periods, characteristics + 1, assets)
    z = np.ascontiguousarray(panel[:, :-1].transpose(0, 2, 1))
    y = np.ascontiguousarray(panel[:, -1])

    def normal(g, f):
        q, r = np.linalg.qr(g)
        f = f @ r.T
        values, vectors = np.linalg.eigh(f.T @ f)
        turn = vectors[:, ::-1]
        g, f = q @ turn, f @ turn
        sign = np.where(f.mean(axis=0) < 0, -1.0, 1.0)
        return g * sign, f * sign

    def fit():
        w = z.transpose(0, 2, 1) @ z
        q = np.einsum("tnl,tn->tl", z, y)
        g = np.linalg.svd((q / assets).T, full_matrices=False)[0][:, :factors]
        f = np.zeros((periods, factors))
        for sweep in range(20000):
            left = g.T @ w @ g
            fresh = np.linalg.solve(left, (q @ g)[:, :, None])[:, :, 0]
            size = characteristics * factors
            moment = np.einsum("tlm,tj,tk->ljmk", w, fresh, fresh, optimize=True).reshape(size, size)
            target = (q.T @ fresh).reshape(size)
            turned, fresh = normal(np.linalg.solve(moment, target).reshape(characteristics, factors), fresh)
            change = max(np.abs(turned - g).max(), np.abs(fresh - f).max())
            g, f = turned, fresh
            if change < tolerance:
                return g, f
        raise SystemExit("no convergence")

    return fit, "numpy " + np.__version__


def market(assets, days, factors):
    rng = np.random.default_rng(1)
    f = 0.01 * rng.standard_normal((days, factors))
    x = np.column_stack([np.ones(days), f])
    y = f @ rng.standard_normal((factors, assets)) + 0.02 * rng.standard_normal((days, assets))
    return x, y


def main():
    kinds = {"statsmodels": statsmodels, "numpy": rolling, "ipca": ipca}
    arguments = [int(word) if word.isdigit() else word for word in sys.argv[2:]]
    work, name = kinds[sys.argv[1]](*arguments)
    print(name, flush=True)
    for _ in sys.stdin:
        begun = time.perf_counter()
        work()
        print(time.perf_counter() - begun, flush=True)


main()
