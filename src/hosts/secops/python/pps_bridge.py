"""Carries one action to the action server, or to a program beside it, and hands the answer to the platform."""
import base64
import contextlib
import http.client
import json
import os
import re
import signal
import ssl
import subprocess
import tempfile
import time
import uuid

from soar_sdk.ScriptResult import EXECUTION_STATE_COMPLETED, EXECUTION_STATE_FAILED, EXECUTION_STATE_TIMEDOUT
from soar_sdk.SiemplifyAction import SiemplifyAction

STATES = {"completed": EXECUTION_STATE_COMPLETED, "failed": EXECUTION_STATE_FAILED, "timed_out": EXECUTION_STATE_TIMEDOUT}
REFUSED = (400, 401, 403, 404, 405, 413, 415, 429, 503)
OWN = "Action Server "
MIB = 2**20
WEB = re.compile(r"(https?)://(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+)(?::(\d{1,5}))?/?")
LOOPBACK = re.compile(r"localhost|\[::1\]|127(\.\d{1,3}){3}")
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+= -]{0,119}")


class Failure(Exception):
    """There is no reply that can be used; `sent` says whether the action may have been carried out all the same."""

    def __init__(self, reason, sent=False, state=EXECUTION_STATE_FAILED, note=" Nothing was sent."):
        super().__init__(reason if sent else reason + note)
        self.sent, self.state = sent, state


def run(package, action, failure, writes, success=""):
    """Runs one action to its end. `package` is (identifier, version)."""
    siemplify = SiemplifyAction()
    siemplify.script_name = f"{package[0]} - {action}"
    try:
        deadline = siemplify.execution_deadline_unix_time_ms
        end = time.monotonic() + (min(int(deadline) / 1000 - time.time() - 5, 590) if deadline else 60)
        left(end, 2)
        request, settings, targets = prepare(siemplify, package, action, end)
        reply = call(request, settings, end)
        state, message = STATES[reply["state"]], reply["message"]
        if state == EXECUTION_STATE_COMPLETED and not message.startswith(success):
            message = f"{success}. {message}"
        problems = deliver(siemplify, reply, targets, request["parameters"], end + 4)
        message = "\n".join([message, *problems])
        # What was changed stays changed, and must not be tried again for a file; what was only read is not all there.
        result = reply["result"] and (writes or not problems)
    except Exception as error:  # Let out, it would make the platform repeat the action.
        known = error if isinstance(error, Failure) else Failure(f"The bridge failed. {cause(error)}", True)
        is_unknown = known.sent and writes
        state, result = EXECUTION_STATE_TIMEDOUT if is_unknown else known.state, False
        advice = " Whether it was carried out is not known: look before you repeat it." if is_unknown else ""
        message = f"{failure}: {known}{advice}"
    siemplify.end(message, result, state)


def prepare(siemplify, package, action, end):
    """The request, the bridge's own settings, and the entities by name and type."""
    try:
        with bell(end):
            settings, targets = siemplify.get_configuration(package[0]), {}
            for entity in siemplify.target_entities if siemplify.target_entity_ids else ():
                # The platform writes identifiers in capitals and keeps the original beside them.
                original = entity.additional_properties.get("OriginalIdentifier") or entity.identifier
                targets.setdefault((original, entity.entity_type), entity)
            context = {
                "caseId": siemplify.case_id,
                "alertId": siemplify.alert_id,
                "environment": siemplify.environment,
                "integrationInstance": siemplify.integration_instance,
                "workflowInstanceId": siemplify.workflow_instance_id,
            }
            request = {
                "version": 1,
                "requestId": str(uuid.uuid4()),
                "package": {"identifier": package[0], "version": package[1]},
                "action": action,
                "parameters": siemplify.parameters,
                "config": {name: value for name, value in settings.items() if not name.startswith(OWN)},
                "entities": [{"identifier": identifier, "type": kind} for identifier, kind in targets],
                "context": {name: None if value is None else str(value) for name, value in context.items()},
            }
            own = {name[len(OWN) :]: str(value or "").strip() for name, value in settings.items() if name.startswith(OWN)}
            return request, own, targets
    except Exception as error:
        raise Failure(f"The platform did not hand over what the action needs. {cause(error)}") from None


