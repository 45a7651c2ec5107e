"""How often voices are wrong: measured on a named set, beside what rests on them."""

from __future__ import annotations

from typing import NamedTuple

from framelens.measure.accuracy import Share


class VoiceAccuracy(NamedTuple):
    """How often the voice of a word is right, on a named set.

    Shares are of words (``n``), but the last; their 95 % intervals are over articles,
    not the wider of events and Wilson's.

    Attributes
    ----------
    measured_on : str
        The set, and whose articles.
    articles : int
        How many they are.
    right : Share
        Of all words but furniture, those whose voice is the one that people gave.
    own_precision, own_recall : Share
        Of the words called own, those that are; of those that are, those called so.
    indirect_precision, indirect_recall : Share
        The same of reported speech.
    too_much_own : Share
        The share of own words less what it is: a difference of shares, below 0 where
        too little is called own.
    attributions : Share
        F1 of attributions whose content, cue and source agree with people's.
    """

    measured_on: str
    articles: int
    right: Share
    own_precision: Share
    own_recall: Share
    indirect_precision: Share
    indirect_recall: Share
    too_much_own: Share
    attributions: Share

    def sentence(self) -> str:
        """Say it in words, for captions and notebooks.

        Returns
        -------
        str
            Under 45 words.
        """
        own, points = self.own_precision, 100 * self.too_much_own.value
        return (
            f"Voices can be wrong: on {self.measured_on}, {self.articles} articles, "
            f"{_percent(own.value)} of the words called own are own (95 % interval "
            f"{100 * own.low:.0f} to {_percent(own.high)}), and "
            f"{_percent(self.indirect_precision.value)} of those called indirect are; "
            f"the own share comes out {abs(points):.1f} points too "
            f"{'high' if points >= 0 else 'low'}."
        )


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _of(outlet: str, articles: int, *shares: Share) -> tuple[str, VoiceAccuracy]:
    return outlet, VoiceAccuracy(f"PolNeAR ({outlet})", articles, *shares)


VOICE_ACCURACY = VoiceAccuracy(
    "PolNeAR (seven US outlets)",
    84,
    Share(0.911, 0.900, 0.921, 67331),
    Share(0.909, 0.893, 0.925, 33910),
    Share(0.926, 0.913, 0.940, 33281),
    Share(0.872, 0.847, 0.897, 18588),
    Share(0.829, 0.799, 0.860, 19546),
    Share(0.009, -0.001, 0.021, 67331),
    Share(0.799, 0.773, 0.825, 4264),
)
"""From ``python -m benchmarks.voices --gold DIR --shares``: the reader that ships, on
articles that it was not trained on, against the first annotator. People differ too:
``benchmarks/RESULTS.md`` has two annotators of the same articles side by side."""

VOICE_ACCURACY_BY_OUTLET: dict[str, VoiceAccuracy] = dict(
    [
        _of(
            "Breitbart",
            12,
            Share(0.898, 0.837, 0.958, 7557),
            Share(0.892, 0.802, 0.948, 2835),
            Share(0.883, 0.798, 0.969, 2862),
            Share(0.912, 0.866, 0.935, 2766),
            Share(0.862, 0.667, 0.938, 2926),
            Share(-0.004, -0.040, 0.033, 7557),
            Share(0.838, 0.736, 0.886, 592),
        ),
        _of(
            "HuffPost",
            12,
            Share(0.902, 0.849, 0.955, 8073),
            Share(0.923, 0.878, 0.968, 3657),
            Share(0.916, 0.845, 0.988, 3684),
            Share(0.841, 0.689, 0.994, 1576),
            Share(0.749, 0.588, 0.910, 1771),
            Share(-0.003, -0.042, 0.035, 8073),
            Share(0.724, 0.600, 0.848, 442),
        ),
        _of(
            "New York Times",
            12,
            Share(0.902, 0.883, 0.920, 19266),
            Share(0.909, 0.870, 0.948, 11497),
            Share(0.930, 0.909, 0.951, 11233),
            Share(0.835, 0.789, 0.881, 5010),
            Share(0.800, 0.735, 0.866, 5228),
            Share(0.014, -0.017, 0.045, 19266),
            Share(0.762, 0.695, 0.829, 1034),
        ),
        _of(
            "Politico",
            12,
            Share(0.914, 0.879, 0.950, 7656),
            Share(0.914, 0.878, 0.951, 3089),
            Share(0.888, 0.847, 0.929, 3181),
            Share(0.843, 0.751, 0.934, 2440),
            Share(0.886, 0.846, 0.926, 2321),
            Share(-0.012, -0.036, 0.012, 7656),
            Share(0.810, 0.734, 0.885, 531),
        ),
        _of(
            "USA Today",
            12,
            Share(0.929, 0.909, 0.950, 6610),
            Share(0.930, 0.911, 0.948, 4341),
            Share(0.963, 0.948, 0.979, 4189),
            Share(0.897, 0.839, 0.955, 1564),
            Share(0.823, 0.730, 0.916, 1705),
            Share(0.023, 0.005, 0.041, 6610),
            Share(0.782, 0.670, 0.894, 409),
        ),
        _of(
            "Washington Post",
            12,
            Share(0.925, 0.909, 0.941, 11961),
            Share(0.925, 0.902, 0.948, 6306),
            Share(0.933, 0.907, 0.958, 6255),
            Share(0.882, 0.820, 0.943, 3541),
            Share(0.868, 0.832, 0.905, 3595),
            Share(0.004, -0.020, 0.028, 11961),
            Share(0.823, 0.784, 0.861, 795),
        ),
        _of(
            "Western Journal",
            12,
            Share(0.915, 0.868, 0.963, 6208),
            Share(0.815, 0.740, 0.890, 2185),
            Share(0.949, 0.908, 0.989, 1877),
            Share(0.945, 0.911, 0.979, 1691),
            Share(0.799, 0.694, 0.904, 2000),
            Share(0.050, 0.023, 0.076, 6208),
            Share(0.863, 0.800, 0.927, 461),
        ),
    ]
)
"""The same for each outlet: US articles of 2015 and 2016. Intervals are wide: twelve
articles each."""

OUTLETS_DIFFER = (
    "It is not shown that voices are read worse in some outlets than in others (84 "
    "articles of seven US outlets, PolNeAR; seven figures; smallest p 0.039, 0.270 "
    "after Holm); with twelve articles an outlet, it is not shown that they are read "
    "alike either."
)
"""From the same run: outlets shuffled over articles, Holm over the figures. The
smallest p is that of “own: precision”, 0.815 to 0.930 by outlet."""
