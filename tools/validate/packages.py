"""Packages to judge: sheets of the two corpora, made into datasets that are
described fully, and packaged by the program itself."""

import csv
import json
import os
import pathlib
import subprocess

# What is said of each sheet: all that the form asks, by municipal example.
WORDS = {
    "description": "Datos que la municipalidad lleva en su trabajo diario y entrega cada mes para que cualquiera los use.",
    "license": "cc-by-4.0", "publisher": "Municipalidad de Santa Rosa", "contact": "Oficina de transparencia",
    "email": "transparencia@santarosa.example", "keywords": "presupuesto, municipio, transparencia", "theme": "GOVE",
    "frequency": "MONTHLY", "language": "es", "spatial": "Santa Rosa", "temporal": "2026-01-01/2026-03-31",
    "source": "Sistema de la tesorería", "version": "1.0",
}

# What profiles ask besides, each in one package: it goes into DCAT and data.json
# by the profile alone.
OWN = [
    {"profile": "hn-2020", "place_link": "https://www.geonames.org/3608932", "described_by": "https://muni.example/manual",
     "references": "https://muni.example/plan.pdf", "contributor": "Obras, Catastro"},
    {"profile": "ec-lotaip", "unit": "Dirección Financiera", "phone": "07 283 4567 ext. 120"},
    {"profile": "pe", "conforms_to": "https://standard.open-contracting.org", "contributor": "Obras"},
    {"profile": "uy", "license": "odc-uy", "author": "Hacienda", "author_email": "h@rivera.example", "spatial_ref_system": "EPSG:4326"},
]

FORMATS = "csv,json,xlsx,ods,tsv"


class Program:
    """The command line over a data folder of its own."""

    def __init__(self, path, folder):
        self.path = os.path.abspath(path)
        self.env = dict(os.environ, CHASQUI_DATA=str(folder), LANG="es", LC_ALL="")
        self.run("profile", "add", "app/describe/testdata/uy.json")

    def run(self, *args, check=True):
        done = subprocess.run([self.path, *map(str, args)], env=self.env, capture_output=True, text=True)
        if check and done.returncode != 0:
            raise RuntimeError(f"chasqui {' '.join(map(str, args))}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def json(self, *args, check=True):
        return json.loads(self.run(*args, "--json", check=check).stdout.splitlines()[-1])

    def describe(self, ref, **more):
        sets = []
        said = {**WORDS, **more}
        for key in sorted(said, key=lambda k: k != "profile"):  # the others are judged by it
            value = said[key]
            sets += ["--set", f"{key}={value}"]
        self.run("dataset", "edit", ref, *sets)
        for field in self.json("dataset", "show", ref)["tables"][0]["fields"]:
            name = field["name"]
            self.run("dataset", "edit", ref, "--set", f"field.{name}.description=Lo que dice la columna {name}",
                     "--set", f"field.{name}.personal=keep:es de la oficina", check=False)


def sheets(shared, wanted):
    """Yields files of the two corpora by their manifests, ours first."""
    for manifest, folder in (("testdata/corpus/MANIFEST.tsv", "testdata/corpus/files"),
                             (f"{shared}/corpus/MANIFEST.tsv", f"{shared}/corpus/files")):
        if not os.path.exists(manifest):
            continue
        with open(manifest, encoding="utf-8") as f:
            rows = list(csv.DictReader(f, delimiter="\t"))
        seen = set()
        step = max(1, len(rows) // wanted)
        for row in rows[::step]:
            path = pathlib.Path(folder, row.get("file") or row.get("name") or "")
            if path.is_file() and path.name not in seen and path.stat().st_size < 2_000_000:
                seen.add(path.name)
                yield path


def make(program, shared, work, wanted=10):
    """Makes the packages and returns their folders."""
    folders = []
    for path in sheets(shared, wanted):
        made = program.run("dataset", "new", path, "--json", check=False)
        if made.returncode != 0:
            print(f"  {path.name}: no table is found in it, left out")
            continue
        ref = json.loads(made.stdout)["id"]
        program.describe(ref, **(OWN[len(folders)] if len(folders) < len(OWN) else {}))
        folder = work / f"{path.stem}-{ref[:4]}"
        done = program.run("package", ref, "-o", folder, "--zip", "--format", FORMATS, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{path.name}: {done.stdout}{done.stderr}")
        folders.append((path.name, folder, ref))
    return folders
