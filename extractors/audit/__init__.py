"""The account of a plan's text: every character belongs to a fact, to a named reason, or was not understood.

for passage in account(doc):            # of a Doc that the pipeline has read
    passage.kind, passage.reason        # 'Task', None; 'reason', 'table of contents'; 'unread', 'a tasks chapter …'
for passage in suspicious(doc):         # what looks like a fact and gave none, with its cue
"""

from extractors.audit.account import account, visible_length
from extractors.audit.checks import suspicious
from extractors.audit.component import audit, worth_a_look

__all__ = ["account", "audit", "suspicious", "visible_length", "worth_a_look"]
