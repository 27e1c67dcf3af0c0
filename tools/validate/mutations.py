"""Known faults, put into a sound package: every one must be found by the judge
that is named with it."""

import json
import re
import shutil


def text(name, pattern, replacement, count=1):
    """A fault that is a change of text."""
    def change(folder):
        path = folder / name if "*" not in name else next(folder.glob(name))
        before = path.read_text(encoding="utf-8", newline="") if hasattr(path, "newline") else path.read_bytes().decode()
        after = re.sub(pattern, replacement, before, count=count, flags=re.S)
        if after == before:
            raise RuntimeError(f"{pattern} is not in {path.name}")
        path.write_bytes(after.encode())
    return change


def descriptor(change):
    """A fault that is a change of datapackage.json."""
    def apply(folder):
        path = folder / "datapackage.json"
        package = json.loads(path.read_text(encoding="utf-8"))
        change(package)
        path.write_text(json.dumps(package), encoding="utf-8")
    return apply


def csv_of(package):
    return next(r for r in package["resources"] if r["format"] == "csv" and "table" in r)


def unhashed(package):
    """Without hash and size only the content is judged."""
    for r in package["resources"]:
        r.pop("hash", None)
        r.pop("bytes", None)


def number_with_grouping(folder):
    change_cell(folder, "1.200,50")


def change_cell(folder, value):
    """Writes a value over the first number of the CSV."""
    def change(package):
        unhashed(package)
        r = csv_of(package)
        path = folder / r["path"]
        lines = path.read_bytes().decode().split("\r\n")
        at = next(i for i, f in enumerate(r["schema"]["fields"]) if f["type"] in ("number", "integer"))
        cells = lines[1].split(",")
        cells[at] = f'"{value}"'
        lines[1] = ",".join(cells)
        path.write_bytes("\r\n".join(lines).encode())
    descriptor(change)(folder)


def duplicate_key(folder):
    def change(package):
        unhashed(package)
        r = csv_of(package)
        path = folder / r["path"]
        lines = path.read_bytes().decode().split("\r\n")
        path.write_bytes("\r\n".join(lines[:2] + lines[1:]).encode())
        r["schema"]["primaryKey"] = [f["name"] for f in r["schema"]["fields"]]
    descriptor(change)(folder)


# (what, judge, how)
MUTATIONS = [
    ("the title is gone", "dcat", text("dcat.ttl", r'    dct:title "[^\n]*\n', "")),
    ("the address of a file is gone", "dcat", text("dcat.ttl", r"    dcat:accessURL [^\n]*\n", "")),
    ("“1 de enero” as a date", "dcat_2", text("dcat.ttl", r'dct:issued "[^"]*"\^\^xsd:dateTime', 'dct:issued "1 de enero"^^xsd:date')),
    ("a second publisher", "dcat", text("dcat.ttl", r"dct:publisher \[", 'dct:publisher [ a foaf:Agent ; foaf:name "Otra"@es ], [')),
    ("a second frequency", "dcat", text("dcat.ttl", r"dct:accrualPeriodicity (<[^>]*MONTHLY>)",
     r"dct:accrualPeriodicity \1, <http://publications.europa.eu/resource/authority/frequency/ANNUAL>")),
    ("a publisher without a name", "dcat", text("dcat.ttl", r'foaf:Agent ;\n        foaf:name "[^"]*"@es', "foaf:Agent")),
    ("frequency “anual” in data.json", "data_json", text("data.json", r'"R/P1M"', '"anual"')),
    ("1.200,50 in a column of numbers", "frictionless", number_with_grouping),
    ("1.200,50 in a column of numbers, for CSVW", "csvw", number_with_grouping),
    ("the same key twice", "frictionless", duplicate_key),
    ("another delimiter than the dialect says", "frictionless", descriptor(lambda p: (unhashed(p), csv_of(p)["dialect"].update(delimiter=";")))),
    ("a byte of a file changed", "frictionless", text("*.csv", r"a", "e")),
    ("a byte of a file changed, by the checksums", "checksums", text("*.csv", r"a", "e")),
    ("a licence of words alone", "data_package", descriptor(lambda p: p["licenses"].append({"title": "Libre"}))),
    ("a type that is none", "data_package", descriptor(lambda p: csv_of(p)["schema"]["fields"][0].update(type="list", format=7))),
    ("an address without mailto:", "data_json", text("data.json", r'"mailto:', '"')),
    ("a term that is described nowhere", "dcat", text("dcat.ttl", r"\n<[^>]*frequency/MONTHLY> a [^\n]*\n.*?\.\n", "\n")),
    ("JSON-LD that says something else", "json_ld", text("dcat.jsonld", r'"dct:title": \{', '"dct:alternative": {')),
    ("a script in the page", "page", text("index.html", "</main>", "<script>alert(1)</script></main>")),
    ("a picture from elsewhere in the page", "page", text("index.html", "</main>", '<img src="https://otra.example/x.png" alt=""></main>')),
]


def run(judges, sound, work):
    """Applies each to a copy of a sound package; returns how many were missed."""
    by_name = {j.__name__: j for j in judges.all()}
    missed = 0
    for i, (what, judge, change) in enumerate(MUTATIONS):
        if judge not in by_name:
            print(f"  not run: {judge}: {what}")
            continue
        folder = work / f"mutation-{i}"
        shutil.copytree(sound, folder)
        change(folder)
        errors, _ = by_name[judge](folder)
        print(f"  {'red  ' if errors else 'GREEN'} {judge:12} {what}" + (f": {' '.join(errors[0].split())[:110]}" if errors else ""))
        missed += not errors
        shutil.rmtree(folder)
    return missed
