"""The agreement as a pure decision function, and the code sets that its parties share.

No I/O: a service hands in its own copy of the agreements and gets every reason back.
"""

from sharing.agreements import Agreement, Clause, Everyone, Version
from sharing.decisions import Decision, Exchange, Reason, Verdict, decide
from sharing.rehearsals import Rehearsed, rehearse

__all__ = [
    "Agreement", "Clause", "Decision", "Everyone", "Exchange", "Reason", "Rehearsed", "Verdict",
    "Version", "decide", "rehearse",
]  # fmt: skip
