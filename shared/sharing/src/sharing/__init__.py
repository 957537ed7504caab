"""The agreement as a pure decision function, and the code sets that its parties share.

No I/O: a service hands in its own copy of the agreements and gets every reason back.
"""

from sharing.agreements import Agreement, Clause, Everyone
from sharing.decisions import Decision, Exchange, Reason, Verdict, decide

__all__ = ["Agreement", "Clause", "Decision", "Everyone", "Exchange", "Reason", "Verdict", "decide"]
