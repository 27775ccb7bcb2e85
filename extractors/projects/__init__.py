"""Projects: the 重大项目 and 重大工程 that a plan lists in boxes and tables."""

from extractors.projects.component import projects
from extractors.projects.model import Project

__all__ = ["Project", "projects"]
