"""Watch: what is new since last time, as findings with their places."""

from framelens.report.watch.watch import Watch, watch

__all__ = ["Watch", "watch"]
