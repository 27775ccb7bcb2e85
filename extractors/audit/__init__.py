"""The account of a plan's text: each visible character belongs to a fact, to a known reason why it holds none, or was
not understood (`unread`).

    for passage in account(reading):    # of a plan that the components have read
        passage.kind, passage.reason    # 'Task', None; 'reason', 'table of contents'; 'unread', 'in a tasks chapter …'
    for finding in suspicious(doc):     # what looks like a fact and gave none, with its cue
"""

from extractors.audit.account import account, visible_length
from extractors.audit.checks import suspicious
from extractors.audit.component import audit, worth_a_look

__all__ = ["account", "audit", "suspicious", "visible_length", "worth_a_look"]
