# SPDX-License-Identifier: Apache-2.0
"""Holds what the program writes as JSON against the schema that is installed with it. What is no document and no line
of ours is left alone: a command of a test may print anything."""
import json
import pathlib

import jsonschema


class Schema:
    def __init__(self, build):
        schema = json.loads(pathlib.Path(build, "share", "scca-doctor.schema.json").read_text(encoding="utf-8"))
        self.document = jsonschema.Draft202012Validator(schema)
        self.line = jsonschema.Draft202012Validator({"$schema": schema["$schema"], "$defs": schema["$defs"], "$ref": "#/$defs/line"})

    def wrong_with(self, text):
        """None when all is well, or what is not, in a sentence."""
        for found, validator in self.documents_of(text):
            error = jsonschema.exceptions.best_match(validator.iter_errors(found))
            if error is not None:
                return f"the schema does not allow {error.json_path}: {error.message[:300]}"
        return None

    def documents_of(self, text):
        if not text.startswith("{"):
            return
        try:
            found = json.loads(text)
            # Of a batch of one there is one line.
            yield from self.told(found, self.line if "kind" in found else self.document)
        except ValueError:
            for line in text.splitlines():
                try:
                    yield from self.told(json.loads(line), self.line)
                except ValueError:
                    return

    @staticmethod
    def told(found, validator):
        if isinstance(found, dict) and "schema_version" in found:
            yield found, validator
