"""A round trip through a real CKAN: publish, read back what it serves, compare
with what was said, field by field."""

import json
import os
import pathlib
import shutil
import urllib.error
import urllib.request
import uuid

import packages


# Licences by the ids that CKAN's own list has.
LICENCES = {"cc-by-4.0": "cc-by"}


def round_trip(program, work):
    url, organization = os.environ.get("CHASQUI_CKAN_URL"), os.environ.get("CHASQUI_CKAN_ORG")
    if not (url and organization and os.environ.get("CHASQUI_CKAN_TOKEN")):
        print("real CKAN: not run (CHASQUI_CKAN_URL, CHASQUI_CKAN_ORG, CHASQUI_CKAN_TOKEN)")
        return 0
    chasqui = packages.Program(program, work / "ckan-data")
    sheet = next(iter(packages.sheets(os.environ.get("CHASQUI_SHARED", "../shared"), 10)))
    fresh = work / f"ida-y-vuelta-{uuid.uuid4().hex[:8]}{sheet.suffix}"  # its name becomes the address
    shutil.copy(sheet, fresh)
    ref = chasqui.json("dataset", "new", fresh)["id"]
    chasqui.describe(ref, title=f"Prueba de ida y vuelta {ref[:8]}")
    chasqui.run("destination", "add", "ckan", "--kind", "ckan", "--url", url, "--organization", organization, "--token-env", "CHASQUI_CKAN_TOKEN")
    chasqui.run("publish", ref, "--to", "ckan")
    chasqui.run("sync", "--once")
    folder = work / "ckan-package"
    chasqui.run("package", ref, "-o", folder)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    said = json.loads((folder / "data.json").read_text(encoding="utf-8"))["dataset"][0]
    shown = json.load(urllib.request.urlopen(f"{url}/api/3/action/package_show?id={said['landingPage'].rsplit('/', 1)[-1]}"))["result"]
    failures = compare(said, package, shown)
    return failures + compare_dcat(chasqui, url, shown, said, work)


def compare(said, package, shown):
    extras = {e["key"]: e["value"] for e in shown.get("extras", [])}
    pairs = [
        ("title", said["title"], shown["title"]), ("description", said["description"], shown["notes"]),
        ("publisher", said["publisher"]["name"], shown["author"]), ("contact", said["contactPoint"]["fn"], shown["maintainer"]),
        ("email", said["contactPoint"]["hasEmail"], "mailto:" + shown["maintainer_email"]),
        ("keywords", sorted(said["keyword"]), sorted(t["name"] for t in shown["tags"])),
        ("licence", LICENCES.get(package["licenses"][0]["name"]), shown["license_id"]),
        ("version", package["version"], shown["version"]), ("identifier", said["identifier"], "urn:uuid:" + extras.get("chasqui_id", "")),
        ("issued", said["issued"][:10], extras.get("issued", "")[:10]), ("modified", said["modified"][:10], extras.get("modified", "")[:10]),
        ("files", sorted(d["downloadURL"] for d in said["distribution"]),
         sorted(r["url"] for r in shown["resources"] if r["url"].rsplit("/", 1)[-1] not in ("dictionary.csv", "datapackage.json"))),
    ]
    failures = 0
    print("what the real CKAN serves, field by field:")
    for name, ours, theirs in pairs:
        print(f"  {'same' if ours == theirs else 'DIFFERENT'} {name}" + ("" if ours == theirs else f": {ours!r}, served {theirs!r}"))
        failures += ours != theirs
    hashes = {r["path"]: r["hash"] for r in package["resources"]}
    for r in shown["resources"]:
        name = r["url"].rsplit("/", 1)[-1]
        if name in hashes and r.get("hash") and r["hash"] not in hashes[name]:
            print(f"  DIFFERENT hash of {name}")
            failures += 1
    return failures


def compare_dcat(chasqui, url, shown, said, work):
    """Reads CKAN's own DCAT, if ckanext-dcat is there, into a draft."""
    try:
        answer = urllib.request.urlopen(f"{url}/dataset/{shown['id']}.jsonld").read()
    except urllib.error.HTTPError:
        print("  its own DCAT: not run, this CKAN has no ckanext-dcat")
        return 0
    path = pathlib.Path(work, "ckan.jsonld")
    path.write_bytes(answer)
    data = pathlib.Path(work, "ckan.csv")
    data.write_text("a,b\r\n1,2\r\n3,4\r\n")
    other = packages.Program(chasqui.path, pathlib.Path(work, "ckan-back"))
    ref = other.json("dataset", "import", path, "--source", data)["id"]
    back = other.json("dataset", "show", ref)["description"]
    failures = 0
    for key, ours in (("title", said["title"]), ("description", said["description"]), ("license", "cc-by-4.0"),
                      ("email", packages.WORDS["email"]), ("contact", packages.WORDS["contact"]), ("theme", "GOVE"), ("frequency", "MONTHLY"),
                      ("language", "es"), ("spatial", "Santa Rosa"), ("temporal", packages.WORDS["temporal"]), ("version", "1.0"),
                      ("source", packages.WORDS["source"]), ("access_rights", "PUBLIC"), ("keywords", sorted(said["keyword"]))):
        theirs = sorted(back[key]) if isinstance(back.get(key), list) else back.get(key)
        print(f"  {'same' if ours == theirs else 'DIFFERENT'} {key}, through its DCAT" + ("" if ours == theirs else f": {ours!r}, read {theirs!r}"))
        failures += ours != theirs
    return failures
