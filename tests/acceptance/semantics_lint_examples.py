"""Suites whose declared semantics do not fit the contract, for the tests of the lint."""

import json

from tests.acceptance.lint_examples import GOOD

CRATES = {"type": "object", "properties": {"crates": {"type": "array", "items": {}}, "total": {}}}
LISTED = {"200": {"content": {"application/json": {"schema": CRATES}}}}
ENTRY = '["GET /crates"]\nphrase = "list the crates"\nitems = "crates"\n'


def declaring(semantics: str) -> dict[str, str]:
    """The good suite with a contract of one protected operation, and what is declared about it."""
    contract = {"paths": {"/crates": {"get": {"security": [{"Bearer": []}], "responses": LISTED}}}}
    return GOOD | {"contract/openapi.json": json.dumps(contract), "contract/semantics/post.toml": semantics}


BAD = {
    "protected-operations-are-in-the-matrix": [declaring(ENTRY)],
    "operations-are-declared": [declaring(""), declaring('["GET /crates"]\nitems = "crates"\n')],
    "declared-operations-exist": [
        declaring(ENTRY + '["GET /barrels"]\nphrase = "list the barrels"\n'),
        declaring(ENTRY + 'newest_first = "sent_at"\n'),
        declaring(ENTRY + 'listed_at = "/barrels"\n'),
        declaring(ENTRY + 'effect = "some"\n'),
    ],
    "lists-name-their-items": [declaring('["GET /crates"]\nphrase = "list the crates"\n')],
    "declared-names-exist": [
        declaring("[fields]\nsent_at = { past = true }\n" + ENTRY),
        declaring('[fields]\ntotal = { precedes = ["sum"] }\n' + ENTRY),
        declaring("[parameters]\ncolour = { selects = false }\n" + ENTRY),
        declaring('[areas.catalogues]\nbarrels = "total"\n' + ENTRY),
    ],
}