def call(request, settings, end):
    """The reply to a request; raises Failure where there is none."""
    address = settings.get("URL", "")
    through = through_program if address.startswith("node:") else through_web
    where, complaint, is_refused, data = through(address, settings, request, end)
    if len(data) > 24 * MIB:
        raise Failure(f"{where} answered with more than can be taken.", True)
    try:
        reply = json.loads(data)
    except (ValueError, RecursionError):
        reply = None
    reply = reply if isinstance(reply, dict) else {}
    if complaint:
        reason = plain(reply.get("detail") or reply.get("message") or reply.get("error") or "")
        raise Failure(f"{where} {complaint}{reason and ': '}{reason.rstrip('.')}.", not is_refused, note=" It was not begun.")
    is_ours = reply.get("version") == 1 and reply.get("requestId") == request["requestId"]
    is_whole = reply.get("state") in STATES and isinstance(reply.get("message"), str) and isinstance(reply.get("result"), bool)
    if not is_ours or not is_whole:
        raise Failure(f"{where} sent what is no reply to this request.", True)
    return reply


def through_web(address, settings, request, end):
    matched = WEB.fullmatch(address)
    if not matched or (matched[1] == "http" and not LOOPBACK.fullmatch(matched[2])):
        raise Failure("Action Server URL must be https://host:port or node:/path/of/the/program.")
    if not re.fullmatch(r"[!-~]+", settings.get("Token", "")):
        raise Failure("Action Server Token is missing or is no token.")
    where = f"The action server {matched[2]}{':' if matched[3] else ''}{matched[3] or ''}"
    connection = connected(where, *matched.groups(), settings.get("CA Certificate"), end)
    body = enveloped(request, end)
    headers = {"Authorization": f"Bearer {settings['Token']}", "Content-Type": "application/json"}
    try:
        with bell(end), contextlib.closing(connection):
            connection.request("POST", "/v1/actions", body, headers)
            response = connection.getresponse()
            data = response.read(24 * MIB + 1)
    except TimeoutError:
        raise Failure(f"{where} gave no complete answer in time.", True) from None
    except (OSError, http.client.HTTPException) as error:
        raise Failure(f"{where} broke the connection off before its answer was complete. {cause(error)}", True) from None
    # A redirect is not followed, for the token would go with it.
    complaint = "" if response.status == 200 else f"answered with status {response.status}"
    return where, complaint, response.status in REFUSED, data


def connected(where, scheme, host, port, authority, end):
    """A connection to the server, its certificate checked; as nothing is sent yet, a second try is safe."""
    try:
        context = ssl.create_default_context(cadata=base64.b64decode(authority).decode("ascii") if authority else None)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
    except (ValueError, ssl.SSLError):
        raise Failure("Action Server CA Certificate is not the base64 of a PEM certificate.") from None
    for is_last in (False, True):
        place = {"host": host.strip("[]"), "port": int(port) if port else None, "timeout": min(10, left(end))}
        is_secure = scheme == "https"
        connection = http.client.HTTPSConnection(**place, context=context) if is_secure else http.client.HTTPConnection(**place)
        try:
            with bell(end):
                connection.connect()
            connection.sock.settimeout(None)  # From here on the bell alone says when it is over.
            return connection
        except ssl.SSLError as error:
            raise Failure(f"{where} is not to be trusted. {cause(error)}") from None
        except (OSError, OverflowError, ValueError) as error:
            if is_last or not isinstance(error, OSError) or end - time.monotonic() < 3:
                raise Failure(f"{where} cannot be reached. {cause(error)}") from None
        time.sleep(1)


