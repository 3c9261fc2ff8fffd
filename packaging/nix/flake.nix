{
  description = "Read web articles in a terminal, mark the claims in them, and export your notes to Markdown";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "aarch64-darwin"
      ];
      packages = system: {
        default = nixpkgs.legacyPackages.${system}.callPackage ./package.nix {
          checkout = ../..;
        };
      };
    in
    {
      packages = nixpkgs.lib.genAttrs systems packages;
    };
}
