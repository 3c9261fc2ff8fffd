"""Write the recipes for Homebrew, the AUR, Nix and conda-forge from pyproject.toml and the lock.

`make lock` keeps where the sources of each library are in `sources.tsv`, and writes the recipes
with a checksum of zeros. A release knows the file that it publishes, and writes them whole:

    python packaging/write_recipes.py --sdist dist/annotator_tui-1.0.0.tar.gz --to dist/recipes
"""

import argparse
import base64
import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HERE = Path(__file__).parent
SOURCES = HERE / "sources.tsv"
PROJECT = tomllib.loads((HERE.parent / "pyproject.toml").read_text("utf-8"))["project"]
PYTHON = "3.14"  # of all recipes; from here on the standard library has zstd
UNKNOWN = "0" * 64  # the checksum of what is not published yet
SUMMARY = PROJECT["description"].rstrip(".")
SHORT = SUMMARY.partition(", and")[0]  # Homebrew wants at most 80 characters
NAME, VERSION, HOME = PROJECT["name"], PROJECT["version"], PROJECT["urls"]["Homepage"]
STEM = f"{NAME.replace('-', '_')}-{VERSION}"
PLACE = f"https://files.pythonhosted.org/packages/source/{NAME[0]}/{NAME}"


class Source(NamedTuple):
    """A library in the version of the lock, and where its sources are."""

    name: str
    version: str
    url: str
    checksum: str


def recipes(checksum: str) -> dict[str, str]:
    """Return all recipes by their paths in this folder; `checksum` is that of the sources."""
    return {
        "homebrew/annotator-tui.rb": _formula(checksum),
        "aur/PKGBUILD": _build_script(checksum),
        "aur/.SRCINFO": _build_summary(checksum),
        "nix/package.nix": _derivation(checksum),
        "nix/flake.nix": FLAKE,
        "conda/recipe.yaml": _conda(checksum),
    }


def sources() -> list[Source]:
    """Return the libraries that the program needs, with those that they need themselves."""
    return [Source(*line.split("\t")) for line in SOURCES.read_text("utf-8").splitlines()]


def sources_of(lock: Path) -> list[Source]:
    """Return the libraries in a lock file of PEP 751 that Python 3.14 needs."""
    packages = tomllib.loads(lock.read_text("utf-8"))["packages"]
    needed = [one for one in packages if _is_needed(one.get("marker", ""))]
    files = [one.get("sdist") or _pure_wheel(one) for one in needed]
    return [
        Source(one["name"], one["version"], file["url"], file["hashes"]["sha256"])
        for one, file in zip(needed, files, strict=True)
    ]


def _pure_wheel(package: dict[str, Any]) -> dict[str, Any]:
    """Return the wheel for all systems of a package whose sources are not on the index."""
    return next(one for one in package["wheels"] if one["url"].endswith("-none-any.whl"))


def _is_needed(marker: str) -> bool:
    own = Requirement(f"any; {marker}" if marker else "any").marker
    python = {"python_version": PYTHON, "python_full_version": f"{PYTHON}.0"}
    return own is None or own.evaluate(python)


def requirements() -> list[Requirement]:
    """Return what the program itself needs, with the versions that it allows."""
    lines = [Requirement(line) for line in PROJECT["dependencies"]]
    return [line for line in lines if _is_needed(str(line.marker or ""))]


def _bounds(requirement: Requirement) -> list[str]:
    """Return the bounds of a requirement, the lower one first."""
    return sorted((str(bound) for bound in requirement.specifier), key=lambda one: one[0] == "<")


# Homebrew


def _formula(checksum: str) -> str:
    resources = "".join(
        f'\n  resource "{one.name}" do\n    url "{one.url}"\n    sha256 "{one.checksum}"\n  end\n'
        for one in sources()
    )
    tests = "".join(map(_brew_test, PROJECT["scripts"]))
    return f"""class AnnotatorTui < Formula
  include Language::Python::Virtualenv

  desc "{SHORT}"
  homepage "{HOME}"
  url "{PLACE}/{STEM}.tar.gz"
  sha256 "{checksum}"
  license "{PROJECT["license"]}"

  depends_on "cmake" => :build # rapidfuzz
  depends_on "ninja" => :build # rapidfuzz
  depends_on "python@{PYTHON}"

  uses_from_macos "libxml2"
  uses_from_macos "libxslt"
{resources}
  def install
    virtualenv_install_with_resources
    man1.install_symlink Dir[libexec/"share/man/man1/*.1"]
    bash_completion.install_symlink Dir[libexec/"share/bash-completion/completions/*"]
    zsh_completion.install_symlink Dir[libexec/"share/zsh/site-functions/*"]
    fish_completion.install_symlink Dir[libexec/"share/fish/vendor_completions.d/*"]
  end

  test do
{tests}    (testpath/"a.txt").write "The harbour was dredged in 1998.\\n"
    assert_match "dredged", shell_output("#{{bin}}/annotator show a.txt")
  end
end
"""


def _brew_test(name: str) -> str:
    return f'    assert_match version.to_s, shell_output("#{{bin}}/{name} --version")\n'


# AUR


def _arch_name(name: str) -> str:
    return f"python-{canonicalize_name(name).removeprefix('python-')}"


def _arch() -> dict[str, list[str]]:
    """Return the fields of a package for Arch Linux."""
    needed = [_arch_name(one.name) + bound for one in requirements() for bound in _bounds(one)]
    return {
        "pkgdesc": [SUMMARY],
        "pkgver": [VERSION],
        "pkgrel": ["1"],
        "url": [HOME],
        "arch": ["any"],
        "license": [PROJECT["license"]],
        "makedepends": ["python-build", "python-hatchling", "python-installer"],
        "depends": [f"python>={PYTHON}", *needed],
        "optdepends": ["git: sync with other machines", "python-pillow: pictures in articles"],
    }


