"""Intervals over events: as wide as t, and as skewed as the shares themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

if TYPE_CHECKING:
    from framelens.compare.strata import Floats


def event_intervals(
    target: Floats,
    baseline: Floats,
    *,
    level: float,
    weight: Floats | None = None,
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
    weight : array (events,), optional
        What each event weighs, in sum 1; all alike if not given.

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
    weight = np.full(events, 1 / events) if weight is None else weight
    quantile = float(stdtrit(degrees_of_freedom(weight), (1 + level) / 2))
    difference = weight @ (target - baseline)
    reach = quantile * weighted_error(target - baseline, weight)
    below, above = _skewed(target, baseline, quantile, weight)
    low = difference - np.maximum(reach, below)
    high = difference + np.maximum(reach, above)
    return np.maximum(low, -1.0), np.minimum(high, 1.0)


def weighted_error(shares: Floats, weight: Floats) -> Floats:
    """Give the standard error of a weighted mean over events, cluster-robust (CR2).

    Parameters
    ----------
    shares : array (events, items)
    weight : array (events,)
        In sum 1.

    Returns
    -------
    array (items,)
        With equal weights the standard error of a mean.

    References
    ----------
    .. [1] Bell & McCaffrey (2002), Survey Methodology 28, 169-181.

    Examples
    --------
    >>> weighted_error(np.array([[1.0], [2.0], [3.0]]), np.full(3, 1 / 3)).round(4)
    array([0.5774])
    """
    return np.sqrt(_covariance(shares, shares, weight))


def degrees_of_freedom(weight: Floats) -> float:
    """Give those of the t that such an error is used with.

    Parameters
    ----------
    weight : array (events,)
        In sum 1.

    Returns
    -------
    float
        The number of events less 1 if all weigh alike, else fewer.

    References
    ----------
    .. [1] Imbens & Kolesár (2016), Review of Economics and Statistics 98, 701-712.
       https://doi.org/10.1162/REST_a_00552

    Examples
    --------
    >>> round(degrees_of_freedom(np.full(8, 1 / 8)), 9)
    7.0
    >>> round(degrees_of_freedom(np.array([0.4, 0.2, 0.2, 0.2])), 2)
    2.21
    """
    residual = np.eye(len(weight)) - weight  # each row: a difference less the mean
    scaled = (weight / np.sqrt(1.0 - weight))[:, None] * residual
    spread = scaled @ scaled.T
    return float(np.trace(spread) ** 2 / (spread**2).sum())


def _covariance(one: Floats, other: Floats, weight: Floats) -> Floats:
    corrected = weight**2 / (1.0 - weight)
    product: Floats = corrected @ ((one - weight @ one) * (other - weight @ other))
    return product


def _skewed(
    target: Floats, baseline: Floats, quantile: float, weight: Floats
) -> tuple[Floats, Floats]:
    """How far the second interval reaches below and above the difference."""
    (a_down, a_up), (b_down, b_up) = (
        _reaches(side, quantile, weight) for side in (target, baseline)
    )
    errors = weighted_error(target, weight) * weighted_error(baseline, weight)
    shared = _covariance(target, baseline, weight)
    alike = np.divide(shared, errors, out=np.zeros_like(errors), where=errors > 0)
    below = np.maximum(a_down**2 + b_up**2 - 2 * alike * a_down * b_up, 0)
    above = np.maximum(a_up**2 + b_down**2 - 2 * alike * a_up * b_down, 0)
    return np.sqrt(below), np.sqrt(above)


def _reaches(shares: Floats, quantile: float, weight: Floats) -> tuple[Floats, Floats]:
    """How far the mean share's own interval reaches down and up."""
    mean, error = weight @ shares, weighted_error(shares, weight)
    relative = np.divide(error, mean, out=np.zeros_like(mean), where=mean > 0)
    factor = np.exp(np.minimum(quantile * relative, 50.0))
    return mean - mean / factor, np.minimum(mean * factor, 1.0) - mean
