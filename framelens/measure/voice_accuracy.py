"""How often voices are wrong: measured on a named set, beside what rests on them."""

from __future__ import annotations

from typing import NamedTuple

from framelens._accuracy import Share


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
    Share(0.916, 0.905, 0.927, 67331),
    Share(0.922, 0.906, 0.937, 33332),
    Share(0.923, 0.908, 0.937, 33281),
    Share(0.870, 0.845, 0.895, 19166),
    Share(0.854, 0.822, 0.885, 19546),
    Share(0.001, -0.010, 0.012, 67331),
    Share(0.806, 0.780, 0.832, 4271),
)
"""From ``python -m benchmarks.voices --gold DIR --shares``: the reader that ships, on
articles that it was not trained on, against the first annotator. People differ too:
``benchmarks/RESULTS.md`` has two annotators of the same articles side by side."""

VOICE_ACCURACY_BY_OUTLET: dict[str, VoiceAccuracy] = dict(
    [
        _of(
            "Breitbart",
            12,
            Share(0.894, 0.828, 0.959, 7557),
            Share(0.891, 0.791, 0.941, 2803),
            Share(0.872, 0.780, 0.965, 2862),
            Share(0.902, 0.856, 0.947, 2798),
            Share(0.862, 0.656, 0.934, 2926),
            Share(-0.008, -0.045, 0.029, 7557),
            Share(0.839, 0.708, 0.897, 591),
        ),
        _of(
            "HuffPost",
            12,
            Share(0.909, 0.859, 0.959, 8073),
            Share(0.940, 0.894, 0.985, 3581),
            Share(0.913, 0.844, 0.983, 3684),
            Share(0.844, 0.704, 0.984, 1652),
            Share(0.787, 0.615, 0.959, 1771),
            Share(-0.013, -0.053, 0.028, 8073),
            Share(0.744, 0.617, 0.872, 446),
        ),
        _of(
            "New York Times",
            12,
            Share(0.905, 0.884, 0.926, 19266),
            Share(0.918, 0.881, 0.955, 11337),
            Share(0.926, 0.901, 0.951, 11233),
            Share(0.832, 0.777, 0.886, 5170),
            Share(0.822, 0.758, 0.887, 5228),
            Share(0.005, -0.023, 0.034, 19266),
            Share(0.767, 0.702, 0.832, 1035),
        ),
        _of(
            "Politico",
            12,
            Share(0.930, 0.903, 0.956, 7656),
            Share(0.946, 0.921, 0.971, 3001),
            Share(0.892, 0.848, 0.937, 3181),
            Share(0.854, 0.769, 0.939, 2528),
            Share(0.930, 0.907, 0.954, 2321),
            Share(-0.024, -0.054, 0.007, 7656),
            Share(0.848, 0.783, 0.914, 528),
        ),
        _of(
            "USA Today",
            12,
            Share(0.940, 0.924, 0.956, 6610),
            Share(0.950, 0.928, 0.971, 4230),
            Share(0.959, 0.939, 0.979, 4189),
            Share(0.891, 0.829, 0.953, 1675),
            Share(0.876, 0.813, 0.938, 1705),
            Share(0.006, -0.016, 0.029, 6610),
            Share(0.779, 0.681, 0.877, 416),
        ),
        _of(
            "Washington Post",
            12,
            Share(0.930, 0.912, 0.947, 11961),
            Share(0.935, 0.913, 0.957, 6232),
            Share(0.931, 0.904, 0.959, 6255),
            Share(0.882, 0.825, 0.939, 3615),
            Share(0.887, 0.842, 0.932, 3595),
            Share(-0.002, -0.024, 0.021, 11961),
            Share(0.821, 0.788, 0.855, 794),
        ),
        _of(
            "Western Journal",
            12,
            Share(0.919, 0.865, 0.973, 6208),
            Share(0.826, 0.729, 0.923, 2148),
            Share(0.945, 0.904, 0.986, 1877),
            Share(0.941, 0.905, 0.977, 1728),
            Share(0.813, 0.688, 0.938, 2000),
            Share(0.044, 0.013, 0.074, 6208),
            Share(0.863, 0.808, 0.919, 461),
        ),
    ]
)
"""The same for each outlet: US articles of 2015 and 2016. Intervals are wide: twelve
articles each."""

OUTLETS_DIFFER = (
    "It is not shown that voices are read worse in some outlets than in others (84 "
    "articles of seven US outlets, PolNeAR; seven figures; smallest p 0.009, 0.064 "
    "after Holm); with twelve articles an outlet, it is not shown that they are read "
    "alike either."
)
"""From the same run: outlets shuffled over articles, Holm over the figures. The
smallest p is that of “own: precision”, 0.826 to 0.950 by outlet."""
