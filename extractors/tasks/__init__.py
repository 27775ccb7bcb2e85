"""The tasks of a plan: the smallest titled units of its task and safeguard chapters, and the rows of its tables of
work."""

from extractors.tasks.component import tasks
from extractors.tasks.units import ABOUT_PLAN, APPEAL, SIGNATURE

__all__ = ["ABOUT_PLAN", "APPEAL", "SIGNATURE", "tasks"]
