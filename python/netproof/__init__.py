"""netproof proves what a network lets through.

>>> import netproof
>>> str(netproof.Prefix("10.0.0.0/8"))
'10.0.0.0/8'
"""

from netproof._core import (
    Diagnostic,
    Flow,
    Location,
    PacketSet,
    Prefix,
    RuleSet,
    __version__,
)
from netproof.answers import (
    Diff,
    Matrix,
    Overlaps,
    Reach,
    Replay,
    Report,
    Trace,
)
from netproof.checks import Topology, diff, load, load_rules
from netproof.errors import InputError, InternalError, ParseError

__all__ = [
    "Diagnostic",
    "Diff",
    "Flow",
    "InputError",
    "InternalError",
    "Location",
    "Matrix",
    "Overlaps",
    "PacketSet",
    "ParseError",
    "Prefix",
    "Reach",
    "Replay",
    "Report",
    "RuleSet",
    "Topology",
    "Trace",
    "__version__",
    "diff",
    "load",
    "load_rules",
]
