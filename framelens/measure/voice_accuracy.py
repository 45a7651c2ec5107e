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
    Share(0.910, 0.899, 0.920, 67331),
    Share(0.903, 0.889, 0.917, 34308),
    Share(0.931, 0.917, 0.945, 33281),
    Share(0.878, 0.853, 0.903, 18216),
    Share(0.817, 0.786, 0.849, 19573),
    Share(0.015, 0.005, 0.027, 67331),
    Share(0.794, 0.767, 0.820, 4194),
)
"""From ``python -m benchmarks.voices --gold DIR --shares``: the reader that ships, on
articles that it was not trained on, against the first annotator. People differ too:
``benchmarks/RESULTS.md`` has two annotators of the same articles side by side."""

VOICE_ACCURACY_BY_OUTLET: dict[str, VoiceAccuracy] = dict(
    [
        _of(
            "Breitbart",
            12,
            Share(0.895, 0.832, 0.957, 7557),
            Share(0.882, 0.792, 0.935, 2875),
            Share(0.886, 0.799, 0.973, 2862),
            Share(0.913, 0.865, 0.937, 2726),
            Share(0.851, 0.650, 0.927, 2926),
            Share(0.002, -0.033, 0.036, 7557),
            Share(0.834, 0.718, 0.885, 585),
        ),
        _of(
            "HuffPost",
            12,
            Share(0.900, 0.848, 0.953, 8073),
            Share(0.919, 0.880, 0.958, 3673),
            Share(0.916, 0.841, 0.991, 3684),
            Share(0.842, 0.688, 0.995, 1560),
            Share(0.741, 0.588, 0.895, 1771),
            Share(-0.001, -0.038, 0.035, 8073),
            Share(0.729, 0.610, 0.848, 439),
        ),
        _of(
            "New York Times",
            12,
            Share(0.901, 0.882, 0.920, 19266),
            Share(0.900, 0.864, 0.936, 11729),
            Share(0.940, 0.920, 0.960, 11233),
            Share(0.848, 0.805, 0.891, 4794),
            Share(0.777, 0.714, 0.840, 5234),
            Share(0.026, -0.002, 0.054, 19266),
            Share(0.751, 0.687, 0.816, 1014),
        ),
        _of(
            "Politico",
            12,
            Share(0.918, 0.880, 0.957, 7656),
            Share(0.920, 0.892, 0.949, 3068),
            Share(0.888, 0.839, 0.937, 3181),
            Share(0.848, 0.746, 0.951, 2465),
            Share(0.896, 0.856, 0.936, 2333),
            Share(-0.015, -0.043, 0.013, 7656),
            Share(0.811, 0.723, 0.898, 523),
        ),
        _of(
            "USA Today",
            12,
            Share(0.924, 0.903, 0.945, 6610),
            Share(0.921, 0.901, 0.941, 4390),
            Share(0.965, 0.946, 0.984, 4189),
            Share(0.899, 0.837, 0.962, 1515),
            Share(0.797, 0.693, 0.902, 1708),
            Share(0.030, 0.008, 0.052, 6610),
            Share(0.766, 0.650, 0.882, 397),
        ),
        _of(
            "Washington Post",
            12,
            Share(0.921, 0.903, 0.939, 11961),
            Share(0.914, 0.888, 0.940, 6407),
            Share(0.937, 0.911, 0.962, 6255),
            Share(0.886, 0.826, 0.945, 3446),
            Share(0.848, 0.793, 0.902, 3601),
            Share(0.013, -0.013, 0.038, 11961),
            Share(0.814, 0.769, 0.859, 779),
        ),
        _of(
            "Western Journal",
            12,
            Share(0.920, 0.871, 0.969, 6208),
            Share(0.825, 0.754, 0.895, 2166),
            Share(0.952, 0.889, 1.000, 1877),
            Share(0.949, 0.903, 0.994, 1710),
            Share(0.811, 0.719, 0.903, 2000),
            Share(0.047, 0.028, 0.065, 6208),
            Share(0.867, 0.817, 0.916, 457),
        ),
    ]
)
"""The same for each outlet: US articles of 2015 and 2016. Intervals are wide: twelve
articles each."""

OUTLETS_DIFFER = (
    "It is not shown that voices are read worse in some outlets than in others (84 "
    "articles of seven US outlets, PolNeAR; seven figures; smallest p 0.068, 0.473 "
    "after Holm); with twelve articles an outlet, it is not shown that they are read "
    "alike either."
)
"""From the same run: outlets shuffled over articles, Holm over the figures. The
smallest p is that of “own: recall”, 0.886 to 0.965 by outlet."""
