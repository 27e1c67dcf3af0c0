"""The judges: each takes a package's folder and returns what is wrong in it as
(errors, warnings), lists of one line each."""

import json
import pathlib
import subprocess
import sys

import html5lib
import jsonschema
import pyshacl
import rdflib
import rdflib.compare

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")


class Judges:
    def __init__(self, shared):
        self.dcat_ap = pathlib.Path(shared, "validators", "dcat-ap")
        self.schemas = pathlib.Path("app/datapackage/testdata")
        self.open_data = pathlib.Path(shared, "validators", "data-json")
        self.shapes = {}

    def all(self):
        """The judges that can sit: some need shapes that lie beside the clone."""
        here = [self.frictionless, self.data_package, self.json_ld, self.csvw, self.page, self.checksums]
        beside = [self.dcat, self.dcat_2] * self.dcat_ap.is_dir() + [self.data_json] * self.open_data.is_dir()
        return here + beside

    def frictionless(self, folder):
        """frictionless-py: descriptor, hashes, encoding, every cell's type."""
        command = [str(pathlib.Path(sys.executable).with_name("frictionless")), "validate", "datapackage.json", "--json"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        try:
            report = json.loads(done.stdout)
        except ValueError:
            return [(done.stdout + done.stderr)[-300:]], []
        errors = [e["message"] for e in report["errors"]]
        warnings = list(report["warnings"])
        for task in report["tasks"]:
            errors += [f'{task["name"]}: {e["message"]}' for e in task["errors"]]
            warnings += [f'{task["name"]}: {w}' for w in task["warnings"]]
        if done.returncode != 0 and not errors:
            errors.append(f"exit {done.returncode}")
        return errors, warnings

    def data_package(self, folder):
        """The JSON schemas of Data Package 2.0, for the whole and each part."""
        package = read(folder, "datapackage.json")
        errors = self.schema("datapackage.json", package)
        for r in package.get("resources", []):
            errors += self.schema("dataresource.json", r)
            if "schema" in r:
                errors += self.schema("tableschema.json", r["schema"])
            if "dialect" in r:
                errors += self.schema("tabledialect.json", r["dialect"])
        return errors, []

    def schema(self, name, document):
        schema = json.loads((self.schemas / name).read_text())
        checker = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
        return [f"{name}: {'/'.join(map(str, e.path))}: {e.message[:200]}" for e in checker.iter_errors(document)]

    def dcat(self, folder):
        """DCAT-AP 3.0.1: shapes, ranges, deprecated terms, the full file; what it
        recommends, and the EU's own vocabularies, as warnings."""
        graph = turtle(folder)
        errors, warnings = [], []
        for name in ("3.0.1_html_shacl_shapes", "3.0.1_html_shacl_range", "3.0.1_html_shacl_deprecateduris", "3.0.1_shacl_dcat-ap-SHACL"):
            e, w = self.shacl(name, graph)
            errors, warnings = errors + e, warnings + w
        for name in ("3.0.1_html_shacl_shapes_recommended", "3.0.1_html_shacl_mdr-vocabularies.shape"):
            e, w = self.shacl(name, graph)
            warnings += e + w
        return errors, sorted(set(warnings))

    def dcat_2(self, folder):
        """DCAT-AP 2.1.1, which checks that a date is one. It asks for decimals
        where version 3 asks for whole numbers, and knows no checksum algorithm
        outside of its own list: those two are expected."""
        errors, warnings = self.shacl("2.1.1_dcat-ap_2.1.1_shacl_shapes", turtle(folder))
        expected = ("byteSize", "algorithm")
        return [e for e in errors if not any(x in e for x in expected)], warnings

    def shacl(self, name, graph):
        if name not in self.shapes:
            self.shapes[name] = rdflib.Graph().parse(self.dcat_ap / f"{name}.ttl", format="turtle")
        _, results, _ = pyshacl.validate(graph, shacl_graph=self.shapes[name])
        errors, warnings = [], []
        for r in results.subjects(rdflib.RDF.type, SH.ValidationResult):
            path, message = results.value(r, SH.resultPath), results.value(r, SH.resultMessage)
            line = f"{name}: {str(path or '').rsplit('/', 1)[-1]}: {str(message)[:120].splitlines()[0]}"
            (errors if results.value(r, SH.resultSeverity) == SH.Violation else warnings).append(line)
        return errors, warnings

    def json_ld(self, folder):
        """rdflib: JSON-LD without network says the same as Turtle."""
        other = rdflib.Graph().parse(folder / "dcat.jsonld", format="json-ld", publicID="http://package/")
        same = rdflib.Graph().parse(folder / "dcat.ttl", format="turtle", publicID="http://package/")
        if rdflib.compare.isomorphic(other, same):
            return [], []
        return [f"dcat.jsonld has {len(other)} triples, dcat.ttl {len(same)}, not the same"], []

    def csvw(self, folder):
        """csvw: header, column count, datatypes."""
        errors = []
        found = list(folder.glob("*.csv-metadata.json"))
        for path in found:
            done = subprocess.run([str(pathlib.Path(sys.executable).with_name("csvwvalidate")), "-v", path.name], cwd=folder, capture_output=True, text=True)
            if done.returncode != 0 or "FAIL" in done.stdout:
                errors.append(f"{path.name}: {(done.stdout + done.stderr).strip()[-300:]}")
        return errors if found else ["no CSVW metadata"], []

    def data_json(self, folder):
        """Project Open Data 1.1, without the codes of the United States."""
        store = {}
        for path in self.open_data.glob("*.json"):
            schema = json.loads(path.read_text())
            if path.name == "dataset.json":
                schema["required"] = [r for r in schema["required"] if r not in ("bureauCode", "programCode")]
            store["https://project-open-data.cio.gov/v1.1/schema/" + path.name] = schema
        catalog = store["https://project-open-data.cio.gov/v1.1/schema/catalog.json"]
        resolver = jsonschema.RefResolver.from_schema(catalog, store=store)
        checker = jsonschema.Draft4Validator(catalog, resolver=resolver)
        document = read(folder, "data.json")
        return [f"{'/'.join(map(str, e.path))}: {e.message[:200]}" for e in checker.iter_errors(document)], []

    def page(self, folder):
        """html5lib: well-formed; then: no script that runs, nothing fetched, the
        parts that search engines and screen readers look for."""
        text = (folder / "index.html").read_text(encoding="utf-8")
        try:
            tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
        except html5lib.html5parser.ParseError as e:
            return [f"index.html: {e}"], []
        errors = []
        for e in tree.iter():
            if not isinstance(e.tag, str):
                continue
            if e.tag == "script":
                if e.get("type") != "application/ld+json":
                    errors.append("a script that runs")
                    continue
                linked = json.loads(e.text)
                errors += [f"schema.org: no {k}" for k in ("name", "description", "license", "creator", "distribution") if not linked.get(k)]
                if not 50 <= len(linked.get("description", "")) <= 5000:
                    errors.append("schema.org: the description has not 50 to 5000 characters")
            for name, value in e.attrib.items():
                if name.startswith("on") or name in ("src", "srcset") or e.tag in ("link", "iframe", "object", "embed", "base"):
                    errors.append(f"<{e.tag} {name}> fetches or runs something")
                if name == "href" and e.tag != "a":
                    errors.append(f"<{e.tag} href>")
                if name == "href" and "://" not in value and not value.startswith(("#", "mailto:")) and not (folder / value).exists():
                    errors.append(f"a link to {value}, which is not there")
        if "url(" in text or "@import" in text:
            errors.append("the style fetches something")
        if not tree.get("lang"):
            errors.append("no language")
        for tag in ("main", "h1", "title"):
            if len(list(tree.iter(tag))) != 1:
                errors.append(f"not one <{tag}>")
        errors += ["a header cell without scope" for th in tree.iter("th") if not th.get("scope")][:1]
        return errors, []

    def checksums(self, folder):
        """sha256sum --check."""
        done = subprocess.run(["sha256sum", "--check", "--quiet", "CHECKSUMS"], cwd=folder, capture_output=True, text=True)
        return ([done.stdout + done.stderr] if done.returncode else []), []


def turtle(folder):
    return rdflib.Graph().parse(folder / "dcat.ttl", format="turtle")


def read(folder, name):
    return json.loads((folder / name).read_text(encoding="utf-8"))