def _build_script(checksum: str) -> str:
    single = {"pkgdesc", "pkgver", "pkgrel", "url"}
    lines = [f"pkgname={NAME}"]
    for field, values in _arch().items():
        if field in single:
            lines.append(f'{field}="{values[0]}"')
        else:
            quoted = " ".join(f"'{value}'" for value in values)
            lines.append(f"{field}=({quoted})")
    place, archive = PLACE, STEM.replace(VERSION, "$pkgver")
    return (
        "\n".join(lines)
        + f"""
source=("{place}/{archive}.tar.gz")
sha256sums=('{checksum}')

build() {{
	cd "{archive}"
	python -m build --wheel --no-isolation
}}

package() {{
	cd "{archive}"
	python -m installer --destdir="$pkgdir" dist/*.whl
	install -Dm644 LICENSE "$pkgdir/usr/share/licenses/$pkgname/LICENSE"
}}
"""
    )


def _build_summary(checksum: str) -> str:
    fields = _arch() | {"source": [f"{PLACE}/{STEM}.tar.gz"], "sha256sums": [checksum]}
    rows = [f"\t{field} = {value}" for field, values in fields.items() for value in values]
    return "\n".join((f"pkgbase = {NAME}", *rows, "", f"pkgname = {NAME}", ""))


# Nix

FLAKE = f"""{{
  description = "{SUMMARY}";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    {{ self, nixpkgs }}:
    let
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "aarch64-darwin"
      ];
      packages = system: {{
        default = nixpkgs.legacyPackages.${{system}}.callPackage ./package.nix {{
          checkout = ../..;
        }};
      }};
    in
    {{
      packages = nixpkgs.lib.genAttrs systems packages;
    }};
}}
"""


def _derivation(checksum: str) -> str:
    names = "\n".join(f"    {canonicalize_name(one.name)}" for one in requirements())
    coded = base64.b64encode(bytes.fromhex(checksum)).decode()
    return f"""{{
  lib,
  python3{PYTHON[2:]}Packages,
  fetchPypi,
  checkout ? null, # in place of the sources on the index
}}:

python3{PYTHON[2:]}Packages.buildPythonApplication rec {{
  pname = "{NAME}";
  version = "{VERSION}";
  pyproject = true;

  src =
    if checkout != null then
      checkout
    else
      fetchPypi {{
        pname = "{NAME.replace("-", "_")}";
        inherit version;
        hash = "sha256-{coded}";
      }};

  build-system = [ python3{PYTHON[2:]}Packages.hatchling ];

  dependencies = with python3{PYTHON[2:]}Packages; [
{names}
  ];

  pythonImportsCheck = [ "annotator.cli" ];

  meta = {{
    description = "{SUMMARY}";
    homepage = "{HOME}";
    license = lib.licenses.{PROJECT["license"].lower()};
    mainProgram = "{next(iter(PROJECT["scripts"]))}";
    platforms = lib.platforms.unix;
  }};
}}
"""


# conda-forge


def _conda(checksum: str) -> str:
    needed = [f"{canonicalize_name(one.name)} {','.join(_bounds(one))}" for one in requirements()]
    needed = [line.replace("ruamel-yaml", "ruamel.yaml") for line in needed]
    scripts = PROJECT["scripts"]
    return f"""schema_version: 1

context:
  version: "{VERSION}"

package:
  name: {NAME}
  version: ${{{{ version }}}}

source:
  url: {PLACE}/{STEM.replace(VERSION, "${{ version }}")}.tar.gz
  sha256: {checksum}

build:
  number: 0
  noarch: python
  script: python -m pip install . -vv --no-deps --no-build-isolation
  python:
    entry_points:
{_yaml_list((f"{name} = {place}" for name, place in scripts.items()), 6)}

requirements:
  host:
    - python >={PYTHON}
    - pip
    - hatchling
  run:
    - python >={PYTHON}
    - __unix
{_yaml_list(needed, 4)}

tests:
  - python:
      imports:
        - annotator.cli
      pip_check: true
  - script:
{_yaml_list((f"{name} --version" for name in scripts), 6)}

about:
  homepage: {HOME}
  summary: {SUMMARY}
  license: {PROJECT["license"]}
  license_file: {PROJECT["license-files"][0]}
  documentation: {PROJECT["urls"]["Documentation"]}
"""


def _yaml_list(lines: object, indent: int) -> str:
    return "\n".join(f"{' ' * indent}- {line}" for line in lines)


def main() -> None:
    """Write the recipes, and the places of sources if a lock file is given."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lock", type=Path, help="a pylock.toml, to find the sources anew")
    parser.add_argument("--sdist", type=Path, help="the file that is published")
    parser.add_argument("--to", type=Path, default=HERE, help="another folder for the recipes")
    told = parser.parse_args()
    if told.lock:
        lines = ("\t".join(one) + "\n" for one in sources_of(told.lock))
        SOURCES.write_text("".join(lines), "utf-8")
    if told.sdist and told.sdist.name != f"{STEM}.tar.gz":
        parser.error(f"{told.sdist.name} is not {STEM}.tar.gz")
    checksum = sha256(told.sdist.read_bytes()).hexdigest() if told.sdist else UNKNOWN
    for name, text in recipes(checksum).items():
        path = told.to / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
