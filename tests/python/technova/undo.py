"""Each correction of the intended network taken back: the document as printed.

An edit replaces every match of a pattern in one file; `matches` is how many
there must be, so that an edit that no longer fits its file is noticed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Edit:
    file: str
    pattern: str
    replacement: str
    matches: int = 1

    def apply(self, folder: Path) -> None:
        path = folder / self.file
        text, found = re.subn(
            self.pattern,
            self.replacement,
            path.read_text(encoding="utf-8"),
            flags=re.MULTILINE,
        )
        assert found == self.matches, f"{self}: {found} matches"
        path.write_text(text, encoding="utf-8")


UNDO: dict[str, list[Edit]] = {
    "vpc-masks": [
        Edit("cidr-plan.csv", r"(10\.[0-3]\.\d+\.0)/24", r"\1/16", 96)
    ],
    "attachment-subnets": [
        Edit("subnets.csv", r"10\.0\.30\.224/28", "10.0.30.200/28"),
        Edit("subnets.csv", r"10\.0\.30\.240/28", "10.0.30.216/28"),
    ],
    "usable-addresses": [
        Edit("topology.yaml", "usable: 11", "usable: 14", 2),
    ],
    "count-of-vpcs": [Edit("topology.yaml", "vpcs: 119", "vpcs: 120")],
    "count-of-connections": [
        Edit("topology.yaml", "attachments: 102", "attachments: 120")
    ],
    "accounts-without-a-name": [
        Edit("cidr-plan.csv", r"^unassigned-.*\n", "", 20),
        Edit("topology.yaml", r"^  - \{name: unassigned,.*\n", ""),
    ],
    "blackhole-dev": [
        Edit("transit-gateway.yaml", r"(10\.\d\.0\.0)/21", r"\1/20", 4),
        Edit("topology.yaml", r"(10\.\d\.0\.0)/21", r"\1/20", 4),
    ],
    "blackhole-test": [
        Edit("transit-gateway.yaml", r"(10\.\d)\.8\.0/21", r"\1.10.0/20", 4),
        Edit("topology.yaml", r"(10\.\d)\.8\.0/21", r"\1.10.0/20", 4),
    ],
    "blackhole-staging": [
        Edit(
            file,
            r"\[(10\.\d\.20\.0)/22, 10\.\d\.24\.0/23\]",
            r"[\1/20]",
            4,
        )
        for file in ("transit-gateway.yaml", "topology.yaml")
    ],
    "partner-routes": [
        Edit(
            "transit-gateway.yaml",
            r"10\.1\.30\.0/24, attachment: vpc-attachment-sales-prod-app, "
            r'comment: "inventory and order, 6\.1\.1"\}\n'
            r".*10\.1\.32\.0/24",
            "10.1.30.0/20",
        ),
    ],
    "premises-by-propagation": [
        Edit(
            "transit-gateway.yaml",
            r"(environment: prod\}\n)( +)- attachment-direct-connect\n"
            r" +- attachment-vpn-primary\n +- attachment-vpn-secondary\n"
            r"        routes:\n",
            r"\1        routes:\n\2- {destination: 192.168.0.0/16, "
            r"attachment: attachment-direct-connect}\n",
            4,
        ),
    ],
    "vpn-stays-the-backup": [
        Edit("premises.yaml", r" site_routes: \[10\.0\.0\.0/8\],", "", 2),
    ],
    "route-to-the-hub": [
        Edit(
            "transit-gateway.yaml",
            r"^ +- \{destination: 10\.150\.0\.0/16, .*\n",
            "",
            16,
        )
    ],
    "one-table-for-management": [
        Edit(
            "transit-gateway.yaml",
            r"associations: \[vpc-attachment-shared-services\]",
            "associations: [vpc-attachment-shared-services, "
            "vpc-attachment-security, vpc-attachment-network-hub]",
        )
    ],
    "one-table-for-api-accounts": [
        Edit(
            "transit-gateway.yaml",
            r"associations: \[\]",
            "associations: [{select: {function: api}}]",
        )
    ],
    "transit-interfaces-only": [
        Edit(
            "premises.yaml",
            r"^(      - \{transit_gateway: .*\n)",
            r"\1      - {vpn_gateway: vgw-technova-primary, "
            r"allowed_prefixes: [10.0.0.0/8]}\n",
        ),
        Edit(
            "premises.yaml",
            r"^vpn_connections:",
            "vpn_gateways:\n  - {name: vgw-technova-primary}\n\n"
            "vpn_connections:",
        ),
    ],
    "no-link-local-offer": [
        Edit(
            "premises.yaml",
            r"allowed_prefixes: \[10\.0\.0\.0/8\]",
            "allowed_prefixes: [10.0.0.0/8, 169.254.169.253/32]",
        ),
        Edit(
            "names.yaml",
            r"(offered-to-premises), addresses: \[[^]]*\]",
            r"\1, addresses: [169.254.169.253]",
        ),
    ],
    "s3-endpoint": [
        Edit(
            "vpc-tables.yaml",
            r"(\{name: s3, .*kind: gateway)\}",
            r"\1, addresses: [10.0.30.200]}",
        )
    ],
    "address-as-source": [
        Edit(
            "groups.yaml",
            r"(tcp/9091, sources: \[)10\.1\.30\.0/24\]",
            r'\1"sg:sg-sales-grpc"]',
        )
    ],
    "port-of-inventory": [
        Edit("groups.yaml", r"tcp/9091\b", "tcp/9090-9093"),
    ],
}
