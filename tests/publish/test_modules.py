"""Scripts are joined into the few files that pages load, and run as before."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from maille.publish.modules import find_missing_modules, join_modules
from tests.building import ROOT

FILES = {
    "js/first.js": """import {
  count,
  name as called,
} from "./shared.js";
import "./side.js";

export async function show() {
  const { late } = await import("./late.js");
  return [called, count(), late(), globalThis.side];
}
""",
    "js/second.js": 'import { count } from "./shared.js";\nglobalThis.second = count();\n',
    "js/side.js": "globalThis.side = (globalThis.side ?? 0) + 1;\n",
    "js/shared.js": """let times = 0;
export const name = "shared";
export const [one, two] = [1, 2];
export function count() {
  times += 1;
  return times;
}
""",
    "js/deep.js": "export const deep = (text) => `<${text}>`;\n",
    "js/late.js": """import { count, two } from "./shared.js";
import { deep } from "./deep.js";
const late = () => deep(count() + two);
export { late };
""",
    "css/site.css": "a { color: red; }\n",
}


def join(files: Mapping[str, str]) -> dict[str, str]:
    given = {path: text.encode() for path, text in files.items()}
    return {path: data.decode() for path, data in join_modules(given).items()}


def test_entrances_and_late_modules_are_published_and_the_rest_is_in_them() -> None:
    found = join(FILES)
    assert set(found) == {"js/first.js", "js/second.js", "js/late.js", "css/site.css"}
    assert found["css/site.css"] == FILES["css/site.css"]
    # The late module is loaded by the first alone, which has what both share.
    assert "let times" in found["js/first.js"]
    assert "let times" not in found["js/late.js"]
    assert "<${text}>" in found["js/late.js"]


@pytest.mark.parametrize(
    "odd",
    [
        "export default 1;",
        'import * as all from "./shared.js";',
        'export * from "./shared.js";',
        "await 1;",
        "const one = await 1;",
        'import { circle } from "./odd.js";\nexport const circle = 1;',
    ],
)
def test_a_script_written_in_another_way_leaves_all_as_they_are(odd: str) -> None:
    files = {**FILES, "js/odd.js": odd + "\n"}
    assert join(files) == files


def test_the_scripts_of_the_site_are_joined() -> None:
    folder = ROOT / "templates/assets/js"
    files = {f"js/{path.name}": path.read_bytes() for path in folder.glob("*.js")}
    joined = join_modules(files)
    assert len(joined) < len(files) / 2
    assert {"js/home.js", "js/list.js", "js/map.js", "js/embed.js"} <= set(joined)
    assert not list(find_missing_modules(files))


def test_a_missing_module_is_told_with_its_line() -> None:
    files = {path: text.encode() for path, text in FILES.items() if path != "js/deep.js"}
    (found,) = find_missing_modules(files)
    assert found.place == "templates/assets/js/late.js:2"
    assert "templates/assets/js/deep.js manque" in found.message
