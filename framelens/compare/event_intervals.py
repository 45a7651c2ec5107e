"""Intervals over events: as wide as t, and as skewed as the shares themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

if TYPE_CHECKING:
    from framelens.compare.strata import Floats


def event_intervals(
    target: Floats, baseline: Floats, *, level: float
) -> tuple[Floats, Floats]:
    """Give an interval of the mean difference of shares over events.

    Two intervals are made, and at each end the one that reaches further is taken.
    The first is t over the differences of events. The second gives each outlet's
    mean share an interval that is symmetric on the logarithmic scale, as skewed
    shares need it, and puts the two together with their covariance over events
    [1]_. Alone, the first misses large differences of bursty words and the second
    is too short where most events lack the word; ``benchmarks/RESULTS.md`` has what
    each covers.

    Parameters
    ----------
    target, baseline : array (events, items)
        The shares of each outlet within each event.
    level : float
        In (0, 1), such as 0.95.

    Returns
    -------
    low, high : array (items,)
        NaN with fewer than two events.

    References
    ----------
    .. [1] Zou, Huang & Zhang (2009), "A note on confidence interval estimation for
       a linear function of binomial proportions", Computational Statistics & Data
       Analysis 53, 1080-1085. https://doi.org/10.1016/j.csda.2008.09.033

    Examples
    --------
    >>> target = np.array([[0.02], [0.05], [0.30]])
    >>> low, high = event_intervals(target, np.full((3, 1), 0.02), level=0.9)
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([-0.16], [0.98])
    """
    events = len(target)
    if events < 2:
        nothing = np.full(target.shape[1], np.nan)
        return nothing, nothing.copy()
    quantile = float(stdtrit(events - 1, (1 + level) / 2))
    difference = (target - baseline).mean(axis=0)
    reach = quantile * _error(target - baseline)
    below, above = _skewed(target, baseline, quantile)
    low = difference - np.maximum(reach, below)
    high = difference + np.maximum(reach, above)
    return np.maximum(low, -1.0), np.minimum(high, 1.0)


def _error(shares: Floats) -> Floats:
    error: Floats = shares.std(axis=0, ddof=1) / np.sqrt(len(shares))
    return error


def _skewed(target: Floats, baseline: Floats, quantile: float) -> tuple[Floats, Floats]:
    """How far the second interval reaches below and above the difference."""
    (a_down, a_up), (b_down, b_up) = (
        _reaches(side, quantile) for side in (target, baseline)
    )
    errors = _error(target) * _error(baseline)
    centred = (target - target.mean(axis=0)) * (baseline - baseline.mean(axis=0))
    shared = centred.sum(axis=0) / (len(target) - 1) / len(target)
    alike = np.divide(shared, errors, out=np.zeros_like(errors), where=errors > 0)
    below = np.maximum(a_down**2 + b_up**2 - 2 * alike * a_down * b_up, 0)
    above = np.maximum(a_up**2 + b_down**2 - 2 * alike * a_up * b_down, 0)
    return np.sqrt(below), np.sqrt(above)


def _reaches(shares: Floats, quantile: float) -> tuple[Floats, Floats]:
    """How far the mean share's own interval reaches down and up."""
    mean, error = shares.mean(axis=0), _error(shares)
    relative = np.divide(error, mean, out=np.zeros_like(mean), where=mean > 0)
    factor = np.exp(np.minimum(quantile * relative, 50.0))
    return mean - mean / factor, np.minimum(mean * factor, 1.0) - mean
