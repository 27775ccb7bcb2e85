"""The marks with which sentences and clauses end, for patterns elsewhere.

Half-width marks are added where a pattern needs them, for they also stand inside numbers (1:8) and addresses.
"""

# 。 ！ ？: the sentence is over
FULL_STOPS = "。！？"
# ；as well: so is what one body has to do, or one item of a list
SENTENCE_ENDS = f"{FULL_STOPS}；"
# ， ：: so is the clause
CLAUSE_ENDS = f"{SENTENCE_ENDS}，："
