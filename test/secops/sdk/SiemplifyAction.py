"""A stand-in of the platform's SDK as far as one action needs it, made after docs/secops-platform.md 3."""
import base64
import getopt
import json
import os
import re
import signal
import sys
import urllib.parse
import urllib.request

import SiemplifyUtils
from ScriptResult import EXECUTION_STATE_COMPLETED, EXECUTION_STATE_FAILED, ScriptResult

FLAGS = ["logPath=", "correlationId=", "traceId=", "baggage=", "onePlatformSupport"]
VAULT = re.compile(r"\[[^\[\]:]*:::[^\[\]:]*:::[^\[\]:]*:::([^\[\]]*)\]")


class Entity:
    def __init__(self, **facts):
        self.__dict__.update(facts)

    def as_sent(self):
        told = {"IsEnriched": self.is_enriched, "IsSuspicious": self.is_suspicious}
        self.additional_properties.update({name: str(value) for name, value in told.items()})
        return self.__dict__


class SiemplifyAction:
    def __init__(self):
        _options, words = getopt.gnu_getopt(sys.argv[1:], "", FLAGS)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(-143))
        signal.signal(signal.SIGINT, lambda *_: None)
        # In the platform a file beside the SDK says that this is a Remote Agent.
        self.is_remote = os.environ.get("STAND_IN_REMOTE") == "True"
        given = json.loads(sys.stdin.buffer.read().decode("utf-8-sig"))
        self.script_name = ""
        self.target_entity_ids = [(one["item1"], one["item2"]) for one in given["target_entities"]]
        for name in ("case_id", "alert_id", "parameters", "integration_identifier", "integration_instance"):
            setattr(self, name, given[name])
        self.workflow_instance_id = given.get("workflow_instance_id")
        self.execution_deadline_unix_time_ms = given.get("execution_deadline_unix_time_ms", 0)
        self.max_json_result_size = given.get("max_json_result_size", 15)
        self._environment = given["environment"]
        self._vault_settings = given.get("vault_settings")
        self._key = given.get("environment_api_key") if self.is_remote else words[0]
        self._entities = None
        self._case = None
        self.result = ScriptResult(self.target_entity_ids)
        if given.get("use_proxy_settings") and not self.is_remote:
            proxy = self._get("GetProxySettings")["proxy_server_address"]
            os.environ.update({"http_proxy": proxy, "https_proxy": proxy, "no_proxy": ""})

    @property
    def environment(self):
        if self.case_id is None or int(self.case_id) <= 0:
            return self._environment
        if self._case is None:
            self._case = self._case_data() if self.is_remote else self._get(f"CaseMetadata/{self.case_id}")
        return self._case["environment"]

    @property
    def target_entities(self):
        if not self._entities:
            asked = {"case_id": self.case_id, "alert_id_str": self.alert_id}
            alert = self._case_data()["cyber_alerts"][0] if self.is_remote else self._post("AlertFullDetails", asked)
            found = [Entity(**facts) for facts in alert["domain_entities"]]
            self._entities = [one for one in found if (one.identifier, one.entity_type) in self.target_entity_ids]
        return self._entities

    def get_configuration(self, provider):
        self.environment  # The platform's own code asks for it first.
        values = self._get(f"configuration/{self.integration_instance or provider}")
        if self._vault_settings is None:
            return values
        return {name: self._resolved(value) if isinstance(value, str) else value for name, value in values.items()}

    def update_entities(self, entities):
        self._post("UpdateEntities", [entity.as_sent() for entity in entities])

    def add_attachment(self, file_path):
        with open(file_path, "rb") as file:
            content = base64.b64encode(file.read()).decode()
        name, ending = os.path.splitext(os.path.basename(file_path))
        return self._post("AddAttachment", {"name": name, "type": ending, "base64_blob": content, "case_identifier": self.case_id})

    def end(self, message, result_value, execution_state=EXECUTION_STATE_COMPLETED):
        parts = json.dumps(self.result.parts)
        output = {
            "Message": message,
            "ResultObjectJson": parts,
            "ResultValue": result_value,
            "DebugOutput": SiemplifyUtils.my_stdout.getvalue(),
            "ExecutionState": execution_state,
        }
        if len(parts) > self.max_json_result_size * 2**20:
            said = f"The JSON result is larger than {self.max_json_result_size} MB"
            output.update(Message=said, ResultObjectJson=None, ResultValue=None, ExecutionState=EXECUTION_STATE_FAILED)
        SiemplifyUtils.real_stdout.write(json.dumps(output))
        sys.exit(0)

    def _resolved(self, value):
        return VAULT.sub(lambda found: self._secret(found[1]), value)

    def _secret(self, account):
        with urllib.request.urlopen(f"{self._vault_settings['address']}/{urllib.parse.quote(account)}") as response:
            return response.read().decode()

    def _case_data(self):
        with open("case_data.json", encoding="utf-8") as file:
            return json.load(file)

    def _get(self, path):
        if self._is_recording():
            raise Exception("GET requests are not supported by a Remote Agent that only records")
        return self._send(path, None)

    def _post(self, path, body):
        if not self._is_recording():
            return self._send(path, body)
        calls = []
        if os.path.exists("rest_calls.json"):
            with open("rest_calls.json", encoding="utf-8") as file:
                calls = json.load(file)
        with open("rest_calls.json", "w", encoding="utf-8") as file:
            json.dump([*calls, {path: body}], file)
        return {}

    def _is_recording(self):
        return self.is_remote and not (self._key and os.environ.get("SERVER_API_ROOT"))

    def _send(self, path, body):
        scheme = "https" if os.environ.get("APP_USE_SSL") == "True" else "http"
        root = f"{scheme}://{os.environ.get('APP_IP')}:{os.environ.get('APP_PORT')}/api"
        if self.is_remote:
            root = os.environ["SERVER_API_ROOT"].removesuffix("pub/api") + "api"
        request = urllib.request.Request(
            f"{root}/external/v1/sdk/{path}?format=snake",
            data=None if body is None else json.dumps(body).encode(),
            headers={"AppKey": self._key, "Content-Type": "application/json"},
        )
        # Its own calls know no proxy here, so that only the bridge could be led astray by one.
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as response:
            return json.loads(response.read() or "null")
