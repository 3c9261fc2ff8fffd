"""The recipes for other package managers are those of this version, and can be read there."""

import base64
import re
import shutil
import subprocess
import tomllib
from hashlib import sha256
from pathlib import Path

import pytest
import write_recipes
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
RECIPES = ROOT / "packaging"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
KEPT = {name: (RECIPES / name).read_text("utf-8") for name in write_recipes.recipes("")}
NEEDED = {canonicalize_name(one.name) for one in write_recipes.requirements()}


def test_the_recipes_are_up_to_date():
    hint = "run: python packaging/write_recipes.py"
    assert write_recipes.recipes(write_recipes.UNKNOWN) == KEPT, hint


def test_the_sources_are_those_of_the_lock_with_their_hashes():
    lock = (ROOT / "requirements-dev.lock").read_text("utf-8").replace("\\\n", "")
    lines = [line for line in lock.splitlines() if "==" in line]
    hashes = {Requirement(line.partition(" --hash")[0]).name: line for line in lines}
    for name, version, url, checksum in write_recipes.sources():
        assert f"=={version} " in hashes[name], f"{name}: run make lock"
        assert f"sha256:{checksum}" in hashes[name], name
        assert url.startswith("https://files.pythonhosted.org/packages/")
        assert version in url


def test_the_sources_have_all_that_the_program_needs():
    assert {name for name, *_ in write_recipes.sources()} >= NEEDED


@pytest.mark.parametrize("name", [name for name in KEPT if not name.endswith("flake.nix")])
def test_a_recipe_names_version_licence_place_and_checksum(name):
    checksum = sha256(b"the sources")
    whole = write_recipes.recipes(checksum.hexdigest())[name]
    version, licence = PROJECT["version"], PROJECT["license"]
    assert version in whole
    assert re.search(rf"license\W.*{licence}", whole, re.IGNORECASE)
    assert PROJECT["urls"]["Homepage"] in whole
    coded = f"sha256-{base64.b64encode(checksum.digest()).decode()}"
    assert checksum.hexdigest() in whole or coded in whole
    assert write_recipes.UNKNOWN not in whole


@pytest.mark.parametrize("name", [name for name in KEPT if not name.endswith("flake.nix")])
def test_a_recipe_names_every_library(name):
    told = canonicalize_name(KEPT[name].lower())
    assert [library for library in NEEDED if library.removeprefix("python-") not in told] == []


def test_homebrew_checks_both_names_of_the_program_and_links_its_manual():
    formula = KEPT["homebrew/annotator-tui.rb"]
    for script in PROJECT["scripts"]:
        assert f"#{{bin}}/{script} --version" in formula
    assert "man1.install_symlink" in formula
    (described,) = re.findall('desc "(.+)"', formula)
    assert len(described) <= 80


def test_the_recipe_of_conda_has_the_scripts_and_the_bounds():
    recipe = yaml.safe_load(KEPT["conda/recipe.yaml"])
    points = dict(line.split(" = ") for line in recipe["build"]["python"]["entry_points"])
    assert points == PROJECT["scripts"]
    assert recipe["context"]["version"] == PROJECT["version"]
    bounds = dict(line.split(" ", 1) for line in recipe["requirements"]["run"] if " " in line)
    for one in write_recipes.requirements():
        assert {*bounds[one.name.lower()].split(",")} == {str(bound) for bound in one.specifier}


def test_bash_reads_the_build_script_and_its_summary_says_the_same():
    bash = shutil.which("bash")
    if not bash:
        pytest.skip("needs bash")
    fields = "pkgname pkgver pkgrel url license depends makedepends optdepends source sha256sums"
    each = 'for one in "${v[@]}"; do echo "$f = $one"; done'
    told = f"source aur/PKGBUILD; for f in {fields}; do declare -n v=$f; {each}; done"
    command = [bash, "-ec", f"{told}; declare -F package"]
    answer = subprocess.run(command, cwd=RECIPES, capture_output=True, text=True, check=True)
    *rows, function = answer.stdout.splitlines()
    assert function == "package"
    summary = {line.strip() for line in KEPT["aur/.SRCINFO"].splitlines()}
    assert [row for row in rows if row not in summary] == []


def test_ruby_reads_the_formula():
    ruby = shutil.which("ruby")
    if not ruby:
        pytest.skip("needs ruby")
    subprocess.run([ruby, "-c", RECIPES / "homebrew/annotator-tui.rb"], check=True)


@pytest.mark.parametrize("name", ["package.nix", "flake.nix"])
def test_nix_reads_the_derivation(name):
    nix = shutil.which("nix-instantiate")
    if not nix:
        pytest.skip("needs nix")
    subprocess.run([nix, "--parse", RECIPES / "nix" / name], check=True, capture_output=True)