def through_program(address, _settings, request, end):
    path = address.removeprefix("node:")
    where = f"The program {path}"
    if not os.path.isabs(path) or not os.path.isfile(path):
        raise Failure(f"{where} is no file of this machine under an absolute path.")
    body = enveloped(request, end)
    try:
        process = subprocess.Popen(["node", path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError as error:
        raise Failure(f"node cannot be started. {cause(error)}") from None
    try:
        with bell(end), process:
            try:
                with contextlib.suppress(BrokenPipeError), process.stdin:
                    process.stdin.write(body)
                data = process.stdout.read(24 * MIB + 1)
                code = process.wait() if len(data) <= 24 * MIB else 0
            finally:
                process.kill()
    except TimeoutError:
        raise Failure(f"{where} gave no complete answer in time.", True) from None
    # Code 2 is its word for a request that it did not begin.
    return where, f"ended with code {code}" if code else "", code == 2, data


def enveloped(request, end):
    request["context"]["budgetMs"] = int(left(end) * 1000)
    body = json.dumps(request).encode()
    if len(body) > MIB:
        raise Failure("Its parameters and entities are more than 1 MiB.")
    return body


def left(end, least=1):
    """Seconds until the end."""
    seconds = end - time.monotonic()
    if seconds < least:
        raise Failure("There is no time left for it.", state=EXECUTION_STATE_TIMEDOUT)
    return seconds


@contextlib.contextmanager
def bell(end):
    """Raises TimeoutError at the end, whatever is being waited for: an answer may come in drops."""

    def ring(*_):
        raise TimeoutError("The time is over.")

    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, max(0.001, end - time.monotonic()))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def deliver(siemplify, reply, targets, parameters, end):
    """Hands over result, tables, entities and files; gives a line about each that could not be."""
    problems = []
    # Over its limit the platform takes the finished action for a failed one, and may repeat it.
    room = (siemplify.max_json_result_size or 15) * MIB - MIB // 4

    @contextlib.contextmanager
    def part(complaint):
        try:
            yield
        except Exception as error:
            problems.append(f"{complaint} {cause(error)}")

    def fitting(value):
        nonlocal room
        size = len(json.dumps(json.dumps(value)))
        if size > room:
            raise ValueError("It is larger than the platform takes.")
        room -= size
        return value

    with part("Something of the result was not handed over."), bell(end):
        if reply.get("json") is not None:
            with part("The JSON result was left out."):
                siemplify.result.add_result_json(fitting(reply["json"]))
        for table in reply.get("tables") or ():
            with part(f"The table {table['title']} was left out."):
                siemplify.result.add_data_table(table["title"], fitting(table["rows"]))
        with part("The entities were not updated."):
            named = [(targets.get((one["identifier"], one["type"])), one["properties"]) for one in reply.get("entities") or ()]
            enriched = [(entity, properties) for entity, properties in named if entity is not None]
            for entity, properties in enriched:
                entity.additional_properties.update(properties)
                entity.is_enriched = True
            if enriched:
                siemplify.update_entities([entity for entity, _ in enriched])
        for file in reply.get("files") or ():
            name = file["name"] if FILE_NAME.fullmatch(file["name"]) else None
            with part(f"{name or 'A file'} was not saved."):
                if file.get("directoryParameter"):
                    write(file, name, parameters.get(file["directoryParameter"]), "wb" if file.get("overwrite") else "xb")
            with part(f"{name or 'A file'} was not attached to the case wall."), tempfile.TemporaryDirectory() as directory:
                if file.get("caseWall"):
                    siemplify.add_attachment(write(file, name, directory, "xb"))
    return problems


def write(file, name, directory, mode):
    if not name or not directory:
        raise ValueError("It has no name or no place that is allowed.")
    path = os.path.join(directory, name)
    content = base64.b64decode(file["base64"], validate=True)
    with open(path, mode) as target:
        target.write(content)
    return path


def cause(error):
    """A sentence on what an exception says."""
    words = getattr(error, "verify_message", "") or getattr(error, "strerror", "") or str(error) or type(error).__name__
    return plain(words).rstrip(".") + "."


def plain(text):
    return " ".join("".join(sign if sign.isprintable() else " " for sign in str(text)).split())[:300]
