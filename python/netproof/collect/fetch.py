"""One call: all of its pages as one answer, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    NoCredentialsError,
    ParamValidationError,
    PartialCredentialsError,
)
from botocore.parsers import ResponseParserError

from netproof.collect.call import Call
from netproof.collect.errors import CollectError
from netproof.collect.store import Refusal
from netproof.collect.transit_routes import (
    Answer,
    TruncatedTableError,
    all_routes,
)

# What stands at the root of a page and is no part of the answer.
_OF_PAGES = frozenset(
    {
        *("ResponseMetadata", "NextToken", "nextToken", "NextMarker"),
        "ContinuationToken",
    }
)

# Credentials that have run out refuse all that follows too.
_EXPIRED = frozenset(
    {"ExpiredToken", "ExpiredTokenException", "RequestExpired"}
)


def fetch(client: Any, call: Call, about: str) -> Answer | Refusal:
    """The answer of `call`, about one resource where it is made for each."""
    if not hasattr(client, call.method):
        return Refusal(
            "UnknownOperation", "the installed boto3 does not know this call"
        )
    try:
        return _answer(client, call, about)
    except ClientError as error:
        refusal = refusal_of(error)
        if refusal.code in call.nothing:
            return {}
        return refusal
    except TruncatedTableError as error:
        return Refusal("TruncatedTable", str(error))
    except (NoCredentialsError, PartialCredentialsError) as error:
        raise CollectError(str(error)) from error
    except ParamValidationError:
        raise
    except (BotoCoreError, ResponseParserError) as error:
        return Refusal(type(error).__name__, " ".join(str(error).split()))


def refusal_of(error: ClientError) -> Refusal:
    told = error.response.get("Error", {})
    code = str(told.get("Code", "Unknown"))
    message = " ".join(str(told.get("Message", "")).split())
    if code in _EXPIRED:
        raise CollectError(
            f"the credentials have expired ({code}): renew them and call "
            "again; what was collected is kept"
        ) from error
    return Refusal(code, message)


def _answer(client: Any, call: Call, about: str) -> Answer:
    parameters = dict(call.fixed)
    if call.each is not None:
        parameters[call.each.parameter] = about
    if "Filters" not in parameters:
        return merged(_pages(client, call, parameters))

    def search(filters: list[dict[str, Any]]) -> Answer:
        asked = {**parameters, "Filters": filters}
        return merged(_pages(client, call, asked))

    return all_routes(search)


def _pages(
    client: Any, call: Call, parameters: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    if client.can_paginate(call.method):
        config = {"PageSize": call.page} if call.page else {}
        paginator = client.get_paginator(call.method)
        yield from paginator.paginate(**parameters, PaginationConfig=config)
        return
    asked = dict(parameters)
    while True:
        page = getattr(client, call.method)(**asked)
        yield page
        token = page.get("nextToken")
        if not token or token == asked.get("nextToken"):
            return
        asked["nextToken"] = token


def merged(pages: Iterator[Mapping[str, Any]]) -> Answer:
    """Lists end to end; of anything else the word of the last page."""
    answer: Answer = {}
    for page in pages:
        for key, value in page.items():
            if key in _OF_PAGES:
                continue
            if isinstance(value, list) and isinstance(answer.get(key), list):
                answer[key] = answer[key] + value
            else:
                answer[key] = value
    return answer
