"""The result of one action, as docs/secops-platform.md 3.4 to 3.7 describe it."""
import json

EXECUTION_STATE_COMPLETED = 0
EXECUTION_STATE_INPROGRESS = 1
EXECUTION_STATE_FAILED = 2
EXECUTION_STATE_TIMEDOUT = 3


class ScriptResult:
    def __init__(self, target_ids):
        self._target_ids = target_ids
        self.parts = {}

    def add_result_json(self, value):
        self._part("JsonResult", None)["RawJson"] = json.dumps(value) if isinstance(value, (dict, list)) else json.dumps(json.loads(value))

    def add_data_table(self, title, data_table, entity_type=None):
        self._part(title, entity_type)["CSVLines"] = data_table

    def _part(self, title, kind):
        key = title if title == "JsonResult" else f"{title}_{kind}"
        is_for_entity = any(title == identifier for identifier, _ in self._target_ids)
        return self.parts.setdefault(key, {"Title": title, "Type": kind, "IsForEntity": is_for_entity, "RawJson": "", "CSVLines": ""})
