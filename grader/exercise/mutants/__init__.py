"""Small changes of a reference's own source, to ask whether its cases would notice."""

from grader.exercise.mutants.equivalents import is_meant, require_place
from grader.exercise.mutants.making import Mutant, mutants_of

__all__ = ["Mutant", "is_meant", "mutants_of", "require_place"]
