"""A field questionnaire about a scenario as an Excel file, and what its answers come to."""

from .reading import Answers, read_answers
from .writing import questionnaire

__all__ = ["Answers", "questionnaire", "read_answers"]
