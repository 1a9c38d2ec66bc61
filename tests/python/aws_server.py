"""moto on loopback, behind a door that refuses, throttles and cuts pages.

What moto does not implement of EC2 is answered with empty lists, so that a
snapshot can be complete. Nothing here says how AWS routes or filters (S134).
"""

from __future__ import annotations

import io
import json
import logging
import threading
import time
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib import request
from urllib.parse import parse_qs, urlencode

import boto3
import botocore.session
from werkzeug.serving import make_server
from werkzeug.test import run_wsgi_app
from werkzeug.wrappers import Response

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from moto.moto_server.werkzeug_app import (
        DomainDispatcherApplication,
        create_backend_app,
    )

# The account of whoever does not assume a role.
OWN = "123456789012"

# Of these services moto does not know enough for a complete snapshot.
UNKNOWN_TO_MOTO = ("directconnect", "network-firewall", "ram")

Form = dict[str, list[str]]


@dataclass
class Fault:
    """What befalls an operation instead of an answer, so many times."""

    code: str
    status: int = 403
    times: int = 10**6
    delay: float = 0.0
    region: str = ""

    def body(self, in_json: bool) -> str:
        if in_json:
            return json.dumps({"__type": self.code, "message": "no"})
        error = f"<Error><Code>{self.code}</Code><Message>no</Message></Error>"
        return f"<Response><Errors>{error}</Errors></Response>"


@dataclass
class Server:
    """A WSGI application, and what a test may ask of it."""

    url: str = ""
    faults: dict[str, Fault] = field(default_factory=dict)
    page: int = 0  # elements on a page of EC2; 0: as moto does
    seen: list[str] = field(default_factory=list)
    _moto: Any = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(
            int(environ.get("CONTENT_LENGTH") or 0)
        )
        form = parse_qs(body.decode()) if b"Action=" in body else {}
        target = environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")[2]
        operation = form.get("Action", [target or environ["PATH_INFO"]])[0]
        service, region = _scope(environ)
        fault = self._fault(operation, region)
        if fault is not None:
            time.sleep(fault.delay)
            body = fault.body(in_json=bool(target))
            return Response(body, fault.status)(environ, start)
        if service != "ec2":
            return self._ask(environ, body)(environ, start)
        try:
            response = self._ec2(environ, operation, form)
        except NotImplementedError:
            if not operation.startswith(("Describe", "Get", "Search")):
                raise
            response = Response(_empty(operation), 200)
        return response(environ, start)

    def reset(self) -> None:
        """As new: no resources, no faults."""
        request.urlopen(f"{self.url}/moto-api/reset", b"").close()
        self.faults.clear()
        self.seen.clear()
        self.page = 0

    def client(self, service: str, region: str, account: str = OWN) -> Any:
        """A client of boto3 in an account, as its owner."""
        keys = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
        common = {"endpoint_url": self.url, "region_name": region}
        if account != OWN:
            told = boto3.client("sts", **common, **keys).assume_role(
                RoleArn=f"arn:aws:iam::{account}:role/owner",
                RoleSessionName="owner",
            )["Credentials"]
            keys = {
                "aws_access_key_id": told["AccessKeyId"],
                "aws_secret_access_key": told["SecretAccessKey"],
                "aws_session_token": told["SessionToken"],
            }
        return boto3.client(service, **common, **keys)

    def _fault(self, operation: str, region: str) -> Fault | None:
        with self._lock:
            self.seen.append(operation)
            fault = self.faults.get(operation)
            if fault is None or fault.region not in {"", region}:
                return None
            fault.times -= 1
            return fault if fault.times >= 0 else None

    def _ask(self, environ: dict[str, Any], body: bytes) -> Response:
        environ["wsgi.input"] = io.BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))
        parts, status, headers = run_wsgi_app(self._moto, environ, True)
        return Response(b"".join(parts), status, headers)

    def _ec2(
        self, environ: dict[str, Any], operation: str, form: Form
    ) -> Response:
        first = 0
        if self.page:
            first = int(form.pop("NextToken", ["0"])[0])
        if operation == "SearchTransitGatewayRoutes":
            form.pop("MaxResults", None)  # moto fails on it
        answer = self._ask(environ, urlencode(form, doseq=True).encode())
        # What only changes something may answer with nothing.
        shape = _shape(operation)
        pages = shape is not None and "NextToken" in shape.members
        if self.page and pages and answer.status_code == 200:
            return Response(_cut(answer.data, first, self.page), 200)
        return answer


def environment(server: Server) -> dict[str, str]:
    """For a program that shall take the server for AWS."""
    return {
        "AWS_ENDPOINT_URL": server.url,
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_CONFIG_FILE": "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_MAX_ATTEMPTS": "3",
    }


def _scope(environ: dict[str, Any]) -> tuple[str, str]:
    """Service and Region, from what the request is signed for."""
    signed = environ.get("HTTP_AUTHORIZATION", "").partition("Credential=")[2]
    parts = [*signed.split("/"), "", "", "", ""]
    return parts[3], parts[2]


@cache
def _ec2_model() -> Any:
    return botocore.session.get_session().get_service_model("ec2")


def _shape(operation: str) -> Any:
    return _ec2_model().operation_model(operation).output_shape


def _empty(operation: str) -> str:
    lists = "".join(
        f"<{member.serialization.get('name', name)}/>"
        for name, member in _shape(operation).members.items()
        if member.type_name == "list"
    )
    return f"<{operation}Response>{lists}</{operation}Response>"


def _cut(answer: bytes, first: int, size: int) -> bytes:
    """One page of the list of an answer, with the token of the next."""
    root = ET.fromstring(answer)
    space = root.tag.partition("}")[0] + "}" if "}" in root.tag else ""
    for whole in root:
        items = whole.findall(f"{space}item")
        for item in items[:first] + items[first + size :]:
            whole.remove(item)
        if len(items) > first + size:
            ET.SubElement(root, f"{space}nextToken").text = str(first + size)
    return ET.tostring(root)


@contextmanager
def running() -> Iterator[Server]:
    server = Server(_moto=DomainDispatcherApplication(create_backend_app))
    listener = make_server("127.0.0.1", 0, server, threaded=True)
    server.url = f"http://127.0.0.1:{listener.server_port}"
    thread = threading.Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    # Flask logs a traceback of whatever moto does not implement.
    logging.disable(logging.CRITICAL)
    try:
        yield server
    finally:
        logging.disable(logging.NOTSET)
        listener.shutdown()
        thread.join()
        listener.server_close()
