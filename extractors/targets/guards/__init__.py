"""The reasons why a number is no commitment, as an ordered table of functions. Each says whether its reason applies to
a number, given with the words around it. The first that applies is the reason that the audit reports."""

from extractors.targets.guards.names import (
    counts_abstractions,
    is_article,
    is_bare_scale,
    is_definition,
    is_name,
    measures_nothing,
)
from extractors.targets.guards.rules import is_condition, is_grant, is_means, is_rule_in_force, is_span_of_time
from extractors.targets.guards.states import is_forecast, is_groundwork, is_lead, is_past, is_start_of_change
from extractors.targets.guards.things import (
    describes_project,
    is_attribute,
    is_class_of_thing,
    is_extent,
    is_village_extent,
)
from extractors.targets.model import NumberRule

NUMBER_GUARDS: tuple[NumberRule, ...] = (
    measures_nothing,
    is_definition,
    is_past,
    is_start_of_change,
    is_article,
    is_bare_scale,
    is_name,
    is_extent,
    is_village_extent,
    counts_abstractions,
    is_span_of_time,
    is_condition,
    is_grant,
    is_attribute,
    is_class_of_thing,
    is_rule_in_force,
    is_means,
    is_forecast,
    is_groundwork,
    describes_project,
    is_lead,
)
