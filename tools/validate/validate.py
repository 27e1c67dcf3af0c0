"""Judges packages of real sheets by validators that are not ours, and the
validators by known faults."""

import collections
import filecmp
import logging
import os
import pathlib
import sys

import judges
import mutations
import packages
import portal


def main(program, shared, work):
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)  # a date that is none is a fault put in on purpose
    work = pathlib.Path(work)
    chasqui = packages.Program(program, work / "data")
    print("packages:")
    made = packages.make(chasqui, shared, work)
    if len(made) < 10:
        print(f"only {len(made)} packages, ten are asked for")
        return 1
    panel = judges.Judges(shared)
    failures = judge(panel, made)
    failures += again(program, chasqui, made, work)
    print("faults that must be found:")
    failures += mutations.run(panel, made[0][1], work)
    failures += portal.round_trip(program, work)
    print("valid" if failures == 0 else f"{failures} failures")
    return 0 if failures == 0 else 1


def judge(panel, made):
    failures, warned = 0, collections.Counter()
    verdicts = collections.Counter()
    for name, folder, _ in made:
        for judge in panel.all():
            errors, warnings = judge(folder)
            verdicts[judge.__name__] += not errors
            warned.update(f"{judge.__name__}: {w}" for w in set(warnings))
            for e in errors[:5]:
                print(f"  {name}: {judge.__name__}: {e}")
            failures += bool(errors)
    for judge in panel.all():
        print(f"  {judge.__name__:12} {verdicts[judge.__name__]} of {len(made)} valid: {' '.join(judge.__doc__.split())}")
    print("warnings, with the number of packages that have them:")
    for warning, n in warned.most_common():
        print(f"  {n:3} {warning}")
    return failures


def again(program, chasqui, made, work):
    """The same content gives the same bytes; imported elsewhere it gives an
    equal package."""
    failures = 0
    for name, folder, ref in made:
        twice = work / "twice"
        chasqui.run("package", ref, "-o", twice, "--zip", "--format", packages.FORMATS)
        failures += differs(name, "packaged twice", folder, twice, os.listdir(folder))
        if not filecmp.cmp(f"{folder}.zip", f"{twice}.zip", shallow=False):
            print(f"  {name}: the zip differs")
            failures += 1
        for source in (folder, f"{folder}.zip"):
            other = packages.Program(program, work / f"other-{pathlib.Path(source).name}")
            other.run("dataset", "import", source)
            back = work / ("back-" + pathlib.Path(source).name.replace(".", "-"))
            other.run("package", ref, "-o", back, "--format", packages.FORMATS)
            said = ["datapackage.json", "dcat.ttl", "dcat.jsonld", "data.json", "dictionary.csv"] + [p.name for p in folder.glob("*.csv*")]
            failures += differs(name, "imported", folder, back, said)
    print(f"  {len(made)} packaged twice and imported elsewhere, {failures} differ")
    return failures


def differs(name, what, one, two, files):
    _, other, missing = filecmp.cmpfiles(one, two, files, shallow=False)
    if other or missing:
        print(f"  {name}: {what}: {', '.join(other + missing)} differ")
    return bool(other or missing)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
